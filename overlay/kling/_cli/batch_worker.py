"""The command `kling batch worker`, and the output that it shares with `kling batch run`."""

import sys
from collections.abc import Callable, Generator
from contextlib import closing
from typing import TYPE_CHECKING

import click

from kling._cli.batch_options import batch_option, state_argument, state_option
from kling._cli.batch_state import existing_batch, locate, repeat_command
from kling._cli.batch_views import Progress, summary
from kling._cli.output import print_message

if TYPE_CHECKING:
    from kling.batch import Batch, Job


@click.command()
@state_argument
@state_option
@batch_option
@click.pass_context
def worker(
    context: click.Context, /, *, jobs_or_state: str, state: str | None, name: str | None
) -> None:
    """Run jobs of a batch in another process or on another machine.

    The worker uses the settings of kling batch run. It waits while the batch is paused, and exits
    when all jobs have ended. The files that jobs name must have the same paths on each machine.

    \b
    Example: kling batch worker postgresql://kling@db.example.org/jobs --batch clips
    """
    repeat = repeat_command(context, place=locate(jobs_or_state, state))
    view = Progress()
    with existing_batch(jobs_or_state, state, name, on_update=view.update) as batch:
        show_work(batch, batch.work, view, repeat)


def show_work(
    batch: "Batch", run: "Callable[[], Generator[Job, None, None]]", view: Progress, repeat: str
) -> None:
    """Run jobs, show each job that ends, and exit with 0 if all have succeeded, otherwise with 1.

    Args:
        batch: the batch.
        run: runs jobs, and yields those that have ended.
        view: shows the jobs that have ended, and the progress.
        repeat: the command that continues after an interruption.
    """
    try:
        with view.show_jobs(batch.counts()) as show_job, closing(run()) as ended_jobs:
            for job in ended_jobs:
                show_job(job)
    except KeyboardInterrupt:
        print_message(
            "interrupted; running tasks continue at Kling, and no task is paid for twice. "
            f"To continue: {repeat}"
        )
        sys.exit(1)
    counts = batch.counts()
    print_message(summary(counts))
    if batch.paused is not None:
        print_message(f"paused: {batch.paused}; to continue: kling batch resume, and then {repeat}")
    sys.exit(0 if counts["succeeded"] == sum(counts.values()) else 1)
