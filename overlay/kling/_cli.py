"""The command line."""

import json
import sys
import warnings
from collections.abc import Callable
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import click
from kling_api import models as requests

from kling._calls import problems_of
from kling._capabilities import capabilities
from kling._cli_input import call_of, operation_of
from kling._cli_mock import dialect_option, mock
from kling._cli_output import (
    download_progress,
    print_json,
    progress,
    say,
    show_capabilities,
    show_paths,
    show_tasks,
)
from kling._client import Kling
from kling._errors import KlingError
from kling._generator import write_generator
from kling._spec import load, source
from kling._submission import DEFAULT_CREATE_TIMEOUT
from kling._tasks import Task
from kling._waiting import DEFAULT_TIMEOUT

Command = TypeVar("Command", bound=Callable[..., Any])


class _Group(click.Group):
    """A group whose commands end in one line when something is wrong."""

    def invoke(self, ctx: click.Context) -> Any:
        warnings.showwarning = _warn
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # click knows what it means: the reader has seen enough
        except (KlingError, OSError, ValueError) as error:
            # Click's own errors are no ValueErrors, and end in one line by themselves.
            notes = getattr(error, "__notes__", ())
            raise click.ClickException(" ".join([str(error), *notes])) from error


def _warn(message: Warning | str, *details: Any, **more: Any) -> None:
    """Show a warning to people who did not write the program."""
    del details, more
    say(f"Warning: {message}")


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kling-openapi")
def cli() -> None:
    """Make videos with Kling AI, and test programs that do.

    Credentials are KLING_API_KEY, or KLING_ACCESS_KEY and KLING_SECRET_KEY; KLING_BASE_URL leads
    to another host, such as a mock. OPERATION is an operationId of the API, such as
    createTextToVideoTask. FILE is the body of a request in JSON or YAML, - for standard input.
    REF is what every command prints for a task, such as text_to_video/752604318974529536, or
    tasks/893605946402811985 in the current standard, whose models have operations of their own.
    """


def _body_options(command: Command) -> Command:
    command = click.option(
        "--image",
        type=click.Path(exists=True, dir_okay=False),
        help="A picture for the field image, or as first frame for contents.",
    )(command)
    command = click.option(
        "--set",
        "changes",
        multiple=True,
        metavar="FIELD=VALUE",
        help="Set a field, such as duration or settings.duration: text or JSON; @PATH takes it "
        "from a file, media in base64.",
    )(command)
    command = click.argument("file", type=click.File("r", encoding="utf-8"))(command)
    return click.argument("operation", metavar="OPERATION")(command)


_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
_timeout_option = click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=DEFAULT_TIMEOUT,
    show_default=True,
    help="Seconds to wait.",
)
_out_option = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Folder for the files.  [default: this one]",
)


@cli.command()
@_body_options
@_out_option
@_timeout_option
@_json_option
def run(
    operation: str,
    file: Any,
    changes: tuple[str, ...],
    image: str | None,
    out: Path,
    timeout: float,
    as_json: bool,
) -> None:
    """Create a task, wait for it and download what it makes.

    \b
    Example: kling run createTextToVideoTask fox.json --set duration=8 --out videos
    """
    call = call_of(operation, file, changes, image)
    with Kling() as client:
        task = client._http.carry_out(client._submission(call, None, DEFAULT_CREATE_TIMEOUT))
        say(f"created {task.ref}")
        _finish(client, task, timeout, out, as_json)


@cli.command()
@click.argument("ref")
@_json_option
def get(ref: str, as_json: bool) -> None:
    """Show how far a task is.

    \b
    Example: kling get text_to_video/752604318974529536
    """
    with Kling() as client:
        show_tasks([client.retrieve(ref)], as_json)


