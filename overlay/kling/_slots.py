"""Creating no more tasks at a time than Kling takes.

Kling counts the tasks that run by account, kind of package and model, and refuses with 1303 what is
over the largest package. How large that is the caller may know; else Kling's refusals teach it.
"""

import threading
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kling._calls import Call
from kling._clock import Clock
from kling._logs import logger
from kling._retries import growing
from kling._spec import load
from kling._steps import Pause, Steps
from kling._tasks import Task
from kling._watch import Watch, Watched, is_final

# Creates that are sent at the same time, as long as nobody knows how many tasks may run.
_SENT_AT_ONCE = 8
# Seconds between looks at the queue, for each who stands before; and the most of them.
_LOOK, _LONGEST_LOOK = 1.0, 15.0
# Seconds before the tasks that run are asked for.
_INTERVAL = 2.0
# Seconds before Kling is asked again whether there is room; it advises 1 s at least.
_FIRST, _LONGEST, _GROWTH = 2.0, 60.0, 2.0
# No package has as many slots; what was never seen to end is forgotten then.
_MOST_HELD = 1000


def _pauses() -> Iterator[float]:
    return growing(_FIRST, _LONGEST, _GROWTH)


@dataclass(eq=False, slots=True)
class _Pool:
    """The slots of one kind of package and one model."""

    limit: int | None
    """How many there are, if the caller said it."""
    learnt: int | None = None
    """How many tasks of ours ran when Kling refused another one."""
    held: dict[str, tuple[Task, int]] = field(default_factory=dict)
    """The tasks that run, as far as is known, and their slots, by id."""
    sent: int = 0
    """Slots of creates on their way."""
    queue: deque["Ticket"] = field(default_factory=deque)
    closed_until: float = float("-inf")
    pauses: Iterator[float] = field(default_factory=_pauses)

    @property
    def used(self) -> int:
        return self.sent + sum(slots for _, slots in self.held.values())


@dataclass(eq=False, slots=True)
class Ticket:
    """The place of one create in the queue, and later the slots that it takes."""

    pool: _Pool
    slots: int
    deadline: float | None = None
    """Until when Kling is asked again; not known before it is this one's turn."""
    is_in: bool = False

    @property
    def fits(self) -> bool:
        """Whether there can be room at all, as far as the caller said how much there is."""
        return self.pool.limit is None or self.slots <= self.pool.limit


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
                known = " and ".join(sorted(kinds))
                raise ValueError(f"concurrency is by kind of package, {known}, not by {kind}")
            if number is not None and number < 1:
                raise ValueError(f"concurrency is 1 at least, not {number}")
        self._limits = by_kind
        self._clock = clock
        self._pools: dict[tuple[str, str], _Pool] = {}
        self._lock = threading.Lock()

    def ticket(self, call: Call) -> Ticket:
        """Return a place in the queue for a create; it is taken by `enter`."""
        spec, operation, body = load(), call.operation, call.arguments["json"]
        kind = str((operation.task or {}).get("package", ""))
        key = kind, spec.model(operation, body) or operation.family
        with self._lock:
            if (pool := self._pools.get(key)) is None:
                pool = self._pools[key] = _Pool(self._limits.get(kind))
        return Ticket(pool, spec.slots(operation, body) or _most(operation.request))

    def enter(self, ticket: Ticket, timeout: float, watch: Watch) -> Steps[float]:
        """Wait for room, behind those who came before, and return until when to try.

        Args:
            ticket: the place in the queue.
            timeout: seconds, from when it is this one's turn, for which Kling's refusals count;
                then it is for Kling to refuse it.
            watch: where to wait for tasks that run.
        """
        queue = ticket.pool.queue
        with self._lock:
            # Whoever had its turn has it again.
            queue.insert(0 if ticket.deadline else len(queue), ticket)
        try:
            if not self._admits(ticket, timeout):
                logger.info("waiting for room; slots that are taken: %d", ticket.pool.used)
                yield from self._wait(ticket, timeout, watch)
        finally:
            with self._lock:
                queue.remove(ticket)
        assert ticket.deadline is not None  # its turn has come
        return ticket.deadline

    def hold(self, ticket: Ticket, task: Task) -> None:
        """Take note of the task that a create made."""
        with self._lock:
            self._out(ticket)
            pool = ticket.pool
            if not task.ended:
                pool.held[task.id] = task, ticket.slots
            if len(pool.held) > _MOST_HELD:
                del pool.held[next(iter(pool.held))]
            if pool.learnt is not None and pool.learnt < pool.used:
                # There is more room than at the last refusal.
                pool.learnt, pool.pauses = pool.used, _pauses()

    def release(self, ticket: Ticket) -> None:
        """Take note of a create that made no task, as far as is known."""
        with self._lock:
            self._out(ticket)

    def refused(self, ticket: Ticket) -> None:
        """Take note of a create that Kling had no room for."""
        with self._lock:
            self._out(ticket)
            pool = ticket.pool
            pool.learnt = pool.used
            pool.closed_until = self._clock.monotonic() + next(pool.pauses)

    def saw(self, task: Task) -> None:
        """Take note of a task that was seen."""
        if task.ended:
            self._forget(task.id)

    def _wait(self, ticket: Ticket, timeout: float, watch: Watch) -> Steps[None]:
        pool, watched = ticket.pool, dict[str, Watched]()
        try:
            while not self._admits(ticket, timeout):
                with self._lock:
                    before = pool.queue.index(ticket)
                    held = [task for task, _ in pool.held.values()]
                if before:
                    yield Pause(min(before * _LOOK, _LONGEST_LOOK))
                    continue
                for task in held:
                    if task.id not in watched:
                        [watched[task.id]] = watch.join([task.ref], [task], _INTERVAL)
                for key, one in watched.items():
                    if one.unknown or is_final(one):
                        self._forget(key)
                running = [one for key, one in watched.items() if key in pool.held]
                yield from watch.turn(running, longest=_LOOK)
        finally:
            watch.leave(watched.values())

    def _admits(self, ticket: Ticket, timeout: float) -> bool:
        """Let a create in, if it is its turn and there is room."""
        pool, now = ticket.pool, self._clock.monotonic()
        with self._lock:
            if ticket.is_in:
                return True
            used = pool.used
            within = pool.limit is None or used == 0 or used + ticket.slots <= pool.limit
            if pool.queue[0] is not ticket or not within:
                return False
            if ticket.deadline is None:
                ticket.deadline = now + timeout
            if pool.learnt is not None and used + ticket.slots > pool.learnt:
                # One at a time may try whether Kling has more room by now.
                open_ = now >= pool.closed_until and not pool.sent
            else:
                open_ = pool.limit is not None or pool.sent < _SENT_AT_ONCE
            if open_ or now >= ticket.deadline:
                ticket.is_in = True
                pool.sent += ticket.slots
            return ticket.is_in

    def _out(self, ticket: Ticket) -> None:
        if ticket.is_in:
            ticket.is_in = False
            ticket.pool.sent -= ticket.slots

    def _forget(self, task_id: str) -> None:
        with self._lock:
            for pool in self._pools.values():
                if pool.held.pop(task_id, None):
                    # What has ended makes room.
                    pool.closed_until = float("-inf")


def _most(request: str | None) -> int:
    """Return the most slots that a request can take which leaves their number to Kling."""
    node: Any = load().schemas[str(request)]["properties"].get("series_amount", {})
    return max((one.get("maximum", 1) for one in node.get("anyOf", ())), default=1)
