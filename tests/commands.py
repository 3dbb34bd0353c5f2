"""Real commands: `learnpipe` as a person starts it, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
SAMPLE = TOP / "sample_data"


def learnpipe(
    *words: str | Path, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command of this tree to its end; whatever it meets, it shows no traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "learnpipe", *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd or TOP,
        env={**os.environ, "PYTHONPATH": str(TOP), "PYTHONUTF8": "1", **environment},
        timeout=300,
        check=False,
    )
    said = done.stdout + done.stderr
    assert "Traceback" not in said, said
    assert "learnpipe made a mistake" not in said, said
    return done


def squeezed(text: str) -> str:
    """A text of the terminal without its line breaks."""
    return " ".join(text.split())
