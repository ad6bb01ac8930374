"""From a reply of Kling's to tasks, whatever it looks like."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from kling_api import models

from kling._http import Response, json_object, unreadable
from kling._requests import Call
from kling._server_text import is_unicode
from kling._tasks.task import Task
from kling.description import load
from kling.errors import APIStatusError, NotFoundError

# What the generated models raise for a reply that lacks what every reply has.
UNREADABLE = (AttributeError, KeyError, RecursionError, TypeError, ValueError)


def task_of(call: Call, response: Response) -> Task:
    """Read the task of a reply.

    Raises:
        APIStatusError: the reply cannot be read.
    """
    try:
        return read_task(load().task_family(call.operation), json_object(response)["data"])
    except UNREADABLE as error:
        raise unreadable(response, error) from error


def tasks_in(call: Call, response: Response) -> list[Task]:
    """Read the tasks of a query, for one or for many.

    Raises:
        APIStatusError: the reply cannot be read.
    """
    return [task_of(call, response)] if call.operation.makes_task else tasks_of(call, response)


def tasks_of(call: Call, response: Response) -> list[Task]:
    """Read the tasks of a page; of the /v1 standard, or of the current one.

    Raises:
        APIStatusError: the reply cannot be read.
    """
    try:
        data = json_object(response)["data"]
        # A search of the current standard leaves `result` out when nothing is found.
        found = data.get("result") or [] if call.operation.request else data
        return [read_task(call.operation.family, one) for one in found]
    except UNREADABLE as error:
        raise unreadable(response, error) from error


def read_task(family: str, data: Any) -> Task:
    """Read a task of either standard; what it calls its status tells which.

    Raises:
        AttributeError, KeyError, RecursionError, TypeError, ValueError: it is none.
    """
    unified = "task_status" not in data
    model = models.UnifiedTask if unified else models.Task
    id_field, status_field = ("id", "status") if unified else ("task_id", "task_status")
    if unified:  # one product spells its id as the /v1 standard does
        data = {"id": data.get("task_id"), **data}
    task_id = data[id_field]
    if isinstance(task_id, bool) or not isinstance(task_id, str | int) or task_id == "":
        raise TypeError(f"{id_field} is no text")
    if isinstance(task_id, str) and not is_unicode(task_id):
        # Nobody could ask for the task.
        raise ValueError(f"{id_field} is no Unicode text")
    if isinstance(task_id, int):
        data = {**data, id_field: str(task_id)}
    try:
        return Task(family, model.from_dict(data))
    except UNREADABLE:
        # What was paid for must not be lost over a detail that Kling sends in another form.
        needed = {name: data[name] for name in (id_field, status_field)}

        kept = _readable(data, lambda part: _can_be_read(model, {**needed, **part}))
        raw = model.from_dict({**needed, **kept})
        lost = {name: value for name, value in data.items() if kept.get(name) != value}
        raw.additional_properties.update(lost)
        return Task(family, raw)


_NOTHING = object()


def _readable(value: Any, fits: Callable[[Any], bool]) -> Any:
    """Return what of a value can be read: the whole, or a list or an object with less in it."""
    if fits(value):
        return value
    if isinstance(value, list):
        parts = [_readable(one, lambda part: fits([part])) for one in value]
        value = [part for part in parts if part is not _NOTHING]
    elif isinstance(value, dict):
        named = {name: _readable(one, _inside(name, fits)) for name, one in value.items()}
        value = {name: part for name, part in named.items() if part is not _NOTHING}
    return value if fits(value) else _NOTHING


def _inside(name: str, fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda part: fits({name: part})


def _can_be_read(model: Any, data: Mapping[str, Any]) -> bool:
    try:
        model.from_dict(data)
    except UNREADABLE:
        return False
    return True


def unknown_task(ref: str, error: APIStatusError | None = None) -> NotFoundError:
    """Return the error for an id that Kling has not got, for which it has no code of its own."""
    return NotFoundError(
        f"{ref} is not known here, and ids belong to one host and account"
        + (f": {error}" if error else ""),
        status_code=error.status_code if error else HTTPStatus.OK,
        code=error.code if error else None,
        request_id=error.request_id if error else None,
    )
