"""Findings in the terminal: like things together, the worst first, nothing without a number."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from learnpipe.ground.findings import SEVERITIES, Finding, Place, Severity
from learnpipe.told import by_file, by_severity, summary, why_stopped

TYPE_A_DATE = "Type a date."


def finding(
    cell: str = "A1", problem: str = '"TBC" is not a date.', severity: Severity = "blank",
    file: str = "march.xlsx", sheet: str | None = "Log", code: str = "not-a-date",
    fix: str = TYPE_A_DATE,
) -> Finding:  # fmt: skip
    return Finding(code, severity, Place(file, sheet, int(cell[1:]), cell[0]), problem, fix)


def text(*findings: Finding, width: int = 80) -> str:
    return "\n".join(line.text for line in by_file(findings, width)).strip("\n")


def test_a_finding_shows_its_cell_what_is_wrong_and_what_to_do() -> None:
    assert text(finding("E14", '"lowish" is no severity.', fix="Type low.")) == (
        "march.xlsx\n"
        '  BLANK: sheet "Log", cell E14: "lowish" is no severity.\n'
        "         Fix: Type low."
    )


def test_the_same_on_many_cells_is_one_entry_with_the_first_of_them() -> None:
    assert text(*(finding(f"E{row}") for row in range(2, 12))) == (
        "march.xlsx\n"
        '  BLANK: sheet "Log", cells E2, E3, E4, E5, E6, E7 and 4 more: "TBC" is not a\n'
        "         date.\n"
        "         Fix: Type a date."
    )


def test_what_differs_in_detail_shares_its_remedy() -> None:
    raw = ("TBC", "Daily", "soon", "later", "spring")
    said = text(*(finding(f"K{at}", f'"{one}" is not a date.') for at, one in enumerate(raw, 2)))
    assert said == (
        "march.xlsx\n"
        '  BLANK: sheet "Log", cell K2: "TBC" is not a date.\n'
        '         sheet "Log", cell K3: "Daily" is not a date.\n'
        '         sheet "Log", cell K4: "soon" is not a date.\n'
        '         2 more like it: sheet "Log", cells K5, K6\n'
        "         Fix: Type a date."
    )


def test_different_things_with_one_remedy_are_one_entry_with_one_of_each() -> None:
    fix = "Check both dates."
    said = text(
        finding("A1", "Closed (2/1) too early.", fix=fix, code="closed", sheet=None),
        finding("A2", "Closed (3/1) too early.", fix=fix, code="closed", sheet=None),
        finding("B1", "Reviewed (2/1) too early.", fix=fix, code="reviewed", sheet=None),
        finding("C1", "Shared (2/1) too early.", fix=fix, code="shared", sheet=None),
    )
    assert said == (
        "march.xlsx\n"
        "  BLANK: cell A1: Closed (2/1) too early.\n"
        "         cell B1: Reviewed (2/1) too early.\n"
        "         cell C1: Shared (2/1) too early.\n"
        "         1 more like it: cell A2\n"
        "         Fix: Check both dates."
    )


def test_files_stand_the_worst_first_and_so_do_their_findings() -> None:
    said = text(
        finding("A1", "Look.", "note", "a.xlsx", code="odd"),
        finding("A2", "Odd.", "note", "b.xlsx", code="odd"),
        finding("A3", "Unknown.", "blank", "b.xlsx"),
        finding("A4", "Damaged.", "stop", "c.xlsx", code="damaged"),
    )
    heads = [line for line in said.splitlines() if line.endswith(".xlsx")]
    assert heads == ["c.xlsx", "b.xlsx", "a.xlsx"]
    assert said.index("Unknown.") < said.index("Odd.")


def test_what_is_the_same_in_several_files_is_said_once() -> None:
    files = [f"incidents 2026-{month:02}.xlsx" for month in range(1, 13)]
    said = text(*(finding("E2", file=file) for file in files))
    assert said == (
        "In several files\n"
        "  BLANK: 12 files: incidents 2026-01.xlsx, incidents 2026-02.xlsx, incidents\n"
        '         2026-03.xlsx and 9 more: "TBC" is not a date.\n'
        "         Fix: Type a date."
    )


def test_lines_to_paste_keep_their_breaks() -> None:
    fix = 'Add to learnpipe.toml:\n[columns."march.xlsx"]\n"Type" = "category"'
    for lines in (by_file([finding(fix=fix)], 80), by_severity([finding(fix=fix)], 80)):
        said = [line.text.strip() for line in lines]
        assert said[-3].endswith("learnpipe.toml:")
        assert said[-2:] == ['[columns."march.xlsx"]', '"Type" = "category"']


def test_what_has_one_remedy_in_many_files_is_said_once_with_examples() -> None:
    raw = [f'"{month} or so" is not a date.' for month in range(1, 11)]
    said = text(*(finding("E2", one, file=f"{at}.xlsx") for at, one in enumerate(raw, 1)))
    assert said == (
        "In several files\n"
        '  BLANK: 1.xlsx, sheet "Log", cell E2: "1 or so" is not a date.\n'
        '         2.xlsx, sheet "Log", cell E2: "2 or so" is not a date.\n'
        '         3.xlsx, sheet "Log", cell E2: "3 or so" is not a date.\n'
        "         7 more like it: 7 files: 4.xlsx, 5.xlsx, 6.xlsx and 4 more\n"
        "         Fix: Type a date."
    )


def test_hundreds_of_files_stay_a_screenful_or_two_and_are_all_counted() -> None:
    many = [
        finding("E2", file=f"{month:03}.xlsx", fix=f"Type {month}, {kind}.")
        for month in range(300)
        for kind in range(4)
    ]
    lines = text(*many).splitlines()
    assert len(lines) < 150
    assert lines[-1] == "  and 1,040 findings in 260 more files"  # 300 − 10 in full − 30 by count


def test_the_last_line_counts_each_severity() -> None:
    found = [finding(), finding("A2"), finding("A3", severity="note")]
    assert summary(found, 100) == (
        "3 findings: 2 BLANK (set blank, counted as no evidence) and 1 note (worth a look)."
    )


def test_after_a_run_few_of_each_severity_are_shown_and_the_rest_counted() -> None:
    notes = [finding(f"E{row}", f"Row {row}.", "note") for row in range(1, 21)]
    lines = [line.text for line in by_severity(notes, 80)]
    assert lines[0] == "\n20 findings: worth a look"
    assert lines[-1] == "  … 15 more: sheet Data quality"


def test_after_a_run_the_same_on_one_sheet_is_said_once() -> None:
    found = [finding("E2"), finding("E9"), finding("E3", sheet="Other")]
    assert [line.text for line in by_severity(found, 80)] == [
        "\n3 findings: set blank, counted as no evidence",
        '  - march.xlsx, sheet "Log", cells E2, E9: "TBC" is not a date. Type a date.',
        '  - march.xlsx, sheet "Other", cell E3: "TBC" is not a date. Type a date.',
    ]


def test_why_a_command_stopped_is_said_without_a_heading_where_it_is_one_thing() -> None:
    stop = Finding("no-file", "stop", Place("march.xlsx"), "There is no such file.", "Look again.")
    said = [line.text for line in why_stopped([stop], "No report was written.", 80)]
    assert said == [
        "march.xlsx: There is no such file. Look again.",
        "\nNo report was written.",
    ]
    two = [line.text for line in why_stopped([stop, finding("E2")], "", 80)]
    assert [line for line in two if line.startswith("\n1 finding")] == [
        "\n1 finding: cannot be used", "\n1 finding: set blank, counted as no evidence"
    ]  # fmt: skip


def test_two_kinds_more_than_fit_are_shown_rather_than_counted() -> None:
    ten = [finding("A1", fix=f"Do {kind}.") for kind in range(10)]
    assert "more finding" not in text(*ten)
    eleven = [*ten, finding("A1", fix="Do more.")]
    assert text(*eleven).splitlines()[-1].strip() == "and 3 more findings in this file"


FINDINGS = st.builds(
    finding,
    cell=st.sampled_from(["A1", "B2", "C3"]),
    problem=st.sampled_from(["One.", "Two.", "Three.", "Four.", "Five."]),
    severity=st.sampled_from(SEVERITIES),
    file=st.integers(1, 60).map(lambda number: f"{number}.xlsx"),
    sheet=st.sampled_from([None, "Log"]),
    code=st.sampled_from([f"kind-{letter}" for letter in "abcdefghijkl"]),
)


@given(st.lists(FINDINGS, max_size=150), st.integers(40, 100))
def test_no_line_is_wider_than_the_terminal(findings: list[Finding], width: int) -> None:
    for line in (*by_file(findings, width), *by_severity(findings, width, everything=True)):
        assert all(len(part) <= width for part in line.text.splitlines())
