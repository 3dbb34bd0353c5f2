"""Unsure headers that are taken all the same, because their cells and their company decide."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set

from learnpipe.ground.schemas import Schema
from learnpipe.recognise.header_words import normal
from learnpipe.recognise.knowledge import SURE, Samples

_ENOUGH_BESIDE = 3  # columns that must be sure before one of sentences is taken for the main text
_FEW_BESIDE = 2  # and before one is taken for a person
_ASIDE = re.compile(r"\b(?:comment|note|remark|further|other)", re.IGNORECASE)
_ID = re.compile(r"(?:^| )(?:no|id|ref|reference|code)$")
_NO_ROW = re.compile(r"\b(?:month|week|day|year|room|bed|flat|phone|telephone|mobile)\b")
_A_ROW = {
    "incidents": ("incident", "incidents", "accident", "concern", "occurrence", "near miss"),
    "feedback": ("complaint", "complaints", "compliment", "concern", "feedback", "grievance"),
}
_LONGEST_ID = 25
_JUST_DATE = ("date", "date time", "date and time")
_GROUPS = ("category", "theme")
_ANY_TEXT = ("person", "service", "ref")  # kinds of which almost any cell could be one
_TELLING_KINDS = ("date", "datetime", "month", "number", "choice", "yes_no")


def _remarks(headers: Sequence[str]) -> Set[int]:
    """The columns whose headers call them remarks; no log's main text goes by such a name."""
    return {at for at, header in enumerate(headers) if _ASIDE.search(header)}


def names_an_id(header: str) -> bool:
    """Whether a header, made `normal`, ends like that of a number or reference."""
    return bool(_ID.search(header))


def accept_first_id(
    schema: Schema, chosen: dict[int, str], headers: Sequence[str], samples: Samples
) -> None:
    """Take the first column for the reference where its header ends like one and no other is it.

    Its cells must be short, with a figure, and all different; a footnote below is none.
    """
    first = next((at for at, header in enumerate(headers) if header), None)
    if first is None or first in chosen or "ref" not in schema.fields or "ref" in chosen.values():
        return
    text = normal(headers[first])
    if not names_an_id(text) or _NO_ROW.search(text):
        return
    told = [str(cell).strip() for cell in samples.told(first)]
    ids = [text for text in told if len(text) <= _LONGEST_ID and any(map(str.isdigit, text))]
    if (
        len(ids) > 1
        and len(set(ids)) == len(ids) >= SURE * len(told)
        and samples.agreement(first, schema.fields["ref"]) >= SURE
    ):
        chosen[first] = "ref"


def accept_only_date(
    schema: Schema,
    chosen: dict[int, str],
    asked: dict[int, tuple[str, ...]],
    samples: Samples,
) -> None:
    """Take the table's only column of dates where it may be but one field: "Who" and "When"."""
    for at, names in list(asked.items()):
        if (
            len(names) == 1
            and names[0] not in chosen.values()
            and schema.fields[names[0]].dated
            and samples.agreement(at, schema.fields[names[0]]) >= SURE
            and samples.only_dates(at)
        ):
            chosen[at] = names[0]
            del asked[at]


def accept_first_fact(
    schema: Schema,
    chosen: dict[int, str],
    doubles: Mapping[int, tuple[str, ...]],
    samples: Samples,
) -> None:
    """Take sentences under "What happened & where" for what happened, if nothing else tells it."""
    for at, names in doubles.items():
        needed = [group for group in schema.needs if names[0] in group]
        if (
            needed
            and _is_text(schema, names[0])
            and not set(needed[0]) & set(chosen.values())
            and samples.are_sentences(at)
        ):
            chosen[at] = names[0]


def accept_incident(
    schema: Schema,
    chosen: dict[int, str],
    maybe: Mapping[int, list[str]],
    headers: Sequence[str],
    samples: Samples,
) -> None:
    """Take the one column named as a row is that may be both summary and category.

    Sentences are the summary, few words the category.
    """
    texts = {"category", "theme", "summary"} if "category" in schema.fields else {"summary"}
    if texts & set(chosen.values()):
        return
    both = [
        at
        for at, names in maybe.items()
        if at not in chosen
        and "summary" in names
        and ("category" in names or normal(headers[at]) in _A_ROW.get(schema.log, ()))
    ]
    if len(both) != 1 or len(told := samples.told(both[0])) < 2:
        return
    if samples.agreement(both[0], schema.fields["summary"]) < SURE:
        return
    if samples.are_sentences(both[0]):
        chosen[both[0]] = "summary"
    elif "category" in schema.fields and len(set(map(str, told))) < len(told):
        chosen[both[0]] = "category"


