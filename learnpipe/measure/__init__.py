"""The measure room: judged rows → tallies → measurements. It counts; it judges nothing."""

from learnpipe.measure.catalogue import load_metrics
from learnpipe.measure.summary import measure
from learnpipe.measure.table import measures_table

__all__ = ["load_metrics", "measure", "measures_table"]
