"""A month's set is the old one or the new one, whatever happens while it is written."""

from __future__ import annotations

import builtins
import contextlib
import errno
import hashlib
import io
import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import learnpipe
from learnpipe.ground.findings import LearnpipeError
from learnpipe.report import publish
from learnpipe.report.publish import edition

MONTH = "2026-10"
BOOK = f"governance-{MONTH}.xlsx"
OLD = {BOOK: "old page" * 999, "charts/falls.png": "old chart", "data/measures.csv": "old"}
NEW = {BOOK: "new page" * 999, "charts/harm.png": "new chart", "data/measures.csv": "new"}
FOREIGN = {"notes.txt": "minutes", "charts/ours.txt": "beside the charts"}
posix_only = pytest.mark.skipif(os.name == "nt", reason="kills and locks by POSIX means")


def write(output: Path, files: dict[str, str], **run: Any) -> None:
    """Publish a set."""
    with edition(output, MONTH) as staging:
        staging.run.update(run)
        for name, text in files.items():
            (staging.folder / name).parent.mkdir(exist_ok=True)
            with open(staging.folder / name, "wb") as file:
                file.write(text.encode())


def read(folder: Path) -> dict[str, str]:
    """Every file below a folder, with its text."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text() for path in paths}


def verified(folder: Path) -> dict[str, str]:
    """The files of a set, without its record, once the record has been found true of them."""
    files = read(folder)
    for listed in json.loads(files.pop("run.json"))["outputs"]:
        assert hashlib.sha256(files[listed["file"]].encode()).hexdigest() == listed["sha256"]
    return files


def shown(output: Path) -> list[str]:
    """What stands in the output folder, but for the lock file."""
    return sorted(path.name for path in output.iterdir() if not path.name.endswith(".lock"))


def restored(output: Path) -> dict[str, str]:
    """The set that stands after the next run has begun, and failed for another reason."""
    with pytest.raises(ZeroDivisionError), edition(output, MONTH):
        raise ZeroDivisionError
    assert shown(output) == [MONTH]
    return verified(output / MONTH)


def code_of(caught: pytest.ExceptionInfo[LearnpipeError]) -> str:
    return caught.value.findings[0].code


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An output folder with an old set and two files that are not ours."""
    folder = tmp_path / "output"
    write(folder, OLD)
    for name, text in FOREIGN.items():
        (folder / MONTH / name).write_text(text)
    return folder


# The set


def test_the_first_run_makes_the_folders_and_a_record_of_what_it_wrote(tmp_path: Path) -> None:
    output = tmp_path / "deep" / "output"
    write(output, {"b.txt": "b", "a/é.txt": "a"}, version="0.1.0", outputs=None, provider="Café")
    assert shown(output) == [MONTH]
    record = (output / MONTH / "run.json").read_bytes()
    digests = [hashlib.sha256(text).hexdigest() for text in (b"a", b"b")]
    run = {
        "version": "0.1.0",
        "outputs": [
            {"file": "a/é.txt", "sha256": digests[0]},
            {"file": "b.txt", "sha256": digests[1]},
        ],
        "provider": "Café",
    }
    assert record == (json.dumps(run, indent=1, ensure_ascii=False) + "\n").encode()


def test_the_same_set_gives_the_same_bytes(tmp_path: Path) -> None:
    write(tmp_path, OLD)
    first = read(tmp_path / MONTH)
    write(tmp_path, OLD)
    assert read(tmp_path / MONTH) == first


def test_a_second_run_replaces_our_files_and_keeps_the_others(output: Path) -> None:
    write(output, NEW)
    assert shown(output) == [MONTH]
    assert verified(output / MONTH) == NEW | FOREIGN
    write(output, OLD)
    assert verified(output / MONTH) == OLD | FOREIGN


