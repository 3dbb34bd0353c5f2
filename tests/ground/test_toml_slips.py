"""A slip in the settings file is answered with its line and what to type instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from learnpipe.ground.findings import LearnpipeError
from learnpipe.ground.schemas import load_schemas
from learnpipe.ground.settings import load_settings
from learnpipe.ground.toml import load_toml

QUOTES = "stands in quotation marks"
SLIPS = {
    'provider = "Oak Care': (1, "A quotation mark is missing."),
    "provider = Oak Care": (1, 'A text stands in one pair of quotation marks: "Oak Care".'),
    "provider = “Oak Care”": (1, "Curly quotation marks come from Word"),
    "provider =": (1, "The value is missing."),
    'provider = "C:\\my logs"': (1, "A backslash has a meaning of its own: type it twice."),
    "next_meeting = 8/11/2026": (1, "Write the date as year, month, day: 2026-11-08."),
    "[services.Alder House]": (1, f'{QUOTES}: [services."Alder House"]'),
    "[sharing\nthreshold = 7": (1, "A bracket is missing: a heading"),
    '[columns."a.xlsx"]\nManager sign off = "ref"': (2, f'{QUOTES}: "Manager sign off" = …'),
    '[words.severity]\nlow = ["poor" "lower"]': (2, 'a comma stands between the texts: ["one"'),
    '[words.severity]\nlow = ["poor"\n[standards]': (3, "The list above it has no ]"),
    "please use our name": (1, 'A setting is a name, "=" and a value'),
    '[services."Oak"]\n[services."Oak"]': (2, "delete the second"),
}


@pytest.mark.parametrize(("text", "said"), SLIPS.items(), ids=SLIPS)
def test_the_line_and_what_to_type(text: str, said: tuple[int, str], tmp_path: Path) -> None:
    number, fix = said
    (tmp_path / "learnpipe.toml").write_text(f"{text}\n", encoding="utf-8")
    with pytest.raises(LearnpipeError) as error:
        load_toml(tmp_path / "learnpipe.toml")
    (found,) = error.value.findings
    line = text.splitlines()[number - 1]
    assert found.problem == f"This in line {number} cannot be read:\n{line}\n"
    assert fix in found.fix


@pytest.mark.parametrize(
    ("text", "problem", "fix"),
    [
        ("provider = 5", "provider should be a text", 'Write "5" instead of 5.'),
        ('[words.severity]\nlow = "poor"', "a list in [ ]", 'Write ["poor"] instead of "poor".'),
        ('[standards]\ntriage_hours = "48"', "should be a number", 'marks away from "48".'),
    ],
)
def test_a_value_of_another_kind(text: str, problem: str, fix: str, tmp_path: Path) -> None:
    (tmp_path / "learnpipe.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LearnpipeError) as error:
        load_settings(tmp_path / "learnpipe.toml", load_schemas())
    (found,) = error.value.findings
    assert problem in found.problem and fix in found.fix


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('provider = "Café"'.encode("cp1252"), "The file is not saved as UTF-8."),
        (b"PK\x03\x04\xff\xfe", "This is a workbook, not a settings file."),
    ],
)
def test_what_is_no_plain_text(content: bytes, problem: str, tmp_path: Path) -> None:
    (tmp_path / "learnpipe.toml").write_bytes(content)
    with pytest.raises(LearnpipeError) as error:
        load_toml(tmp_path / "learnpipe.toml")
    assert error.value.findings[0].problem == problem
