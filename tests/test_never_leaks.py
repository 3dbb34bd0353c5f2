"""Two hundred invented people, numbers and addresses in every log: none in what may be shared.

Nor in `data/`, `run.json` or the names of files; while the stories themselves do reach the tender.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from learnpipe import pipeline
from learnpipe.ground.calendar import month_number

MONTH = "2026-10"
FIRST = (
    "Alwyn Bronwen Caradog Dilys Eluned Ffion Gwenllian Hefin Idris Llinos Agnieszka "
    "Bartosz Celina Dobromir Elżbieta Grażyna Henryk Iwona Jacek Kinga Aarav Bhavna "
    "Chandrika Devendra Gurpreet Harjit Ishani Jaswinder Kavitha Lakshmi Siobhán Padraig "
    "Oisín Niamh Chukwuemeka Folasade Ngozi Olumide Temitope Wanjiru Doreen Mavis Gladys "
    "Ethel Winifred Cedric Cuthbert Horace Mildred Enid"
).split()
LAST = (
    "Pugh Prosser Bevan Llewelyn Tudor Kowalczyk Wiśniewska Zieliński Lewandowska Wójcik Ramaswamy "
    "Chaudhary Sandhu Banerjee O'Shaughnessy McGillicuddy Adeyemi Okonkwo Featherstonehaugh "
    "Ramsbottom Higginbotham Cholmondeley Thistlethwaite Entwhistle Clutterbuck"
).split()
SERVICES = ("Rose Court", "Alder House", "Birch Lodge")
THEMES = ("Falls at night", "Missed medicine", "Late escalation")
CHANGES = {
    "Falls at night": "Sensor mat check added to the night rounding sheet",
    "Missed medicine": "Second person checks each chart before the trolley is locked",
    "Late escalation": "Pocket escalation card and a handover script introduced",
}


class Planted:
    """Invented people and what would tell of them, each used in turn."""

    def __init__(self) -> None:
        """The same every time."""
        self.random = random.Random(7)
        people = [f"{first} {last}" for first in FIRST for last in LAST]
        self.random.shuffle(people)
        self.people = people[:100]
        digits = self.random.choices("123456789", k=2000)
        self.numbers = [
            kind.format(*digits[at * 12 : at * 12 + 12])
            for at in range(20)
            for kind in (
                "94{}{}{}{}{}{}{}{}", "0770 0 9{}{}{}{}{}", "SW1A {}AA", "AB{}{}{}{}{}{}C",
                "planted{}{}{}{}@example.org",
            )
        ]  # fmt: skip

    def text(self, at: int) -> str:
        """A sentence with a person typed in one of many ways, and a number."""
        name = self.people[at % 100]
        first, last = name.split(" ", 1)
        typed = (
            name, name.upper(), name.lower(), f"{last}, {first}", f"{first[0]}. {last}", first,
            f"Mrs {last}", f"{name}'s daughter", f"{first}-{last}", first.lower(), last.lower(),
            f"mrs {last.lower()}", f"the {last}s", f"{last}s room", f"{first}{last}",
            f"{last} {first}", f"{first}_{last}", f"{first} {last[0]}.",
            name.replace(" ", "  "), name.replace("'", "’"),
        )[at % 20]  # fmt: skip
        number = self.numbers[at % len(self.numbers)]
        return f"{typed} was found on the floor by the bed; call {number}"

    @property
    def traces(self) -> tuple[str, ...]:
        """What must not be found anywhere: whole names, distinct parts, numbers."""
        parts = {part for name in self.people for part in name.split()}
        joined = {name.replace(" ", "") for name in self.people}
        return (*self.people, *parts, *joined, *self.numbers)


def rows_of(planted: Planted) -> dict[str, list[list[str]]]:
    """The logs: a year of incidents, actions and complaints at three services."""
    incidents = [["Ref", "Home", "Date of incident", "Date reported", "Category", "Theme",
                  "Summary", "Immediate action", "Severity", "Person affected", "Reported by",
                  "Triaged", "Date reviewed", "Root cause", "Learning note", "Date shared",
                  "Status",
                  "Date closed"]]  # fmt: skip
    actions = [["Action Ref", "Incident Ref", "Home", "Theme", "Action required", "Owner",
                "Date raised", "Due date", "Status", "Date completed", "Plan updated",
                "Verification method", "Date verified", "Verified by",
                "Verification result"]]  # fmt: skip
    feedback = [["Ref", "Home", "Type", "Date received", "Acknowledged", "Response date", "Theme",
                 "Details", "Status"]]  # fmt: skip
    for at in range(360):
        day = dt.date(2025, 11, 2) + dt.timedelta(days=at)
        when, later = f"{day:%d/%m/%Y}", f"{day + dt.timedelta(days=2):%d/%m/%Y}"
        home, theme = (*SERVICES, planted.people[50])[at % 4], THEMES[at // 4 % 3]
        person, other = planted.people[at % 100], planted.people[(at + 31) % 100]
        clean = at % 5 == 0
        summary = "Found on the floor beside the bed" if clean else planted.text(at)
        incidents.append(
            [f"I{at}" if at % 7 else f"{person.lower()} {when}", home, f"{when} 10:00",
             f"{when} 11:00", "Falls" if at % 11 else f"Laundry of {other.split()[0].lower()}",
             theme if at % 13 else f"{other}s wandering", summary,
             "Made safe" if clean else f"Sat with {person}",
             "Low" if at % 17 else f"low, says {other.split()[-1]}", person, other,
             f"{when} 15:00", later, "No check at night" if clean else f"{person} was alone",
             "Mats are checked at each round" if clean else f"Ask {other}", later, "Closed", later]
        )  # fmt: skip
        if at % 2 == 0:
            done = f"{day + dt.timedelta(days=9):%d/%m/%Y}"
            checked = f"{day + dt.timedelta(days=40):%d/%m/%Y}"
            text = CHANGES[theme] if clean else f"{CHANGES[theme]}; told {person}"
            actions.append(
                [f"A{at}", f"I{at}", home, theme, text, f"{person}/{other}", later, done, "Closed",
                 done, "Night plan now has a line for the mat", "Observation", checked, other,
                 "Passed"]
            )  # fmt: skip
        if at % 30 == 0:
            feedback.append([f"C{at}", home, "Complaint", when, later, later,
                             f"Laundry of {person}", planted.text(at + 5), "Closed"])  # fmt: skip
    return {"incidents": incidents, "actions": actions, "complaints": feedback}


@pytest.fixture(scope="module")
def planted() -> Planted:
    """The invented people."""
    return Planted()


@pytest.fixture(scope="module")
def edition(planted: Planted, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The month's set of a provider whose logs are full of them, in names of files too."""
    folder = tmp_path_factory.mktemp("planted")
    for log, rows in rows_of(planted).items():
        told = io.StringIO()
        csv.writer(told).writerows(rows)
        name = f"{log} {planted.people[3].replace(' ', '_')}.csv"
        (folder / name).write_text(told.getvalue(), encoding="utf-8")
    (folder / "learnpipe.toml").write_text(
        'provider = "Hazel Care"\n[[rebase]]\nmetric = "incidents"\nmonth = "2026-03"\n'
        f'reason = "{planted.people[7]} moved in"\n',
        encoding="utf-8",
    )
    output = folder / "out"
    for month in ((2026, 9), (2026, 10)):
        pipeline.run(folder, output, dt.date(2026, 11, 3), month_number(*month), workers=1)
    return output / MONTH


