"""Columns that are unsure, and sheets that are nearly a log: asked once over all the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from learnpipe.ground.asking import column_key, column_lines, file_pattern
from learnpipe.ground.findings import Finding, Place
from learnpipe.ground.schemas import Schema, Schemas
from learnpipe.ground.tables import ColumnRead, ReadFile, Recognised, Table
from learnpipe.ground.terms import by_name, counted, list_words
from learnpipe.validate.patterns import LINES, covering, means

NEARLY = 3
"""A sheet with so many columns that speak for a log is asked about; look-up lists have fewer."""
Where = tuple[Recognised, Table]
Column = tuple[Recognised, Table, ColumnRead]


@dataclass
class Question:
    """One header that is unsure in one way: its candidates, and the columns that have it.

    ``key`` is how settings name it; ``taken`` are candidates that another column has already.
    """

    header: str
    key: str
    candidates: tuple[str, ...]
    contradicted: bool
    taken: frozenset[str]
    places: list[Column] = field(default_factory=list)

    @property
    def files(self) -> list[str]:
        """The files that have the column, each once."""
        return list(dict.fromkeys(sheet.file for sheet, _, _ in self.places))


def asked(files: Sequence[ReadFile], schemas: Schemas) -> list[Finding]:
    """A note for each unsure column and for each kind of sheet that is nearly a log."""
    tables = [
        (sheet, table)
        for file in files if file.duplicate_of is None
        for sheet in file.sheets
        for table in sheet.tables
    ]  # fmt: skip
    by_header: dict[str, list[Column]] = {}
    for sheet, table in tables:
        for column in table.columns:
            by_header.setdefault(_one_line(column.header), []).append((sheet, table, column))
    return [
        *(_column_finding(one, by_header[one.header]) for one in column_questions(tables)),
        *_sheet_findings(tables, schemas),
        *_name_findings(tables),
    ]


def _name_findings(tables: Sequence[Where]) -> Iterator[Finding]:
    """A note for all sheets whose rows get the same words from what they are called."""
    alike: dict[str, list[Where]] = {}
    for sheet, table in tables:
        if table.records and (told := by_name(table.supplied)):
            alike.setdefault(told, []).append((sheet, table))
    for told, places in alike.items():
        sheet, table = places[0]
        others = f" So in {counted(len(places) - 1, 'other sheet')}." if len(places) > 1 else ""
        yield Finding(
            "told-by-name", "note", Place(sheet.file, sheet.sheet, table.header_row),
            f"No column says it: {told}.{others}",
            "If that is wrong, give the log a column that says it, or another name.",
        )  # fmt: skip


def column_questions(tables: Sequence[Where]) -> list[Question]:
    """The unsure columns of the logs, one question for all with one header and one doubt.

    A log without a record asks nothing: it is a blank form.
    """
    out: dict[tuple[object, ...], Question] = {}
    for sheet, table in tables:
        columns = table.columns if table.log and table.records else ()
        headers = Counter(_one_line(column.header) for column in columns)
        has = {column.field for column in columns if column.field}
        for column in columns:
            if column.field is not None or not column.candidates:
                continue
            header = _one_line(column.header)
            name = header if headers[header] == 1 else column_key(header, column.letter)
            taken = frozenset(has.intersection(column.candidates))
            told = (header, name, column.candidates, column.contradicted, taken)
            question = out.setdefault((table.log, *told), Question(*told))
            question.places.append((sheet, table, column))
    return list(out.values())


def _column_finding(question: Question, same: Sequence[Column]) -> Finding:
    """The finding of a question; ``same`` are all columns with its header, settled or not."""
    sheet, table, column = question.places[0]
    chosen = _likeliest(question, table.log, same)
    names = [name.replace("_", " ") for name in question.candidates]
    doubt = f"may mean {list_words(names, 'or')}"
    if question.taken:
        have = [name.replace("_", " ") for name in question.candidates if name in question.taken]
        doubt += f", but another column has {list_words(have)} already"
    if question.contradicted:
        doubt = f"is called {names[0]}, but its cells look like something else"
    lines = _lines(question, table.log, chosen, same)
    others = [f'"{name}"' for name in _free(question) if name != chosen]
    more = "" if len(lines) <= LINES else f"\nand the same for {len(lines) - LINES} more."
    leaves = '"" leaves the column alone' if chosen else "put the right field in, if there is one"
    instead = "" if question.contradicted or not others else f", {list_words(others, 'or')} instead"
    return Finding(
        "column-unsure",
        "note",
        Place(sheet.file, sheet.sheet, table.header_row, column.letter),
        f'The column "{question.header}" {doubt}{_how_many(question)}. It is not used until you '
        "say.",
        f"Put into learnpipe.toml, the line in brackets only once ({leaves}{instead}):\n"
        + "\n".join(lines[:LINES])
        + more,
    )


def _how_many(question: Question) -> str:
    files, sheets = len(question.files), len(question.places)
    if files > 1:
        return f", in {counted(files, 'file')}"
    return f", on {counted(sheets, 'sheet')}" if sheets > 1 else ""


def _likeliest(question: Question, log: str | None, same: Sequence[Column]) -> str:
    """The field to offer: what the header means elsewhere in this log, else the first candidate."""
    has = {column.field for _, table, _ in question.places for column in table.columns}
    elsewhere = Counter(
        column.field
        for _, table, column in same
        if table.log == log and column.field and column.field not in has
    )
    if elsewhere:
        return str(elsewhere.most_common(1)[0][0])
    return "" if question.contradicted else next(iter(_free(question)), "")


def _free(question: Question) -> list[str]:
    """The candidates that no other column of the table has."""
    return [name for name in question.candidates if name not in question.taken]


def _lines(question: Question, log: str | None, chosen: str, same: Sequence[Column]) -> list[str]:
    """The lines that settle the question, without a change for any other column."""
    own = {(sheet.file, sheet.sheet) for sheet, _, _ in question.places}
    others = [
        (sheet.file, sheet.sheet)
        for sheet, table, column in same
        if (sheet.file, sheet.sheet) not in own
        and not (table.log == log and column.field in (None, chosen))
        and (table.log or column.candidates)
    ]

    def sparing(pattern: str) -> bool:
        return not any(means(pattern, file, sheet) for file, sheet in others)

    patterns = []
    for pattern in covering(question.files, sparing):
        if sparing(pattern):
            patterns.append(pattern)
            continue
        # Another sheet of the file means something else by the header: the sheets are named.
        patterns += [file_pattern(*one) for one in sorted(own, key=str) if means(pattern, *one)]
    return [column_lines(pattern, {question.key: chosen}) for pattern in patterns]


def _sheet_findings(tables: Sequence[Where], schemas: Schemas) -> Iterator[Finding]:
    alike: dict[tuple[object, ...], list[Where]] = {}
    for sheet, table in tables:
        if table.log is None and sum(bool(one.candidates) for one in table.columns) >= NEARLY:
            headers = tuple(_one_line(one.header) for one in table.columns)
            alike.setdefault((table.why, headers), []).append((sheet, table))
    for places in alike.values():
        sheet, table = places[0]
        schema = next(
            (one for one in schemas.logs.values() if one.title.lower() in table.why), None
        )
        if schema is not None and table.why.startswith("nearest to"):
            yield _sheet_finding(schema, sheet, table, len(places))


def _sheet_finding(schema: Schema, sheet: Recognised, table: Table, sheets: int) -> Finding:
    named = {name for column in table.columns for name in column.candidates}
    missing = next((group for group in schema.needs if not named & set(group)), schema.needs[0])
    free = next((one.header for one in table.columns if not one.candidates), "your header")
    lines = column_lines(file_pattern(sheet.file, sheet.sheet), {_one_line(free): missing[0]})
    also = f" So are {counted(sheets - 1, 'other sheet')} like it." if sheets > 1 else ""
    return Finding(
        "sheet-not-read",
        "note",
        Place(sheet.file, sheet.sheet, table.header_row),
        f"This sheet is {table.why}. Its rows are not read.{also}",
        "If it is no log, leave it. If it is one, put into learnpipe.toml, with the right header "
        f"of yours in front:\n{lines}",
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
