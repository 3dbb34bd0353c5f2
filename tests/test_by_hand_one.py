"""A small English home, worked by hand: every figure of its `data/measures.csv`."""

from __future__ import annotations

import pytest

from tests.by_hand import one
from tests.by_hand.figures import Figures, as_counted, by_hand, differences

# How a cell is read stands in tests/by_hand/figures.py. R1 and so on are the incidents, A1 the
# actions, F1 the feedback, T1 the training of tests/by_hand/one.py; "?" is no evidence.
SAFETY = """
metric | 2026-08 | 2026-09 | 2026-10 | why
incidents | 4 | 3 | 3 | R1–R4; R5–R7; R8–R10
incidents.signal.incident | 3 | 2 | 2 | R1 R3 R4; R5 R7; R8 R10
incidents.signal.near miss | 1 | 0 | 0 | R2
incidents.signal.audit variance | 0 | 1 | 0 | R6
incidents.signal.feedback theme | 0 | 0 | 1 | R9
incidents.category.falls | 2 | 1 | 1 | R1 R3; R5; R8
incidents.category.medication | 1 | 1 | 1 | R2; R6; R10
incidents.category.dignity | 1 | 0 | 0 | R4
incidents.category.pressure | 0 | 1 | 0 | R7
incidents.category.food | 0 | 0 | 1 | R9
incidents.theme.falls at night | 2 | 1 | 1 | as the category
incidents.theme.missed doses | 1 | 1 | 1 | as the category
incidents.theme.staff attitude | 1 | 0 | 0 | R4
incidents.theme.skin | 0 | 1 | 0 | R7
incidents.theme.meals | 0 | 0 | 1 | R9
incidents.severity.none | 2 | 0 | 1 | R2 and R4, as its severity cell says; R9
incidents.severity.low | 1 | 1 | 2 | R1; R5; R8 R10
incidents.severity.moderate | 1 | 0 | 0 | R3; R4's harm is psychological
incidents.severity.severe | 0 | 1 | 0 | R7
incidents.severity.not stated | 0 | 1 | 0 | R6
incident_rate | 4/800 =5 | 3/750 =4 | – | per 1,000 bed-days; October has none
harm_rate | 2/4 | 1/3 ?1 =0.5 | 0/3 | R3 R4; R7 of two whose harm is known; none
repeat_rate | 1/4 | 2/3 | 2/3 | R3 after R1; R5, R6 40 days after R2; R8, R10
repeat_after_verified | 0/4 | 0/3 | 1/3 | R8: A1 of its theme was verified on 30 September
restrictive_practice | 1 | 0 | 0 | R4
safeguarding | 1 | 0 | 0 | R4
safeguarding_learning | +1 | +1 | 1/1 | A4's window: 11 Sep + 6 weeks = 23 Oct; verified 15 Oct
days_between_serious | 1 =1 | 1 =3 | 0 =34 | R4 31 Aug to 1 Sep; R7 28 Sep to 1 Oct, 1 Nov
"""

