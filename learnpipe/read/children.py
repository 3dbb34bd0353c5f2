"""Files are parsed in child processes: one that dies, hangs or eats memory costs its one file."""

from __future__ import annotations

import atexit
import pickle
import queue
import threading
import weakref
from collections import deque
from collections.abc import Callable, Sequence

from learnpipe.ground.findings import Finding, Place
from learnpipe.read.child import could_not_read, fingerprint
from learnpipe.read.child_process import Answer, Child, ChildGone, Numbered
from learnpipe.read.folder import FileToRead

TIMEOUT = 20.0
MEMORY = 1 << 30
GRACE = 2.0
"""Seconds after the timeout at which a child ends itself, should its parent be gone."""
BEFOREHAND = 4
"""Files at a child's hand at once: it need not wait while this process is busy."""


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
        workers = min(workers, len(self._files))
        self._shared = BEFOREHAND * (workers - 1)
        for _ in range(workers):
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
            while not self._closed:
                for one in self._next(len(child.at_hand) if child else 0):
                    child = child or self._start()
                    child.hand(one)
                if child is None or not child.at_hand:
                    break
                child = self._hear(child)
        except ChildGone:  # closed meanwhile: nobody waits for the rest
            pass
        except BaseException as error:  # told to whoever waits for the results
            self._done.put(error)
        finally:
            if child is not None:
                self._drop(child)

    def _next(self, at_hand: int) -> list[Numbered]:
        """A file to read, where none is at hand; and others beforehand, while all have enough."""
        with self._lock:
            wanted = BEFOREHAND if len(self._waiting) > self._shared else 1
            count = min(wanted - at_hand, len(self._waiting))
            return [self._waiting.popleft() for _ in range(count)]

    def _hear(self, child: Child) -> Child | None:
        """Hear the next answer; a death is told as a finding. The child to go on with, if any.

        A child that fell over a file after others is no proof against the file: what the others
        left in its memory may be to blame. So the file gets a second try, in a new one.
        """
        one, fresh = child.at_hand[0], not child.files_done
        number, file = one
        try:
            answer = child.answer(self._timeout)
            if fresh or not any(finding.code == "too-large" for finding in answer.findings):
                self._done.put((number, answer))
                return child
            again = True
        except ChildGone as gone:
            child.at_hand.popleft()
            again = not (fresh or gone.timed_out or self._closed)
            if not again:
                self._done.put((number, self._lost(file, gone)))
        with self._lock:
            self._waiting.extendleft(reversed(child.at_hand))
        self._drop(child)
        if not again:
            return None
        child = self._start()
        child.hand(one)
        return child

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
