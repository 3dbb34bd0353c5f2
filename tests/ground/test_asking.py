"""The lines to paste say what they should, whatever the file, sheet and header are called."""

from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from learnpipe.ground.asking import settings_line
from learnpipe.ground.settings import Settings

NAMES = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)


@given(NAMES, st.none() | NAMES, NAMES)
def test_the_line_pasted_is_the_mapping_meant(file: str, sheet: str | None, header: str) -> None:
    told = tomllib.loads(settings_line(file, sheet, header, "category"))["columns"]
    settings = Settings(columns=tuple(told.items()))
    assert settings.columns_for(file, sheet) == {" ".join(header.split()): "category"}


def test_a_line_for_one_sheet_leaves_the_others_alone() -> None:
    told = tomllib.loads(settings_line("a.xlsx", "Falls [1]", "Type", "category"))["columns"]
    settings = Settings(columns=tuple(told.items()))
    assert settings.columns_for("a.xlsx", "Falls [1]") == {"Type": "category"}
    assert settings.columns_for("a.xlsx", "Falls 1") == {}
