"""What a systemic theme asks, as far as the logs can show it, and by when.

A service-wide plan, a training refresh and governance oversight fall due with the review, the
cross-site re-audit with the verification. What was done while the theme built up counts too.
Source: the article's tier 4; 20 working days: House.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.assess import clocks
from learnpipe.assess.duties import DUTY_COLUMNS, ROUTES
from learnpipe.assess.incidents import SYSTEMIC_TIER
from learnpipe.assess.snapshots import LAST
from learnpipe.assess.trail_actions import finished_on, last_versions
from learnpipe.ground.calendar import months_of
from learnpipe.ground.frames import each_row
from learnpipe.ground.schemas import Schemas
from learnpipe.ground.terms import MET, NO_EVIDENCE, NOT_MET, VERIFYING, same_words

Array = np.ndarray[Any, Any]
Columns = dict[str, Array]
Day = Any  # numpy.datetime64[D]; NaT where there is none
_NEVER = np.datetime64("NaT", "D")
_WIDE = ("service-wide", "cross-site")
_SITES = 2


def systemic_duties(
    cases: pd.DataFrame,
    incidents: pd.DataFrame,
    actions: pd.DataFrame,
    training: pd.DataFrame,
    nation: Array,
    supplied: Collection[str],
    schemas: Schemas,
) -> pd.DataFrame:
    """The duties of the systemic cases, as `judge_duties` gives those of incidents.

    ``nation``: of each case. What only a log that is not ``supplied`` could show is not judged. A
    case that the provider logged itself has its review and its re-checks there.
    """
    if cases.empty:
        return pd.DataFrame(columns=list(DUTY_COLUMNS))
    days = int(schemas.number("tier_4_review_working_days"))
    due = clocks.after_working_days(cases["opened_on"].to_numpy(), days, nation)
    lead = np.timedelta64(int(schemas.number("repeat_days")), "D")
    keys = pd.Index(cases["theme_key"].unique())
    given, done, told = (
        _training(training, keys),
        _done(actions, keys, schemas),
        _told(incidents, keys),
    )
    rows = []
    for case, theme, review_due in zip(
        each_row(cases), keys.get_indexer(pd.Index(cases["theme_key"])), due, strict=True
    ):
        since = np.datetime64(case.opened_on, "D") - lead
        own = _where(done, (done["theme"] == theme) & (done["raised"] >= since))
        plan = _plan(own, review_due)
        about = told["theme"] == theme
        reviews = _where(told, about & (told["wide"] | (told["case"] == case.logged_case)))
        recheck = _recheck_due(plan, review_due, schemas)
        sessions = given["delivered"][given["theme"] == theme]
        overseen = np.concatenate([reviews["signed_off"], plan["escalated"]])
        shown = {
            "reviewed": (review_due, _first(reviews["reviewed"], since)),
            "service_wide_plan": (review_due, _first(plan["raised"], since)),
            "training_refresh": (review_due, _first(sessions, since)),
            "governance": (review_due, _first(overseen, since)),
            "cross_site_audit": (recheck, _audited_on(own)),
            "verified": (recheck, _verified_on(plan)),
        }
        for name in _not_judged(case, own, supplied):
            shown.pop(name, None)
        rows += [_row(case, name, last_day, on) for name, (last_day, on) in shown.items()]
    return pd.DataFrame(rows, columns=list(DUTY_COLUMNS))


def _days(rows: pd.DataFrame, name: str) -> Array:
    return rows[name].to_numpy().astype("datetime64[D]")


def _where(columns: Columns, mask: Array) -> Columns:
    return {name: values[mask] for name, values in columns.items()}


def _theme(rows: pd.DataFrame, keys: pd.Index[Any]) -> Array:
    """The position of each row's theme (else category) among the systemic ones; −1 elsewhere."""
    told = rows["theme"].to_numpy()
    if "category" in rows:
        told = np.where(pd.isna(told), rows["category"].to_numpy(), told)
    codes, spellings = pd.factorize(told)
    at = keys.get_indexer(pd.Index([same_words(str(one)) for one in spellings], dtype=object))
    found: Array = np.append(at, -1)[codes]
    return found


def _training(training: pd.DataFrame, keys: pd.Index[Any]) -> Columns:
    return {"theme": _theme(training, keys), "delivered": _days(training, "delivered_on")}


def _told(incidents: pd.DataFrame, keys: pd.Index[Any]) -> Columns:
    """What the log of incidents tells of reviews: of the latest version of each case."""
    case = incidents["case"].to_numpy()
    latest = incidents[np.append(case[1:] != case[:-1], True)[: len(case)]]
    return {
        "theme": keys.get_indexer(pd.Index(latest["theme_or_category"])),
        "case": latest["case"].to_numpy(),
        "wide": latest["review_route"].to_numpy() == ROUTES[SYSTEMIC_TIER],
        "reviewed": _days(latest, "reviewed_on"),
        "signed_off": _days(latest, "signed_off_on"),
    }