def accept_lone(
    schema: Schema,
    chosen: dict[int, str],
    maybe: Mapping[int, list[str]],
    headers: Sequence[str],
    samples: Samples,
    no_other: Set[int],
    guesses: Set[int],
) -> None:
    """Take an unsure header where the log needs its field and nothing else could be it.

    The only date column of a log whose header is just "Date" is a thing a careful person is
    sure of; one of two such columns is not. So is the only column of sentences that may be the
    log's main text, if it is no remark, beside few others that are sure; beside one where
    ``no_other`` log has such a header. Where the log has no group for its rows, so is the only
    column of few words over and over that may be it. A header that is only half known
    (``guesses``) names no service, person, number or group.
    """
    sure = len(chosen)
    aside = _remarks(headers)
    groups = (*schema.needs, *((name,) for name in schema.key))
    needed = {name for group in groups for name in group}
    texts = [(name,) for group in schema.needs for name in group if _is_text(schema, name)]
    dates = [
        (name,) for group in schema.needs for name in group if schema.fields[name].dated
        and any(other in chosen.values() for other in group)
    ]  # fmt: skip
    for group in (*groups, *texts, *dates):
        if any(name in chosen.values() for name in group):
            continue
        for name in group:
            claims = [at for at, names in maybe.items() if name in names and at not in chosen]
            if len(claims) > 1:  # of an action plan and a description the first is the action
                named = [at for at in claims if name in normal(headers[at]).split()]
                kept = group in texts and any(
                    other in chosen.values() for own in schema.needs if name in own for other in own
                )  # without it, it is this log all the same
                claims = named or [at for at in claims if kept and samples.are_sentences(at)]
            if len(claims) != 1 or not samples.told(claims[0]):
                continue
            if group in dates and not _is_just_date(schema, headers[claims[0]]):
                continue
            if schema.fields[name].kind in _ANY_TEXT and claims[0] in guesses:
                continue
            if schema.fields[name].kind == "person" and sure < _FEW_BESIDE:
                continue  # any text could be a name
            if _is_text(schema, name) and not (
                len(chosen) >= (1 if claims[0] in no_other else _ENOUGH_BESIDE)
                and claims[0] not in aside
                and (
                    samples.are_sentences(claims[0])
                    or (
                        name in _GROUPS and len(group) > 1
                        and claims[0] not in guesses and samples.are_groups(claims[0])
                    )
                )
            ):  # fmt: skip
                continue
            others = {other for other in maybe[claims[0]] if other in needed}
            if schema.fields[name].dated:
                others -= set(group)  # the first of "Date found" as what it may be, of none other
            if others <= {name} and samples.agreement(claims[0], schema.fields[name]) >= SURE:
                chosen[claims[0]] = name
                break


def _is_just_date(schema: Schema, header: str) -> bool:
    """Whether a header is "Date" alone, or "Date of concern" where a row is a concern."""
    text = normal(header)
    return text in _JUST_DATE or text.removeprefix("date of ") in _A_ROW.get(schema.log, ())


def _is_text(schema: Schema, name: str) -> bool:
    return schema.fields[name].kind == "text"


def _without_foreign_words(
    schema: Schema, names: list[str], samples: Samples, at: int
) -> list[str]:
    """The readings of a column without choices of which no cell has a word, if a text is left."""
    fitting = [
        name
        for name in names
        if schema.fields[name].kind != "choice"
        or len(samples.told(at)) < _ENOUGH_BESIDE
        or samples.agreement(at, schema.fields[name]) > 0
    ]
    return fitting if any(_is_text(schema, name) for name in fitting) else names


def accept_last(
    schema: Schema,
    chosen: dict[int, str],
    maybe: Mapping[int, list[str]],
    readings: Sequence[int],
    headers: Sequence[str],
    samples: Samples,
) -> None:
    """Take an unsure header of which all readings but one are ruled out.

    "Date notified" beside a sure "Date reported" is the date of the notification; "SG raised"
    over dates is no yes or no. Ids with letters and figures are what their header says,
    as "Incident" over them does; whose a plain "Reference" is they do not tell.
    """
    taken = set(chosen.values())
    needed = {name for group in schema.needs for name in group}
    left = {
        at: [name for name in names if name not in taken]
        for at, names in maybe.items()
        if at not in chosen
    }
    for at, names in left.items():
        if (
            len(names) == 1 and schema.fields[names[0]].kind == "ref"
            and not names_an_id(normal(headers[at])) and samples.are_ids(at)
        ):  # fmt: skip
            chosen[at] = names[0]
            continue
        names = left[at] = _without_foreign_words(schema, names, samples, at)
        if len(names) != 1 or readings[at] < 2 or not samples.told(at):
            continue
        by_cells = schema.fields[names[0]].kind in _TELLING_KINDS or not any(
            samples.agreement(at, schema.fields[other]) for other in maybe[at] if other != names[0]
        )
        if not by_cells and names[0] not in needed:
            continue  # its other readings are only taken elsewhere, and any text could be one
        alone = sum(names == other for other in left.values()) == 1
        if alone and samples.agreement(at, schema.fields[names[0]]) >= SURE:
            chosen[at] = names[0]
