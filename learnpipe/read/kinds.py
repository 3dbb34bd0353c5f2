"""What a file really is, by its first bytes: names lie, and each lie has its own fix."""

from __future__ import annotations

from pathlib import Path

from learnpipe.ground.findings import Finding, LearnpipeError, Place

ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEAD_BYTES = 4096
FORMS = {
    ".xlsx": "zip",
    ".xlsm": "zip",
    ".xlsb": "zip",
    ".ods": "zip",
    ".xls": "compound",
    ".csv": "text",
    ".tsv": "text",
}
SAVE_AS = (
    "Open it in Excel, choose File > Save As, Excel Workbook (.xlsx), and use that file instead."
)
PASSWORD_FIX = "Open it in Excel, remove the password (File > Info > Protect Workbook), save."
OTHERS = (
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a Word document (RTF)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"PAR1", "a Parquet file"),
    (b"Rar!", "a packed archive"),
    (b"7z\xbc\xaf", "a packed archive"),
    (b"\x1f\x8b", "a packed archive"),
    (b"SQLite format 3", "a database"),
    (b"\x09\x00", "a workbook of Excel 4 or older"),
    (b"\x09\x02", "a workbook of Excel 4 or older"),
    (b"\x09\x04", "a workbook of Excel 4 or older"),
    (b"PK", "an empty or split zip file"),
)


def refuse(
    code: str, name: str, problem: str, fix: str, sheet: str | None = None
) -> LearnpipeError:
    """The error that stops one file, or one sheet of it."""
    return LearnpipeError(Finding(code, "stop", Place(name, sheet), problem, fix))


def password(name: str) -> LearnpipeError:
    """The error for a file that cannot be read without its password."""
    return refuse("password", name, "The file is protected by a password.", PASSWORD_FIX)


def form_of(path: Path, name: str) -> str:
    """``zip``, ``compound`` or ``text``: what the bytes are; raises if that is no spreadsheet.

    A workbook under another workbook's suffix is still read; anything else that the name does
    not say is refused with what it really is.
    """
    with open(path, "rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        fix = "Save it again from the program that made it, or delete it."
        raise refuse("empty-file", name, "The file is empty (0 bytes).", fix)
    suffix = path.suffix.lower()
    said, found = FORMS.get(suffix, "text"), _form(head)
    if found in ("zip", "compound"):
        if said == "text":
            problem = f"The file is named {suffix} but is an Excel workbook."
            fix = "Rename it to end in .xlsx, or open it in Excel and save it as .xlsx."
            raise refuse("not-what-it-says", name, problem, fix)
        return found
    if said == "text" and found in ("text", "binary"):  # which of them, its reader tells
        return "text"
    what = {
        "html": "a web page (HTML)",
        "xml": "an XML file",
        "text": "a text file (CSV)",
        "binary": "no kind of spreadsheet that is known",
    }
    article = what.get(found, found)
    problem = f"The file is named {suffix} but is really {article}."
    fix = "Rename it to end in .csv." if found == "text" else SAVE_AS
    if found == "a picture":
        fix = "A picture cannot be read: put the log itself into the folder, or take this out."
    raise refuse("not-what-it-says", name, problem, fix)


def _form(head: bytes) -> str:
    """One of zip, compound, html, xml, text, binary, or in words what else the bytes are.

    >>> _form(b"<html><table>"), _form(b"a,b"), _form(b"%PDF-1.7")
    ('html', 'text', 'a PDF document')
    """
    if head.startswith(ZIP):
        return "zip"
    if head.startswith(COMPOUND):
        return "compound"
    for magic, what in OTHERS:
        if head.startswith(magic):
            return what
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:512].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<style")):
        return "html"
    if start.startswith(b"<?xml"):
        return "html" if b"<html" in head.lower() else "xml"
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        evens, odds = head[0::2].count(0), head[1::2].count(0)
        if evens and odds:
            return "binary"
    return "text"
