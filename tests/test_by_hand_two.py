"""Two homes in two nations with a log a month, worked by hand: every figure of `measures.csv`."""

from __future__ import annotations

import pytest

from tests.by_hand import two
from tests.by_hand.figures import COUNTS, Figures, as_counted, by_hand, differences

MONTH = "2026-05"

# How a cell is read stands in tests/by_hand/figures.py; "?" is no evidence. The rows stand
# in tests/by_hand/two.py: E1 and so on are the incidents of Elm Court, L1 those of Lochside, A1 the
# actions, F1 the feedback.
# Elm's nation is not set: England's calendar. Of March only what the logs of March knew.
ELM = """
metric | 2026-03 | 2026-04 | 2026-05 | why
incidents | 3 | 0 | 1 | E1 E2, and E3 entered late; E4
incidents.signal.not stated | 3 | 0 | 1 | no column for it
incidents.category.falls | 2 | 0 | 0 | E1 E3
incidents.category.medication | 1 | 0 | 1 | E2; E4
incidents.category.skin | 0 | 0 | 0 |
incidents.theme.bathroom | 2 | 0 | 0 | E1 E3
incidents.theme.night round | 1 | 0 | 1 | E2; E4
incidents.theme.heels | 0 | 0 | 0 |
incidents.severity.low | 2 | 0 | 0 | E1 E3
incidents.severity.moderate | 0 | 0 | 1 | E4; in March nobody knew E2's
incidents.severity.severe | 0 | 0 | 0 |
incidents.severity.not stated | 1 | 0 | 0 | E2
harm_rate | 0/3 ?1 =0 | – | 1/1 | E1 E3 are low; E4
repeat_rate | 1/3 | – | 1/1 | E1 eight days after E3; E4 32 days after E2
repeat_after_verified | 0/3 | – | 0/1 | nothing was verified
days_between_serious | – | – | – | none yet
triaged_in_time | 1/1 +1 | 1/2 | 1/1 | E1 at 24 hours, E2 runs; E2 a minute late, E3; E4
reviewed_in_time | +1 | 2/3 | 1/1 | E1 runs; E1 E2, E3 late; E4
review_route | +1 | 2/3 ?1 | 1/1 | E3 told none by April's end
tier_agreement | 2/2 | – | 1/1 | E1 E3, E2 had none yet; E4
tier_agreement.under_triaged | 0 | 0 | 0 |
tier_agreement.over_processed | 0 | 0 | 0 |
notified | – | – | – | none is owed
notified.riddor | – | – | – | none is owed
debriefed | – | 0/1 ?1 | 0/1 ?1 | E2, E4: no column for it
reporter_told | +2 | 1/2 ?1 +1 | 1/1 +1 | E1, E2 ? (30 April), E3 runs; E3, E4 runs
tier_1.triaged | 1/1 | 1/1 | – | E1; E3
tier_1.micro_action | +1 | 1/2 ?1 | – | A1 for E1, none for E3
tier_1.reviewed | +1 | 1/2 | – | E1, E3 late
tier_1.verified | – | +1 | 0/1 ?1 | A1: 3 April + 8 weeks = 29 May
tier_2.triaged | – | 0/1 | 1/1 | E2; E4
tier_2.reviewed | – | 1/1 | 1/1 | E2 over Easter; E4 over the bank holiday
tier_2.signed_off | – | 1/1 | 0/1 ?1 | E2; E4
tier_2.debriefed | – | 0/1 ?1 | 0/1 ?1 | E2; E4
tier_3.triaged | – | – | – | no such case
tier_3.reviewed | – | – | – |
tier_3.multi_agency | – | – | – |
tier_3.debriefed | – | – | – |
tier_3.verified | – | – | – |
trail.incident | 1/1 | 2/2 | 1/1 | E1; E2 E3; E4
trail.review | +1 | 2/3 ?1 | 1/1 | E1 E2, E3 not by April's end; E4
trail.action | +1 | 1/3 ?2 | 0/1 ?1 | A1; E4 has none
trail.plan | +1 | +3 | 0/2 ?2 +2 | E1 with A1 29 May, E2 from its review 21 May; E3 E4 run
trail.verification | +1 | +3 | 0/2 ?2 +2 | as the plan
trail.learning_note | +1 | +3 | 0/2 ?2 +2 | as the plan
trail_complete | +1 | +3 | 0/2 ?2 +2 | as the plan
actions_open | 1 | 0 | 0 | A1
actions_open.under_30_days | 1 | 0 | 0 | A1
actions_open.30_to_59_days | 0 | 0 | 0 |
actions_open.60_to_89_days | 0 | 0 | 0 |
actions_open.90_days_or_more | 0 | 0 | 0 |
actions_open.age_not_known | 0 | 0 | 0 |
actions_overdue | 0 | 0 | 0 |
actions_overdue.under_30_days | 0 | 0 | 0 |
actions_overdue.30_to_59_days | 0 | 0 | 0 |
actions_overdue.60_to_89_days | 0 | 0 | 0 |
actions_overdue.90_days_or_more | 0 | 0 | 0 |
actions_overdue.age_not_known | 0 | 0 | 0 |
actions_closed | 0 | 1 | 0 | A1
closed_in_time | +1 | 1/1 | – | A1
days_to_close | 0/1 = | 1/1 =4 | 1/1 =4 | A1: 30 March to 3 April
days_to_close.lower_95 | 0/1 = | 1/1 = | 1/1 = | one action tells no interval
days_to_close.upper_95 | 0/1 = | 1/1 = | 1/1 = | as the lower
days_to_close.within_30 | +1 | 1/1 | 1/1 | A1
days_to_close.within_60 | +1 | +1 | 1/1 | A1, 63 days ago
days_to_close.within_90 | +1 | +1 | +1 | A1
verified | – | +1 | 0/1 ?1 | A1
verified_in_window | – | +1 | 0/1 ?1 | A1
verification_passed | – | – | – | nothing was verified
closed_unverified | 0 | 0 | 1 | A1
escalated | – | – | – | nothing is overdue
four_box | – | 0/2 ?2 | 0/2 ?2 | E1 E2; E3 E4: see the boxes
four_box.what_happened | – | 2/2 | 2/2 | all have a summary
four_box.why | – | 2/2 | 2/2 | all have a factor
four_box.what_will_change | – | 1/2 ?1 | 0/2 ?2 | A1
four_box.how_we_will_know | – | 0/2 ?2 | 0/2 ?2 | A1 does not say
four_box.factor_people | – | 1/2 | 0/2 | E2
four_box.factor_process | – | 0/2 | 1/2 | E4
four_box.factor_environment | – | 1/2 | 1/2 | E1; E3
four_box.factor_communication | – | 0/2 | 0/2 |
four_box.factor_equipment | – | 0/2 | 0/2 |
complaints | – | 1 | 0 | F1; the log begins in April
complaints.theme.food | – | 1 | 0 | F1
acknowledged_in_time | – | 1/1 | – | F1, the third working day in England
responded_in_time | – | 1/1 | – | F1 on day 28
responded_in_time.within_12_weeks | – | +1 | +1 | to 25 June
satisfied_with_handling | – | 1/1 | – | F1
upheld_rate | – | 1/1 | – | F1
compliments | – | 0 | 1 | F3
compliments_linked | – | – | 0/1 | F3: nothing was verified
notes_shared | – | 0/1 ?1 | 0/1 ?1 | E1 closed in April, E2 in May
"""

