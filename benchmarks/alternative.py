"""The alternative: what a data-handy colleague would write in an afternoon, and write well.

`pandas.read_excel` with openpyxl for every sheet, the same metrics, `matplotlib.pyplot`,
`to_excel`. It trusts the headers to be the ones it knows, sets what it cannot read to empty, and
says nothing of either.

    python benchmarks/alternative.py FOLDER OUT [--files N]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import holidays
import matplotlib
import numpy as np
import pandas as pd

matplotlib.use("Agg")
import matplotlib.pyplot as plt

TELLTALE = {
    "incidents": "Incident date",
    "actions": "Action ref",
    "feedback": "Type of feedback",
    "training": "Date delivered",
    "observations": "Date observed",
    "supervisions": "Supervision date",
    "activity": "Bed days",
}
"""The header that only this log has."""

DATES = {
    "incidents": ["Incident date", "Date reported", "Triaged", "Date reviewed", "Date closed"],
    "actions": ["Date raised", "Due date", "Date completed", "Verified on"],
    "feedback": ["Date received", "Date acknowledged", "Date responded"],
    "training": ["Date triggered", "Date delivered"],
    "observations": ["Date observed"],
    "supervisions": ["Supervision date"],
    "activity": [],
}
BY = ["Service", "Month"]
CHARTS = {
    "incidents": "Incidents",
    "harm_rate": "Moderate harm or worse",
    "repeat_rate": "Repeats within 90 days",
    "triaged_in_time": "Triaged within 24 hours",
    "reviewed_in_time": "Reviewed in time",
    "closed_in_time": "Actions closed in time",
}
NOT_ADDED = {"incident_rate", "mean_days_to_close", "median_days_to_close"}
REVIEW_DAYS = {"Tier 2": 5, "Tier 3": 20}
ENGLAND = holidays.country_holidays("GB", subdiv="ENG", years=range(2020, 2031))
BANK_HOLIDAYS = [np.datetime64(day) for day in ENGLAND]


def tables(path: Path) -> Iterator[pd.DataFrame]:
    """Each sheet of a file, its header found as the first row with four or more cells."""
    if path.suffix == ".csv":
        yield pd.read_csv(path)
        return
    sheets = pd.read_excel(path, sheet_name=None, header=None, engine="openpyxl")
    for sheet in sheets.values():
        full = (sheet.notna().sum(axis=1) >= 4).to_numpy()
        if full.any():
            top = int(full.argmax())
            table = sheet.iloc[top + 1 :]
            table.columns = sheet.iloc[top].tolist()
            yield table.dropna(how="all")


def load(paths: list[Path]) -> dict[str, pd.DataFrame]:
    """All logs, each joined over its files, with dates as dates."""
    found: dict[str, list[pd.DataFrame]] = {name: [] for name in TELLTALE}
    for path in paths:
        for table in tables(path):
            for name, header in TELLTALE.items():
                if header in table.columns:
                    found[name].append(table)
                    break
    logs = {name: pd.concat(some, ignore_index=True) for name, some in found.items() if some}
    for name, log in logs.items():
        for column in DATES[name]:
            log[column] = pd.to_datetime(
                log[column], format="mixed", dayfirst=True, errors="coerce"
            )
    return logs


def share(rows: pd.DataFrame, month_of: str, met: pd.Series, metric: str) -> pd.DataFrame:
    """Due and met by service and month of the date named."""
    month = rows[month_of].dt.to_period("M").rename("Month")
    counts = met.groupby([rows["Service"], month]).agg(["size", "sum"])
    counts.columns = ["due", "met"]
    counts["value"] = counts["met"] / counts["due"]
    return counts.reset_index().assign(metric=metric)


def count(rows: pd.DataFrame, month_of: str, metric: str) -> pd.DataFrame:
    """The number of rows by service and month of the date named."""
    month = rows[month_of].dt.to_period("M").rename("Month")
    counts = rows.groupby(["Service", month]).size().rename("value")
    return counts.reset_index().assign(metric=metric)


def incident_metrics(incidents: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Counts, harm, repeats, triage and review."""
    incidents = incidents.dropna(subset=["Incident date"]).sort_values(["Incident date", "Ref"])
    yield count(incidents, "Incident date", "incidents")
    harmed = incidents["Level of harm"].isin(["Moderate", "Severe", "Fatal"])
    yield share(incidents, "Incident date", harmed, "harm_rate")
    gap = incidents.groupby(["Service", "Theme"])["Incident date"].diff()
    yield share(incidents, "Incident date", gap <= pd.Timedelta(days=90), "repeat_rate")
    reported = incidents["Date reported"].fillna(incidents["Incident date"])
    incidents = incidents.assign(Reported=reported)
    wait = incidents["Triaged"].dt.normalize() - reported
    yield share(incidents, "Reported", wait <= pd.Timedelta(days=1), "triaged_in_time")
    safeguarding = incidents[incidents["Safeguarding"] == "Yes"]
    yield count(safeguarding, "Incident date", "safeguarding")

    reviewable = incidents[incidents["Tier"].isin(["Tier 1", "Tier 2", "Tier 3"])].copy()
    start = reviewable["Reported"].to_numpy().astype("datetime64[D]")
    working = reviewable["Tier"].map(REVIEW_DAYS).fillna(0).to_numpy().astype(int)
    by_working_days = np.busday_offset(start, working, roll="backward", holidays=BANK_HOLIDAYS)
    within_week = start + np.timedelta64(7, "D")
    first_tier = (reviewable["Tier"] == "Tier 1").to_numpy()
    reviewable["Review due"] = np.where(first_tier, within_week, by_working_days)
    in_time = reviewable["Date reviewed"] <= reviewable["Review due"]
    yield share(reviewable, "Review due", in_time, "reviewed_in_time")


