"""The command that does the jobs of a table: `kling batch run`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kling._cli.batch_control_commands import export, pause, resume, retry, status
from kling._cli.batch_options import batch_option, state_option
from kling._cli.batch_settings import budget_of, concurrency, too_small
from kling._cli.batch_state import made, name_of, need_extra, same_command, state_of
from kling._cli.batch_views import Progress
from kling._cli.batch_worker import work, worker
from kling._cli.output import say
from kling._cost import Budget, Total

if TYPE_CHECKING:
    from kling.batch import Batch, JobsFile


@click.group()
def batch() -> None:
    """Do many jobs of a table, so that each is paid for once.

    What became of each job is in the state, a file beside the table. Whatever stops the program,
    the same command goes on where it was. Several machines share a state in Postgres.

    \b
    Example: kling batch run clips.csv --operation image_to_video --out out
             kling batch status clips.csv
    """


@batch.command()
@click.argument(
    "file", metavar="JOBS", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--operation", metavar="OPERATION", help="What all jobs are for that do not say it.")
@click.option(
    "--set",
    "changes",
    multiple=True,
    metavar="FIELD=VALUE",
    help="Set a field of all jobs that leave it out, such as model_name=kling-v3; repeatable.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("out"),
    show_default=True,
    help="Folder for the files.",
)
@state_option
@batch_option
@click.option(
    "--concurrency",
    callback=concurrency,
    metavar="KIND=JOBS,...",
    help="Jobs that may run at a time for one model, by kind of package, as your account allows; "
    "or one number.  [default: video=5,image=9]",
)
@click.option(
    "--budget",
    metavar="KIND=UNITS,...",
    help="Spend at most so much in all runs together: video=200,image=50 in Kling units, or "
    "USD=30.",
)
@click.option("--tries", type=click.IntRange(1), help="Tasks that a job may try.  [default: 2]")
@click.option(
    "--name",
    "naming",
    metavar="TEMPLATE",
    help='What files are called, of {id}, {n}, {family} and {ext}.  [default: "{id}"]',
)
@click.option("--yes", "-y", is_flag=True, help="Do not ask whether to pay for it.")
@click.pass_context
def run(
    context: click.Context,
    /,
    *,
    file: Path,
    operation: str | None,
    changes: tuple[str, ...],
    out: Path,
    state: str | None,
    name: str | None,
    budget: str | None,
    yes: bool,
    **settings: Any,
) -> None:
    """Do the jobs of a table, and go on with those that were begun.

    JOBS is a table in CSV, whose columns are id, operation, and fields such as prompt, image or
    settings.duration; or JSON lines. All of it is checked first, and nothing is sent if anything is
    wrong. Pictures and sounds are URLs, or paths from the folder of the table. It says what all
    jobs cost, and asks. It ends with 1 unless every job has succeeded.

    \b
    Example: kling batch run clips.csv --operation image_to_video --set model_name=kling-v3
             kling batch run jobs.jsonl --out out --budget video=200 --yes
    """
    need_extra()
    from kling.batch import look_at

    given = look_at(file, operation=operation, fields=dict(map(_change, changes)))
    _refuse_wrong(given)
    limit = budget_of(budget, given.total)
    place = state_of(str(file), state)
    again = same_command(context, place=place)
    batch_name = name_of(str(file), place, name)
    known: dict[str, bool] = {}
    if not isinstance(place, Path) or place.is_file():  # not made before somebody said yes
        with made(place, batch_name) as batch:
            if batch.paused is not None:
                raise click.ClickException(
                    f"{batch.name} is paused: {batch.paused}; kling batch resume {file} first"
                )
            known = {job.id: job.ended for job in batch.jobs()}
    _say_cost(given, known, limit)
    if not yes and any(job.id not in known for job in given.jobs):
        _ask()
    view = Progress()
    settings |= {"out": out, "budget": limit, "on_update": view.update}
    with made(place, batch_name, **settings) as batch:
        _add(batch, given)
        work(batch, batch.run, view, again)


for command in (worker, status, retry, pause, resume, export):
    batch.add_command(command)


def _change(text: str) -> tuple[str, str]:
    field, equals, value = text.partition("=")
    if not equals or not field:
        raise click.UsageError(f"--set takes FIELD=VALUE, not {field}")
    return field, value


def _refuse_wrong(given: "JobsFile") -> None:
    """Say everything that is wrong with a table, or may be.

    Raises:
        ClickException: something is wrong.
    """
    from kling.batch import report_lines

    for line in report_lines(given.path, given.remarks):
        say(f"Warning: {line}")
    if given.problems:
        lines = "\n".join(report_lines(given.path, given.problems))
        raise click.ClickException(f"nothing is sent, for something is wrong:\n{lines}")


def _say_cost(given: "JobsFile", known: dict[str, bool], limit: Budget | None) -> None:
    """Say what the jobs cost that have not ended, by package.

    Args:
        given: the jobs.
        known: whether those that are in the state have ended.
        limit: what may be spent.
    """
    costs = zip(given.jobs, given.total.estimates, strict=True)
    left = Total(tuple(cost for job, cost in costs if not known.get(job.id)))
    ended = len(given.jobs) - len(left.estimates)
    say(f"{len(given.jobs)} jobs" + (f", {ended} of them ended before" if ended else ""))
    say(f"cost: {left}")
    if limit:
        for line in too_small(limit, left):
            say(f"{line}; jobs for which it does not suffice are held")


def _ask() -> None:
    """Ask whether to pay.

    Raises:
        Abort: the answer is no.
        UsageError: there is nobody to ask.
    """
    if not _is_asked():
        raise click.UsageError(
            "nobody can be asked here whether to pay for it; add --yes, and perhaps --budget"
        )
    click.confirm("Go on?", abort=True, err=True)


def _is_asked() -> bool:
    """Whether somebody can answer."""
    return sys.stdin.isatty()


def _add(batch: "Batch", given: "JobsFile") -> None:
    from kling.batch import InvalidJobsError, LineProblem, report_lines

    try:
        new = batch.add_all(given.pairs())
    except InvalidJobsError as error:
        lines = {job.id: job.line for job in given.jobs}
        wrong = [
            LineProblem(lines.get(name, 0), f"{name}: {one.message}")
            for name, problems in error.problems.items()
            for one in problems
        ]
        text = "\n".join(report_lines(given.path, sorted(wrong, key=lambda one: one.line)))
        raise click.ClickException(f"nothing is sent, for jobs cannot be added:\n{text}") from error
    if new:
        say(f"added {len(new)} jobs to {batch.name}")
