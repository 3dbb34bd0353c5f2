"""Drop-downs that take their choices from another sheet, which openpyxl would leave out.

Excel keeps them in an extension of the sheet (x14, since 2010), because Excel 2007 could not look
into another sheet from there. Any later Excel reads them among the ordinary ones just as well.
"""

from __future__ import annotations

import zipfile
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import fromstring

from learnpipe.report.marked.marked_drawings import sheet_parts

_X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
_XM = "{http://schemas.microsoft.com/office/excel/2006/main}"
_TEXTS = (
    "type", "operator", "errorStyle", "errorTitle", "error", "promptTitle", "prompt", "imeMode",
)  # fmt: skip
_SWITCHES = ("allowBlank", "showDropDown", "showInputMessage", "showErrorMessage")


def keep_choices(archive: zipfile.ZipFile, book: Workbook) -> None:
    """Give the sheets of ``book`` the extended drop-downs of the workbook that it was read from."""
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    for name, part in sheet_parts(archive).items():
        xml = archive.read(part)
        if name in sheets and _X14[1:-1].encode() in xml:
            for element in fromstring(xml).iter(f"{_X14}dataValidation"):
                _keep(element, sheets[name])


def _keep(element: Any, sheet: Worksheet) -> None:
    """Add one drop-down, or other rule for what may be typed, to its sheet."""
    area = element.findtext(f"{_XM}sqref")
    if not area:
        return
    said = {name: element.get(name) for name in _TEXTS if element.get(name) is not None}
    for name in _SWITCHES:
        said[name] = element.get(name) in ("1", "true")
    for name in ("formula1", "formula2"):
        said[name] = element.findtext(f"{_X14}{name}/{_XM}f")
    sheet.add_data_validation(DataValidation(sqref=area, **said))
