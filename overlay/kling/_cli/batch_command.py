"""The command that runs the jobs of a table: `kling batch run`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kling._cli.batch_control_commands import export, pause, resume, retry, status
from kling._cli.batch_options import batch_option, state_option
from kling._cli.batch_settings import budget_of, budget_warnings, concurrency
from kling._cli.batch_state import batch_name, locate, open_batch, repeat_command, require_extra
from kling._cli.batch_views import Progress, job_count
from kling._cli.batch_worker import show_work, worker
from kling._cli.output import print_message
from kling._cost import Budget, Total

if TYPE_CHECKING:
    from kling.batch import Batch, Job, JobsFile


@click.group()
def batch() -> None:
    """Run many jobs from a table, and pay for each of them only once.

    The outcome of each job is recorded in the state, which is a file next to the table. If the
    program stops for any reason, run the same command again to continue. Several machines can share
    a state in Postgres.

    \b
    Example: kling batch run clips.csv --operation image_to_video --out out
             kling batch status clips.csv
    """


@batch.command()
@click.argument(
    "file", metavar="JOBS", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--operation", metavar="OPERATION", help="Operation of the jobs that do not name one."
)
@click.option(
    "--set",
    "changes",
    multiple=True,
    metavar="FIELD=VALUE",
    help="Set a field of all jobs that do not have it, such as model_name=kling-v3; repeatable.",
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
    help="How many jobs of each model run at the same time: one number, or one for each kind of "
    "package that pays. Your account must allow this many.  [default: video=5,image=9]",
)
@click.option(
    "--budget",
    metavar="KIND=UNITS,...",
    help="Limit the costs of all runs together, in Kling units, such as video=200,image=50, or in "
    "money, such as USD=30.",
)
@click.option(
    "--tries",
    type=click.IntRange(1),
    help="Number of tasks that a job may create before it fails.  [default: 2]",
)
@click.option(
    "--name",
    "naming",
    metavar="TEMPLATE",
    help="Template of the file names. {id} is the id of the job, {n} the number of the file, "
    '{family} the family, and {ext} the extension.  [default: "{id}"]',
)
@click.option("--yes", "-y", is_flag=True, help="Start without asking for confirmation.")
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
    """Run the jobs of a table, and continue those that have started.

    JOBS is a CSV table with the columns id, operation, and fields such as prompt, image or
    settings.duration; or a file of JSON lines. Images and audio are URLs, or paths relative to the
    folder of the table.

    The command checks the whole table before it sends anything, and stops if it finds a problem.
    Then it shows the estimated cost and asks for confirmation. The exit code is 0 if every job has
    succeeded, and 1 otherwise.

    \b
    Example: kling batch run clips.csv --operation image_to_video --set model_name=kling-v3
             kling batch run jobs.jsonl --out out --budget video=200 --yes
    """
    require_extra()
    from kling.batch import look_at

    table = look_at(file, operation=operation, fields=dict(map(_field_and_value, changes)))
    _refuse_problems(table)
    limit = budget_of(budget, table.total)
    place = locate(str(file), state)
    repeat = repeat_command(context, place=place)
    name = batch_name(str(file), place, name)
    known: dict[str, Job] = {}
    # Do not open a state file that does not exist yet: this would create it, and the user has not
    # confirmed the batch.
    if not isinstance(place, Path) or place.is_file():
        with open_batch(place, name) as batch:
            if batch.paused is not None:
                raise click.ClickException(
                    f"{batch.name} is paused: {batch.paused}; to continue, first run: "
                    f"kling batch resume {file}"
                )
            known = {job.id: job for job in batch.jobs()}
    _show_cost(table, known, limit)
    # The jobs in the state were confirmed in an earlier run.
    if not yes and any(job.id not in known for job in table.jobs):
        _confirm()
    view = Progress()
    # `settings` already has concurrency, tries and naming.
    settings |= {"out": out, "budget": limit, "on_update": view.update}
    with open_batch(place, name, **settings) as batch:
        _add(batch, table)
        show_work(batch, batch.run, view, repeat)


for command in (worker, status, retry, pause, resume, export):
    batch.add_command(command)


def _field_and_value(text: str) -> tuple[str, str]:
    field, equals, value = text.partition("=")
    if not equals or not field:
        raise click.UsageError(f"--set takes FIELD=VALUE, such as duration=8, not {text!r}")
    return field, value


def _refuse_problems(table: "JobsFile") -> None:
    """Show the warnings about a table, and refuse it if it has problems.

    Raises:
        ClickException: the table has problems.
    """
    from kling.batch import report_lines

    for line in report_lines(table.path, table.remarks):
        print_message(f"Warning: {line}")
    if table.problems:
        lines = "\n".join(report_lines(table.path, table.problems))
        raise click.ClickException(f"nothing was sent, because the table has problems:\n{lines}")


def _show_cost(table: "JobsFile", known: "dict[str, Job]", limit: Budget | None) -> None:
    """Show the estimated cost of the jobs that have no task yet, for each kind of package.

    Args:
        table: the jobs of the table.
        known: the jobs in the state, by id.
        limit: the budget.
    """
    ended = running = 0
    remaining_costs = []
    for row, cost in zip(table.jobs, table.total.estimates, strict=True):
        job = known.get(row.id)
        if job is not None and job.ended:
            ended += 1
        elif job is not None and job.ref is not None:
            running += 1
        else:
            remaining_costs.append(cost)
    remaining = Total(tuple(remaining_costs))
    count = job_count(len(table.jobs))
    print_message(count + (f", of which {ended} have ended already" if ended else ""))
    print_message(f"cost: {remaining}")
    if running:
        print_message(f"not included: {job_count(running)} whose task exists already")
    if limit:
        for line in budget_warnings(limit, remaining):
            print_message(f"{line}; jobs that exceed it are held")


def _confirm() -> None:
    """Ask whether to start the jobs.

    Raises:
        Abort: the answer is no.
        UsageError: standard input is not a terminal.
    """
    if not _can_ask():
        raise click.UsageError(
            "cannot ask for confirmation, because standard input is not a terminal; add --yes"
        )
    click.confirm("Start these jobs?", abort=True, err=True)


def _can_ask() -> bool:
    return sys.stdin.isatty()


def _add(batch: "Batch", table: "JobsFile") -> None:
    """Add the jobs of a table that the batch does not have yet.

    Raises:
        ClickException: a job cannot be added.
    """
    from kling.batch import InvalidJobsError, LineProblem, report_lines

    try:
        new = batch.add_all(table.pairs())
    except InvalidJobsError as error:
        lines = {job.id: job.line for job in table.jobs}
        problems = [
            LineProblem(lines.get(job_id, 0), f"{job_id}: {problem.message}")
            for job_id, job_problems in error.problems.items()
            for problem in job_problems
        ]
        problems.sort(key=lambda problem: problem.line)
        text = "\n".join(report_lines(table.path, problems))
        message = f"nothing was sent, because jobs cannot be added:\n{text}"
        raise click.ClickException(message) from error
    if new:
        print_message(f"added {job_count(len(new))} to {batch.name}")
