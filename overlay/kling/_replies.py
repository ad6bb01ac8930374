"""From a reply of Kling's to tasks, whatever it looks like."""

from collections.abc import Mapping
from typing import Any

import httpx
from kling_api import models

from kling._calls import Call
from kling._errors import BadRequestError, NotFoundError, json_object, unreadable
from kling._tasks import Task

# What the generated models raise for a reply that lacks what every reply has.
_UNREADABLE = (AttributeError, KeyError, RecursionError, TypeError, ValueError)


def task_of(call: Call, response: httpx.Response) -> Task:
    """Read the task of a reply.

    Raises:
        APIStatusError: the reply cannot be read.
    """
    try:
        return _task(call, json_object(response)["data"])
    except _UNREADABLE as error:
        raise unreadable(response, error) from error


def tasks_of(call: Call, response: httpx.Response) -> list[Task]:
    """Read the tasks of a page.

    Raises:
        APIStatusError: the reply cannot be read.
    """
    try:
        return [_task(call, data) for data in json_object(response)["data"]]
    except _UNREADABLE as error:
        raise unreadable(response, error) from error


def _task(call: Call, data: Any) -> Task:
    task_id = data["task_id"]
    if isinstance(task_id, bool) or not isinstance(task_id, str | int) or task_id == "":
        raise TypeError("task_id is no text")
    if isinstance(task_id, int):
        data = {**data, "task_id": str(task_id)}
    try:
        raw = models.Task.from_dict(data)
    except _UNREADABLE:
        # What was paid for must not be lost over a detail that Kling sends in another form.
        needed = {name: data[name] for name in ("task_id", "task_status")}
        raw = models.Task.from_dict(
            {name: value for name, value in data.items() if _can_be_read({**needed, name: value})}
        )
    return Task(call.operation.family, raw)


def _can_be_read(data: Mapping[str, Any]) -> bool:
    try:
        models.Task.from_dict(data)
    except _UNREADABLE:
        return False
    return True


def unknown_task(ref: str, error: BadRequestError) -> NotFoundError:
    """Return what a refused query means: Kling has no code of its own for an id it lacks."""
    return NotFoundError(
        f"{ref} is not known here, and ids belong to one host and account: {error}",
        status_code=error.status_code,
        code=error.code,
        request_id=error.request_id,
    )