# Where the two homes differ, or where Lochside has something of its own.
LOCH = """
metric | 2026-03 | 2026-04 | 2026-05 | why
incidents | 1 | 1 | 1 | L1; L2; L3
incidents.signal.not stated | 1 | 1 | 1 |
incidents.category.falls | 1 | 0 | 0 | L1
incidents.category.medication | 0 | 0 | 0 |
incidents.category.skin | 0 | 1 | 1 | L2; L3
incidents.theme.bathroom | 1 | 0 | 0 | L1
incidents.theme.night round | 0 | 0 | 0 |
incidents.theme.heels | 0 | 1 | 1 | L2; L3
incidents.severity.low | 0 | 1 | 1 | L2; L3
incidents.severity.moderate | 0 | 0 | 0 |
incidents.severity.severe | 1 | 0 | 0 | L1
incidents.severity.not stated | 0 | 0 | 0 |
harm_rate | 1/1 | 0/1 | 0/1 | L1
repeat_rate | 0/1 | 0/1 | 1/1 | L1 is no repeat of another home's; L3 51 days after L2
repeat_after_verified | 0/1 | 0/1 | 0/1 | nothing was verified
days_between_serious | 1 =4 | 0 =34 | 0 =65 | L1, 28 March to 1 April, 1 May, 1 June
triaged_in_time | 1/1 | 0/1 | +1 | L1 the next day; L2 two days on; L3 to 1 June
reviewed_in_time | +1 | 1/2 | +1 | L1 a day late in Scotland, L2 on day 7; L3 to 7 June
review_route | +1 | 1/2 | +1 | L1; L2 lighter than asked
tier_agreement | 1/1 | 1/1 | 1/1 | L1; L2; L3
tier_agreement.under_triaged | 0 | 0 | 0 |
tier_agreement.over_processed | 0 | 0 | 0 |
notified | +1 | 1/1 | – | L1 under RIDDOR; CQC is England's
notified.riddor | +1 | 1/1 | – | L1: 28 March + 10 days = 7 April
debriefed | +1 | 0/1 ?1 | – | L1
reporter_told | +1 | 0/1 ?1 +1 | 0/1 +1 | L1 ?; L2 a day late, L3 runs
tier_1.triaged | – | 0/1 | +1 | L2; L3
tier_1.micro_action | – | 0/1 ?1 | +1 | L2 has none; L3
tier_1.reviewed | – | 1/1 | +1 | L2; L3
tier_1.verified | – | – | – |
tier_2.triaged | – | – | – | no such case
tier_2.reviewed | – | – | – |
tier_2.signed_off | – | – | – |
tier_2.debriefed | – | – | – |
tier_3.triaged | 1/1 | – | – | L1
tier_3.reviewed | +1 | 0/1 | – | L1
tier_3.multi_agency | +1 | 0/1 ?1 | – | L1
tier_3.debriefed | +1 | 0/1 ?1 | – | L1
tier_3.verified | – | +1 | +1 | A2, overdue at April's end: eight weeks on
trail.incident | 1/1 | 0/1 ?1 | +1 | L1; L2 tells nobody notified; L3
trail.review | +1 | 1/2 ?1 | +1 | L2, L1 has no cause; L3
trail.action | +1 | 0/2 ?2 | +1 | A2 overdue and not escalated, L2 has none; L3
trail.plan | +1 | +2 | +3 | L1 to 25 June, L2 to 12 June, L3
trail.verification | +1 | +2 | +3 |
trail.learning_note | +1 | +2 | +3 |
trail_complete | +1 | +2 | +3 |
actions_open | – | 1 | 1 | A2, completed on 2 June; the log begins in April
actions_open.under_30_days | – | 1 | 0 | A2, 24 days old
actions_open.30_to_59_days | – | 0 | 1 | A2, 55 days old
actions_open.60_to_89_days | – | 0 | 0 |
actions_open.90_days_or_more | – | 0 | 0 |
actions_open.age_not_known | – | 0 | 0 |
actions_overdue | – | 1 | 1 | A2, due on the last day of April
actions_overdue.under_30_days | – | 1 | 0 | A2
actions_overdue.30_to_59_days | – | 0 | 1 | A2
actions_overdue.60_to_89_days | – | 0 | 0 |
actions_overdue.90_days_or_more | – | 0 | 0 |
actions_overdue.age_not_known | – | 0 | 0 |
actions_closed | – | 0 | 0 |
closed_in_time | – | 0/1 | – | A2
days_to_close | – | 0/1 = | 0/1 = | A2 is open
days_to_close.lower_95 | – | 0/1 = | 0/1 = |
days_to_close.upper_95 | – | 0/1 = | 0/1 = |
days_to_close.within_30 | – | +1 | 0/1 | A2
days_to_close.within_60 | – | +1 | +1 | A2
days_to_close.within_90 | – | +1 | +1 | A2
verified | – | – | – |
verified_in_window | – | – | – |
verification_passed | – | – | – |
closed_unverified | – | 0 | 0 |
escalated | – | 0/1 ?1 | 0/1 ?1 | A2
four_box | – | 0/2 ?2 | – | L1 L2: see the boxes
four_box.what_happened | – | 2/2 | – | both have a summary
four_box.why | – | 1/2 ?1 | – | L2
four_box.what_will_change | – | 1/2 ?1 | – | A2 for L1
four_box.how_we_will_know | – | 1/2 ?1 | – | A2 for L1
four_box.factor_people | – | 0/2 | – |
four_box.factor_process | – | 0/2 | – |
four_box.factor_environment | – | 0/2 | – |
four_box.factor_communication | – | 0/2 | – |
four_box.factor_equipment | – | 1/2 | – | L2
complaints | – | 1 | 0 | F2
complaints.theme.food | – | 1 | 0 | F2
acknowledged_in_time | – | 0/1 | – | F2: a working day late in Scotland
responded_in_time | – | 0/1 ?1 | – | F2
responded_in_time.within_12_weeks | – | +1 | +1 | F2
satisfied_with_handling | – | – | – | F2 is not answered
upheld_rate | – | – | – |
compliments | – | 0 | 0 |
compliments_linked | – | – | – |
notes_shared | – | – | – | nothing was closed
"""

