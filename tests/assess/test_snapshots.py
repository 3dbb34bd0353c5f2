"""Snapshots: the same record in several months' files is one case with dated knowledge."""

from __future__ import annotations

from typing import Any

from tests.builders import Row, judged, measured


def signal(ref: str | None = "I1", snapshot: str | None = None, **facts: Any) -> Row:
    return {"ref": ref, "snapshot": snapshot, "occurred_at": "2026-09-10 10:00", **facts}


def action(snapshot: str, **facts: Any) -> Row:
    return {"ref": "A1", "snapshot": snapshot, "raised_on": "2026-09-01", **facts}


SOMETHING = [signal("I0"), signal("I9", occurred_at="2026-10-10 10:00")]


def test_the_same_ref_in_two_months_files_is_one_case():
    got = measured("2026-10", incidents=[signal(snapshot="2026-09"), signal(snapshot="2026-10")])

    assert got.counts("incidents", month="2026-09")[0] == 1
    assert len(got.judged.frames["cases"]) == 1


def test_the_same_ref_at_two_services_is_two_cases():
    got = measured("2026-09", incidents=[signal(service="Oak"), signal(service="Elm")])

    assert got.counts("incidents")[0] == 2


def test_a_ref_typed_in_another_way_is_the_same_case():
    got = measured(
        "2026-10",
        incidents=[signal("INC-007", "2026-09"), signal("inc 7", "2026-10")],
    )

    assert got.counts("incidents", month="2026-09")[0] == 1


def test_a_dated_fact_comes_from_the_latest_file_that_knows_it():
    # September's file did not know of the triage; October's does, and dates it in September.
    got = measured(
        "2026-10",
        incidents=[
            signal(snapshot="2026-09"),
            signal(snapshot="2026-10", triaged_at="2026-09-10 12:00"),
        ],
    )

    assert got.counts("triaged_in_time", month="2026-09") == (1, 1, 0, 0)


def test_a_dated_fact_stays_when_a_later_file_leaves_it_empty():
    got = measured(
        "2026-10",
        incidents=[
            signal(snapshot="2026-09", triaged_at="2026-09-10 12:00"),
            signal(snapshot="2026-10"),
        ],
    )

    assert got.counts("triaged_in_time", month="2026-09") == (1, 1, 0, 0)


def test_a_date_put_right_later_counts_as_put_right():
    got = measured(
        "2026-10",
        incidents=[
            signal(snapshot="2026-09", triaged_at="2026-09-19 12:00"),
            signal(snapshot="2026-10", triaged_at="2026-09-10 12:00"),
        ],
    )

    assert got.counts("triaged_in_time", month="2026-09") == (1, 1, 0, 0)


def test_an_undated_fact_holds_from_its_snapshots_month():
    # Open in September's file, cancelled in October's: it was open at the end of September.
    got = measured(
        "2026-10",
        incidents=SOMETHING,
        actions=[action("2026-09", status="open"), action("2026-10", status="cancelled")],
    )

    assert got.counts("actions_open", month="2026-09")[0] == 1
    assert got.counts("actions_open", month="2026-10")[0] == 0


def test_a_severity_raised_later_does_not_change_the_month_before():
    # Harm is judged with what was known at the end of the signal's own month.
    got = measured(
        "2026-10",
        incidents=[
            signal(snapshot="2026-09", severity="low"),
            signal(snapshot="2026-10", severity="moderate"),
        ],
    )

    assert got.counts("harm_rate", month="2026-09")[:2] == (0, 1)
    assert got.judged.frames["cases"]["harm"].tolist() == [2]


def test_an_undated_fact_holds_between_two_snapshots():
    # August says tier 1, November says tier 3: in September and October it is tier 1.
    def tier_at(month: str) -> list[int]:
        rows = [
            signal(snapshot="2026-08", tier="1", occurred_at="2026-08-03 10:00"),
            signal(snapshot="2026-11", tier="3", occurred_at="2026-08-03 10:00"),
        ]
        return judged(month, incidents=rows).frames["cases"]["tier"].tolist()

    assert [tier_at(month) for month in ("2026-08", "2026-10", "2026-11")] == [[1], [1], [3]]


def test_before_its_first_snapshot_a_case_is_as_its_first_snapshot_says():
    got = measured(
        "2026-10",
        incidents=[signal(snapshot="2026-10", severity="moderate")],
    )

    assert got.counts("harm_rate", month="2026-09")[:2] == (1, 1)


