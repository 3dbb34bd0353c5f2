"""The records below a header, where some of its columns hold two facts in each cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from learnpipe.ground.tables import ColumnRead, Grid, Table, letter_of
from learnpipe.recognise.columns import ColumnMap
from learnpipe.recognise.header_rows import Header
from learnpipe.recognise.knowledge import Knowledge
from learnpipe.recognise.records import read_table
from learnpipe.recognise.two_facts import TwoFacts, parted


def read_records(
    know: Knowledge,
    grid: Grid,
    header: Header,
    mapping: ColumnMap,
    columns: tuple[ColumnRead, ...],
) -> Table:
    """The records below a header; columns with two facts are read as two."""
    if not mapping.splits:
        return read_table(grid, know, header.row, header.texts, mapping, columns)
    whole, added = _parted_grid(grid, header.row, mapping.splits)
    second = {to: facts.second for to, facts in zip(added, mapping.splits.values(), strict=True)}
    texts = [*header.texts, *[""] * (added[-1] + 1 - len(header.texts))]
    both = replace(mapping, fields={**mapping.fields, **second})
    table = read_table(whole, know, header.row, texts, both, columns)
    return _with_true_letters(table, mapping.splits)


def _parted_grid(grid: Grid, row: int, splits: Mapping[int, TwoFacts]) -> tuple[Grid, list[int]]:
    """The grid with the second facts below ``row`` in columns of their own, at its right end.

    A cell that does not part stays whole in the first field, whose finding then says so.
    """
    width = max(map(len, grid.cells))
    added = list(range(width, width + len(splits)))
    cells = list(grid.cells)
    for number in range(row + 1, len(cells)):
        old = cells[number]
        new = [*old, *[None] * (width + len(splits) - len(old))]
        for at, to in zip(splits, added, strict=True):
            if parts := parted(new[at], splits[at].mark):
                new[at], new[to] = parts
        cells[number] = new
    return replace(grid, cells=cells), added


def _with_true_letters(table: Table, splits: Mapping[int, TwoFacts]) -> Table:
    """A table read from a parted grid with each second fact at the letter of its column."""
    letters = {
        **table.letters,
        **{facts.second: letter_of(at) for at, facts in splits.items()},
    }
    columns: list[ColumnRead] = []
    seconds = {letter_of(at): facts.second for at, facts in splits.items()}
    for column in table.columns:
        columns.append(column)
        if column.letter in seconds:
            columns.append(replace(column, field=seconds[column.letter]))
    return replace(table, letters=letters, columns=tuple(columns))
