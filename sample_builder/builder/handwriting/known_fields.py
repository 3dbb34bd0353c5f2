"""Which of the true fields a service's own columns can tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from builder.handwriting import alder, birch_words, cairn, shared_words
from builder.handwriting.slips import Column
from builder.stories.provider import Record

_COLUMNS: dict[str, Sequence[Column]] = {
    "incidents/Alder House": alder.INCIDENTS,
    "incidents/Birch Lodge": birch_words.INCIDENT_COLUMNS,
    "incidents/Cairn View": cairn.INCIDENTS,
    "actions/Alder House": alder.ACTIONS,
    "actions/Birch Lodge": birch_words.ACTION_COLUMNS,
    "actions/Cairn View": cairn.ACTIONS,
    "feedback": shared_words.FEEDBACK,
    "training": shared_words.TRAINING,
    "observations": shared_words.OBSERVATIONS,
    "supervisions": shared_words.SUPERVISIONS,
    "activity": shared_words.ACTIVITY,
    "micro_tests": shared_words.MICRO_TESTS,
    "case_samples": shared_words.CASE_SAMPLES,
    "commentary": shared_words.COMMENTARY,
}
_TOLD_BY: dict[str, tuple[str, ...]] = {
    # Birch Lodge's columns that are not a field of ours by themselves.
    "occurred_on": ("occurred_at",),
    "occurred_time": ("occurred_at",),
    "reported_on": ("reported_at",),
    "triaged_on": ("triaged_at",),
    "level": ("severity", "signal"),
}


def written_down(log: str, record: Record) -> dict[str, Any]:
    """The record with only those fields that its service's log has a column for."""
    columns = _COLUMNS.get(f"{log}/{record['service']}") or _COLUMNS.get(log)
    if columns is None:
        return dict(record)
    told: dict[str, Any] = {"_id": record["_id"]}
    for column in columns:
        for field in _TOLD_BY.get(column.field, (column.field,)):
            told[field] = record.get(field)
    if "service" in record:
        told["service"] = record["service"]
    if log == "incidents" and record["service"] == "Birch Lodge":
        for field in ("reported_at", "triaged_at"):  # Days only: the log has no times for these.
            moment = told[field]
            told[field] = moment.date() if isinstance(moment, datetime) else moment
    if log == "incidents" and told["signal"] != "near miss" and record["service"] != "Alder House":
        told["signal"] = "incident"  # These logs tell near misses apart, and nothing more.
    return told