def test_a_file_that_is_not_ours_but_has_the_name_of_one_is_kept_under_another(
    tmp_path: Path,
) -> None:
    (tmp_path / MONTH).mkdir()
    (tmp_path / MONTH / BOOK).write_text("made by hand")
    kept = f"governance-{MONTH} (kept).xlsx"
    for _ in range(2):
        write(tmp_path, NEW)
        assert verified(tmp_path / MONTH) == NEW | {kept: "made by hand"}


def test_without_a_readable_record_nothing_is_taken_for_ours(output: Path) -> None:
    (output / MONTH / "run.json").write_text('{"outputs": [1]}')
    write(output, OLD | {"charts/harm.png": "new chart"})
    assert verified(output / MONTH) == OLD | FOREIGN | {"charts/harm.png": "new chart"}


@posix_only
def test_links_are_kept_as_links_and_never_followed(output: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "large.bin").write_text("elsewhere")
    (output / MONTH / "folder").symlink_to(tmp_path / "elsewhere")
    (output / MONTH / "broken").symlink_to("nowhere")
    write(output, NEW)
    assert os.readlink(output / MONTH / "folder") == str(tmp_path / "elsewhere")
    assert os.readlink(output / MONTH / "broken") == "nowhere"
    assert (tmp_path / "elsewhere" / "large.bin").read_text() == "elsewhere"


@posix_only
def test_a_file_name_that_is_no_unicode_can_be_recorded(tmp_path: Path) -> None:
    write(tmp_path, OLD, inputs=[{"file": os.fsdecode(b"caf\xe9.csv")}])
    run = json.loads((tmp_path / MONTH / "run.json").read_bytes())
    assert os.fsencode(run["inputs"][0]["file"]) == b"caf\xe9.csv"


def test_the_standing_set_can_be_read_while_the_next_is_written(output: Path) -> None:
    with edition(output, MONTH) as staging:
        assert staging.earlier is not None
        assert verified(staging.earlier) == OLD | FOREIGN
    with edition(output, "2026-11") as staging:
        assert staging.earlier is None


@pytest.mark.parametrize("month", ["2026-1", "../2026-10", "2026-10.old", ""])
def test_only_a_month_is_a_month(tmp_path: Path, month: str) -> None:
    with pytest.raises(ValueError, match="expected YYYY-MM"), edition(tmp_path, month):
        pass


# What a killed run left behind


def test_a_set_between_the_two_renames_is_put_back(output: Path) -> None:
    (output / MONTH).rename(output / f"{MONTH}.old")
    assert restored(output) == OLD | FOREIGN


def test_an_old_set_beside_a_new_one_goes_but_its_foreign_files_stay(output: Path) -> None:
    (output / MONTH).rename(output / f"{MONTH}.old")
    (output / f"{MONTH}.2.new").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publish, "_recover", lambda place: None)
        patch.setattr(publish, "_retire", lambda place: None)
        write(output, NEW)
    (output / f"{MONTH}.2.new").rmdir()
    assert restored(output) == NEW | FOREIGN


def test_only_staging_folders_of_the_same_month_are_swept(output: Path) -> None:
    for name in (".2026-10.0123abcd.new", ".2026-10.0123abcd.gone"):
        (output / name / "charts").mkdir(parents=True)
    others = [".2026-09.0123abcd.new", ".2026-10.mine.new", "2026-09", "checked"]
    for name in others:
        (output / name).mkdir()
    with edition(output, MONTH) as staging:
        assert shown(output) == sorted([staging.folder.name, MONTH, *others])
    assert shown(output) == sorted([MONTH, *others])


# Whatever goes wrong inside


@pytest.mark.parametrize("wrong", [ValueError, KeyboardInterrupt, SystemExit, MemoryError])
def test_whatever_is_raised_inside_leaves_the_old_set(
    output: Path, wrong: type[BaseException]
) -> None:
    before = read(output / MONTH)
    with pytest.raises(wrong), edition(output, MONTH) as staging:
        (staging.folder / BOOK).write_text("half")
        raise wrong
    assert shown(output) == [MONTH]
    assert read(output / MONTH) == before


