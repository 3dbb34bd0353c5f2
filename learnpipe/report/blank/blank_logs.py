"""Blank logs, for those who start fresh: which columns stand where and how each is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from learnpipe.ground.schemas import Field, Schema, Schemas

Answer = Literal["text", "long text", "date", "date and time", "month", "whole", "number", "list"]

SELDOM = "Seldom needed"
_PERSONAL = ("Personal: it stays on the internal sheets.",
             "This is personal: it stays on the internal sheets.")  # fmt: skip
_FRACTIONS = frozenset({"hours"})
_LONG = frozenset(
    "summary immediate_action cause contributing_factors lesson safeguarding_outcome "
    "recommendation learning_note plan_updated action how_we_will_know behaviour action_captured "
    "measure stop_rule result why_it_moved what_next also_known_as".split()
)
_GROUPS: Mapping[str, Mapping[str, str]] = {
    "incidents": {
        "What happened": "ref service occurred_at location signal category theme severity "
        "person_affected summary immediate_action restrictive_practice reported_at reported_by",
        "Who was told": "notified notified_on families_told_on",
        "Triage": "triaged_at tier",
        "Review": "review_route reviewed_on reviewed_by cause contributing_factors lesson "
        "signed_off_by signed_off_on",
        "Duty of candour": "candour_applies candour_told_on candour_apology_on candour_written_on",
        "Safeguarding": "safeguarding safeguarding_on safeguarding_enquiry_on "
        "safeguarding_outcome multi_agency_on",
        "RIDDOR": "riddor riddor_kind riddor_on",
        "Learning and closing": "debriefed_on plan_updated learning_note shared_on shared_with "
        "reporter_told_on status closed_on",
        SELDOM: "psychological_severity accessible_format review_due_on candour_on recommendation",
    },
    "actions": {
        "The action": "ref incident_ref service theme action scope owner owner_role priority "
        "raised_on due_on status completed_on",
        "Did it work?": "how_we_will_know verify_by verify_due_on verified_on verified_by "
        "verification_result",
        "Learning": "plan_updated learning_note",
        "If it is overdue": "escalated_to escalated_on",
    },
}
"""The columns of the long logs in the order in which they are filled in, by what they are about."""


@dataclass(frozen=True)
class BlankColumn:
    """One column of a blank log; ``about`` is its group ("" in a short log), ``help`` stands
    above its header.

    ``choices`` are the words of a drop-down. ``low`` and ``high`` bound a number.
    """

    field: str
    header: str
    about: str
    help: str
    answer: Answer
    needed: str = ""
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None

    @property
    def seldom(self) -> bool:
        """Whether it is folded away at the right."""
        return self.about == SELDOM


@dataclass(frozen=True)
class BlankLog:
    """One blank log: its file's name, what a row is, its columns, and rows that are known."""

    log: str
    title: str
    row: str
    columns: tuple[BlankColumn, ...]
    rows: tuple[Mapping[str, str], ...] = ()

    @property
    def file(self) -> str:
        """The name of its workbook."""
        return f"{self.title}.xlsx"


def blank_logs(
    schemas: Schemas, metrics: Sequence[str], services: Sequence[str] = ()
) -> tuple[BlankLog, ...]:
    """A blank log for each log there is, the incident log first.

    ``metrics`` are the titles that the commentary may be about. ``services``, where they are
    known, become the drop-down of each log and the rows of the list of services.
    """
    lists = {"metric": tuple(metrics), "service": tuple(services)}
    return tuple(
        BlankLog(
            log,
            schema.title,
            schema.row,
            _columns(schema, schemas, lists if log != "services" else {}),
            tuple({"service": name} for name in services) if log == "services" else (),
        )
        for log, schema in schemas.logs.items()
    )


def _columns(
    schema: Schema, schemas: Schemas, lists: Mapping[str, tuple[str, ...]]
) -> tuple[BlankColumn, ...]:
    groups = {about: names.split() for about, names in _GROUPS.get(schema.log, {}).items()}
    placed = {name for names in groups.values() for name in names}
    rest = [name for name in schema.fields if name not in placed]
    if rest:  # a field that only the schema knows; of a short log all of them
        groups = {**groups, "More" if groups else "": rest}
    return tuple(
        _column(schema, schema.fields[name], about, schemas, lists)
        for about, names in groups.items()
        for name in names
    )


def _column(
    schema: Schema, field: Field, about: str, schemas: Schemas,
    lists: Mapping[str, tuple[str, ...]],
) -> BlankColumn:  # fmt: skip
    choices = lists.get(field.name, ())
    if field.kind in ("choice", "yes_no"):
        choices = schemas.words[field.words or "yes_no"].order
    means = field.means
    for said in _PERSONAL:
        means = means.replace(said, "").strip()
    return BlankColumn(
        field.name,
        field.title,
        about,
        means,
        _answer(field, bool(choices)),
        _needed(schema, field.name),
        choices,
        field.low,
        field.high,
    )


def _answer(field: Field, listed: bool) -> Answer:
    if listed:
        return "list"
    if field.kind == "datetime":
        return "date and time"
    if field.kind in ("date", "month"):
        return "date" if field.kind == "date" else "month"
    if field.kind == "number":
        return "number" if field.name in _FRACTIONS else "whole"
    return "long text" if field.name in _LONG else "text"


def _needed(schema: Schema, name: str) -> str:
    """Whether the log is of no use without the column: "needed", "one of these", or nothing."""
    if schema.log == "services":
        return "needed" if name in ("service", "nation") else ""
    for group in schema.needs:
        if name in group and schema.fields[name].kind == "number":
            return "one of these"
        if name == group[0]:
            return "needed"
    dated = schema.dates[:1]  # without its date a row is in no month
    return "needed" if name in (*schema.key, *dated) else ""


_EXAMPLES: Mapping[Answer, str] = {
    "date": "Such as 26/03/2026.",
    "date and time": "Such as 26/03/2026 14:30.",
    "month": "Such as Oct 2026.",
    "whole": "A whole number.",
    "number": "A number.",
    "list": "Choose from the list.",
}


def help_text(column: BlankColumn) -> str:
    """The help that stands above a header: whether it is needed, what it means, an example."""
    needed = {"needed": "NEEDED. ", "one of these": "NEEDED, or one of its like. "}
    said = _EXAMPLES.get(column.answer, "")
    return f"{needed.get(column.needed, '')}{column.help} {said}".strip()


def answer_text(column: BlankColumn) -> str:
    """What a cell of the column takes, in words."""
    if column.choices:
        return f"One of: {', '.join(column.choices)}."
    return _EXAMPLES.get(column.answer, "In your own words.")


def error_text(column: BlankColumn) -> str:
    """What Excel says to an answer that learnpipe could not read."""
    if column.answer in ("date", "date and time", "month"):
        return (
            f"This is no date. {_EXAMPLES[column.answer]} "
            "Leave the cell empty where you do not know it yet."
        )
    if column.answer in ("whole", "number"):
        said = "a whole number" if column.answer == "whole" else "a number"
        return f"Type {said} from {column.low or 0:,.10g} to {column.high:,.10g}, without words."
    said = f"One of: {', '.join(column.choices)}."
    return said if len(said) <= 250 else "Choose one from the list in the cell."
