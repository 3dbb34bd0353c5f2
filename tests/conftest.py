"""What all tests share: the same examples everywhere, and the sample provider run once.

`pytest --refresh-golden` writes the texts in tests/golden anew instead of comparing them. Read the
difference before it is committed: it is what a board would read differently.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.commands import SAMPLE, learnpipe

if TYPE_CHECKING:
    from learnpipe.pipeline import Understood
    from learnpipe.report.facts import Facts

settings.register_profile(
    "repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")


@dataclass(frozen=True)
class SampleRun:
    """What `learnpipe run` said about the sample, and the folder that it wrote."""

    said: subprocess.CompletedProcess[str]
    output: Path

    @property
    def folder(self) -> Path:
        """The month's set."""
        return self.output / "2026-10"


@dataclass(frozen=True)
class SampleFacts:
    """The sample as the rooms hand it on: understood, and measured as at October's end."""

    understood: Understood
    facts: Facts


def pytest_addoption(parser: pytest.Parser) -> None:
    """The one flag that refreshes golden texts."""
    parser.addoption(
        "--refresh-golden", action="store_true", help="write the texts in tests/golden anew"
    )


@pytest.fixture(scope="session")
def refresh_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden texts are to be written anew."""
    return bool(request.config.getoption("--refresh-golden"))


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> SampleRun:
    """One real run on the sample provider's folder."""
    output = tmp_path_factory.mktemp("sample") / "output"
    return SampleRun(learnpipe("run", SAMPLE, "--month", "2026-10", "--output", output), output)


@pytest.fixture(scope="session")
def sample_facts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleFacts]:
    """The sample judged and measured in this process."""
    from learnpipe import pipeline
    from learnpipe.assess import judge
    from learnpipe.ground.calendar import parse_month

    nowhere = tmp_path_factory.mktemp("nowhere")
    understood = pipeline.understand(SAMPLE, nowhere)
    judged = judge(
        understood.evidence, understood.schemas, understood.nations, parse_month("2026-10")
    )
    yield SampleFacts(understood, pipeline.page_facts(understood, judged, nowhere))