def parts_of(edition: Path) -> Iterator[tuple[str, bytes]]:
    """Every part of what may be shared, of `data/` and of the record: unzipped, PDFs as text."""
    for file in sorted(edition.rglob("*")):
        name = file.relative_to(edition).as_posix()
        if not file.is_file() or name.startswith("governance-"):
            continue
        yield name, name.encode()
        content = file.read_bytes()
        yield name, content
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as packed:
                yield from ((f"{name}/{part}", packed.read(part)) for part in packed.namelist())
        if file.suffix == ".pdf":
            pypdf = pytest.importorskip("pypdf")
            reader = pypdf.PdfReader(file)
            told = "\n".join(page.extract_text() for page in reader.pages)
            yield f"{name} as text", told.encode()


def test_nobody_is_in_any_part_that_leaves(edition: Path, planted: Planted) -> None:
    found = set()
    words = sorted({trace.casefold() for trace in planted.traces}, key=len, reverse=True)
    # A plural too; what follows a short name may be another word's end.
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(word)}s?(?!\w)" for word in words))
    for name, content in parts_of(edition):
        text = content.decode("utf-8", "replace").replace("&apos;", "'").casefold()
        found |= {(name, one) for one in pattern.findall(text)}
    assert found == set()


def test_the_clean_stories_reach_the_tender_workbook(edition: Path) -> None:
    book = CalamineWorkbook.from_path(edition / f"tender-evidence-{MONTH}.xlsx")
    head, *rows = book.get_sheet_by_name("Learning stories").to_python()
    step, text = head.index("Step"), head.index("What the logs show")
    changes = [str(row[text]) for row in rows if row[step] == "Change"]
    assert len(changes) >= 3
    for change in CHANGES.values():
        assert any(change in told for told in changes), change


def test_the_tender_workbook_bears_nothing_hidden(edition: Path) -> None:
    with zipfile.ZipFile(edition / f"tender-evidence-{MONTH}.xlsx") as packed:
        names = packed.namelist()
        book = packed.read("xl/workbook.xml").decode()
        core = packed.read("docProps/core.xml").decode()
        sheets = [packed.read(name).decode() for name in names if "worksheets/sheet" in name]
    kinds = ("comment", "vml", "pivot", "externalLink", "customXml", "vba", "persons")
    assert [name for name in names if any(kind in name for kind in kinds)] == []
    assert 'state="' not in book
    assert set(re.findall(r'definedName name="([^"]+)"', book)) <= {
        "_xlnm.Print_Titles",
        "_xlnm.Print_Area",
    }
    assert re.search(r"<dc:creator>\s*</dc:creator>|<dc:creator/>", core)
    assert re.search(r"<cp:lastModifiedBy>\s*</cp:lastModifiedBy>|<cp:lastModifiedBy/>", core)
    assert not any("<hyperlink" in sheet or "<f>" in sheet for sheet in sheets)


def test_charts_carry_no_text_chunks(edition: Path) -> None:
    for picture in (edition / "charts").glob("*.png"):
        content = picture.read_bytes()
        assert not any(chunk in content for chunk in (b"tEXt", b"iTXt", b"zTXt", b"eXIf"))


def test_pdf_text_agrees_with_another_reader(edition: Path, planted: Planted) -> None:
    try:
        pdf = edition / f"one-page-{MONTH}.pdf"
        told = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True).stdout
    except FileNotFoundError:
        pytest.skip("no pdftotext on this machine")
    text = told.decode("utf-8", "replace").casefold()
    assert [name for name in planted.people if name.casefold() in text] == []
