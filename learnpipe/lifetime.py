"""How a command's process begins and ends: a reader started first, little garbage, gone at once."""

from __future__ import annotations

import gc
import os
import sys


def collect_seldom() -> None:
    """Look for cyclic garbage seldom: a run makes many small objects and hardly any cycles."""
    gc.set_threshold(1_000_000, 20, 50)


def begin_reading() -> None:
    """Start the process that will read, so that it is ready when this one knows what to read.

    One thread for numpy's linear algebra, of which there is none: its idle threads cost time.
    """
    from learnpipe.context import WORK
    from learnpipe.read.child_process import ONE_THREAD
    from learnpipe.read.children import prepare

    for name, value in ONE_THREAD.items():
        os.environ.setdefault(name, value)
    prepare(WORK)


def leave() -> None:
    """Let the process end at once: freeing what pandas and matplotlib hold takes long."""
    if sys.stdout:  # there is none where its caller has closed it
        sys.stdout.flush()
    gc.freeze()
