"""Plain lists of texts are read apart, and come out as TOML says."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from learnpipe.ground.findings import LearnpipeError
from learnpipe.ground.schemas import built_in_folder
from learnpipe.ground.toml import load_toml

SCHEMAS = sorted(built_in_folder().rglob("*.toml"))


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.stem)
def test_the_schemas_read_as_toml_says(path: Path) -> None:
    assert load_toml(path) == tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        'a = ["x", "y",]\nb = []\n[c]\nd = ["]", "#"] # why\n[[e]]\nf = ["1"]',
        'a = [\n  "x", # why\n  "y"\n]',
        'a = ["x\\n", "\\u0041"]',
        'a = [["x"], ["y"]]\nb = [1, 2]',
        'a = """\nb = ["x"]\n"""',
        "a = ['x']",
        'a = "[1]"\nb-c = ["x"]',
    ],
)
def test_lists_of_any_form(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.toml"
    path.write_text(text, encoding="utf-8")
    assert load_toml(path) == tomllib.loads(text)


@pytest.mark.parametrize("text", ['a = ["x",,]', 'a = ["x" "y"]', 'a = ["x"]\na = ["y"]'])
def test_an_error_names_the_line_of_the_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.toml"
    path.write_text(f'k = [\n  "x",\n]\n{text}\n', encoding="utf-8")
    with pytest.raises(LearnpipeError, match=r"line [45]"):
        load_toml(path)
