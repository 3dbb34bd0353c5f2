"""One sheet: find its header, decide which log it is, and read its records as typed columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from learnpipe.ground.calendar import declared_month
from learnpipe.ground.tables import (
    Cell,
    ColumnRead,
    Grid,
    Recognised,
    Table,
    letter_of,
)
from learnpipe.recognise.columns import ColumnMap, map_columns
from learnpipe.recognise.dates import parse_date
from learnpipe.recognise.headers import Hit, normal
from learnpipe.recognise.knowledge import Knowledge, Samples
from learnpipe.recognise.records import read_table

HEADER_ROWS = 40
SAMPLE = 40
_LEAST_SCORE = 1.2  # less will do where there is no column but the log's own
_LOGS_TRIED = 4
_NO_DOUBT = 6.0


@dataclass(frozen=True)
class _Header:
    """A candidate for the header: its lowest row (0-based), texts, hits, and the logs they name."""

    row: int
    texts: list[str]
    hits: list[tuple[Hit, ...]]
    strength: float
    logs: tuple[str, ...]


def recognise(grid: Grid, know: Knowledge, settings: Mapping[str, str]) -> Recognised:
    """Understand one sheet: its log, its header, its columns, its records.

    ``settings`` maps headers of this sheet to fields, as a provider decided.
    """
    table = _table(grid, know, settings)
    name = grid.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    period = (declared_month(grid.sheet) if grid.sheet else None) or declared_month(name)
    if period is None and grid.sheet:
        period = declared_month(f"{grid.sheet} {_only_year(name)}") if _only_year(name) else None
    return Recognised(grid.file, grid.sheet, grid.hidden, (table,), period, None, grid.findings)


def _only_year(name: str) -> str:
    import re

    years = set(re.findall(r"(?<!\d)20\d\d(?!\d)", name))
    return years.pop() if len(years) == 1 else ""


def _table(grid: Grid, know: Knowledge, settings: Mapping[str, str]) -> Table:
    headers = _header_candidates(grid, know, settings)
    if not headers:
        return Table(None, _why_nothing(grid), None)
    best: tuple[float, _Header, ColumnMap] | None = None
    nearest: tuple[float, _Header, ColumnMap] | None = None
    for header in headers[:4]:
        samples = Samples.of(know, _samples(grid, header))
        for log in header.logs[:_LOGS_TRIED]:
            schema = know.schemas.logs[log]
            mapping = map_columns(know, schema, header.texts, header.hits, samples, settings)
            ranked = (mapping.score, header, mapping)
            least = 1.0 if len(mapping.fields) == sum(map(bool, header.texts)) else _LEAST_SCORE
            if mapping.complete and mapping.score >= least:
                if best is None or _better(ranked, best):
                    best = ranked
            elif nearest is None or mapping.score > nearest[0]:
                nearest = ranked
    texts = [normal(text) for text in (best or nearest or (0, headers[0]))[1].texts]
    kind, marks = know.index.not_a_log(texts)
    if best and not (marks >= 2 and marks > best[0]):
        return read_table(
            grid, know, best[1].row, best[1].texts, best[2], _columns_read(best[1], best[2])
        )
    if marks >= 2:
        return Table(None, f"looks like {_a(kind)}, which is no log of ours", headers[0].row + 1)
    if nearest is None:
        return Table(None, _why_nothing(grid), None)
    schema = know.schemas.logs[nearest[2].log]
    missing = [
        " or ".join(schema.fields[name].title.lower() for name in group)
        for group in schema.needs
        if not any(name in nearest[2].fields.values() for name in group)
    ]
    why = f"nearest to the {schema.title.lower()}, but it has no column for {'; '.join(missing)}"
    if not missing:
        why = f"too few columns that speak for the {schema.title.lower()}"
    return Table(None, why, nearest[1].row + 1, _columns_read(nearest[1], nearest[2], known=False))


def _better(one: tuple[float, _Header, ColumnMap], best: tuple[float, _Header, ColumnMap]) -> bool:
    """Whether a reading beats another; a header repeated further down does not beat the first."""
    if one[1].row != best[1].row and one[2].log == best[2].log:
        upper, lower = sorted((one, best), key=lambda reading: reading[1].row)
        return (one is upper) == (upper[0] >= 0.85 * lower[0])
    return one[0] > best[0]


def _a(kind: str) -> str:
    if kind.endswith("s"):
        return kind
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _why_nothing(grid: Grid) -> str:
    if not any(cell is not None for row in grid.cells for cell in row):
        return "empty"
    return "no row of it looks like the header of a log"


def _header_candidates(grid: Grid, know: Knowledge, settings: Mapping[str, str]) -> list[_Header]:
    """Rows that may be the header, the strongest first; two-row headers are joined."""
    told = {normal(header): name for header, name in settings.items()}
    out = []
    merged = _merged_texts(grid)
    above = 0.0
    for at in range(min(HEADER_ROWS, len(grid.cells))):
        cells = [cell for cell in grid.cells[at] if cell is not None]
        if len(cells) < 2 or sum(map(_is_data, cells)) > len(cells) // 3:
            above = 0.0
            continue
        own = _texts(grid, at, {})
        readings = [own]
        if at and not any(map(_is_data, grid.cells[at - 1])):
            upper, lower = _texts(grid, at - 1, merged), _texts(grid, at, merged)
            if any(upper) and (joined := _join(upper, lower)) != own:
                readings.append(joined)
        found = [_weigh(know, told, at, texts) for texts in readings]
        # A joined header must say more than its lower row alone, or the title above is no part;
        # and more than its upper row alone, or the row below is a record.
        chosen = found[-1] if found[-1].strength > max(found[0].strength, above) else found[0]
        above = found[0].strength
        if chosen.strength >= 1.0:
            out.append(chosen)
        # Below a header that leaves no doubt stand its records, perhaps itself again.
        best = max(out, key=lambda header: header.strength, default=None)
        if best and best.strength >= _NO_DOUBT and at > best.row + 3:
            break
    strongest = max((header.strength for header in out), default=0.0)
    out = [header for header in out if header.strength >= strongest / 2]
    return sorted(out, key=lambda header: (-header.strength, header.row))


def _weigh(know: Knowledge, told: Mapping[str, str], row: int, texts: list[str]) -> _Header:
    """What a row says as a header; slips of the pen are only looked for where something is known.

    ``told``: header → field, as the settings say.
    """
    hits = [know.index.find(text, mend=False) if text else () for text in texts]
    known = sum(bool(found) for found in hits)
    if known >= 2 and known < sum(map(bool, texts)):
        hits = [found or know.index.find(text) for text, found in zip(texts, hits, strict=True)]
    by_log: dict[str, float] = {}
    for text, found in zip(texts, hits, strict=True):
        if told and text and (name := told.get(normal(text))) is not None:
            for log, schema in know.schemas.logs.items():
                if name in schema.fields:
                    by_log[log] = by_log.get(log, 0.0) + 1.0
            continue
        worth: dict[str, float] = {}
        for hit in found:
            own = hit.score if hit.role == "sure" else 0.5
            worth[hit.log] = max(own, worth.get(hit.log, 0.0))
        for log, own in worth.items():
            by_log[log] = by_log.get(log, 0.0) + own
    marks = know.index.not_a_log([normal(text) for text in texts])[1]
    likely = [log for log in by_log if by_log[log] >= max(by_log.values()) / 2]
    logs = tuple(sorted(likely, key=lambda log: -by_log[log]))
    return _Header(row, texts, hits, max([*by_log.values(), float(marks)], default=0.0), logs)


def _is_data(cell: Cell) -> bool:
    """Whether a cell is none of a header's: a number, a date, or a date as text."""
    if not isinstance(cell, str):
        return cell is not None
    return cell[:1].isdigit() and not isinstance(parse_date(cell), str)


