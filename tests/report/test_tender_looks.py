"""The tender workbook as it is looked at: what is drawn, that it can be read in print, in whole."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from pdf_reading import sizes
from test_tender import leaves
from told import told

from learnpipe.report.facts import Facts
from learnpipe.report.paint_fit import text_width
from learnpipe.report.sharing.paint_tender import paint_tender
from learnpipe.report.sharing.suppress import Series, Sharing
from learnpipe.report.sharing.tender import Tender
from learnpipe.report.sharing.tender_book import tender_book
from learnpipe.report.sharing.tender_charts import FLAT, NOTHING, SMALL, drawn_points
from learnpipe.report.sharing.tender_cover import cover
from tests.builders import Row
from tests.conftest import SampleFacts

PRINTED = (297 / 25.4 - 0.8) * 96
"""Pixels of an A4 page on its side between margins of 0.4 inches."""
WIDER = 1.06
"""How much wider than Excel LibreOffice makes a column: the digits of Arial 10, not rounded."""
LONG = [f"{name} Nursing and Dementia Residential Care Centre (East Wing)" for name in
        ("The Old Rectory", "Saint Bartholomew", "Upper Wharfedale")]  # fmt: skip
MONTHS = [f"20{25 if month > 10 else 26}-{month:02}" for month in (11, 12, *range(1, 11))]


@pytest.fixture(scope="module")
def tender(sample_facts: SampleFacts, tmp_path_factory: pytest.TempPathFactory) -> Tender:
    return leaves(sample_facts.facts, tmp_path_factory.mktemp("none")).tender


def painted(tender: Tender, folder: Path) -> openpyxl.Workbook:
    (folder / "tender.xlsx").write_bytes(paint_tender(tender_book(tender)))
    return openpyxl.load_workbook(folder / "tender.xlsx")


# What is drawn


def a_year(facts: Facts, met: list[int], due: list[int]) -> Sharing:
    """Learning notes shared: so many of so many, in each of twelve months."""
    series = Series(facts.month - 11, np.array(met, dtype=float), np.array(due, dtype=float))
    return Sharing(5, facts.month, {"notes_shared": series})


def a_signal_a_month(*services: str) -> Facts:
    rows: list[Row] = [
        {"ref": month, "service": service, "occurred_at": f"{month}-05 10:00",
         "category": "Falls", "severity": "low"}
        for service in services for month in MONTHS
    ]  # fmt: skip
    return told(incidents=rows).facts


@pytest.fixture(scope="module")
def facts() -> Facts:
    return a_signal_a_month("Oak")


def test_a_chart_of_noughts_is_said_and_not_drawn(facts: Facts) -> None:
    drawn, left = drawn_points(facts, a_year(facts, [0] * 12, [9] * 12))
    why = FLAT.format(nought="0%", by="month")
    assert (drawn, left) == ((), (("Learning notes shared", why),))
    assert why == "0% in every month: a chart would show nothing"


def test_a_year_that_begins_with_noughts_is_drawn(facts: Facts) -> None:
    (drawn,), left = drawn_points(facts, a_year(facts, [0] * 11 + [9], [20] * 12))
    assert (drawn.by, drawn.values[-2:], left) == ("month", (0.0, 0.45), ())


def test_months_without_a_figure_are_no_small_numbers(facts: Facts) -> None:
    # Nothing from May to July, nor in any month of that quarter; then 2 of 20 each month.
    nothing = a_year(facts, [9] * 6 + [0] * 3 + [9] * 3, [20] * 6 + [0] * 3 + [20] * 3)
    assert drawn_points(facts, nothing) == ((), (("Learning notes shared", NOTHING),))
    few = a_year(facts, [1] + [0] * 11, [20] * 12)
    assert drawn_points(facts, few) == ((), (("Learning notes shared", SMALL),))


def test_only_small_numbers_are_counted_as_not_drawn_for_being_small(
    sample_facts: SampleFacts, tmp_path: Path
) -> None:
    outside = leaves(sample_facts.facts, tmp_path)
    reasons = (("A", SMALL), ("B", NOTHING), ("C", FLAT.format(nought="0%", by="month")))
    made = replace(outside, decided=replace(outside.decided, not_drawn=reasons)).tender
    assert "1 chart not drawn because a point would be small" in dict(made.safe)["Charts"]


def test_the_sheet_of_charts_says_what_is_not_drawn(tender: Tender, tmp_path: Path) -> None:
    left = (("Told", SMALL), ("Seen", SMALL))
    sheet = painted(replace(tender, not_drawn=left), tmp_path)["Charts"]
    assert f"Not drawn: Told, Seen ({SMALL})." in [row[0].value for row in sheet.iter_rows()]
    nothing = painted(replace(tender, points=(), not_drawn=()), tmp_path)["Charts"]
    assert nothing["A2"].value == "There is nothing to draw yet."


def test_charts_tell_numbers_and_target_once(tender: Tender, tmp_path: Path) -> None:
    painted(tender, tmp_path)
    with zipfile.ZipFile(tmp_path / "tender.xlsx") as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if "/charts/" in name]
    assert len(charts) == len(tender.points) > 5
    for chart, one in zip(charts, tender.points, strict=True):
        assert "<c:legend>" not in chart
        top = 1.0 if one.percent else max(one.values)  # words above it clear the title
        assert float(re.findall(r'<c:max val="([^"]+)"', chart)[0]) >= 1.1 * top
        assert chart.count(f"target {one.target or 0:.0%}") == (one.target is not None)


# What stands where


def test_sheets_stand_in_the_order_of_a_bid(tender: Tender, tmp_path: Path) -> None:
    assert painted(tender, tmp_path).sheetnames == [
        "Cover", "Charts", "The loop", "Tier compliance", "Timeliness", "Verification",
        "Did it hold", "Learning stories", "Assurance lines", "Chart figures", "Definitions",
        "Safe to share",
    ]  # fmt: skip


def test_the_cover_tells_period_method_and_limits(tender: Tender) -> None:
    told = cover(tender)
    assert told.subtitle == (
        "From risk to learning: November 2025 to October 2026. Alder House, Birch Lodge and Cairn "
        "View."
    )
    assert [tile.step[2:] for tile in told.tiles] == [
        "Signal", "Triage", "Review", "Action", "Verify", "Share",
    ]  # fmt: skip
    assert [heading for heading, _ in told.parts] == [
        "What this is", "Did it hold?", "What is in it", "How it was made, and its limits",
    ]  # fmt: skip
    limits = " ".join(dict(told.parts)["How it was made, and its limits"])
    assert "Counts from 1 to 4 are not shown" in limits
    assert "Changes made after a cluster look better than they are." in limits


def test_of_many_services_the_cover_tells_how_many(tmp_path: Path) -> None:
    many = a_signal_a_month(*(f"Home {number}" for number in range(40)))
    assert cover(leaves(many, tmp_path).tender).subtitle.endswith("October 2026. 40 services.")


def test_no_share_on_the_cover_stands_without_its_counts(tender: Tender) -> None:
    for tile in cover(tender).tiles[1:]:
        assert ("%" in tile.figure) == (" of " in tile.told)


def test_a_story_is_told_in_the_order_of_a_bid_under_the_tally_of_all_changes(
    tender: Tender, tmp_path: Path
) -> None:
    sheet = painted(tender, tmp_path)["Learning stories"]
    _, tally, *rows = sheet.iter_rows(values_only=True)
    assert tally[3:5] == ("Tally", f"{tender.tally} Sheet Did it hold has each of them.")
    assert [row[3] for row in rows[:7]] == [
        "Trigger", "Review", "Change", "Verification", "Learning spread", "Outcome trend",
        "To paste",
    ]  # fmt: skip
    assert rows[6][5] == len(rows[6][4].split())
    none = painted(replace(tender, stories=()), tmp_path)["Learning stories"]
    assert none["A2"].value.startswith("No story may be shared yet")


def test_the_definitions_say_what_each_verdict_means(tender: Tender, tmp_path: Path) -> None:
    text = " ".join(row[2] for row in painted(tender, tmp_path)["Definitions"].values)
    for verdict in {one.verdict for one in tender.changes}:
        assert f"{verdict.capitalize()}: " in text


# In print


def wide(sheet: Worksheet) -> float:
    """How wide all columns of a sheet are in pixels, seven to a unit of Excel's."""
    return sum(one.width * 7 * (one.max - one.min + 1) for one in sheet.column_dimensions.values())


