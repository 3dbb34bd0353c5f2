"""What is said when the disk does not play along, and what a failed write leaves behind."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from learnpipe.ground.findings import LearnpipeError
from learnpipe.report.disk_errors import closed_quietly
from learnpipe.report.page.previous import fingerprint_before, said_before
from learnpipe.report.publish import edition
from learnpipe.report.sharing.shared_record import Editions, editions_beside


class HalfWritten:
    """A file of which even the closing fails."""

    def __init__(self, error: Exception) -> None:
        """Fail so when it is given up."""
        self.error = error

    def __del__(self) -> None:
        """As a zip file does whose last write is refused."""
        raise self.error


def failing(error: Exception) -> None:
    """A write that fails while it holds a file open."""
    half = HalfWritten(error)
    raise OSError(f"full: {half is None}")


@pytest.mark.parametrize(
    ("error", "heard"), [(OSError("full"), []), (ValueError("a bug"), [ValueError])]
)
def test_half_a_file_is_closed_without_a_word_but_no_bug_is_hidden(
    error: Exception, heard: list[type], monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[type] = []

    def hook(one: Any) -> None:
        found.append(type(one.exc_value))

    monkeypatch.setattr(sys, "unraisablehook", hook)
    try:
        failing(error)
    except OSError as caught:
        closed_quietly(caught)
        assert found == heard
    assert sys.unraisablehook is hook


def test_a_name_that_is_too_long_is_said(tmp_path: Path) -> None:
    output = tmp_path / ("z" * 300)
    assert said_before(output, 24321) == {}
    assert fingerprint_before(output, 24321) is None
    assert editions_beside(output, 24321) == Editions()
    with pytest.raises(LearnpipeError) as caught, edition(output, "2026-10"):
        pass
    (finding,) = caught.value.findings
    assert finding.problem == "The folder is gone, or its path is too long."
    assert finding.fix.endswith("Nothing was written.")


def test_a_record_that_somebody_has_spoilt_stops_nothing(tmp_path: Path) -> None:
    data = tmp_path / "2026-09" / "data"
    data.mkdir(parents=True)
    (tmp_path / "2026-09" / "run.json").write_bytes(b"{")
    for name in ("shared.csv", "measures.csv"):
        (data / name).write_bytes(bytes(range(256)) * 40)
    assert said_before(tmp_path, 24321) == {}
    assert editions_beside(tmp_path, 24321).before == ()
