"""The sample's October page against what a person counted in its logs, with the rows counted.

Nobody may refresh these figures from the program: who doubts one opens the logs and counts again.
In the comments AH is Alder House, B Birch Lodge and C Cairn View; AH-0233 is AH 233.
"""

from __future__ import annotations

import csv

import pytest
from python_calamine import CalamineWorkbook

from tests.conftest import SampleRun

# metric | October | September | what was counted. Met of due; a count or a median alone.
PAGE = """
incidents | 33 | 34 | AH 233 to 238, B 223 to 235, C 544 to 557: 6 + 13 + 14; then 9 + 10 + 15
incident_rate | 33/1958 | 34/1897 | bed-days 686 + 663 + 609; 709 + 613 + 575
harm_rate | 4/33 ?1 | 6/34 | AH 236, B 228, B 235, C 557; AH 233 is "lowish"
repeat_rate | 23/33 | 25/34 | an earlier signal of the theme, as written, in the 90 days before
triaged_in_time | 28/37 ?1 | 23/31 | late: B 227 234, C 542 545 550 551 555 557; C 552 is empty
reviewed_in_time | 16/20 ?1 | 22/25 | late: B 224 229, C 544; B 227 is empty
actions_open | 63 | 53 | AH 15, B 14, C 34 raised by then and not completed; 14, 14, 25
actions_overdue | 40 | 38 | of them due by then: AH 11, B 7, C 22; 13, 8, 17
closed_in_time | 23/32 | 37/49 | due in the month: AH 6 of 6, B 6 of 7, C 11 of 19
days_to_close | 12 | 12 | 391 of the 434 of twelve months; the 12th day takes the curve to 0.478
verified | 27/44 ?17 | 15/29 | completed six (tier 2) or eight weeks before: AH 6/9, B 9/14, C 12/21
complaints | 5 | 3 | C185 to C189; C178 C180 C183
acknowledged_in_time | 3/5 | 3/4 | C186 C187 C189 of C185 to C189; not C178, of C177 178 180 183
micro_training_in_time | 7/7 | 5/5 | sessions whose seventh day fell into the month
observation_pass_rate | 15/19 | 14/19 | 4 and 5 are "Not yet", which this provider calls failed
supervision_coverage | 40/55 | 36/54 | AH 13, B 15, C 12 people of 18 + 18 + 19; 9 + 16 + 11
"""

# Tier duties due in October, met of due, and how many of them the logs say nothing of.
TIERS = """
tier_0.triaged | 5/9 ?1 | B 226 231 232, C 543 553; C 545 550 551 late, C 552 empty
tier_1.triaged | 8/9 | AH 233 234 237, B 223 230, C 541 546 549; C 557 late
tier_2.triaged | 11/15 | late: B 227 234, C 542 555
tier_3.triaged | 3/3 | AH 235, B 225, B 228
tier_4.triaged | 1/1 | AH 238
tier_0.shared | 1/9 ?4 | C 553 the next day; C 543 550 551 552 never
tier_1.micro_action | 6/8 ?1 | of AH 232 233 234, B 223 230, C 541 546 549
tier_1.reviewed | 8/8 | the same eight
tier_2.reviewed | 8/12 ?1 | AH 236, B 222, C 540 542 547 548 554 555; B 224 229, C 544 late; B 227
tier_2.signed_off | 6/12 ?3 | AH 236, C 540 542 547 554 555; B 227 229 and C 548 empty
tier_2.debriefed | 11/12 ?1 | C 547 is empty
tier_0.verified | 1/4 ?3 | re-checks of completed actions
tier_1.verified | 4/16 ?11 | fifteen, and that of A0314, which is overdue itself
tier_2.verified | 22/25 ?3 | 4 + 16 + 25 = 44 completed ones, and A0314
"""

# Records of cases that fell due in October: there, of how many.
TRAIL = """
trail.incident | 37/37 | all
trail.review | 18/20 | not B 227, B 229
trail.action | 15/20 | not B 229 230, C 540 546 549
trail.plan | 24/26 | not AH 219, C 519
trail.verification | 15/26 | not AH 225, B 199 201 205, C 502 506 509 511 512 515 519
trail.learning_note | 26/35 | not AH 216, B 196 201 231 232, C 543 550 551 552
trail_complete | 14/35 | not A 216 219 225, B 196 199 201 205 231 232, C 502 506 509 511 512 515 519
"""

