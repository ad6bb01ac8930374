"""Wait for the end of tasks. Each task has its own deadline."""

import copy
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from queue import Empty, SimpleQueue

from kling._http import Clock, Steps, add_task_note, retry_after_or_zero, say_retry_after_too_long
from kling._server_text import note
from kling._tasks import Task, ref_of, refs_of, still_running_note
from kling._waiting.schedules import Schedule
from kling._waiting.watch import (
    CLOCK_TOLERANCE,
    FINAL_QUERY_TIME,
    IN_FLIGHT_POLL_INTERVAL,
    MIN_QUERY_TIME,
    Updates,
    Watch,
    Watched,
    is_unrecoverable,
    query_end,
)
from kling.errors import (
    APIError,
    APITimeoutError,
    NotFoundError,
    TaskFailedError,
    TaskTimeoutError,
)

DEFAULT_TIMEOUT = 1800.0
DEFAULT_INTERVAL = 2.0

OnUpdate = Callable[[Task], None]


class Waiting:
    """A wait for one or more tasks. Its timeouts start at once. Call `next` inside `with`.

    Args:
        tasks: tasks, or their refs.
        watch: the watch that sends the queries.
        clock: the clock of the client.
        timeout: seconds for each task; or a mapping from refs to seconds. A ref that is not in the
            mapping has the default.
        interval: the first poll interval in seconds; later intervals are longer.
        on_update: called with a task when its status has changed.
        on_every_query: whether to call `on_update` after every query, even if the status is the
            same.

    Raises:
        TypeError: an entry of `tasks` is neither a task nor a str.
        ValueError: a string is not a ref, or a time is out of range; see `check_times`.
    """

    def __init__(
        self,
        tasks: Sequence[Task | str],
        *,
        watch: Watch,
        clock: Clock,
        timeout: float | Mapping[str, float],
        interval: float,
        on_update: OnUpdate | None,
        on_every_query: bool = False,
    ) -> None:
        check_times(timeout, interval, may_be_past=True)
        self.refs = refs_of(tasks)
        self._watch, self._clock, self._interval = watch, clock, interval
        self._on_update, self._on_every_query = on_update, on_every_query
        self._late: set[Watched] = set()
        self._reported: dict[str, tuple[int, str]] = {}  # times_seen and status, by ref
        by_ref = (
            {ref_of(ref): seconds for ref, seconds in timeout.items()}
            if isinstance(timeout, Mapping)
            else dict.fromkeys(self.refs, timeout)
        )
        self._timeouts = {ref: by_ref.get(ref, DEFAULT_TIMEOUT) for ref in self.refs}
        began = clock.monotonic()
        self._deadlines = {ref: began + seconds for ref, seconds in self._timeouts.items()}
        self._known = [task for task in tasks if isinstance(task, Task)]
        self._groups = watch.groups_of(dict.fromkeys(self.refs), self._known)
        self._joined: list[Watched] = []
        self._updates: Updates = SimpleQueue()
        # When to query each remaining task, unless another wait does so earlier.
        self._pending: Schedule[Watched] = Schedule()
        self._by_deadline: list[Watched] = []

    def __enter__(self) -> "Waiting":
        # If __init__ did this, a wait that is never entered would leave its tasks in the watch.
        self._joined = self._watch.join(self._groups, self._known, self._interval, self._updates)
        self._by_deadline = sorted(self._joined, key=lambda item: self._deadlines[item.ref])
        for item in self._joined:
            self._watch.schedule_at_latest(item, self._deadlines[item.ref])
            self._pending.put(item, item.due)
            if item.times_seen or item.error:  # the task was seen or queried before
                self._updates.put(item)
        return self

    def __exit__(self, *_: object) -> None:
        self._watch.leave(self._joined, self._updates)

    @property
    def tasks(self) -> list[Task]:
        """The tasks that were seen, in the order of the arguments."""
        seen = {item.ref: item.task for item in self._joined if item.task}
        return [seen[ref] for ref in self.refs if ref in seen]

    def next(self) -> Steps[Task | None]:
        """Return the next task that has ended; None after the last one.

        Raises:
            TaskTimeoutError: the deadlines of all remaining tasks have passed. The tasks go on.
            APIError: a query failed, and a retry would not help.
        """
        try:
            return (yield from self._next())
        except BaseException as error:
            add_task_note(error, self._interruption_note())
            raise

    def _next(self) -> Steps[Task | None]:
        # The time at which the final queries of all tasks are cut off: FINAL_QUERY_TIME after the
        # last deadline. It is infinite until that deadline has passed.
        end = math.inf
        while True:
            for item in self._new_answers():
                self._call_on_update(item)
                if item.task and item.task.ended:
                    self._pending.drop(item)
                    return item.task
                self._raise_if_unrecoverable(item)
                if self._is_late(item, self._clock.monotonic(), end):
                    self._give_up(item)
                else:
                    self._watch.schedule_at_latest(item, self._deadlines[item.ref])
                    self._pending.put(item, item.due)
            if first := self._next_due(end):
                now, last_deadline = self._clock.monotonic(), self._last_deadline
                due, _ = self._pending.first()
                if now + CLOCK_TOLERANCE >= last_deadline:
                    end = min(end, now + FINAL_QUERY_TIME)
                yield from self._watch.query_or_pause(
                    [first], longest=due - now, deadline=last_deadline, end=end
                )
            elif self._late:
                raise self._timeout_error()
            else:
                return None

    def _new_answers(self) -> Iterator[Watched]:
        """Yield the remaining tasks whose queries were answered."""
        while True:
            try:
                item = self._updates.get_nowait()
            except Empty:
                return
            if item in self._pending:
                yield item

    def _next_due(self, end: float) -> Watched | None:
        """Give up late tasks, and return the task to query next; None if no task remains."""
        now = self._clock.monotonic()
        while self._pending:
            due, item = self._pending.first()
            if due > now + CLOCK_TOLERANCE:
                return item
            if self._is_late(item, now, end):
                self._give_up(item)
                continue
            # Meanwhile, another wait may have sent a query for the task, or received an answer.
            due = now + IN_FLIGHT_POLL_INTERVAL if item.is_in_flight else item.due
            if due <= now + CLOCK_TOLERANCE:
                return item
            self._pending.put(item, due)
        return None

    @property
    def _last_deadline(self) -> float:
        """The last deadline of the remaining tasks; there must be at least one."""
        while self._by_deadline[-1] not in self._pending:
            self._by_deadline.pop()
        return self._deadlines[self._by_deadline[-1].ref]

    def _interruption_note(self) -> str:
        """Return the note for an interrupted wait, with the ref of every task."""
        if len(self.refs) == 1:
            return still_running_note(self.refs[0])
        ended = {item.ref: None for item in self._joined if item.task and item.task.ended}
        running = [ref for ref in self._groups if ref not in ended]
        notes = [f"The tasks go on: {', '.join(running)}"] if running else []
        notes += [f"These have ended: {', '.join(ended)}"] if ended else []
        return ". ".join(notes)

    def _call_on_update(self, item: Watched) -> None:
        if item.task and self._on_update:
            times_seen, status = self._reported.get(item.ref, (0, ""))
            self._reported[item.ref] = item.times_seen, item.task.status
            is_seen_again = self._on_every_query and item.times_seen != times_seen
            if item.task.status != status or is_seen_again:
                self._on_update(item.task)

    def _raise_if_unrecoverable(self, item: Watched) -> None:
        """Raise the error of a task if further queries for it are pointless."""
        if is_unrecoverable(item) and item.error:
            error = copy.copy(item.error)
            if not isinstance(error, NotFoundError):
                others = len(self._pending) + len(self._late) - 1
                more = f", and {others} more" if others else ""
                note(error, f"The task goes on: {item.ref}{more}")
            raise error

    def _is_late(self, item: Watched, now: float, end: float) -> bool:
        """Whether to give up a task now. `end` is the time at which final queries are cut off."""
        deadline = self._deadlines[item.ref]
        now_with_tolerance = now + CLOCK_TOLERANCE
        # A final query at the deadline finds a task that ended during the last pause. If the query
        # just before the deadline got no reply in time, there is no need for a final query.
        has_timed_out = isinstance(item.error, APITimeoutError)
        earliest_final_answer = deadline - MIN_QUERY_TIME if has_timed_out else deadline
        is_answered = item.answered_at + CLOCK_TOLERANCE >= earliest_final_answer
        # Another wait may have sent the query in flight. The deadline of that wait may be later, so
        # do not wait for the end of its query.
        is_hung = item.is_in_flight and now_with_tolerance >= query_end(item.sent_at, deadline)
        is_final_query_done = is_answered or is_hung or now_with_tolerance >= end
        is_over = is_final_query_done and now_with_tolerance >= deadline
        is_next_query_too_late = item.not_before > max(now, deadline)
        return is_over or is_next_query_too_late

    def _give_up(self, item: Watched) -> None:
        self._pending.drop(item)
        self._late.add(item)

    def _timeout_error(self) -> TaskTimeoutError | APIError:
        late = [item for item in self._joined if item in self._late]
        first, *others = sorted(late, key=lambda item: self._deadlines[item.ref])
        retry_after = retry_after_or_zero(first.error)
        timeout = self._timeouts[first.ref]
        seconds_left = self._deadlines[first.ref] - first.answered_at
        # If True, the wait ended early, because the server allowed no query before the deadline.
        is_retry_too_late = retry_after > seconds_left > 0
        error: TaskTimeoutError | APIError
        if first.task is not None:
            waited = round(timeout - seconds_left, 1) if is_retry_too_late else timeout
            error = TaskTimeoutError(first.task, waited)
            error.__cause__ = first.error
        else:
            error = copy.copy(first.error) or APITimeoutError(f"{first.ref}: no reply in time")
            note(error, still_running_note(first.ref))
        if is_retry_too_late:
            say_retry_after_too_long(error, retry_after, seconds_left)
        if others:
            note(error, f"These tasks go on too: {', '.join(item.ref for item in others)}")
        return error


