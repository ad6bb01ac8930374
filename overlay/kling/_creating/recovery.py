"""Looking for a task whose create got no clear answer."""

from collections.abc import Callable
from http import HTTPStatus

from kling._http import Pause, Steps, cut_off, heeding, send, verdict_on
from kling._requests import Call
from kling._tasks import (
    Task,
    has_id_in_path,
    is_of_ref,
    query_by_external_id,
    query_of_ref,
    tasks_in,
    unknown_task,
    with_family_of,
)
from kling.description import Operation, load
from kling.errors import APIError, APIStatusError, BadRequestError, NotFoundError

# Seconds before each look: a task can appear late.
_PAUSES = (0.0, 1.0, 2.0, 4.0, 8.0, 15.0)
# Seconds for each: one that has no answer must not take the time of the others.
_LONGEST_LOOK = 15.0


def recover(create: Operation, external_task_id: str, *, may_be_late: bool = True) -> Steps[Task]:
    """Look for a task by the id that its creator gave it, for half a minute.

    A task that states another id is another task. One that states none is the right one only where
    the path asked for the id: what filters may not have done so.

    Args:
        create: what makes such tasks.
        external_task_id: the caller's own id of the task.
        may_be_late: whether it may only just have been made, so that it can appear late; if not,
            the first answer counts.

    Raises:
        NotFoundError: there is no such task.
        APIError: there was no reply, or an error, or an answer about other tasks.
        ValueError: the id cannot be asked for.
    """
    ref = f"{load().task_family(create)}/{external_task_id}"
    call = query_by_external_id(create, external_task_id)

    def is_it(task: Task) -> bool:
        said = task.external_task_id
        return said == external_task_id or (said is None and has_id_in_path(call))

    return (yield from _look(call, ref, is_it, may_be_late=may_be_late))


def recover_ref(ref: str) -> Steps[Task]:
    """Look for a task by its ref, for half a minute; the caller's own id may stand for Kling's.

    Raises:
        NotFoundError: there is no such task.
        APIError: there was no reply, or an error, or an answer about other tasks.
        ValueError: it is no ref, or cannot be asked for.
    """
    call = query_of_ref(ref)
    task = yield from _look(call, ref, lambda one: is_of_ref(one, ref, call), may_be_late=True)
    return with_family_of(ref, task)


def _look(call: Call, ref: str, is_it: Callable[[Task], bool], *, may_be_late: bool) -> Steps[Task]:
    call = cut_off(call, seconds=_LONGEST_LOOK)
    last: APIError | None = None
    for pause in _PAUSES:
        yield Pause(heeding(pause, last) if last else pause)
        is_answered = True
        try:
            tasks = tasks_in(call, (yield from send(call)))
            if found := next(filter(is_it, tasks), None):
                return found
            last = _others(ref, tasks[0]) if tasks else unknown_task(ref)
        except BadRequestError as error:
            last = unknown_task(ref, error)
        except NotFoundError as error:
            last = error
        except APIError as error:
            if verdict_on(error).again != "later":
                raise
            last, is_answered = error, False
        if is_answered and not may_be_late:
            break
    assert last is not None  # there was a look
    raise last


def _others(ref: str, task: Task) -> APIStatusError:
    """Return the error for an answer that has tasks, and not the one that was asked for."""
    said = task.external_task_id
    states = f"states the external_task_id {said}" if said else "states no external_task_id"
    return APIStatusError(
        f"HTTP {HTTPStatus.OK} with another task than {ref}: {task.ref} {states}",
        status_code=HTTPStatus.OK,
    )
