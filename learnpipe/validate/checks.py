"""The evidence-trail schema in pandera: what each field may hold, and rules across fields.

pandera never coerces here: the cells are parsed before. A rule across fields is a column of its
own, true where the row keeps the rule, so that a failure names the one cell it points at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd

from learnpipe.ground.schemas import Field, Rule, Schema, Schemas
from learnpipe.validate.people import name_words

if TYPE_CHECKING:
    import pandera.pandas as pa

Array = np.ndarray[Any, Any]
EARLIEST, LATEST = np.datetime64("2000-01-01", "s"), np.datetime64("2100-01-01", "s")
_RULE = "rule: "


def failures(schema: Schema, frame: pd.DataFrame, schemas: Schemas) -> pd.DataFrame:
    """Every failure in a log: `index`, `column`, `check`, `failure_case`; a rule's by its code."""
    import pandera.pandas as pa

    checked = _checked_columns(schema, frame, schemas)
    if not checked or frame.empty:
        return pd.DataFrame(columns=["index", "column", "check", "failure_case"])
    rules = {f"{_RULE}{rule.code}": keeps(rule, frame) for rule in schema.rules}
    columns = {name: column for name, (column, _) in checked.items()}
    columns |= {name: pa.Column(None, pa.Check.eq(True, error=name), name=name) for name in rules}
    table = pd.DataFrame({**{name: values for name, (_, values) in checked.items()}, **rules})
    whole = pa.DataFrameSchema()
    whole.columns = columns  # handed to the constructor they are deeply copied, which takes longer
    try:
        whole.validate(table, lazy=True)
    except pa.errors.SchemaErrors as errors:
        found = cast(pd.DataFrame, errors.failure_cases)
        found = found.loc[found["index"].notna(), ["index", "column", "check", "failure_case"]]
        found["check"] = found["check"].astype(str)
        return found.astype({"index": "int64"}).sort_values(["index", "column"], kind="stable")
    return pd.DataFrame(columns=["index", "column", "check", "failure_case"])


def warm_up(schemas: Schemas) -> None:
    """Make ready what is needed of the schemas, and what pandera loads at its first validation."""
    import pandera.pandas as pa

    pa.DataFrameSchema({"a": pa.Column(None, pa.Check.isin(["a"]))}).validate(
        pd.DataFrame({"a": ["a"]})
    )
    name_words(schemas)


def _checked_columns(
    schema: Schema, frame: pd.DataFrame, schemas: Schemas
) -> dict[str, tuple[pa.Column, pd.Series[Any]]]:
    import pandera.pandas as pa

    out: dict[str, tuple[pa.Column, pd.Series[Any]]] = {}
    for name, field in schema.fields.items():
        check = _check(field, schemas)
        if check is not None and frame[name].notna().any():
            out[name] = (pa.Column(None, check, nullable=True, name=name), frame[name])
    return out


def _check(field: Field, schemas: Schemas) -> pa.Check | None:
    import pandera.pandas as pa

    if field.kind in ("choice", "yes_no"):
        allowed = schemas.words[field.words or "yes_no"].order
        return pa.Check.isin(list(allowed), error="not-on-list")
    if field.kind == "number" and (field.low is not None or field.high is not None):
        low = -np.inf if field.low is None else field.low
        high = np.inf if field.high is None else field.high
        return pa.Check.in_range(low, high, error="out-of-range")
    if field.dated:
        return pa.Check.in_range(
            pd.Timestamp(EARLIEST),
            pd.Timestamp(LATEST),
            include_max=False,
            error="implausible-date",
        )
    return None


def keeps(rule: Rule, frame: pd.DataFrame) -> pd.Series[Any]:
    """For each row whether it keeps the rule; a rule about an empty cell is kept."""
    one, other = frame[rule.field].to_numpy(), frame[rule.other].to_numpy()
    if rule.check in ("not_before", "at_most"):
        known = ~(pd.isna(one) | pd.isna(other))
        if rule.check == "not_before" and one.dtype.kind == "M":
            one, other = _comparable(one, other)
        right = one >= other if rule.check == "not_before" else one <= other
        return pd.Series(right | ~known, index=frame.index)
    asked = ~pd.isna(other)
    if rule.values:
        asked = frame[rule.other].isin(list(rule.values)).to_numpy()
    filled = ~pd.isna(one)
    kept = (filled if rule.check == "filled_when" else ~filled) | ~asked
    return pd.Series(kept, index=frame.index)


def _comparable(one: Array, other: Array) -> tuple[Array, Array]:
    """Two dates to compare: by the day where either has no time of day."""
    days, other_days = one.astype("datetime64[D]"), other.astype("datetime64[D]")
    bare = (one == days) | (other == other_days)
    return np.where(bare, days, one), np.where(bare, other_days, other)


def rule_of(schema: Schema, check: str) -> Rule | None:
    """The rule that a failed check stands for, or None where it is a field's own check."""
    if not check.startswith(_RULE):
        return None
    return next(rule for rule in schema.rules if rule.code == check.removeprefix(_RULE))
