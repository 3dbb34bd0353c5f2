"""The twelve months beside each measure are Excel's own sparklines, which need no picture."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pages

from learnpipe.report.page.paint_workbook import paint_workbook


def test_sparklines_are_excel_s_own_and_read_cells_that_are_there(tmp_path: Path) -> None:
    page = pages.page(14)
    paint_workbook(page, pages.sheets(), lambda: {}, tmp_path / "page.xlsx")
    with zipfile.ZipFile(tmp_path / "page.xlsx") as parts:
        first = parts.read("xl/worksheets/sheet1.xml").decode()
    drawn = re.findall(
        r"<x14:sparkline><xm:f>([^<]+)</xm:f><xm:sqref>([A-Z]+)\d+</xm:sqref>", first
    )
    assert len(drawn) == len(page.rows)
    assert {column for _, column in drawn} == {drawn[0][1]}  # one column of them
    assert all(re.search(r"Sparkline data'?!\$?[A-Z]+\$?\d+:", source) for source, _ in drawn)
