"""What the command line is given: an operation, a body, changes to it."""

import json
from pathlib import Path
from typing import Any, TextIO

import click

from kling._calls import Call, body_call
from kling._spec import Operation, load
from kling.media import image as encoded


def operation_of(name: str) -> Operation:
    """Return the operation of this name."""
    operation = load().operations.get(name)
    if operation is None:
        raise click.UsageError(
            f"there is no operation {name}; those are {', '.join(load().operations)}"
        )
    return operation


def call_of(name: str, file: TextIO, changes: tuple[str, ...], image: str | None) -> Call:
    """Return a create with the body of a file, changed as the options say."""
    operation = operation_of(name)
    if operation.task is None:
        creates = (one.id for one in load().operations.values() if one.task)
        raise click.UsageError(f"{name} creates no task; these do: {', '.join(creates)}")
    body = _body(file)
    for change in changes:
        field, equals, value = change.partition("=")
        if not equals:
            raise click.UsageError(f"--set takes FIELD=VALUE, not {field}")
        body[field] = _value(value)
    if image:
        body["image"] = encoded(Path(image))
    return body_call(operation, body)


def _body(file: TextIO) -> dict[str, Any]:
    import yaml

    try:
        # JSON is YAML, but for tabs; a reader of JSON gives the better messages for JSON.
        text = file.read()
        body = json.loads(text) if text.lstrip().startswith("{") else yaml.safe_load(text)
    except (ValueError, yaml.YAMLError) as error:
        where = " ".join(str(error).split())
        raise click.ClickException(f"{file.name} is neither JSON nor YAML: {where}") from error
    if not isinstance(body, dict):
        raise click.ClickException(f"{file.name} must hold an object, the body of a request")
    return body


def _value(text: str) -> Any:
    if text.startswith("@"):
        return encoded(Path(text[1:]))
    try:
        return json.loads(text)
    except ValueError:
        return text
