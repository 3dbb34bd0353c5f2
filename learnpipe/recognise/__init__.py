"""The recognise room: which sheet is which log, which column which field, what a cell means.

It works on plain lists and numpy arrays and does without pandas, so that it can run in the child
process that read the file, whose start must be quick.
"""

from learnpipe.recognise.knowledge import Knowledge
from learnpipe.recognise.sheet import recognise

__all__ = ["Knowledge", "recognise"]