def test_the_order_is_by_the_month_declared_and_not_by_the_order_of_the_files():
    got = measured(
        "2026-10",
        incidents=SOMETHING,
        actions=[action("2026-10", status="cancelled"), action("2026-09", status="open")],
    )

    assert got.counts("actions_open", month="2026-09")[0] == 1
    assert got.counts("actions_open", month="2026-10")[0] == 0


def test_octobers_report_is_the_same_when_novembers_file_only_adds_what_was_true_later():
    # Closed on 3 November: open at the end of October, whenever that report is made.
    october = action("2026-10", status="open", due_on="2026-10-20")
    november = action("2026-11", status="closed", due_on="2026-10-20", completed_on="2026-11-03")
    metrics = ("actions_open", "actions_overdue", "closed_in_time", "actions_closed")
    at_once = measured("2026-10", incidents=SOMETHING, actions=[october])
    later = measured("2026-10", incidents=SOMETHING, actions=[october, november])

    assert [later.counts(m) for m in metrics] == [at_once.counts(m) for m in metrics]
    assert later.counts("actions_open")[0] == 1


def test_rows_without_a_ref_are_never_merged():
    got = measured(
        "2026-10",
        incidents=[signal(None, "2026-09"), signal(None, "2026-10"), signal(None, "2026-10")],
    )

    assert got.counts("incidents", month="2026-09")[0] == 3
    assert dict(got.judged.superseded) == {}


def test_a_row_a_person_on_one_sheet_is_one_case_and_both_rows_are_used():
    got = measured(
        "2026-09",
        incidents=[signal(person_affected="A"), signal(person_affected="B", severity="low")],
    )

    assert got.counts("incidents")[0] == 1
    assert got.judged.frames["cases"]["severity"].tolist() == ["low"]  # the row that knows
    assert dict(got.judged.superseded) == {}


def test_rows_of_older_snapshots_are_counted_as_superseded_by_their_file():
    # I1 stands in files 0, 1 and 2, I2 in 0 and 1: the newest row of each is used.
    one = judged(
        "2026-11",
        incidents=[
            signal("I1", "2026-09"), signal("I2", "2026-09"),
            signal("I1", "2026-10"), signal("I2", "2026-10"),
            signal("I1", "2026-11"),
        ],
    )  # fmt: skip

    assert dict(one.superseded) == {0: 2, 1: 1}


def test_a_ref_used_twice_on_a_sheet_stands_for_two_cases_and_is_pointed_out():
    one = judged(
        "2026-09",
        incidents=[signal("I1"), signal("I1", occurred_at="2026-09-20 10:00"), signal("I2")],
    )

    assert len(one.frames["cases"]) == 3
    assert [(found.code, found.severity, found.place.cell) for found in one.findings] == [
        ("ref-used-twice", "note", "A2")
    ]


def test_a_ref_used_twice_is_two_cases_in_every_snapshot_of_them():
    first, second = "2026-09-10 10:00", "2026-09-20 10:00"
    one = judged(
        "2026-10",
        incidents=[
            signal("I1", snapshot, occurred_at=moment)
            for snapshot in ("2026-09", "2026-10")
            for moment in (first, second)
        ],
    )

    assert len(one.frames["cases"]) == 2
    assert dict(one.superseded) == {0: 2}


def test_a_ref_given_anew_the_next_month_is_another_case():
    one = judged(
        "2026-10",
        incidents=[
            signal("1", "2026-09", summary="Fell by the bed"),
            signal("1", "2026-10", summary="Wrong dose", occurred_at="2026-10-02 10:00"),
        ],
    )

    assert len(one.frames["cases"]) == 2


def test_a_date_put_right_is_not_another_case():
    one = judged(
        "2026-10",
        incidents=[
            signal("1", "2026-09", summary="Fell by the bed"),
            signal("1", "2026-10", summary="Fell by the bed", occurred_at="2026-09-09 10:00"),
        ],
    )
    cases = one.frames["cases"]

    assert cases["day"].astype(str).tolist() == ["2026-09-09 10:00:00"]


def test_a_row_without_a_date_belongs_to_the_month_its_file_declares():
    got = measured(
        "2026-10",
        incidents=[
            signal("I0", "2026-09"),
            signal("I1", "2026-10", occurred_at=None),
        ],
    )

    assert got.counts("incidents", month="2026-10")[0] == 1
    assert got.judged.undated["incidents"] == 0


def test_a_row_without_a_date_in_a_file_without_a_month_belongs_to_none_and_is_counted():
    got = measured("2026-09", incidents=[signal("I0"), signal("I1", occurred_at=None)])

    assert got.counts("incidents")[0] == 1
    assert got.judged.undated["incidents"] == 1
