"""Control charts on plain arrays.

In a notebook:

    from learnpipe import spc

    chart = spc.xmr(y, better="lower", target=5)      # a process behaviour chart of one series
    chart.centre, chart.lower, chart.upper            # arrays, one value a point
    chart.signal[-1], chart.variation, chart.assurance

    chart = spc.chart("pp", late, n=due, better="lower")   # run, i, p, pp, u, up, c, g, t
    chart.runs.signal                                 # the Anhøj rules

    batch = spc.xmr_many(table)                       # series by points, all at once
    batch.variation                                   # indices into spc.VARIATIONS
    batch.chart(17)                                   # one of them as a chart

Points come in order of time; NaN is a month without data, which is not a zero. Wrong input
raises ValueError saying which argument and why.
"""

from learnpipe.spc.control import KINDS, chart
from learnpipe.spc.faces import Chart
from learnpipe.spc.individuals import Batch, xmr, xmr_many
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
    "xmr",
    "xmr_many",
]
