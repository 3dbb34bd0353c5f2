"""What really happened at the sample provider, beside what was understood of its logs."""

from __future__ import annotations

import datetime as dt
import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from learnpipe.ground.tables import Evidence
from tests.commands import TOP

OURS: dict[tuple[str, str], dict[str, str]] = {
    ("incidents", "review_route"): {
        "Huddle": "quick log",
        "Reflective review": "reflective review",
        "Full RCA": "full RCA",
        "Service-wide review": "service-wide plan",
    },
    ("actions", "status"): {"completed": "closed"},
    ("actions", "verification_result"): {"change seen": "passed", "change not seen": "failed"},
    ("observations", "result"): {"not passed": "failed"},
    ("micro_tests", "decision"): {
        "Adopt": "adopted",
        "Adapt": "extended",
        "Stopped by the stop rule": "stopped",
    },
}
"""The builder's words and ours for the same thing."""
CAPTURED = {"✓": True, "Y": True, "TRUE": True, "x": False, "N": False, "FALSE": False}
"""How the supervision log, whose column is free text, ticks its actions."""
AS_WRITTEN, NOTHING = "as written", "nothing"
MADE_OF = {
    "severity that cannot be known": NOTHING,
    "due date is a word": NOTHING,
    "year with a digit too many": NOTHING,
    "date that does not exist": NOTHING,
    "two dates in a cell": NOTHING,
    "month misspelt": NOTHING,
    "word for an empty cell": NOTHING,
    "status is blank": NOTHING,  # the completion date tells
    "date where a status should be": NOTHING,  # once more the completion date
    "closed date, status open": "open",  # the date tells
    "day and month swapped": AS_WRITTEN,
    "ref used for two incidents": AS_WRITTEN,
    "incident ref written another way": AS_WRITTEN,  # joined all the same
    "two owners": AS_WRITTEN,
    "several values in a cell": AS_WRITTEN,
}
"""The kinds of mess that hide the truth, and what stands in its place; a finding says so."""


@dataclass(frozen=True)
class Difference:
    """A field of a record of which something else was understood than what is true."""

    log: str
    record: str
    service: str | None
    field: str
    true: Any
    understood: Any
    kind: str | None


@cache
def builder() -> Any:
    """The sample's builder, `sample_builder/build.py`."""
    path = TOP / "sample_builder" / "build.py"
    spec = importlib.util.spec_from_file_location("sample_build", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def differences(evidence: Evidence) -> Iterator[Difference]:
    """Every field of every record that was understood otherwise than it is, mess or not."""
    slips = {(one.log, one.record, one.field): one for one in builder().mess() if one.record}
    numbers = {(one.log, one.file, one.sheet): one.number for one in evidence.sources}
    for log, records in builder().truth().items():
        frame = evidence.logs[log]
        place_of = dict(zip(zip(frame["source"], frame["row"], strict=True), range(len(frame)),
                            strict=True))  # fmt: skip
        rows = frame.to_dict("records")
        for record in records:
            number, excel_row = _newest(record, numbers, log)
            row = rows[place_of[number, excel_row]]
            for field, true in record.items():
                if field.startswith("_"):
                    continue
                told, meant = _plain(row[field]), _meant(log, field, true)
                if (log, field) == ("supervisions", "action_captured"):
                    told = CAPTURED.get(told, told)
                slip = slips.get((log, record["_id"], field))
                if slip is not None and MADE_OF.get(slip.kind) == AS_WRITTEN:
                    meant = _as_written(slip.written, told)
                elif slip is not None and slip.kind in MADE_OF:
                    meant = None if MADE_OF[slip.kind] == NOTHING else MADE_OF[slip.kind]
                if not _same(told, meant):
                    yield Difference(log, record["_id"], record.get("service"), field, meant, told,
                                     slip and slip.kind)  # fmt: skip


def _newest(
    record: dict[str, Any], numbers: dict[tuple[str, str, str | None], int], log: str
) -> tuple[int, int]:
    """The first of a record's rows on the newest sheet that has it: source and Excel row."""
    file, sheet, _ = record["_rows"][-1]
    row = min(row for *place, row in record["_rows"] if place == [file, sheet])
    return numbers[log, file, sheet], row


def _plain(cell: Any) -> Any:
    if cell is None or pd.isna(cell):
        return None
    if isinstance(cell, pd.Timestamp):
        return cell.to_pydatetime()
    return " ".join(cell.split()) if isinstance(cell, str) else cell


def _meant(log: str, field: str, true: Any) -> Any:
    """The truth in our words and types."""
    if (log, field, true) == ("commentary", "service", None):
        return "All"
    if isinstance(true, bool):
        return true if field == "action_captured" else "yes" if true else "no"
    if isinstance(true, dt.date) and not isinstance(true, dt.datetime):
        return dt.datetime.combine(true, dt.time())
    return OURS.get((log, field), {}).get(true, true) if isinstance(true, str) else true


def _as_written(written: str, told: Any) -> Any:
    if isinstance(told, dt.datetime):  # the builder notes the day; the time stands beside it
        return dt.datetime.combine(dt.date.fromisoformat(written[:10]), told.time())
    return " ".join(written.split())


def _same(told: Any, meant: Any) -> bool:
    if isinstance(meant, str) and isinstance(told, str):
        open_still = meant == "open" and told == "in progress"
        return open_still or told.casefold() == meant.casefold()
    if isinstance(meant, int) and isinstance(told, str):
        return told == str(meant)
    return bool(told == meant)