@pytest.mark.parametrize("services", [1, 3, 40])
def test_no_text_is_printed_below_eight_points(
    services: int, tender: Tender, tmp_path: Path
) -> None:
    small = {}
    if services != 3:  # as many as the sample has
        facts = a_signal_a_month(*(f"{LONG[0]} {number}" for number in range(services)))
        tender = leaves(facts, tmp_path).tender
    for sheet in painted(tender, tmp_path):
        scale = min(1.0, PRINTED / (wide(sheet) * WIDER))
        written = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        printed = min(cell.font.sz for cell in written) * scale
        if printed < 8:
            small[sheet.title] = round(printed, 1)
    assert small == {}


def test_long_names_take_more_lines_and_not_a_smaller_page(tender: Tender, tmp_path: Path) -> None:
    long = replace(tender, provider=" and ".join(LONG[:2]), services=", ".join(LONG))
    sheet = painted(long, tmp_path)["Cover"]
    room = wide(sheet) * 0.75
    for row in sheet.iter_rows(max_col=1):
        (cell,) = row
        if cell.value and not cell.alignment.wrap_text:
            assert text_width(str(cell.value), cell.font.sz, bool(cell.font.b)) < room
    said = " ".join(str(cell.value) for (cell,) in sheet.iter_rows(max_col=1) if cell.value)
    assert all(name in said for name in LONG)
    assert str(sheet.print_area) == f"'Cover'!$A$1:$F${sheet.max_row}"


