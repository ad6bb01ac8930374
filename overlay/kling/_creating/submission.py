"""Sending a create so that it is paid for once."""

import logging
from typing import TYPE_CHECKING

from kling._creating.one_attempt import attempt
from kling._creating.own_ids import external_id_of, recovery_advice, with_external_id
from kling._creating.slots import Slots, Ticket
from kling._http import (
    Clock,
    Pause,
    Steps,
    UnsentError,
    cut_off,
    growing,
    heeding,
    log_error,
    tell,
    verdict_on,
)
from kling._requests import Call
from kling._tasks import Task, still_running_note
from kling._waiting import Watch
from kling.errors import APIError, APIStatusError, ConcurrencyLimitError

if TYPE_CHECKING:  # who has no budget needs nothing of it
    from kling._cost import Budget

DEFAULT_CREATE_TIMEOUT = 600.0
# Seconds between attempts while Kling says that there are too many requests.
_FIRST, _LONGEST = 2.0, 30.0


def submit(
    call: Call,
    *,
    reuse: bool,
    timeout: float,
    patience: float,
    clock: Clock,
    slots: Slots,
    watch: Watch,
    budget: "Budget | None" = None,
) -> Steps[Task]:
    """Send a create when there is room for its task, and return the task.

    It is sent once; again, with the same id of the caller's, only after Kling said that it refused
    it for the moment. Where it stays open whether there is a task, the task is looked for.

    Args:
        call: the create, checked.
        reuse: whether the task of an earlier create with the caller's id will do.
        timeout: seconds for which it is sent again while Kling is too busy. What is on its way then
            is cut off.
        patience: seconds that it has in any case whenever it is sent.
        clock: whose time to live by.
        slots: the tasks that may run at a time.
        watch: where to wait for those that run.
        budget: what pays for it; None for no limit.

    Raises:
        APIError: with `not_created` or `may_exist`.
        BudgetError: the budget is too small.
    """
    is_callers_id = bool(external_id_of(call))
    call.arguments["json"] = with_external_id(call.operation, call.arguments["json"])
    ticket = slots.ticket(call, timeout)
    reserved = budget.reserve(call) if budget else None
    task: Task | None = None
    is_open = False
    try:
        yield from slots.enter(ticket, watch)
        pauses, is_repeated = growing(_FIRST, _LONGEST, 1.5), False
        while True:
            try:
                until = max(ticket.deadline, clock.monotonic() + patience)
                is_open = True
                task = yield from attempt(
                    cut_off(call, until=until),
                    is_callers_id=is_callers_id,
                    is_repeated=is_repeated,
                    reuse=reuse,
                )
                break
            except UnsentError:
                is_open = False
                raise
            except APIError as error:
                is_open = not error.not_created
                left = ticket.deadline - clock.monotonic()
                if not _may_go_again(error, ticket) or left <= 0:
                    raise
                wanted = heeding(0.0, error, most=left)
                if isinstance(error, ConcurrencyLimitError):
                    slots.refused(ticket, wanted)
                refused, is_repeated = error, True
            path = call.operation.path
            if ticket.is_in:
                pause = max(min(next(pauses), left), wanted)
                log_error(logging.INFO, "%s: sent again in %.1f s", path, pause, error=refused)
                yield Pause(pause)
            else:
                log_error(logging.INFO, "%s: sent again when there is room", path, error=refused)
                yield from slots.enter(ticket, watch)
        slots.hold(ticket, task)
        if reserved:
            reserved.hold(task)
            reserved = None
        slots.release(ticket)
        return task
    except BaseException as error:
        # A reply may be lost at any moment after the create was sent, also when it has been read.
        if is_open and not isinstance(error, Exception):
            tell(error, still_running_note(task.ref) if task else recovery_advice(call))
        if reserved and is_open:
            reserved.hold_in_doubt(external_id_of(call))
        elif reserved:
            reserved.release()
        slots.release(ticket)
        raise


def _may_go_again(error: APIError, ticket: Ticket) -> bool:
    """Whether Kling itself said that it made no task, and that it may make one later."""
    is_too_large = isinstance(error, ConcurrencyLimitError) and not ticket.fits
    verdict = verdict_on(error)
    is_refused = isinstance(error, APIStatusError) and verdict.made == "no"
    return is_refused and verdict.again == "later" and not is_too_large
