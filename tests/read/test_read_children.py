"""Children that die, hang or eat cost one file each; answers come in the files' order."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from parts import GOOD_ROW, sheet, workbook

from learnpipe.read import children
from learnpipe.read.child_process import Answer
from learnpipe.read.children import Reading, prepare, start
from learnpipe.read.folder import FileToRead, list_files

OBEY = "child_work:obey"


def files(folder: Path, **texts: str) -> tuple[FileToRead, ...]:
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text)
    return list_files(folder).files


def ask(folder: Path, workers: int = 1, timeout: float = 20, **texts: str) -> list[Answer]:
    return start(files(folder, **texts), OBEY, "told", workers, timeout=timeout).results()


def codes(answers: list[Answer]) -> list[tuple[str, str | None]]:
    return [(a.file.name, a.finding.code if a.finding else None) for a in answers]


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_answers_stand_in_the_files_order_with_fingerprints(tmp_path: Path, workers: int) -> None:
    texts = {f"f{number}": "x" * (number * 37 % 11) for number in range(10)}
    seen: list[str] = []
    reading = start(files(tmp_path, **texts), OBEY, {"month": 10}, workers)
    answers = reading.results(lambda file: seen.append(file.name))
    assert [a.value for a in answers] == [(f"{name}.csv", {"month": 10}) for name in texts]
    assert [a.sha256 for a in answers] == [
        hashlib.sha256(text.encode()).hexdigest() for text in texts.values()
    ]
    assert sorted(seen) == [f"{name}.csv" for name in texts]


def test_a_child_started_ahead_is_the_one_that_reads(tmp_path: Path) -> None:
    work = "child_work:whoami"
    prepare(work)
    ahead = children._prepared[work].process.pid
    prepare(work)  # one waits already
    listed = files(tmp_path, a="1", b="2")
    assert [answer.value for answer in start(listed, work).results()] == [ahead, ahead]
    assert ahead not in [answer.value for answer in start(listed, work).results()]


@pytest.mark.skipif(os.name == "nt", reason="asks for processes as POSIX does")
def test_a_child_started_ahead_and_never_needed_ends_with_its_parent() -> None:
    code = (
        "from learnpipe.read import children\n"
        "children.prepare('learnpipe.understand:understand_file')\n"
        "print(children._prepared['learnpipe.understand:understand_file'].process.pid)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert _gone(int(done.stdout), within=8)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(
    ("order", "code", "problem"),
    [
        ("exit", "could-not-read", "could not be read (it is damaged, or made to look far larger"),
        pytest.param(
            "kill", "could-not-read", "could not be read",
            marks=pytest.mark.skipif(os.name == "nt", reason="no signals"),
        ),
        ("raise", "could-not-read", "could not be read (ValueError)"),
        ("base", "could-not-read", "could not be read (BaseException)"),
        pytest.param(
            "eat", "too-large", "needs more memory than one file may have (1 GiB)",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="no limit to hold it"),
        ),
        pytest.param(
            "eat-lists", "too-large", "needs more memory than one file may have (1 GiB)",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="no limit to hold it"),
        ),
    ],
)  # fmt: skip
def test_one_bad_file_costs_itself_alone(
    tmp_path: Path, workers: int, order: str, code: str, problem: str
) -> None:
    answers = ask(tmp_path, workers, a="fine", b=order, c="fine", d="fine")
    assert codes(answers) == [("a.csv", None), ("b.csv", code), ("c.csv", None), ("d.csv", None)]
    (found,) = answers[1].findings
    assert (found.severity, found.place.file, answers[1].value) == ("stop", "b.csv", None)
    assert problem in found.problem and found.fix.endswith((".", "instead."))
    assert answers[1].sha256 == hashlib.sha256(order.encode()).hexdigest()


def test_what_an_unforeseen_error_says_is_not_echoed(tmp_path: Path) -> None:
    assert "Ada" not in str(ask(tmp_path, a="raise")[0].finding)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_file_that_hangs_is_left_after_its_time(tmp_path: Path, workers: int) -> None:
    begun = time.monotonic()
    answers = ask(tmp_path, workers, timeout=1.0, a="hang", b="fine", c="hang", d="fine")
    assert codes(answers) == [
        ("a.csv", "too-slow"),
        ("b.csv", None),
        ("c.csv", "too-slow"),
        ("d.csv", None),
    ]
    assert "took longer than 1 seconds" in answers[0].findings[0].problem
    assert time.monotonic() - begun < 10


def test_a_files_time_begins_when_the_one_before_it_is_done(tmp_path: Path) -> None:
    answers = ask(tmp_path, timeout=3, a="slow", b="slow", c="slow", d="slow")
    assert codes(answers) == [(f"{name}.csv", None) for name in "abcd"]


def test_what_a_lost_child_had_at_hand_is_read_by_another(tmp_path: Path) -> None:
    # Handed over at once: one is done, the second ends the child, the others are not lost.
    texts = {"a": "pid and more", "b": "exit", **dict.fromkeys("cdefghij", "pid")}
    answers = ask(tmp_path, **texts)
    assert [name for name, code in codes(answers) if code] == ["b.csv"]
    assert len({answer.value for answer in answers[2:]}) == 1


def test_stray_prints_do_not_spoil_the_answers(tmp_path: Path) -> None:
    answers = ask(tmp_path, a="print", b="print")
    assert [a.value for a in answers] == [("a.csv", "told"), ("b.csv", "told")]


def test_findings_raised_in_the_child_arrive_whole(tmp_path: Path) -> None:
    (answer,) = ask(tmp_path, a="refuse")
    assert [str(finding) for finding in answer.findings] == [
        'a.csv, sheet "Log", row 3: It is odd. Make it even.',
        "a.csv: A. B.",
    ]


def test_a_file_that_went_away_is_said(tmp_path: Path) -> None:
    listed = files(tmp_path, a="fine", b="fine")
    listed[0].path.unlink()
    assert codes(start(listed, OBEY).results()) == [("a.csv", "gone"), ("b.csv", None)]


def test_a_child_reads_many_files_and_there_are_no_more_than_asked(tmp_path: Path) -> None:
    answers = ask(tmp_path, 2, 20, **{f"f{number}": "pid" for number in range(12)})
    assert 1 <= len({a.value for a in answers}) <= 2
    assert os.getpid() not in {a.value for a in answers}


def test_work_that_cannot_be_imported_is_our_bug_and_says_so(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="No module named 'no_such_room'"):
        start(files(tmp_path, a="fine"), "no_such_room:work").results()


def test_no_files_need_no_children() -> None:
    assert start((), OBEY).results() == []


def running(reading: Reading) -> list[int]:
    return [child.process.pid for child in reading._children if child.process.poll() is None]


def test_an_interrupt_ends_the_children(tmp_path: Path) -> None:
    def interrupt(file: FileToRead) -> None:
        pids.extend(running(reading))
        raise KeyboardInterrupt

    pids: list[int] = []
    reading = start(files(tmp_path, a="hang", bb="fine"), OBEY, None, 2)
    with pytest.raises(KeyboardInterrupt):
        reading.results(interrupt)
    assert pids and running(reading) == []
    if os.name != "nt":
        for pid in pids:
            with pytest.raises(ProcessLookupError):
                os.kill(pid, 0)


@pytest.mark.skipif(os.name == "nt", reason="asks for processes as POSIX does")
def test_a_child_that_hangs_ends_itself_when_its_parent_is_killed(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("hang")
    parent = (
        "import pathlib, os, sys, time\n"
        "from learnpipe.read import children, folder\n"
        f"files = folder.list_files(pathlib.Path({str(tmp_path)!r})).files\n"
        f"reading = children.start(files, {OBEY!r}, None, 1, timeout=1)\n"
        "while not reading._children: time.sleep(0.01)\n"
        "time.sleep(0.5)\n"
        "print(*[child.process.pid for child in reading._children], flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    paths = os.pathsep.join(path for path in sys.path if path)
    ended = subprocess.run(
        [sys.executable, "-c", parent],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
    )
    (pid,) = map(int, ended.stdout.split())
    assert _gone(pid, within=8)


def _gone(pid: int, within: float) -> bool:
    """Whether a process ends in so many seconds; one that only waits to be buried has ended."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
            state = Path(f"/proc/{pid}/stat")
            if state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.05)
    return False


