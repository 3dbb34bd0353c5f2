"""Which files of a folder are read, in which order, and what is said of the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from learnpipe.ground.findings import LearnpipeError
from learnpipe.read.folder import Listing, list_files


def touch(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def names(listing: Listing) -> list[str]:
    return [file.name for file in listing.files]


def said(listing: Listing) -> list[tuple[str, str, str]]:
    return [(f.place.file, f.code, f.severity) for f in listing.findings]


def test_every_spreadsheet_at_any_depth_in_one_order(tmp_path: Path) -> None:
    wanted = ["A.xlsx", "a.CSV", "b/c/d/e.ods", "B/x.xlsb", "c.xls", "d.tsv", "e.XLSM"]
    touch(*(tmp_path / name for name in wanted))
    assert names(list_files(tmp_path)) == [
        "a.CSV", "A.xlsx", "b/c/d/e.ods", "B/x.xlsb", "c.xls", "d.tsv", "e.XLSM",
    ]  # fmt: skip
    first = list_files(tmp_path).files[0]
    assert (first.path.is_absolute(), first.path.name, first.size) == (True, "a.CSV", 1)


def test_what_is_ours_or_hidden_is_skipped_quietly(tmp_path: Path) -> None:
    touch(*(tmp_path / name for name in (".hidden/a.xlsx", ".b.xlsx", "learnpipe.toml", "c.csv")))
    touch(tmp_path / "output" / "2026-10" / "page.xlsx", tmp_path / "output" / "checked" / "c.csv")
    touch(tmp_path / "moved" / "governance.xlsx", tmp_path / "theirs" / "log.xlsx")
    (tmp_path / "moved" / "run.json").write_text('{"program": "learnpipe", "version": "0.1.0"}')
    (tmp_path / "theirs" / "run.json").write_text('{"program": "another"}')
    listing = list_files(tmp_path, [tmp_path / "output"])
    assert names(listing) == ["c.csv", "theirs/log.xlsx"]
    assert said(listing) == [("theirs/run.json", "not-a-spreadsheet", "note")]


def test_logs_beside_the_output_are_read_when_the_output_is_their_own_folder(
    tmp_path: Path,
) -> None:
    touch(tmp_path / "log.csv", tmp_path / "checked" / "log.csv")
    assert names(list_files(tmp_path, [tmp_path])) == ["log.csv"]


def test_lock_files_say_which_log_is_open(tmp_path: Path) -> None:
    touch(
        tmp_path / "in" / "~$march.xlsx", tmp_path / "in" / "march.xlsx", tmp_path / "~$note.docx"
    )
    touch(tmp_path / ".~lock.april.ods#")
    listing = list_files(tmp_path)
    assert names(listing) == ["in/march.xlsx"]
    assert [str(finding) for finding in listing.findings] == [
        "april.ods: The file is open in LibreOffice; changes not yet saved are not included."
        " Save and close it, then run again.",
        "in/march.xlsx: The file is open in Excel; changes not yet saved are not included."
        " Save and close it, then run again.",
    ]


def test_anything_else_is_named_with_what_to_do(tmp_path: Path) -> None:
    touch(tmp_path / "log.docx", tmp_path / "log.csv")
    listing = list_files(tmp_path)
    assert [str(finding) for finding in listing.findings] == [
        "log.docx: This is not a spreadsheet, so it was not read. Save it as .xlsx if it is a log."
    ]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_are_not_followed_out_round_or_twice(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    touch(inside / "log.csv", outside / "secret.csv")
    (inside / "loop").symlink_to(inside)
    (inside / "away").symlink_to(outside)
    (inside / "file.csv").symlink_to(outside / "secret.csv")
    (inside / "broken.csv").symlink_to(outside / "none.csv")
    listing = list_files(inside)
    assert names(listing) == ["log.csv"]
    assert said(listing) == [
        (name, "link-not-followed", "note") for name in ("away", "broken.csv", "file.csv", "loop")
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "log.csv")
    touch(tmp_path / "good.csv")
    listing = list_files(tmp_path)
    assert names(listing) == ["good.csv"]
    assert said(listing) == [("log.csv", "not-a-file", "note")]


@pytest.mark.parametrize(
    ("made", "code", "fix"),
    [("none", "folder-missing", "Check the spelling."), ("log.csv", "not-a-folder", "Give the")],
)
def test_a_folder_that_is_none_is_said(tmp_path: Path, made: str, code: str, fix: str) -> None:
    touch(tmp_path / "log.csv")
    with pytest.raises(LearnpipeError) as caught:
        list_files(tmp_path / made)
    finding = caught.value.findings[0]
    assert (finding.code, finding.severity, finding.fix.startswith(fix)) == (code, "stop", True)


def test_a_report_of_ours_is_no_folder_of_logs(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text('{"program": "learnpipe"}')
    with pytest.raises(LearnpipeError, match="holds a report that learnpipe wrote"):
        list_files(tmp_path)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder one cannot open")
def test_a_closed_subfolder_is_said_and_the_others_are_read(tmp_path: Path) -> None:
    touch(tmp_path / "good.csv", tmp_path / "closed" / "log.csv")
    (tmp_path / "closed").chmod(0)
    listing = list_files(tmp_path)
    (tmp_path / "closed").chmod(0o700)
    assert (names(listing), said(listing)) == (
        ["good.csv"],
        [("closed", "folder-unreadable", "stop")],
    )