def action_metrics(actions: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Open and overdue at each month's end, closed in time, days to close, verified."""
    raised, due, done = actions["Date raised"], actions["Due date"], actions["Date completed"]
    for month in pd.period_range(raised.min(), raised.max(), freq="M"):
        end = month.end_time
        is_open = (raised <= end) & ~(done <= end)
        for metric, rows in (("actions_open", is_open), ("actions_overdue", is_open & (due < end))):
            some = rows.groupby(actions["Service"]).sum().rename("value").reset_index()
            some["Month"] = pd.PeriodIndex([month] * len(some))
            yield some.assign(metric=metric)
    yield count(actions[done.notna()], "Date completed", "actions_closed")
    yield share(actions, "Due date", done <= due, "closed_in_time")
    closed = actions[done.notna()].assign(Days=(done - raised).dt.days)
    closed["Month"] = closed["Date completed"].dt.to_period("M")
    days = closed.groupby(BY)["Days"].agg(mean_days_to_close="mean", median_days_to_close="median")
    for metric in days.columns:
        yield days[metric].rename("value").reset_index().assign(metric=metric)
    closed["Verify by"] = closed["Date completed"] + pd.Timedelta(weeks=8)
    checked = closed["Verification method"].isin(["Re-audit", "Sampling", "Observation"])
    yield share(closed, "Verify by", checked & closed["Verified on"].notna(), "verified")


def other_metrics(logs: dict[str, pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """Complaints, training, observations, supervision, and the rate by bed-days."""
    if "feedback" in logs:
        feedback = logs["feedback"]
        complaints = feedback[feedback["Type of feedback"] == "Complaint"].copy()
        yield count(complaints, "Date received", "complaints")
        complaints["Respond by"] = complaints["Date received"] + pd.Timedelta(days=28)
        in_time = complaints["Date responded"] <= complaints["Respond by"]
        yield share(complaints.dropna(subset=["Respond by"]), "Respond by", in_time, "responded")
    if "training" in logs:
        training = logs["training"].dropna(subset=["Date triggered"])
        wait = training["Date delivered"] - training["Date triggered"]
        yield share(training, "Date triggered", wait <= pd.Timedelta(days=7), "training_in_time")
    if "observations" in logs:
        seen = logs["observations"].dropna(subset=["Result"])
        passed = seen["Result"] == "Pass"
        yield share(seen, "Date observed", passed, "observation_pass_rate")
    if "activity" not in logs:
        return
    activity = logs["activity"].copy()
    activity["Month"] = pd.to_datetime(activity["Month"], format="%B %Y").dt.to_period("M")
    if "supervisions" in logs:
        held = logs["supervisions"]
        held = held[held["Theme discussed"].notna() & (held["Action captured"] == "Yes")]
        month = held["Supervision date"].dt.to_period("M").rename("Month")
        staff = held.groupby(["Service", month])["Staff member"].nunique().rename("met")
        table = activity.merge(staff.reset_index(), on=BY, how="left").fillna({"met": 0})
        table["value"] = table["met"] / table["Headcount"]
        table = table.rename(columns={"Headcount": "due"})
        yield table[[*BY, "due", "met", "value"]].assign(metric="supervision_coverage")
    signals = count(logs["incidents"], "Incident date", "incident_rate")
    table = activity.merge(signals.rename(columns={"value": "met"}), on=BY)
    table["value"] = table["met"] / table["Bed days"] * 1000
    yield table[[*BY, "met", "value", "metric"]]


def over_all(measures: pd.DataFrame) -> pd.DataFrame:
    """The same by month alone: shares from their counts, counts added up, averages left out."""
    measures = measures[~measures["metric"].isin(NOT_ADDED)]
    sums = measures.groupby(["metric", "Month"])[["due", "met", "value"]].sum(min_count=1)
    sums["value"] = (sums["met"] / sums["due"]).fillna(sums["value"])
    return sums.reset_index()


def chart(series: pd.Series, title: str, path: Path) -> None:
    """A process-behaviour chart: the last 24 months, their mean, and limits at 2.66 x mean MR."""
    series = series.tail(24)
    centre, spread = series.mean(), 2.66 * series.diff().abs().mean()
    plt.figure(figsize=(3.4, 1.6), dpi=200)
    plt.plot(
        pd.PeriodIndex(series.index).to_timestamp(), series, marker="o", markersize=3, linewidth=1
    )
    plt.axhline(centre, linewidth=0.8)
    plt.axhline(centre + spread, linewidth=0.8, linestyle="--")
    plt.axhline(centre - spread, linewidth=0.8, linestyle="--")
    plt.title(title, fontsize=8)
    plt.xlabel("Month", fontsize=7)
    plt.xticks(fontsize=6, rotation=30)
    plt.yticks(fontsize=6)
    plt.tight_layout()
    plt.savefig(path)
    plt.close()


def main() -> int:
    """Read, count, draw, write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--files", type=int, help="only so many of the files")
    asked = parser.parse_args()
    paths = sorted(p for p in asked.folder.rglob("*") if p.suffix in {".xlsx", ".csv"})
    logs = load(paths[: asked.files])
    parts = [*incident_metrics(logs["incidents"]), *other_metrics(logs)]
    if "actions" in logs:
        parts += action_metrics(logs["actions"])
    measures = pd.concat(parts, ignore_index=True)
    last = logs["incidents"]["Incident date"].dt.to_period("M").max()
    measures = measures[measures["Month"] <= last]
    total = over_all(measures)

    (asked.out / "charts").mkdir(parents=True, exist_ok=True)
    with pd.ExcelWriter(asked.out / "report.xlsx") as writer:
        total.assign(Month=total["Month"].astype(str)).to_excel(
            writer, sheet_name="All", index=False
        )
        for metric, some in measures.groupby("metric"):
            wide = some.pivot(index="Service", columns="Month", values="value")
            wide.columns = wide.columns.astype(str)
            wide.to_excel(writer, sheet_name=str(metric)[:31])
        for metric, title in CHARTS.items():
            series = total[total["metric"] == metric].set_index("Month")["value"]
            if len(series):
                chart(series, title, asked.out / "charts" / f"{metric}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
