"""The commands that look at a batch, and stop and start it; none of them sends anything."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kling._cli.batch_options import batch_option, state_argument, state_option
from kling._cli.batch_state import opened
from kling._cli.batch_views import exported, plain_job, table, write_lines
from kling._cli.options import json_option
from kling._cli.output import print_json, say, show

if TYPE_CHECKING:
    from kling.batch import Batch

# Seconds between two looks; of a file or a database, which costs nothing.
_PAUSE = 2.0


@click.command()
@state_argument
@state_option
@batch_option
@click.option("--all", "every", is_flag=True, help="Show all jobs, not only those to look at.")
@click.option("--watch", is_flag=True, help="Look again every two seconds until no job is left.")
@json_option
def status(
    *, given: str, state: str | None, name: str | None, every: bool, watch: bool, as_json: bool
) -> None:
    """Show how many jobs there are by status, and what is wrong.

    \b
    Example: kling batch status clips.csv --watch
    """
    with opened(given, state, name) as batch:
        last: list[str] = []
        while True:
            if as_json:
                _print_json(batch)
            elif (lines := table(batch, every=every)) != last:
                if last and sys.stdout.isatty():
                    click.clear()
                show(*lines)
                last = lines
            counts = batch.counts()
            if not watch or not counts["queued"] + counts["running"]:
                return
            time.sleep(_PAUSE)


@click.command()
@state_argument
@click.argument("ids", metavar="[ID]...", nargs=-1)
@state_option
@batch_option
def retry(*, given: str, ids: tuple[str, ...], state: str | None, name: str | None) -> None:
    """Queue jobs again that have not succeeded: those with an ID, or all that may be.

    One whose task may still succeed goes on with it; of the others a new task is made, and paid
    for. Jobs in doubt must be named, for a task of theirs may exist. kling batch run then does
    them.

    \b
    Example: kling batch retry clips.csv fox-1 fox-2
    """
    with opened(given, state, name) as batch:
        try:
            queued = batch.retry(ids or None)
        except KeyError as error:
            raise click.UsageError(f"{error.args[0]} in {batch.name}") from error
    show(*queued)
    say(f"{len(queued)} queued again; kling batch run does them")


@click.command()
@state_argument
@state_option
@batch_option
def pause(*, given: str, state: str | None, name: str | None) -> None:
    """Start no more jobs, on any machine; those that run go on to their end.

    \b
    Example: kling batch pause clips.csv
    """
    with opened(given, state, name) as batch:
        batch.pause()
    say("paused; kling batch resume lets jobs start again")


@click.command()
@state_argument
@state_option
@batch_option
def resume(*, given: str, state: str | None, name: str | None) -> None:
    """Let jobs start again, also those that were held because the balance was too small.

    \b
    Example: kling batch resume clips.csv
    """
    with opened(given, state, name) as batch:
        queued = batch.resume()
    held = f"; {len(queued)} that were held are queued" if queued else ""
    say(f"jobs may start again{held}; kling batch run does them")


@click.command()
@state_argument
@state_option
@batch_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "jsonl"]),
    default="csv",
    show_default=True,
    help="A table, or an object on each line.",
)
@click.option(
    "--to",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write.  [default: standard output]",
)
def export(*, given: str, state: str | None, name: str | None, form: str, to: Path | None) -> None:
    """Write what became of each job: its ref, files, charges and message.

    \b
    Example: kling batch export clips.csv --to result.csv
    """
    with opened(given, state, name) as batch:
        write_lines(exported(batch.export(), form), to)


def _print_json(batch: "Batch") -> None:
    jobs = [plain_job(job) for job in batch.jobs()]
    print_json(
        {
            "batch": batch.name,
            "paused": batch.paused,
            "counts": batch.counts(),
            "spent": batch.spent,
            "jobs": jobs,
        }
    )