def _done(actions: pd.DataFrame, keys: pd.Index[Any], schemas: Schemas) -> Columns:
    """What the action log tells: the last version of each action for a systemic theme."""
    last = last_versions(actions)
    theme = _theme(last, keys)
    last, theme = last[theme >= 0], theme[theme >= 0]
    scope, method = last["scope"].to_numpy(), last["verify_by"].to_numpy()
    completed, verified = _days(last, "completed_on"), _days(last, "verified_on")
    return {
        "theme": theme,
        "service": last["service"].to_numpy(),
        "raised": _days(last, "raised_on"),
        "escalated": _days(last, "escalated_on"),
        "finished": finished_on(last, schemas),
        "verified": np.where(verified >= completed, verified, _NEVER),
        "wide": np.isin(scope.astype(str), _WIDE),
        "across": scope == "cross-site",
        "audited": method == "re-audit",
        "by_method": np.isin(method.astype(str), VERIFYING),
        "tier": last["incident_tier"].to_numpy(),
    }


def _not_judged(case: Any, own: Columns, supplied: Collection[str]) -> set[str]:
    """The duties that no supplied log could show, and those that the case's own row has."""
    out = set()
    if "actions" not in supplied:
        out |= {"service_wide_plan", "cross_site_audit", "verified"}
    if "training" not in supplied:
        out.add("training_refresh")
    if case.logged_case >= 0:
        out.add("reviewed")
        if (own["tier"] == SYSTEMIC_TIER).any():
            out.add("verified")
    return out


def _first(days: Array, since: Day) -> Day:
    """The first of some days from ``since`` on; NaT where there is none."""
    known = days[days >= since]
    return known.min() if len(known) else _NEVER


def _plan(own: Columns, review_due: Day) -> Columns:
    """The actions of the service-wide plan: those raised until it was due, else the first after.

    What is raised later still does not move the day on which the plan is to be verified.
    """
    wide = _where(own, own["wide"])
    if not len(wide["raised"]):
        return wide
    return _where(wide, wide["raised"] <= max(review_due, wide["raised"].min()))


def _recheck_due(plan: Columns, review_due: Day, schemas: Schemas) -> Day:
    """The last day of the re-check of a plan: counted from its last action, else the review."""
    ends = plan["finished"][~np.isnat(plan["finished"])]
    anchor = np.array([ends.max() if len(ends) else review_due])
    last_day: Day = clocks.after_weeks(anchor, schemas.number("recheck_closes_weeks"))[0]
    return last_day


def _verified_on(plan: Columns) -> Day:
    """The day from which every action of the plan is verified."""
    checked = plan["verified"][plan["by_method"]]
    if not len(plan["raised"]) or len(checked) < len(plan["raised"]) or np.isnat(checked).any():
        return _NEVER
    return checked.max()


def _audited_on(own: Columns) -> Day:
    """The day of the first cross-site re-audit, else that on which a second service had its own."""
    audits = _where(own, own["audited"] & ~np.isnat(own["verified"]))
    across = audits["verified"][audits["across"]]
    found = [across.min()] if len(across) else []
    first: dict[str, Day] = {}
    for at in np.argsort(audits["verified"], kind="stable"):
        first.setdefault(audits["service"][at], audits["verified"][at])
    found += list(first.values())[_SITES - 1 : _SITES]
    return min(found) if found else _NEVER


def _row(case: Any, name: str, due: Day, done: Day) -> dict[str, Any]:
    due_month = int(months_of(np.array([due]))[0])
    in_time = (
        months_of(np.array([done]))[0] <= due_month if name == "verified" else done <= due
    )  # a verification counts until the end of its month, as that of an action does
    state = NO_EVIDENCE if np.isnat(done) else MET if in_time else NOT_MET
    opened = np.array([np.datetime64(case.opened_on, "D")])
    return {
        "case": -1, "version": -1, "source": case.source, "row": case.row,
        "service": case.service, "duty": name, "tier": SYSTEMIC_TIER,
        "tier_is_recorded": case.logged_case >= 0, "due_on": due.astype("datetime64[s]"),
        "done_on": done.astype("datetime64[s]"), "due_month": due_month, "state": state,
        "open_from": int(months_of(opened)[0]), "open_to": min(due_month, LAST),
        "by_day": False, "category": None, "theme": case.theme, "field": "theme",
        "route_state": NO_EVIDENCE, "mark": case.ref,
    }  # fmt: skip
