"""The schemas as they are shipped: complete, without contradiction, with examples and sources."""

from __future__ import annotations

import datetime as dt
import shutil
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from learnpipe.ground.findings import LearnpipeError
from learnpipe.ground.schemas import (
    LOGS,
    Rule,
    Schema,
    Schemas,
    Words,
    built_in_folder,
    load_schemas,
)
from learnpipe.recognise.header_words import normal
from learnpipe.recognise.values import plain
from learnpipe.validate.checks import failures, keeps

# The contract: names and order of the fields; a star marks what is personal.
FIELDS = {
    "incidents": """
        ref service location signal category theme severity psychological_severity occurred_at
        reported_at reported_by* person_affected* summary immediate_action notified notified_on
        families_told_on accessible_format triaged_at tier review_route review_due_on reviewed_on
        reviewed_by* signed_off_by* signed_off_on cause contributing_factors lesson
        candour_applies candour_on candour_told_on candour_apology_on candour_written_on
        safeguarding safeguarding_on safeguarding_enquiry_on safeguarding_outcome multi_agency_on
        shared_with recommendation restrictive_practice riddor riddor_kind riddor_on debriefed_on
        reporter_told_on shared_on learning_note plan_updated status closed_on
    """,
    "actions": """
        ref incident_ref service theme action scope owner* owner_role priority raised_on due_on
        status completed_on escalated_to escalated_on plan_updated how_we_will_know verify_by
        verify_due_on verified_on verified_by* verification_result learning_note
    """,
    "feedback": """
        ref service kind theme summary received_on acknowledged_on responded_on outcome satisfied
        action_ref status closed_on
    """,
    "training": """
        ref service theme triggered_on delivered_on minutes attended eligible trainer* observed_on
    """,
    "observations": "ref service theme behaviour staff* observer* observed_on result",
    "supervisions": "service staff* held_on theme action_captured",
    "activity": "service month bed_days visits hours headcount",
    "micro_tests": "ref service theme started_on ends_on measure stop_rule result decision",
    "case_samples": "incident_ref service sampled_on sampled_by* in_records in_practice",
    "commentary": "metric month service why_it_moved what_next owner* due_on",
    "services": "service also_known_as kind nation",
}
STANDARDS = """
    triage_hours tier_1_review_days micro_action_days tier_2_review_working_days
    tier_3_review_working_days tier_4_review_working_days tier_2_recheck_opens_weeks
    tier_2_recheck_closes_weeks recheck_opens_weeks recheck_closes_weeks repeat_signals repeat_days
    systemic_services systemic_share verified_before_days acknowledge_working_days respond_days
    ombudsman_weeks micro_training_days micro_training_minutes_low micro_training_minutes_high
    reporter_told_months held_weeks_before held_weeks_after held_first_weeks case_sample_size
    case_sample_months chase_months days_to_close_months riddor_days riddor_over_seven_days
    suppression_threshold note_words next_meeting_day target_triaged_in_time
    target_reviewed_in_time target_closed_in_time target_verified target_acknowledged_in_time
    target_responded_in_time target_micro_training_in_time target_observation_pass_rate
    target_supervision_coverage link_days stock_settles_months training_observed_days
    micro_test_weeks
""".split()
LISTS = {
    "role_words", "common_words", "not_a_plan_update", "only_told", "change_words",
    "not_changed", "people_and_occasions", "no_answer", "none_needed", "totals",
    "placeholders", "honorifics", "titles", "not_names", "everyday_words",
    "seldom_words", "no_register", "body_parts",
}  # fmt: skip

every_log = pytest.mark.parametrize("log", LOGS)


@cache
def shipped() -> Schemas:
    """The built-in schemas, read once."""
    return load_schemas()


def word_names() -> list[str]:
    """The names of the words files, without reading them."""
    return sorted(path.stem for path in (built_in_folder() / "words").glob("*.toml"))


def row_of(schema: Schema, cells: dict[str, Any]) -> pd.DataFrame:
    """A log of one row; an empty text stands for an empty cell."""
    columns = {}
    for name, field in schema.fields.items():
        value = None if cells.get(name) == "" else cells.get(name)
        if field.dated:
            columns[name] = pd.Series([pd.NaT if value is None else value], dtype="datetime64[s]")
        elif field.kind == "number":
            columns[name] = pd.Series([value], dtype="float64")
        else:
            columns[name] = pd.Series([value], dtype=object)
    return pd.DataFrame(columns)