def _texts(grid: Grid, row: int, merged: Mapping[tuple[int, int], str]) -> list[str]:
    cells = grid.cells[row]
    out = []
    for at in range(max(len(cells), 1 + max((c for r, c in merged if r == row), default=-1))):
        cell = cells[at] if at < len(cells) else None
        text = merged.get((row, at), "") if cell is None else cell
        out.append(
            str(text).strip() if isinstance(text, str) else ("" if text is None else str(text))
        )
    return out


def _merged_texts(grid: Grid) -> dict[tuple[int, int], str]:
    """The text of each merged area, for all of its cells, in the rows where headers stand."""
    out = {}
    for top, left, bottom, right in grid.merged:
        if top >= HEADER_ROWS or top >= len(grid.cells) or left >= len(grid.cells[top]):
            continue
        text = grid.cells[top][left]
        if isinstance(text, str) and right - left < 60:
            for row in range(top, min(bottom, HEADER_ROWS) + 1):
                for column in range(left, right + 1):
                    out[(row, column)] = text
    return out


def _join(upper: list[str], lower: list[str]) -> list[str]:
    width = max(len(upper), len(lower))
    upper, lower = upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower))
    return [
        low if not up or up == low else (f"{up} / {low}" if low else up)
        for up, low in zip(upper, lower, strict=True)
    ]


def _samples(grid: Grid, header: _Header) -> list[list[Cell]]:
    """Some filled cells of each column, from all over the table, for weighing what it holds."""
    body = grid.cells[header.row + 1 :]
    step = max(1, len(body) // (3 * SAMPLE))
    out: list[list[Cell]] = [[] for _ in header.texts]
    lower = grid.cells[header.row]
    for row in body[::step]:
        for at in range(min(len(row), len(out))):
            cell = row[at]
            repeated = at < len(lower) and cell == lower[at]  # the header again, under the data
            if cell is not None and not repeated and len(out[at]) < SAMPLE:
                out[at].append(cell)
    return out


def _columns_read(
    header: _Header, mapping: ColumnMap, known: bool = True
) -> tuple[ColumnRead, ...]:
    out = []
    for at, text in enumerate(header.texts):
        if not text:
            continue
        field = mapping.field_at(at) if known else None
        candidates = mapping.candidates.get(at, ())
        if not known and at in mapping.fields:
            candidates = (mapping.fields[at],)
        if at in mapping.contradicted:
            candidates = (mapping.contradicted[at],)
        out.append(ColumnRead(letter_of(at), text, field, field is not None, candidates))
    return tuple(out)
