"""The same files give the same bytes: on another machine or day, with other cores."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.commands import SAMPLE, learnpipe

FAR_APART = {
    "east": {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
    "west": {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"},
}


def everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """What two runs wrote, under circumstances as unlike as they can be made."""
    written = {}
    for number, (name, environment) in enumerate(FAR_APART.items(), start=1):
        here = tmp_path_factory.mktemp(name)
        logs = shutil.copytree(SAMPLE, here / "logs")
        for at, path in enumerate(sorted(logs.rglob("*"), reverse=number == 2)):
            os.utime(path, (86_400 * 365 * 20 * number + at,) * 2)
        words = ("run", "logs", "--month", "2026-10", "--workers", str(number))
        done = learnpipe(*words, cwd=here, **environment)
        assert done.returncode == 0, done.stderr
        written[name] = everything(here / "output" / "2026-10")
    return written


def test_the_same_files_are_written(sets: dict[str, dict[str, bytes]]) -> None:
    assert sorted(sets["east"]) == sorted(sets["west"])
    assert {"run.json", "governance-2026-10.xlsx", "data/measures.csv"} <= set(sets["east"])


def test_every_file_has_the_same_bytes(sets: dict[str, dict[str, bytes]]) -> None:
    east, west = sets["east"], sets["west"]
    assert [name for name in east if east[name] != west.get(name)] == []
