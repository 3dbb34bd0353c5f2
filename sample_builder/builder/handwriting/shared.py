"""The logs that head office keeps for all three services, and the sheets that are no log."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from builder.handwriting.paper import Formula, Sheet, write_ods, write_xlsx
from builder.handwriting.shared_words import (
    ACTIVITY,
    CASE_SAMPLES,
    COMMENTARY,
    FEEDBACK,
    FEEDBACK_SLIPS,
    MICRO_TESTS,
    OBSERVATION_SLIPS,
    OBSERVATIONS,
    SUPERVISION_SLIPS,
    SUPERVISIONS,
    TRAINING,
    TRAINING_SLIPS,
)
from builder.handwriting.slips import Clerk, Column, Notebook, Slip, by_id, choose
from builder.stories.provider import KNOWN_ON, PROVIDER, Record

FEEDBACK_FILE = "Complaints and compliments log.xlsx"
TRAINING_FILE = "Learning/Micro-training log.xlsx"
OBSERVATION_FILE = "Learning/Practice observations.ods"
SUPERVISION_FILE = "Learning/Supervision tracker.xlsx"
TESTS_FILE = "Learning/Micro-tests and case samples.xlsx"
ACTIVITY_FILE = "Bed days and headcount.xlsx"
COMMENTARY_FILE = "Governance commentary.xlsx"
SERVICES_FILE = "services.csv"


_SETTINGS = f"""provider = "{PROVIDER}"

# Columns whose header alone does not say what they are: header = field.
[columns."incident_export.xls"]
"30. Person or family told on" = "candour_told_on"