def check_times(
    timeout: float | Mapping[str, float], interval: float, *, may_be_past: bool = False
) -> None:
    """Check a timeout and an interval, before anything is paid for.

    Args:
        timeout: seconds for all tasks; or a mapping from refs to seconds.
        interval: the first poll interval in seconds.
        may_be_past: whether the timeout may be negative. If it is, each task gets one query.

    Raises:
        TypeError: the timeout or the interval is not a number.
        ValueError: the interval is not a finite number above 0; or the timeout is NaN, or negative
            without `may_be_past`.
    """
    if not 0 < interval < math.inf:
        raise ValueError(f"interval must be a finite number of seconds above 0, not {interval:g}")
    allowed = "a number of seconds" if may_be_past else "0 or more seconds"
    for seconds in timeout.values() if isinstance(timeout, Mapping) else [timeout]:
        if math.isnan(seconds) or (seconds < 0 and not may_be_past):
            raise ValueError(f"timeout must be {allowed}, not {seconds:g}")


def wait(waiting: Waiting) -> Steps[Task]:
    """Wait for a single task, and return it.

    Raises:
        TaskFailedError: the task has failed.
    """
    with waiting:
        task = yield from waiting.next()
        assert task is not None  # None only comes after the last task
    if task.status == "failed":
        raise TaskFailedError(task)
    return task


def wait_all(waiting: Waiting) -> Steps[list[Task]]:
    """Wait for tasks, and return them in the order of the arguments."""
    with waiting:
        while (yield from waiting.next()) is not None:
            pass
    return waiting.tasks
