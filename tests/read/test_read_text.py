"""Text files: every value stays the text it is, whatever the encoding and the separator."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnpipe.ground.findings import LearnpipeError
from learnpipe.ground.tables import Grid
from learnpipe.read.text import find_separator
from learnpipe.read.workbooks import read_grids


def grid(tmp_path: Path, raw: bytes | str, name: str = "log.csv") -> Grid:
    (tmp_path / name).write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return read_grids(tmp_path / name, name)[0]


@pytest.mark.parametrize(
    "raw",
    [
        "Réf,Café \u2013 1\n".encode(),
        "Réf,Café \u2013 1\n".encode("utf-8-sig"),
        "Réf,Café \u2013 1\n".encode("utf-16"),
        b"\xfe\xff" + "Réf,Café \u2013 1\n".encode("utf-16-be"),
        "Réf,Café \u2013 1\n".encode("utf-16-le"),
        "Réf,Café \u2013 1\n".encode("utf-16-be"),
        "Réf,Café \u2013 1\n".encode("utf-32"),
        "Réf,Café \u2013 1\n".encode("cp1252"),
    ],
    ids=["utf-8", "mark", "utf-16", "utf-16-be", "le, no mark", "be, no mark", "utf-32", "cp1252"],
)
def test_encodings(tmp_path: Path, raw: bytes) -> None:
    read = grid(tmp_path, raw)
    assert (read.cells, read.findings, read.sheet) == ([["Réf", "Café \u2013 1"]], (), None)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("a;b;c\n1,5;2,5;x\n2,5;3,5;y\n", [[*"abc"], ["1,5", "2,5", "x"], ["2,5", "3,5", "y"]]),
        ("a\tb\n1, 2, 3\t2\n", [["a", "b"], ["1, 2, 3", "2"]]),
        ("a|b\n1|2\n", [["a", "b"], ["1", "2"]]),
        ('a,b\n"x;y;z",1\n"p;q;r",2\n', [["a", "b"], ["x;y;z", "1"], ["p;q;r", "2"]]),
        ("Our log\n\na;b\nfell, up;2\n", [["Our log"], [], ["a", "b"], ["fell, up", "2"]]),
        ("only\none\n", [["only"], ["one"]]),
        ("sep=;\na;b\n1,1;2\n", [["a", "b"], ["1,1", "2"]]),
        ('"sep=|"\r\na|b\r\n', [["a", "b"]]),
        ("a,b,c\n1\n1,2,3,4\n", [["a", "b", "c"], ["1"], ["1", "2", "3", "4"]]),
        ('a,b\n"two\nlines",2\n', [["a", "b"], ["two\nlines", "2"]]),
        ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
        ("a,b\r\n\r\n1,2\r\n", [["a", "b"], [], ["1", "2"]]),
        ('a,b\n5" pipe,2\n', [["a", "b"], ['5" pipe', "2"]]),
        ("a,b,,\n1,2,,\n,,,\n", [["a", "b"], ["1", "2"]]),
        ("", []),
        ("\ufeff", []),
    ],
)  # fmt: skip
def test_separators_and_shapes(tmp_path: Path, text: str, cells: list[list[str | None]]) -> None:
    if text:
        assert grid(tmp_path, text).cells == cells


def test_a_tsv_with_one_column_of_commas_is_split_at_tabs(tmp_path: Path) -> None:
    assert grid(tmp_path, "a\tb, c\n1, 2\t3\n", "x.tsv").cells == [["a", "b, c"], ["1, 2", "3"]]


def test_values_stay_text(tmp_path: Path) -> None:
    read = grid(tmp_path, "ref,code,site,flag,empty\n001,1E5,NA,TRUE,\n=1+1,-0,null, x ,\n")
    assert read.cells[1:] == [
        ["001", "1E5", "NA", "TRUE", None],
        ["=1+1", "-0", "null", " x ", None],
    ]


VALUES = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=12)


@given(
    st.lists(st.lists(VALUES, min_size=3, max_size=3), min_size=2, max_size=6).filter(
        lambda rows: any(any(row) for row in rows)
    ),
    st.sampled_from(",;\t|"),
)
def test_what_is_quoted_comes_back(rows: list[list[str]], separator: str) -> None:
    lines = [separator.join('"' + v.replace('"', '""') + '"' for v in row) for row in rows]
    assert find_separator("\n".join(lines)) == separator


@pytest.mark.parametrize(
    ("raw", "code", "row", "problem", "fix"),
    [
        (b"a,b\n1,\0\0x\n", "not-text", None, "NUL bytes", "Export the log again"),
        (
            b'a,b\n1,2\n3,"x\n4,5\n',
            "unclosed-quote",
            3,
            "quotation mark opens",
            "Close or remove it",
        ),
        (b'a,b\n1,"x\n' + b"4,5\n" * 20_000 + b'"\n', "unclosed-quote", 2, "never closes", "Close"),
        (b"", "empty-file", None, "empty (0 bytes)", "Save it again"),
        (b"PK\x03\x04rest", "not-what-it-says", None, "is an Excel workbook", "Rename it"),
        (b"%PDF-1.7", "not-what-it-says", None, "really a PDF document", "Save As"),
        (b"<html><body>", "not-what-it-says", None, "really a web page (HTML)", "Save As"),
    ],
    ids=["nul", "open to the end", "open for long", "empty", "workbook", "pdf", "html"],
)
def test_what_is_refused_says_why(
    tmp_path: Path, raw: bytes, code: str, row: int | None, problem: str, fix: str
) -> None:
    with pytest.raises(LearnpipeError) as caught:
        grid(tmp_path, raw)
    (found,) = caught.value.findings
    assert (found.code, found.severity, found.place.file, found.place.row) == (
        code,
        "stop",
        "log.csv",
        row,
    )
    assert problem in found.problem and fix in found.fix


def test_characters_of_no_encoding_are_said_and_the_rest_is_read(tmp_path: Path) -> None:
    read = grid(tmp_path, b"a,b\n\x81x,\xe9\n")
    assert read.cells[1] == ["\ufffdx", "é"]
    assert [(f.code, f.severity) for f in read.findings] == [("unreadable-characters", "note")]


def test_a_file_that_ends_where_old_excel_did_is_noted(tmp_path: Path) -> None:
    read = grid(tmp_path, "a\n" * 65_536)
    assert [(f.code, f.severity) for f in read.findings] == [("may-be-cut-off", "note")]
    assert "row 65,536" in read.findings[0].problem
    assert grid(tmp_path, "a\n" * 65_535).findings == ()
