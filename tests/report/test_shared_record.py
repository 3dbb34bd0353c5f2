"""The record of what was shared."""

from __future__ import annotations

from pathlib import Path

from learnpipe.report.sharing.shared_record import FILE, editions_beside, shared_lines
from learnpipe.report.sharing.suppress import DUE, HIDDEN, MET, Shared


def test_the_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    rows = [
        Shared(24320, "verified", MET, 24309, 24320, 40),
        Shared(24320, "verified", DUE, 24309, 24320, 50),
        Shared(24320, "tier_3.verified", HIDDEN, 24309, 24320, None),
        Shared(24320, "theme_days.0123", MET, 20000, 20100, 12),
    ]
    folder = tmp_path / "2026-09"
    (folder / "data").mkdir(parents=True)
    (folder / "run.json").write_bytes(b"{}")
    (folder / "data" / FILE).write_bytes(shared_lines(24320, (), rows) + b"spoilt,row\r\n")
    found = editions_beside(tmp_path, 24321)
    assert (set(found.before), found.own, found.after) == (set(rows), (), ())
    assert found.fingerprint is not None and len(found.fingerprint) == 64
    again = editions_beside(tmp_path, 24320)
    assert (again.before, set(again.own), again.fingerprint) == ((), set(rows), None)
    assert set(editions_beside(tmp_path, 24319).after) == set(rows)