# Both homes together; the sums of counts and of shares are left to `added_up`.
ALL = """
metric | 2026-03 | 2026-04 | 2026-05 | why
harm_rate | 1/4 ?1 =0.33333 | 0/1 | 1/2 | L1 of three whose harm is known; L2; E4 of two
days_between_serious | 1 =4 | 0 =34 | 0 =65 | the last one anywhere
days_to_close | 0/1 = | 1/2 =4 | 1/2 =4 | one of two is closed after 4 days: a half is left
days_to_close.lower_95 | 0/1 = | 1/2 =4 | 1/2 =4 | 0.5 has a lower limit of 0.006
days_to_close.upper_95 | 0/1 = | 1/2 = | 1/2 = | and an upper one of 0.91
"""

# No log, no column or another nation's law: nothing due, and no value.
BLANK = """
incident_rate restrictive_practice safeguarding safeguarding_learning
candour_done candour_done.told candour_done.apology candour_done.written notified.cqc
micro_training_in_time attendance training_observed observation_pass_rate
observation_pass_rate.focused_theme supervision_coverage sample_visible
micro_tests micro_tests.due_to_stop micro_tests.adopted micro_tests.stopped
""".split()
MONTHS = ("2026-03", "2026-04", "2026-05")
Worked = dict[tuple[str, str], Figures]
Counted = dict[tuple[str, str, str], Figures]


