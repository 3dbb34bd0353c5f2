"""Reading TOML strictly: an unknown key is an error that names the nearest known one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from learnpipe.ground.findings import Finding, LearnpipeError, Place

_PLAIN_TEXT = r'"[^"\\\x00-\x08\x0a-\x1f\x7f]*"'
_TEXT = re.compile(r'"([^"]*)"')
_LIST = re.compile(
    rf"^([\w-]+[ \t]*=[ \t]*)\[\s*((?:{_PLAIN_TEXT}\s*,\s*)*(?:{_PLAIN_TEXT}\s*)?)\]", re.MULTILINE
)
_ASIDE, _MARK = "\\u0001", "\x01"


def load_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file; raises `LearnpipeError` where it cannot be read as TOML."""
    text = ""
    try:
        text = path.read_text(encoding="utf-8-sig")
        return _loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        from learnpipe.ground.toml_slips import slip

        raise toml_error(path.name, *slip(error, text)) from error


def _loads(text: str) -> dict[str, Any]:
    """`tomllib.loads`, with plain lists of texts read apart, which takes a quarter of the time."""
    if '"""' in text or "'''" in text:
        return tomllib.loads(text)
    lists: list[list[str]] = []

    def put_aside(found: re.Match[str]) -> str:
        lists.append(_TEXT.findall(found[2]))
        return f'{found[1]}"{_ASIDE}{len(lists) - 1}"'

    try:
        raw = tomllib.loads(_LIST.sub(put_aside, text))
    except tomllib.TOMLDecodeError:
        return tomllib.loads(text)  # so that the error names the file's own line
    tables: list[dict[str, Any]] = [raw]
    for table in tables:
        for key, value in table.items():
            if isinstance(value, dict):
                tables.append(value)
            elif isinstance(value, list):
                tables += [one for one in value if isinstance(one, dict)]
            elif isinstance(value, str) and value.startswith(_MARK):
                table[key] = lists[int(value[1:])]
    return raw


def toml_error(file: str, problem: str, fix: str) -> LearnpipeError:
    """The error for a settings or schema file."""
    return LearnpipeError(Finding("settings", "stop", Place(file), problem, fix))


def check_keys(file: str, where: str, given: Mapping[str, Any], known: Collection[str]) -> None:
    """Raise for the first key that is not known, naming the nearest one that is."""
    for key in given:
        if key not in known:
            near = get_close_matches(key, list(known), n=1, cutoff=0.5)
            fix = f'Did you mean "{near[0]}"?' if near else f"Known: {', '.join(sorted(known))}."
            raise toml_error(file, f'{where}: "{key}" is not known here.', fix)


def check_type(file: str, where: str, value: object, wanted: type | tuple[type, ...]) -> None:
    """Raise where a value is of another kind than wanted (a bool is no number)."""
    kinds = wanted if isinstance(wanted, tuple) else (wanted,)
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        named = kinds if float not in kinds else [kind for kind in kinds if kind is not int]
        names = " or ".join(_KIND_NAMES.get(kind, kind.__name__) for kind in named)
        raise toml_error(file, f"{where} should be {names}.", _how_to_write(value, kinds))


def _how_to_write(value: object, wanted: tuple[type, ...]) -> str:
    """What to type instead of a value of another kind."""
    text = isinstance(value, str)
    if text and list in wanted:
        return f'Write ["{value}"] instead of "{value}".'
    if text and {int, float, bool} & set(wanted):
        return f'Take the quotation marks away from "{value}".'
    if str in wanted and isinstance(value, int | float) and not isinstance(value, bool):
        return f'Write "{value}" instead of {value}.'
    return f"It is {value!r} now."


_KIND_NAMES: dict[type, str] = {
    str: "a text in quotation marks",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list in [ ]",
    dict: "a table",
}
