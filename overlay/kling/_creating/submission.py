"""Sending a create so that it is paid for once."""

import logging
import os
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NoReturn

from kling._creating.slots import Slots, Ticket
from kling._http import Clock, Pause, Steps, growing, log_error, logger, may_pass, never_left, send
from kling._requests import Call
from kling._tasks import Task, query_by_own_id, task_of, tasks_in, unknown_task
from kling._waiting import Watch
from kling.description import Operation, load
from kling.errors import (
    APIError,
    APIStatusError,
    BadRequestError,
    ConcurrencyLimitError,
    KlingError,
    NotFoundError,
)

DEFAULT_CREATE_TIMEOUT = 600.0
# Seconds between attempts while Kling says that there are too many requests.
_FIRST, _LONGEST = 2.0, 30.0
# Seconds before each look for a task that may have been made: it can appear late.
_LOOKS = (0.0, 1.0, 2.0, 4.0, 8.0, 15.0)
# What a gateway says of requests that it does not pass on.
_REFUSALS = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
)


def submit(call: Call, *, timeout: float, clock: Clock, slots: Slots, watch: Watch) -> Steps[Task]:
    """Send a create when there is room for its task, and return the task.

    It is sent once; again, with the same id of the caller's, only after Kling said that it refused
    it for the moment. Where it stays open whether there is a task, the task is looked for.

    Args:
        call: the create, checked.
        timeout: seconds for which it is sent again while Kling is too busy.
        clock: whose time to live by.
        slots: the tasks that may run at a time.
        watch: where to wait for those that run.

    Raises:
        APIError: with `not_created` or `may_exist`.
    """
    is_named = bool(external_id_of(call))
    call.arguments["json"] = with_external_id(call.operation, call.arguments["json"])
    ticket = slots.ticket(call, timeout)
    try:
        yield from slots.enter(ticket, watch)
        pauses, again = growing(_FIRST, _LONGEST, 1.5), False
        while True:
            try:
                task = yield from _sent(call, is_named=is_named, again=again)
                break
            except APIError as error:
                left = ticket.deadline - clock.monotonic()
                if not _is_for_the_moment(error, ticket) or left <= 0:
                    raise
                if isinstance(error, ConcurrencyLimitError):
                    slots.refused(ticket)
                refused, again = error, True
            path = call.operation.path
            if ticket.is_in:
                pause = min(next(pauses), left)
                log_error(logging.INFO, "%s: sent again in %.1f s", path, pause, error=refused)
                yield Pause(pause)
            else:
                log_error(logging.INFO, "%s: sent again when there is room", path, error=refused)
                yield from slots.enter(ticket, watch)
        slots.hold(ticket, task)
    finally:
        slots.release(ticket)
    return task


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
    call = query_by_own_id(create, external_task_id)
    last: APIError | None = None
    for pause in _LOOKS:
        yield Pause(pause)
        try:
            for task in tasks_in(call, (yield from send(call))):
                if task.external_task_id in (external_task_id, None):
                    return task
            last = unknown_task(ref)
        except BadRequestError as error:
            last = unknown_task(ref, error)
        except APIError as error:
            if not isinstance(error, NotFoundError) and not may_pass(error):
                raise
            last = error
        if isinstance(last, NotFoundError) and not may_be_late:
            break
    assert last is not None  # there was a look
    raise last