class Wrapped(Exception):
    """As xlsxwriter wraps what the system says."""


@pytest.mark.parametrize("wrap", [lambda error: error, Wrapped])
@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "The disk is full. Free some space or choose another folder"),
        (errno.EIO, 'reports "Input/output error". Check the drive or'),
        (errno.EACCES, "may not write there. Close what is open there or"),
        (errno.EROFS, "may not write there."),
    ],
)
def test_what_the_disk_says_is_put_in_plain_words(
    output: Path, code: int, said: str, wrap: Callable[[OSError], Exception]
) -> None:
    with pytest.raises(LearnpipeError) as caught, edition(output, MONTH):
        raise wrap(OSError(code, os.strerror(code)))
    assert code_of(caught) == "cannot-write"
    assert said in str(caught.value)
    assert str(caught.value).endswith("run again. The earlier edition still stands.")
    assert shown(output) == [MONTH]


def test_a_finding_passes_as_it_is(output: Path) -> None:
    finding = LearnpipeError([])
    with pytest.raises(LearnpipeError) as caught, edition(output, MONTH):
        raise finding
    assert caught.value is finding


def test_a_file_where_a_folder_is_needed_is_said(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("a file")
    with pytest.raises(LearnpipeError, match="A file or link stands where a folder is needed"):
        write(tmp_path / "output", NEW)
    (tmp_path / MONTH).write_text("a file")
    with pytest.raises(LearnpipeError, match=r"needed\. Move it away or.*Nothing was written"):
        write(tmp_path, NEW)
    assert (tmp_path / MONTH).read_text() == "a file"


def test_a_folder_that_may_not_be_written_is_said(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(LearnpipeError, match="learnpipe may not write there") as caught:
        write(output, NEW)
    assert code_of(caught) == "cannot-write"


# Two at once


HOLDER = """
import sys
from pathlib import Path
from learnpipe.report.publish import edition
with edition(Path(sys.argv[1]), "2026-10") as staging:
    (staging.folder / "theirs.txt").write_text("theirs")
    print("holding", flush=True)
    sys.stdin.read()
"""


def child(script: str, *arguments: object) -> subprocess.Popen[str]:
    """Python in a process of its own, with pipes."""
    root = str(Path(learnpipe.__file__).parents[1])
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": root},
        text=True,
    )


def test_of_two_runs_at_once_one_wins_and_the_other_says_so(output: Path) -> None:
    with child(HOLDER, output) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "holding\n"
        with pytest.raises(LearnpipeError, match="Another run is writing 2026-10") as caught:
            write(output, NEW)
        assert code_of(caught) == "another-run"
        with edition(output, "2026-09"):  # another month is another matter
            pass
        other.communicate("")
    assert other.returncode == 0
    assert verified(output / MONTH) == {"theirs.txt": "theirs"} | FOREIGN


def test_the_lock_does_not_outlive_a_killed_run(output: Path) -> None:
    with child(HOLDER, output) as other:
        assert other.stdout is not None
        other.stdout.readline()
        other.kill()
    assert len(shown(output)) == 2
    write(output, NEW)
    assert shown(output) == [MONTH]
    assert verified(output / MONTH) == NEW | FOREIGN


def test_two_at_once_in_one_process(output: Path) -> None:
    with edition(output, MONTH), pytest.raises(LearnpipeError, match="Another run"):
        write(output, OLD)
    assert verified(output / MONTH) == FOREIGN


# Killed, or failing, at every step


KILLED = """
import json, os, sys
from pathlib import Path
from learnpipe.report.publish import edition

steps, last = 0, int(sys.argv[2])

def step(*_):
    global steps
    steps += 1
    if steps == last:
        os._exit(9)

def before(name):
    real = getattr(os, name)
    def stepped(*arguments, **options):
        step()
        return real(*arguments, **options)
    setattr(os, name, stepped)

before("fsync")
before("replace")
sys.addaudithook(step)  # open, rename, mkdir, rmdir, remove, scandir and more
with edition(Path(sys.argv[1]), "2026-10") as staging:
    for name, text in json.loads(sys.argv[3]).items():
        (staging.folder / name).parent.mkdir(exist_ok=True)
        with open(staging.folder / name, "wb") as file:
            file.write(text.encode())
"""


def prepared(output: Path) -> None:
    write(output, OLD)
    for name, text in FOREIGN.items():
        (output / MONTH / name).write_text(text)


@posix_only
def test_killed_at_every_step_the_old_set_stands_or_the_new(tmp_path: Path) -> None:
    seen, code, last = [], 9, 0
    while code == 9:
        last += 1
        output = tmp_path / str(last)
        prepared(output)
        with child(KILLED, output, last, json.dumps(NEW)) as killed:
            _, said = killed.communicate()
        code = killed.returncode
        assert code in (0, 9), said
        stands = output / MONTH if (output / MONTH).is_dir() else output / f"{MONTH}.old"
        before = verified(stands)
        assert before == restored(output)
        assert before in (OLD | FOREIGN, NEW | FOREIGN)
        seen.append(before == NEW | FOREIGN)
    assert len(seen) > 50
    assert seen == sorted(seen)  # first the old set, from one step on the new
    assert 5 < seen.index(True) < len(seen) - 5


class Disk:
    """A disk that fails at its n-th step: once, or from then on."""

    def __init__(self, step: int, code: int, *, for_good: bool) -> None:
        self.step, self.code, self.for_good, self.steps = step, code, for_good, 0

    def work(self) -> None:
        self.steps += 1
        if self.steps == self.step or (self.for_good and self.steps > self.step):
            raise OSError(self.code, os.strerror(self.code))

    @contextlib.contextmanager
    def in_use(self) -> Iterator[None]:
        disk = self

        class Raw(io.FileIO):
            def write(self, data: Any) -> int:
                disk.work()
                return super().write(data)

        def opened(path: Any, mode: str = "r", *rest: Any, **options: Any) -> Any:
            disk.work()
            return io.BufferedWriter(Raw(path, mode)) if mode == "wb" else real(path, mode)

        def works(function: Callable[..., Any]) -> Callable[..., Any]:
            def worked(*arguments: Any, **options: Any) -> Any:
                disk.work()
                return function(*arguments, **options)

            return worked

        real = builtins.open
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(builtins, "open", opened)
            for name in ("rename", "replace", "mkdir", "fsync", "unlink", "rmdir", "chmod"):
                patch.setattr(os, name, works(getattr(os, name)))
            yield


@posix_only
@pytest.mark.parametrize("for_good", [False, True])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_failing_at_every_step_the_old_set_stands_or_the_new(
    tmp_path: Path, code: int, for_good: bool
) -> None:
    failures, passed = 0, 0
    for last in range(1, 500):
        output = tmp_path / str(last)
        prepared(output)
        disk = Disk(last, code, for_good=for_good)
        failed = False
        with disk.in_use():
            try:
                write(output, NEW)
            except LearnpipeError as error:
                failed = True
                assert error.findings[0].code == "cannot-write"
        stands = output / MONTH if (output / MONTH).is_dir() else output / f"{MONTH}.old"
        before = verified(stands)
        assert before == (OLD if failed else NEW) | FOREIGN
        assert restored(output) == before
        failures += failed
        passed += not failed
        if disk.steps < last:
            break
    assert failures > 20
    assert passed > 2  # errors after the new set stands are no reason to fail


@posix_only
def test_all_is_on_the_disk_before_anything_is_renamed(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    at_first_rename: list[set[int]] = []
    fsync, rename = os.fsync, os.rename

    def noted_fsync(handle: int) -> None:
        synced.append(os.fstat(handle).st_ino)
        fsync(handle)

    def noted_rename(source: Path, target: Path) -> None:
        at_first_rename.append(set(synced))
        rename(source, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "rename", noted_rename)
    write(output, NEW)
    everything = [output / MONTH, *(output / MONTH).rglob("*")]
    assert {path.stat().st_ino for path in everything} <= at_first_rename[0]
    assert synced[-1] == output.stat().st_ino


@posix_only
def test_a_lock_file_made_by_somebody_else_can_be_used(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    lock = output / f".{MONTH}.lock"
    assert lock.stat().st_mode & 0o777 == 0o666
    monkeypatch.setattr(Path, "chmod", refuse)
    write(output, NEW)
    assert verified(output / MONTH) == NEW | FOREIGN


@posix_only
def test_interrupted_between_the_renames_the_old_set_goes_back(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.rename

    def rename(source: Path, target: Path) -> None:
        if str(source).endswith(".new"):
            monkeypatch.undo()
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr(os, "rename", rename)
    with pytest.raises(KeyboardInterrupt):
        write(output, NEW)
    assert shown(output) == [MONTH]
    assert verified(output / MONTH) == OLD | FOREIGN


# Windows, where what is open cannot be moved


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, bool], None]:
    """Windows as far as it can be had here: say which file is open, and whether from the start."""

    def opened(name: str, from_the_start: bool) -> None:
        real, calls = os.rename, {"moves": 0}

        def rename(source: Path, target: Path) -> None:
            calls["moves"] += source != target
            held = from_the_start or calls["moves"] > 0
            inside = source == target and Path(source).name == name
            if held and (inside or Path(source).name == MONTH):
                raise PermissionError(errno.EACCES, "Access is denied")
            real(source, target)

        monkeypatch.setattr(publish, "WINDOWS", True)
        monkeypatch.setattr(publish, "PAUSES", (0, 0))
        monkeypatch.setattr(os, "rename", rename)

    return opened


@pytest.mark.parametrize("from_the_start", [True, False])
@pytest.mark.parametrize(
    ("name", "lock_file", "said"),
    [
        (BOOK, None, f"Close {BOOK} in Excel and run again"),
        (BOOK, f"~${BOOK}", f"Close {BOOK} in Excel and run again"),
        (BOOK, f".~lock.{BOOK}#", f"Close {BOOK} in LibreOffice and run again"),
        ("notes.txt", None, "Close notes.txt and run again"),
        ("nothing", None, "learnpipe may not write there. Close what is open there or"),
    ],
)
def test_on_windows_the_open_file_is_named(
    output: Path,
    windows: Callable[[str, bool], None],
    name: str,
    lock_file: str | None,
    said: str,
    from_the_start: bool,
) -> None:
    if lock_file:
        (output / MONTH / lock_file).write_text("somebody")
    before = read(output / MONTH)
    windows(name, from_the_start)
    begun = False
    with pytest.raises(LearnpipeError) as caught, edition(output, MONTH):
        begun = True
    assert begun == (name == "nothing" or not from_the_start)
    assert said in str(caught.value)
    assert str(caught.value).lower().endswith("the earlier edition still stands.")
    assert shown(output) == [MONTH]
    assert read(output / MONTH) == before


def test_on_windows_the_open_file_of_a_set_to_be_put_back_is_named(
    output: Path, windows: Callable[[str, bool], None]
) -> None:
    (output / MONTH).rename(output / f"{MONTH}.old")
    windows(BOOK, True)
    with pytest.raises(LearnpipeError, match=f"Close {BOOK} in Excel"):
        write(output, NEW)
    assert verified(output / f"{MONTH}.old") == OLD | FOREIGN


def test_on_windows_a_lock_file_left_behind_is_no_reason(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "WINDOWS", True)
    left = {f"~${BOOK}": "somebody"}
    (output / MONTH / f"~${BOOK}").write_text("somebody")
    (output / MONTH / "notes.txt").chmod(0o444)
    write(output, NEW)
    assert verified(output / MONTH) == NEW | FOREIGN | left
    assert sorted(path.name for path in output.iterdir()) == [MONTH]