# Words of our own, and what they stand for.
[words.result]
failed = ["Not yet"]
"""


def _clerk(
    notebook: Notebook, log: str, columns: Sequence[Column], records: list[Record],
    slips: Sequence[Slip] = (),
) -> Clerk:  # fmt: skip
    return Clerk(notebook, log, columns, choose(slips, records, log), by_id(records))


def _feedback(folder: Path, notebook: Notebook, records: list[Record]) -> None:
    sheet = Sheet("Log")
    sheet.header("Hazelbrook Care – complaints, concerns and compliments")
    sheet.add("Acknowledge within 3 working days. Answer within 28 days.")
    sheet.header(*(column.header for column in FEEDBACK), "Days to respond")
    clerk = _clerk(notebook, "feedback", FEEDBACK, records, FEEDBACK_SLIPS)
    for record in records:
        row = clerk.add(sheet, FEEDBACK_FILE, record)
        days = _days(record)
        sheet.rows[-1].append(Formula(f'=IF(H{row}="","",H{row}-F{row})', days))
    notebook.note("formula cells with saved values", FEEDBACK_FILE, "Log", 4)
    width = len(FEEDBACK)
    for _ in range(12):
        row = sheet.add(*([None] * width), Formula("=0", 0))
        notebook.note("formula zeros below the data", FEEDBACK_FILE, "Log", row)
    sheet.add()
    first = len(sheet.rows) + 1
    for kind in ("Complaint", "Concern", "Compliment"):
        count = sum(record["kind"] == kind.lower() for record in records)
        sheet.add(None, kind, count)
    notebook.note("tally under the data", FEEDBACK_FILE, "Log", first)
    write_xlsx(folder / FEEDBACK_FILE, [sheet, _feedback_summary(records)], KNOWN_ON)
    notebook.note("pivot table beside the log", FEEDBACK_FILE, "Summary", 1)


def _days(record: Record) -> float | str:
    answered = record.get("responded_on")
    return (answered - record["received_on"]).days if answered else ""


def _feedback_summary(records: list[Record]) -> Sheet:
    sheet = Sheet("Summary")
    homes = sorted({record["service"] for record in records})
    sheet.header("Count of Ref", "Column Labels")
    sheet.header("Row Labels", *homes, "Grand Total")
    for theme in sorted({record["theme"] for record in records}):
        mine = [record["service"] for record in records if record["theme"] == theme]
        sheet.add(theme, *(mine.count(home) for home in homes), len(mine))
    everyone = [record["service"] for record in records]
    sheet.add("Grand Total", *(everyone.count(home) for home in homes), len(everyone))
    return sheet


def _training(folder: Path, notebook: Notebook, records: list[Record]) -> None:
    sheet = Sheet("Sessions")
    sheet.add()
    row = sheet.header(None, *(column.header for column in TRAINING))
    notebook.note("empty first row and column", TRAINING_FILE, "Sessions", row)
    notebook.note("dates counted from 1904", TRAINING_FILE, "Sessions", row + 1)
    clerk = _clerk(notebook, "training", TRAINING, records, TRAINING_SLIPS)
    for record in records:
        clerk.add(sheet, TRAINING_FILE, record, left=1)
    write_xlsx(folder / TRAINING_FILE, [sheet], KNOWN_ON, from_1904=True)


def _observations(folder: Path, notebook: Notebook, records: list[Record]) -> None:
    sheet = Sheet("Observations")
    sheet.header("Practice observations, all homes")
    sheet.header(*(column.header for column in OBSERVATIONS), None, "Themes", "Seen")
    clerk = _clerk(notebook, "observations", OBSERVATIONS, records, OBSERVATION_SLIPS)
    themes = sorted({record["theme"] for record in records})[:6]
    for number, record in enumerate(records):
        row = clerk.add(sheet, OBSERVATION_FILE, record)
        if number < len(themes):
            seen = sum(other["theme"] == themes[number] for other in records)
            sheet.rows[-1].extend([None, themes[number], seen])
            notebook.note("second table beside the log", OBSERVATION_FILE, "Observations", row)
    write_ods(folder / OBSERVATION_FILE, [sheet])
    notebook.note("OpenDocument file", OBSERVATION_FILE)


def _supervisions(folder: Path, notebook: Notebook, records: list[Record]) -> None:
    clerk = _clerk(notebook, "supervisions", SUPERVISIONS, records, SUPERVISION_SLIPS)
    sheets: list[Sheet] = [Sheet("Read me")]
    sheets[0].add("One line for each supervision. Theme = the incident or complaint discussed.")
    for year in (2024, 2025, 2026):
        sheet = Sheet(f"Supervision {year}")
        sheet.header(*(column.header for column in SUPERVISIONS))
        for record in records:
            if record["held_on"].year == year:
                clerk.add(sheet, SUPERVISION_FILE, record)
        sheets.append(sheet)
    notebook.note("instruction sheet", SUPERVISION_FILE, "Read me", 1)
    write_xlsx(folder / SUPERVISION_FILE, sheets, KNOWN_ON)


def _plain(
    notebook: Notebook, log: str, name: str, file: str, columns: Sequence[Column],
    records: list[Record],
) -> Sheet:  # fmt: skip
    sheet = Sheet(name)
    sheet.header(*(column.header for column in columns))
    clerk = _clerk(notebook, log, columns, records)
    for record in records:
        clerk.add(sheet, file, record)
    return sheet


def write(folder: Path, notebook: Notebook, known: dict[str, list[Record]]) -> None:
    """Write every file that head office keeps."""
    _feedback(folder, notebook, known["feedback"])
    _training(folder, notebook, known["training"])
    _observations(folder, notebook, known["observations"])
    _supervisions(folder, notebook, known["supervisions"])
    tests = _plain(notebook, "micro_tests", "Micro-tests", TESTS_FILE, MICRO_TESTS,
                   known["micro_tests"])  # fmt: skip
    samples = _plain(notebook, "case_samples", "Case samples", TESTS_FILE, CASE_SAMPLES,
                     known["case_samples"])  # fmt: skip
    write_xlsx(folder / TESTS_FILE, [tests, samples], KNOWN_ON)
    notebook.note("two logs in one workbook", TESTS_FILE)
    _activity(folder, notebook, known["activity"])
    sheet = _plain(notebook, "commentary", "Commentary", COMMENTARY_FILE, COMMENTARY,
                   known["commentary"])  # fmt: skip
    write_xlsx(folder / COMMENTARY_FILE, [sheet], KNOWN_ON)
    _services(folder, notebook, known["services"])
    (folder / "learnpipe.toml").write_bytes(_SETTINGS.encode())


def _activity(folder: Path, notebook: Notebook, records: list[Record]) -> None:
    sheet = Sheet("Activity")
    sheet.header(*(column.header for column in ACTIVITY), "Bed nights available", "Empty")
    clerk = _clerk(notebook, "activity", ACTIVITY, records)
    for record in records:
        row = clerk.add(sheet, ACTIVITY_FILE, record)
        sheet.rows[-1][2] = Formula(f"=E{row}-F{row}", record["bed_days"])
        sheet.rows[-1].extend([record["_available"], record["_empty"]])
    notebook.note("formula cells with saved values", ACTIVITY_FILE, "Activity", 2)
    write_xlsx(folder / ACTIVITY_FILE, [sheet], KNOWN_ON)


def _services(folder: Path, notebook: Notebook, records: list[Record]) -> None:
    lines = ["Service,Also known as,Kind,Nation"]
    for row, record in enumerate(records, start=2):
        lines.append(",".join(record[f] for f in ("service", "also_known_as", "kind", "nation")))
        notebook.rows["services", record["_id"]] = [(SERVICES_FILE, None, row)]
    (folder / SERVICES_FILE).write_bytes(("\r\n".join(lines) + "\r\n").encode("utf-8-sig"))
    notebook.note("csv with a byte order mark", SERVICES_FILE)
