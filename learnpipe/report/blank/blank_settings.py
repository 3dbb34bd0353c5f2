"""A settings file for those who start: every setting there is, explained and switched off."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from learnpipe.ground.asking import toml_text
from learnpipe.ground.schemas import Schemas, Standard, Words
from learnpipe.ground.settings import BY_LETTER, BY_NAME, DATE_ORDERS, PALETTES, Sharing
from learnpipe.ground.terms import list_words
from learnpipe.report.page.page import DEFAULT_ROWS, MOST_ROWS

_WIDTH = 96
_HEAD = """\
The settings of learnpipe. Everything works without them.

Lines that begin with "#" and a letter, a bracket or a quotation mark are settings that are switched
off: to use one, take its "#" away and put your own words in. A setting below a line in [brackets]
needs that line too. Text stands in "double quotes". Lines that learnpipe tells you to paste go to
the end of this file. Save, and run learnpipe again; a mistake in this file is named."""

_WORDS_OF_NAMES = {"register": "names of sheets and files"}


def blank_settings(schemas: Schemas, metrics: Mapping[str, str], provider: str = "") -> str:
    """The text of a settings file with every section shown; all but the provider's name is off.

    ``metrics``: the titles of all metrics by key. A setting that is switched off is a line whose
    "#" no blank follows; words of explanation have a blank there.
    """
    sections = (
        _provider(provider),
        _said("The day of the next meeting: the chase list lists what falls due before it.")
        + _off("next_meeting = 2026-11-18"),
        _page(metrics),
        _palette(),
        _services(),
        _columns(),
        _dates(),
        _rebase(),
        _sharing(),
        _words(schemas),
        _standards(schemas),
    )
    return "\n\n".join((_said(_HEAD).rstrip(), *(section.rstrip() for section in sections))) + "\n"


def _said(text: str) -> str:
    lines = []
    for part in text.split("\n\n"):
        lines += [f"# {line}" for line in textwrap.wrap(part, _WIDTH, break_on_hyphens=False)]
        lines.append("#")
    return "\n".join(lines[:-1]) + "\n"


def _off(text: str) -> str:
    return "\n".join(f"#{line}" for line in text.splitlines()) + "\n"


def _provider(name: str) -> str:
    line = f"provider = {toml_text(name or 'Hazelbrook Care')}\n"
    return _said("Your organisation's name, as it stands on the page.") + (
        line if name else _off(line)
    )


def _page(metrics: Mapping[str, str]) -> str:
    rest = [key for key in metrics if key not in DEFAULT_ROWS]
    rows = [f"{toml_text(key)},  # {metrics[key]}" for key in DEFAULT_ROWS if key in metrics]
    also = f" Not among them now: {', '.join(rest)}." if rest else ""
    return _said(
        f"The measures on the one page, at most {MOST_ROWS}. These stand there by default.{also} "
        "What each counts: learnpipe explain."
    ) + _off("\n".join(["page = [", *rows, "]"]))


def _palette() -> str:
    words = list_words([toml_text(name) for name in PALETTES], "or")
    return _said(
        f"The colours of the page and the charts: {words}. Nothing is told by colour alone."
    ) + _off(f"palette = {toml_text(PALETTES[-1])}")


def _services() -> str:
    return _said(
        "One block for each service that goes by several names. Its nation decides the bank "
        "holidays and which rules are judged: England, Wales, Scotland or Northern Ireland."
    ) + _off('[services."Alder House"]\nalso_known_as = ["Alder Hse", "AH"]\nnation = "England"')


def _columns() -> str:
    return _said(
        'What a column of your own logs means: "header as you typed it" = "field". The file may be '
        'a pattern, "Incident Log*.xlsx" for all months; "march.xlsx#Falls" is one sheet of it. An '
        'empty "" leaves a column alone. What was understood: learnpipe columns FILE.'
    ) + _off(
        '[columns."Incident Log*.xlsx"]\n"Manager sign off" = "signed_off_by"\n"Old number" = ""'
    )


def _dates() -> str:
    orders = list_words([f'"{order}"' for order in DATE_ORDERS], "or")
    return _said(
        f"How the dates of a column are to be read, where a finding asks: {orders}. Files are "
        "named as above."
    ) + _off('[dates."Incident Log*.xlsx"]\n"Date of incident" = "swapped"')


def _rebase() -> str:
    return _said(
        "Where the limits of a chart begin anew: the metric, the service (or All), the first month "
        "of the new limits, and what was changed then. The reason is printed under the chart. One "
        "block for each; only for a change that was made, never because the limits look wrong."
    ) + _off(
        '[[rebase]]\nmetric = "incidents"\nservice = "All"\nmonth = "2026-03"\n'
        'reason = "New falls pathway"'
    )


def _sharing() -> str:
    usual = Sharing()
    return _said(
        f"What may leave the building: counts from 1 to the threshold - 1 are hidden (usually "
        f"{usual.threshold}, so 1 to {usual.threshold - 1}); services by {toml_text(BY_NAME)} or "
        f"by {toml_text(BY_LETTER)}; and the words that you have looked at and found to be no name "
        "(sheet Before you share)."
    ) + _off(
        f"[sharing]\nthreshold = {usual.threshold + 2}\nservices = {toml_text(BY_LETTER)}\n"
        'cleared = ["Waterlow", "Zimmer"]'
    )


def _words(schemas: Schemas) -> str:
    parts = [
        _said("Words of your own for the answers that learnpipe knows: our word = your words.")
    ]
    used = {
        words: sorted({field.title.lower() for schema in schemas.logs.values()
                       for field in schema.fields.values() if field.words == words})
        for words in schemas.words
    }  # fmt: skip
    for name, words in schemas.words.items():
        about = used[name] or [_WORDS_OF_NAMES.get(name, "all columns")]
        lines = [f"[words.{name}]", *(_word(one, words) for one in words.order)]
        parts.append(_said(f"{words.title[0].upper()}{words.title[1:]} (for: {', '.join(about)})"))
        parts.append(_off("\n".join(lines)))
    return "".join(parts)


def _word(ours: str, words: Words) -> str:
    known = [word for word in words.words.get(ours, ()) if word.casefold() != ours.casefold()]
    quoted = ours if ours.replace("_", "").isalnum() and ours.isascii() else toml_text(ours)
    return f"{quoted} = []" + (f"  # knows: {', '.join(known[:3])}, …" if known else "")


def _standards(schemas: Schemas) -> str:
    parts = [_said("Clocks, windows and targets. The page prints which of them are your own.")]
    parts.append(_off("[standards]"))
    parts += [_standard(one) for one in schemas.standards.values()]
    return "".join(parts)


def _standard(one: Standard) -> str:
    value = toml_text(one.value) if isinstance(one.value, str) else f"{one.value}"
    return _said(f"{one.means} Source: {one.source}.") + _off(f"{one.name} = {value}")
