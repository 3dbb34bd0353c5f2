"""Commands and words; nothing else. The clock is read here alone.

Exit codes: 0 written; 1 nothing usable, or ``--strict`` and findings, or an output could not be
written; 2 wrong usage.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from learnpipe import __version__
from learnpipe.lifetime import collect_seldom, leave

if TYPE_CHECKING:
    from learnpipe.ground.findings import Finding
    from learnpipe.pipeline import Progress

F = TypeVar("F", bound=Callable[..., Any])
SHOWN = 12
"""So many findings of each severity are shown in the terminal; all are in the workbook."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="learnpipe")
def main() -> None:
    """Turn the spreadsheets you already keep into proof that you learn.

    Put the month's logs into a folder, then: learnpipe run FOLDER
    """
    for stream in (sys.stdout, sys.stderr):  # a Windows pipe has no ≥
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _folder(command: F) -> F:
    return click.argument("folder", type=click.Path(path_type=Path))(command)


def _common(command: F) -> F:
    for option in (
        click.option(
            "--schemas",
            type=click.Path(path_type=Path, file_okay=False),
            help="A folder of schemas to use instead of the built-in ones.",
        ),
        click.option(
            "--settings",
            type=click.Path(path_type=Path, dir_okay=False),
            help="The settings file. [default: learnpipe.toml in FOLDER, if there is one]",
        ),
    ):
        command = option(command)
    return command


def _output(command: F) -> F:
    return click.option(
        "--output",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path("output"),
        show_default=True,
        help="Where the results are put.",
    )(command)


@main.command()
@_folder
@click.option("--month", metavar="YYYY-MM", help="The month to report on. [default: the latest]")
@_output
@_common
@click.option("--strict", is_flag=True, help="Fail if anything had to be stopped or set blank.")
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    help="How many files to read at once. [default: all cores]",
)
@click.option("--quiet", is_flag=True, help="Say nothing but the path of the workbook.")
def run(
    folder: Path,
    month: str | None,
    output: Path,
    settings: Path | None,
    schemas: Path | None,
    strict: bool,
    workers: int | None,
    quiet: bool,
) -> None:
    """Read, check, measure and write everything for one month."""
    collect_seldom()
    with _helpful(), _progress(quiet) as progress:
        from learnpipe import pipeline

        done = pipeline.run(
            folder,
            output,
            today=dt.date.today(),
            month=_month(month),
            settings_file=settings,
            schemas_folder=schemas,
            workers=workers or os.cpu_count() or 1,
            strict=strict,
            progress=progress,
        )
    if not quiet:
        _tell(done.findings)
        lost = [file for file in done.files if not file.included]
        if lost:
            click.echo(f"{len(lost)} of {len(done.files)} files not included.", err=True)
        _say_rows(done.ledger)
    click.echo(str(done.workbook))
    leave()


@main.command()
@_folder
@_output
@_common
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def check(
    folder: Path, output: Path, settings: Path | None, schemas: Path | None, as_json: bool
) -> None:
    """Read and check only: what is wrong, where, and what to do."""
    with _helpful(), _progress(as_json) as progress:
        from learnpipe import pipeline

        understood = pipeline.understand(
            folder, output, settings, schemas, os.cpu_count() or 1, progress
        )
    findings = understood.findings
    if as_json:
        from learnpipe.understood import finding_as_json

        _print_json([finding_as_json(finding) for finding in findings])
    else:
        _tell(findings, everything=True)
    leave()


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@_common
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def columns(file: Path, settings: Path | None, schemas: Path | None, as_json: bool) -> None:
    """Show how each sheet and column of FILE was understood, and what was not."""
    with _helpful():
        from learnpipe import pipeline
        from learnpipe.understood import as_json as columns_json
        from learnpipe.understood import as_text

        read, known = pipeline.columns(file, settings, schemas)
    if as_json:
        _print_json(columns_json(read))
    else:
        click.echo(as_text(read, known))
    leave()


@main.command()
@click.argument("what", required=False)
@click.option(
    "--settings", type=click.Path(path_type=Path, dir_okay=False), help="The settings file, if any."
)
def explain(what: str | None, settings: Path | None) -> None:
    """Say in plain English how a metric, a field or a finding is defined.

    Without WHAT, list everything that can be explained.
    """
    with _helpful():
        from learnpipe.explain import explain as explained

        click.echo(explained(what, settings))


def _month(text: str | None) -> int | None:
    if text is None:
        return None
    from learnpipe.ground.calendar import parse_month

    try:
        return parse_month(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--month") from error


@contextmanager
def _helpful() -> Iterator[None]:
    """Turn what a person can mend into a message, and a bug of ours into one honest line."""
    from learnpipe.ground.findings import LearnpipeError

    try:
        yield
    except LearnpipeError as error:
        _tell(error.findings, everything=True, closing=False)
        sys.exit(1)
    except KeyboardInterrupt:
        click.echo("Stopped. Nothing was changed.", err=True)
        sys.exit(1)
    except (click.ClickException, click.exceptions.Exit, SystemExit):
        raise
    except Exception:
        if os.environ.get("LEARNPIPE_DEBUG"):
            raise
        from learnpipe.mistakes import log_mistake

        click.echo(f"learnpipe made a mistake; nothing was changed. {log_mistake()}", err=True)
        sys.exit(1)


def _tell(findings: tuple[Finding, ...], everything: bool = False, closing: bool = True) -> None:
    """Findings on standard error, the worst first; few of the notes unless all are asked for."""
    from learnpipe.ground.findings import SEVERITIES
    from learnpipe.ground.terms import counted

    heads = {
        "stop": "cannot be used",
        "blank": "set blank, counted as no evidence",
        "note": "worth a look",
    }
    for severity in SEVERITIES:
        own = [finding for finding in findings if finding.severity == severity]
        if not own:
            continue
        click.secho(f"\n{counted(len(own), 'finding')}: {heads[severity]}", bold=True, err=True)
        shown = own if everything else own[: SHOWN if severity != "note" else 5]
        for finding in shown:
            _wrapped(str(finding))
        if len(own) > len(shown):
            click.echo(f"  … {len(own) - len(shown):,} more: sheet Data quality", err=True)
    if not findings and closing:
        click.echo("Nothing found wrong.", err=True)


def _print_json(answer: Any) -> None:
    """In plain ASCII, which every program and every code page reads alike."""
    import json

    click.echo(json.dumps(answer, indent=1))


def _wrapped(text: str) -> None:
    import shutil
    import textwrap

    width = max(40, min(shutil.get_terminal_size((80, 24)).columns, 100))
    click.echo(
        textwrap.fill(
            text, width, initial_indent="  - ", subsequent_indent="    ", break_on_hyphens=False
        ),
        err=True,
    )


def _say_rows(ledger: Any) -> None:
    logs = [line for line in ledger if line.log]
    read, used = sum(line.read for line in logs), sum(line.used for line in logs)
    superseded = sum(line.superseded for line in logs)
    aside = sum(line.set_aside for line in logs)
    blank = sum(line.blank for line in logs)
    click.echo(
        f"\n{read:,} rows read: {used:,} used, {superseded:,} superseded by a newer file, "
        f"{aside:,} set aside, {blank:,} blank.",
        err=True,
    )


@contextmanager
def _progress(quiet: bool) -> Iterator[Progress | None]:
    """A line of progress on standard error, where somebody is looking."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        console=Console(stderr=True), transient=True,
    )  # fmt: skip
    with bar:
        task = bar.add_task("Reading", total=None)

        def told(step: str, done: int, total: int) -> None:
            bar.update(task, description=step, completed=done, total=total)

        yield told
