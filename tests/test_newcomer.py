"""What goes wrong on somebody's first day: each gets place, problem and what to do."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from learnpipe.told import about_month
from tests.commands import INCIDENTS, TOP, learnpipe, squeezed

POSIX = pytest.mark.skipif(os.name != "posix", reason="shells differ")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A place with a folder of logs whose name has a blank in it."""
    (tmp_path / "our logs").mkdir()
    (tmp_path / "our logs" / "incidents.csv").write_text(INCIDENTS, encoding="utf-8")
    return tmp_path


def in_shell(line: str, cwd: Path, **environment: str) -> tuple[int, str]:
    """The exit code of a line of shell in which ``learnpipe`` stands, and all that it said."""
    done = subprocess.run(
        ["sh", "-c", line.replace("learnpipe", f"{sys.executable} -m learnpipe")],
        cwd=cwd, capture_output=True, encoding="utf-8", timeout=120, check=False,
        env={**os.environ, "PYTHONPATH": str(TOP), "PYTHONUTF8": "1", **environment},
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


# The folder


def test_a_wrong_folder_is_answered_with_where_it_was_looked_for(here: Path) -> None:
    done = learnpipe("run", "ourlogs", cwd=here)
    assert (done.returncode, done.stdout) == (1, "")
    assert squeezed(done.stderr) == (
        f"ourlogs: There is no such folder. Check the spelling. It was looked for in {here}. "
        "No report was written."
    )


def test_a_file_is_answered_with_its_folder(here: Path) -> None:
    done = learnpipe("run", "incidents.csv", cwd=here / "our logs")
    assert f'Give the folder it is in: "{here / "our logs"}".' in squeezed(done.stderr)


def test_a_name_with_a_blank_asks_for_quotation_marks(here: Path) -> None:
    done = learnpipe("run", "our", "logs", cwd=here)
    assert (done.returncode, done.stdout) == (2, "")
    assert 'A name with a blank in it needs quotation marks: "our logs".' in done.stderr


def test_the_quotation_mark_that_windows_leaves_in_a_name(here: Path) -> None:
    assert learnpipe("check", 'our logs"', cwd=here).returncode == 0
    done = learnpipe("check", 'our logs" --month 2026-10', cwd=here)
    assert done.returncode == 2
    assert "Leave out the \\ before the closing quotation mark" in squeezed(done.stderr)


@pytest.mark.parametrize("command", ["run", "check", "init", "columns"])
def test_an_empty_name_is_no_folder(command: str, here: Path) -> None:
    done = learnpipe(command, "", cwd=here)
    assert (done.returncode, done.stdout) == (2, "")
    assert "The name is empty." in done.stderr
    assert [path.name for path in here.iterdir()] == ["our logs"]


def test_a_picture_is_not_sent_to_excel(here: Path) -> None:
    (here / "our logs" / "photo.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n a photograph")
    said = squeezed(learnpipe("check", "our logs", cwd=here).stderr)
    assert "is really a picture. Fix: A picture cannot be read: put the log itself" in said


def test_settings_under_a_name_that_windows_gave_them_are_not_passed_over(here: Path) -> None:
    (here / "our logs" / "learnpipe.toml.txt").write_text("", encoding="utf-8")
    said = squeezed(learnpipe("check", "our logs", cwd=here).stderr)
    assert "learnpipe.toml.txt" in said and "rename it to learnpipe.toml, with nothing" in said


def test_logs_of_other_kinds_are_named_as_people_name_them(tmp_path: Path) -> None:
    learnpipe("init", "our logs", cwd=tmp_path)
    (tmp_path / "our logs" / "Incident log.xlsx").unlink()
    said = squeezed(learnpipe("run", "our logs", cwd=tmp_path).stderr)
    assert said.startswith("our logs: None of the 10 files holds an incident log (found: action ")
    assert "case sample log" in said and "case_samples" not in said


# The month


def test_a_month_without_any_row_is_written_and_doubted(here: Path) -> None:
    done = learnpipe("run", "our logs", "--month", "2020-03", cwd=here)
    assert done.returncode == 0
    said = squeezed(done.stderr)
    assert "Please note: No incident log has a row for March 2020" in said
    assert "has not ended" not in said


def test_a_month_that_has_not_ended_is_said() -> None:
    # The report is as at 00:00 on the first of the next month: only then is it whole.
    november = dt.date(2026, 11, 30)
    (line,) = about_month("2026-11", november, covered=True, width=200)
    assert line.text.startswith("Please note: November 2026 has not ended yet: what is still")
    assert about_month("2026-10", november, covered=True, width=200) == []
    assert len(about_month("2098-12", november, covered=False, width=200)) == 2


@pytest.mark.parametrize("number", ["0", "-1", "abc", "1.5", "257", ""])
def test_workers_are_a_whole_number(number: str, here: Path) -> None:
    done = learnpipe("run", "our logs", "--workers", number, cwd=here)
    assert (done.returncode, done.stdout) == (2, "")
    assert f'"{number}" is no whole number from 1 to 256.' in done.stderr


# What check finds that lies ahead, and what shows only across rows


def test_check_finds_the_day_that_is_still_to_come(here: Path) -> None:
    log = here / "our logs" / "incidents.csv"
    log.write_text(INCIDENTS.replace("09/10/2026 09:00", "09/10/2031 09:00"), encoding="utf-8")
    said = squeezed(learnpipe("check", "our logs", cwd=here).stderr)
    assert "cell C3: This day is still to come" in said


def test_check_finds_what_a_run_would_find(here: Path) -> None:
    twice = INCIDENTS.replace("\n2,", "\n1,")
    (here / "our logs" / "incidents.csv").write_text(twice, encoding="utf-8")
    said = squeezed(learnpipe("check", "our logs", cwd=here).stderr)
    assert "This reference also stands for another record (incidents.csv, row 3)" in said


# Words to explain


def test_a_folder_that_is_not_there_is_not_passed_over(here: Path) -> None:
    done = learnpipe("explain", "incidents", "nowhere", cwd=here)
    assert (done.returncode, done.stdout) == (1, "")
    assert "nowhere: There is no such folder" in done.stderr


def test_two_words_that_belong_together_are_explained(here: Path) -> None:
    assert learnpipe("explain", "harm", "rate", cwd=here).stdout.startswith(
        "Moderate harm or worse (harm_rate)"
    )


# The terminal


@POSIX
@pytest.mark.parametrize(
    "line",
    [
        "learnpipe run 'our logs' >&-",
        "learnpipe check 'our logs' 2>&-",
        "learnpipe explain | head -1",
        "learnpipe explain incidents | true",
        "learnpipe check 'our logs' 2>&1 | head -1",
    ],
)
def test_a_stream_that_is_closed_is_no_mistake(line: str, here: Path) -> None:
    code, said = in_shell(line, here)
    assert code == 0
    assert "Traceback" not in said and "mistake" not in said and "Exception" not in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("words", ["explain", "check 'our logs' --json"])
def test_an_answer_that_cannot_be_written_is_said(words: str, here: Path) -> None:
    code, said = in_shell(f"learnpipe {words} >/dev/full", here)
    assert (code, said) == (1, "The answer could not be written (No space left on device).\n")


@pytest.mark.parametrize(("encoding", "said"), [("cp437", b"\xf2 90%"), ("cp1252", b">= 90%")])
def test_signs_that_a_terminal_lacks_are_replaced_by_plain_ones(encoding: str, said: bytes) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "learnpipe", "explain", "verified"], cwd=TOP, check=True,
        capture_output=True, env={**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding},
    )  # fmt: skip
    assert b"Target: " + said in done.stdout


