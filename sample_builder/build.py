"""Build the sample provider's folder: `python sample_builder/build.py` rewrites `sample_data`.

The same files come out on every machine and every day: nothing is read but the seed.
`truth()` says what really happened and is written down somewhere, `mess()` where it is written
badly; both are for tests. `builder/stories` holds the truth, `builder/handwriting` the logs.
"""

from __future__ import annotations

import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
if str(HERE) not in sys.path:
    sys.path.insert(0, str(HERE))

from builder.handwriting import alder, birch, cairn, known_fields, shared  # noqa: E402
from builder.handwriting.slips import Mess, Notebook  # noqa: E402
from builder.stories.everything import known, unfolding  # noqa: E402


def build(folder: Path) -> Notebook:
    """Write every file into `folder` and return what was noted while writing."""
    notebook = Notebook()
    alder.write(folder, notebook, unfolding())
    alder.write_around(folder, notebook)
    birch.write(folder, notebook, known())
    cairn.write(folder, notebook, known())
    shared.write(folder, notebook, known())
    return notebook


@cache
def _notes() -> Notebook:
    with tempfile.TemporaryDirectory() as folder:
        return build(Path(folder))


def truth() -> dict[str, list[dict[str, Any]]]:
    """The final state of every real case, by log, with the fields that its service writes down.

    Days are `date`, moments `datetime`; yes and no are `True` and `False`; a field that the log
    leaves empty is `None`, one that it has no column for is missing. Keys that start with an
    underscore are the builder's own: `_id`, and `_rows`, the rows (file, sheet, Excel row)
    where the case stands, the oldest first. Where a cell hides the truth, `mess()` says so.
    """
    rows = _notes().rows
    return {
        log: [
            known_fields.written_down(log, record) | {"_rows": rows[log, record["_id"]]}
            for record in records
        ]
        for log, records in known().items()
    }


def mess() -> list[Mess]:
    """Every place where the logs are untidy, with its kind; see `builder/mess.py`."""
    return list(_notes().mess)


def main() -> None:
    """Rewrite the folder beside this file."""
    notebook = build(HERE.parent / "sample_data")
    kinds = {place.kind for place in notebook.mess}
    print(f"{len(notebook.rows)} records, {len(kinds)} kinds of mess, in sample_data")


if __name__ == "__main__":
    main()
