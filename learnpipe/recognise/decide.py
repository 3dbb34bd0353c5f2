"""Which log a table is: each likely header is mapped for each likely log, and the best wins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from learnpipe.ground.tables import ColumnRead, Grid, letter_of
from learnpipe.recognise.called import CALLED, logs_called
from learnpipe.recognise.columns import ColumnMap, map_columns, settle
from learnpipe.recognise.header_rows import Header
from learnpipe.recognise.header_words import normal
from learnpipe.recognise.knowledge import Knowledge, Samples
from learnpipe.recognise.needed import complete_by_cells, is_strong
from learnpipe.recognise.registers import supply_by_name
from learnpipe.recognise.speaking import speaks_of

_LEAST_SCORE = 1.2  # less will do where there is no column but the log's own
_LEAST_OF_ITS_OWN = 0.5  # of a sheet that calls itself by the log's name
_BY_FAR = 2.5  # so much nearer to a log that lacks something makes it none of another
_FEW_MARKS = 6  # one in so many columns that is another list's makes no other list of a log
_HEADERS_TRIED, _LOGS_TRIED = 4, 4
_FORM_LABELS, _FORM_ROWS, _LONGEST_LABEL = 3, 30, 60


@dataclass(frozen=True)
class Decision:
    """What a table is: its header, and how its columns map if it is a log, else why it is none."""

    header: Header | None
    mapping: ColumnMap | None
    is_log: bool
    why: str = ""

    def columns(self) -> tuple[ColumnRead, ...]:
        """How each column was understood."""
        if self.header is None or self.mapping is None:
            return ()
        return _columns_read(self.header, self.mapping, self.is_log)


def decide(
    know: Knowledge,
    grid: Grid,
    headers: Sequence[Header],
    settings: Mapping[str, str],
    stops: Mapping[int, int],
) -> Decision | None:
    """The best reading of these headers, strongest first; None where there is none.

    ``stops``: for a header's row the row where its table ends at the latest.
    """
    best: tuple[float, Header, ColumnMap] | None = None
    nearest: tuple[float, Header, ColumnMap] | None = None
    for header in headers[:_HEADERS_TRIED]:
        samples = Samples.below(know, grid.cells, header.row, stops.get(header.row))
        called = logs_called(know.schemas, grid, header)
        for log in dict.fromkeys((*header.logs[:_LOGS_TRIED], *called)):
            schema = know.schemas.logs[log]
            mapping = map_columns(know, schema, header.texts, header.hits, samples, settings)
            lacking = not mapping.complete
            if lacking and log in called:
                complete_by_cells(schema, mapping, header.texts, samples)
            supply_by_name(know.schemas, grid, header, mapping)
            if lacking and mapping.complete:
                settle(schema, mapping, header.texts, samples)
            own = log in called or bool(mapping.supplied)
            ranked = (mapping.score + CALLED * own, header, mapping)
            least = 1.0 if len(mapping.fields) == sum(map(bool, header.texts)) else _LEAST_SCORE
            if (
                mapping.complete
                and ranked[0] >= least
                and mapping.score >= _LEAST_OF_ITS_OWN
                and (settings or speaks_of(schema, grid, header, mapping, samples))
            ):
                if best is None or _better(ranked, best):
                    best = ranked
            elif nearest is None or mapping.score > nearest[0]:
                nearest = ranked
    if best and nearest and nearest[0] >= _BY_FAR * best[0] and nearest[2].log != best[2].log:
        best = None  # a list of another kind, that lacks something, is none of this log
    elif best is None and nearest is not None:
        best = _by_cells(know, grid, nearest, stops)
    if not headers:
        return None
    chosen = (best or nearest or (0.0, headers[0], None))[1]
    top = chosen.row + 1 if best else 0
    if is_form(know, grid, chosen, range(top, stops.get(chosen.row, len(grid.cells)))):
        return Decision(None, None, False, "looks like a form, with labels beside their values")
    marked = chosen if best else max((chosen, headers[0]), key=lambda one: _marks(know, one)[1])
    kind, marks = _marks(know, marked)
    few = _FEW_MARKS * marks < sum(map(bool, marked.texts))
    if best and (few or not (marks >= 2 and marks > best[0])):
        return Decision(best[1], best[2], True)
    if marks >= 2:
        return Decision(marked, None, False, f"looks like {_a(kind)}, which is no log of ours")
    if nearest is None:
        return None
    return Decision(nearest[1], nearest[2], False, _why_not(know, nearest[2]))


def _by_cells(
    know: Knowledge,
    grid: Grid,
    nearest: tuple[float, Header, ColumnMap],
    stops: Mapping[int, int],
) -> tuple[float, Header, ColumnMap] | None:
    """The nearest reading where no log is complete, if cells tell what it lacks and no more."""
    score, header, mapping = nearest
    schema = know.schemas.logs[mapping.log]
    if mapping.complete or not is_strong(schema, mapping):
        return None
    samples = Samples.below(know, grid.cells, header.row, stops.get(header.row))
    complete_by_cells(schema, mapping, header.texts, samples)
    if mapping.complete:
        settle(schema, mapping, header.texts, samples)
    speaks = mapping.complete and speaks_of(schema, grid, header, mapping, samples)
    return (score, header, mapping) if speaks else None


def _marks(know: Knowledge, header: Header) -> tuple[str, int]:
    return know.index.not_a_log([normal(text) for text in header.texts])


def _why_not(know: Knowledge, mapping: ColumnMap) -> str:
    schema = know.schemas.logs[mapping.log]
    missing = [
        " or ".join(schema.fields[name].title.lower() for name in group)
        for group in schema.needs
        if not any(name in mapping.fields.values() for name in group)
    ]
    if missing:
        return (
            f"nearest to the {schema.title.lower()}, but it has no column for {'; '.join(missing)}"
        )
    if mapping.score >= _LEAST_SCORE:
        return (
            f"nearest to the {schema.title.lower()}, but it has only columns that other tables have"
        )
    return f"too few columns that speak for the {schema.title.lower()}"


def _better(one: tuple[float, Header, ColumnMap], best: tuple[float, Header, ColumnMap]) -> bool:
    """Whether a reading beats another; a header repeated further down does not beat the first."""
    if one[1].row != best[1].row and one[2].log == best[2].log:
        upper, lower = sorted((one, best), key=lambda reading: reading[1].row)
        return (one is upper) == (upper[0] >= 0.85 * lower[0])
    return one[0] > best[0]


def _a(kind: str) -> str:
    if kind.endswith("s"):
        return kind
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def is_form(know: Knowledge, grid: Grid, header: Header, rows: range) -> bool:
    """Whether these rows go on like a form: a label we know, its value beside it, row by row.

    A table's rows start with values; different headers at the start of three of them, and of
    most, are labels.
    """
    labels: set[str] = set()
    told = 0
    for row in map(grid.cells.__getitem__, rows[:_FORM_ROWS]):
        at, first = next(((at, cell) for at, cell in enumerate(row) if cell is not None), (0, None))
        if first is None:
            continue
        told += 1
        if not isinstance(first, str) or len(first) > _LONGEST_LABEL or not first[:1].isalpha():
            continue
        text = normal(first)
        own = at < len(header.texts) and text == normal(header.texts[at])
        if know.index.is_known(text) and (not own or rows.start <= header.row):
            labels.add(text)
    return len(labels) >= _FORM_LABELS and 2 * len(labels) >= told


def _columns_read(header: Header, mapping: ColumnMap, known: bool) -> tuple[ColumnRead, ...]:
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
        out.append(
            ColumnRead(
                letter_of(at), text, field, field is not None, candidates,
                contradicted=at in mapping.contradicted,
            )
        )  # fmt: skip
    return tuple(out)
