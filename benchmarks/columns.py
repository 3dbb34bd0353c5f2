"""The mapping decision alone: which field 10,000 columns are, as headers and cells come in.

python benchmarks/columns.py
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time

from learnpipe.ground.schemas import Schemas, load_schemas
from learnpipe.ground.tables import Cell, Grid
from learnpipe.recognise import Knowledge
from learnpipe.recognise.decide import decide
from learnpipe.recognise.header_rows import header_rows
from learnpipe.recognise.header_words import normal

WORDS = ("Falls", "Skin tear", "Medicines", "Moderate", "Low", "Open", "Closed", "Yes", "No")
NOISE = ("Zebra", "Room temp", "Column 7", "Bay", "Old system id", "Photo taken", "Extra notes 2")
RECORDS = 12


def slip(random_: random.Random, header: str) -> str:
    """A header with a slip of the pen: two letters changed about, or one left out."""
    at = random_.randrange(1, max(2, len(header) - 1))
    if random_.random() < 0.5:
        return header[:at] + header[at + 1 :]
    return header[: at - 1] + header[at : at + 1] + header[at - 1 : at] + header[at + 1 :]


def spelt(random_: random.Random, header: str) -> str:
    """A header as one provider or another would type it."""
    ways = (
        str.title, str.upper, str.capitalize, lambda text: f"{text.capitalize()}:",
        lambda text: f"{random_.randrange(1, 30)}. {text.capitalize()}",
        lambda text: f"{text.title()} (please complete)", lambda text: text.replace(" ", "_"),
        lambda text: slip(random_, text).capitalize(), lambda text: slip(random_, text).upper(),
    )  # fmt: skip
    return random_.choice(ways)(header)


def cell(random_: random.Random, kind: str) -> Cell:
    """A cell as the kind of field would have it, now and then empty."""
    if random_.random() < 0.15:
        return None
    if kind in ("date", "datetime", "month"):
        return f"{random_.randrange(1, 29)}/{random_.randrange(1, 13)}/2026"
    if kind == "number":
        return random_.randrange(1, 90)
    if kind == "ref":
        return f"INC-{random_.randrange(10_000)}"
    if kind in ("choice", "yes_no"):
        return random_.choice(WORDS)
    return f"He was helped to a chair, number {random_.randrange(100_000)}"


def sheets(schemas: Schemas, columns: int, width: int) -> list[Grid]:
    """Sheets with so many columns in all, of every log, each spelt in its own way."""
    random_ = random.Random(2026)
    out = []
    for number in range(columns // width):
        log = random_.choice(("incidents", "incidents", "actions", "actions", "feedback"))
        fields = list(schemas.logs[log].fields.values())
        chosen = random_.sample(fields, min(width - 3, len(fields)))
        heads = [
            spelt(random_, random_.choice((*one.headers, *one.maybe, one.title))) for one in chosen
        ]
        kinds = [one.kind for one in chosen]
        while len(heads) < width:
            heads.append(random_.choice(NOISE))
            kinds.append("text")
        rows: list[list[Cell]] = [[cell(random_, kind) for kind in kinds] for _ in range(RECORDS)]
        out.append(Grid(f"{number}.xlsx", "Log", [list(heads), *rows]))
    return out


def mapped_columns(grid: Grid, know: Knowledge) -> int:
    """How many columns of a sheet the decision maps: its header, its log, each column's field."""
    decision = decide(know, grid, header_rows(know, grid, {}), {}, {})
    return sum(one.field is not None for one in decision.columns()) if decision else 0


def main() -> int:
    """Time the decision for all sheets, again and again, with nothing remembered in between."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--columns", type=int, default=10_000)
    parser.add_argument("--width", type=int, default=25)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    schemas = load_schemas()
    grids = sheets(schemas, asked.columns, asked.width)
    times, mapped = [], 0
    for _ in range(asked.runs):
        know = Knowledge.of(schemas)
        normal.cache_clear()
        start = time.process_time()
        mapped = sum(mapped_columns(grid, know) for grid in grids)
        times.append(time.process_time() - start)
    columns = sum(len(grid.cells[0]) for grid in grids)
    print(f"{columns:,} columns on {len(grids)} sheets, {mapped:,} mapped")
    print(f"CPU: median {statistics.median(times):.2f} s, least {min(times):.2f} s (target: 1 s)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
