"""Look for the task of a create in doubt: a create that failed, but may have made a task."""

from collections.abc import Callable
from http import HTTPStatus

from kling._http import Pause, Steps, retry_pause, send, verdict_on, with_deadline
from kling._requests import Call
from kling._tasks import (
    Task,
    has_id_in_path,
    is_of_ref,
    query_by_external_id,
    query_of_ref,
    tasks_from_any_reply,
    unknown_task,
    with_family_of,
)
from kling.description import Operation, load
from kling.errors import APIError, APIStatusError, BadRequestError, NotFoundError

# Seconds to pause before each query. There are several queries, because a task can appear late.
_PAUSES = (0.0, 1.0, 2.0, 4.0, 8.0, 15.0)
# Seconds for each query, so that a query without a reply leaves time for the others.
_QUERY_TIMEOUT = 15.0


def recover(
    create: Operation, external_task_id: str, *, may_appear_late: bool = True
) -> Steps[Task]:
    """Look for a task by its external_task_id, for half a minute.

    A server may ignore the filter of a query, and reply with other tasks. So a task with a
    different id is never accepted. A task without an id is accepted only if the query had the id in
    its path.

    Args:
        create: the operation of the create.
        external_task_id: the user's own id of the task.
        may_appear_late: whether the task may have been created just now, so that queries may not
            find it yet. If it is False, the first answer is final.

    Raises:
        NotFoundError: no such task was found.
        APIError: no reply arrived, the reply is an error, or it contains only other tasks.
        ValueError: the id has characters that a query cannot have.
    """
    ref = f"{load().task_family(create)}/{external_task_id}"
    call = query_by_external_id(create, external_task_id)

    def matches(task: Task) -> bool:
        found_id = task.external_task_id
        return found_id == external_task_id or (found_id is None and has_id_in_path(call))

    return (yield from _query_until_found(call, ref, matches, may_appear_late=may_appear_late))


def recover_ref(ref: str) -> Steps[Task]:
    """Look for a task by its ref for half a minute.

    The ref may contain an external_task_id instead of Kling's id.

    Raises:
        NotFoundError: no such task was found.
        APIError: no reply arrived, the reply is an error, or it contains only other tasks.
        ValueError: the string is not a ref, or its id has characters that a query cannot have.
    """
    call = query_of_ref(ref)

    def matches(task: Task) -> bool:
        return is_of_ref(task, ref, call)

    task = yield from _query_until_found(call, ref, matches, may_appear_late=True)
    return with_family_of(ref, task)


def _query_until_found(
    call: Call, ref: str, matches: Callable[[Task], bool], *, may_appear_late: bool
) -> Steps[Task]:
    call = with_deadline(call, seconds=_QUERY_TIMEOUT)
    last: APIError | None = None
    for pause in _PAUSES:
        yield Pause(retry_pause(pause, last) if last else pause)
        is_answered = True
        try:
            tasks = tasks_from_any_reply(call, (yield from send(call)))
            if found := next(filter(matches, tasks), None):
                return found
            last = _wrong_task(ref, tasks[0]) if tasks else unknown_task(ref)
        except BadRequestError as error:
            # Kling has no code for an unknown task; it may refuse the query.
            last = unknown_task(ref, error)
        except NotFoundError as error:
            last = error
        except APIError as error:
            if verdict_on(error).retry != "later":
                raise
            last, is_answered = error, False
        if is_answered and not may_appear_late:
            break
    assert last is not None  # the loop sent at least one query
    raise last


def _wrong_task(ref: str, task: Task) -> APIStatusError:
    """Return the error for a reply that contains other tasks, but not the requested one."""
    found_id = task.external_task_id
    reason = f"has the external_task_id {found_id}" if found_id else "has no external_task_id"
    return APIStatusError(
        f"HTTP {HTTPStatus.OK}, but with a task other than {ref}: {task.ref} {reason}",
        status_code=HTTPStatus.OK,
    )
