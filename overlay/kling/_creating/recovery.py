"""Looking for a task whose create got no clear answer."""

from kling._http import Pause, Steps, cut_off, send, verdict_on
from kling._tasks import Task, query_by_own_id, tasks_in, unknown_task
from kling.description import Operation, load
from kling.errors import APIError, BadRequestError, NotFoundError

# Seconds before each look: a task can appear late.
_PAUSES = (0.0, 1.0, 2.0, 4.0, 8.0, 15.0)
# Seconds for each: one that has no answer must not take the time of the others.
_LONGEST_LOOK = 15.0


def recover(create: Operation, external_task_id: str, *, may_be_late: bool = True) -> Steps[Task]:
    """Look for a task by the id that its creator gave it, for half a minute.

    Args:
        create: what makes such tasks.
        external_task_id: the caller's own id of the task.
        may_be_late: whether it may only just have been made, so that it can appear late.

    Raises:
        NotFoundError: there is no such task.
        APIError: there was no reply, or an error.
        ValueError: the id cannot be asked for.
    """
    ref = f"{load().task_family(create)}/{external_task_id}"
    call = cut_off(query_by_own_id(create, external_task_id), seconds=_LONGEST_LOOK)
    last: APIError | None = None
    for pause in _PAUSES:
        yield Pause(pause)
        try:
            for task in tasks_in(call, (yield from send(call))):
                if task.external_task_id in (external_task_id, None):
                    return task
            last = unknown_task(ref)
        except BadRequestError as error:
            last = unknown_task(ref, error)
        except APIError as error:
            if not isinstance(error, NotFoundError) and verdict_on(error).again != "later":
                raise
            last = error
        if isinstance(last, NotFoundError) and not may_be_late:
            break
    assert last is not None  # there was a look
    raise last
