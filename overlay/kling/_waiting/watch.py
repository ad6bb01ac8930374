"""Poll the tasks that a client waits for.

A client may wait for tasks in several places at the same time. These waits share their queries.
"""

import math
import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from queue import SimpleQueue

from kling._http import (
    Clock,
    Pause,
    Steps,
    jittered,
    retry_after_or_zero,
    steps_with_deadline,
    verdict_on,
)
from kling._tasks import (
    POLLING,
    Group,
    Outcomes,
    Task,
    group_of,
    look_up,
    max_bulk_size,
    should_query_in_bulk,
)
from kling._waiting.schedules import Schedule
from kling.errors import APIError, NotFoundError

# After each query, the poll interval grows by this factor, up to this number of seconds.
_INTERVAL_GROWTH, _MAX_INTERVAL = 1.3, 15.0
# Seconds by which the first query for a ref is delayed, so that it can include other refs too.
_BATCHING_WINDOW = 0.02
# A task that was seen before counts as lost if this many queries in a row do not find it.
_MAX_NOT_FOUND = 5
# A pause that ends too early by up to this many seconds counts as long enough.
CLOCK_TOLERANCE = 0.001
# Each query gets at least this many seconds, even if a deadline passes meanwhile.
MIN_QUERY_TIME = 1.0
# A final query, which is sent at the deadline or later, gets this many seconds.
FINAL_QUERY_TIME = 5.0
# Seconds between checks whether the query of another wait has been answered.
IN_FLIGHT_POLL_INTERVAL = 0.2
# The group of all tasks that have ended. They are never queried.
_ENDED = Group("", by_task_id=True)


@dataclass(eq=False, slots=True)
class Watched:
    """What is known about one task while it is polled. All waits for the task share it.

    All moments are times of the client's clock, in seconds.
    """

    ref: str
    group: Group
    interval: float
    """The poll interval after the next query, in seconds."""
    due: float
    """When to send the next query."""
    task: Task | None = None
    """The task as it was last seen."""
    error: APIError | None = None
    """The error of the last query; None if the query found the task."""
    not_found: int = 0
    """How many queries in a row did not find the task."""
    not_before: float = float("-inf")
    """When the server allows the next query (Retry-After)."""
    answered_at: float = float("-inf")
    """When the last query was answered, or failed."""
    times_seen: int = 0
    """How often a query found the task."""
    is_in_flight: bool = False
    """Whether a query is in flight."""
    sent_at: float = float("-inf")
    """When the query in flight was sent."""
    listeners: set["Updates"] = field(default_factory=set)
    """The queues of the waits for the task."""


Updates = SimpleQueue[Watched]
"""The queue of one wait: the tasks of the wait for which a query was just answered."""


