"""A bug of ours: its details go into a file, so that a person sees one honest line."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback

from learnpipe import __version__


def log_mistake() -> str:
    """Write the details of the error in hand into a temporary file, and say where.

    Only the places in our code and the kind of error: its words could quote a person's data.
    """
    kind, _, trace = sys.exc_info()
    lines = [f"learnpipe {__version__}, Python {sys.version}", *traceback.format_tb(trace)]
    lines.append(kind.__name__ if kind else "")
    handle, path = tempfile.mkstemp(prefix="learnpipe-", suffix=".log", text=True)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("\n".join(lines))
    return f"Please send us this file (it holds none of your data): {path}"