def test_three_rows_of_charts_are_a_page(tender: Tender, tmp_path: Path) -> None:
    (one, *_) = tender.points
    for charts, breaks in ((6, []), (8, [5]), (14, [5, 8])):
        made = replace(tender, points=(one,) * charts, not_drawn=())
        sheet = painted(made, tmp_path)["Charts"]
        assert [each.id for each in sheet.row_breaks.brk] == breaks
        assert str(sheet.print_area) == f"'Charts'!$A$1:$A${2 + charts // 2}"
        high = sum(size.height or 15 for size in sheet.row_dimensions.values()) / 0.75
        assert high / ((charts + 5) // 6) < (210 / 25.4 - 1) * 96


def test_each_row_has_its_rule_from_end_to_end(tender: Tender, tmp_path: Path) -> None:
    for sheet in painted(tender, tmp_path):
        if sheet.title not in ("Cover", "Charts"):
            bare = [cell.coordinate for row in sheet.iter_rows(min_row=2) for cell in row
                    if cell.border.bottom.style is None]  # fmt: skip
            assert bare == [], sheet.title


def test_counts_are_printed_with_their_thousands(tender: Tender, tmp_path: Path) -> None:
    sheet = painted(tender, tmp_path)["The loop"]
    assert isinstance(sheet["E2"].value, int)
    assert sheet["E2"].number_format.startswith("#,##0")


def test_with_no_verified_change_the_cover_says_so(tender: Tender) -> None:
    parts = dict(cover(replace(tender, changes=())).parts)
    assert parts["Did it hold?"] == ("No change has been verified yet.",)
    assert dict(cover(tender).parts)["Did it hold?"][0] == tender.tally


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_it_prints_at_eight_points_or_more(tender: Tender, tmp_path: Path) -> None:
    painted(replace(tender, services=", ".join(LONG)), tmp_path)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless",
         "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "tender.xlsx"],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    assert min(sizes((tmp_path / "tender.pdf").read_bytes())) >= 8
