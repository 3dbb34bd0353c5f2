"""The vocabulary of signals and meanings, and which one a point gets when several rules fire.

Signals are small integers from 1 in order of precedence; rule number c sets bit c - 1, so
the rules that fired at one point are one byte.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from learnpipe.spc.profiles import Profile

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]
Bits = npt.NDArray[np.uint8]

SIGNALS: tuple[str | None, ...] = (
    None,
    "outside_high",
    "outside_low",
    "trend_up",
    "trend_down",
    "two_of_three_high",
    "two_of_three_low",
    "shift_high",
    "shift_low",
)
MEANINGS = ("common", "improvement", "concern", "high", "low")
TOO_FEW = len(MEANINGS)
VARIATIONS = (*MEANINGS, "too few points")
ASSURANCES: tuple[str | None, ...] = (None, "met", "missed", "hit and miss")
BETTER = ("higher", "lower", "neither")

# Rows follow BETTER, columns SIGNALS: odd signals point up, even ones down.
_MEANING: Codes = np.array(
    [
        [0, 1, 2, 1, 2, 1, 2, 1, 2],
        [0, 2, 1, 2, 1, 2, 1, 2, 1],
        [0, 3, 4, 3, 4, 3, 4, 3, 4],
    ],
    dtype=np.int8,
)


@lru_cache(maxsize=2)
def _choice(improvement_wins: bool) -> Codes:
    """Return the signal for each `better` (row) and each byte of fired rules (column)."""
    table = np.zeros((len(BETTER), 256), dtype=np.int8)
    for better in range(len(BETTER)):
        for byte in range(1, 256):
            fired = [code for code in range(1, 9) if byte >> (code - 1) & 1]
            good = [code for code in fired if _MEANING[better, code] == 1]
            table[better, byte] = (good if good and improvement_wins else fired)[0]
    return table


def decide(fired: Bits, better: npt.NDArray[np.intp], profile: Profile) -> tuple[Codes, Codes]:
    """Return one signal code and one meaning code a point, from the rules that fired there.

    fired: series by points, one byte a point; better: index into BETTER, one a series.
    Precedence is outside, trend, two of three, shift; where the profile says so, a signal
    that means improvement comes before all others. (Making Data Count; NHSRplotthedots.)

    >>> down_and_low = np.array([[0b1000_1000]], dtype=np.uint8)  # trend_down, shift_low
    >>> from learnpipe.spc.profiles import MDC
    >>> signal, meaning = decide(down_and_low, np.array([1]), MDC)
    >>> SIGNALS[signal[0, 0]], MEANINGS[meaning[0, 0]]
    ('trend_down', 'improvement')
    """
    choice = _choice(profile.improvement_wins)
    if better.size and (better == better[0]).all():
        chosen = choice[better[0]]
        return _spelt(fired, chosen), _spelt(fired, _MEANING[better[0]].take(chosen))
    signal, meaning = np.empty(fired.shape, np.int8), np.empty(fired.shape, np.int8)
    for way, chosen in enumerate(choice):
        own = np.flatnonzero(better == way)
        signal[own] = _spelt(fired[own], chosen)
        meaning[own] = _spelt(fired[own], _MEANING[way].take(chosen))
    return signal, meaning


def _spelt(fired: Bits, table: Codes) -> Codes:
    """Return the code of each byte; bytes are translated much faster than looked up."""
    codes = fired.tobytes().translate(table.tobytes())
    return np.frombuffer(codes, dtype=np.int8).reshape(fired.shape)


def spell(codes: npt.NDArray[Any], words: tuple[str | None, ...]) -> tuple[Any, ...]:
    """Return the words the codes stand for."""
    return tuple(words[code] for code in codes.tolist())