TIMELINESS = """
metric | 2026-08 | 2026-09 | 2026-10 | why
triaged_in_time | 2/3 +1 | 3/4 ?1 | 1/2 +1 | R2 late, R4 due 1 Sep; R5 ?; R8 late, R9 due 1 Nov
reviewed_in_time | 1/1 +2 | 1/3 ?1 +1 | 3/3 +1 | R1; R3 of R3 R4? R5 late; R7 R8 R10; R9 runs
review_route | 1/1 +2 | 2/3 ?1 +1 | 1/3 +1 | R1; R3 R5, R4 ?; R7 lighter, R10 heavier
tier_agreement | 3/4 | 1/2 | 0/2 | R4 is a 3; R5 is a 2 (third fall); R9 is a 0, R10 is a 2
tier_agreement.under_triaged | 1 | 1 | 1 | R4; R5; R10
tier_agreement.over_processed | 0 | 0 | 1 | R9
candour_done | +1 | 0/1 ?1 +1 | 1/1 | R4 due 7 Sep without the letter; R7 due 27 Oct
candour_done.told | +1 | 1/1 +1 | 1/1 | R4; R7
candour_done.apology | +1 | 1/1 +1 | 1/1 | R4; R7
candour_done.written | +1 | 0/1 ?1 +1 | 1/1 | R4 none; R7
notified | +2 | 2/2 +1 | 0/1 ?1 | R3 RIDDOR on its tenth day, R4 CQC; R7 CQC has no date
notified.cqc | +1 | 1/1 +1 | 0/1 ?1 | R4; R7
notified.riddor | +1 | 1/1 | – | R3: 27 Aug + 10 days = 6 September
debriefed | +2 | 1/2 ?1 +1 | 2/2 | R3, R4 ?; R7 R8
reporter_told | +4 | 2/4 ?1 +3 | 1/3 ?2 +3 | R1 R3, R2 ?, R4 a day late; R5, R6 ? R7 ?
tier_0.triaged | 0/1 | – | – | R2 a minute late
tier_0.shared | 1/1 | – | – | R2, the next day
tier_0.verified | +1 | +1 | 0/1 ?1 | A10: 27 Aug + 8 weeks = 22 October
tier_1.triaged | 1/1 | 0/1 ?1 | 1/1 +1 | R1; R5; R10, R9 runs
tier_1.micro_action | 1/1 | 1/1 | 0/1 +1 | A1; A5 on day 7; A8 a day late, R9 runs
tier_1.reviewed | 1/1 | 0/1 | 1/1 +1 | R1; R5 a day late; R10, R9 runs
tier_1.verified | +1 | +1 | 1/1 +2 | A1: 12 Aug + 8 weeks = 7 Oct; A5, and A8, overdue
tier_2.triaged | 1/1 +1 | 1/1 | 0/1 | R3, R4 runs; R4; R8
tier_2.reviewed | +2 | 1/2 ?1 | 1/1 | R3 on 4 September, R4 ?; R8
tier_2.signed_off | +2 | 0/2 ?1 | 1/1 | R3 late, R4 ?; R8
tier_2.debriefed | +2 | 1/2 ?1 | 1/1 | R3, R4 ?; R8
tier_2.candour | +1 | 0/1 ?1 | – | R4
tier_2.verified | – | +3 | 2/2 +1 | A2 (26 October), A4 (23rd); A3, overdue, six weeks on
tier_3.triaged | – | 1/1 | – | R7
tier_3.reviewed | – | +1 | 1/1 | R7 on the twentieth working day
tier_3.multi_agency | – | +1 | 0/1 | R7 on 30 October
tier_3.debriefed | – | +1 | 1/1 | R7
tier_3.candour | – | +1 | 1/1 | R7
tier_3.verified | – | – | +1 | A6, overdue, eight weeks on
trail.incident | 2/3 ?1 +1 | 2/3 ?1 | 2/2 +1 | R2 no notification; R5 no immediate action; R9 runs
trail.review | 1/1 +2 | 2/3 ?1 +1 | 2/3 ?1 +1 | R1; R4 ?; R8 has no cause
trail.action | 1/1 +2 | 2/3 ?1 +1 | 1/3 ?2 +1 | A3 not escalated yet; A6, A8 overdue
trail.plan | +3 | +5 | 1/2 ?1 +6 | R1; R4's "staff reminded" is none
trail.verification | +3 | +5 | 2/2 +6 | R1 by A1, R4 by A4
trail.learning_note | 1/1 +3 | +5 | 2/2 +6 | R2 with its triage; R1 R4
trail_complete | 0/1 ?1 +3 | +5 | 1/2 ?1 +6 | R2's incident record; R1, R4's review and plan
"""

ACTIONS = """
metric | 2026-08 | 2026-09 | 2026-10 | why
actions_open | 1 | 3 | 4 | A2; A3 A5 A6; A3 A6 A8 A9
actions_open.under_30_days | 1 | 3 | 2 | A2; all; A8 A9
actions_open.30_to_59_days | 0 | 0 | 2 | A3 from 4 September, A6 from the 29th
actions_open.60_to_89_days | 0 | 0 | 0 |
actions_open.90_days_or_more | 0 | 0 | 0 |
actions_open.age_not_known | 0 | 0 | 0 |
actions_overdue | 0 | 1 | 3 | A3 (25 Sep); A3, A6 (20 Oct), A8 (31 Oct)
actions_overdue.under_30_days | 0 | 1 | 2 | A3; A6 A8
actions_overdue.30_to_59_days | 0 | 0 | 1 | A3
actions_overdue.60_to_89_days | 0 | 0 | 0 |
actions_overdue.90_days_or_more | 0 | 0 | 0 |
actions_overdue.age_not_known | 0 | 0 | 0 |
actions_closed | 2 | 2 | 1 | A1 A10; A4 A2; A5
closed_in_time | 2/2 +1 | 1/3 +2 | 1/3 ?1 +1 | A1 A10; A4, A2 late, A3 open; A5, A8 open, A6 ?
days_to_close | 2/3 =7 | 4/7 =15 | 5/9 =15 | see the sums below
days_to_close.lower_95 | 2/3 =7 | 4/7 =7 | 5/9 =7 | see the sums below
days_to_close.upper_95 | 2/3 = | 4/7 = | 5/9 = | never: its limit stays above a half
days_to_close.within_30 | +3 | 3/3 +4 | 5/7 +2 | raised 30 days ago: A1 A10 A2; A3 A4 A5 A6 too
days_to_close.within_60 | +3 | +7 | 3/3 +6 | raised 60 days ago: A1 A10 A2
days_to_close.within_90 | +3 | +7 | +9 | none was raised so long ago
verified | +2 | +4 | 3/4 ?1 +1 | A1 A2 A4, A10 ?; A5 runs
verified_in_window | +2 | +4 | 2/4 ?1 +1 | A1 A4; A2 a week before its window opened
verification_passed | – | – | 2/3 | A1 A2; A4 partly
closed_unverified | 0 | 0 | 1 | A10
escalated | – | 0/1 | 1/3 ?2 | A3 on 2 October; A6 A8 ?
four_box | 1/1 | 1/2 ?1 | 2/3 ?1 | R1; R3, R5; R7 R10, R8
four_box.what_happened | 1/1 | 2/2 | 3/3 | all have a summary
four_box.why | 1/1 | 2/2 | 2/3 ?1 | R8 has none
four_box.what_will_change | 1/1 | 2/2 | 3/3 | an action each
four_box.how_we_will_know | 1/1 | 1/2 ?1 | 2/3 ?1 | A1; A3, A5 has none; A6 A8, A9 has no date
four_box.factor_people | 0/1 | 1/2 | 0/3 | R3
four_box.factor_process | 0/1 | 0/2 | 2/3 | R7 R10
four_box.factor_environment | 1/1 | 1/2 | 0/3 | R1; R3
four_box.factor_communication | 0/1 | 1/2 | 0/3 | R5
four_box.factor_equipment | 0/1 | 0/2 | 1/3 | R7
"""
# Days to close, Kaplan–Meier; A7 was cancelled. "7+" is open for so long.
# August      A1 7, A10 15, A2 4+: at 7 days one of two is left, so the median is 7.
# September   A6 2+, A1 7, A4 8, A5 14+, A10 15, A2 17, A3 27+: 5/6, 4/6, 4/6 × 2/3 = 4/9 at 15.
# October     A9 6+, A1 7, A4 8, A8 10+, A5 14, A10 15, A2 17, A6 33+, A3 58+:
#             7/8, 6/8, 6/8 × 4/5 = 0.6 at 14, 0.6 × 3/4 = 0.45 at 15.
# Log-log interval of the first step, S^exp(±1.96 s), s = √Σ d/(n(n−d)) ÷ |ln S|:
#   August 0.5 (0.006 to 0.91), September 0.83 (0.27 to 0.97), October 0.875 (0.39 to 0.98): the
#   lower ones are below a half at 7 days. Of the last step with a rest, S and the upper limit:
#   September 0.22 (0.61), October 0.3 (0.63): never as low as a half.

