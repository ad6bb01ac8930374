"""Sending a create once, and finding out whether it made a task.

An attempt ends with the task, or with an error that says `not_created` or `may_exist`.
"""

import logging
from http import HTTPStatus

from kling._creating.own_ids import external_id_of, recovery_advice
from kling._creating.recovery import recover
from kling._http import Steps, log_error, logger, send, verdict_on
from kling._requests import Call, is_unlisted
from kling._tasks import Task, task_of
from kling.errors import APIError, APIStatusError, BadRequestError, KlingError, NotFoundError


def attempt(call: Call, *, is_callers_id: bool, is_repeated: bool) -> Steps[Task]:
    """Send a create, and return the task that it made.

    Args:
        call: the create.
        is_callers_id: whether the caller chose its id, and may have used it before.
        is_repeated: whether it was sent before.

    Raises:
        APIError: with `not_created` or `may_exist`.
    """
    try:
        return (yield from _sent_and_answered(call))
    except APIError as error:
        failure = error
    # An id may be refused because it is taken: by the first attempt, or by an earlier create.
    is_id_suspect = isinstance(failure, BadRequestError) and (is_callers_id or is_repeated)
    if verdict_on(failure).made == "no" and not is_id_suspect:
        raise _not_created(failure, call)
    if not external_id_of(call):
        raise _may_exist(failure, call)
    if is_id_suspect and not is_repeated:
        raise (yield from _refused_or_used_before(failure, call))
    return (yield from _found_in_spite_of(failure, call))


def _sent_and_answered(call: Call) -> Steps[Task]:
    """Send a create, and return the task in its reply."""
    external_id = external_id_of(call)
    logger.debug("%s: sent as external_task_id %s", call.operation.path, external_id or None)
    try:
        task = task_of(call, (yield from send(call)))
    except (KlingError, RuntimeError):
        # A RuntimeError is that of a closed client, which sent nothing.
        raise
    except BaseException as interruption:
        interruption.add_note(recovery_advice(call))
        raise
    # A connection that others use too can bring the reply to one of theirs.
    if external_id and task.external_task_id not in (external_id, None):
        raise APIStatusError(
            f"HTTP {HTTPStatus.OK} with the task of another create, {task.ref}",
            status_code=HTTPStatus.OK,
        )
    return task


def _refused_or_used_before(refusal: APIError, call: Call) -> Steps[APIError]:
    """Return a refusal that may mean the caller's id, once it is known whether a task has it."""
    found = yield from _looked_for(call, refusal, may_be_late=False)
    if isinstance(found, NotFoundError):
        # The id was free, so the error says nothing of it.
        return _not_created(refusal, call)
    if isinstance(found, APIError):
        refusal.__cause__ = found
    return _may_exist(refusal, call)


def _found_in_spite_of(failure: APIError, call: Call) -> Steps[Task]:
    """Return the task that a create made although it failed; raise the failure if none is found."""
    found = yield from _looked_for(call, failure, may_be_late=True)
    if isinstance(found, Task):
        return found
    if found is not None:
        failure.__cause__ = found
    # Whether tasks of a path that is not described are found so, nobody knows.
    is_known = not is_unlisted(call.operation)
    if isinstance(found, NotFoundError) and is_known and _is_absence_proof(failure):
        raise _not_created(failure, call)
    raise _may_exist(failure, call)


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
    except ValueError:
        return None
    except BaseException as interruption:
        interruption.add_note(recovery_advice(call))
        raise
    logger.info("%s: found external_task_id %s, %s", path, external_id, task.ref)
    return task


def _is_absence_proof(failure: APIError) -> bool:
    """Whether no task comes of a create later: Kling itself said more than that it was too slow.

    Silence may still become a task, and so may what a gateway says instead of Kling.
    """
    return (
        isinstance(failure, APIStatusError)
        and failure.code is not None
        and failure.status_code != HTTPStatus.GATEWAY_TIMEOUT
    )


def _not_created(error: APIError, call: Call) -> APIError:
    error.not_created, error.may_exist = True, False
    error.external_task_id = external_id_of(call) or None
    return error


def _may_exist(error: APIError, call: Call) -> APIError:
    error.not_created, error.may_exist = False, True
    error.external_task_id = external_id_of(call) or None
    error.add_note(recovery_advice(call))
    return error
