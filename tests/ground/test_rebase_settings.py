"""Where limits begin anew is a dated setting with a reason; what is wrong names its key."""

from __future__ import annotations

from pathlib import Path

import pytest

from learnpipe.ground.calendar import parse_month
from learnpipe.ground.findings import LearnpipeError
from learnpipe.ground.schemas import load_schemas
from learnpipe.ground.settings import Rebase, load_settings

GOOD = 'metric = "falls"\nservice = "Oak"\nmonth = "2026-03"\nreason = "New  falls pathway"\n'


def read(path: Path, text: str) -> tuple[Rebase, ...]:
    file = path / "learnpipe.toml"
    file.write_text(text, encoding="utf-8")
    return load_settings(file, load_schemas()).rebase


def test_several_are_read_and_all_services_is_what_none_says(tmp_path: Path) -> None:
    one, two = read(tmp_path, f"[[rebase]]\n{GOOD}[[rebase]]\n{GOOD.replace('service', '#')}")
    month = parse_month("2026-03")
    assert (one.metric, one.service, one.month) == ("falls", "Oak", month)
    assert one.reason == "New falls pathway"
    assert (two.service, two.where) == ("All", "rebase 2")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("reason", "#", "rebase has no reason."),
        ("month", "#", "rebase has no month."),
        ("metric", "#", "rebase has no metric."),
        ("metric", "metrik", 'rebase: "metrik" is not known here.'),
        ('"New  falls pathway"', '" "', "rebase.reason is empty."),
        ('"2026-03"', '"March"', 'rebase.month: "March" is not a month.'),
        ('"2026-03"', "2026-03-01", "rebase.month should be a text in quotation marks."),
    ],
)
def test_a_wrong_one_names_its_key(tmp_path: Path, old: str, new: str, problem: str) -> None:
    with pytest.raises(LearnpipeError) as error:
        read(tmp_path, f"[[rebase]]\n{GOOD.replace(old, new)}")
    assert error.value.findings[0].problem.startswith(problem)


def test_the_same_one_twice_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LearnpipeError) as error:
        read(tmp_path, f"[[rebase]]\n{GOOD}[[rebase]]\n{GOOD}")
    assert error.value.findings[0].problem == "rebase 2 says again when falls begins anew."


def test_a_table_instead_of_a_list_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LearnpipeError) as error:
        read(tmp_path, f"[rebase]\n{GOOD}")
    assert error.value.findings[0].problem.startswith("rebase should be a list")
