"""What gathering finds: each at its cell, with what to do; the bad cell empty, the row kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
from grids import Row, understood

from learnpipe.ground.findings import Finding, Place
from learnpipe.ground.schemas import LOGS, Rule, Schema, load_schemas
from learnpipe.ground.settings import Settings
from learnpipe.ground.tables import Evidence, ReadFile, Recognised, Table, letter_of
from learnpipe.validate import gather
from learnpipe.validate.join import blank_column

RULES = [(schema.log, rule) for schema in load_schemas().logs.values() for rule in schema.rules]
HEADER = "Ref | Date of incident | Reported by | Category | Severity | Tier | Resident"


def gathered(*files: ReadFile) -> Evidence:
    """The evidence of some files, without settings."""
    return gather(files, load_schemas(), Settings())[0]


def read(name: str, *rows: Row, twin: str | None = None) -> ReadFile:
    """A file of one sheet, as it comes out of reading."""
    return ReadFile(name, "", (understood(*rows, file=name).sheet,), (), twin)


def cells(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    """The cell and the code of each finding."""
    return [(one.place.cell, one.code) for one in findings]


def array(schema: Schema, name: str, value: Any) -> np.ndarray[Any, Any]:
    """A column of one cell; an empty text stands for an empty cell."""
    field = schema.fields[name]
    if value is None or value == "":
        return blank_column(field, 1)
    if field.dated:
        return np.array([value], dtype="datetime64[s]")
    return np.array([value], dtype="float64" if field.kind == "number" else object)


def one_row(log: str, row: dict[str, Any]) -> ReadFile:
    """A file with a log of one record in Excel's row 7, its fields in the order of the schema."""
    schema = load_schemas().logs[log]
    letters = {name: letter_of(at) for at, name in enumerate(schema.fields)}
    data = {name: array(schema, name, row.get(name)) for name in schema.fields}
    table = Table(log, "", 6, rows=np.array([7]), data=data, letters=letters, read=1)
    return ReadFile("log.xlsx", "", (Recognised("log.xlsx", "Log", False, (table,)),))


@pytest.mark.parametrize("log", LOGS)
def test_the_example_of_a_log_breaks_nothing(log: str) -> None:
    evidence = gathered(one_row(log, load_schemas().logs[log].example))
    assert evidence.findings == ()
    assert len(evidence.logs[log]) == 1


@pytest.mark.parametrize("log, rule", RULES, ids=[f"{log}: {rule.code}" for log, rule in RULES])
def test_a_broken_rule_is_found_at_its_cell_and_nothing_else_is(log: str, rule: Rule) -> None:
    schema = load_schemas().logs[log]
    evidence = gathered(one_row(log, {**schema.example, **rule.breaks}))
    (found,) = evidence.findings
    cell = f"{letter_of(list(schema.fields).index(rule.field))}7"
    assert (found.code, found.severity, found.place.cell) == (rule.code, rule.severity, cell)
    assert found.place.file == "log.xlsx"
    assert "{" not in found.problem and "NaT" not in found.problem and "None" not in found.problem
    assert found.fix == rule.fix
    assert len(evidence.logs[log]) == 1


def test_no_rule_speaks_of_a_personal_field() -> None:
    """Rules put both values into their sentence."""
    personal = {(log, name) for log in LOGS for name in load_schemas().logs[log].personal}
    assert not personal & {(log, name) for log, rule in RULES for name in (rule.field, rule.other)}


def test_a_rule_says_both_dates_day_first() -> None:
    example = load_schemas().logs["incidents"].example
    (found,) = gathered(
        one_row("incidents", {**example, "reported_at": dt.datetime(2026, 3, 1, 10)})
    ).findings
    assert found.problem == (
        "It was reported (01/03/2026 10:00) before it happened (02/03/2026 10:00)."
    )


def test_a_date_without_a_time_is_compared_by_its_day() -> None:
    """Reported "on 2 March" is not before it happened at ten on 2 March."""
    example = load_schemas().logs["incidents"].example
    same_day = {**example, "reported_at": dt.datetime(2026, 3, 2)}
    assert gathered(one_row("incidents", same_day)).findings == ()


def test_a_word_not_on_the_list_is_emptied_and_told_how_to_be_added() -> None:
    evidence = gathered(
        read("a.xlsx", HEADER, "1 | 3/10/2026 || Falls | lowish", "2 | 4/10/2026 || Falls | Low")
    )
    assert evidence.findings == (
        Finding(
            "not-on-list", "blank", Place("a.xlsx", "Log", 2, "E"),
            '"lowish" is not a severity we know.',
            "Type one of none, low, moderate, severe or fatal; or add \"lowish\" to words.severity "
            "in learnpipe.toml.",
        ),
    )  # fmt: skip
    assert evidence.logs["incidents"]["severity"].tolist() == [None, "low"]


def test_a_number_out_of_range_is_emptied_and_the_range_is_said() -> None:
    evidence = gathered(
        read(
            "a.xlsx", "Home | Month | Bed days | Headcount", ["Oak", "Oct 2026", -4, 30],
            ["Oak", "Nov 2026", 2_500_000, 30], ["Oak", "Dec 2026", 620, 0],
        )
    )  # fmt: skip
    assert [(one.place.cell, one.code, one.problem) for one in evidence.findings] == [
        ("C2", "out-of-range", "-4 cannot be right here: it should be from 0 to 1,000,000."),
        ("C3", "out-of-range", "2,500,000 cannot be right here: it should be from 0 to 1,000,000."),
    ]
    frame = evidence.logs["activity"]
    assert frame["bed_days"].isna().tolist() == [True, True, False]
    assert frame["headcount"].tolist() == [30, 30, 0]


