"""Plain English for a metric, a field, a standard or a finding, with this provider's settings."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

from learnpipe.explain_findings import FINDINGS, KINDS
from learnpipe.ground.findings import Finding, LearnpipeError, Place
from learnpipe.ground.measurements import Metric
from learnpipe.ground.schemas import Schemas, load_schemas
from learnpipe.ground.settings import FILE_NAME, Settings, load_settings


def explain(
    what: str | None,
    settings_file: Path | None,
    folder: Path | None = None,
    today: dt.date | None = None,
) -> str:
    """The explanation of one thing, or the list of all that can be explained.

    With a ``folder`` of logs its settings count, and what is nothing else is one of its cases, as
    at the end of the latest month that has ended by ``today``.
    """
    plain = load_schemas()
    if what is not None and folder is not None and not folder.exists():
        try:  # two words that belong together
            return explain(f"{what} {folder}", settings_file)
        except LearnpipeError:
            raise LearnpipeError(_no_folder(what, folder)) from None
    if settings_file is None and folder is not None and (folder / FILE_NAME).is_file():
        settings_file = folder / FILE_NAME
    settings = load_settings(settings_file, plain)
    schemas = settings.applied_to(plain)
    from learnpipe.measure.catalogue import load_metrics

    metrics = load_metrics()
    if what is None:
        return _list(metrics, schemas)
    fields = {name for schema in schemas.logs.values() for name in schema.fields}
    key = what.strip().casefold().replace(" ", "_")
    titles = {metric.title.casefold(): key for key, metric in metrics.items()}
    key = titles.get(what.strip().casefold(), key)
    if key in metrics:
        return _metric(key, schemas, settings)
    if key in schemas.standards:
        one = schemas.standards[key]
        return f"{key}: {one.value} {one.unit}\n{_fill(one.means)}\nSource: {one.source}"
    if key in fields:
        return _field(key, schemas)
    findings = {**FINDINGS, **_rules(schemas)}
    if (code := key.replace("_", "-")) in findings:
        return f"{code}\n{_fill(findings[code])}"
    if known_as := _known_as(what, schemas):
        return "\n\n".join(
            f"{what!r} is a header of:\n\n{_field(name, schemas)}" for name in known_as
        )
    if folder is not None and today is not None:
        from learnpipe.explain_case import explain_case

        return explain_case(what, folder, settings_file, today)
    known = [*metrics, *sorted(fields), *schemas.standards, *findings]
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


def _no_folder(what: str, folder: Path) -> Finding:
    fix = f'Check the spelling. Words that belong together need quotation marks: "{what} {folder}".'
    problem = "There is no such folder, and no such words to explain."
    return Finding("folder-missing", "stop", Place(str(folder)), problem, fix)


def _list(metrics: Mapping[str, Metric], schemas: Schemas) -> str:
    """Everything that can be explained, in the order in which a person would look for it."""
    lines = ["Say one of these behind: learnpipe explain", "", "Metrics:"]
    lines += [f"  {key:<24} {metric.title}" for key, metric in metrics.items()]
    lines += ["", "Fields:"]
    for schema in schemas.logs.values():
        lines += [f"  {schema.title}", _fill(", ".join(schema.fields), "    ")]
    lines += ["", "Standards (clocks, windows, targets):"]
    lines += [
        f"  {name:<30} {one.value} {one.unit}" for name, one in sorted(schemas.standards.items())
    ]
    lines += ["", "Findings:"]
    rules = {f"rules of the {s.title.lower()}": [rule.code for rule in s.rules]
             for s in schemas.logs.values() if s.rules}  # fmt: skip
    for about, codes in {**KINDS, **rules}.items():
        lines += [f"  {about[0].upper()}{about[1:]}", _fill(", ".join(codes), "    ")]
    return "\n".join(lines)


def _known_as(what: str, schemas: Schemas) -> list[str]:
    """The fields that go by this title or header."""
    said = " ".join(what.casefold().split())
    return list(
        dict.fromkeys(
            name
            for schema in schemas.logs.values()
            for name, one in schema.fields.items()
            if said == one.title.casefold() or said in one.headers
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


def _metric(key: str, schemas: Schemas, settings: Settings) -> str:
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
        own = ", set by this provider" if metric.target in settings.standards else ""
        lines.append(f"Target: {target_text(metric.kind, target, metric.better)}{own}")
    needed = ", ".join(schemas.logs[log].title.lower() for log in metric.logs)
    lines += [f"Needs: {needed}", _fill(f"Source: {metric.source}")]
    other = [name for name in settings.standards if name != metric.target]
    if other:
        told = [f"{name} = {schemas.standards[name].value} {schemas.standards[name].unit}"
                for name in sorted(other) if not name.startswith("target_")]  # fmt: skip
        lines += [_fill(f"Standards set by this provider, where it goes by them: {', '.join(told)}")
                  ] if told else []  # fmt: skip
    return "\n".join(lines)


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
