"""The records of a table as typed columns, once its columns are known; what crosses mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

import numpy as np

from learnpipe.ground.tables import Cell, ColumnRead, Grid, Recognised, Table, Unread, letter_of
from learnpipe.ground.terms import by_name
from learnpipe.recognise.choice_columns import column_remarks
from learnpipe.recognise.columns import ColumnMap
from learnpipe.recognise.date_columns import DATES_AS_SET, Typed, as_set, look_again
from learnpipe.recognise.header_words import normal
from learnpipe.recognise.knowledge import Knowledge
from learnpipe.recognise.period import declared_period
from learnpipe.recognise.rows import sort_rows
from learnpipe.recognise.swapped import turn
from learnpipe.recognise.values import CROSS, with_times

NOT_A_TIME, UNCLEAR_MARK = "not-a-time", "unclear-mark"
_MOSTLY = 0.5


def read_table(
    grid: Grid,
    know: Knowledge,
    header_row: int,
    headers: list[str],
    mapping: ColumnMap,
    columns: tuple[ColumnRead, ...],
) -> Table:
    """The records below a header (its 0-based row) as typed columns, and what could not be read."""
    schema = know.schemas.logs[mapping.log]
    body = grid.cells[header_row + 1 :]
    rows = sort_rows(know, schema, mapping.fields, headers, body)
    excel_rows = np.array(rows.records, dtype=np.int64) + header_row + 2

    records = [body[one] for one in rows.records]
    shortest = min(map(len, records), default=0)

    def cells_at(at: int) -> list[Cell]:
        if at < shortest:
            return list(map(itemgetter(at), records))
        return [row[at] if at < len(row) else None for row in records]

    data: dict[str, np.ndarray[Any, Any]] = {}
    unread: list[Unread] = []
    typed: dict[str, Typed] = {}
    times = {name: at for at, name in mapping.times.items()}
    orders = {normal(h): how for h, how in know.dates_for(grid.file, grid.sheet).items()}
    for at, name in mapping.fields.items():
        cells, field = cells_at(at), schema.fields[name]
        header = " ".join(headers[at].split())
        order = orders.get(normal(headers[at])) if orders and field.dated else None
        if order:
            stood = cells
            cells, changed = turn(cells, order)
            if changed:
                i = changed[0]
                told = as_set(header, stood[i], cells[i], len(changed), order)
                unread.append(_unread(excel_rows[i], name, stood[i], DATES_AS_SET, told))
        data[name], failures = know.reader.column(field, cells)
        if failures and not field.dated:
            for one in column_remarks(field, header, data[name], cells, failures, know.schemas):
                unread.append(_unread(excel_rows[one.at], name, cells[one.at], one.code, one.told))
        elif field.dated and field.kind != "month" and not order:
            typed[name] = Typed(header, cells, failures)
        else:
            unread += [_unread(excel_rows[i], name, cells[i], code) for i, code in failures]
        if name in times:
            clock = cells_at(times[name])
            clock = [None if know.reader.is_empty(cell) else cell for cell in clock]
            data[name], wrong = with_times(data[name], clock)
            unread += [_unread(excel_rows[i], f"{name}:time", clock[i], NOT_A_TIME) for i in wrong]
    for one in look_again(schema, data, typed, declared_period(grid)):
        cell = typed[one.field].cells[one.at]
        unread.append(_unread(excel_rows[one.at], one.field, cell, one.code, one.told))
    for at, name in mapping.ticks.items():
        data[name] = know.reader.ticked(schema.fields[name], cells_at(at), data.get(name))
    for at, name in mapping.fields.items():
        for word, other in schema.fields[name].says.items():
            data[other] = know.reader.said(word, cells_at(at), data.get(other))
    for name, word in mapping.supplied.items():
        data[name] = np.full(len(records), word, dtype=object)
    letters = {
        name: letter_of(at) for at, name in (*mapping.ticks.items(), *mapping.fields.items())
    }
    letters |= {f"{name}:time": letter_of(at) for at, name in mapping.times.items()}
    known = f"{len(mapping.fields)} of its headers are those of the {schema.title.lower()}"
    return Table(
        log=schema.log,
        why="; ".join(filter(None, (known, by_name(mapping.supplied)))),
        header_row=header_row + 1,
        columns=columns,
        rows=excel_rows,
        data=data,
        letters=letters,
        unread=tuple(unread),
        read=len(body),
        set_aside=rows.set_aside,
        blank=rows.blank,
        supplied=mapping.supplied,
    )


def _unread(row: int, field: str, cell: Cell, code: str, told: tuple[str, ...] = ()) -> Unread:
    return Unread(int(row), field, str(cell)[:80], code, told)


def settle_crosses(sheets: Sequence[Recognised]) -> tuple[Recognised, ...]:
    """The sheets of one file with the letter x in yes/no columns read as what it means there.

    Beside a tick or a "yes" and no "no" it is a no; alone among empty cells, or beside a "no",
    it is a tick. Where every row has one and nothing else, or both words stand beside it, nobody
    can tell: the cells are set empty and asked about. A column is taken over all sheets of a file.
    """
    columns: dict[tuple[str, str], list[np.ndarray[Any, Any]]] = {}
    for sheet in sheets:
        for table in sheet.tables:
            for name, column in table.data.items():
                if table.log and column.dtype == object and (column == CROSS).any():
                    columns[(table.log, name)] = []
    if not columns:
        return tuple(sheets)
    for sheet in sheets:
        for table in sheet.tables:
            for name, column in table.data.items():
                if (table.log or "", name) in columns:
                    columns[(table.log or "", name)].append(column)
    meant = {key: _meaning(np.concatenate(parts)) for key, parts in columns.items()}
    return tuple(
        replace(sheet, tables=tuple(_settled(table, meant) for table in sheet.tables))
        for sheet in sheets
    )


def _meaning(column: np.ndarray[Any, Any]) -> str | None:
    yes, no = (column == "yes").any(), (column == "no").any()
    empty = np.mean([cell is None for cell in column])
    if yes:
        return "no" if not no and empty < _MOSTLY else None
    return "yes" if no or empty > 0 else None


def _settled(table: Table, meant: dict[tuple[str, str], str | None]) -> Table:
    data, unread = dict(table.data), list(table.unread)
    for name, column in table.data.items():
        key = (table.log or "", name)
        if key not in meant or table.rows is None:
            continue
        crosses = column == CROSS
        data[name] = column.copy()
        data[name][crosses] = meant[key]
        if meant[key] is None:
            unread += [_unread(row, name, "x", UNCLEAR_MARK) for row in table.rows[crosses]]
    return replace(table, data=data, unread=tuple(unread))
