"""Send a create, a request that makes a task, in a way that pays for the task only once."""

import logging
from typing import TYPE_CHECKING

from kling._creating.external_ids import ensure_external_id, external_id_of, recovery_advice
from kling._creating.one_attempt import attempt
from kling._creating.pools import Ticket
from kling._creating.slots import Slots
from kling._http import (
    Clock,
    Pause,
    Steps,
    UnsentError,
    add_task_note,
    backoff,
    log_error,
    retry_pause,
    verdict_on,
    with_deadline,
)
from kling._requests import Call
from kling._tasks import Task, still_running_note
from kling._waiting import Watch
from kling.errors import APIError, APIStatusError, ConcurrencyLimitError

if TYPE_CHECKING:  # not imported at run time, because most clients have no budget
    from kling._cost import Budget

DEFAULT_CREATE_TIMEOUT = 600.0
# Seconds between attempts while Kling says that there are too many requests (1302).
_FIRST_PAUSE, _MAX_PAUSE, _PAUSE_GROWTH = 2.0, 30.0, 1.5


def submit(
    call: Call,
    *,
    reuse: bool,
    timeout: float,
    min_request_time: float,
    clock: Clock,
    slots: Slots,
    watch: Watch,
    budget: "Budget | None" = None,
) -> Steps[Task]:
    """Send a create when there is room for its task, and return the task.

    The create is sent again, with the same external_task_id, only after a temporary refusal by
    Kling. If it is unknown whether a task exists, the client looks for the task.

    Args:
        call: the create, which was checked.
        reuse: whether to return the task of an earlier create with the same external_task_id.
        timeout: seconds for which the create is retried while Kling is too busy, from the moment
            at which there is room for its task. A request in flight at the end of this time is cut
            off, but not before it had `min_request_time`.
        min_request_time: the seconds that each request may take, even if `timeout` has passed.
        clock: the clock of the client.
        slots: the slots of the client, which limit how many tasks run.
        watch: the watch that queries the running tasks.
        budget: the budget that pays for the task; None for no limit.

    Raises:
        APIError: with `not_created` or `may_exist`.
        BudgetError: the budget is too small.
    """
    is_users_id = bool(external_id_of(call))
    call.arguments["json"] = ensure_external_id(call.operation, call.arguments["json"])
    ticket = slots.ticket(call, timeout)
    reservation = budget.reserve(call) if budget else None
    task: Task | None = None
    may_exist = False
    try:
        yield from slots.enter(ticket, watch)
        pauses = backoff(_FIRST_PAUSE, _MAX_PAUSE, _PAUSE_GROWTH)
        is_retry = False
        while True:
            try:
                until = max(ticket.deadline, clock.monotonic() + min_request_time)
                may_exist = True
                task = yield from attempt(
                    with_deadline(call, until=until),
                    is_users_id=is_users_id,
                    is_retry=is_retry,
                    reuse=reuse,
                )
                break
            except UnsentError:
                may_exist = False
                raise
            except APIError as error:
                may_exist = not error.not_created
                left = ticket.deadline - clock.monotonic()
                if not _may_retry(error, ticket) or left <= 0:
                    raise
                retry_after = retry_pause(0.0, error, most=left)
                if isinstance(error, ConcurrencyLimitError):
                    slots.refused(ticket, retry_after)
                refusal, is_retry = error, True
            path = call.operation.path
            if ticket.is_admitted:
                # Kling refused the create for another reason than a lack of slots, so it keeps its
                # slots. (After a lack of slots, `slots.refused` has taken them away.)
                pause = max(min(next(pauses), left), retry_after)
                log_error(logging.INFO, "%s: retrying in %.1f s", path, pause, error=refusal)
                yield Pause(pause)
            else:
                log_error(logging.INFO, "%s: retrying when a slot is free", path, error=refusal)
                yield from slots.enter(ticket, watch)
        slots.succeeded(ticket, task)
        if reservation:
            reservation.hold(task)
            reservation = None  # an interruption from here on must not hold or release it again
        return task
    except BaseException as error:
        # An interruption may come after the create was sent, and even after its reply was read.
        # Then only this note tells the user about the task.
        if may_exist and not isinstance(error, Exception):
            add_task_note(error, still_running_note(task.ref) if task else recovery_advice(call))
        if reservation and may_exist:
            reservation.hold_in_doubt(external_id_of(call))
        elif reservation:
            reservation.release()
        slots.release(ticket)
        raise


def _may_retry(error: APIError, ticket: Ticket) -> bool:
    """Whether Kling itself said that it made no task, and a later create may succeed."""
    # If the user's limit is lower than the slots of the create, waiting for free slots is useless.
    is_too_large = isinstance(error, ConcurrencyLimitError) and not ticket.fits
    verdict = verdict_on(error)
    is_refused = isinstance(error, APIStatusError) and verdict.task_made == "no"
    return is_refused and verdict.retry == "later" and not is_too_large