@cli.command("list")
@click.argument("operation", metavar="OPERATION")
@click.option("--limit", type=click.IntRange(1), default=30, show_default=True, help="Tasks.")
@_json_option
def list_(operation: str, limit: int, as_json: bool) -> None:
    """Show the newest tasks of the family that an operation belongs to; listTasks shows all.

    \b
    Example: kling list listTextToVideoTasks --limit 5
    """
    size, family = min(limit, 100), operation_of(operation, load()).family
    create = load().create_in(family)
    which: Any = requests.ListTasksRequest(limit=size)
    if create is not None:
        which = getattr(requests, str(create.request))
    elif load().query_in(family) is None:
        raise click.UsageError(f"{operation} belongs to no family of tasks")
    with Kling() as client:
        show_tasks(list(islice(client.list(which, page_size=size), limit)), as_json)


@cli.command()
@click.argument("ref")
@_timeout_option
@_json_option
def wait(ref: str, timeout: float, as_json: bool) -> None:
    """Wait until a task has succeeded.

    \b
    Example: kling wait text_to_video/752604318974529536 --timeout 600
    """
    with Kling() as client:
        show_tasks([_waited(client, client.retrieve(ref), timeout)], as_json)


@cli.command()
@click.argument("ref")
@_out_option
@_json_option
def download(ref: str, out: Path, as_json: bool) -> None:
    """Download what a task made.

    \b
    Example: kling download text_to_video/752604318974529536 --out videos
    """
    with Kling() as client:
        _download(client, ref, out, as_json)


@cli.command()
@_body_options
@dialect_option
@_json_option
def validate(
    operation: str,
    file: Any,
    changes: tuple[str, ...],
    image: str | None,
    dialect: str,
    as_json: bool,
) -> None:
    """Say what Kling would refuse of a request, a line a problem; nothing is sent.

    \b
    Example: kling validate createTextToVideoTask fox.json
    """
    spec = load(dialect)
    problems = problems_of(call_of(operation, file, changes, image, spec), spec)
    if as_json:
        print_json([asdict(problem) for problem in problems])
    else:
        for problem in problems:
            click.echo(problem)
    sys.exit(1 if problems else 0)


@cli.command()
@click.argument("family", required=False)
@_json_option
def models(family: str | None, as_json: bool) -> None:
    """Show which model takes what, by family, worked out from the rules.

    \b
    Example: kling models image_to_video
    """
    families = {
        operation.family: list(capabilities(load(), operation))
        for operation in load().operations.values()
        if operation.task and family in (None, operation.family)
    }
    if not families:
        known = sorted(one.family for one in load().operations.values() if one.task)
        raise click.UsageError(f"there is no family {family}; those are {', '.join(known)}")
    found = {name: rows for name, rows in families.items() if rows}
    if family and not found and not as_json:
        say(f"{family} has no models to choose from")
    show_capabilities(found, as_json)


@cli.command()
@click.option("--portable", is_flag=True, help="The view for generators: rules as sentences.")
@click.option("--format", type=click.Choice(["json", "yaml"]), default="json", show_default=True)
@click.option(
    "--generator",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write into DIR what openapi-python-client needs to make a client under a name of your "
    "own, and print the commands.",
)
@dialect_option
def spec(
    portable: bool,
    format: str,  # noqa: A002 (the option's name)
    generator: Path | None,
    dialect: str,
) -> None:
    """Print the OpenAPI description.

    \b
    Example: kling spec --format yaml > kling-openapi.yaml
    """
    if generator:
        if portable or format != "json":
            raise click.UsageError(
                "--generator writes the portable view in JSON; leave --portable and --format out"
            )
        click.echo(write_generator(generator, dialect))
        return
    text = source(dialect, portable=portable)
    if format == "yaml":
        import yaml

        text = yaml.safe_dump(json.loads(text), sort_keys=False, allow_unicode=True, width=100)
    click.echo(text.rstrip("\n"))


@cli.command()
def token() -> None:
    """Print what stands behind "Authorization: Bearer", for half an hour of curl.

    \b
    Example: curl -H "Authorization: Bearer $(kling token)" ...
    """
    with Kling() as client:
        click.echo(client.token())


cli.add_command(mock)


def _finish(client: Kling, task: Task, timeout: float, out: Path, as_json: bool) -> None:
    _download(client, _waited(client, task, timeout), out, as_json)


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
