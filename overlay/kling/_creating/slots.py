"""Wait for a free slot before a create, because Kling limits how many tasks may run.

Kling counts the running tasks of an account by kind of package and model, and refuses a create that
exceeds the largest package with 1303. The user may tell the client how many slots there are. If
not, the client learns their number from these refusals.
"""

import math
import threading
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from queue import SimpleQueue
from typing import Any, NamedTuple

from kling._http import Clock, Pause, Steps, backoff, logger
from kling._requests import Call, is_unlisted, model_of
from kling._tasks import Task
from kling._waiting import Updates, Watch, Watched, is_unrecoverable
from kling.description import load

# A queued create polls its place in the queue. The interval in seconds is this, times the number of
# creates before it ...
_POLL_INTERVAL = 1.0
# ... but at most this, if it can be admitted as soon as all running tasks end at once ...
_MAX_POLL_INTERVAL_NEAR = 5.0
# ... or else this.
_MAX_POLL_INTERVAL_FAR = 30.0
# Seconds before the first query for a running task.
_TASK_POLL_INTERVAL = 2.0
# Seconds between creates that probe whether Kling has room again. Kling advises at least 1 s.
_FIRST_PROBE, _MAX_PROBE, _PROBE_GROWTH = 2.0, 60.0, 2.0
# Seconds after which a task no longer counts if nobody saw it end: it is stuck, or not queried.
_MAX_RUN_TIME = 7200.0


def _probe_intervals() -> Iterator[float]:
    return backoff(_FIRST_PROBE, _MAX_PROBE, _PROBE_GROWTH)


class _RunningTask(NamedTuple):
    """A task that is still running, as far as the client knows."""

    task: Task
    slots: int
    expires: float
    """When the task no longer counts."""


@dataclass(eq=False, slots=True)
class _Pool:
    """The slots of one kind of package and one model. Moments are in seconds of the clock."""

    limit: int | None
    """How many slots there are; None if the user did not say."""
    learned_limit: int | None = None
    """How many slots our tasks and creates took when Kling refused another create; None before."""
    tasks: dict[str, _RunningTask] = field(default_factory=dict)
    """The running tasks by id, oldest first."""
    in_flight: int = 0
    """Slots of the creates in flight."""
    queue: list["Ticket"] = field(default_factory=list)
    next_probe: float = float("-inf")
    """When the next create may probe whether Kling has more room than the learned limit."""
    retry_at: float = float("-inf")
    """The moment before which Kling, or a gateway, wants no create (Retry-After)."""
    probe_intervals: Iterator[float] = field(default_factory=_probe_intervals)
    last_success: float = float("-inf")
    """When a create last succeeded."""

    running: int = 0
    """Slots of the running tasks."""

    def add(self, task: Task, slots: int, expires: float) -> None:
        """Count a task."""
        self.remove(task.id)
        self.tasks[task.id] = _RunningTask(task, slots, expires)
        self.running += slots

    def position(self, ticket: "Ticket") -> int:
        """Return how many tickets are before this one, which may not be in the queue yet."""
        return bisect_left(self.queue, ticket.number, key=lambda queued: queued.number)

    def remove(self, task_id: str) -> None:
        """Stop counting a task, if it is counted."""
        if found := self.tasks.pop(task_id, None):
            self.running -= found.slots


@dataclass(eq=False, slots=True)
class Ticket:
    """The place of one create in the queue, and later the slots that it takes."""

    pool: _Pool
    number: int
    """Tickets with lower numbers come first."""
    slots: int
    timeout: float
    """Seconds for which the create is retried."""
    room_since: float | None = None
    """When there first was room by the user's limit; None before."""
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