# metric | service | October
BEHIND = """
closed_unverified | All | 352 | 872 completed less 473 verified, less 47 in their window
escalated | Cairn View | 6/22 ?14 | of its 22 overdue actions
notes_shared | Cairn View | 10/15 ?5 | closed in October
reporter_told | Alder House | 6/9 ?2 | the month after the report ran out in October
training_observed | Birch Lodge | 1/2 ?1 | sessions whose 28 days ran out
satisfied_with_handling | All | 1/4 ?2 | C180 C183 C185 C186: C185 yes, C183 no
upheld_rate | All | 2/4 | C180 partly, C185
attendance | Birch Lodge | 41/49 | 10 of 15, 15 of 18, 16 of 16
sample_visible | All | 3/5 | INC-502 not in practice, INC-532 not in the records
tier_agreement | All | 23/30 ?1 | not C 550 557 549 556, B 225 228; AH 233 has no known harm
days_between_serious | Birch Lodge | 19 | 13 October (B 228) to 1 November
days_between_serious | Cairn View | 87 | 6 August (C 516, safeguarding) to 1 November
"""


def figures(text: str, columns: int) -> list[tuple[str, ...]]:
    rows = [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line]
    return [tuple(row[:columns]) for row in rows]


def told(row: dict[str, str]) -> str:
    """A row of measures.csv as the tables above write it."""
    unknown = f" ?{row['no_evidence']}" if row["no_evidence"] not in ("", "0") else ""
    if row["unit"].startswith(("days", "signals", "actions", "complaints")) or not row["due"]:
        return f"{float(row['value']):g}"
    return f"{row['met']}/{row['due']}{unknown}"


@pytest.fixture(scope="module")
def counted(sample_run: SampleRun) -> dict[tuple[str, str, str], str]:
    """Each figure of measures.csv by metric, service and month."""
    path = sample_run.folder / "data" / "measures.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["metric"], row["service"], row["month"]): told(row)
            for row in csv.DictReader(file)
            if row["month"] in ("2026-09", "2026-10") and row["value"]
        }


@pytest.mark.parametrize(("metric", "october", "september"), figures(PAGE, 3))
def test_a_row_of_the_page(
    counted: dict[tuple[str, str, str], str], metric: str, october: str, september: str
) -> None:
    assert counted[metric, "All", "2026-10"] == october
    assert counted[metric, "All", "2026-09"].split(" ")[0] == september


@pytest.mark.parametrize(("key", "october"), figures(TIERS + TRAIL, 2))
def test_a_duty_and_a_record(
    counted: dict[tuple[str, str, str], str], key: str, october: str
) -> None:
    got = counted[key, "All", "2026-10"]
    assert (got.split(" ")[0] if key.startswith("trail") else got) == october


@pytest.mark.parametrize(("metric", "service", "october"), figures(BEHIND, 3))
def test_a_figure_of_the_sheets_behind(
    counted: dict[tuple[str, str, str], str], metric: str, service: str, october: str
) -> None:
    assert counted[metric, service, "2026-10"] == october


def test_did_it_hold(sample_run: SampleRun) -> None:
    """Night falls at Birch Lodge after BL/245, completed on 3 September 2026.

    Before, 5 March to 2 September: five falls in 182 days. Since, 4 September to 31 October: five
    in 58. 5/58 ÷ 5/182 = 3.14; the exact interval of 5 of 10 is 0.187 to 0.813, by scipy, and
    0.187 ÷ 0.813 × 182 ÷ 58 = 0.72, 0.813 ÷ 0.187 × 182 ÷ 58 = 13.63.
    """
    book = CalamineWorkbook.from_path(sample_run.folder / "governance-2026-10.xlsx")
    head, *rows = book.get_sheet_by_name("Did it hold").to_python()
    (row,) = [row for row in rows if str(row[-1]).endswith('sheet "2026", cell E86')]
    of = dict(zip(head, row, strict=True))
    assert (of["Signals before"], of["Days before"]) == (5, 182)
    assert (of["Signals since"], of["Days since"]) == (5, 58)
    assert (of["Rate ratio"], of["95% interval"]) == (3.14, "0.72 to 13.63")
    assert of["Verdict"] == "no clear change"
