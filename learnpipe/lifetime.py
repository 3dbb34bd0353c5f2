"""How a short-lived process treats its memory: it looks for garbage seldom, and leaves at once."""

from __future__ import annotations

import gc
import sys


def collect_seldom() -> None:
    """Look for cyclic garbage seldom: a run makes many small objects and hardly any cycles."""
    gc.set_threshold(200_000, 20, 50)


def leave() -> None:
    """Let the process end at once: freeing what pandas and matplotlib hold takes long."""
    sys.stdout.flush()
    gc.freeze()
