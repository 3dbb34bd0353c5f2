"""Plain English for a metric, a field, a standard or a finding, with this provider's settings."""

from __future__ import annotations

import textwrap
from difflib import get_close_matches
from pathlib import Path

from learnpipe.ground.findings import Finding, LearnpipeError, Place
from learnpipe.ground.schemas import Schemas, load_schemas
from learnpipe.ground.settings import load_settings

FINDINGS = {
    "stop": "A file or sheet cannot be used; the run goes on without it.",
    "blank": "A cell was set empty; its row stays in and counts as no evidence.",
    "note": "Used as it is, but worth a look.",
    "not-on-list": "The word in the cell is none that we know for this field. Add it to "
    "[words.…] in learnpipe.toml, or type one that is known.",
    "not-a-date": "The cell holds no date that can be read day first. Nothing is guessed.",
    "no-such-day": "The date does not exist when read day first, such as 30/02/2026.",
    "date-without-year": "A day and a month without a year. The year is not guessed.",
    "two-dates": "More than one date in the cell. None of them is chosen.",
    "implausible-date": "A date too far back or ahead to be right, such as one in 2206.",
    "unclear-mark": "An x could mean yes or no in its column. Nothing is guessed: type yes or no.",
    "not-a-time": "The column of times holds something else. The date counts without a time.",
    "not-a-number": "The cell holds no number, or a number among words.",
    "out-of-range": "A number outside what this field can be, or a cell beyond a sheet's end.",
    "error-in-cell": "A formula shows an error, such as #REF!. It is read as empty.",
    "formula-without-value": "A formula without its stored result is read as empty. Open the file "
    "in Excel and save it: Excel stores the results.",
    "ref-used-twice": "One reference stands for different records on one sheet; both are counted.",
    "service-near-miss": "A service's name is nearly that of another. It is never merged silently.",
    "open-in-excel": "Somebody has the file open: changes not yet saved are not included.",
    "not-a-spreadsheet": "The file is none of .xlsx, .xlsm, .xls, .xlsb, .ods, .csv, .tsv.",
    "not-what-it-says": "The file's content is not what its ending says. Save it again from Excel.",
    "empty-file": "There is nothing in the file.",
    "password": "The file is locked with a password. Save a copy without one.",
    "too-large": "The file or a sheet is larger than any log is; often a stray cell far away.",
    "may-be-cut-off": "The sheet ends where older programs cut sheets off. Rows may be missing.",
}


def explain(what: str | None, settings_file: Path | None) -> str:
    """The explanation of one thing, or the list of all that can be explained."""
    plain = load_schemas()
    schemas = load_settings(settings_file, plain).applied_to(plain)
    from learnpipe.measure.catalogue import load_metrics

    metrics = load_metrics()
    fields = {
        name: (schema.title, field)
        for schema in schemas.logs.values()
        for name, field in schema.fields.items()
    }
    if what is None:
        parts = [
            ("Metrics", list(metrics)),
            ("Fields", sorted(fields)),
            ("Standards", sorted(schemas.standards)),
            ("Findings", sorted(FINDINGS | _rules(schemas))),
        ]
        return "\n\n".join(f"{title}:\n{_fill(', '.join(names), '  ')}" for title, names in parts)
    key = what.strip().casefold().replace(" ", "_")
    titles = {metric.title.casefold(): key for key, metric in metrics.items()}
    key = titles.get(what.strip().casefold(), key)
    if key in metrics:
        return _metric(key, schemas)
    if key in schemas.standards:
        one = schemas.standards[key]
        return f"{key}: {one.value} {one.unit}\n{_fill(one.means)}\nSource: {one.source}"
    if key in fields:
        return _field(key, schemas)
    findings = FINDINGS | _rules(schemas)
    if (code := key.replace("_", "-")) in findings:
        return f"{code}\n{_fill(findings[code])}"
    known = [*metrics, *fields, *schemas.standards, *findings]
    near = get_close_matches(key, known, n=3, cutoff=0.5)
    raise LearnpipeError(
        Finding(
            "nothing-to-explain",
            "stop",
            Place(what),
            "There is nothing of that name to explain.",
            f"Did you mean {' or '.join(near)}?" if near else "List all with: learnpipe explain",
        )
    )


def _rules(schemas: Schemas) -> dict[str, str]:
    """The findings of the logs' own rules, across fields."""
    out: dict[str, str] = {}
    for schema in schemas.logs.values():
        for rule in schema.rules:
            problem = rule.problem.format(value="…", other="…")
            said = f"{schema.title}: {problem} {rule.fix}"
            out[rule.code] = f"{out[rule.code]} {said}" if rule.code in out else said
    return out


def _metric(key: str, schemas: Schemas) -> str:
    from learnpipe.measure.catalogue import load_metrics
    from learnpipe.report.figures import target_text

    metric = load_metrics()[key]
    target = schemas.number(metric.target) if metric.target else None
    lines = [
        f"{metric.title} ({metric.key}), {metric.family}",
        metric.question,
        "",
        _fill(" ".join(metric.definition.split())),
        "",
        f"Better: {metric.better}",
    ]
    if target is not None:
        lines.append(f"Target: {target_text(metric.kind, target, metric.better)}")
    needed = ", ".join(schemas.logs[log].title.lower() for log in metric.logs)
    return "\n".join([*lines, f"Needs: {needed}", _fill(f"Source: {metric.source}")])


def _field(key: str, schemas: Schemas) -> str:
    out = []
    for schema in schemas.logs.values():
        if key not in schema.fields:
            continue
        field = schema.fields[key]
        lines = [f"{field.title} ({key}) in the {schema.title.lower()}", _fill(field.means)]
        if field.words:
            lines.append(f"One of: {', '.join(schemas.words[field.words].order)}")
        if field.personal:
            lines.append("Personal: it never leaves the internal sheets.")
        shown = ", ".join(field.headers[:8])
        lines.append(_fill(f"Headers it goes by: {shown}{', …' if len(field.headers) > 8 else ''}"))
        out.append("\n".join(lines))
    return "\n\n".join(out)


def _fill(text: str, indent: str = "") -> str:
    return textwrap.fill(
        text, 78, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )
