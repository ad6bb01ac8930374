"""Sending a create once, and finding out whether it made a task.

An attempt ends with the task, or with an error that says `not_created` or `may_exist`. What proves
that no task was made is in `_http/verdicts.py`: that none is found proves nothing.
"""

import logging
from http import HTTPStatus

from kling._creating.own_ids import external_id_of, name_of, recovery_advice
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
from kling._tasks import Task, task_of
from kling.errors import APIError, APIStatusError, BadRequestError, KlingError, NotFoundError


def attempt(call: Call, *, is_callers_id: bool, is_repeated: bool, reuse: bool) -> Steps[Task]:
    """Send a create, and return the task that it made.

    Args:
        call: the create.
        is_callers_id: whether the caller chose its id, and may have used it before.
        is_repeated: whether it was sent before.
        reuse: whether the task of an earlier create with this id will do.

    Raises:
        APIError: with `not_created` or `may_exist`.
    """
    try:
        return (yield from _sent_and_answered(call))
    except APIError as error:
        failure = error
    is_refused = verdict_on(failure).task_made == "no"
    # In the words of a relay it may say that the id is taken, by the first attempt or before.
    is_id_suspect = isinstance(failure, BadRequestError) and (is_callers_id or is_repeated)
    # A task that runs, or took the last units, may itself be why another one is refused.
    is_replay_refused = reuse and isinstance(failure, APIStatusError)
    if is_refused and not (is_id_suspect or is_replay_refused):
        raise _not_created(failure, call)
    if not external_id_of(call):
        raise _may_exist(failure, call)
    found = yield from _looked_for(call, failure, may_be_late=not is_refused)
    is_of_earlier = is_refused or (isinstance(failure, APIStatusError) and failure.id_is_taken)
    if isinstance(found, Task):
        if reuse or not (is_of_earlier and is_callers_id):
            return found
        raise _is_taken(failure, found, call)
    if is_refused and (isinstance(found, NotFoundError) or not is_id_suspect):
        # The refusal is the proof, and the look only asked whether it meant the id.
        raise _not_created(failure, call)
    failure.__cause__ = found or failure.__cause__
    raise _may_exist(failure, call)


def _sent_and_answered(call: Call) -> Steps[Task]:
    """Send a create, and return the task in its reply."""
    external_id = external_id_of(call)
    logger.debug("%s: sent as external_task_id %s", call.operation.path, external_id or None)
    try:
        task = task_of(call, (yield from send(call)))
    except (KlingError, UnsentError):
        raise
    except BaseException as interruption:
        add_task_note(interruption, recovery_advice(call))
        raise
    # A connection that others use too can bring the reply to one of theirs.
    if external_id and task.external_task_id not in (external_id, None):
        raise APIStatusError(
            f"HTTP {HTTPStatus.OK} with the task of another create, {task.ref}",
            status_code=HTTPStatus.OK,
        )
    return task


def _looked_for(
    call: Call, failure: APIError, *, may_be_late: bool
) -> Steps[Task | APIError | None]:
    """Return the task of a create, or why it was not found; None if nothing can ask for its id."""
    path, external_id = call.operation.path, external_id_of(call)
    text = "%s: it is open whether there is a task; looking for external_task_id %s"
    log_error(logging.INFO, text, path, external_id, error=failure)
    try:
        task = yield from recover(call.operation, external_id, may_be_late=may_be_late)
    except APIError as error:
        log_error(logging.INFO, "%s: not found %s", path, external_id, error=error)
        return error
    except (ValueError, RuntimeError):
        # The latter is that of a client which was closed meanwhile.
        return None
    except BaseException as interruption:
        add_task_note(interruption, recovery_advice(call))
        raise
    logger.info("%s: found external_task_id %s, %s", path, external_id, task.ref)
    return task


def _not_created(error: APIError, call: Call) -> APIError:
    error.not_created, error.may_exist = True, False
    return _named(error, call)


def _may_exist(error: APIError, call: Call) -> APIError:
    error.not_created, error.may_exist = False, True
    note(error, recovery_advice(call))
    return _named(error, call)


def _is_taken(error: APIError, task: Task, call: Call) -> APIError:
    """Return the refusal of a create whose id an earlier one has, with the task of that one."""
    if isinstance(error, APIStatusError) and not error.id_is_taken:
        mark_id_taken(error)
    error.task = task
    return _may_exist(error, call)


def _named(error: APIError, call: Call) -> APIError:
    error.external_task_id = external_id_of(call) or None
    error.operation = name_of(call.operation)
    return error
