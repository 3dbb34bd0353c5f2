"""Themes by size and changes before and after: what the pictures say, worked by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd

from learnpipe.report.pictures.pictures import held_picture, pictures_beside, theme_picture


def themes(**counts: tuple[int, ...]) -> pd.DataFrame:
    """So many signals of each theme at each service."""
    rows = [(theme, number) for theme, numbers in counts.items() for number in numbers]
    return pd.DataFrame(rows, columns=["theme", "last_12_months"])


def change(theme: str, verdict: str, before: int, after: int, low: float, high: float) -> dict:
    """A change with 60 days before it and 90 since."""
    ratio = np.nan if np.isnan(low) else 1.0
    return {"theme": theme, "service": "Oak", "before": before, "before_days": 60, "after": after,
            "after_days": 90, "ratio": ratio, "low": low, "high": high,
            "verdict": verdict}  # fmt: skip


HELD = pd.DataFrame(
    [
        change("falls", "held", 12, 3, 0.04, 0.62),
        change("skin", "too early", 1, 0, np.nan, np.nan),
        change("meals", "worse", 1, 9, 1.1, np.inf),
        change("noise", "too few to tell", 1, 0, np.nan, np.nan),
    ]
)


def test_themes_stand_by_their_size_over_all_services() -> None:
    picture = theme_picture(themes(meals=(3, 1), falls=(4, 6), skin=(4,)), str)
    assert picture is not None
    assert picture.bars == (("falls", 10), ("meals", 4), ("skin", 4))
    # 10 of 18 are more than half.
    assert picture.title == "One theme makes up 56% of the last twelve months' signals"
    assert picture.vital == 1
    assert picture.rest is None


def test_the_smallest_themes_stand_together_and_the_whole_is_kept() -> None:
    many = {f"theme {n:02}": (20 - n,) for n in range(12)}
    picture = theme_picture(themes(**many), str)
    assert picture is not None
    assert len(picture.bars) == 8
    # 20 + 19 + … + 13 = 132 are shown; 12 + 11 + 10 + 9 = 42 are left.
    assert picture.rest == ("4 other themes", 42)
    # 20 + 19 + 18 + 17 = 74 of 174 are under half, with 16 more they are 90.
    assert picture.title == "5 of 12 themes make up 52% of the last twelve months' signals"


def test_one_theme_more_than_there_are_bars_is_no_rest() -> None:
    nine = {f"theme {n}": (9,) for n in range(9)}
    picture = theme_picture(themes(**nine), str)
    assert picture is not None
    assert len(picture.bars) == 9
    assert picture.rest is None


def test_signals_that_may_not_be_told_by_theme_are_no_theme() -> None:
    picture = theme_picture(themes(falls=(30,), meals=(12,), skin=(10,)), str, untold=48)
    assert picture is not None
    assert picture.bars == (("falls", 30), ("meals", 12), ("skin", 10))
    assert picture.rest == ("Other themes", 48)
    # Of 30 + 12 + 10 + 48 = 100 signals 30 + 12 are under half, with 10 more they are 52.
    assert picture.title == "3 themes make up 52% of the last twelve months' signals"
    assert picture.vital == 3


def test_no_themes_make_up_half_where_most_signals_may_not_be_told_by_theme() -> None:
    picture = theme_picture(themes(falls=(30,), meals=(12,)), str, untold=58)
    assert picture is not None
    # 30 and 12 of 100.
    assert picture.title == "The largest theme makes up 30% of the last twelve months' signals"
    assert picture.vital == 0
    assert "half" not in picture.note


def test_changes_are_the_latest_ones_and_not_those_that_went_well() -> None:
    picture = held_picture(HELD, str)
    assert picture is not None
    assert picture.title == "3 verified changes: 1 held, 1 got worse, 1 too few to tell"
    assert [one.verdict for one in picture.changes] == ["too few to tell", "worse", "held"]


def test_a_change_is_told_by_counts_days_and_interval() -> None:
    picture = held_picture(HELD, str)
    assert picture is not None
    few, worse, held = picture.changes
    assert held.told == "12 in 60 days before, 3 in 90 since; rate 0.04 to 0.62 times"
    assert worse.told == "1 in 60 days before, 9 in 90 since; rate 1.10 times or more"
    assert few.told == "1 in 60 days before, 0 in 90 since"
    # 12 in 60 days are 6 in 30; 3 in 90 are 1.
    assert (held.before, held.after) == (6.0, 1.0)


def test_alt_texts_say_what_the_pictures_say() -> None:
    picture = held_picture(HELD, str)
    assert picture is not None
    assert picture.title in picture.alt
    assert all(one.told in picture.alt for one in picture.changes)
    bars = theme_picture(themes(meals=(3, 1), falls=(4, 6), skin=(4,)), str)
    assert bars is not None
    assert "falls 10 (56%); meals 4 (22%); skin 4 (22%)" in bars.alt


def test_names_of_known_people_are_taken_out() -> None:
    def masked(text: str) -> str:
        return text.replace("Wren", "[name]")

    beside = pictures_beside(
        themes(**{"Wren's falls": (9,)}), HELD.assign(theme="Wren's falls"), masked
    )
    assert set(beside) == {"Themes", "Did it hold"}
    assert not any("Wren" in repr(picture) for picture in beside.values())


def test_without_anything_to_show_there_is_no_picture() -> None:
    nothing = HELD[HELD["verdict"] == "too early"]
    assert pictures_beside(themes(falls=(0,)), nothing, str) == {}
