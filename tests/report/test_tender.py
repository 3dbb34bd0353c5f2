"""What the tender workbook claims, tells and holds back."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from learnpipe.ground.findings import LearnpipeError
from learnpipe.ground.schemas import load_schemas
from learnpipe.ground.settings import BY_LETTER, load_settings
from learnpipe.ground.settings import Sharing as Setting
from learnpipe.measure.held import did_it_hold
from learnpipe.measure.held_alternatives import small_alternatives
from learnpipe.measure.themes import theme_table
from learnpipe.report.facts import Facts
from learnpipe.report.page.page import build_page
from learnpipe.report.sharing.assurance_lines import OWNED, assurance_lines
from learnpipe.report.sharing.note_shapes import Note
from learnpipe.report.sharing.outside import Outside, what_leaves
from learnpipe.report.sharing.paint_tender import paint_tender
from learnpipe.report.sharing.shared_words import Words
from learnpipe.report.sharing.suppress import NONE_DUE, Sharing, Shown
from learnpipe.report.sharing.tender import Tender
from learnpipe.report.sharing.tender_book import tender_book
from learnpipe.report.sharing.tender_changes import (
    MOST_CHANGES,
    held_counts,
    may_be_told,
    shared_stories,
)
from learnpipe.report.sharing.tender_figures import Figure
from learnpipe.report.sheets.stories import learning_stories
from learnpipe.report.side_process import SideProcess
from tests.builders import judged
from tests.conftest import SampleFacts


def leaves(facts: Facts, output: Path) -> Outside:
    """What leaves of a report, with what stands in an output folder."""
    frames, span = facts.judged.frames, facts.judged.span
    held = did_it_hold(frames["actions"], frames["cases"], span, facts.schemas, frames["activity"])
    small = small_alternatives(held, facts.settings.sharing.threshold - 1)
    themes = theme_table(
        frames["cases"], span.services, facts.month, facts.schemas, frames["systemic"]
    )
    stories = learning_stories(facts, held)
    return what_leaves(facts, build_page(facts), held, small, themes, stories, output)


def figure(key: str, met: int, due: int, target: float | None = None) -> Figure:
    return Figure(key, key, "", Shown(due, met, met / due), target)


# Assurance lines


def standing(facts: Facts, **figures: Figure) -> list[str]:
    """What stands in the way of each line; "" where it can be claimed."""
    lines = assurance_lines(facts, figures, {"held": 3, "worse": 1, "no clear change": 9})
    return [line.in_the_way for line in lines]


def test_a_line_is_claimed_when_all_that_it_says_is_so(sample_facts: SampleFacts) -> None:
    figures = {
        "triaged_in_time": figure("triaged", 96, 100, 0.95),
        OWNED: figure("owned", 99, 100),
        "verified": figure("verified", 90, 100, 0.9),
        "reporter_told": figure("told", 90, 100),
        "safeguarding_learning": figure("safeguarding", 9, 10),
    }
    assert standing(sample_facts.facts, **figures) == ["", "", "", ""]


def test_a_line_says_what_stands_in_its_way(sample_facts: SampleFacts) -> None:
    late = figure("Triaged", 94, 100, 0.95)
    few = Figure("safeguarding_learning", "Safeguarding", "", Shown(why="small number"))
    none = Figure("reporter_told", "Told", "", Shown(0, 0, why=NONE_DUE), why_blank=NONE_DUE)
    ways = standing(
        sample_facts.facts, triaged_in_time=late, owners_and_deadlines=figure("o", 99, 100),
        verified=figure("v", 9, 10, 0.9), reporter_told=none, safeguarding_learning=few,
    )  # fmt: skip
    assert ways == [
        "triaged is 94%, below 95%", "told: nothing fell due",
        "safeguarding: the number is too small to show", "",
    ]  # fmt: skip


def test_repeats_are_not_claimed_to_fall_when_more_was_lost_than_held(
    sample_facts: SampleFacts,
) -> None:
    lines = assurance_lines(sample_facts.facts, {}, {"held": 2, "worse": 1, "came back": 1})
    assert lines[3].in_the_way == "2 verified changes held, but 2 got worse or came back"


# Counts of verified changes


def verified_changes(before: int, since: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One change of 1 May, with so many falls before it and since."""
    days = [
        *(f"2026-0{1 + at % 4}-{10 + at // 4} 10:00" for at in range(before)),
        *(f"2026-0{6 + at % 4}-{10 + at // 4} 10:00" for at in range(since)),
    ]
    one = judged(
        "2026-10",
        incidents=[{"ref": str(at), "theme": "Falls", "occurred_at": day}
                   for at, day in enumerate(["2025-10-01 10:00", *days])]
        + [{"ref": "late", "theme": "Other", "occurred_at": "2026-10-28 10:00"}],
        actions=[{"ref": "A", "theme": "Falls", "action": "Mats", "completed_on": "2026-05-01",
                  "status": "closed", "verify_by": "re-audit", "verified_on": "2026-06-20",
                  "raised_on": "2026-04-01", "due_on": "2026-05-10"}],
    )  # fmt: skip
    frames = one.frames
    held = did_it_hold(frames["actions"], frames["cases"], one.span, load_schemas())
    return held, frames["cases"]


