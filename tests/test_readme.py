"""The README tells the truth: its settings are settings, its commands commands, its files ours."""

from __future__ import annotations

import re
from pathlib import Path

from learnpipe.cli import main
from learnpipe.ground.schemas import load_schemas
from learnpipe.ground.settings import load_settings
from tests.conftest import SampleRun

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(kind: str) -> str:
    """The README's first fenced block of a kind."""
    (text,) = re.findall(rf"^```{kind}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)[:1]
    return str(text)


def test_its_settings_are_taken_as_they_stand(tmp_path: Path) -> None:
    (tmp_path / "learnpipe.toml").write_text(block("toml"), encoding="utf-8")
    settings = load_settings(tmp_path / "learnpipe.toml", load_schemas())
    assert settings.provider == "Hazelbrook Care"
    assert [one.reason for one in settings.rebase] == ["Duty senior on each shift"]
    assert settings.sharing.cleared == ("Waterlow",)
    assert settings.dates_for("Old export.csv", None) == {"Date of incident": "month first"}


def test_its_commands_are_ours() -> None:
    told = set(re.findall(r"`learnpipe (\w+)", README)) - {"COMMAND"}
    assert told == set(main.commands)


def test_its_table_of_outputs_is_what_the_sample_run_wrote(sample_run: SampleRun) -> None:
    table = README.partition("## What comes out")[2].partition("\n\nBeside")[0]
    rows = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    told = {name.partition("/")[0] for row in rows for name in re.findall(r"`([^`]+)`", row)}
    told = told - {".txt"} | {"what-changed-2026-10.txt"}
    assert told == {one.name for one in sample_run.folder.iterdir()}
