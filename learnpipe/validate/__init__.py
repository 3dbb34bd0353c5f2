"""The validate room: fields → checked fields, each failure a finding with its cell."""

from learnpipe.validate.checks import warm_up
from learnpipe.validate.evidence import gather
from learnpipe.validate.people import People

__all__ = ["People", "gather", "warm_up"]
