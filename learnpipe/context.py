"""What the processes that read files are told: the work they do, and what they go by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learnpipe.ground.schemas import Schemas
    from learnpipe.ground.settings import Settings

WORK = "learnpipe.understand:understand_file"
"""The work of a child, by name: this process never imports what parses strangers' bytes."""


@dataclass(frozen=True)
class Context:
    """What a child is told once, when it starts."""

    schemas: Schemas
    settings: Settings