def with_blanks(table: str) -> Worked:
    """A home's table, and the rows that are blank for want of a log."""
    return by_hand(table) | {(metric, month): Figures() for metric in BLANK for month in MONTHS}


def added_up(own: Worked, others: Worked) -> Worked:
    """Two homes together: their counts add up, and a share is met of due of the sum."""
    out = {}
    for key, one in own.items():
        other = others[key]
        due, met, none, running = (getattr(one, name) + getattr(other, name) for name in COUNTS)
        counts = {one.value, other.value} != {None} and not due
        out[key] = Figures(due, met, none, running, met if counts else met / due if due else None)
    return out


WORKED = {two.ELM: with_blanks(ELM), two.LOCH: with_blanks(LOCH)}
WORKED["All"] = added_up(WORKED[two.ELM], WORKED[two.LOCH]) | by_hand(ALL)


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Counted:
    """What the command counts from the homes' files."""
    top = tmp_path_factory.mktemp("two")
    folder = top / "logs"
    folder.mkdir()
    two.write(folder)
    return as_counted(folder, MONTH, top / "output")


@pytest.mark.parametrize("service", [two.ELM, two.LOCH, "All"])
def test_every_figure_is_as_worked_out_by_hand(counted: Counted, service: str) -> None:
    assert list(differences(counted, service, WORKED[service])) == []


def test_nothing_is_counted_for_anyone_else(counted: Counted) -> None:
    assert {service for service, _, _ in counted} == {two.ELM, two.LOCH, "All"}