@pytest.mark.parametrize(
    ("before", "since", "told"),
    [
        (22, 7, (22, 7)),
        (22, 0, (22, 0)),
        # Held with 1 as with 2, 3 or 4 since: the verdict does not tell which.
        (22, 1, (22, "under 5")),
        (2, 12, ("under 5", 12)),
        # No clear change with 1 as with 2, 3 or 4.
        (8, 2, (8, "under 5")),
    ],
)
def test_counts_before_and_since_a_change(
    before: int, since: int, told: tuple[int | str, int | str]
) -> None:
    held, cases = verified_changes(before, since)
    assert (held["before"][0], held["after"][0]) == (before, since)
    sharing = Sharing(5, 24321, {})
    (counts,) = held_counts(held, small_alternatives(held, 4), cases, sharing).values()
    assert (counts.before, counts.since) == told


def test_a_count_that_only_one_number_fits_is_not_even_bounded() -> None:
    held, cases = verified_changes(7, 1)
    only = pd.DataFrame({"before": [4], "after": [1]})
    (counts,) = held_counts(held, only, cases, Sharing(5, 24321, {})).values()
    assert (counts.before, counts.since) == (7, "not shown")


def test_a_count_that_grew_by_a_small_number_since_the_last_edition_is_hidden() -> None:
    held, cases = verified_changes(22, 7)
    first = Sharing(5, 24320, {})
    held_counts(held, small_alternatives(held, 4), cases, first)
    fall = cases[cases["theme_or_category"] == "falls"].tail(1)
    later = pd.concat([cases, fall.assign(day=pd.Timestamp("2026-10-05"))])
    grown = held.assign(after=8)
    # The earlier edition was as at 40 days before; there were 7 since the change then too.
    cut = [replace(row, last=row.last - 40 * (row.figure == 7)) for row in first.shared]
    second = Sharing(5, 24321, {}, cut)
    (counts,) = held_counts(grown, small_alternatives(grown, 4), later, second).values()
    assert (counts.before, counts.since) == (22, "not shown")


def test_only_what_a_list_or_a_story_tells_is_decided(
    sample_facts: SampleFacts, tmp_path: Path
) -> None:
    # The latest thousand stand in the list; of the two before them a story tells one.
    held = pd.DataFrame({"source": 0, "row": range(MOST_CHANGES + 2)})
    story = replace(leaves(sample_facts.facts, tmp_path).stories[0], source=0, row=1)
    told = may_be_told(held, [story])
    assert told["row"].tolist() == list(range(1, MOST_CHANGES + 2))
    assert may_be_told(held, [])["row"].tolist() == list(range(2, MOST_CHANGES + 2))


# The workbook


def painted(tender: Tender) -> bytes:
    return paint_tender(tender_book(tender))


