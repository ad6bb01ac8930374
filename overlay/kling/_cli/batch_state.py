"""Finds and opens the state of a batch, which is a file or a database with its jobs."""

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import click

if TYPE_CHECKING:
    from kling.batch import Batch

_TABLES = (".csv", ".tsv", ".jsonl", ".ndjson")
_MASK = "***"


def locate(jobs_or_state: str, state: str | None) -> str | Path:
    """Return the path or URL of a state.

    Args:
        jobs_or_state: the argument of the command: a table of jobs, or a state.
        state: the value of --state, a SQLite file or a Postgres URL. It has precedence.
    """
    text = state or jobs_or_state
    if "://" in text:
        return text
    path = Path(text)
    return path.with_suffix(".sqlite") if path.suffix.lower() in _TABLES else path


def batch_name(jobs_or_state: str, state: str | Path, name: str | None) -> str | None:
    """Return the name of a batch. None stands for the default name in a SQLite file.

    Args:
        jobs_or_state: the argument of the command: a table of jobs, or a state.
        state: the path of a SQLite file, or the URL of a database.
        name: the value of --batch. If it is missing, a batch in a database gets the name of the
            table of jobs.
    """
    is_table = "://" not in jobs_or_state and Path(jobs_or_state).suffix.lower() in _TABLES
    is_in_database = isinstance(state, str)
    return name or (Path(jobs_or_state).stem if is_table and is_in_database else None)


@contextmanager
def existing_batch(
    jobs_or_state: str, state: str | None, name: str | None, **settings: Any
) -> "Iterator[Batch]":
    """Open a batch that has jobs, and close it at the end.

    Raises:
        ClickException: the batch does not exist, or its state cannot be reached.
    """
    place = locate(jobs_or_state, state)
    if isinstance(place, Path) and not place.is_file():
        # The argument is a table, and `locate` made the path of the state from it.
        is_next_to_table = not state and str(place) != jobs_or_state
        hint = "kling batch run creates it" if is_next_to_table else "check the path"
        raise click.ClickException(f"there is no state of a batch at {place}; {hint}")
    with open_batch(place, batch_name(jobs_or_state, place, name), **settings) as batch:
        if not any(batch.counts().values()):
            hint = "kling batch run adds them" if isinstance(place, Path) else "check --batch"
            raise click.ClickException(
                f"the batch {batch.name} in {shown(place)} has no jobs; {hint}"
            )
        yield batch


@contextmanager
def open_batch(place: str | Path, name: str | None, **settings: Any) -> "Iterator[Batch]":
    """Open the batch of a state, or create it, and close it at the end.

    Args:
        place: the path or URL of the state.
        name: the name of the batch; None for the default name in a SQLite file.
        settings: arguments for `Batch`.

    Raises:
        ClickException: the state cannot be reached, or the extra is missing.
        UsageError: the state is a database, and the batch has no name.
    """
    require_extra()
    if name is None and isinstance(place, str) and not place.startswith("sqlite"):
        raise click.UsageError("a database can contain several batches; name one with --batch NAME")
    from sqlalchemy.exc import SQLAlchemyError

    from kling.batch import Batch

    try:
        with Batch(place, name=name, **settings) as batch:
            yield batch
    except SQLAlchemyError as error:
        # The text of the error itself contains the SQL and its values, such as prompts.
        cause = str(getattr(error, "orig", None) or error)
        problem = without_password(" ".join(cause.split()), place)
        message = f"cannot reach the state {shown(place)}: {problem}"
        raise click.ClickException(message) from error


def require_extra() -> None:
    """Check that the extra `batch` is installed.

    Raises:
        ClickException: the extra is not installed. The message says how to install it.
    """
    if find_spec("dbos") is None:
        raise click.ClickException(
            "kling batch needs more packages; install them with: "
            'pip install "kling-openapi[cli,batch]"'
        )


def shown(place: str | Path) -> str:
    """Return the path or URL of a state without its password."""
    return without_password(str(place), place)


def without_password(text: str, place: str | Path) -> str:
    """Return a text in which the password of a URL is masked, even if it is percent-encoded."""
    try:
        password = urlsplit(place).password if isinstance(place, str) else None
    except ValueError:
        password = None
    if not password:
        return text
    for form in {password, unquote(password)}:
        text = text.replace(form, _MASK)
    return text


def repeat_command(context: click.Context, *, place: str | Path) -> str:
    """Return a command line that repeats the current command without asking for confirmation."""
    words = context.command_path.split()
    for option in context.command.params:
        source = context.get_parameter_source(str(option.name))
        if source is not click.core.ParameterSource.COMMANDLINE or option.name == "yes":
            continue
        given = context.params[str(option.name)]
        values = given if option.multiple or option.nargs == -1 else [given]
        for value in values:
            if isinstance(option, click.Option):
                words.append(max(option.opts, key=len))  # --yes rather than -y
            if value is not True:  # a flag has no value on the command line
                words.append(str(value))
    if any(option.name == "yes" for option in context.command.params):
        words.append("--yes")
    return shlex.join([without_password(word, place) for word in words])
