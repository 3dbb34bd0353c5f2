"""`data/changes.csv`: every change with both places, and nothing that a person said."""

from __future__ import annotations

import csv
from pathlib import Path

from learnpipe.assess import judge
from learnpipe.ground.schemas import load_schemas
from learnpipe.report.data.changes import changes_csv
from learnpipe.report.data.csv_table import csv_bytes
from tests.builders import Row, evidence


def told(tmp_path: Path, *incidents: Row) -> list[dict[str, str]]:
    """The rows of the file."""
    schemas = load_schemas()
    logs = evidence(schemas, incidents=list(incidents))
    judged = judge(logs, schemas, {}, 2026 * 12 + 9)
    path = tmp_path / "changes.csv"
    table = changes_csv(
        judged.frames["changes"], logs.sources, lambda text: text.replace("Ann", "[name]")
    )
    path.write_bytes(csv_bytes(table))
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_change_stands_with_what_it_said_and_says_and_where(tmp_path):
    rows = told(
        tmp_path,
        {"ref": "1", "snapshot": "2026-09", "occurred_at": "2026-09-03 10:00", "theme": "Falls"},
        {"ref": "1", "snapshot": "2026-10", "occurred_at": "2026-09-04", "theme": "Ann fell"},
    )

    assert [(row["field"], row["said"], row["now"]) for row in rows] == [
        ("theme", "Falls", "[name] fell"),
        ("occurred_at", "2026-09-03 10:00", "2026-09-04"),
    ]
    assert (rows[0]["service"], rows[0]["ref"], rows[0]["log"]) == ("Oak", "1", "incidents")
    assert (rows[0]["said_file"], rows[0]["said_cell"]) == ("incidents 2026-09.xlsx", "F2")
    assert (rows[0]["file"], rows[0]["cell"]) == ("incidents 2026-10.xlsx", "F3")


def test_stories_and_people_stand_without_their_words(tmp_path):
    rows = told(
        tmp_path,
        {"ref": "1", "snapshot": "2026-09", "summary": "Bob fell", "reported_by": "Cy Invented"},
        {"ref": "1", "snapshot": "2026-10", "summary": "Bob slid", "reported_by": "Di Madeup"},
    )

    assert [(row["field"], row["said"], row["now"]) for row in rows] == [
        ("reported_by", "", ""),
        ("summary", "", ""),
    ]


def test_without_changes_there_is_a_header_alone(tmp_path):
    assert told(tmp_path, {"ref": "1", "snapshot": "2026-09"}) == []
    assert (tmp_path / "changes.csv").read_text(encoding="utf-8").startswith("log,service,ref,")
