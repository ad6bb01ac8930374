"""The commands that show and control a batch; none of them sends a request to Kling."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kling._cli.batch_options import batch_option, state_argument, state_option
from kling._cli.batch_state import existing_batch
from kling._cli.batch_views import export_lines, job_count, job_fields, overview, write_lines
from kling._cli.options import json_option
from kling._cli.output import print_json, print_lines, print_message

if TYPE_CHECKING:
    from kling.batch import Batch

# Seconds between two reads of the state by --watch; this sends nothing to Kling.
_POLL_INTERVAL = 2.0


@click.command(short_help="Show the number of jobs by status, and problems.")
@state_argument
@state_option
@batch_option
@click.option(
    "--all",
    "show_all",
    is_flag=True,
    help="Show all jobs, not only those that are running or need attention.",
)
@click.option(
    "--watch", is_flag=True, help="Update every two seconds until no job is queued or running."
)
@json_option
def status(
    *,
    jobs_or_state: str,
    state: str | None,
    name: str | None,
    show_all: bool,
    watch: bool,
    as_json: bool,
) -> None:
    """Show the number of jobs by status, and why jobs failed or are held.

    \b
    Example: kling batch status clips.csv --watch
    """
    with existing_batch(jobs_or_state, state, name) as batch:
        shown: list[str] = []
        while True:
            if as_json:
                _print_json(batch)
            elif (lines := overview(batch, show_all=show_all)) != shown:
                if shown and sys.stdout.isatty():
                    click.clear()  # replace the overview that is shown
                print_lines(*lines)
                shown = lines
            counts = batch.counts()
            if not watch or not counts["queued"] + counts["running"]:
                return
            time.sleep(_POLL_INTERVAL)


@click.command(short_help="Queue unsuccessful jobs again.")
@state_argument
@click.argument("ids", metavar="[ID]...", nargs=-1)
@state_option
@batch_option
def retry(*, jobs_or_state: str, ids: tuple[str, ...], state: str | None, name: str | None) -> None:
    """Queue the jobs with these IDs again; by default, all jobs that have not succeeded.

    A job whose task may still succeed continues with that task. Every other job creates a new
    task, which is charged. A job in doubt is queued only if you give its ID, because its task may
    exist already. To run the queued jobs, use kling batch run.

    \b
    Example: kling batch retry clips.csv fox-1 fox-2
    """
    with existing_batch(jobs_or_state, state, name) as batch:
        try:
            queued = batch.retry(ids or None)
        except KeyError as error:  # it says which ID is unknown
            raise click.UsageError(f"{error.args[0]} in {batch.name}") from error
    print_lines(*queued)
    print_message(f"{job_count(len(queued))} queued again; to run them: kling batch run")


@click.command(short_help="Stop starting jobs; running jobs continue.")
@state_argument
@state_option
@batch_option
def pause(*, jobs_or_state: str, state: str | None, name: str | None) -> None:
    """Stop starting jobs, on all machines; running jobs continue to their end.

    \b
    Example: kling batch pause clips.csv
    """
    with existing_batch(jobs_or_state, state, name) as batch:
        batch.pause()
    print_message("paused; to start jobs again: kling batch resume")


@click.command(short_help="Allow jobs to start again.")
@state_argument
@state_option
@batch_option
def resume(*, jobs_or_state: str, state: str | None, name: str | None) -> None:
    """Allow jobs to start again, including those that were held for lack of balance.

    \b
    Example: kling batch resume clips.csv
    """
    with existing_batch(jobs_or_state, state, name) as batch:
        queued = batch.resume()
    released = f"; {job_count(len(queued))} no longer held" if queued else ""
    print_message(f"jobs may start again{released}; to run them: kling batch run")


@click.command(short_help="Write the outcome of each job as CSV or JSON lines.")
@state_argument
@state_option
@batch_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "jsonl"]),
    default="csv",
    show_default=True,
    help="Format of the output: a table, or one object per line.",
)
@click.option(
    "--to",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write.  [default: standard output]",
)
def export(
    *, jobs_or_state: str, state: str | None, name: str | None, form: str, to: Path | None
) -> None:
    """Write the outcome of each job: its ref, files, charges and message.

    \b
    Example: kling batch export clips.csv --to result.csv
    """
    with existing_batch(jobs_or_state, state, name) as batch:
        write_lines(export_lines(batch.export(), form), to)


def _print_json(batch: "Batch") -> None:
    jobs = [job_fields(job) for job in batch.jobs()]
    print_json(
        {
            "batch": batch.name,
            "paused": batch.paused,
            "counts": batch.counts(),
            "spent": batch.spent,
            "jobs": jobs,
        }
    )
