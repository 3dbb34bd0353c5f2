"""The rules of the house, read from its source: who imports whom, one door a library, one file a
metric, small files, one clock."""

from __future__ import annotations

import ast
import fnmatch
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent
HOUSE = TOP / "learnpipe"
ROOMS = {"read", "recognise", "validate", "assess", "measure", "report"}
MAY_IMPORT = {
    "ground": {"ground"},
    "spc": {"spc"},
    **{room: {"ground", room} for room in ROOMS},
    "measure": {"ground", "measure", "spc"},
    "report": {"ground", "report", "spc"},
    "context": {"ground"},
    "understand": {"context", "ground", "read", "recognise"},
    "understood": {"ground"},
    "explain": {"ground", "measure", "report", "explain_case", "explain_findings"},
    "explain_case": {"assess", "ground", "intake", "measure", "needed", "report"},
    "explain_findings": set(),
    "fresh": {"ground", "measure", "report"},
    "told": {"ground"},
    "progress": set(),
    "mistakes": set(),
    "lifetime": {"context", "read"},
    "intake": {"context", "ground", *ROOMS},
    "marking": {"ground", "read", "report"},
    "needed": {"ground", "intake"},
    "checking": {"assess", "ground", "intake", "marking", "needed"},
    "month_set": {"ground", "intake", "measure", "report"},
    "pipeline": {"ground", "intake", "marking", "month_set", "needed", *ROOMS},
    "terminal": {"told"},
    "usage": set(),
    "cli": {
        *("checking", "explain", "fresh", "ground", "lifetime", "mistakes", "pipeline"),
        *("progress", "terminal", "told", "understood", "usage"),
    },
    "__main__": {"cli"},
    "__init__": set(),
}
DOORS = {
    "python_calamine": ["read/*"],
    "defusedxml": ["read/*"],
    "rapidfuzz": ["recognise/*", "validate/service_questions.py", "validate/finding_names.py"],
    "pandera": ["validate/*"],
    "holidays": ["ground/calendar.py"],
    # The charts' process loads it while nobody waits; paint_canvas is the one that draws with it.
    "matplotlib": ["report/pictures/paint_canvas.py", "report/side_process.py"],
    "xlsxwriter": ["report/*/paint_*.py"],
    "openpyxl": ["report/marked/marked_*.py"],
    "typst": ["report/page/paint_pdf.py"],
    "click": ["cli.py", "terminal.py", "usage.py"],
    "docx": ["report/sharing/paint_note.py"],
    "rich": ["progress.py"],
}
HEAVY = {"pandas", "numpy", "matplotlib", "pandera", "python_calamine", "xlsxwriter", "openpyxl"}
LONGEST = 300
LONGER_FOR_A_REASON = {
    "tests/report/test_publish.py": "every way in which a disk, a crash or Windows can interfere",
    "tests/ground/test_schemas.py": "one check for each promise that the schema files make",
}
CLOCKS = {
    *(f"{kind}.{name}" for kind in ("date", "datetime") for name in ("today", "now", "utcnow")),
    *(f"time.{name}" for name in ("time", "time_ns", "localtime", "gmtime", "strftime", "ctime")),
}


def source_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (TOP / folder).rglob("*.py"))


def named(path: Path) -> str:
    return path.relative_to(TOP).as_posix()


def imports(path: Path) -> Iterator[str]:
    """The full names of all modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{named(path)} imports relatively"
            if node.module == "learnpipe":
                yield from (f"learnpipe.{alias.name}" for alias in node.names)
            else:
                yield node.module or ""


def own_imports(path: Path) -> set[str]:
    """The parts of the house that a file imports: rooms, or modules that stand above them."""
    parts = {name.split(".")[1] for name in imports(path) if name.startswith("learnpipe.")}
    return parts - {"__version__"}


@pytest.mark.parametrize("path", source_files("learnpipe"), ids=named)
def test_data_walks_one_way(path: Path) -> None:
    room = path.relative_to(HOUSE).parts[0].removesuffix(".py")
    assert own_imports(path) <= MAY_IMPORT[room]


@pytest.mark.parametrize("library", DOORS)
def test_each_heavy_library_has_one_door(library: str) -> None:
    users = {
        path.relative_to(HOUSE).as_posix()
        for path in source_files("learnpipe")
        if library in {name.split(".")[0] for name in imports(path)}
    }
    beside = {
        user for user in users if not any(fnmatch.fnmatch(user, door) for door in DOORS[library])
    }
    assert beside == set()
    assert users, f"nothing imports {library}: is it still needed?"


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"], ["--version"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    code = (
        "import json, sys\n"
        "from learnpipe.cli import main\n"
        f"main({words!r}, standalone_mode=False)\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=TOP, capture_output=True, encoding="utf-8", check=True
    )
    loaded = {name.split(".")[0] for name in json.loads(said.stdout.splitlines()[-1])}
    assert loaded & HEAVY == set()


@pytest.mark.parametrize(
    "key", [path.stem for path in source_files("learnpipe/measure/metrics") if path.stem[0] != "_"]
)
def test_each_metric_has_a_test_file_of_its_own(key: str) -> None:
    assert (TOP / "tests" / "measure" / "metrics" / f"test_{key}.py").is_file()


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    folders = ("learnpipe", "sample_builder", "benchmarks", "tests")
    lengths = {named(path): len(path.read_bytes().splitlines()) for path in source_files(*folders)}
    too_long = {name: lines for name, lines in lengths.items() if lines > LONGEST}
    assert {name: n for name, n in too_long.items() if name not in LONGER_FOR_A_REASON} == {}
    assert set(LONGER_FOR_A_REASON) <= set(too_long), "a reason that nothing needs any more"


def test_the_clock_is_read_in_cli_alone() -> None:
    readers = {
        f"{named(path)}: {called}"
        for path in source_files("learnpipe")
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Call)
        and (called := ast.unparse(node.func).removeprefix("dt.")) in CLOCKS
    }
    assert readers == {"learnpipe/cli.py: date.today"}


@pytest.mark.parametrize("path", source_files("learnpipe"), ids=named)
def test_every_public_thing_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_bytes())
    silent = [] if ast.get_docstring(tree) else ["the module"]
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for parent in ast.walk(tree):
        if not isinstance(parent, (ast.Module, ast.ClassDef)):
            continue
        for node in parent.body:
            if isinstance(node, kinds) and node.name[0] != "_" and not ast.get_docstring(node):
                silent.append(node.name)
    assert silent == []
