"""Reads an operation, a request body and changes to it from the command line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import click

from kling._cli.added_media import add_medium
from kling._cli.options import RequestArguments
from kling._cli.output import printable
from kling._requests import (
    NO_TASK,
    Call,
    Unlisted,
    body_call,
    operation_named,
    operations_named,
    unlisted_create,
)
from kling.description import Document, Operation, Spec, load
from kling.media import image as file_as_base64


def family_of(name: str, spec: Spec, is_wanted: Callable[[Operation], object]) -> str:
    """Return the family that a name means.

    Args:
        name: the name of an operation or a family.
        spec: the description of the operations.
        is_wanted: selects the operations that a message about an unknown name may suggest.

    Raises:
        click.UsageError: no operation has this name.
    """
    try:
        return operations_named(name, spec, is_wanted)[0].family
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def call_of(
    arguments: RequestArguments,
    spec: Spec | None = None,
    *,
    is_wanted: Callable[[Operation], object] = lambda operation: operation.task,
    mismatch: str = NO_TASK,
) -> Call:
    """Return the call that sends the body of a file, after the changes by --set and --image.

    Args:
        arguments: the arguments and options of the command.
        spec: the description that contains the operation; None for the one that this version ships.
        is_wanted: selects the operations that the command can use.
        mismatch: what the message says about an operation that the command cannot use.

    Raises:
        click.ClickException: the arguments are wrong, or the file cannot be read.
    """
    spec = spec or load()
    name, file = _operation_and_file(arguments.names, arguments.path)
    try:
        operation = _operation(name, arguments.path, spec, is_wanted, mismatch)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    # A body that is sent to any path (--path) is not described.
    schema = spec.schemas[str(operation.request)] if arguments.path is None else {}
    body = _body(file)
    for change in arguments.changes:
        field, equals, value = change.partition("=")
        if not equals:
            raise click.UsageError(f"--set takes FIELD=VALUE, such as duration=8, not {change!r}")
        _set(body, field, _value(value, schema, field, spec))
    for kind, source in arguments.media:
        add_medium(body, kind, source, operation, spec)
    return body_call(operation, body)


def _operation_and_file(names: tuple[str, ...], path: str | None) -> tuple[str, IO[Any]]:
    """Return the name of the operation and the open file. With --path, the name is empty."""
    if len(names) > 2:
        raise click.UsageError(f"Got unexpected extra argument ({names[2]})")
    if path is not None and len(names) == 2:
        raise click.UsageError(f"--path replaces OPERATION; leave out {names[0]} or --path")
    if not names and path is not None:
        raise click.UsageError("FILE is missing; write --path PATH FILE")
    if not names:
        raise click.UsageError("OPERATION and FILE are missing; write OPERATION FILE")
    if path is None and len(names) == 1:
        raise click.UsageError(
            f"only one argument, {names[0]}; write OPERATION FILE, or --path PATH FILE"
        )
    return names[0] if path is None else "", open_file(names[-1])


def open_file(name: str) -> IO[Any]:
    """Open a file until the command ends; - is standard input."""
    file = click.File("r", encoding="utf-8")
    return file.convert(name, click.Argument(["file"]), click.get_current_context())


def _operation(
    name: str,
    path: str | None,
    spec: Spec,
    is_wanted: Callable[[Operation], object],
    mismatch: str,
) -> Operation:
    if path is None and name.startswith("/"):
        raise ValueError(f"{name} is a path; write --path {name}")
    if path is None:
        return operation_named(name, spec, is_wanted, mismatch)
    # An `Unlisted` checks its path.
    return unlisted_create(Unlisted(path, {}).path)


def _body(file: IO[Any]) -> dict[str, Any]:
    # Imported here because commands without a file do not need YAML.
    from kling._cli.yaml_files import read

    try:
        body = read(file, file.name)
    except ValueError as error:
        message = f"{file.name} cannot be read as JSON or YAML: {error}"
        raise click.ClickException(printable(message)) from error
    if not isinstance(body, dict) or not all(isinstance(name, str) for name in body):
        subject = f"{file.name} is empty; it" if body is None else file.name
        raise click.ClickException(
            f"{subject} must contain an object with the fields of a request, such as "
            '{"prompt": "A fox"}'
        )
    # $schema tells editors where the JSON Schema of the file is. It is not a field of the request.
    body.pop("$schema", None)
    return body


def _set(body: Any, field: str, value: Any) -> None:
    """Set a field of a body, such as settings.duration. Objects that are missing are added."""
    names = field.split(".")
    if not all(names):
        raise click.UsageError(
            f"--set takes FIELD=VALUE, such as settings.duration=8; {field!r} is not a field"
        )
    *path, last = names
    for number, name in enumerate(path, start=1):
        if isinstance(body, dict):
            body.setdefault(name, {})
        body = _inner(body, name, ".".join(path[:number]), field)
    if isinstance(body, list):
        _inner(body, last, field, field)  # raises if the list has no entry with this number
        body[int(last)] = value
    else:
        body[last] = value


def _inner(container: Any, name: str, place: str, field: str) -> Any:
    """Return an entry of an object by its name, or of a list by its number.

    Args:
        container: the object or list.
        name: the name or number of the entry.
        place: the field up to this name, for messages.
        field: the whole field, for messages.
    """
    if isinstance(container, list):
        if not (name.isdecimal() and int(name) < len(container)):
            raise click.UsageError(
                f"--set {field}: the list in the file has {len(container)} entries, numbered "
                f"from 0, so there is no {place}"
            )
        return container[int(name)]
    if not isinstance(container.get(name), dict | list):
        raise click.UsageError(f"--set {field}: {place} is not an object in the file")
    return container[name]


def _value(text: str, schema: Document, field: str, spec: Spec) -> Any:
    """Return the value that the text of --set stands for: text, JSON, or the content of a file.

    Args:
        text: the text, or @ followed by the path of a file.
        schema: the schema of the body; empty if the body is not described.
        field: the field to set, such as settings.duration.
        spec: the description that contains the schema.
    """
    node = schema
    for name in field.split("."):
        if name.isdecimal():
            inner = node.get("items", {})
        else:
            inner = node.get("properties", {}).get(name, {})
        node = spec.resolve(inner)
    is_text = node.get("type") == "string"
    if text.startswith("@"):
        path = Path(text[1:])
        is_prose = is_text and "x-kling-media" not in node
        return path.read_text("utf-8").rstrip("\n") if is_prose else file_as_base64(path)
    # A text in quotes is JSON.
    if is_text and not text.startswith('"'):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text
