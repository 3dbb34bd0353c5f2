"""Marked copies as a person meets them: after `check` and `run`, in `output/checked`."""

from __future__ import annotations

import json
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from marked_logs import LATE, LOG, full_log, job_for, with_parts

from learnpipe import marking
from learnpipe.ground.findings import Finding, Place
from learnpipe.ground.tables import ReadFile, Recognised
from learnpipe.marking import Marking, Shelved
from learnpipe.read.folder import FileToRead
from learnpipe.report.marked.marked_copy import marked_copy
from tests.commands import INCIDENTS, LOCKED, learnpipe, squeezed

LIST = "To fix"


def workbook(path: Path, text: str = INCIDENTS) -> None:
    """The incidents of a text as a workbook, its second sheet a look-up list."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Log"
    for line in text.splitlines():
        sheet.append(line.split(","))
    book.create_sheet("Lists").append(["Low", "Moderate"])
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    """Two logs with a severity that is none, in a folder of their own and as text."""
    folder = tmp_path / "logs"
    workbook(folder / "north" / "march.xlsx")
    (folder / "south.csv").write_text(INCIDENTS.replace("Oak", "Elm"), encoding="utf-8")
    return folder


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


def check(logs: Path, output: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return learnpipe("check", logs, "--output", output, *more)


def copies(output: Path) -> list[str]:
    found = (output / "checked").rglob("*.xls*")
    return sorted(path.relative_to(output / "checked").as_posix() for path in found)


def test_check_says_where_the_marked_copies_are(logs: Path, output: Path) -> None:
    done = check(logs, output)
    assert done.returncode == 0
    assert done.stderr.splitlines()[-1] == f"2 marked copies in {output.as_posix()}/checked/"
    assert copies(output) == ["north/march.xlsx", "south.csv.xlsx"]


@pytest.mark.parametrize(
    ("copy", "sheets"),
    [("north/march.xlsx", [LIST, "Log", "Lists"]), ("south.csv.xlsx", [LIST, "Log"])],
)
def test_the_cell_that_is_wrong_says_so_in_the_copy(
    copy: str, sheets: list[str], logs: Path, output: Path
) -> None:
    check(logs, output)
    book = openpyxl.load_workbook(output / "checked" / copy)
    assert book.sheetnames == sheets
    comment = book["Log"]["F3"].comment
    assert book["Log"]["F3"].value == "lowish"
    assert comment is not None and '"lowish" is not a severity' in comment.text


def test_the_logs_themselves_are_not_changed(logs: Path, output: Path) -> None:
    before = {path: path.read_bytes() for path in logs.rglob("*") if path.is_file()}
    check(logs, output)
    assert {path: path.read_bytes() for path in logs.rglob("*") if path.is_file()} == before


def test_run_marks_them_too_and_prints_the_path_last(logs: Path, output: Path) -> None:
    done = learnpipe("run", logs, "--month", "2026-10", "--output", output)
    assert done.returncode == 0
    assert done.stdout == f"{output / '2026-10' / 'governance-2026-10.xlsx'}\n"
    assert "2 marked copies in" in done.stderr
    assert copies(output) == ["north/march.xlsx", "south.csv.xlsx"]


def test_json_on_standard_output_stays_json(logs: Path, output: Path) -> None:
    done = check(logs, output, "--json")
    assert {one["file"] for one in json.loads(done.stdout)} >= {"north/march.xlsx", "south.csv"}
    assert "marked" not in done.stdout + done.stderr
    assert len(copies(output)) == 2


def test_what_has_not_changed_is_not_made_again(logs: Path, output: Path) -> None:
    check(logs, output)
    before = {name: (output / "checked" / name).stat().st_ino for name in copies(output)}
    (logs / "south.csv").write_text(INCIDENTS.replace("lowish", "lowly"), encoding="utf-8")
    check(logs, output)
    after = {name: (output / "checked" / name).stat().st_ino for name in copies(output)}
    assert after["north/march.xlsx"] == before["north/march.xlsx"]
    assert after["south.csv.xlsx"] != before["south.csv.xlsx"]


def test_when_all_is_mended_the_copies_go(logs: Path, output: Path) -> None:
    check(logs, output)
    mended = INCIDENTS.replace("lowish", "Low")
    workbook(logs / "north" / "march.xlsx", mended)
    (logs / "south.csv").write_text(mended.replace("Oak", "Elm"), encoding="utf-8")
    done = check(logs, output)
    assert "marked" not in done.stderr
    assert not (output / "checked").exists()


def test_the_copies_are_never_read_as_logs(logs: Path) -> None:
    inside = logs / "results"
    check(logs, inside)
    assert copies(inside) == ["north/march.xlsx", "south.csv.xlsx"]
    found = json.loads(check(logs, logs.parent / "elsewhere", "--json").stdout)
    assert {one["file"] for one in found} == {"north/march.xlsx", "south.csv"}


def test_a_marked_copy_put_back_is_read_as_its_log_and_the_list_as_none(
    logs: Path, output: Path
) -> None:
    check(logs, output)
    shutil.copy(output / "checked" / "north" / "march.xlsx", logs / "north" / "march.xlsx")
    understood = learnpipe("columns", logs / "north" / "march.xlsx", "--json").stdout
    sheets = json.loads(understood)["sheets"]
    assert [(one["sheet"], one["log"], one["records"]) for one in sheets] == [
        (LIST, None, 0), ("Log", "incidents", 2), ("Lists", None, 0),
    ]  # fmt: skip
    check(logs, output)
    again = openpyxl.load_workbook(output / "checked" / "north" / "march.xlsx")
    assert again.sheetnames == [LIST, "Log", "Lists"]


def test_a_copy_that_a_person_mended_is_kept(logs: Path, output: Path) -> None:
    check(logs, output)
    theirs = output / "checked" / "south.csv.xlsx"
    theirs.write_bytes(theirs.read_bytes() + b" ")
    done = check(logs, output)
    assert done.returncode == 0
    assert "was changed by somebody" in squeezed(done.stderr)
    assert copies(output) == ["north/march.xlsx", "south.csv (2).xlsx", "south.csv.xlsx"]


def test_a_copy_that_cannot_be_written_is_said_and_fails_the_check(
    logs: Path, output: Path
) -> None:
    output.mkdir()
    (output / "checked").write_text("a file", encoding="utf-8")
    done = check(logs, output)
    assert done.returncode == 1
    assert "could not be written" in squeezed(done.stderr)


def test_a_file_with_a_password_has_no_copy(logs: Path, output: Path) -> None:
    (logs / "locked.xlsx").write_bytes(LOCKED)
    assert check(logs, output).returncode == 0
    assert copies(output) == ["north/march.xlsx", "south.csv.xlsx"]


def test_a_folder_without_any_log_says_what_a_log_is(tmp_path: Path, output: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "menu.csv").write_text("Monday,Soup\nTuesday,Pie\n", encoding="utf-8")
    done = check(tmp_path / "logs", output)
    assert (done.returncode, done.stdout) == (1, "")
    assert "logs: No file holds a log" in squeezed(done.stderr)
    assert "learnpipe columns FILE" in squeezed(done.stderr)
    assert not output.exists()


# Files that a copy would harm, or that harm whoever copies them


def marked_alone(body: bytes, folder: Path, name: str = "march.xlsx", read: bytes = b"") -> Shelved:
    """What becomes of one log that is late in C5; ``read``: its bytes when it was read."""
    (folder / name).write_bytes(body)
    sheet = Recognised(name, LOG, False, ())
    file = ReadFile(name, sha256(read or body).hexdigest(), (sheet,))
    late = Finding("late", "note", Place(name, LOG, 5, "C"), "It is late.", "Look.")
    listed = FileToRead(folder / name, name, len(body))
    with Marking([file], [listed], [late], folder / "out") as made:
        return made.finish()


def list_alone(done: Shelved) -> str:
    """What the only file that was made says of itself; it is a list."""
    (path,) = done.copies
    assert path.name.endswith("(list).xlsx")
    return str(openpyxl.load_workbook(path).worksheets[0]["A3"].value)


def test_a_log_with_what_a_copy_would_lose_gets_the_list_and_why(tmp_path: Path) -> None:
    body = with_parts(full_log(), {"xl/pivotTables/pivotTable1.xml": b"<any/>"})
    said = list_alone(marked_alone(body, tmp_path))
    assert said.startswith(
        "This is the list alone: the log holds pivot tables, which a copy would lose."
    )


@pytest.mark.parametrize("fate", ["exit", "raise", "base"])
def test_a_log_that_ends_its_reader_gets_the_list(
    fate: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking, "WORK", "child_work:obey")
    said = list_alone(marked_alone(fate.encode(), tmp_path))
    assert said.startswith("This is the list alone: the log cannot be copied.")


def test_a_log_that_changed_since_it_was_read_is_not_marked(tmp_path: Path) -> None:
    done = marked_alone(full_log(), tmp_path, read=b"other bytes")
    assert done.copies == ()
    assert [finding.code for finding in done.findings] == ["changed"]


def test_a_run_marks_the_smaller_logs_and_says_that_others_wait(tmp_path: Path) -> None:
    found, files, listed = [], [], []
    for name, lines in (("large.csv", 500), ("small.csv", 5), ("middle.csv", 50)):
        body = b"Ref,Home\n" + b"1,Oak\n" * lines
        (tmp_path / name).write_bytes(body)
        found.append(Finding("late", "note", Place(name, None, 3, "B"), "It is late.", "Look."))
        sheet = Recognised(name, None, False, ())
        files.append(ReadFile(name, sha256(body).hexdigest(), (sheet,)))
        listed.append(FileToRead(tmp_path / name, name, len(body)))
    output = tmp_path / "out"
    with Marking(files, listed, found, output, most_bytes=1_000) as made:
        done = made.finish()
    assert [path.name for path in done.copies] == ["middle.csv.xlsx", "small.csv.xlsx"]
    assert done.summary.endswith(
        "checked/; 1 more log has findings: learnpipe check marks all of them"
    )
    with Marking(files, listed, found, output) as made:
        assert len(made.finish().copies) == 3


# In another program


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_libreoffice_opens_a_copy_with_everything_in_it(tmp_path: Path) -> None:
    body = full_log()
    (tmp_path / "march.xlsx").write_bytes(marked_copy(body, job_for(body, LATE)))
    done = subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "again"),
         str(tmp_path / "march.xlsx")],
        capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0
    book = openpyxl.load_workbook(tmp_path / "again" / "march.xlsx")
    log = book[LOG]
    assert book.sheetnames == [LIST, LOG, "Lists", "Old"]
    assert book["Old"].sheet_state == "hidden"
    assert {str(one.sqref) for one in log.data_validations.dataValidation} == {"C4:C40", "B4:B40"}
    assert len(log.conditional_formatting) == 2
    assert [str(area) for area in log.merged_cells.ranges] == ["A1:D1"]
    assert log.protection.sheet
    assert {"C5", "B6"} == {c.coordinate for row in log.iter_rows() for c in row if c.comment}
    assert str(log["D5"].value).startswith("=TODAY()")
    values = openpyxl.load_workbook(tmp_path / "again" / "march.xlsx", data_only=True)[LOG]
    assert isinstance(values["D5"].value, (int, float)), "worked out when it was opened"


def test_a_very_large_log_gets_the_list(tmp_path: Path) -> None:
    body = "Ref,Home\n" + "".join(f"{number},Oak\n" for number in range(100_001))
    said = list_alone(marked_alone(body.encode(), tmp_path, "march.csv"))
    assert "more than 200,000 cells" in said
