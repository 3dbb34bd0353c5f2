"""What a command cannot do without: a log, an incident log, a row in it, a month that has ended."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from learnpipe.ground.calendar import NO_MONTH, month_number, months_of
from learnpipe.ground.findings import Finding, LearnpipeError, Place
from learnpipe.ground.tables import Evidence
from learnpipe.ground.terms import list_words
from learnpipe.intake import Understood

SEE_HOW = "See how each sheet was understood with: learnpipe columns FILE."


def latest_month(evidence: Evidence, today: dt.date) -> int:
    """The latest month that the incident logs cover and that has ended by ``today``.

    Raises `LearnpipeError` where there is none.
    """
    ended = month_number(today.year, today.month) - 1
    frame = evidence.logs["incidents"]
    months = [
        int(month)
        for name in ("occurred_at", "reported_at")
        for month in months_of(frame[name].to_numpy())
        if month != NO_MONTH and month <= ended
    ]
    declared = [s.declared for s in evidence.sources if s.log == "incidents" and s.declared]
    known = [*months, *(month for month in declared if month <= ended)]
    if not known:
        raise LearnpipeError(
            Finding(
                "no-month",
                "stop",
                Place("incident log"),
                "No incident has a date in a month that has ended.",
                "Check the dates in the log, or name the month with --month YYYY-MM.",
            )
        )
    return max(known)


def need_logs(understood: Understood) -> None:
    """Raise `LearnpipeError` where no sheet of any file is a log."""
    sheets = [sheet for file in understood.files for sheet in file.sheets]
    if any(sheet.log for sheet in sheets):
        return
    why = next((t.why for sheet in sheets for t in sheet.tables if t.why), "")
    problem = f"{_no_file_holds(understood, 'a log')}{f' (the first sheet: {why})' if why else ''}."
    fix = (
        "A log is a table with a header row and a row for each incident, action, complaint or "
        f"session. {SEE_HOW} To start with a blank one: learnpipe init FOLDER."
    )
    _stop(understood, "no-log", problem, fix)


def need_incidents(understood: Understood) -> None:
    """Raise `LearnpipeError` where there is no incident log, saying what was there instead."""
    if "incidents" in understood.evidence.logs:
        need_rows(understood.evidence)
        return
    sheets = [sheet for file in understood.files if file.included for sheet in file.sheets]
    near = next((t.why for s in sheets for t in s.tables if "incident log" in t.why), "")
    logs = understood.schemas.logs
    found = sorted({logs[sheet.log].title.lower() for sheet in sheets if sheet.log})
    problem = _no_file_holds(understood, "an incident log")
    problem += f" (found: {list_words(found)})." if found else "."
    fix = (
        "An incident log needs a column with the date it happened or was reported, and one with "
        f"its category, theme or summary. {SEE_HOW}"
    )
    _stop(understood, "no-incident-log", problem, f"One sheet is {near}. {fix}" if near else fix)


def need_rows(evidence: Evidence) -> None:
    """Raise `LearnpipeError` where the incident logs are still empty, and no month says why.

    An empty log of a month that its file or sheet names is a month without incidents.
    """
    own = [source for source in evidence.sources if source.log == "incidents"]
    if len(evidence.logs["incidents"]) or any(source.declared for source in own):
        return
    problem = "The incident log has no rows yet."
    fix = "Fill in a row for each incident and run again."
    place = Place(own[0].file, own[0].sheet)
    raise LearnpipeError(Finding("nothing-yet", "stop", place, problem, fix))


def _no_file_holds(understood: Understood, what: str) -> str:
    number = len(understood.files)
    return f"None of the {number} files holds {what}" if number > 1 else f"No file holds {what}"


def _stop(understood: Understood, code: str, problem: str, fix: str) -> None:
    """Raise with what could not be read at all before what is missing in the folder."""
    stops = [finding for finding in understood.findings if finding.severity == "stop"]
    finding = Finding(code, "stop", Place(_folder(understood)), problem, fix)
    raise LearnpipeError((*stops, finding))


def _folder(understood: Understood) -> str:
    """The name of the folder that was read."""
    first = understood.listing.files[0]
    top: Path = first.path.parents[first.name.count("/")]
    return top.name or str(top)