class Slots:
    """The slots of one client, by kind of package and model. Threads and coroutines share it.

    Args:
        clock: the clock of the client.
        concurrency: how many slots there are, by kind of package, or one number for all kinds; None
            if the user did not say.

    Raises:
        ValueError: a kind is unknown, or a number is not a whole number of at least 1.
    """

    def __init__(self, clock: Clock, concurrency: int | Mapping[str, int] | None) -> None:
        kinds = {
            str(operation.task["package"])
            for operation in load().operations.values()
            if operation.task
        }
        by_kind = (
            concurrency if isinstance(concurrency, Mapping) else dict.fromkeys(kinds, concurrency)
        )
        for kind, number in by_kind.items():
            if kind not in kinds:
                known = ", ".join(sorted(kinds))
                raise ValueError(
                    f"concurrency has the key {kind!r}, which is not a kind of package; the kinds "
                    f"are {known}"
                )
            if number is not None and not (isinstance(number, int) and number >= 1):
                raise ValueError(f"concurrency must be a whole number of at least 1, not {number}")
        self._limits = dict(by_kind)
        if not isinstance(concurrency, Mapping):
            # One number for all kinds also limits tasks of an unknown kind.
            self._limits[""] = concurrency
        self._clock = clock
        self._pools: dict[tuple[str, str], _Pool] = {}
        self._numbers = count()
        self._lock = threading.Lock()

    def ticket(self, call: Call, timeout: float) -> Ticket:
        """Return a ticket for a create, with which it can `enter` the queue.

        Args:
            call: the create.
            timeout: seconds for which the create is retried, counted from when there is room by our
                count, and again from each success of another create in the same pool.
        """
        spec, operation, body = load(), call.operation, call.arguments["json"]
        kind = str((operation.task or {}).get("package", ""))
        if is_unlisted(operation):
            model, slots = model_of(operation.path, body), 1
        else:
            model = spec.model(operation, body) or operation.family
            slots = spec.slots(operation, body) or _max_slots(operation.request)
        key = kind, model
        with self._lock:
            if (pool := self._pools.get(key)) is None:
                pool = self._pools[key] = _Pool(self._limits.get(kind))
            return Ticket(pool, next(self._numbers), slots, timeout)

    def enter(self, ticket: Ticket, watch: Watch) -> Steps[None]:
        """Wait in the queue until there is room.

        Args:
            ticket: the ticket of the create.
            watch: the watch with which to wait for running tasks.
        """
        pool = ticket.pool
        with self._lock:
            pool.queue.insert(pool.position(ticket), ticket)
        try:
            if not self._admits(ticket):
                logger.info("waiting for a free slot; slots in use: %d", pool.running)
                yield from self._wait(ticket, watch)
        finally:
            with self._lock:
                del pool.queue[pool.position(ticket)]

    def succeeded(self, ticket: Ticket, task: Task) -> None:
        """Count the task that a create made, instead of the create."""
        with self._lock:
            self._end_flight(ticket)
            pool, now = ticket.pool, self._clock.monotonic()
            pool.last_success = now
            if not task.ended:
                pool.add(task, ticket.slots, now + _MAX_RUN_TIME)
            if pool.learned_limit is not None and pool.learned_limit < pool.running:
                # Kling has more room than at its last refusal.
                pool.learned_limit, pool.probe_intervals = pool.running, _probe_intervals()

    def release(self, ticket: Ticket) -> None:
        """Free the slots of a create that made no task, as far as the client knows."""
        with self._lock:
            self._end_flight(ticket)

    def refused(self, ticket: Ticket, retry_after: float) -> None:
        """Learn the limit from a create that Kling had no room for.

        Args:
            ticket: the ticket of the create.
            retry_after: seconds that the reply asked to wait; 0 if it did not say.
        """
        with self._lock:
            self._end_flight(ticket)
            pool, now = ticket.pool, self._clock.monotonic()
            pool.learned_limit = pool.running + pool.in_flight
            pool.retry_at = max(pool.retry_at, now + retry_after)
            # If several creates were sent together, only the first refusal delays the next probe.
            if now >= pool.next_probe:
                pool.next_probe = now + next(pool.probe_intervals)

    def on_seen(self, task: Task) -> None:
        """Free the slots of a task that was seen to have ended."""
        if task.ended:
            self._remove(task.id)

    def _wait(self, ticket: Ticket, watch: Watch) -> Steps[None]:
        pool, watched = ticket.pool, dict[str, Watched]()
        updates: Updates = SimpleQueue()
        try:
            while not self._admits(ticket):
                with self._lock:
                    position = pool.position(ticket)
                    running = [] if position else [item.task for item in pool.tasks.values()]
                if position:
                    is_near = position < (pool.limit or pool.learned_limit or 0)
                    longest = _MAX_POLL_INTERVAL_NEAR if is_near else _MAX_POLL_INTERVAL_FAR
                    yield Pause(min(position * _POLL_INTERVAL, longest))
                    continue
                # The first in the queue queries the running tasks.
                for task in running:
                    if task.id not in watched:
                        groups = watch.groups_of([task.ref])
                        joined = watch.join(groups, [task], _TASK_POLL_INTERVAL, updates)
                        [watched[task.id]] = joined
                for task_id, item in watched.items():
                    if item.not_found or is_unrecoverable(item):
                        self._remove(task_id)
                wanted = [item for task_id, item in watched.items() if task_id in pool.tasks]
                deadline = self._clock.monotonic() + _MAX_POLL_INTERVAL_FAR
                yield from watch.turn(wanted, longest=_POLL_INTERVAL, deadline=deadline)
        finally:
            watch.leave(watched.values(), updates)

    def _admits(self, ticket: Ticket) -> bool:
        """Admit a create if there is room for it, and for those before it in the queue."""
        pool, now = ticket.pool, self._clock.monotonic()
        with self._lock:
            if ticket.is_admitted:
                return True
            self._remove_expired(pool, now)
            used, position = pool.running + pool.in_flight, pool.position(ticket)
            # A quick test: each create before this one takes at least one slot.
            if pool.limit is not None and used and used + position + ticket.slots > pool.limit:
                return False
            # Once the creates before this one outnumber the slots, further ones change nothing.
            counted = min(position, 1 + max(pool.limit or 0, pool.learned_limit or 0))
            before = [queued.slots for queued in pool.queue[:counted] if not queued.is_admitted]
            needed = used + sum(before) + ticket.slots
            is_only_one = not before and not used
            if pool.limit is not None and needed > pool.limit and not is_only_one:
                return False
            if ticket.room_since is None:
                ticket.room_since = now
            if now < min(pool.retry_at, ticket.deadline):
                return False
            if pool.learned_limit is None or needed <= pool.learned_limit:
                has_room = True
            else:
                # One create at a time may probe whether Kling has more room by now.
                has_room = not before and now >= pool.next_probe and not pool.in_flight
            # After its deadline a create is sent anyway, so that Kling itself refuses it.
            if has_room or now >= ticket.deadline:
                ticket.is_admitted = True
                pool.in_flight += ticket.slots
            return ticket.is_admitted

    def _end_flight(self, ticket: Ticket) -> None:
        if ticket.is_admitted:
            ticket.is_admitted = False
            ticket.pool.in_flight -= ticket.slots

    def _remove_expired(self, pool: _Pool, now: float) -> None:
        while pool.tasks and (oldest := next(iter(pool.tasks.items())))[1].expires <= now:
            pool.remove(oldest[0])

    def _remove(self, task_id: str) -> None:
        with self._lock:
            for pool in self._pools.values():
                pool.remove(task_id)


def _max_slots(request: str | None) -> int:
    """Return the most slots that a request can take if it lets Kling choose the number."""
    node: Any = load().schemas[str(request)]["properties"].get("series_amount", {})
    return max((branch.get("maximum", 1) for branch in node.get("anyOf", ())), default=1)
