"""Commands and words; nothing else. The clock is read here alone.

Exit codes: 0 written; 1 nothing usable, or ``--strict`` and findings, or an output could not be
written; 2 wrong usage.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from learnpipe import __version__
from learnpipe.lifetime import begin_reading, collect_seldom, leave
from learnpipe.progress import progress_line

if TYPE_CHECKING:
    from learnpipe.checking import Shelved
    from learnpipe.ground.findings import Finding
    from learnpipe.told import Line

F = TypeVar("F", bound=Callable[..., Any])


class _InOrder(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands as they stand in this file, not by name."""
        return list(self.commands)


@click.group(
    cls=_InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
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


_schemas_option = click.option(
    "--schemas",
    type=click.Path(path_type=Path, file_okay=False),
    help="A folder of schemas to use instead of the built-in ones.",
)
_settings_option = click.option(
    "--settings",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The settings file. [default: the learnpipe.toml beside the logs]",
)


def _common(command: F) -> F:
    return _settings_option(_schemas_option(command))


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
    begin_reading()
    with _helpful(), progress_line(quiet) as progress:
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
        from learnpipe.told import files_and_rows

        click.echo(files_and_rows(done.files, done.ledger), err=True)
    click.echo(str(done.workbook))
    _say_copies(done.marked, quiet)
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
    with _helpful(), progress_line(as_json) as progress:
        from learnpipe.checking import check as checked_folder

        checked = checked_folder(folder, output, settings, schemas, os.cpu_count() or 1, progress)
    findings = checked.findings
    if as_json:
        from learnpipe.understood import finding_as_json

        _print_json([finding_as_json(finding) for finding in findings])
    else:
        _tell_by_file(findings)
        if not checked.records:
            click.echo("The logs have no rows yet.", err=True)
    _say_copies(checked.marked, quiet=as_json)
    leave()


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@_common
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def columns(file: Path, settings: Path | None, schemas: Path | None, as_json: bool) -> None:
    """Show how the sheets and columns of FILE were understood.

    What is unsure is a question, with the lines that settle it. Settings: the nearest
    learnpipe.toml, beside FILE or up to four folders above it.
    """
    with _helpful():
        from learnpipe import pipeline
        from learnpipe.understood import as_json as columns_json
        from learnpipe.understood import as_text

        one = pipeline.columns(file, settings, schemas)
    if as_json:
        _print_json(columns_json(one.file))
    else:
        click.echo(as_text(one.file, one.schemas, one.settings_file, _width()))
    leave()


@main.command()
@_folder
@click.option("--provider", default="", help="Your organisation's name, for the page.")
@click.option(
    "--service",
    "services",
    multiple=True,
    metavar="NAME",
    help="A service of yours, for the drop-downs. Repeat it for each.",
)
@_schemas_option
def init(folder: Path, provider: str, services: tuple[str, ...], schemas: Path | None) -> None:
    """Write blank logs with drop-downs and a settings file.

    For those who start fresh. FOLDER is made if it is not there. What is there already is never
    replaced.
    """
    with _helpful():
        from learnpipe.fresh import as_text, start_fresh

        fresh = start_fresh(folder, provider, services, schemas)
    click.echo(as_text(fresh, _width()))


@main.command()
@click.argument("what", required=False)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@_settings_option
def explain(what: str | None, folder: Path | None, settings: Path | None) -> None:
    """Say in plain English what a metric, field or finding is, or tell one case's chain.

    Without WHAT, list everything that can be explained. With FOLDER, WHAT may be the reference of
    an incident in its logs, and metrics are explained with the learnpipe.toml in it.
    """
    with _helpful():
        from learnpipe.explain import explain as explained

        click.echo(explained(what, settings, folder, dt.date.today()))


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
    from learnpipe.told import by_severity

    _echo(by_severity(findings, _width(), everything))
    if not findings and closing:
        click.echo("Nothing found wrong.", err=True)


def _tell_by_file(findings: tuple[Finding, ...]) -> None:
    """Every finding on standard error, file by file, and how many there are at the end."""
    from learnpipe.told import by_file, summary

    _echo(by_file(findings, _width()))
    click.echo(f"\n{summary(findings, _width())}" if findings else "Nothing found wrong.", err=True)


def _echo(lines: Iterable[Line]) -> None:
    for line in lines:
        colour = {"stop": "red", "blank": "yellow"}.get(line.style)
        click.secho(line.text, fg=colour, bold=line.style == "head", err=True)


def _say_copies(marked: Shelved, quiet: bool) -> None:
    """Where the marked copies are, on standard error; the command fails if one is missing."""
    if (marked.copies or marked.waiting) and not quiet:
        click.echo(marked.summary, err=True)
    if marked.failed or not quiet:
        _tell(marked.findings, everything=True, closing=False)
    if marked.failed:
        sys.stdout.flush()
        sys.exit(1)


def _print_json(answer: Any) -> None:
    """In plain ASCII, which every program and every code page reads alike."""
    import json

    click.echo(json.dumps(answer, indent=1))


def _width() -> int:
    import shutil

    return max(40, min(shutil.get_terminal_size((80, 24)).columns, 100))
