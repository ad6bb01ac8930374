"""Read tasks from the reply to a create, a query or a list."""

from http import HTTPStatus
from typing import Any

from kling._http import (
    Response,
    json_object,
    message_without_remedy,
    request_id_of,
    unreadable_reply,
)
from kling._requests import Call
from kling._tasks.raw_tasks import UNREADABLE, reply_of
from kling._tasks.task import Task, lazy_task
from kling.description import load
from kling.errors import APIStatusError, NotFoundError


def task_from_reply(call: Call, response: Response) -> Task:
    """Read the task from the reply to a create, or to a query for one task.

    Raises:
        APIStatusError: the reply cannot be read.
    """
    try:
        body = json_object(response)
        return read_task(load().task_family(call.operation), body["data"], request_id_of(body))
    except UNREADABLE as error:
        raise unreadable_reply(response, error) from error


def tasks_from_any_reply(call: Call, response: Response) -> list[Task]:
    """Read the tasks from the reply to a query for one task, or for several.

    Raises:
        APIStatusError: the reply cannot be read.
    """
    if call.operation.makes_task:  # true also for a query for one task
        return [task_from_reply(call, response)]
    return tasks_from_list_reply(call, response)


def tasks_from_list_reply(call: Call, response: Response) -> list[Task]:
    """Read the tasks from the reply to a query for several, or from a page of a list.

    Raises:
        APIStatusError: the reply cannot be read.
    """
    try:
        body = json_object(response)
        data, request_id = body["data"], request_id_of(body)
        # A search has a request body, and its reply has the tasks in `result`, which is left out
        # when there are none. In all other replies, `data` itself is the list.
        tasks = (data.get("result") or []) if call.operation.request else data
        return [read_task(call.operation.family, task, request_id) for task in tasks]
    except UNREADABLE as error:
        raise unreadable_reply(response, error) from error


def read_task(family: str, data: Any, request_id: str | None = None) -> Task:
    """Read a task of either standard.

    Args:
        family: the family of its ref.
        data: the part of the reply that describes the task.
        request_id: Kling's id of the request, from the same reply.

    Raises:
        AttributeError, KeyError, RecursionError, TypeError, ValueError: the data does not describe
            a task.
    """
    return lazy_task(family, reply_of(data), request_id)


def unknown_task(ref: str, error: APIStatusError | None = None) -> NotFoundError:
    """Return the error for a task that Kling does not know; Kling itself has no code for that."""
    return NotFoundError(
        f"{ref} is not known here"
        + (f": {message_without_remedy(error)}" if error else "")
        + "; a task is known only to the host and account that created it",
        status_code=error.status_code if error else HTTPStatus.OK,
        code=error.code if error else None,
        request_id=error.request_id if error else None,
        response=error.response if error else None,
    )
