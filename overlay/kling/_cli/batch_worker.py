"""Working on a batch until no job is left: what is shown, and how it ends."""

import sys
from collections.abc import Callable, Generator
from contextlib import closing
from typing import TYPE_CHECKING

import click

from kling._cli.batch_options import batch_option, state_argument, state_option
from kling._cli.batch_state import opened, same_command, state_of
from kling._cli.batch_views import Progress, summary
from kling._cli.output import say

if TYPE_CHECKING:
    from kling.batch import Batch, Job


@click.command()
@state_argument
@state_option
@batch_option
@click.pass_context
def worker(context: click.Context, /, *, given: str, state: str | None, name: str | None) -> None:
    """Join a batch from another process, or another machine.

    It works with the settings of kling batch run, waits while the batch is paused, and ends when
    no job is left. Files that jobs name must have the same paths here.

    \b
    Example: kling batch worker postgresql://kling@db.example.org/jobs --batch clips
    """
    again = same_command(context, place=state_of(given, state))
    view = Progress()
    with opened(given, state, name, on_update=view.update) as batch:
        work(batch, batch.work, view, again)


def work(
    batch: "Batch", jobs: "Callable[[], Generator[Job, None, None]]", view: Progress, again: str
) -> None:
    """Show jobs as they end; end with 1 unless all have succeeded."""
    try:
        with view.of(batch.counts()) as ended, closing(jobs()) as those:
            for job in those:
                ended(job)
    except KeyboardInterrupt:
        say(
            "interrupted; what runs at Kling goes on and is paid for, and nothing is paid for "
            f"twice; go on with: {again}"
        )
        sys.exit(1)
    counts = batch.counts()
    say(summary(counts))
    if batch.paused is not None:
        say(f"paused: {batch.paused}; kling batch resume, and then: {again}")
    sys.exit(0 if counts["succeeded"] == sum(counts.values()) else 1)
