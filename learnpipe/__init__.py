"""learnpipe turns the spreadsheets a social-care provider keeps into proof that it learns.

The rooms are described in the README under "The house"; the control-chart mathematics can be
used alone: ``from learnpipe import spc``.
"""

__version__ = "0.1.0"
