"""Wrong input is refused with the argument's name and the reason."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from learnpipe import spc

pytestmark = pytest.mark.filterwarnings("error")
Y = [1.0, 2.0, 3.0]
NAN = float("nan")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"y": "abc"}, "y: expected numbers"),
        ({"y": ["1", "2"]}, "y: expected numbers"),
        ({"y": [1, "2"]}, "y: expected numbers"),
        ({"y": [1, [2]]}, "y: expected numbers"),
        ({"y": [[1, 2]]}, "y: expected one number per point, got 2 dimensions"),
        ({"y": 5}, "y: expected one number per point, got 0 dimensions"),
        ({"y": None}, "y: expected"),
        ({"y": [1j]}, "y: expected numbers"),
        ({"y": np.array(["2024-01-01"], dtype="datetime64[D]")}, "y: expected numbers"),
        ({"y": [1, float("inf")]}, "y: the value at position 1 is infinite"),
        ({"y": [NAN, float("-inf")]}, "y: the value at position 1 is infinite"),
        ({"better": "up"}, "better: expected one of higher, lower, neither; got 'up'"),
        ({"better": None}, "better: expected one of"),
        ({"better": ["lower"]}, "better: expected one of"),
        ({"target": "5"}, "target: expected numbers"),
        ({"target": NAN}, "target: is NaN"),
        ({"target": float("inf")}, "target: the value"),
        ({"profile": "nhs"}, "profile: expected one of mdc, nhsr; got 'nhs'"),
        ({"screen": "yes"}, "screen: expected True, False or None"),
        ({"baseline": 11}, "baseline: must be at least 12, got 11"),
        ({"baseline": 12.0}, "baseline: expected a whole number"),
        ({"baseline": True}, "baseline: expected a whole number"),
        ({"rebase": 1}, "rebase: expected positions"),
        ({"rebase": "1"}, "rebase: expected positions"),
        ({"rebase": (3,)}, "rebase: position 3 is not among the 3 points"),
        ({"rebase": (-1,)}, "rebase: must be at least 0"),
        ({"rebase": (1.5,)}, "rebase: expected a whole number"),
        ({"shift": 1}, "shift: must be at least 2"),
        ({"trend": 1}, "trend: must be at least 2"),
        ({"bounds": 0}, "bounds: expected"),
        ({"bounds": (1, 0)}, "bounds: 1 is not below 0"),
        ({"bounds": (2, None)}, "y: holds a value outside bounds"),
    ],
)
def test_xmr_refuses(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match="^" + message.replace("(", r"\(")):
        spc.xmr(**{"y": Y, **given})


@pytest.mark.parametrize(
    ("kind", "given", "message"),
    [
        ("x", {}, "kind: expected one of run, i, p"),
        ("p", {}, "n: a p chart needs a denominator"),
        ("up", {}, "n: a up chart needs a denominator"),
        ("c", {"n": [1, 1, 1]}, "n: a c chart takes no denominator"),
        ("p", {"n": [5, 5]}, "n: has 2 points, y has 3"),
        ("p", {"n": [5, 1, 5]}, "y: a p chart counts some of n, position 1 holds 2 of 1"),
        ("u", {"n": [5, 0, 5]}, "n: must be above 0 .* position 1 holds 0"),
        ("u", {"n": [5, 5, -5]}, "n: must be above 0 .* position 2 holds -5"),
        ("u", {"n": [5, 5, "5"]}, "n: expected numbers"),
        ("p", {"y": [0.1, 0.2, 0.3], "n": [9, 9, 9]}, "y: a p chart takes counts"),
        ("c", {"y": [-1, 2, 3]}, "y: a c chart takes counts .* position 0 holds -1"),
        ("g", {"y": [1, 2, -3]}, "y: a g chart takes gaps of 0 or more, position 2"),
        ("t", {"y": [1, 0, 3]}, "y: a t chart takes gaps above 0 .* position 1 holds 0"),
        ("i", {"baseline": 5}, "baseline: must be at least 12"),
        ("i", {"better": "down"}, "better: expected one of"),
        ("c", {"rebase": (7,)}, "rebase: position 7"),
        ("c", {"target": [1, 2]}, "target: expected"),
    ],
)
def test_chart_refuses(kind: str, given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match="^" + message):
        spc.chart(kind, **{"y": Y, **given})


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"Y": Y}, "Y: expected series by points, got 1 dimensions"),
        ({"better": ["lower"]}, "better: 1 words for 2 series"),
        ({"better": ["lower", "up"]}, "better: expected one of"),
        ({"target": [1, 2, 3]}, "target: 3 numbers for 2 series"),
    ],
)
def test_xmr_many_refuses(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match="^" + message):
        spc.xmr_many(**{"Y": [Y, Y], **given})


def test_what_goes_in() -> None:
    expected = spc.xmr([1, 2, NAN, 4], profile="nhsr").upper
    masked = np.ma.MaskedArray([1, 2, 9, 4], mask=[False, False, True, False])
    for y in ((1, 2, None, 4), np.array([1, 2, np.nan, 4], dtype=np.float32), masked):
        assert np.array_equal(spc.xmr(y, profile="nhsr").upper, expected)


def test_the_caller_s_array_is_neither_changed_nor_locked() -> None:
    y, n = np.array([1.0, 0.0, 2.0]), np.array([5.0, 0.0, 5.0])
    for chart in (spc.xmr(y), spc.chart("p", y, n=n), spc.chart("c", y), spc.chart("i", y)):
        with pytest.raises(ValueError, match="read-only"):
            chart.value[0] = 9
    y[0] = 1.0
    assert y.tolist() == [1, 0, 2]
    assert n.tolist() == [5, 0, 5]
