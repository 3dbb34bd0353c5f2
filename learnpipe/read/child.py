"""The child process in which strangers' bytes are parsed: ``python -m learnpipe.read.child WORK``.

It imports what its work needs, is told once what to do, then handed one file after another. Each
message is a pickle with its length in front. What happens to it costs the file in hand, no other.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import hashlib
import importlib
import os
import pickle
import signal
import struct
import sys
import traceback
from collections.abc import Callable
from typing import Any, BinaryIO

from learnpipe.ground.findings import Finding, LearnpipeError, Place

LENGTH = struct.Struct("<Q")
HASH_CHUNK = 1 << 20


def send(pipe: BinaryIO, body: bytes) -> None:
    """Write one message to a pipe."""
    pipe.write(LENGTH.pack(len(body)))
    pipe.write(body)
    pipe.flush()


def receive(pipe: BinaryIO) -> bytes:
    """Read one message from a pipe; raises EOFError if the other side is gone."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(head)
    body = pipe.read(length)
    if len(body) < length:
        raise EOFError
    return body


def fingerprint(path: str) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal; empty if it cannot be opened."""
    digest = hashlib.sha256()
    try:
        with open(path, "rb") as file:
            while chunk := file.read(HASH_CHUNK):
                digest.update(chunk)
    except OSError:
        return ""
    return digest.hexdigest()


def limit_memory(limit: int) -> None:
    """Let this process hold ``limit`` bytes of data and no more, where the system can do that."""
    try:
        import resource
    except ImportError:
        return
    for kind in (resource.RLIMIT_DATA, resource.RLIMIT_CORE):
        wanted = limit if kind == resource.RLIMIT_DATA else 0
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (wanted, resource.getrlimit(kind)[1]))


def could_not_read(name: str, why: str) -> Finding:
    """The stop finding for a file that could not be read for a reason nobody foresaw.

    ``why`` holds no words of an unforeseen error: they may quote the cell it fell over.
    """
    fix = "Open it in Excel, save it as a new .xlsx file, and put that in the folder instead."
    return Finding(
        "could-not-read", "stop", Place(name), f"The file could not be read ({why}).", fix
    )


def read_one(
    work: Callable[[str, str, Any], object], path: str, name: str, context: Any
) -> tuple[object, tuple[Finding, ...]]:
    """What ``work`` makes of one file, or the findings that say why it could not."""
    try:
        return work(path, name, context), ()
    except LearnpipeError as error:
        return None, error.findings
    except MemoryError:
        return None, (too_much_memory(name),)
    except PermissionError:
        problem = "The file cannot be opened (no access, or another program holds it)."
        fix = "Close it wherever it is open, check that you may open it yourself, and run again."
        return None, (Finding("no-access", "stop", Place(name), problem, fix),)
    except FileNotFoundError:
        problem = "The file was there a moment ago and is gone."
        return None, (Finding("gone", "stop", Place(name), problem, "Put it back and run again."),)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a panic of the parser is no Exception
        return None, (could_not_read(name, type(error).__name__),)


def too_much_memory(name: str) -> Finding:
    """The stop finding for a file that needs more memory than one file may have."""
    problem = "The file needs more memory than one file may have (1 GiB)."
    fix = "Split it, for example into one file a year, or delete what lies far below the last row."
    return Finding("too-large", "stop", Place(name), problem, fix)


def packed(name: str, sha256: str, value: object, findings: tuple[Finding, ...]) -> bytes:
    """One answer as a pickle; a value that cannot be sent becomes a finding instead."""
    try:
        return pickle.dumps((sha256, value, findings), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps((sha256, None, (too_much_memory(name),)), pickle.HIGHEST_PROTOCOL)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer one request after another until the parent closes the pipe."""
    work_name, context, timeout, memory = pickle.loads(receive(requests))
    try:
        module, _, function = work_name.partition(":")
        work = getattr(importlib.import_module(module), function)
    except Exception:  # a bug of ours, told to the parent in full
        send(answers, pickle.dumps(traceback.format_exc()))
        return
    limit_memory(memory)
    send(answers, pickle.dumps(None))
    with open(os.devnull, "wb") as nowhere:
        while True:
            path, name = pickle.loads(receive(requests))
            # even a parser that never returns, and whose parent is gone, ends here
            faulthandler.dump_traceback_later(timeout, exit=True, file=nowhere)
            value, findings = read_one(work, path, name, context)
            send(answers, packed(name, fingerprint(path), value, findings))
            del value
            faulthandler.cancel_dump_traceback_later()


def main() -> None:
    """Keep the pipes to the parent for messages alone, and serve."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides; it kills its children
    gc.set_threshold(500_000, 20, 50)  # grids are millions of small objects without a cycle
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # a stray print must not stand among the answers
        os.dup2(nowhere, stream)
    with contextlib.suppress(Exception):  # what is wrong with it is told in answer to the greeting
        importlib.import_module(sys.argv[1].partition(":")[0])
    with contextlib.suppress(EOFError, BrokenPipeError):
        serve(requests, answers)
    os._exit(0)  # nothing to tidy up, and freeing a large heap takes long


if __name__ == "__main__":
    main()
