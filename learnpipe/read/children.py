"""Files are parsed in child processes: one that dies, hangs or eats memory costs its one file."""

from __future__ import annotations

import atexit
import os
import pickle
import queue
import subprocess
import sys
import threading
import weakref
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO, cast

from learnpipe.ground.findings import Finding, Place
from learnpipe.read.child import could_not_read, fingerprint, receive, send
from learnpipe.read.folder import FileToRead

TIMEOUT = 20.0
START_TIMEOUT = 60.0
MEMORY = 1 << 30
GRACE = 2.0
"""Seconds after the timeout at which a child ends itself, should its parent be gone."""
ONE_THREAD = {
    f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL", "NUMEXPR", "VECLIB")
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one file: what ``work`` made of it, or the findings that say why not."""

    file: FileToRead
    sha256: str
    value: object | None
    findings: tuple[Finding, ...] = ()

    @property
    def finding(self) -> Finding | None:
        """The first finding, if there is one."""
        return self.findings[0] if self.findings else None


class ChildGone(Exception):
    """The child ended without an answer; ``timed_out`` says whether it was made to."""

    def __init__(self, timed_out: bool) -> None:
        super().__init__("timed out" if timed_out else "ended")
        self.timed_out = timed_out


class Child:
    """One child process, which imports the module of its ``work`` while it waits to be greeted."""

    def __init__(self, work: str) -> None:
        paths = os.pathsep.join(path for path in sys.path if path)
        command = [sys.executable, "-P", "-m", "learnpipe.read.child", work]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **ONE_THREAD, "PYTHONPATH": paths},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self.work = work
        self.files_done = 0

    def greet(self, hello: bytes) -> None:
        """Tell the child what to do; raises RuntimeError if it cannot (a bug of ours)."""
        problem = pickle.loads(self._ask(hello, START_TIMEOUT))
        if problem is not None:
            raise RuntimeError(f"the child process could not start:\n{problem}")

    def read(self, file: FileToRead, timeout: float) -> Answer:
        """Have one file read; raises `ChildGone` if that ended the child."""
        request = pickle.dumps((str(file.path), file.name))
        sha256, value, findings = pickle.loads(self._ask(request, timeout))
        self.files_done += 1
        return Answer(file, sha256, value, findings)

    def _ask(self, request: bytes, timeout: float) -> bytes:
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.process.kill()

        timer = threading.Timer(timeout, stop)
        timer.daemon = True
        timer.start()
        try:
            send(cast(BinaryIO, self.process.stdin), request)
            return receive(cast(BinaryIO, self.process.stdout))
        except (OSError, EOFError) as error:
            raise ChildGone(late.is_set()) from error
        finally:
            timer.cancel()

    def end(self) -> None:
        """End the process, if it still runs, and close its pipes."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue
        self.process.wait()


class Reading:
    """Files being read by children; use it in a ``with``, or call `results` to the end."""

    def __init__(
        self, files: Sequence[FileToRead], work: str, hello: bytes, workers: int, timeout: float
    ) -> None:
        self._files = tuple(files)
        self._work = work
        self._hello = hello
        self._timeout = timeout
        numbered = enumerate(self._files)
        self._waiting = deque(sorted(numbered, key=lambda one: one[1].size, reverse=True))
        self._done: queue.SimpleQueue[tuple[int, Answer] | BaseException] = queue.SimpleQueue()
        self._children: set[Child] = set()
        self._lock = threading.Lock()
        self._closed = False
        for _ in range(min(workers, len(self._files))):
            threading.Thread(target=self._serve, daemon=True).start()
        _open_readings.add(self)

    def results(self, on_done: Callable[[FileToRead], None] | None = None) -> list[Answer]:
        """Wait for every file; the answers are in the files' order.

        ``on_done`` is called here, with each file as it is done, in any order.
        """
        answers: dict[int, Answer] = {}
        try:
            while len(answers) < len(self._files):
                done = self._done.get()
                if isinstance(done, BaseException):
                    raise done
                number, answers[number] = done
                if on_done is not None:
                    on_done(answers[number].file)
        finally:
            self.close()
        return [answers[number] for number in range(len(self._files))]

    def close(self) -> None:
        """End all children; files not yet read stay unread."""
        with self._lock:
            self._closed = True
            self._waiting.clear()
            children, self._children = self._children, set()
        for child in children:
            child.end()

    def __enter__(self) -> Reading:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _serve(self) -> None:
        """Hand files to one child after another, until there are none."""
        child: Child | None = None
        try:
            while (one := self._next()) is not None:
                number, file = one
                child, answer = self._read(child, file)
                self._done.put((number, answer))
        except BaseException as error:  # told to whoever waits for the results
            self._done.put(error)
        finally:
            if child is not None:
                self._drop(child)

    def _next(self) -> tuple[int, FileToRead] | None:
        with self._lock:
            return self._waiting.popleft() if self._waiting else None

    def _read(self, child: Child | None, file: FileToRead) -> tuple[Child | None, Answer]:
        """Read one file, with the child at hand or a new one; a death is told as a finding.

        A child that fell over a file after others is no proof against the file: what the others
        left in its memory may be to blame. So the file gets a second try, alone.
        """
        fresh = child is None
        try:
            child = child or self._start()
            answer = child.read(file, self._timeout)
            if fresh or not any(finding.code == "too-large" for finding in answer.findings):
                return child, answer
            gone = ChildGone(timed_out=False)
        except ChildGone as error:
            gone = error
        if child is not None:
            self._drop(child)
        if fresh or gone.timed_out or self._closed:
            return None, self._lost(file, gone)
        return self._read(None, file)

    def _start(self) -> Child:
        with self._lock:
            if self._closed:
                raise ChildGone(timed_out=False)
            # under the lock: on Windows a pipe's end may leak into a child begun at the same time
            child = _prepared.pop(self._work, None) or Child(self._work)
            self._children.add(child)
        try:
            child.greet(self._hello)
        except ChildGone as error:
            raise RuntimeError("the child process ended before it could start") from error
        return child

    def _drop(self, child: Child) -> None:
        with self._lock:
            self._children.discard(child)
        child.end()

    def _lost(self, file: FileToRead, gone: ChildGone) -> Answer:
        """The answer for a file whose child is gone."""
        if gone.timed_out:
            problem = (
                f"Reading the file took longer than {self._timeout:g} seconds, so it was left."
            )
            fix = (
                "Open it in Excel, save it as a new .xlsx file, and put that in the folder instead."
            )
            finding = Finding("too-slow", "stop", Place(file.name), problem, fix)
        else:
            why = "it is damaged, or made to look far larger than it is"
            finding = could_not_read(file.name, why)
        return Answer(file, fingerprint(str(file.path)), None, (finding,))


_open_readings: weakref.WeakSet[Reading] = weakref.WeakSet()
_prepared: dict[str, Child] = {}


def prepare(work: str) -> None:
    """Start a child for ``work`` before it is known what to read; the next `start` takes it."""
    if work not in _prepared:
        _prepared[work] = Child(work)


@atexit.register
def _close_all() -> None:
    for child in _prepared.values():
        child.end()
    for reading in tuple(_open_readings):
        reading.close()


def start(
    files: Sequence[FileToRead],
    work: str,
    context: object = None,
    workers: int = 1,
    *,
    timeout: float = TIMEOUT,
    memory: int = MEMORY,
) -> Reading:
    """Begin to read ``files`` in at most ``workers`` children, and return at once.

    ``work`` is ``package.module:function``; a child calls it as ``function(path, name, context)``
    with texts and the context, and sends back what it returns. A file may take ``timeout``
    seconds and its child ``memory`` bytes. The largest files go first.
    """
    hello = pickle.dumps((work, context, timeout + GRACE, memory), pickle.HIGHEST_PROTOCOL)
    return Reading(files, work, hello, max(1, workers), timeout)