def kept(schema: Schema, rule: Rule, cells: dict[str, Any]) -> bool:
    """Whether one row keeps a rule."""
    return bool(keeps(rule, row_of(schema, cells)).iloc[0])


@every_log
def test_fields_are_those_of_the_contract(log: str) -> None:
    wanted = FIELDS[log].split()
    schema = shipped().logs[log]
    assert list(schema.fields) == [name.rstrip("*") for name in wanted]
    assert schema.personal == tuple(name[:-1] for name in wanted if name.endswith("*"))


def test_every_log_has_its_contract() -> None:
    assert set(FIELDS) == set(LOGS) == set(shipped().logs)


@every_log
def test_kinds_follow_the_names(log: str) -> None:
    for name, field in shipped().logs[log].fields.items():
        if name.endswith("_at"):
            assert field.kind == "datetime", name
        if name.endswith("_on"):
            assert field.kind == "date", name
        if name in ("ref", "incident_ref", "action_ref"):
            assert field.kind == "ref", name
        if name in ("month", "service"):
            assert field.kind == name
        if field.kind == "number":
            assert field.low is not None and field.low >= 0, name


@every_log
def test_words_for_people_to_read(log: str) -> None:
    schema = shipped().logs[log]
    assert schema.log == log
    assert schema.title and schema.row
    titles = [field.title for field in schema.fields.values()]
    assert len(set(titles)) == len(titles)
    for name, field in schema.fields.items():
        assert field.means.endswith("."), name
    for rule in schema.rules:
        assert rule.problem.endswith(".") and rule.fix.endswith("."), rule.code


@every_log
def test_a_file_begins_by_saying_how_to_edit_it(log: str) -> None:
    text = (built_in_folder() / f"{log}.toml").read_text(encoding="utf-8")
    assert text.startswith("#")


@every_log
def test_no_header_is_sure_for_two_fields(log: str) -> None:
    fields_of = defaultdict(set)
    for name, field in shipped().logs[log].fields.items():
        for header in (*field.headers, name.replace("_", " "), field.title):
            fields_of[normal(header)].add(name)
    assert {header: names for header, names in fields_of.items() if len(names) > 1} == {}


@every_log
def test_no_sure_header_speaks_against_its_log(log: str) -> None:
    schema = shipped().logs[log]
    sure = {normal(header) for field in schema.fields.values() for header in field.headers}
    assert not sure & {normal(header) for header in schema.marks_against}


@every_log
def test_headers_are_written_as_they_are_looked_up(log: str) -> None:
    schema = shipped().logs[log]
    headers = [
        header
        for field in schema.fields.values()
        for header in (*field.headers, *field.maybe, *field.time_headers)
    ]
    assert [
        header for header in (*headers, *schema.marks_against) if normal(header) != header
    ] == []


@every_log
def test_the_example_is_a_valid_row(log: str) -> None:
    schemas = shipped()
    schema = schemas.logs[log]
    assert set(schema.example) <= set(schema.fields)
    for group in schema.needs:
        assert any(schema.example.get(name) not in (None, "") for name in group), group
    for name in (*schema.dates[:1], *schema.key):
        assert name in schema.example, name
    for name, value in schema.example.items():
        field = schema.fields[name]
        if field.kind == "datetime":
            assert isinstance(value, dt.datetime), name
        elif field.dated:
            assert type(value) is dt.date, name
        elif field.kind == "number":
            assert isinstance(value, (int, float)), name
        else:
            assert isinstance(value, str), name
    assert failures(schema, row_of(schema, schema.example), schemas).empty


@every_log
def test_dates_and_keys_are_fields(log: str) -> None:
    schema = shipped().logs[log]
    assert all(schema.fields[name].dated for name in schema.dates)
    assert set(schema.key) <= set(schema.fields)


@every_log
def test_each_rule_is_broken_by_its_own_counterexample(log: str) -> None:
    schema = shipped().logs[log]
    for rule in schema.rules:
        assert set(rule.breaks) <= set(schema.fields), rule.code
        assert kept(schema, rule, schema.example), rule.code
        assert not kept(schema, rule, {**schema.example, **rule.breaks}), rule.code


