"""What went wrong in a settings file that is no TOML, in the words of a person who typed it."""

from __future__ import annotations

import re
import tomllib

_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_KEY = re.compile(r"""^([^"'=\[#]*[^"'=\[#\w.-][^"'=\[#]*)=""")
_HEADING = re.compile(r"^\s*\[+([^\]]*)\]*\s*$")
_DATE = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)\b")
_BOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
_LONGEST = 60


def slip(error: Exception, text: str) -> tuple[str, str]:
    """The problem and the fix for a file that cannot be read; ``text``: what it holds, if known.

    >>> slip(tomllib.TOMLDecodeError("Illegal character (at line 1, column 9)"), 'name = "Oak')
    ('This in line 1 cannot be read:\\nname = "Oak\\n', 'A quotation mark is missing.')
    """
    if isinstance(error, UnicodeDecodeError):
        if error.object.startswith(_BOOKS):
            return "This is a workbook, not a settings file.", "Name the learnpipe.toml."
        fix = "Open it in Notepad, choose File > Save As, Encoding: UTF-8, and save it."
        return "The file is not saved as UTF-8.", fix
    if not isinstance(error, tomllib.TOMLDecodeError):
        return f"The file cannot be read ({error}).", "Check that you may open it."
    found, lines = _LINE.search(str(error)), text.splitlines()
    number = int(found[1]) if found else len(lines)
    line = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    shown = line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
    above = next((one for one in reversed(lines[: max(number - 1, 0)]) if one.strip()), "")
    if above.count("[") > above.count("]") and not above.lstrip().startswith("#"):
        fix = "The list above it has no ] at its end."
    else:
        fix = _fix(line, str(error))
    return f"This in line {number} cannot be read:\n{shown or error}\n", fix


def _fix(line: str, error: str) -> str:
    """What to do about a line; the likeliest slip of the pen."""
    if "twice" in error or "overwrite" in error:  # two pasted answers about one file
        return (
            "It stands there already, and may stand only once: delete the second, and put the "
            "lines below it under the first."
        )
    if any(mark in line for mark in "“”„‘’"):
        return 'Curly quotation marks come from Word: type straight ones, ".'
    if "Unescaped" in error:
        return "A backslash has a meaning of its own: type it twice."
    if line.replace('\\"', "").count('"') % 2:
        return "A quotation mark is missing."
    if heading := _HEADING.match(line):
        return _heading_fix(line, heading[1])
    if (key := _KEY.match(line)) and (name := key[1].strip()) != key[1].split()[0]:
        return f'A name with a blank or a sign in it stands in quotation marks: "{name}" = …'
    if date := _DATE.search(line):
        day, month, year = date.groups()
        return f"Write the date as year, month, day: {year}-{month:0>2}-{day:0>2}."
    if "=" not in line:
        return 'A setting is a name, "=" and a value; a remark begins with "#".'
    value = line.partition("=")[2].strip()
    if value.count("[") != value.count("]"):
        return "A bracket is missing: a list begins with [ and ends with ]."
    if "[" in value and '"' in value:
        return 'In a list, a comma stands between the texts: ["one", "two"].'
    if not value:
        return "The value is missing."
    own = value.replace('"', "")
    return f'A text stands in one pair of quotation marks: "{own}".'


def _heading_fix(line: str, name: str) -> str:
    if line.count("[") != line.count("]"):
        return "A bracket is missing: a heading begins with [ and ends with ]."
    first, dot, rest = name.partition(".")
    if dot and '"' not in rest:
        return f'A name with a blank or a sign in it stands in quotation marks: [{first}."{rest}"]'
    return 'A heading is a name in brackets, such as [sharing] or [services."Alder House"].'
