"""The assess room: verdicts on single rows and cases. It judges; `measure` counts."""

from learnpipe.assess.judge import judge

__all__ = ["judge"]