@every_log
def test_a_rule_never_quotes_a_person(log: str) -> None:
    schema = shipped().logs[log]
    for rule in schema.rules:
        quoted = {"{value}": rule.field, "{other}": rule.other}
        for mark, name in quoted.items():
            assert mark not in rule.problem or not schema.fields[name].personal, rule.code
        assert rule.problem.format(value="one", other="two")
        assert rule.severity in ("blank", "note")


@every_log
def test_a_rule_asks_for_words_there_are(log: str) -> None:
    schemas = shipped()
    for rule in schemas.logs[log].rules:
        field = schemas.logs[log].fields[rule.other]
        if rule.values and field.kind in ("choice", "yes_no"):
            assert set(rule.values) <= set(schemas.words[field.words or "yes_no"].order), rule.code


@every_log
def test_codes_of_rules_are_told_apart(log: str) -> None:
    codes = Counter(rule.code for rule in shipped().logs[log].rules)
    assert [code for code, count in codes.items() if count > 1] == []


@pytest.mark.parametrize("name", word_names())
def test_a_word_stands_once_in_its_file(name: str) -> None:
    words: Words = shipped().words[name]
    listed = [
        plain(word) or word.strip()
        for ours, theirs in words.words.items()
        for word in (ours, *theirs)
    ]
    assert [word for word, count in Counter(listed).items() if count > 1] == []
    assert set(words.words) == set(words.order)
    assert words.title
    assert all(words.words[ours] for ours in words.order)


def test_words_that_are_easily_taken_wrongly() -> None:
    words = shipped().words
    assert "none" in words["empty"].words["empty"]
    assert "none" in words["severity"].order
    assert "na" not in words["empty"].words["empty"]
    assert "x" in words["yes_no"].words["yes"]
    known = {plain(word) for listed in words["severity"].words.values() for word in listed}
    assert "lowish" not in known


def test_every_standard_has_a_source_and_a_unit() -> None:
    standards = shipped().standards
    assert sorted(standards) == sorted(STANDARDS)
    for name, standard in standards.items():
        assert standard.unit and standard.source, name
        assert standard.means.endswith("."), name
        if standard.unit == "share":
            assert 0 < float(standard.value) <= 1, name
        if name.startswith("target_"):
            assert (standard.unit, standard.source) == ("share", "House")


def test_lists_and_sheets_that_are_no_logs() -> None:
    schemas = shipped()
    assert set(schemas.lists) == LISTS
    for name, listed in schemas.lists.items():
        counts = Counter(word.casefold() for word in listed)
        assert [word for word, count in counts.items() if count > 1] == [], name
    assert {"risk register", "training matrix", "work orders"} <= {
        one.kind for one in schemas.not_logs
    }
    for one in schemas.not_logs:
        assert [header for header in one.headers if normal(header) != header] == []
        assert len(set(one.headers)) == len(one.headers)


def changed(folder: Path, file: str, old: str, new: str) -> Path:
    """A copy of the schemas in which one text is another."""
    copy = folder / "schemas"
    shutil.copytree(built_in_folder(), copy)
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


@pytest.mark.parametrize(
    ("file", "old", "new", "near"),
    [
        ("services.toml", "marks_against =", "mark_against =", "marks_against"),
        ("services.toml", "maybe =", "mabye =", "maybe"),
        ("training.toml", 'severity = "note"', 'severty = "note"', "severity"),
        ("standards.toml", "source =", "sauce =", "source"),
        ("words/tier.toml", "order =", "ordre =", "order"),
    ],
)
def test_an_unknown_key_names_the_nearest(
    tmp_path: Path, file: str, old: str, new: str, near: str
) -> None:
    with pytest.raises(LearnpipeError) as error:
        load_schemas(changed(tmp_path, file, old, new))
    wrong = new.split(" ", 1)[0]
    assert f'"{wrong}"' in error.value.findings[0].problem
    assert error.value.findings[0].fix == f'Did you mean "{near}"?'


def test_a_missing_log_is_named(tmp_path: Path) -> None:
    copy = tmp_path / "schemas"
    shutil.copytree(built_in_folder(), copy)
    (copy / "activity.toml").unlink()
    with pytest.raises(LearnpipeError) as error:
        load_schemas(copy)
    assert error.value.findings[0].place.file == "activity.toml"


def test_the_fingerprint_does_not_depend_on_line_endings(tmp_path: Path) -> None:
    copy = tmp_path / "schemas"
    shutil.copytree(built_in_folder(), copy)
    path = copy / "services.toml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_schemas(copy).sha256 == shipped().sha256
