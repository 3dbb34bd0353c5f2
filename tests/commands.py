"""Real commands: `learnpipe` as a person starts it, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
SAMPLE = TOP / "sample_data"
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")
INCIDENTS = """\
Ref,Home,Date of incident,Date reported,Category,Severity,Status,Triaged
1,Oak,03/10/2026 10:00,03/10/2026 11:00,Falls,Low,Open,03/10/2026 12:00
2,Oak,09/10/2026 09:00,09/10/2026 09:30,Medication,lowish,Open,12/10/2026 12:00
"""
ACTIONS = """\
Action Ref,Incident Ref,Home,Action required,Owner,Date raised,Due date,Status
A1,1,Oak,Fit a sensor mat,Jo Marsh,04/10/2026,20/10/2026,Open
"""


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
