"""Finished charts of many series at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from learnpipe.spc.faces import Chart, runs_of
from learnpipe.spc.rules import Lines
from learnpipe.spc.words import (
    ASSURANCES,
    BETTER,
    MEANINGS,
    SIGNALS,
    VARIATIONS,
    Bits,
    Codes,
    Floats,
    spell,
)


@dataclass(frozen=True, eq=False)
class Batch:
    """XmR charts of many series: the fields of `Chart` with one row a series.

    value, centre, lower, upper, near_lower, near_upper: series by points, to be read only (a
    line of one phase is a broadcast view). lines: the same, series by phases where a line is the
    same at all points of a phase. fired: one byte a point, bit c - 1 set where rule
    SIGNALS[c] fires. signal, meaning: int8, series by points, indices into SIGNALS, MEANINGS.
    variation, assurance: int8, one a series, indices into VARIATIONS, ASSURANCES. better:
    index into BETTER, one a series. target: one a series, NaN for none. phase: one a point.
    """

    kind: str
    value: Floats
    lines: Lines
    fired: Bits
    signal: Codes
    meaning: Codes
    variation: Codes
    assurance: Codes
    phase: npt.NDArray[np.intp]
    better: npt.NDArray[np.intp]
    target: Floats
    by_point: bool = False

    @cached_property
    def centre(self) -> Floats:
        """The centre line."""
        return self._wide(self.lines.centre)

    @cached_property
    def lower(self) -> Floats:
        """The lower limits."""
        return self._wide(self.lines.lower)

    @cached_property
    def upper(self) -> Floats:
        """The upper limits."""
        return self._wide(self.lines.upper)

    @cached_property
    def near_lower(self) -> Floats:
        """The lines two thirds of the way to the lower limits."""
        return self._wide(self.lines.near_lower)

    @cached_property
    def near_upper(self) -> Floats:
        """The lines two thirds of the way to the upper limits."""
        return self._wide(self.lines.near_upper)

    def _wide(self, line: Floats) -> Floats:
        """Return a line series by points."""
        if line.shape[1] == 1:
            return np.broadcast_to(line, self.value.shape)
        return line if self.by_point else np.take(line, self.phase, axis=1)

    def __len__(self) -> int:
        """Return the number of series."""
        return len(self.value)

    def chart(self, i: int) -> Chart:
        """Return the chart of series i; raises IndexError if there is none."""
        value, centre, upper = self.value[i].copy(), self.centre[i].copy(), self.upper[i].copy()
        last = self.phase == self.phase[-1] if len(self.phase) else slice(0)
        target = float(self.target[i])
        return Chart(
            kind=self.kind,
            value=value,
            centre=centre,
            lower=self.lower[i].copy(),
            upper=upper,
            near_lower=self.near_lower[i].copy(),
            near_upper=self.near_upper[i].copy(),
            signal=spell(self.signal[i], SIGNALS),
            meaning=spell(self.meaning[i], MEANINGS),
            variation=VARIATIONS[self.variation[i]],
            assurance=ASSURANCES[self.assurance[i]],
            runs=runs_of(value[last], centre[last], upper[last]),
            phase=self.phase.copy(),
            better=BETTER[self.better[i]],
            target=None if np.isnan(target) else target,
        )
