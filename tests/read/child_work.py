"""What the children are asked to do in the tests; it is imported in the child by its name."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from learnpipe.ground.findings import Finding, LearnpipeError, Place
from learnpipe.ground.tables import Cell
from learnpipe.read.workbooks import read_grids


def read(path: str, name: str, context: object) -> list[tuple[str | None, list[list[Cell]]]]:
    """The sheets of a file."""
    return [(grid.sheet, grid.cells) for grid in read_grids(Path(path), name)]


def whoami(path: str, name: str, context: object) -> int:
    """The number of the process that reads."""
    return os.getpid()


def obey(path: str, name: str, context: object) -> object:
    """Do what the file's text says, then answer with it and the context."""
    match Path(path).read_text().split():
        case ["exit"]:
            os._exit(3)
        case ["kill"]:
            os.kill(os.getpid(), 9)
        case ["hang"]:
            time.sleep(600)
        case ["slow"]:
            time.sleep(1)
        case ["eat"]:
            return len(bytearray(3 << 30))
        case ["eat-lists"]:
            kept: list[object] = []
            while True:
                kept.append([0] * 1_000_000)
        case ["print"]:
            print("a stray line", flush=True)
            os.write(1, b"another")
            sys.stdout.write("and more")
        case ["raise"]:
            raise ValueError("Mrs Ada Example fell")
        case ["base"]:
            raise BaseException("a panic")
        case ["refuse"]:
            found = Finding("odd", "stop", Place(name, "Log", 3), "It is odd.", "Make it even.")
            raise LearnpipeError([found, Finding("two", "note", Place(name), "A.", "B.")])
        case ["pid"]:
            return os.getpid()
    return (name, context)
