"""The cover of the tender workbook, as pure data."""

from __future__ import annotations

from learnpipe.report.sharing.tender import Tender
from learnpipe.report.sharing.tender_figures import NOT_SHOWN, Figure
from learnpipe.report.sharing.tender_shapes import Cover, Tile

_FIRST = {
    "Signal": "near_misses", "Triage": "triaged_in_time", "Review": "reviewed_in_time",
    "Action": "closed_in_time", "Verify": "verified", "Share": "notes_shared",
}  # fmt: skip


def cover(tender: Tender) -> Cover:
    """The cover of a tender workbook."""
    claimed = sum(line.claimed for line in tender.lines)
    under = tender.threshold - 1
    return Cover(
        title=f"{tender.provider}: evidence of learning",
        subtitle=f"From risk to learning: {tender.period}. {tender.services}.",
        tiles=tuple(
            _tile(number, step, figures)
            for number, (step, _, figures) in enumerate(tender.loop, start=1)
        ),
        parts=(
            ("What this is", (
                "How we turn incidents, near misses, complaints and concerns into changes that "
                "hold: noticed, changed, verified, shared.",
                f"Counted from our own logs, twelve months to the end of {tender.month}, all "
                "services together. Each share stands with its counts.",
            )),
            ("Did it hold?", _held(tender)),
            ("What is in it", (
                f"Charts ({len(tender.points)}) · The loop · Tier compliance · Timeliness · "
                f"Verification · Did it hold · Learning stories ({len(tender.stories)}) · "
                f"Assurance lines ({claimed} of {len(tender.lines)} can be claimed today) · "
                "Chart figures · Definitions · Safe to share.",
            )),
            ("How it was made, and its limits", (
                "Clocks, tiers and targets are those of the sheet Definitions. What fell due and "
                "has no evidence in the logs counts as not done.",
                f"Names and personal details are taken out. Counts from 1 to {under} are not "
                "shown, nor what would give them away; zero is. Days are told as months.",
                "More reports can mean more openness: a rise in near misses is no sign of harm. "
                "Changes made after a cluster look better than they are.",
                f"Made with learnpipe {tender.version}. Nothing in it was typed by hand.",
            )),
        ),
    )  # fmt: skip


def _held(tender: Tender) -> tuple[str, ...]:
    if not tender.changes:
        return ("No change has been verified yet.",)
    return (
        tender.tally,
        "That is all of them, not a choice of those that went well (sheet Did it hold).",
    )


def _tile(number: int, step: str, figures: tuple[Figure, ...]) -> Tile:
    name = f"{number} {step}"
    first = next((one for one in figures if one.key == _FIRST[step]), None)
    if first is None or first.blank:
        why = first.note if first is not None else "no log supplied"
        return Tile(name, "–", why[0].upper() + why[1:])
    counts = ""
    if first.shown.met is not None:
        counts = f"{first.met:,} of {first.due:,}"
    elif first.shown.due is not None:
        counts = f"of {first.due:,}"
    share = first.share if first.share != NOT_SHOWN else "–"
    if step == "Signal" and first.shown.due is not None:
        return Tile(name, f"{first.due:,}", f"signals recorded. Near misses among them: {share}")
    if share == "–":
        return Tile(name, share, f"{first.title}: {NOT_SHOWN} ({first.note})")
    return Tile(name, share, f"{first.title}: {counts}")
