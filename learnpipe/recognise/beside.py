"""Tables side by side: whether the columns of one header row are those of several tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from learnpipe.ground.tables import Grid
from learnpipe.recognise.decide import Decision, decide
from learnpipe.recognise.header_rows import Header, weigh
from learnpipe.recognise.header_words import normal
from learnpipe.recognise.knowledge import Knowledge
from learnpipe.recognise.masks import Columns


def side_by_side(
    know: Knowledge,
    grid: Grid,
    header: Header,
    settings: Mapping[str, str],
    stops: Mapping[int, int],
) -> list[Columns]:
    """The columns of each table that this header row spans, left to right; none if it is one.

    A gap alone makes no second table, as people leave one within a log too. What stands behind it
    is one of its own if it is a log by itself and has the same fields again or rows of its own; or
    a list or tally that repeats a header of the log or goes on where the log has no row.
    """
    runs = _runs(grid, header, stops[header.row])
    if len(runs) < 2:
        return []
    read = [_decision(know, grid, header, run, settings, stops) for run in runs]
    logs = [at for at, one in enumerate(read) if one and one.is_log]
    if not logs:
        return []
    main = max(logs, key=lambda at: (_score(read[at]), -at))
    rows = grid.cells[header.row + 1 : stops[header.row]]
    whole = _as_one(know, grid, header, read[main], settings, stops)
    apart = [
        at
        for at, run in enumerate(runs)
        if at != main
        and (
            _same_again(know, read[main], read[at])
            or _says_more_alone(read[main], read[at], whole, run)
            or any(_filled(row, run) >= 2 and not _filled(row, runs[main]) for row in rows)
        )
    ]
    if not apart:
        return []
    others = frozenset(at for one in apart for at in runs[one])
    width = max(len(header.texts), max(map(len, rows), default=0))
    own = frozenset(range(width)) - others
    parts = [own, *(frozenset(runs[at]) for at in apart)]
    return sorted(parts, key=lambda columns: min(c for c in columns if _text(header, c)))


def _text(header: Header, at: int) -> str:
    return header.texts[at] if at < len(header.texts) else ""


def _runs(grid: Grid, header: Header, stop: int) -> list[range]:
    """Columns of the header between gaps, or from one repetition of the header to the next."""
    texts = header.texts
    filled = [at for at, text in enumerate(texts) if text]
    if not filled:
        return []
    gaps = [at for at in range(filled[0], filled[-1]) if not texts[at]]
    if gaps:
        rows = grid.cells[header.row + 1 : stop]
        gaps = [at for at in gaps if not any(at < len(row) and row[at] is not None for row in rows)]
    runs, start = [], filled[0]
    for gap in gaps:
        if start < gap:
            runs.append(range(start, gap))
        start = gap + 1
    runs.append(range(start, filled[-1] + 1))
    # A lone column behind a gap belongs to what stands before it.
    joined: list[range] = []
    for run in runs:
        if joined and sum(bool(texts[at]) for at in run) < 2:
            joined[-1] = range(joined[-1].start, run.stop)
        else:
            joined.append(run)
    if len(joined) > 1 and sum(bool(texts[at]) for at in joined[0]) < 2:
        joined[:2] = [range(joined[0].start, joined[1].stop)]
    return joined if len(joined) > 1 else _repeats(texts, joined)


def _repeats(texts: Sequence[str], runs: list[range]) -> list[range]:
    """A run whose headers are the same ones over and over, as that many runs."""
    run = runs[0]
    words = [normal(texts[at]) for at in run]
    for width in range(3, len(words) // 2 + 1):
        if len(set(words)) == width and words == words[:width] * (len(words) // width):
            return [range(at, at + width) for at in range(run.start, run.stop, width)]
    return runs


def _decision(
    know: Knowledge,
    grid: Grid,
    header: Header,
    run: range,
    settings: Mapping[str, str],
    stops: Mapping[int, int],
) -> Decision | None:
    """What the columns of a run are, taken alone."""
    told = {normal(text): name for text, name in settings.items()}
    names = [parts if at in run else ("",) for at, parts in enumerate(header.names)]
    alone = weigh(know, told, header.row, header.top, names)
    return decide(know, grid, [alone], settings, stops) if alone.logs else None


def _as_one(
    know: Knowledge,
    grid: Grid,
    header: Header,
    main: Decision | None,
    settings: Mapping[str, str],
    stops: Mapping[int, int],
) -> Mapping[int, str]:
    """The fields of all columns if they are one table of the main run's log."""
    assert main is not None and main.mapping is not None
    one = decide(know, grid, [replace(header, logs=(main.mapping.log,))], settings, stops)
    return one.mapping.fields if one and one.mapping else {}


def _says_more_alone(
    main: Decision | None, other: Decision | None, whole: Mapping[int, str], run: range
) -> bool:
    """Whether a run is another log, of whose columns the main one could use less than half."""
    if not (main and main.mapping and other and other.mapping and other.is_log):
        return False
    used = sum(at in run for at in whole)
    return other.mapping.log != main.mapping.log and 2 * used < len(other.mapping.fields)


def _score(decision: Decision | None) -> float:
    return decision.mapping.score if decision and decision.mapping else 0.0


def _same_again(know: Knowledge, main: Decision | None, other: Decision | None) -> bool:
    """Whether another run has fields of the main one again: all that a log needs, or a list's."""
    if not main or not main.mapping or not other:
        return False
    if not other.mapping:
        return not other.is_log and "looks like" in other.why
    own, theirs = set(main.mapping.fields.values()), set(other.mapping.fields.values())
    if other.is_log:
        same = main.mapping.log == other.mapping.log
        schema = know.schemas.logs[main.mapping.log]
        return same and any(schema.fields[name].dated for name in own & theirs)
    narrow = 2 * len(other.mapping.fields) <= len(main.mapping.fields)
    return narrow and main.mapping.log == other.mapping.log and bool(own & theirs)


def _filled(row: Sequence[object], run: range) -> int:
    return sum(cell is not None for cell in row[run.start : run.stop])