EXPERIENCE_AND_LEARNING = """
metric | 2026-08 | 2026-09 | 2026-10 | why
complaints | 1 | 1 | 1 | F1; F2; F6
complaints.theme.meals | 1 | 0 | 1 | F1; F6
complaints.theme.laundry | 0 | 1 | 0 | F2; F7 is a concern
acknowledged_in_time | +1 | 1/2 | 1/1 | F1 over the bank holiday, F2 a working day late; F6
responded_in_time | +1 | 1/1 +1 | 0/1 ?1 +1 | F1 on day 28; F2 ?, F6 runs
responded_in_time.within_12_weeks | +1 | +2 | +3 | F1 to 20 November
satisfied_with_handling | – | 1/1 | 0/1 | F1; F6
upheld_rate | – | 1/1 | 0/1 | F1; F6
compliments | 0 | 1 | 2 | F3; F4 F5
compliments_linked | – | 0/1 | 1/2 ?1 | F3 before A1 was verified; F4 after, F5 names nothing
micro_training_in_time | +1 | 1/1 +1 | 0/1 | T1 on day 7; T2 three days late; T3 has no trigger
attendance | – | 6/8 | 7/12 ?5 | T1; T2 of 5 not told, T3 7 of 7 and two guests
training_observed | – | +1 | 1/1 +2 | T1 on day 28; T2 T3 run
observation_pass_rate | – | 1/2 | 1/2 | O1, O2 not; O4, O3 partly, O5 has no result
observation_pass_rate.focused_theme | – | 1/1 | 0/1 | O1 (T1); O3 (T2) partly, O5 (T3) no result
supervision_coverage | – | 1/4 | 2/5 | Ann Lee once, Bo Dunn no action; Bo Dunn, Cy Pratt
notes_shared | 2/2 | 0/1 ?1 | 1/2 | R1 R2; R3; R4, R5's is shared in November
micro_tests | – | 0 | 1 | M1 over on 27 September; M3
micro_tests.due_to_stop | – | 0 | 1 | M2: 12 October + 2 weeks, no decision
micro_tests.adopted | – | 1 | 0 | M1
micro_tests.stopped | – | 0 | 0 |
sample_visible | – | – | 1/3 ?1 | R1; R3 not in practice; R2 ?
"""

EVERYTHING = {
    **by_hand(SAFETY),
    **by_hand(TIMELINESS),
    **by_hand(ACTIONS),
    **by_hand(EXPERIENCE_AND_LEARNING),
}
Counted = dict[tuple[str, str, str], Figures]


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Counted:
    """What the command counts from the home's two workbooks."""
    top = tmp_path_factory.mktemp("one")
    folder = top / "logs"
    folder.mkdir()
    one.write(folder)
    return as_counted(folder, "2026-10", top / "output")


@pytest.mark.parametrize("service", [one.HOME, "All"])
def test_every_figure_is_as_worked_out_by_hand(counted: Counted, service: str) -> None:
    assert list(differences(counted, service, EVERYTHING)) == []


def test_nothing_is_counted_for_anyone_else(counted: Counted) -> None:
    assert {service for service, _, _ in counted} == {one.HOME, "All"}
