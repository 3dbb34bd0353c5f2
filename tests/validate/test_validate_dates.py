"""What gathering says of dates and scales that it could not read, or not be sure of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from grids import Row, understood

from learnpipe.ground.findings import Finding, LearnpipeError
from learnpipe.ground.schemas import load_schemas
from learnpipe.ground.settings import Settings, load_settings
from learnpipe.ground.tables import Evidence, ReadFile
from learnpipe.validate import gather

HEADER = "Ref | Date of incident | Reported by | Category | Severity | Tier | Resident"


def gathered(*files: ReadFile) -> Evidence:
    """The evidence of some files, without settings."""
    return gather(files, load_schemas(), Settings())[0]


def read(name: str, *rows: Row) -> ReadFile:
    """A file of one sheet, as it comes out of reading."""
    return ReadFile(name, "", (understood(*rows, file=name).sheet,), ())


def cells(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    """The cell and the code of each finding."""
    return [(one.place.cell, one.code) for one in findings]


def one_problem(typed: Any) -> Finding:
    """The only finding of a log in which this stands among dates of October 2026."""
    rows: list[Row] = [[str(at), f"{at + 1}/10/2026", None, "Falls"] for at in range(9)]
    evidence = gathered(read("a.xlsx", HEADER, *rows, ["9", typed, None, "Falls"]))
    (found,) = evidence.findings
    assert (found.place.cell, len(evidence.logs["incidents"])) == ("B11", 10)
    return found


AMERICAN = "is no day of the calendar: it looks as if the month stands first."
NEITHER = "is no day of the calendar, whether day or month stands first."


@pytest.mark.parametrize(
    "typed, code, problem",
    [
        ("30/2/2026", "no-such-day", "is no day of the calendar when read day first."),
        ("02/25/2026", "no-such-day", AMERICAN), ("02/30/2026", "no-such-day", NEITHER),
        ("13-Apr", "date-without-year", "has no year, and the dates around it do not tell it."),
        ("1/2/2026 & 2/2/2026", "two-dates", "holds more than one date."),
        ("14/02/20226", "not-a-date", "is not a date: its year has 5 figures."),
        ("14/02/206", "not-a-date", "is not a date: its year has 3 figures."),
        ("14/02/2026 or so", "not-a-date", "is not a date alone."),
        ("TBD", "not-a-date", "is not a date but says that there is none yet."),
        ("to be confirmed", "not-a-date", "is not a date but says that there is none yet."),
        ("Daily", "not-a-date", "is not a date: it says how often, not by when."),
        ("Each month", "not-a-date", "is not a date: it says how often, not by when."),
        ("Immediate", "not-a-date", "is not a date: it says how soon, not which day."),
        ("A.S.A.P.", "not-a-date", "is not a date."),
        ("ASAP", "not-a-date", "is not a date: it says how soon, not which day."),
        ("see above", "not-a-date", "is not a date."),
    ],
)  # fmt: skip
def test_a_date_that_could_not_be_read_says_what_is_wrong_with_it(
    typed: str, code: str, problem: str
) -> None:
    found = one_problem(typed)
    assert (found.code, found.severity, found.problem) == (code, "blank", f'"{typed}" {problem}')
    assert found.fix.startswith(("Type the d", "Add the year", "Keep "))


def test_a_year_that_the_other_dates_tell_is_put_in_and_said() -> None:
    found = one_problem("13-Sep")
    assert (found.code, found.severity) == ("year-from-sheet", "note")
    assert found.problem == (
        '"13-Sep" has no year; it was read as 13/09/2026, the only one that fits the dates '
        "around it."
    )


@pytest.mark.parametrize("typed", [dt.datetime(2026, 10, 5), dt.date(2026, 10, 5), "5/10/2026"])
def test_a_date_where_a_status_should_be_says_so(typed: Any) -> None:
    rows: list[Row] = [f"{at} | 3/10/2026 | Falls | Open" for at in range(5)]
    header = "Ref | Date of incident | Category | Status"
    evidence = gathered(read("a.xlsx", header, *rows, ["6", "3/10/2026", "Falls", typed]))
    (found,) = evidence.findings
    assert found.place.cell == "D7"
    assert found.problem in ('"05/10/2026" is a date, and not a status.',
                             '"5/10/2026" is a date, and not a status.')  # fmt: skip
    assert evidence.logs["incidents"]["closed_on"].isna().all()


def swapped_log(name: str) -> ReadFile:
    """A log of October typed day first into an Excel set up the US way."""
    typed = [dt.date(2026, day, 10) for day in (1, 2, 3, 4, 5, 6)]
    texts = [f"{day}/10/2026" for day in (13, 15, 18, 21, 25)]
    rows: list[Row] = [[str(at), day, None, "Falls"] for at, day in enumerate([*typed, *texts])]
    return read(name, HEADER, *rows)


def test_swapped_dates_show_both_readings_and_the_lines_that_put_them_right(tmp_path: Path) -> None:
    (found,) = gathered(swapped_log("log [1].xlsx")).findings
    assert (found.code, found.severity, found.place.cell) == ("swapped-dates", "note", "B2")
    assert found.problem == (
        'In the column "Date of incident" day and month may have changed places: all 6 true '
        "dates of the column have a day up to 12, all 5 that stand there as text a later one. "
        "This cell holds 10 January 2026, which may be meant as 1 October 2026. Nothing was "
        "changed."
    )
    assert found.fix == (
        'If they have, add to learnpipe.toml:\n[dates."log [[]1].xlsx#Log"]\n'
        '"Date of incident" = "swapped"\n'
        'If the dates are right as they are, write "as it stands" there instead.'
    )
    file = tmp_path / "learnpipe.toml"
    file.write_text("\n".join(found.fix.splitlines()[1:3]))
    settings = load_settings(file, load_schemas())
    assert settings.dates_for("log [1].xlsx", "Log") == {"Date of incident": "swapped"}
    assert settings.dates_for("log 1.xlsx", "Log") == {}


def test_single_swapped_dates_say_what_to_type() -> None:
    days = [dt.date(2026, 1, 10), dt.date(2026, 10, 2), dt.date(2026, 3, 10), dt.date(2026, 10, 4),
            dt.date(2026, 5, 10), dt.date(2026, 10, 6), dt.date(2026, 10, 13)]  # fmt: skip
    rows: list[Row] = [[str(at), day, None, "Falls"] for at, day in enumerate(days)]
    findings = gathered(read("log 2026-10.xlsx", HEADER, *rows)).findings
    assert cells(findings) == [(cell, "swapped-dates") for cell in ("B2", "B4", "B6")]
    assert findings[0].problem == (
        "Day and month of 10 January 2026 may have changed places: in this column 3 dates lie "
        "outside October 2026 as they stand, and none when swapped."
    )
    assert findings[0].fix == "If they have, type the date again as 1 October 2026."


def test_an_order_of_dates_that_there_is_not_is_said(tmp_path: Path) -> None:
    file = tmp_path / "learnpipe.toml"
    file.write_text('[dates."*.xlsx"]\nDate = "month fist"')
    with pytest.raises(LearnpipeError, match="month first"):
        load_settings(file, load_schemas())


def test_severity_in_numbers_asks_which_end_is_worse() -> None:
    rows = [[str(at), "3/10/2026", None, "Falls", at % 5 + 1] for at in range(9)]
    (found,) = gathered(read("a.xlsx", HEADER, *rows)).findings
    assert (found.code, found.severity, found.place.cell) == ("severity-direction", "blank", "E2")
    assert found.problem == (
        'The column "Severity" tells severity in numbers, and does not say which end is worse, so '
        "that nothing can be read from it (9 cells)."
    )
    assert found.fix.startswith(
        'If 5 is the worst, add to learnpipe.toml:\n[words.severity]\nnone = ["1"]\nlow = ["2"]\n'
        'moderate = ["3"]\nsevere = ["4"]\nfatal = ["5"]\nIf 1 is the worst:\n[words.severity]\n'
        'none = ["5"]\n'
    )