@POSIX
@pytest.mark.parametrize(
    ("terminal", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
    ids=["colours", "NO_COLOR", "dumb"],
)
def test_colours_only_where_they_are_wanted(
    terminal: dict[str, str], coloured: bool, here: Path
) -> None:
    import pty

    ours, theirs = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "learnpipe", "check", "our logs"],
        cwd=here, stdin=theirs, stdout=theirs, stderr=theirs, timeout=120, check=True,
        env={"PATH": "", "PYTHONPATH": str(TOP), "TERM": "xterm", **terminal},
    )  # fmt: skip
    os.close(theirs)
    said = b""
    try:
        while more := os.read(ours, 65536):
            said += more
    except OSError:  # the terminal's end
        pass
    os.close(ours)
    assert b'"lowish" is not a severity' in said
    assert (b"\x1b[33m" in said) == coloured
    assert (b"\x1b[" in said) == (terminal.get("TERM") != "dumb")  # the line of progress goes back


@POSIX
@pytest.mark.parametrize("seconds", [0.6, 1.0, 1.4])
def test_ctrl_c_ends_in_one_line_and_leaves_no_half_report(seconds: float, here: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "learnpipe", "run", str(TOP / "sample_data"), "--output", "out"],
        cwd=here, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(TOP)}, start_new_session=True,
    )  # fmt: skip
    time.sleep(seconds)
    os.killpg(child.pid, signal.SIGINT)
    _, said = child.communicate(timeout=120)
    if child.returncode:  # a fast machine may have been done before
        assert (child.returncode, said) == (1, "Stopped. Your logs were not changed.\n")
    assert not list((here / "out").glob("2026-10/.*"))


@POSIX
def test_names_that_the_code_page_lacks_are_read_and_marked(here: Path) -> None:
    (here / "our logs" / "incidents.csv").rename(here / "our logs" / "fälle ≥ 2.csv")
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    code, said = in_shell("learnpipe check 'our logs'", here, **plain)
    assert code == 0 and "1 marked copy in output/checked/" in said
    assert (here / "output" / "checked" / "fälle ≥ 2.csv.xlsx").is_file()
