"""Commands and words; nothing else. The clock is read here alone.

Exit codes: 0 written; 1 nothing usable, or ``--strict`` and findings, or an output could not be
written; 2 wrong usage.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from learnpipe import __version__
from learnpipe.lifetime import begin_reading, collect_seldom, leave
from learnpipe.progress import progress_line
from learnpipe.terminal import prepare_streams, print_json, say, say_lines, width
from learnpipe.usage import Commands, Named, Whole

if TYPE_CHECKING:
    from learnpipe.checking import Shelved
    from learnpipe.ground.findings import Finding

F = TypeVar("F", bound=Callable[..., Any])


@click.group(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="learnpipe")
def main() -> None:
    """Turn the spreadsheets you already keep into proof that you learn.

    Put the month's logs into a folder, then: learnpipe run FOLDER
    """
    prepare_streams()


def _folder(command: F) -> F:
    return click.argument("folder", type=Named())(command)


_schemas_option = click.option(
    "--schemas",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
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
        metavar="FOLDER",
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
    type=Whole(1, 256),
    metavar="N",
    help="How many files to read at once. [default: all cores]",
)
@click.option("--quiet", is_flag=True, help="Print nothing but the path of the workbook.")
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
    asked, today = _month(month), dt.date.today()
    begin_reading()
    with _helpful("No report was written."), progress_line(quiet) as progress:
        from learnpipe import pipeline

        done = pipeline.run(
            folder,
            output,
            today=today,
            month=asked,
            settings_file=settings,
            schemas_folder=schemas,
            workers=workers or os.cpu_count() or 1,
            strict=strict,
            progress=progress,
        )
    if not quiet:
        _tell(done.findings)
        from learnpipe.told import about_month, files_and_rows

        say(files_and_rows(done.files, done.ledger))
        say_lines(about_month(done.month, today, done.covered, width()))
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

        checked = checked_folder(
            folder, output, dt.date.today(), settings, schemas, os.cpu_count() or 1, progress
        )
    findings = checked.findings
    if as_json:
        from learnpipe.understood import finding_as_json

        print_json([finding_as_json(finding) for finding in findings])
    else:
        _tell_by_file(findings)
        if not checked.records:
            say("The logs have no rows yet.")
    _say_copies(checked.marked, quiet=as_json)
    leave()


@main.command()
@click.argument("file", type=Named())
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
        print_json(columns_json(one.file))
    else:
        click.echo(as_text(one.file, one.schemas, one.settings_file, width()))
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
    click.echo(as_text(fresh, width()))


@main.command()
@click.argument("what", required=False)
@click.argument("folder", required=False, type=Named())
@_settings_option
def explain(what: str | None, folder: Path | None, settings: Path | None) -> None:
    """Say in plain English what a metric, a field or a finding is.

    Without WHAT, list everything that can be explained. With FOLDER, WHAT may be the reference of
    an incident in its logs: its whole chain is told, from the signal to the outcome. Metrics are
    then explained with the learnpipe.toml in FOLDER.
    """
    with _helpful():
        from learnpipe.explain import explain as explained

        said = explained(what, settings, folder, dt.date.today())
    click.echo(said)


def _month(text: str | None) -> int | None:
    if text is None:
        return None
    from learnpipe.ground.calendar import parse_month

    try:
        return parse_month(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--month") from error


@contextmanager
def _helpful(closing: str = "") -> Iterator[None]:
    """Turn what a person can mend into a message, and a bug of ours into one honest line.

    ``closing``: what is said last where the command could not do its work.
    """
    from learnpipe.ground.findings import LearnpipeError

    try:
        yield
    except LearnpipeError as error:
        from learnpipe.told import why_stopped

        say_lines(why_stopped(error.findings, closing, width()))
        sys.exit(1)
    except KeyboardInterrupt:
        say("Stopped. Your logs were not changed.")
        exec("")  # an import that was interrupted would else end "python -m" as a crash
        sys.exit(1)
    except (click.ClickException, click.exceptions.Exit, SystemExit):
        raise
    except Exception:
        if os.environ.get("LEARNPIPE_DEBUG"):
            raise
        from learnpipe.mistakes import log_mistake

        say(f"learnpipe made a mistake; your logs were not changed. {log_mistake()}")
        sys.exit(1)


def _tell(findings: tuple[Finding, ...], everything: bool = False, closing: bool = True) -> None:
    """Findings on standard error, the worst first; few of the notes unless all are asked for."""
    from learnpipe.told import by_severity

    say_lines(by_severity(findings, width(), everything))
    if not findings and closing:
        say("Nothing found wrong.")


def _tell_by_file(findings: tuple[Finding, ...]) -> None:
    """Every finding on standard error, file by file, and how many there are at the end."""
    from learnpipe.told import by_file, summary

    say_lines(by_file(findings, width()))
    say(f"\n{summary(findings, width())}" if findings else "Nothing found wrong.")


def _say_copies(marked: Shelved, quiet: bool) -> None:
    """Where the marked copies are, on standard error; the command fails if one is missing."""
    if (marked.copies or marked.waiting) and not quiet:
        say(marked.summary)
    if marked.failed or not quiet:
        _tell(marked.findings, everything=True, closing=False)
    if marked.failed:
        if sys.stdout:
            sys.stdout.flush()
        sys.exit(1)
