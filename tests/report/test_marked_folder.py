"""The folder of marked copies: what is ours is replaced or removed, what is not stays."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from learnpipe.report.marked import marked_folder
from learnpipe.report.marked.marked_folder import (
    Made,
    Shelved,
    hold,
    not_written,
    shelve,
    standing,
    sweep,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "output" / "checked"


def put(folder: Path, *copies: tuple[str, str]) -> Shelved:
    """What a check does: these copies (name, text) and no others are wanted."""
    sweep(folder)
    before = standing(folder)
    fresh = [hold(folder, name, f"key of {text}", name, text.encode()) for name, text in copies]
    return shelve(folder, before, (), fresh)


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "run.json"
    }


def test_copies_stand_below_the_folder_as_their_logs_do(folder: Path) -> None:
    done = put(folder, ("north/march.xlsx", "n"), ("march.xlsx", "m"))
    assert files(folder) == {"march.xlsx": "m", "north/march.xlsx": "n"}
    assert done.copies == (folder / "march.xlsx", folder / "north/march.xlsx")
    assert done.summary == f"2 marked copies in {folder.as_posix()}/"
    assert (done.findings, done.failed) == ((), False)


def test_what_is_wanted_no_more_is_removed_and_with_it_empty_folders(folder: Path) -> None:
    put(folder, ("north/march.xlsx", "n"), ("march.xlsx", "m"))
    put(folder, ("march.xlsx", "m2"))
    assert files(folder) == {"march.xlsx": "m2"}
    assert not (folder / "north").exists()
    put(folder)
    assert not folder.exists()


def test_nothing_found_and_nothing_there_writes_nothing(folder: Path) -> None:
    assert put(folder) == Shelved()
    assert not folder.parent.exists()


def test_a_copy_that_somebody_changed_is_kept_and_the_new_one_stands_beside_it(
    folder: Path,
) -> None:
    put(folder, ("march.xlsx", "m"))
    (folder / "march.xlsx").write_text("mended by hand", encoding="utf-8")
    done = put(folder, ("march.xlsx", "m2"))
    assert files(folder) == {"march.xlsx": "mended by hand", "march (2).xlsx": "m2"}
    (finding,) = done.findings
    assert finding.code == "copy-was-changed" and '"march (2).xlsx"' in finding.fix
    put(folder, ("march.xlsx", "m3"))
    assert files(folder) == {"march.xlsx": "mended by hand", "march (2).xlsx": "m3"}
    put(folder)
    assert files(folder) == {"march.xlsx": "mended by hand"}


def test_a_file_that_is_not_ours_is_never_touched(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "march.xlsx").write_text("theirs", encoding="utf-8")
    put(folder, ("march.xlsx", "m"))
    put(folder)
    assert files(folder) == {"march.xlsx": "theirs"}


def test_two_logs_never_share_a_copy(folder: Path) -> None:
    fresh = [
        hold(folder, "march.csv", "1", "march.csv.xlsx", b"of the text"),
        hold(folder, "March.csv.xlsx", "2", "March.csv.xlsx", b"of the workbook"),
    ]
    assert shelve(folder, (), (), fresh).findings == ()
    assert files(folder) == {
        "March.csv (2).xlsx": "of the workbook",
        "march.csv.xlsx": "of the text",
    }


def test_after_a_crash_before_the_last_record_the_copies_are_still_ours(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, ("march.xlsx", "m"))

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(marked_folder, "_finish", crash)
    with pytest.raises(KeyboardInterrupt):
        put(folder, ("march.xlsx", "m2"), ("april.xlsx", "a"))
    monkeypatch.undo()
    assert {made.file for made in standing(folder)} == {"march.xlsx", "april.xlsx"}
    put(folder, ("march.xlsx", "m3"))
    assert files(folder) == {"march.xlsx": "m3"}


def test_a_copy_that_is_open_is_named_and_the_others_are_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, ("march.xlsx", "m"), ("april.xlsx", "a"))
    replace = os.replace

    def held(source: Path, target: Path) -> None:
        if Path(target).name == "march.xlsx":
            raise PermissionError(13, "held by Excel")
        replace(source, target)

    monkeypatch.setattr(os, "replace", held)
    done = put(folder, ("march.xlsx", "m2"), ("april.xlsx", "a2"))
    assert done.failed
    (finding,) = done.findings
    assert finding.place.file.endswith("checked/march.xlsx") and "Close it" in finding.fix
    assert files(folder) == {"april.xlsx": "a2", "march.xlsx": "m"}
    monkeypatch.undo()
    put(folder, ("march.xlsx", "m3"), ("april.xlsx", "a3"))
    assert files(folder) == {"april.xlsx": "a3", "march.xlsx": "m3"}


def test_a_file_in_the_folders_place_is_said_and_left(folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("a file", encoding="utf-8")
    with pytest.raises(OSError) as error:
        put(folder, ("march.xlsx", "m"))
    said = not_written(folder, error.value)
    assert said.failed and said.findings[0].code == "cannot-write"
    assert folder.read_text(encoding="utf-8") == "a file"


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    folder.mkdir(parents=True)
    (folder / "north").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert put(folder, ("north/march.xlsx", "n")).failed
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize(
    "record",
    [
        "",
        "[]",
        '{"made_by": "learnpipe"}',
        '{"made_by": "learnpipe", "copies": [{"file": "a"}]}',
        '{"made_by": "somebody", "copies": []}',
    ],
)
def test_a_record_that_is_damaged_makes_nothing_ours(record: str, folder: Path) -> None:
    put(folder, ("march.xlsx", "m"))
    (folder / "run.json").write_text(record, encoding="utf-8")
    assert standing(folder) == ()


def test_a_record_cannot_make_us_remove_what_lies_outside(folder: Path) -> None:
    put(folder, ("march.xlsx", "m"))
    (made,) = standing(folder)
    outside = folder.parent / "minutes.xlsx"
    outside.write_text("m", encoding="utf-8")  # the very bytes that the record speaks of
    record = json.loads((folder / "run.json").read_bytes())
    record["copies"][0]["file"] = "../minutes.xlsx"
    (folder / "run.json").write_text(json.dumps(record), encoding="utf-8")
    assert standing(folder) == ()
    shelve(folder, standing(folder), (), [])
    assert outside.exists()
    assert isinstance(made, Made)


def test_what_a_killed_run_left_half_written_is_swept(folder: Path) -> None:
    put(folder, ("north/march.xlsx", "n"))
    (folder / ".0a1b2c3d.marking").write_text("half", encoding="utf-8")
    put(folder, ("north/march.xlsx", "n2"))
    assert files(folder) == {"north/march.xlsx": "n2"}
