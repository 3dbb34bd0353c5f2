"""Columns of choices whose failures are one question: a scale without a direction, added dates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from learnpipe.ground.schemas import Field, Schemas
from learnpipe.ground.tables import Cell
from learnpipe.ground.terms import counted
from learnpipe.recognise.date_columns import Remark
from learnpipe.recognise.scale import direction_lines, step_of
from learnpipe.recognise.values import DATE_BESIDE_WORD, NOT_ON_LIST

SEVERITY_DIRECTION = "severity-direction"
_MOSTLY = 0.5


def column_remarks(
    field: Field,
    header: str,
    column: np.ndarray[Any, Any],
    cells: Sequence[Cell],
    failures: Sequence[tuple[int, str]],
    schemas: Schemas,
) -> list[Remark]:
    """What is to be said of a column's failures; what is the same for many cells is said once.

    A severity told in steps is set empty in ``column`` until the settings say which end is worse.
    """
    out: list[Remark] = []
    steps: set[int] = set()
    if field.words == "severity":
        steps = {
            at for at, code in failures if code == NOT_ON_LIST and step_of(cells[at]) is not None
        }
        if len(steps) >= _MOSTLY * sum(cell is not None for cell in column):
            at = min(steps)
            told = direction_lines(
                [cells[at] for at in steps], field.words, schemas.words[field.words].order
            )
            out.append(
                Remark(
                    at, field.name, SEVERITY_DIRECTION, (header, counted(len(steps), "cell"), *told)
                )
            )
            column[sorted(steps)] = None
        else:
            steps = set()
    dated = [at for at, code in failures if code == DATE_BESIDE_WORD]
    if dated:
        out.append(Remark(dated[0], field.name, DATE_BESIDE_WORD, (counted(len(dated), "cell"),)))
    return out + [
        Remark(at, field.name, code)
        for at, code in failures
        if code != DATE_BESIDE_WORD and at not in steps
    ]
