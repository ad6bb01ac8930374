"""Count the slots in use, and decide which waiting create may be sent next.

A slot is the right to run one task. Running tasks take slots, and so do creates that were sent and
are not answered yet.

Kling counts the running tasks of an account for each kind of package and each model. If there is
no room for the task of a create, Kling refuses the create with 1303. The user may tell the client
how many slots there are. In any case, the client also learns from these refusals.

This module reads no clock and takes no lock. Its caller, the class `Slots`, passes the time and
holds the lock.
"""

import math
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kling._http import backoff
from kling._tasks import Task

# Seconds between creates that are sent to find out whether Kling has room again: the first pause,
# the longest pause, and the factor between pauses. Kling advises at least 1 s.
_FIRST_PROBE, _MAX_PROBE, _PROBE_GROWTH = 2.0, 60.0, 2.0
# Seconds after which a task no longer counts as running, even if no query has found its end.
_MAX_RUN_TIME = 7200.0


def _probe_intervals() -> Iterator[float]:
    return backoff(_FIRST_PROBE, _MAX_PROBE, _PROBE_GROWTH)


class _RunningTask(NamedTuple):
    """A task that is still running, as far as the client knows."""

    task: Task
    slots: int
    expires: float
    """When the task no longer counts as running."""


@dataclass(eq=False, slots=True)
class Pool:
    """The slots of one kind of package and one model.

    All moments are times of the client's clock, in seconds.
    """

    limit: int | None
    """How many slots there are, according to the user; None if the user did not state a number."""
    learned_limit: int | None = None
    """How many slots were in use when Kling last refused a create; None before a refusal."""
    tasks: dict[str, _RunningTask] = field(default_factory=dict)
    """The running tasks by id, oldest first."""
    running: int = 0
    """How many slots the running tasks take."""
    in_flight: int = 0
    """How many slots the creates in flight take."""
    queue: list["Ticket"] = field(default_factory=list)
    """The waiting creates, lowest number first."""
    next_probe: float = float("-inf")
    """When a create may be sent to find out whether Kling has more room than the learned limit."""
    retry_at: float = float("-inf")
    """The earliest time at which Kling, or a gateway, allows the next create (Retry-After)."""
    probe_intervals: Iterator[float] = field(default_factory=_probe_intervals)
    last_success: float = float("-inf")
    """When a create last succeeded."""

    def position(self, ticket: "Ticket") -> int:
        """Return how many tickets in the queue have a lower number than this one."""
        return bisect_left(self.queue, ticket.number, key=lambda queued: queued.number)

    def try_to_admit(self, ticket: "Ticket", now: float) -> bool:
        """Admit a create if there is room for it and for the creates before it.

        An admitted create may be sent, and counts as in flight. Return whether it is admitted.
        """
        if ticket.is_admitted:
            return True
        self._remove_expired(now)
        used, position = self.running + self.in_flight, self.position(ticket)
        # A quick test: is there no room even if each create before this one takes only one slot? If
        # no slot is in use, a create may exceed the limit, see `is_all_free`.
        if self.limit is not None and used and used + position + ticket.slots > self.limit:
            return False
        # The queue may be long. Each create takes at least one slot, so it is enough to look at one
        # create more than there are slots: these need too many already.
        counted = min(position, 1 + max(self.limit or 0, self.learned_limit or 0))
        before = [queued.slots for queued in self.queue[:counted] if not queued.is_admitted]
        needed = used + sum(before) + ticket.slots
        # A create that needs more slots than the limit is sent when nothing else takes slots.
        is_all_free = not before and not used
        if self.limit is not None and needed > self.limit and not is_all_free:
            return False
        if ticket.room_since is None:
            ticket.room_since = now
        # Wait for the end of Retry-After, but not beyond the deadline.
        if now < min(self.retry_at, ticket.deadline):
            return False
        if self.learned_limit is None or needed <= self.learned_limit:
            has_room = True
        else:
            # Only one create at a time is sent to find out whether Kling has more room by now.
            has_room = not before and now >= self.next_probe and not self.in_flight
        # After its deadline a create is sent even without room, so that Kling's refusal is the
        # error that the user gets.
        if has_room or now >= ticket.deadline:
            ticket.is_admitted = True
            self.in_flight += ticket.slots
        return ticket.is_admitted

    def release(self, ticket: "Ticket") -> None:
        """Free the slots of a create that is no longer in flight."""
        if ticket.is_admitted:
            ticket.is_admitted = False
            self.in_flight -= ticket.slots

    def succeeded(self, ticket: "Ticket", task: Task, now: float) -> None:
        """Count the task that a create made, instead of the create."""
        self.release(ticket)
        self.last_success = now
        if not task.ended:
            self.remove(task.id)  # with `reuse`, the task may be counted already
            self.tasks[task.id] = _RunningTask(task, ticket.slots, now + _MAX_RUN_TIME)
            self.running += ticket.slots
        if self.learned_limit is not None and self.learned_limit < self.running:
            # Kling has more room than at its last refusal.
            self.learned_limit, self.probe_intervals = self.running, _probe_intervals()

    def refused(self, ticket: "Ticket", now: float, retry_after: float) -> None:
        """Learn the limit from a create that Kling refused because it had no room."""
        self.release(ticket)
        self.learned_limit = self.running + self.in_flight
        self.retry_at = max(self.retry_at, now + retry_after)
        # If several creates were sent together, only the first refusal delays the next probe.
        if now >= self.next_probe:
            self.next_probe = now + next(self.probe_intervals)

    def remove(self, task_id: str) -> None:
        """Stop counting a task, if it is counted."""
        if found := self.tasks.pop(task_id, None):
            self.running -= found.slots

    def _remove_expired(self, now: float) -> None:
        while self.tasks:
            task_id, oldest = next(iter(self.tasks.items()))
            if oldest.expires > now:
                return
            self.remove(task_id)


@dataclass(eq=False, slots=True)
class Ticket:
    """The place of one create in the queue, and later the slots that it takes."""

    pool: Pool
    number: int
    """Tickets with lower numbers come first."""
    slots: int
    """How many slots the task of the create takes."""
    timeout: float
    """For how many seconds the create is retried."""
    room_since: float | None = None
    """When there was first room for the create within the user's limit; None until then."""
    is_admitted: bool = False
    """Whether the create may be sent."""

    @property
    def fits(self) -> bool:
        """Whether the user's limit is high enough for the slots of the create."""
        return self.pool.limit is None or self.slots <= self.pool.limit

    @property
    def deadline(self) -> float:
        """When to stop the retries. Each success of another create in the pool postpones it.

        It is infinite until there is room for the first time.
        """
        start = math.inf if self.room_since is None else self.room_since
        return max(start, self.pool.last_success) + self.timeout
