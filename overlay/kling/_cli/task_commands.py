"""The commands that talk to Kling."""

import sys
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import click
from kling_api import models as requests

from kling._cli.options import Given, allow_option, body_options, json_option
from kling._cli.output import download_progress, progress, say, show, show_paths, show_tasks
from kling._cli.request_files import call_of, family_of
from kling._client import Kling
from kling._cost import Estimate, estimate_call
from kling._creating import DEFAULT_CREATE_TIMEOUT
from kling._requests import problems_of
from kling._tasks import Task, search_operation
from kling._waiting import DEFAULT_INTERVAL, DEFAULT_TIMEOUT, check_times
from kling.description import load, overruled, parted


def _units(_: click.Context, option: click.Parameter, text: str | None) -> Decimal | None:
    """Return a number of Kling units, such as 10 or 2.5, or say what is wrong with it."""
    try:
        units = None if text is None else Decimal(text)
    except ArithmeticError:
        units = Decimal(-1)
    if units is not None and not (units.is_finite() and units >= 0):
        raise click.BadParameter(
            f"{text!r} is not a number of units, such as 10 or 2.5", param=option
        )
    return units


def _checked(_: click.Context, option: click.Parameter, timeout: float) -> float:
    """Refuse what the range lets pass, before anything is paid for."""
    try:
        check_times(timeout, DEFAULT_INTERVAL)
    except ValueError as error:
        raise click.BadParameter(str(error), param=option) from error
    return timeout


_timeout_option = click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=DEFAULT_TIMEOUT,
    callback=_checked,
    show_default=True,
    help="Seconds to wait.",
)
_out_option = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Folder for the files.  [default: this one]",
)


@click.command()
@body_options
@allow_option
@_out_option
@_timeout_option
@click.option(
    "--max-units",
    callback=_units,
    metavar="UNITS",
    help="Send nothing if it may cost more Kling units than these, or nobody knows what it costs.",
)
@json_option
def run(
    given: Given,
    allow: tuple[str, ...],
    out: Path,
    timeout: float,
    max_units: Decimal | None,
    as_json: bool,
) -> None:
    """Create a task, wait for it and download what it makes.

    What it will cost is said first, and what was charged in the end, on standard error.

    If it is interrupted, kling download or kling wait with the REF of the task goes on. With --path
    a body goes to what Kling sells and nobody has described; the path of the example is a
    placeholder, and your console has the real one.

    \b
    Example: kling run text_to_video fox.json --set duration=8 --out videos
             kling run --path /text-to-video/kling-4.0 body.json
    """
    call = call_of(given)
    with Kling() as client:
        if not parted(problems_of(call), overruled(allow, load()))[0]:
            _say_cost(estimate_call(call), max_units)
        task = client._carry_out(client._submission(call, None, DEFAULT_CREATE_TIMEOUT, allow))
        say(f"created {task.ref}")
        task = _waited(client, task, timeout)
        if task.charges:
            say(f"charged: {', '.join(map(str, task.charges))}")
        _download(client, task, out, as_json)


@click.command()
@click.argument("ref")
@json_option
def get(ref: str, as_json: bool) -> None:
    """Show how far a task is.

    \b
    Example: kling get text_to_video/752604318974529536
    """
    with Kling() as client:
        show_tasks([client.retrieve(ref)], as_json)


@click.command("list")
@click.argument("operation", metavar="OPERATION")
@click.option("--limit", type=click.IntRange(1), default=30, show_default=True, help="Tasks.")
@json_option
def list_(operation: str, limit: int, as_json: bool) -> None:
    """Show the newest tasks of a family, or of the one that an operation belongs to.

    The family tasks has all tasks of the account, and solutions those of the products under
    /solutions.

    \b
    Example: kling list text_to_video --limit 5
    """
    size, spec = min(limit, 100), load()
    family = family_of(operation, spec, lambda one: one.task or spec.query_in(one.family))
    if create := spec.create_in(family):
        which: Any = getattr(requests, str(create.request))
    elif search := search_operation(family):
        which = getattr(requests, str(search.request))(limit=size)
    else:
        raise click.UsageError(f"{operation} belongs to no family of tasks")
    with Kling() as client:
        show_tasks(list(islice(client.list(which, page_size=size), limit)), as_json)


@click.command()
@click.argument("ref")
@_timeout_option
@json_option
def wait(ref: str, timeout: float, as_json: bool) -> None:
    """Wait until a task has succeeded.

    \b
    Example: kling wait text_to_video/752604318974529536 --timeout 600
    """
    with Kling() as client:
        show_tasks([_waited(client, client.retrieve(ref), timeout)], as_json)


@click.command()
@click.argument("ref")
@_out_option
@json_option
def download(ref: str, out: Path, as_json: bool) -> None:
    """Download what a task made.

    \b
    Example: kling download text_to_video/752604318974529536 --out videos
    """
    with Kling() as client:
        _download(client, ref, out, as_json)


@click.command()
def token() -> None:
    """Print what stands behind "Authorization: Bearer", for half an hour of curl.

    \b
    Example: curl -H "Authorization: Bearer $(kling token)" ...
    """
    with Kling() as client:
        show(client.token())


def _say_cost(cost: Estimate, most: Decimal | None) -> None:
    """Say what a create will cost.

    Raises:
        ClickException: it may cost more than what is allowed.
    """
    if cost.package or most is not None:  # of what is not described a warning says enough
        say(f"cost: {cost}")
    if most is not None and (cost.units is None or cost.units > most):
        raise click.ClickException(f"nothing is sent: --max-units allows {most:f} units")


def _download(client: Kling, task: Task | str, out: Path, as_json: bool) -> None:
    with download_progress() as show:
        paths = client.download(task, out, on_progress=show)
    show_paths(paths, as_json)


def _waited(client: Kling, task: Task, timeout: float) -> Task:
    try:
        with progress() as show:
            return client.wait(task, timeout=timeout, on_update=show)
    except KeyboardInterrupt:
        say(
            f"interrupted; the task goes on, and is paid for; kling download {task.ref} "
            f"once it has ended, or wait for it: kling wait {task.ref}"
        )
        sys.exit(1)