def _sent(call: Call, *, is_named: bool, again: bool) -> Steps[Task]:
    """Send a create, and settle whether there is a task.

    Args:
        call: the create.
        is_named: whether its id is the caller's, who may have used it before.
        again: whether it was sent before.

    Raises:
        APIError: with `not_created` or `may_exist`.
    """
    path, external_id = call.operation.path, external_id_of(call)
    logger.debug("%s: sent as external_task_id %s", path, external_id or None)
    try:
        task = task_of(call, (yield from send(call)))
        # A connection that others use too can bring the reply to one of theirs.
        if external_id and task.external_task_id not in (external_id, None):
            raise APIStatusError(
                f"HTTP {HTTPStatus.OK} with the task of another create, {task.ref}",
                status_code=HTTPStatus.OK,
            )
        return task
    except APIError as error:
        doubt = error
    except BaseException as interruption:
        # What is an error of ours, or of a closed client, comes before anything is sent.
        if not isinstance(interruption, KlingError | RuntimeError):
            interruption.add_note(_advice(call, external_id))
        raise
    # An id may be refused because it is taken: by the first attempt, or by an earlier create.
    is_taken = isinstance(doubt, BadRequestError) and (is_named or again)
    if (is_refusal(doubt) and not is_taken) or never_left(doubt):
        _tell(doubt, call, external_id, not_created=True)
    if not external_id:
        _tell(doubt, call, external_id, not_created=False)
    text = "%s: it is open whether there is a task; looking for external_task_id %s"
    log_error(logging.INFO, text, path, external_id, error=doubt)
    is_earlier, is_done = is_taken and not again, False
    try:
        task = yield from recover(call.operation, external_id, may_be_late=not is_earlier)
        logger.info("%s: found external_task_id %s, %s", path, external_id, task.ref)
        if not is_earlier:
            return task
    except APIError as last:
        log_error(logging.INFO, "%s: not found %s", path, external_id, error=last)
        # Silence may still become a task, and so may what a gateway says instead of Kling.
        is_done = isinstance(last, NotFoundError) and (is_taken or _is_kling_done(doubt))
        # Whoever sent a wrong request is not to read of an id that was free.
        doubt.__cause__ = None if is_earlier and is_done else last
    except ValueError:
        pass  # an id that cannot be asked for
    except BaseException as interruption:
        interruption.add_note(_advice(call, external_id))
        raise
    _tell(doubt, call, external_id, not_created=is_done)


def _tell(error: APIError, call: Call, external_id: str, *, not_created: bool) -> NoReturn:
    error.not_created, error.may_exist = not_created, not not_created
    error.external_task_id = external_id or None
    if error.may_exist:
        error.add_note(_advice(call, external_id))
    raise error


def _advice(call: Call, external_id: str) -> str:
    if not external_id:
        return "The task may exist, and be paid for; this endpoint has no id to look for it by"
    return (
        "The task may exist, and be paid for; look for it with "
        f"client.recover(models.{call.operation.request}, {external_id!r})"
    )


def is_refusal(error: APIError) -> bool:
    """Whether Kling, or a gateway, has surely not carried out what was asked."""
    if not isinstance(error, APIStatusError):
        return False
    if error.code is not None:
        doubtful = (one.code for one in load().errors.values() if one.retry == "in-doubt")
        return 0 < error.code < min(doubtful)
    return error.status_code in _REFUSALS


def _is_for_the_moment(error: APIError, ticket: Ticket) -> bool:
    """Whether it was refused, and may be taken later."""
    hopeless = isinstance(error, ConcurrencyLimitError) and not ticket.fits
    return is_refusal(error) and may_pass(error) and not hopeless


def _is_kling_done(error: APIError) -> bool:
    """Whether Kling itself said that it failed, and not only that it took too long."""
    return (
        isinstance(error, APIStatusError)
        and error.code is not None
        and error.status_code != HTTPStatus.GATEWAY_TIMEOUT
    )


def with_external_id(operation: Operation, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body of a create with an id of the caller's, if the endpoint takes one.

    An id that is there stays. A new one is unlike Kling's, which are numbers.
    """
    if operation.task is None or not operation.task["external_id"]:
        return dict(body)
    holder = "options" if "options" in load().schemas[str(operation.request)]["properties"] else ""
    inner = body.get(holder, {}) if holder else body
    if not isinstance(inner, Mapping) or inner.get("external_task_id"):
        return dict(body)
    named = {**inner, "external_task_id": f"kling-{os.urandom(16).hex()}"}
    return {**body, holder: named} if holder else named


def external_id_of(call: Call) -> str:
    """Return the id of the caller's in a create; empty without one."""
    body = call.arguments["json"]
    options = body.get("options", body)
    found = options.get("external_task_id", "") if isinstance(options, Mapping) else ""
    takes_one = call.operation.task is not None and call.operation.task["external_id"]
    return found if takes_one and isinstance(found, str) else ""
