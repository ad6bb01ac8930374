"""Creating no more tasks at a time than Kling takes.

Kling counts the tasks that run by account, kind of package and model, and refuses with 1303 what is
over the largest package. How large that is the caller may know; else Kling's refusals teach it.
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
from kling._waiting import News, Watch, Watched, is_final
from kling.description import load

# Seconds between looks at the queue, for each who stands before; the most of them for who may be
# let in when all that runs ends at once, and for everybody else.
_LOOK, _LONGEST_NEAR, _LONGEST_FAR = 1.0, 5.0, 30.0
# Seconds before the tasks that run are asked for.
_INTERVAL = 2.0
# Seconds before Kling is asked again whether there is room; it advises 1 s at least.
_FIRST, _LONGEST, _GROWTH = 2.0, 60.0, 2.0
# Seconds after which a task that nobody saw end no longer counts: it is stuck, or not asked for.
_LONGEST_HELD = 7200.0


def _pauses() -> Iterator[float]:
    return backoff(_FIRST, _LONGEST, _GROWTH)


class _Held(NamedTuple):
    """A task that runs, as far as is known."""

    task: Task
    slots: int
    until: float
    """When it no longer counts."""


@dataclass(eq=False, slots=True)
class _Pool:
    """The slots of one kind of package and one model."""

    limit: int | None
    """How many there are, if the caller said it."""
    learnt: int | None = None
    """How many were taken by tasks of ours when Kling refused another one."""
    held: dict[str, _Held] = field(default_factory=dict)
    """By the id of the task; the oldest is the first."""
    sent: int = 0
    """Slots of creates on their way."""
    queue: list["Ticket"] = field(default_factory=list)
    closed_until: float = float("-inf")
    told_until: float = float("-inf")
    """Until when Kling, or something before it, said that it wants no create."""
    pauses: Iterator[float] = field(default_factory=_pauses)
    progress: float = float("-inf")
    """When a create got through last."""

    running: int = 0
    """Slots of the tasks that run."""

    def hold(self, task: Task, slots: int, until: float) -> None:
        """Count a task."""
        self.drop(task.id)
        self.held[task.id] = _Held(task, slots, until)
        self.running += slots

    def place(self, ticket: "Ticket") -> int:
        """Return how many stand before a create, or would."""
        return bisect_left(self.queue, ticket.number, key=lambda one: one.number)

    def drop(self, task_id: str) -> None:
        """Count a task no longer, if it is counted."""
        if one := self.held.pop(task_id, None):
            self.running -= one.slots


@dataclass(eq=False, slots=True)
class Ticket:
    """The place of one create in the queue, and later the slots that it takes."""

    pool: _Pool
    number: int
    """Who has a lower one came before."""
    slots: int
    timeout: float
    """Seconds for which Kling is asked again."""
    began: float | None = None
    """When there was room first, as far as the caller said how much there is."""
    is_in: bool = False

    @property
    def fits(self) -> bool:
        """Whether there can be room at all, as far as the caller said how much there is."""
        return self.pool.limit is None or self.slots <= self.pool.limit

    @property
    def deadline(self) -> float:
        """Until when Kling is asked again; while others like it get through, there is hope."""
        began = math.inf if self.began is None else self.began
        return max(began, self.pool.progress) + self.timeout


class Slots:
    """The tasks that run at a time, by kind of package and model; threads and coroutines share it.

    Args:
        clock: whose time to live by.
        concurrency: how many may run, by kind of package; one number for all; None if unknown.
    """

    def __init__(self, clock: Clock, concurrency: int | Mapping[str, int] | None) -> None:
        kinds = {str(one.task["package"]) for one in load().operations.values() if one.task}
        by_kind = (
            concurrency if isinstance(concurrency, Mapping) else dict.fromkeys(kinds, concurrency)
        )
        for kind, number in by_kind.items():
            if kind not in kinds:
                known = ", ".join(sorted(kinds))
                raise ValueError(f"concurrency is by kind of package ({known}), not by {kind}")
            if number is not None and not (isinstance(number, int) and number >= 1):
                raise ValueError(f"concurrency is a whole number, 1 at least, not {number}")
        self._limits = dict(by_kind)
        if not isinstance(concurrency, Mapping):
            # One number is also for what is of no known kind.
            self._limits[""] = concurrency
        self._clock = clock
        self._pools: dict[tuple[str, str], _Pool] = {}
        self._numbers = count()
        self._lock = threading.Lock()

    def ticket(self, call: Call, timeout: float) -> Ticket:
        """Return a place in the queue for a create; it is taken by `enter`.

        Args:
            call: the create.
            timeout: seconds for which Kling is asked again, once there is room by our count and as
                long as no other create like it gets through; then it is for Kling to refuse it.
        """
        spec, operation, body = load(), call.operation, call.arguments["json"]
        kind = str((operation.task or {}).get("package", ""))
        if is_unlisted(operation):
            model, slots = model_of(operation.path, body), 1
        else:
            model = spec.model(operation, body) or operation.family
            slots = spec.slots(operation, body) or _most(operation.request)
        key = kind, model
        with self._lock:
            if (pool := self._pools.get(key)) is None:
                pool = self._pools[key] = _Pool(self._limits.get(kind))
            return Ticket(pool, next(self._numbers), slots, timeout)

    def enter(self, ticket: Ticket, watch: Watch) -> Steps[None]:
        """Wait for room, behind those who came before.

        Args:
            ticket: the place in the queue.
            watch: where to wait for tasks that run.
        """
        pool = ticket.pool
        with self._lock:
            pool.queue.insert(pool.place(ticket), ticket)
        try:
            if not self._admits(ticket):
                logger.info("waiting for room; slots that are taken: %d", pool.running)
                yield from self._wait(ticket, watch)
        finally:
            with self._lock:
                del pool.queue[pool.place(ticket)]

    def hold(self, ticket: Ticket, task: Task) -> None:
        """Take note of the task that a create made."""
        with self._lock:
            self._out(ticket)
            pool, now = ticket.pool, self._clock.monotonic()
            pool.progress = now
            if not task.ended:
                pool.hold(task, ticket.slots, now + _LONGEST_HELD)
            if pool.learnt is not None and pool.learnt < pool.running:
                # There is more room than at the last refusal.
                pool.learnt, pool.pauses = pool.running, _pauses()

    def release(self, ticket: Ticket) -> None:
        """Take note of a create that made no task, as far as is known."""
        with self._lock:
            self._out(ticket)

    def refused(self, ticket: Ticket, wanted: float) -> None:
        """Take note of a create that Kling had no room for.

        Args:
            ticket: the place of the create.
            wanted: seconds that are to pass before the next one, if the reply said so; else 0.
        """
        with self._lock:
            self._out(ticket)
            pool, now = ticket.pool, self._clock.monotonic()
            pool.learnt = pool.running + pool.sent
            pool.told_until = max(pool.told_until, now + wanted)
            # Of creates that were sent together one refusal counts.
            if now >= pool.closed_until:
                pool.closed_until = now + next(pool.pauses)

    def saw(self, task: Task) -> None:
        """Take note of a task that was seen."""
        if task.ended:
            self._forget(task.id)

    def _wait(self, ticket: Ticket, watch: Watch) -> Steps[None]:
        pool, watched = ticket.pool, dict[str, Watched]()
        news: News = SimpleQueue()
        try:
            while not self._admits(ticket):
                with self._lock:
                    before = pool.place(ticket)
                    held = [] if before else [one.task for one in pool.held.values()]
                if before:
                    is_near = before < (pool.limit or pool.learnt or 0)
                    longest = _LONGEST_NEAR if is_near else _LONGEST_FAR
                    yield Pause(min(before * _LOOK, longest))
                    continue
                for task in held:
                    if task.id not in watched:
                        groups = watch.groups_of([task.ref])
                        [watched[task.id]] = watch.join(groups, [task], _INTERVAL, news)
                for key, one in watched.items():
                    if one.unknown or is_final(one):
                        self._forget(key)
                running = [one for key, one in watched.items() if key in pool.held]
                deadline = self._clock.monotonic() + _LONGEST_FAR
                yield from watch.turn(running, longest=_LOOK, deadline=deadline)
        finally:
            watch.leave(watched.values(), news)

    def _admits(self, ticket: Ticket) -> bool:
        """Let a create in, if there is room for it and for those before it."""
        pool, now = ticket.pool, self._clock.monotonic()
        with self._lock:
            if ticket.is_in:
                return True
            self._drop_stuck(pool, now)
            used, place = pool.running + pool.sent, pool.place(ticket)
            # Each of those before takes a slot at least.
            if pool.limit is not None and used and used + place + ticket.slots > pool.limit:
                return False
            # More of them than there are slots make no difference.
            counted = min(place, 1 + max(pool.limit or 0, pool.learnt or 0))
            before = [one.slots for one in pool.queue[:counted] if not one.is_in]
            wanted = used + sum(before) + ticket.slots
            alone = not before and not used
            within = pool.limit is None or wanted <= pool.limit or alone
            if not within:
                return False
            if ticket.began is None:
                ticket.began = now
            if now < min(pool.told_until, ticket.deadline):
                return False
            if pool.learnt is None or wanted <= pool.learnt:
                is_open = True
            else:
                # One at a time may try whether Kling has more room by now.
                is_open = not before and now >= pool.closed_until and not pool.sent
            if is_open or now >= ticket.deadline:
                ticket.is_in = True
                pool.sent += ticket.slots
            return ticket.is_in

    def _out(self, ticket: Ticket) -> None:
        if ticket.is_in:
            ticket.is_in = False
            ticket.pool.sent -= ticket.slots

    def _drop_stuck(self, pool: _Pool, now: float) -> None:
        while pool.held and (oldest := next(iter(pool.held.items())))[1].until <= now:
            pool.drop(oldest[0])

    def _forget(self, task_id: str) -> None:
        with self._lock:
            for pool in self._pools.values():
                pool.drop(task_id)


def _most(request: str | None) -> int:
    """Return the most slots that a request can take which leaves their number to Kling."""
    node: Any = load().schemas[str(request)]["properties"].get("series_amount", {})
    return max((one.get("maximum", 1) for one in node.get("anyOf", ())), default=1)
