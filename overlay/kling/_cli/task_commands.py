"""The commands that create tasks, wait for them and download results."""

import sys
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import click
from kling_api import models as requests

from kling._cli.options import RequestArguments, allow_option, body_options, json_option
from kling._cli.output import (
    download_progress,
    print_lines,
    print_message,
    print_paths,
    print_tasks,
    task_progress,
)
from kling._cli.request_files import call_of, family_of
from kling._client import Kling
from kling._cost import Estimate, estimate_call
from kling._creating import DEFAULT_CREATE_TIMEOUT
from kling._requests import problems_of
from kling._tasks import Task, search_operation
from kling._waiting import DEFAULT_INTERVAL, DEFAULT_TIMEOUT, check_times
from kling.description import load, overruled, parted

# `kling list` fetches at most this many tasks in one request.
_MOST_PER_REQUEST = 100


def _units(_: click.Context, option: click.Parameter, text: str | None) -> Decimal | None:
    """Return a number of Kling units, such as 10 or 2.5; None if the option is not given.

    Raises:
        click.BadParameter: the text is not a number of 0 or more.
    """
    if text is None:
        return None
    problem = f"{text!r} is not a number of units, such as 10 or 2.5"
    try:
        units = Decimal(text)
    except ArithmeticError as error:
        raise click.BadParameter(problem, param=option) from error
    if not units.is_finite() or units < 0:
        raise click.BadParameter(problem, param=option)
    return units


def _checked_timeout(_: click.Context, option: click.Parameter, timeout: float) -> float:
    """Refuse nan and inf before the command creates a task, because FloatRange accepts them."""
    try:
        check_times(timeout, DEFAULT_INTERVAL)
    except ValueError as error:
        raise click.BadParameter(str(error), param=option) from error
    return timeout


_timeout_option = click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=DEFAULT_TIMEOUT,
    callback=_checked_timeout,
    show_default=True,
    help="Stop waiting after this many seconds; the task itself continues.",
)
_out_option = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Folder for the files.  [default: the current folder]",
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
    help="Do not send the request if it may cost more Kling units than this, or if its price is "
    "not known.",
)
@json_option
def run(
    arguments: RequestArguments,
    allow: tuple[str, ...],
    out: Path,
    timeout: float,
    max_units: Decimal | None,
    as_json: bool,
) -> None:
    """Create a task, wait for it and download its results.

    The estimated cost, the REF of the task and the actual charges go to standard error. After an
    interruption, continue with kling wait REF or kling download REF.

    --path sends a body to a product of Kling that is not described here. The path in the example
    is a placeholder; your Kling console shows the real one.

    \b
    Example: kling run text_to_video fox.json --set duration=8 --out videos
             kling run --path /text-to-video/kling-4.0 body.json
    """
    call = call_of(arguments)
    with Kling() as client:
        problems, _ = parted(problems_of(call), overruled(allow, load()))
        if not problems:  # otherwise `_submission` raises an error that lists them
            _show_cost(estimate_call(call), max_units)
        task = client._carry_out(
            client._submission(call, extra=None, create_timeout=DEFAULT_CREATE_TIMEOUT, allow=allow)
        )
        print_message(f"created {task.ref}")
        task = _wait(client, task, timeout)
        if task.charges:
            print_message(f"charged: {', '.join(map(str, task.charges))}")
        _download(client, task, out, as_json)


@click.command()
@click.argument("ref")
@json_option
def get(ref: str, as_json: bool) -> None:
    """Show the status of a task, and the URLs of its results.

    \b
    Example: kling get text_to_video/752604318974529536
    """
    with Kling() as client:
        print_tasks([client.retrieve(ref)], as_json)


@click.command("list")
@click.argument("operation", metavar="OPERATION")
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=30,
    show_default=True,
    help="Show at most this many tasks.",
)
@json_option
def list_(operation: str, limit: int, as_json: bool) -> None:
    """Show the newest tasks of a family.

    OPERATION is a family, such as text_to_video, or an operation of it. The family "tasks" contains
    all tasks of the account. The family "solutions" contains the tasks of all products under
    /solutions.

    \b
    Example: kling list text_to_video --limit 5
    """
    page_size, spec = min(limit, _MOST_PER_REQUEST), load()
    # The families tasks and solutions create nothing, but contain the tasks of other families.
    family = family_of(operation, spec, lambda known: known.task or spec.query_in(known.family))
    create = spec.create_in(family)
    if create and spec.list_of(create) is None:
        raise click.UsageError(
            f"{operation} is answered at once with the result, so there are no tasks to list"
        )
    if create:
        # `list` takes a request class in place of a request, and lists the tasks of its family.
        request: Any = getattr(requests, str(create.request))
    elif search := search_operation(family):
        request = getattr(requests, str(search.request))(limit=page_size)
    else:
        raise click.UsageError(f"{operation} does not create tasks, so there are no tasks to list")
    with Kling() as client:
        print_tasks(list(islice(client.list(request, page_size=page_size), limit)), as_json)


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
        print_tasks([_wait(client, client.retrieve(ref), timeout)], as_json)


@click.command()
@click.argument("ref")
@_out_option
@json_option
def download(ref: str, out: Path, as_json: bool) -> None:
    """Download the results of a task that has succeeded.

    \b
    Example: kling download text_to_video/752604318974529536 --out videos
    """
    with Kling() as client:
        _download(client, ref, out, as_json)


@click.command()
def token() -> None:
    """Print a bearer token for other HTTP clients.

    With an API key, this is the key itself. With an access key pair, it is a token that is signed
    with the pair and valid for half an hour.

    \b
    Example: curl -H "Authorization: Bearer $(kling token)" ...
    """
    with Kling() as client:
        print_lines(client.token())


def _show_cost(cost: Estimate, limit: Decimal | None) -> None:
    """Show the estimated cost of a create.

    Raises:
        ClickException: the create may cost more than the limit, or its cost is not known.
    """
    # The package is empty if the path is not described. Then the cost is unknown, and a line that
    # says so is useful only if there is a limit.
    if cost.package or limit is not None:
        print_message(f"cost: {cost}")
    if limit is not None and (cost.units is None or cost.units > limit):
        if cost.units is None:
            reason = f"its price is not known, and --max-units allows only {limit:f} units"
        else:
            reason = f"it may cost more than the {limit:f} units that --max-units allows"
        raise click.ClickException(f"the request was not sent, because {reason}")


def _download(client: Kling, task: Task | str, out: Path, as_json: bool) -> None:
    with download_progress() as show:
        paths = client.download(task, out, on_progress=show)
    print_paths(paths, as_json)


def _wait(client: Kling, task: Task, timeout: float) -> Task:
    try:
        with task_progress() as show:
            return client.wait(task, timeout=timeout, on_update=show)
    except KeyboardInterrupt:
        print_message(
            f"interrupted; the task continues at Kling, and is charged. To wait for it: "
            f"kling wait {task.ref}"
        )
        sys.exit(1)
