"""Which logs are marked, in which order, and where a finding without a cell is put."""

from __future__ import annotations

from marked_logs import BAD_SEVERITY, FILE, LATE, LOG

from learnpipe.ground.findings import Finding, Place
from learnpipe.ground.tables import ColumnRead, ReadFile, Recognised, Table
from learnpipe.report.marked.marked import Job, jobs

COLUMNS = tuple(ColumnRead(letter, letter, None, True) for letter in ("B", "C"))
SHEET = Recognised(FILE, LOG, False, (Table("incidents", "by its headers", 4, COLUMNS),))


def read(name: str = FILE, *findings: Finding) -> ReadFile:
    return ReadFile(name, "00", (SHEET,), findings)


def note(place: Place, problem: str = "Odd.") -> Finding:
    return Finding("odd", "note", place, problem, "Look.")


def only(*findings: Finding) -> Job:
    (job,) = jobs([read()], findings)
    return job


def test_the_worst_comes_first_then_the_order_of_the_sheet() -> None:
    found = (
        LATE,
        note(Place(FILE, LOG, 12, "AA")),
        note(Place(FILE, LOG, 12, "B")),
        BAD_SEVERITY,
    )
    assert [mark.cell for mark in only(*found).marks] == ["C5", "C5", "B12", "AA12"]
    assert only(*found).marks[0].severity == "blank"


def test_a_finding_without_a_cell_is_put_on_a_cell_of_its_log() -> None:
    found = (note(Place(FILE, LOG, 7)), note(Place(FILE, LOG, None, "C")), note(Place(FILE, LOG)))
    assert {mark.cell: mark.at for mark in only(*found).marks} == {
        "row 7": (7, "B"),  # the first column of the log
        "column C": (4, "C"),  # its header
        "": None,
    }


def test_the_same_finding_twice_is_shown_once() -> None:
    assert len(only(LATE, LATE).marks) == 1


def test_a_file_that_could_not_be_read_is_not_copied() -> None:
    stop = Finding("password", "stop", Place(FILE), "It has a password.", "Take it off.")
    assert jobs([read(FILE, stop)], [stop, LATE]) == ()


def test_a_file_spoken_of_as_a_whole_is_not_copied() -> None:
    assert jobs([read()], [note(Place(FILE), "The file is open in Excel.")]) == ()


def test_a_log_without_findings_is_not_copied() -> None:
    assert [job.file for job in jobs([read(), read("south.xlsx")], [LATE])] == [FILE]


def test_a_copy_is_made_again_when_bytes_findings_or_headers_change() -> None:
    first = only(LATE)
    (other_bytes,) = jobs([ReadFile(FILE, "01", (SHEET,))], [LATE])
    moved = Recognised(FILE, LOG, False, (Table("incidents", "by its headers", 5, COLUMNS),))
    (other_header,) = jobs([ReadFile(FILE, "00", (moved,))], [LATE])
    keys = {job.key for job in (first, other_bytes, other_header, only(LATE, BAD_SEVERITY))}
    assert len(keys) == 4
    assert only(LATE).key == first.key