def test_a_module_in_the_current_folder_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "csv.py").write_text("raise SystemExit('a stranger in the logs')")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "a.csv").write_text("ref,date\n1,2\n")
    (answer,) = start(list_files(tmp_path / "logs").files, "child_work:read").results()
    assert answer.value == [(None, [["ref", "date"], ["1", "2"]])]


def test_a_folder_of_traps_loses_none_of_the_good_files(tmp_path: Path) -> None:
    workbook(tmp_path / "good.xlsx", sheet(GOOD_ROW))
    (tmp_path / "good.csv").write_text("001,NA\n")
    (tmp_path / "web.xlsx").write_text("<html>")
    (tmp_path / "empty.xls").touch()
    (tmp_path / "nul.csv").write_bytes(b"a,\0b\0\0\n")
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    workbook(tmp_path / "far.xlsx", sheet(GOOD_ROW + far), sheet(GOOD_ROW))
    # rows out of order hide how far the sheet reaches, so only the memory limit ends it
    hidden = (
        '<row r="1"><c r="ZZ1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row><row r="2"/>'
    )
    workbook(tmp_path / "hidden.xlsx", sheet(hidden))
    answers = start(list_files(tmp_path).files, "child_work:read", None, 2).results()
    got = {a.file.name: a.finding.code if a.finding else a.value for a in answers}
    assert got.pop("hidden.xlsx") in ("could-not-read", "too-large")
    assert got == {
        "empty.xls": "empty-file",
        "far.xlsx": [("S1", []), ("S2", [[1.0]])],
        "good.csv": [(None, [["001", "NA"]])],
        "good.xlsx": [("S1", [[1.0]])],
        "nul.csv": "not-text",
        "web.xlsx": "not-what-it-says",
    }
