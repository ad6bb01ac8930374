"""Wait for a free slot before a create is sent, because Kling limits how many tasks may run.

A slot is the right to run one task.
"""

import threading
from collections.abc import Mapping
from itertools import count
from queue import SimpleQueue
from typing import Any

from kling._creating.pools import Pool, Ticket
from kling._http import Clock, Pause, Steps, logger
from kling._requests import Call, is_unlisted, model_of
from kling._tasks import Task
from kling._waiting import Updates, Watch, Watched, is_unrecoverable
from kling.description import load

# A waiting create checks for room again after this many seconds, times the number of creates that
# are before it in the queue.
_POLL_INTERVAL = 1.0
# The longest time between these checks. The first number is for a create near the front of the
# queue, which could be sent if all running tasks ended now; the second is for all others.
_MAX_POLL_INTERVAL_NEAR, _MAX_POLL_INTERVAL_FAR = 5.0, 30.0
# Seconds before the first query for a running task.
_TASK_POLL_INTERVAL = 2.0


class Slots:
    """The slots of one client, by kind of package and model. Threads and coroutines share them.

    Args:
        clock: the clock of the client.
        concurrency: how many slots there are, by kind of package, or one number for all kinds; None
            if the user did not state any.

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
                name = f"concurrency[{kind!r}]" if concurrency is by_kind else "concurrency"
                raise ValueError(f"{name} must be a whole number of at least 1, not {number}")
        self._limits = dict(by_kind)
        if not isinstance(concurrency, Mapping):
            # One number for all kinds also limits tasks of an unknown kind.
            self._limits[""] = concurrency
        self._clock = clock
        self._pools: dict[tuple[str, str], Pool] = {}
        self._numbers = count()
        self._lock = threading.Lock()

    def ticket(self, call: Call, timeout: float) -> Ticket:
        """Return a ticket for a create, with which it can `enter` the queue.

        Args:
            call: the create.
            timeout: for how many seconds the create is retried. The time starts when the client
                counts enough free slots. It starts again when another create in the same pool
                succeeds.
        """
        spec, operation, body = load(), call.operation, call.arguments["json"]
        kind = str((operation.task or {}).get("package", ""))
        if is_unlisted(operation):
            # How many slots the task takes is not known.
            model, slots = model_of(operation.path, body), 1
        else:
            model = spec.model(operation, body) or operation.family
            slots = spec.slots(operation, body) or _max_slots(operation.request)
        key = kind, model
        with self._lock:
            if (pool := self._pools.get(key)) is None:
                pool = self._pools[key] = Pool(self._limits.get(kind))
            return Ticket(pool, next(self._numbers), slots, timeout)

    def enter(self, ticket: Ticket, watch: Watch) -> Steps[None]:
        """Wait in the queue until there is room.

        Args:
            ticket: the ticket of the create.
            watch: the watch that queries the running tasks.
        """
        pool = ticket.pool
        with self._lock:
            pool.queue.insert(pool.position(ticket), ticket)
        try:
            if not self._try_to_admit(ticket):
                logger.info("waiting for a free slot; slots in use: %d", pool.running)
                yield from self._wait(ticket, watch)
        finally:
            with self._lock:
                del pool.queue[pool.position(ticket)]

    def succeeded(self, ticket: Ticket, task: Task) -> None:
        """Count the slots of the task that a create made, and no longer those of the create."""
        with self._lock:
            ticket.pool.succeeded(ticket, task, self._clock.monotonic())

    def release(self, ticket: Ticket) -> None:
        """Free the slots of a create that made no task, as far as the client knows."""
        with self._lock:
            ticket.pool.release(ticket)

    def refused(self, ticket: Ticket, retry_after: float) -> None:
        """Learn the limit from a create that Kling refused because it had no room.

        Args:
            ticket: the ticket of the create.
            retry_after: seconds that the reply asked to wait; 0 if it did not say.
        """
        with self._lock:
            ticket.pool.refused(ticket, self._clock.monotonic(), retry_after)

    def on_seen(self, task: Task) -> None:
        """Free the slots of a task that was seen to have ended."""
        if task.ended:
            self._remove(task.id)

    def _wait(self, ticket: Ticket, watch: Watch) -> Steps[None]:
        pool = ticket.pool
        watched: dict[str, Watched] = {}  # by the id of the running task
        updates: Updates = SimpleQueue()
        try:
            while not self._try_to_admit(ticket):
                with self._lock:
                    position = pool.position(ticket)
                    running = [] if position else [item.task for item in pool.tasks.values()]
                if position:
                    is_near = position < (pool.limit or pool.learned_limit or 0)
                    longest = _MAX_POLL_INTERVAL_NEAR if is_near else _MAX_POLL_INTERVAL_FAR
                    yield Pause(min(position * _POLL_INTERVAL, longest))
                    continue
                # Only the first create in the queue queries the running tasks.
                for task in running:
                    if task.id not in watched:
                        groups = watch.groups_of([task.ref])
                        # The list has one entry, because there is one ref.
                        joined = watch.join(groups, [task], _TASK_POLL_INTERVAL, updates)
                        [watched[task.id]] = joined
                for task_id, item in watched.items():
                    if item.not_found or is_unrecoverable(item):
                        self._remove(task_id)
                wanted = [item for task_id, item in watched.items() if task_id in pool.tasks]
                deadline = self._clock.monotonic() + _MAX_POLL_INTERVAL_FAR
                yield from watch.query_or_pause(wanted, longest=_POLL_INTERVAL, deadline=deadline)
        finally:
            watch.leave(watched.values(), updates)

    def _try_to_admit(self, ticket: Ticket) -> bool:
        now = self._clock.monotonic()
        with self._lock:
            return ticket.pool.try_to_admit(ticket, now)

    def _remove(self, task_id: str) -> None:
        with self._lock:
            for pool in self._pools.values():
                pool.remove(task_id)


def _max_slots(request: str | None) -> int:
    """Return how many slots a request takes at most, if Kling chooses the number of images."""
    node: Any = load().schemas[str(request)]["properties"].get("series_amount", {})
    return max((branch.get("maximum", 1) for branch in node.get("anyOf", ())), default=1)