class Watch:
    """All tasks that a client waits for. Threads and coroutines may share a watch.

    A watch has no thread of its own. When a task is due, one of the waits for it sends a query. The
    same request also queries other tasks that are due next, even if only other waits need them.

    Args:
        clock: the clock of the client.
        together: whether one request may query several tasks of the /v1 standard. Kling allows this
            only with an API key.
        on_seen: called with each task that a query finds.
    """

    def __init__(self, clock: Clock, *, together: bool, on_seen: Callable[[Task], None]) -> None:
        self._clock, self._together, self._on_seen = clock, together, on_seen
        self._watched: dict[str, Watched] = {}
        # The tasks that have not ended and have no query in flight.
        self._due: defaultdict[Group, Schedule[Watched]] = defaultdict(Schedule)
        self._lock = threading.Lock()

    def groups_of(self, refs: Collection[str], known: Collection[Task] = ()) -> dict[str, Group]:
        """Return the group of each ref. One request can query several tasks of a group.

        Args:
            refs: the refs.
            known: the tasks of these refs that the caller has just seen. A task that has ended is
                not queried. So its family may be one that has no query, such as text to speech.

        Raises:
            ValueError: a string is not a ref, or has characters that a query cannot have.
        """
        ended = {task.ref for task in known if task.ended}
        return {
            ref: _ENDED if ref in ended else group_of(ref, together=self._together) for ref in refs
        }

    def join(
        self,
        groups: Mapping[str, Group],
        known: Collection[Task],
        interval: float,
        updates: Updates,
    ) -> list[Watched]:
        """Start waiting for tasks.

        Args:
            groups: the group of each ref.
            known: the tasks of these refs that the caller has just seen.
            interval: the first poll interval in seconds.
            updates: the queue that receives each task whenever a query for it is answered.
        """
        now = self._clock.monotonic()
        seen = {task.ref: task for task in known}
        with self._lock:
            return [
                self._join_one(ref, group, seen.get(ref), interval, now, updates)
                for ref, group in groups.items()
            ]

    def leave(self, watched: Collection[Watched], updates: Updates) -> None:
        """Stop waiting for tasks."""
        with self._lock:
            for item in watched:
                item.listeners.discard(updates)
                if not item.listeners:
                    del self._watched[item.ref]
                    self._due[item.group].drop(item)

    def schedule_at_latest(self, item: Watched, moment: float) -> None:
        """Move the next query for a task to an earlier moment, as far as the server allows it."""
        with self._lock:
            moment = max(moment, item.not_before)
            if moment < item.due:
                item.due = moment
                self._schedule(item)

    def query_or_pause(
        self,
        wanted: Collection[Watched],
        *,
        longest: float = math.inf,
        deadline: float = math.inf,
        end: float = math.inf,
    ) -> Steps[None]:
        """Send a query if one of the wanted tasks is due; if not, pause until one is due.

        Args:
            wanted: the tasks that the caller waits for.
            longest: the longest pause, in seconds.
            deadline: see `query_end`.
            end: the moment at which a query is cut off, even if `query_end` is later.
        """
        now = self._clock.monotonic()
        with self._lock:
            idle = (item for item in wanted if not item.is_in_flight)
            first = min(idle, key=_due_time, default=None)
            is_due = first is not None and first.due <= now + CLOCK_TOLERANCE
            queried = self._with_next_due(first) if first and is_due else []
            for item in queried:
                item.is_in_flight, item.sent_at = True, now
        if not queried:
            pauses = (
                IN_FLIGHT_POLL_INTERVAL if item.is_in_flight else item.due - now for item in wanted
            )
            yield Pause(max(0.0, min([*pauses, longest])))
            return
        outcomes: Outcomes = {}
        until = min(query_end(now, deadline), end)
        queries = look_up([item.ref for item in queried], POLLING, together=self._together)
        try:
            outcomes = yield from steps_with_deadline(queries, until)
        finally:
            with self._lock:
                for item in queried:
                    self._record(item, outcomes.get(item.ref), early=item.due - now)
                    self._schedule(item)

    def _record(self, item: Watched, outcome: Task | APIError | None, *, early: float) -> None:
        """Record the outcome of a query: a task, an error, or None if the query was cut off.

        `early` is how many seconds before its due time the task was queried.
        """
        item.is_in_flight = False
        if outcome is None:
            # The task stays due, so another wait may query it at once.
            return
        if isinstance(outcome, Task):
            item.task, item.error, item.not_found = outcome, None, 0
            item.times_seen += 1
            self._on_seen(outcome)
        else:
            item.error = outcome
            item.not_found = item.not_found + 1 if isinstance(outcome, NotFoundError) else 0
        item.answered_at = self._clock.monotonic()
        item.not_before = item.answered_at + retry_after_or_zero(item.error)
        item.due = max(item.answered_at + jittered(item.interval), item.not_before)
        # If the task was queried early, because other tasks were due, its interval stays the same.
        if early < item.interval / 2:
            item.interval = _longer(item.interval)
        for updates in item.listeners:
            updates.put(item)

    def _join_one(
        self,
        ref: str,
        group: Group,
        task: Task | None,
        interval: float,
        now: float,
        updates: Updates,
    ) -> Watched:
        due = now + (jittered(interval) if task else _BATCHING_WINDOW)
        next_interval = _longer(interval) if task else interval
        # If another wait polls the task already, the earlier time and the shorter interval count.
        item = self._watched.setdefault(ref, Watched(ref, group, next_interval, due))
        if task and (not item.task or task.ended):
            item.task, item.times_seen = task, item.times_seen + 1
        item.due = max(min(item.due, due), item.not_before)
        item.interval = min(item.interval, next_interval)
        item.listeners.add(updates)
        self._schedule(item)
        return item

    def _schedule(self, item: Watched) -> None:
        """Schedule the next query for a task in its group, if the task still needs queries."""
        has_ended = item.task is not None and item.task.ended
        if item.listeners and not item.is_in_flight and not has_ended:
            self._due[item.group].put(item, item.due)

    def _with_next_due(self, first: Watched) -> list[Watched]:
        """Return the tasks for one query: `first`, and others of its group that are due next."""
        schedule = self._due[first.group]
        schedule.drop(first)
        others = schedule.take(max_bulk_size(first.group) - 1)
        queried = [first, *others]
        if should_query_in_bulk(first.group, [item.ref for item in queried]):
            return queried
        for item in others:
            schedule.put(item, item.due)
        return [first]


def query_end(sent_at: float, deadline: float) -> float:
    """Return when to cut a query off: at the deadline, or later to give it a minimum of time.

    Args:
        sent_at: when the query was sent. A final query is sent at the deadline or later.
        deadline: the deadline of the wait that sent the query.
    """
    is_final = sent_at + CLOCK_TOLERANCE >= deadline
    return max(deadline, sent_at + (FINAL_QUERY_TIME if is_final else MIN_QUERY_TIME))


def _longer(interval: float) -> float:
    # A first interval that is longer than the maximum stays the same.
    return min(interval * _INTERVAL_GROWTH, max(_MAX_INTERVAL, interval))


def _due_time(item: Watched) -> float:
    return item.due


def is_unrecoverable(item: Watched) -> bool:
    """Whether further queries are pointless: they would fail, or there is no such task."""
    if item.error is None or verdict_on(item.error).retry == "later":
        return False
    if item.not_found and item.task is not None:
        # Kling may temporarily not find a task that was seen before.
        return item.not_found >= _MAX_NOT_FOUND
    return True
