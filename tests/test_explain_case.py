"""One case's whole chain in words, with the cells that it stands in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from learnpipe.explain import explain
from learnpipe.ground.findings import LearnpipeError
from tests.commands import learnpipe

INCIDENTS = """\
Ref,Home,Date of incident,Date reported,Type,Severity,What happened,Date triaged,Root cause,\
Date reviewed,Reviewed by
AH-0007,Alder House,02/10/2026 10:00,02/10/2026 11:00,Fall,Low,Slipped on a wet floor,\
02/10/2026 12:00,Floor left wet,06/10/2026,Ann Lee
AH-0008,Alder House,05/10/2026 10:00,05/10/2026 11:00,Fall,Low,Tripped,,,,
"""
ACTIONS = """\
Action ref,Incident ref,Home,Action,Owner,Owner role,Date raised,Due date,Status,Date completed
A1,ah 7,Alder House,Floor check on the drinks round,Bo Day,Deputy,03/10/2026,20/10/2026,Open,
"""
TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "incidents.csv").write_text(INCIDENTS, encoding="utf-8")
    (tmp_path / "actions.csv").write_text(ACTIONS, encoding="utf-8")
    return tmp_path


def test_the_chain_from_signal_to_action_with_cells(folder: Path) -> None:
    said = explain("AH-0007", None, folder, TODAY)
    lines = said.splitlines()
    assert lines[0] == "As at 00:00 on 1 November 2026."
    assert lines[2:4] == [
        "AH-0007 at Alder House, 2 October 2026.", "  [incidents.csv, row 2]",
    ]  # fmt: skip
    for text, cell in (
        ("“Slipped on a wet floor”", "[incidents.csv, cell G2]"),
        ("  Review: due 9 October 2026; done 6 October 2026, in time.", "cell J2]"),
        ("  Plan / SOP: not yet due; look at:", "[incidents.csv, row 2]"),
        ("  A1: Floor check on the drinks round (Deputy).", "[actions.csv, cell D2]"),
    ):
        assert cell in lines[lines.index(text) + 1]
    assert "    raised 3 October 2026; due 20 October 2026; open." in lines
    assert "    Not verified." in lines


def test_what_is_missing_says_so(folder: Path) -> None:
    said = explain("AH-0008", None, folder, TODAY)
    assert "  Triage: due 6 October 2026; not shown by the log." in said
    assert said.endswith("No action names it, and none could be linked to it.")


@pytest.mark.parametrize("ref", ["ah-7", "AH 0007", "ah/007"])
def test_a_reference_counts_however_it_is_typed(folder: Path, ref: str) -> None:
    assert "AH-0007 at Alder House" in explain(ref, None, folder, TODAY)


def test_what_was_done_after_the_month_s_end_is_not_told_as_done(folder: Path) -> None:
    later = "03/10/2026,20/10/2026,Closed,02/11/2026"
    actions = ACTIONS.replace("03/10/2026,20/10/2026,Open,", later)
    (folder / "actions.csv").write_text(actions, encoding="utf-8")
    said = explain("AH-0007", None, folder, TODAY)
    assert "    raised 3 October 2026; due 20 October 2026; open then." in said.splitlines()


def test_tier_4_is_the_theme_s_and_not_called_a_missing_tier(folder: Path) -> None:
    head, first, *rest = INCIDENTS.splitlines()
    text = "\n".join([f"{head},Tier", f"{first},4", *(f"{row}," for row in rest)])
    (folder / "incidents.csv").write_text(text, encoding="utf-8")
    said = explain("AH-0007", None, folder, TODAY)
    assert (
        "Tier 4 recorded, expected: 1 for the signal itself; tier 4 stands for its theme."
    ) in " ".join(said.split())


def test_candour_is_never_called_in_time_for_the_law_names_no_day(folder: Path) -> None:
    head, first, *rest = INCIDENTS.splitlines()
    text = "\n".join(
        [f"{head},Tier,Duty of candour applies,Candour: told in person on",
         f"{first},2,Yes,03/10/2026", *(f"{row},,," for row in rest)]
    )  # fmt: skip
    (folder / "incidents.csv").write_text(text, encoding="utf-8")
    said = " ".join(explain("AH-0007", None, folder, TODAY).split())
    assert "Candour: tell the person: due 9 October 2026; done 3 October 2026, by the review." in (
        said
    )


def test_personal_fields_are_not_echoed(folder: Path) -> None:
    said = explain("AH-0007", None, folder, TODAY)
    assert "Ann Lee" not in said and "Bo Day" not in said


def test_an_unknown_reference_names_the_nearest(folder: Path) -> None:
    with pytest.raises(LearnpipeError) as caught:
        explain("AH-0009", None, folder, TODAY)
    (finding,) = caught.value.findings
    assert finding.code == "no-such-case"
    assert "AH-0008" in finding.fix


def test_a_metric_is_explained_with_the_folder_s_settings(folder: Path) -> None:
    (folder / "learnpipe.toml").write_text(
        "[standards]\ntarget_triaged_in_time = 0.8\ntriage_hours = 12\n", encoding="utf-8"
    )
    said = explain("triaged_in_time", None, folder, TODAY)
    assert "Target: ≥ 80%, set by this provider" in said
    assert "triage_hours = 12 hours" in said


def test_the_command(folder: Path) -> None:
    done = learnpipe("explain", "AH-0007", folder)
    assert done.returncode == 0
    assert "AH-0007 at Alder House" in done.stdout
