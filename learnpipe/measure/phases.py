"""Where the limits of a line begin anew, as the settings say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from learnpipe.ground.calendar import month_name, month_text
from learnpipe.ground.measurements import ALL
from learnpipe.ground.settings import Rebase
from learnpipe.ground.tallies import Span
from learnpipe.ground.terms import list_words
from learnpipe.ground.toml import toml_error


def phases_of(
    rebase: Sequence[Rebase], at: Mapping[tuple[str, str], int], span: Span
) -> dict[int, tuple[Rebase, ...]]:
    """The settings that apply to each line, in order of time.

    ``at``: the line of a metric and service. One that begins after the span does not apply yet.
    Raises `LearnpipeError` naming the setting, where there is no such metric, service or month.
    """
    found: dict[int, tuple[Rebase, ...]] = {}
    for one in sorted(rebase, key=lambda one: one.month):
        _check(one, at, span)
        line = at[one.metric, _service(one, span)]
        if one.month <= span.last:
            found[line] = (*found.get(line, ()), one)
    return found


def _service(one: Rebase, span: Span) -> str:
    """The service by its name however it is written."""
    wanted = one.service.casefold()
    return next((name for name in (ALL, *span.services) if name.casefold() == wanted), "")


def _check(one: Rebase, at: Mapping[tuple[str, str], int], span: Span) -> None:
    keys = dict.fromkeys(key for key, _ in at)
    if one.metric not in keys:
        near = get_close_matches(one.metric, list(keys), n=1, cutoff=0.5)
        fix = f'Did you mean "{near[0]}"?' if near else "See them with: learnpipe explain."
        raise toml_error(one.file, f'{one.where}.metric: "{one.metric}" is no metric.', fix)
    if not _service(one, span):
        known = [ALL, *span.services]
        near = get_close_matches(one.service, known, n=1, cutoff=0.5)
        fix = f'Did you mean "{near[0]}"?' if near else f"Known: {list_words(known)}."
        raise toml_error(one.file, f'{one.where}.service: "{one.service}" is no service.', fix)
    if one.month <= span.first:
        raise toml_error(
            one.file,
            f"{one.where}.month: the logs begin in {month_name(span.first)}, so there are no "
            "limits before it to begin anew.",
            f"Delete this one, or give a month after {month_text(span.first)}.",
        )
