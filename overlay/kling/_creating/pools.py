"""Count slots: which tasks and creates take them, and which queued create may be sent next.

Kling counts the running tasks of an account by kind of package and model. If a create exceeds the
largest package, Kling refuses it with 1303. The user may tell the client how many slots there are.
If not, the client learns their number from these refusals.

Nothing here reads a clock or takes a lock; `Slots` does both.
"""

import math
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kling._http import backoff
from kling._tasks import Task

# Seconds between creates that probe whether Kling has room again. Kling advises at least 1 s.
_FIRST_PROBE, _MAX_PROBE, _PROBE_GROWTH = 2.0, 60.0, 2.0
# Seconds after which a task stops counting, although no query has found that it ended.
_MAX_RUN_TIME = 7200.0


def _probe_intervals() -> Iterator[float]:
    return backoff(_FIRST_PROBE, _MAX_PROBE, _PROBE_GROWTH)


class _RunningTask(NamedTuple):
    """A task that is still running, as far as the client knows."""

    task: Task
    slots: int
    expires: float
    """When the task stops counting."""


@dataclass(eq=False, slots=True)
class Pool:
    """The slots of one kind of package and one model. Moments are in seconds of the clock."""

    limit: int | None
    """How many slots there are; None if the user did not say."""
    learned_limit: int | None = None
    """How many slots were in use when Kling last refused a create; None before a refusal."""
    tasks: dict[str, _RunningTask] = field(default_factory=dict)
    """The running tasks by id, oldest first."""
    running: int = 0
    """Slots of the running tasks."""
    in_flight: int = 0
    """Slots of the creates in flight."""
    queue: list["Ticket"] = field(default_factory=list)
    next_probe: float = float("-inf")
    """When the next create may probe whether Kling has more room than the learned limit."""
    retry_at: float = float("-inf")
    """When Kling, or a gateway, allows the next create (Retry-After)."""
    probe_intervals: Iterator[float] = field(default_factory=_probe_intervals)
    last_success: float = float("-inf")
    """When a create last succeeded."""

    def position(self, ticket: "Ticket") -> int:
        """Return how many tickets are before this one, which may not be in the queue yet."""
        return bisect_left(self.queue, ticket.number, key=lambda queued: queued.number)

    def try_to_admit(self, ticket: "Ticket", now: float) -> bool:
        """Admit a create if there is room for it and for those before it; return whether it is."""
        if ticket.is_admitted:
            return True
        self._remove_expired(now)
        used, position = self.running + self.in_flight, self.position(ticket)
        # A quick test: each create before this one takes at least one slot.
        if self.limit is not None and used and used + position + ticket.slots > self.limit:
            return False
        # If more creates than slots are before this one, there is no room, so skip the rest.
        counted = min(position, 1 + max(self.limit or 0, self.learned_limit or 0))
        before = [queued.slots for queued in self.queue[:counted] if not queued.is_admitted]
        needed = used + sum(before) + ticket.slots
        is_only_one = not before and not used
        if self.limit is not None and needed > self.limit and not is_only_one:
            return False
        if ticket.room_since is None:
            ticket.room_since = now
        if now < min(self.retry_at, ticket.deadline):
            return False
        if self.learned_limit is None or needed <= self.learned_limit:
            has_room = True
        else:
            # One create at a time may probe whether Kling has more room by now.
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
            self.remove(task.id)
            self.tasks[task.id] = _RunningTask(task, ticket.slots, now + _MAX_RUN_TIME)
            self.running += ticket.slots
        if self.learned_limit is not None and self.learned_limit < self.running:
            # Kling has more room than at its last refusal.
            self.learned_limit, self.probe_intervals = self.running, _probe_intervals()

    def refused(self, ticket: "Ticket", now: float, retry_after: float) -> None:
        """Learn the limit from a create that Kling had no room for."""
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
        while self.tasks and (oldest := next(iter(self.tasks.items())))[1].expires <= now:
            self.remove(oldest[0])


@dataclass(eq=False, slots=True)
class Ticket:
    """The place of one create in the queue, and later the slots that it takes."""

    pool: Pool
    number: int
    """Tickets with lower numbers come first."""
    slots: int
    timeout: float
    """For how many seconds the create is retried."""
    room_since: float | None = None
    """When the user's limit first left room for the create; None if it never did."""
    is_admitted: bool = False

    @property
    def fits(self) -> bool:
        """Whether the create needs no more slots than the user's limit."""
        return self.pool.limit is None or self.slots <= self.pool.limit

    @property
    def deadline(self) -> float:
        """When to stop the retries; each success of another create in the pool extends it."""
        start = math.inf if self.room_since is None else self.room_since
        return max(start, self.pool.last_success) + self.timeout
