"""Send a create once, and find out whether it made a task.

An attempt sends a create: one request, which may make a task. If the outcome is unknown, the
attempt also does a look-up: it queries for a task with the external_task_id of the create. It
returns the task, or raises an error that has `not_created` or `may_exist`. `_http/verdicts.py`
lists the errors that prove that no task was made. A look-up that finds no task
does not prove that the attempt just before it made none.
"""

import logging
from http import HTTPStatus

from kling._creating.external_ids import external_id_of, name_of, recovery_advice
from kling._creating.recovery import recover
from kling._http import (
    Steps,
    UnsentError,
    add_task_note,
    log_error,
    logger,
    mark_id_taken,
    send,
    verdict_on,
)
from kling._requests import Call
from kling._server_text import note
from kling._tasks import Task, task_from_reply
from kling.errors import APIError, APIStatusError, BadRequestError, KlingError, NotFoundError


def attempt(call: Call, *, is_users_id: bool, is_retry: bool, reuse: bool) -> Steps[Task]:
    """Send a create, and return the task that it made.

    Args:
        call: the create.
        is_users_id: whether the user chose the external_task_id, and may have used it before.
        is_retry: whether the create was sent before.
        reuse: whether to return the task of an earlier create with this id.

    Raises:
        APIError: with `not_created` or `may_exist`.
    """
    try:
        return (yield from _send_create(call))
    except APIError as error:
        failure = error
    made_no_task = verdict_on(failure).task_made == "no"
    # An earlier create, or an earlier attempt, may have used the id. Kling has a code for this, but
    # a gateway may refuse the id with any other code.
    may_be_about_id = isinstance(failure, BadRequestError) and (is_users_id or is_retry)
    # With `reuse`, the earlier task itself may cause the refusal: it may still be running,
    # or may have used up the last units.
    is_replay_refused = reuse and isinstance(failure, APIStatusError)
    # No task was made, and no earlier create or attempt can be the reason for the refusal.
    if made_no_task and not (may_be_about_id or is_replay_refused):
        raise _not_created(failure, call)
    if not external_id_of(call):
        raise _may_exist(failure, call)
    result = yield from _look_up(call, failure, may_appear_late=not made_no_task)
    # If the look-up found a task, an earlier create or attempt made it in two cases: this attempt
    # made none, or Kling says that the id is taken.
    is_earlier_task = made_no_task or (isinstance(failure, APIStatusError) and failure.id_is_taken)
    if isinstance(result, Task):
        # A task of an earlier create is returned only with `reuse`. If kling made the id, only an
        # earlier attempt of this create can have used it.
        if reuse or not (is_earlier_task and is_users_id):
            return result
        raise _id_is_taken(failure, result, call)
    # The failure proves that this attempt made no task. Nor did an earlier attempt, if the look-up
    # found no task (it would have appeared by now), or if the refusal cannot be about the id.
    if made_no_task and (isinstance(result, NotFoundError) or not may_be_about_id):
        raise _not_created(failure, call)
    # Without an error of the look-up, the cause stays as it is.
    failure.__cause__ = result or failure.__cause__
    raise _may_exist(failure, call)


def _send_create(call: Call) -> Steps[Task]:
    """Send a create, and return the task in its reply."""
    external_id = external_id_of(call)
    logger.debug(
        "%s: sending a create with external_task_id %s", call.operation.path, external_id or None
    )
    try:
        task = task_from_reply(call, (yield from send(call)))
    except (KlingError, UnsentError):
        raise  # no note is needed: the caller knows from the error whether a task may exist
    except BaseException as interruption:
        add_task_note(interruption, recovery_advice(call))
        raise
    # If other code uses the connection too, this may be the reply to another request.
    if external_id and task.external_task_id not in (external_id, None):
        raise APIStatusError(
            f"the reply (HTTP {HTTPStatus.OK}) has the task of another create, {task.ref}",
            status_code=HTTPStatus.OK,
        )
    return task


def _look_up(
    call: Call, failure: APIError, *, may_appear_late: bool
) -> Steps[Task | APIError | None]:
    """Return the task of a create, or the error of the look-up; None if no query was possible."""
    path, external_id = call.operation.path, external_id_of(call)
    text = "%s: a task may exist; looking for external_task_id %s"
    log_error(logging.INFO, text, path, external_id, error=failure)
    try:
        task = yield from recover(call.operation, external_id, may_appear_late=may_appear_late)
    except APIError as error:
        log_error(logging.INFO, "%s: found no task %s", path, external_id, error=error)
        return error
    except (ValueError, RuntimeError):
        # ValueError: no query can contain this id. RuntimeError: the client was closed meanwhile.
        return None
    except BaseException as interruption:
        add_task_note(interruption, recovery_advice(call))
        raise
    logger.info("%s: found external_task_id %s, %s", path, external_id, task.ref)
    return task


def _not_created(error: APIError, call: Call) -> APIError:
    error.not_created, error.may_exist = True, False
    return _with_create(error, call)


def _may_exist(error: APIError, call: Call) -> APIError:
    error.not_created, error.may_exist = False, True
    note(error, recovery_advice(call))
    return _with_create(error, call)


def _id_is_taken(error: APIError, task: Task, call: Call) -> APIError:
    """Return the error of a create whose id is already used, with the task that has the id."""
    if isinstance(error, APIStatusError) and not error.id_is_taken:
        mark_id_taken(error)
    error.task = task
    return _may_exist(error, call)


def _with_create(error: APIError, call: Call) -> APIError:
    error.external_task_id = external_id_of(call) or None
    error.operation = name_of(call.operation)
    return error
