"""What stands in the columns of a metric's row on the page: texts and icons, cut to their room."""

from __future__ import annotations

from learnpipe.report import theme
from learnpipe.report.page.paint_matrix import Runs
from learnpipe.report.paint_fit import shorten
from learnpipe.report.pictures.icons import Icon, assurance_icon, variation_icon
from learnpipe.report.shapes import MetricRow

COLUMNS = (
    ("family", "", 68),
    ("metric", "Measure", 136),
    ("number", "This month", 78),
    ("number", "Last month", 80),
    ("spark", "12 months", 66),
    ("assurance", "Target", 84),
    ("variation", "Variation", 102),
    ("sentence", "Why it moved, and what we are doing next", 450),
)
FAMILY, METRIC, THIS, LAST, SPARK, TARGET, VARIATION, SENTENCE = range(len(COLUMNS))
STARTS = tuple(sum(width for _, _, width in COLUMNS[:at]) for at in range(len(COLUMNS)))
ICON, ICON_AIR = 20, 2  # pixels of an icon with the air beside it, and of that air on each side
PAD = 4.0  # points that Excel keeps free inside a cell, left and right together


def row_texts(row: MetricRow, sentence_lines: int) -> tuple[Runs, ...]:
    """What stands in each column; cut only where it would take more lines than a row may have."""
    texts: tuple[Runs, ...] = (
        (("", row.family),),
        (("", row.title),),
        _this_month(row),
        (("", f"{row.last_value} {row.last_note}".strip()),),
        (),
        _target(row),
        _variation(row),
        sentence(row),
    )
    return tuple(
        _shortened(runs, row_room(row, at), sentence_lines if at == SENTENCE else 3)
        for at, runs in enumerate(texts)
    )


def sentence(row: MetricRow) -> Runs:
    """What stands beside a metric, *Draft* and the reason for a blank first."""
    text = row.sentence.strip()
    reason = row.why_blank.strip().rstrip(".")
    if reason and reason.casefold() not in text.casefold():
        text = f"{reason[:1].upper()}{reason[1:]}. {text}".strip()
    if not row.drafted or not text:
        return (("", text),)
    text = text.removeprefix("Draft:").strip()
    return (("italic", "Draft: "), ("", text))


def _this_month(row: MetricRow) -> Runs:
    if not row.value:
        return (("", row.counts or "no value"),)
    return (("strong", row.value), *((("", f"\n{row.counts}"),) if row.counts else ()))


def _target(row: MetricRow) -> Runs:
    """The target, and under it whether the process will meet it."""
    return (("", "\n".join(part for part in (row.target, row.assurance) if part)),)


def _variation(row: MetricRow) -> Runs:
    return (("", row.variation_words),)


def row_icons(row: MetricRow) -> dict[int, tuple[Icon, str]]:
    """The icons of a row by column, each with its words."""
    found = {
        TARGET: (assurance_icon(row.assurance), f"Target: {row.assurance}"),
        VARIATION: (variation_icon(row.variation, row.variation_words), row.variation_words),
    }
    return {at: (icon, words) for at, (icon, words) in found.items() if icon}


def row_room(row: MetricRow, column: int) -> float:
    """The points that a row's text has in a column, beside the icon if there is one."""
    return points(COLUMNS[column][2] - (ICON if column in row_icons(row) else 0))


def row_bold(row: MetricRow, column: int) -> bool:
    """Whether a row's text in a column is set in bold."""
    if column == TARGET:
        return row.assurance not in theme.PLAIN
    return column == FAMILY or (column == VARIATION and row.variation not in theme.PLAIN)


def flat(runs: Runs) -> str:
    """The text of runs."""
    return "".join(text for _, text in runs)


def points(pixels: int) -> float:
    """The points that a cell of so many pixels has for its text."""
    return pixels * theme.POINTS_PER_PIXEL - PAD


def _shortened(runs: Runs, room: float, lines: int) -> Runs:
    text = flat(runs)
    cut = shorten(text, room, theme.BODY, lines)
    if cut == text:
        return runs
    if len(runs) > 1 and cut.startswith(runs[0][1]):
        return (runs[0], ("", cut.removeprefix(runs[0][1])))
    return (("", cut),)