def test_an_implausible_date_is_emptied() -> None:
    evidence = gathered(
        read("a.xlsx", HEADER, "1 | 3/10/1926 || Falls", "2 | 31/12/1999 || Falls",
             "3 | 1/1/2000 || Falls", "4 | 3/10/2026 || Falls")
    )  # fmt: skip
    assert cells(evidence.findings) == [("B2", "implausible-date"), ("B3", "implausible-date")]
    assert evidence.findings[0].problem == "03/10/1926 is too far back or ahead to be right."
    assert evidence.findings[0].severity == "blank"
    assert evidence.logs["incidents"]["occurred_at"].isna().tolist() == [True, True, False, False]


def test_no_finding_echoes_a_personal_value() -> None:
    rows = [
        f"{at} | {date} | Zebedee Quill | Falls | odd{at} | 9 | Ada Quince"
        for at, date in enumerate(["soon", "30/2/2026", "13-Sep"])
    ]
    plain = [f"{at} | 3/10/2026 | Zebedee Quill | Falls | Low | 1 | Ada Quince" for at in range(9)]
    evidence = gathered(read("a.xlsx", HEADER, *plain, *rows))
    assert len(evidence.findings) == 9  # of each bad row: its date, severity and tier
    assert not any(name in str(one) for one in evidence.findings for name in ("Quill", "Quince"))
    assert set(evidence.logs["incidents"]["reported_by"]) == {"Zebedee Quill"}


def test_findings_come_in_the_order_of_files_and_cells() -> None:
    bad = "1 | soon || Falls | lowish | 9"
    good = [f"{at} | 3/10/2026 || Falls | Low" for at in range(4)]
    evidence = gathered(read("b.xlsx", HEADER, *good, bad), read("a.xlsx", HEADER, *good, bad, bad))
    assert [(one.place.file, one.place.cell) for one in evidence.findings] == [
        *(("a.xlsx", cell) for cell in ("B6", "E6", "F6", "B7", "E7", "F7")),
        *(("b.xlsx", cell) for cell in ("B6", "E6", "F6")),
    ]


def test_the_findings_of_files_and_sheets_are_passed_on() -> None:
    stop = Finding("damaged", "stop", Place("c.xlsx"), "It is damaged.", "Copy it again.")
    broken = ReadFile("c.xlsx", "", (), (stop,))
    evidence = gathered(broken, read("a.xlsx", HEADER, "1 | 3/10/2026 || Falls"))
    assert evidence.findings == (stop,)
    assert (broken.included, len(evidence.logs["incidents"])) == (False, 1)


def test_exact_duplicate_files_count_once_in_rows_and_findings() -> None:
    rows = [HEADER, "1 | 3/10/2026 || Falls | lowish"]
    evidence = gathered(read("a.xlsx", *rows), read("copy of a.xlsx", *rows, twin="a.xlsx"))
    assert [(one.place.file, one.code) for one in evidence.findings] == [("a.xlsx", "not-on-list")]
    assert evidence.logs["incidents"]["source"].tolist() == [0]
    assert [source.duplicate for source in evidence.sources] == [False, True]


def test_every_row_leads_back_to_its_file_and_excel_row() -> None:
    evidence = gathered(
        read("a.xlsx", "A title", HEADER, "1 | 3/10/2026 || Falls", [], "2 | 3/10/2026 || Falls"),
        read("b.xlsx", "Category | Date of incident | Summary", "Falls | 3/10/2026 | He fell"),
    )
    frame = evidence.logs["incidents"]
    files = [evidence.sources[at].file for at in frame["source"]]
    assert list(zip(files, frame["row"], strict=True)) == [
        ("a.xlsx", 3), ("a.xlsx", 5), ("b.xlsx", 2),
    ]  # fmt: skip
    assert list(frame)[:2] == ["source", "row"]
    assert set(frame) - {"source", "row"} == set(load_schemas().logs["incidents"].fields)
    assert pd.isna(frame["ref"].iat[2])
    assert evidence.sources[1].place(2, "occurred_at").cell == "B2"


def test_a_log_that_is_not_there_is_not_gathered() -> None:
    assert list(gathered(read("a.xlsx", HEADER, "1 | 3/10/2026 || Falls")).logs) == ["incidents"]


@pytest.mark.parametrize(
    "file, sheet, period, declared",
    [
        ("Incidents Sep 2026.xlsx", "Log", "2026-09", "2026-09"),
        ("2026-09/Incidents.xlsx", "Log", "2026-09", "2026-09"),
        ("Incidents.xlsx", "Sep 2026", "2026-09", "2026-09"),
        ("Incidents.xlsx", "Log", "2026-10", None),  # by its last row
    ],
)
def test_the_month_that_a_source_stands_for(
    file: str, sheet: str, period: str, declared: str | None
) -> None:
    got = understood(HEADER, "1 | 3/10/2026 || Falls", file=file, sheet=sheet)
    (source,) = gathered(ReadFile(file, "", (got.sheet,))).sources

    def month(number: int | None) -> str | None:
        return None if number is None else f"{number // 12}-{number % 12 + 1:02}"

    assert (month(source.period), month(source.declared)) == (period, declared)