def test_a_story_waits_for_a_doubtful_word(sample_facts: SampleFacts, tmp_path: Path) -> None:
    outside = leaves(sample_facts.facts, tmp_path)
    counts, stories = outside.decided.counts, outside.stories[:2]
    named = [replace(stories[0], trigger="Told Petunia"), stories[1]]
    shared, waiting = shared_stories(named, counts, Words.of(sample_facts.facts))
    assert (len(shared), waiting) == (1, 1)


def test_no_small_count_stands_in_the_workbook(sample_facts: SampleFacts, tmp_path: Path) -> None:
    path = tmp_path / "tender.xlsx"
    path.write_bytes(painted(leaves(sample_facts.facts, tmp_path).tender))
    book = CalamineWorkbook.from_path(path)
    small = []
    for name in ("The loop", "Tier compliance", "Timeliness", "Verification", "Did it hold",
                 "Chart figures"):  # fmt: skip
        head, *rows = book.get_sheet_by_name(name).to_python()
        assert rows
        for column in ("Met", "Of", "Signals before", "Signals since", "Count"):
            if column in head:
                cells = [row[head.index(column)] for row in rows]
                small += [(name, cell) for cell in cells if cell in (1, 2, 3, 4)]
    assert small == []


def test_services_by_letter_are_named_nowhere(sample_facts: SampleFacts, tmp_path: Path) -> None:
    facts = sample_facts.facts
    lettered = replace(facts.settings, sharing=Setting(services=BY_LETTER))
    outside = leaves(replace(facts, settings=lettered), tmp_path)
    with zipfile.ZipFile(io.BytesIO(painted(outside.tender))) as packed:
        text = "".join(packed.read(name).decode() for name in packed.namelist())
    assert [name for name in facts.judged.span.services if name in text] == []
    assert "Service A" in text


def test_the_same_tender_gives_the_same_bytes(sample_facts: SampleFacts, tmp_path: Path) -> None:
    tender = leaves(sample_facts.facts, tmp_path).tender
    assert painted(tender) == painted(tender)


def test_a_process_beside_the_run_paints_the_same(
    sample_facts: SampleFacts, tmp_path: Path
) -> None:
    tender = leaves(sample_facts.facts, tmp_path).tender
    side = SideProcess()
    side.start()
    side.begin((), "")
    side.hand_over((), Note("What changed", "", (), ()), (), tender_book(tender))
    assert side.pictures() == side.others() == []
    assert side.note() and side.data() == []
    assert side.tender() == painted(tender)
    side.end()


def test_before_you_share_tells_what_is_hidden_and_why(
    sample_facts: SampleFacts, tmp_path: Path
) -> None:
    outside = leaves(sample_facts.facts, tmp_path)
    outside.tender  # noqa: B018  words are looked at while it is made
    rows = {row[1]: row for row in outside.sheet.rows}
    assert rows["Duty of candour done"][0] == "Suppressed"
    assert str(rows["Duty of candour done"][4]).startswith("Small number")


@pytest.mark.parametrize(
    "line", ["threshold = 2", 'services = "numbers"', "cleared = 3", "treshold = 6"]
)
def test_settings_of_sharing_are_checked(line: str, tmp_path: Path) -> None:
    file = tmp_path / "learnpipe.toml"
    file.write_text(f"[sharing]\n{line}\n", encoding="utf-8")
    with pytest.raises(LearnpipeError, match="sharing"):
        load_settings(file, load_schemas())


def test_settings_of_sharing_are_read(tmp_path: Path) -> None:
    file = tmp_path / "learnpipe.toml"
    file.write_text(
        '[sharing]\nthreshold = 7\nservices = "letters"\ncleared = ["Zimmer"]\n', encoding="utf-8"
    )
    assert load_settings(file, load_schemas()).sharing == Setting(7, BY_LETTER, ("Zimmer",))


def test_the_tally_tells_of_all_changes(sample_facts: SampleFacts, tmp_path: Path) -> None:
    outside = leaves(sample_facts.facts, tmp_path)
    whole = len(outside.held)
    assert outside.tender.tally.startswith(f"{whole} verified changes in all: ")
    assert isinstance(outside.tender.stories[0].changed_on, dt.date)
