"""Where the state of a batch is, and what the commands say of it."""

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
_HIDDEN = "***"


def state_of(given: str, state: str | None) -> str | Path:
    """Return where the state is: what an option says, or what belongs to what is given.

    Args:
        given: a file of jobs, or a state.
        state: a file of SQLite or a URL of Postgres; None where no option names it.
    """
    text = state or given
    if "://" in text:
        return text
    path = Path(text)
    return path.with_suffix(".sqlite") if path.suffix.lower() in _TABLES else path


def name_of(given: str, state: str | Path, name: str | None) -> str | None:
    """Return what a batch is called that has no name of its own, as a file of SQLite needs none."""
    is_table = "://" not in given and Path(given).suffix.lower() in _TABLES
    return name or (Path(given).stem if is_table and isinstance(state, str) else None)


@contextmanager
def opened(given: str, state: str | None, name: str | None, **settings: Any) -> "Iterator[Batch]":
    """Give the batch that has been made before, and close it in the end.

    Raises:
        ClickException: there is none, or its state cannot be reached.
    """
    place = state_of(given, state)
    if isinstance(place, Path) and not place.is_file():
        raise click.ClickException(
            f"there is no state {place}; kling batch run makes it, or name it: --state"
        )
    with made(place, name_of(given, place, name), **settings) as batch:
        if not any(batch.counts().values()):
            raise click.ClickException(
                f"{shown(place)} has no batch {batch.name} with jobs; --batch names another one"
            )
        yield batch


@contextmanager
def made(place: str | Path, name: str | None, **settings: Any) -> "Iterator[Batch]":
    """Give the batch of a state, which is made if there is none, and close it in the end.

    Raises:
        ClickException: its state cannot be reached, or the extra is missing.
        UsageError: a database needs a name.
    """
    need_extra()
    if name is None and isinstance(place, str) and not place.startswith("sqlite"):
        raise click.UsageError("a database may hold several batches; name one: --batch NAME")
    from sqlalchemy.exc import SQLAlchemyError

    from kling.batch import Batch

    try:
        with Batch(place, name=name, **settings) as batch:
            yield batch
    except SQLAlchemyError as error:
        # Its own text has the statement and its values, which are prompts.
        cause = str(getattr(error, "orig", None) or error)
        told = without_password(" ".join(cause.split()), place)
        raise click.ClickException(f"the state {shown(place)} cannot be reached: {told}") from error


def need_extra() -> None:
    """Say what to install where it is missing.

    Raises:
        ClickException: it is.
    """
    if find_spec("dbos") is None:
        raise click.ClickException(
            "kling batch needs more packages; install them with: "
            'pip install "kling-openapi[cli,batch]"'
        )


def shown(place: str | Path) -> str:
    """Return where a state is, without a password."""
    return without_password(str(place), place)


def without_password(text: str, place: str | Path) -> str:
    """Return a text without the password of a URL, however it is written."""
    try:
        password = urlsplit(place).password if isinstance(place, str) else None
    except ValueError:
        password = None
    for written in filter(None, {password, password and unquote(password)}):
        text = text.replace(written, _HIDDEN)
    return text


def same_command(context: click.Context, *, place: str | Path) -> str:
    """Return a command line that runs the present command again, without questions."""
    words = context.command_path.split()
    for option in context.command.params:
        source = context.get_parameter_source(str(option.name))
        if source is not click.core.ParameterSource.COMMANDLINE or option.name == "yes":
            continue
        value = context.params[str(option.name)]
        values = value if option.multiple or option.nargs == -1 else [value]
        for one in values:
            name = [max(option.opts, key=len)] if isinstance(option, click.Option) else []
            words += [*name, *([] if one is True else [str(one)])]
    if any(one.name == "yes" for one in context.command.params):
        words.append("--yes")
    return shlex.join([without_password(word, place) for word in words])
