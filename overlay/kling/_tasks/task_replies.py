"""From a reply of Kling's to tasks, whatever it looks like."""

from http import HTTPStatus
from typing import Any

from kling._http import Response, json_object, request_id_of, unreadable_reply
from kling._requests import Call
from kling._tasks.raw_tasks import UNREADABLE, reply_of
from kling._tasks.task import Task, unread
from kling.description import load
from kling.errors import APIStatusError, NotFoundError


def task_of(call: Call, response: Response) -> Task:
    """Read the task of a reply.

    Raises:
        APIStatusError: the reply cannot be read.
    """
    try:
        body = json_object(response)
        return read_task(load().task_family(call.operation), body["data"], request_id_of(body))
    except UNREADABLE as error:
        raise unreadable_reply(response, error) from error


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
        body = json_object(response)
        data, request_id = body["data"], request_id_of(body)
        # A search of the current standard leaves `result` out when nothing is found.
        found = data.get("result") or [] if call.operation.request else data
        return [read_task(call.operation.family, one, request_id) for one in found]
    except UNREADABLE as error:
        raise unreadable_reply(response, error) from error


def read_task(family: str, data: Any, request_id: str | None = None) -> Task:
    """Read a task of either standard.

    Args:
        family: of its ref.
        data: what Kling says of it.
        request_id: Kling's id of the request that this is the reply to.

    Raises:
        AttributeError, KeyError, RecursionError, TypeError, ValueError: it is none.
    """
    return unread(family, reply_of(data), request_id)


def unknown_task(ref: str, error: APIStatusError | None = None) -> NotFoundError:
    """Return the error for an id that Kling has not got, for which it has no code of its own."""
    return NotFoundError(
        f"{ref} is not known here, and ids belong to one host and account"
        + (f": {error}" if error else ""),
        status_code=error.status_code if error else HTTPStatus.OK,
        code=error.code if error else None,
        request_id=error.request_id if error else None,
        response=error.response if error else None,
    )
