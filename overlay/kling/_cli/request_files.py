"""What the command line is given: an operation, a body, changes to it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import click

from kling._cli.added_media import add_medium
from kling._cli.options import Given
from kling._cli.output import in_lines
from kling._requests import (
    Call,
    Unlisted,
    body_call,
    operation_named,
    operations_named,
    unlisted_create,
)
from kling.description import Document, Operation, Spec, load
from kling.media import image as encoded


def family_of(name: str, spec: Spec, wanted: Callable[[Operation], object]) -> str:
    """Return the family that a name means; suggest those of the wanted operations instead."""
    try:
        return operations_named(name, spec, wanted)[0].family
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def call_of(
    given: Given,
    spec: Spec | None = None,
    *,
    wanted: Callable[[Operation], object] = lambda one: one.task,
    lack: str = "creates no task",
) -> Call:
    """Return a create with the body of a file, changed as the options say.

    Args:
        given: what the command line says of it.
        spec: the description that has the operation; the one of this version if None.
        wanted: says of an operation whether it will do.
        lack: what to say of another one.
    """
    spec = spec or load()
    name, file = _operation_and_file(given.names, given.path)
    try:
        operation = _create(name, given.path, spec, wanted, lack)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    schema = spec.schemas[str(operation.request)] if given.path is None else {}
    body = _body(file)
    for change in given.changes:
        field, equals, value = change.partition("=")
        if not equals:
            raise click.UsageError(f"--set takes FIELD=VALUE, not {field}")
        _set(body, field, _value(value, schema, field, spec))
    for kind, source in given.media:
        add_medium(body, kind, source, operation, spec)
    return body_call(operation, body)


def _operation_and_file(names: tuple[str, ...], path: str | None) -> tuple[str, IO[Any]]:
    """Return the operation, empty beside a path, and the opened file."""
    if names[2:]:
        raise click.UsageError(f"Got unexpected extra argument ({names[2]})")
    if path is not None and names[1:]:
        raise click.UsageError(
            f"--path and an OPERATION exclude each other; leave out {names[0]}, or --path"
        )
    if not names or (path is None and not names[1:]):
        beside = f" beside {names[0]}" if names else ""
        raise click.UsageError(f"Missing argument{beside}: OPERATION FILE, or --path PATH FILE")
    return names[0] if path is None else "", opened(names[-1])


def opened(name: str) -> IO[Any]:
    """Return a file that is closed when the command ends; - is standard input."""
    file = click.File("r", encoding="utf-8")
    return file.convert(name, click.Argument(["file"]), click.get_current_context())


def _create(
    name: str,
    path: str | None,
    spec: Spec,
    wanted: Callable[[Operation], object],
    lack: str,
) -> Operation:
    if path is None and name.startswith("/"):
        raise ValueError(f"{name} is a path; write --path {name}")
    if path is None:
        return operation_named(name, spec, wanted, lack)
    return unlisted_create(Unlisted(path, {}).path)


def _body(file: IO[Any]) -> dict[str, Any]:
    # Only here, for commands without a file need no YAML.
    from kling._cli.yaml_files import read

    try:
        body = read(file, file.name)
    except ValueError as error:
        told = f"{file.name} cannot be read as JSON or YAML: {error}"
        raise click.ClickException(in_lines(told)) from error
    if not isinstance(body, dict) or not all(isinstance(name, str) for name in body):
        raise click.ClickException(f"{file.name} must hold an object, the body of a request")
    # By it an editor knows what to complete; see `make dist-spec`.
    body.pop("$schema", None)
    return body


def _set(body: Any, field: str, value: Any) -> None:
    *path, last = names = field.split(".")
    if not all(names):
        raise click.UsageError(f"--set takes FIELD=VALUE, and {field!r} is not a field")
    for number, name in enumerate(path, start=1):
        if isinstance(body, dict):
            body.setdefault(name, {})
        body = _entry(body, name, ".".join(path[:number]), field)
    if isinstance(body, list):
        _entry(body, last, field, field)
        body[int(last)] = value
    else:
        body[last] = value


def _entry(holder: Any, name: str, place: str, field: str) -> Any:
    """Return what an object has under a name, or a list under a number."""
    if isinstance(holder, list):
        if not (name.isdecimal() and int(name) < len(holder)):
            raise click.UsageError(f"--set {field}: the file has no {place}")
        return holder[int(name)]
    if not isinstance(holder.get(name), dict | list):
        raise click.UsageError(f"--set {field}: {place} is no object in the file")
    return holder[name]


def _value(text: str, schema: Document, field: str, spec: Spec) -> Any:
    node = schema
    for name in field.split("."):
        properties = node.get("properties", {})
        node = spec.resolve(node.get("items", {}) if name.isdecimal() else properties.get(name, {}))
    is_text = node.get("type") == "string"
    if text.startswith("@"):
        path = Path(text[1:])
        is_prose = is_text and "x-kling-media" not in node
        return path.read_text("utf-8").rstrip("\n") if is_prose else encoded(path)
    if is_text and not text.startswith('"'):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text
