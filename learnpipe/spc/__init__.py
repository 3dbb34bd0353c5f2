"""Control charts on plain arrays: signal told from noise.

In a notebook:

    >>> from learnpipe import spc
    >>> late = [4, 6, 5, 7, 3, 5, 6, 4, 5, 6, 4, 5, 5, 6, 12]
    >>> chart = spc.xmr(late, better="lower", target=5)  # a process behaviour chart
    >>> float(chart.centre[0].round(2)), float(chart.upper[0].round(2))  # one value a point
    (5.53, 10.47)
    >>> chart.signal[-1], chart.variation, chart.assurance
    ('outside_high', 'concern', 'hit and miss')

`xmr` is the chart of Making Data Count (profile="mdc") or of NHSRplotthedots (profile="nhsr").
Other charts go by their kind; shares and rates take counts and what they are counts of:

    >>> due = [40, 52, 44, 61, 38, 45, 50, 41, 47, 55, 43, 48, 46, 51, 49]
    >>> chart = spc.chart("pp", late, n=due)  # run, i, p, pp, u, up, c, g, t
    >>> chart.variation, chart.runs.longest  # the last point's meaning; the longest run (Anhøj)
    ('concern', 6)

Where a process was changed, limits begin anew: `rebase=(8,)` starts a phase at the ninth point.
`baseline=12` takes the limits of each phase from its first twelve points. To draw a chart:

    axes.plot(chart.value, marker="o"); axes.plot(chart.centre); axes.plot(chart.upper)

Ten thousand series are charted at once, one a row, as indices into the words of `VARIATIONS`,
`ASSURANCES`, `SIGNALS` and `MEANINGS`:

    >>> batch = spc.xmr_many([late, late[::-1]], better="lower")
    >>> [spc.VARIATIONS[code] for code in batch.variation]
    ['concern', 'common']
    >>> batch.chart(1).variation  # one of them as a chart
    'common'

`chart_many` does the same for the other kinds. Points come in order of time; NaN is a month without
data, which is not a zero. Wrong input raises ValueError saying which argument and why.
"""

from learnpipe.spc.batches import Batch
from learnpipe.spc.control import KINDS, chart, chart_many
from learnpipe.spc.faces import Chart
from learnpipe.spc.individuals import xmr, xmr_many
from learnpipe.spc.profiles import PROFILES, Profile
from learnpipe.spc.runs import Runs, anhoej
from learnpipe.spc.words import ASSURANCES, BETTER, MEANINGS, SIGNALS, VARIATIONS

__all__ = [
    "ASSURANCES",
    "BETTER",
    "KINDS",
    "MEANINGS",
    "PROFILES",
    "SIGNALS",
    "VARIATIONS",
    "Batch",
    "Chart",
    "Profile",
    "Runs",
    "anhoej",
    "chart",
    "chart_many",
    "xmr",
    "xmr_many",
]
