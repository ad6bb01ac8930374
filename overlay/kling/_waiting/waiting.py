"""Waiting until tasks have ended, each within its own time."""

import copy
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from queue import Empty, SimpleQueue

from kling._http import Clock, Steps, say_too_long, tell, wanted_pause
from kling._server_text import note
from kling._tasks import Task, ref_of, refs_of, still_running_note
from kling._waiting.schedules import Schedule
from kling._waiting.watch import (
    BRIEFLY,
    LAST_LOOK,
    NO_TIME,
    SOON,
    News,
    Watch,
    Watched,
    given_up,
    is_final,
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
    """One wait for some tasks. Its time begins when it is made, and its queries within `with`.

    Args:
        tasks: tasks, or their refs.
        watch: where everybody waits.
        clock: whose time to live by.
        timeout: seconds for each task; or by ref, where it is not the default.
        interval: seconds before the second query of a task; later pauses are longer.
        on_update: called with a task when it was seen.
        on_every_look: call it also when the status has not changed.

    Raises:
        TypeError: one of the tasks is none.
        ValueError: one of the refs is none, or the interval is not more than 0 s.
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
        on_every_look: bool = False,
    ) -> None:
        check_times(timeout, interval, may_be_past=True)
        self.refs = refs_of(tasks)
        self._watch, self._clock = watch, clock
        self._on_update, self._on_every_look = on_update, on_every_look
        self._late: set[Watched] = set()
        self._told: dict[str, tuple[int, str]] = {}
        by_ref = (
            {ref_of(ref): seconds for ref, seconds in timeout.items()}
            if isinstance(timeout, Mapping)
            else dict.fromkeys(self.refs, timeout)
        )
        self._timeouts = {ref: by_ref.get(ref, DEFAULT_TIMEOUT) for ref in self.refs}
        began = clock.monotonic()
        self._deadlines = {ref: began + seconds for ref, seconds in self._timeouts.items()}
        self._groups = watch.groups_of(dict.fromkeys(self.refs))
        self._known = [task for task in tasks if isinstance(task, Task)]
        self._interval = interval
        self._joined: list[Watched] = []
        self._news: News = SimpleQueue()
        # When to look at each of those that are left. Others may ask for it before.
        self._pending: Schedule[Watched] = Schedule()
        self._by_deadline: list[Watched] = []

    def __enter__(self) -> "Waiting":
        # Not before: who makes a wait and drops it would leave its tasks in the watch.
        self._joined = self._watch.join(self._groups, self._known, self._interval, self._news)
        self._by_deadline = sorted(self._joined, key=lambda one: self._deadlines[one.ref])
        for one in self._joined:
            self._watch.hasten(one, self._deadlines[one.ref])
            self._pending.put(one, one.due)
            if one.looks or one.missed:
                self._news.put(one)
        return self

    def __exit__(self, *_: object) -> None:
        self._watch.leave(self._joined, self._news)

    @property
    def tasks(self) -> list[Task]:
        """The tasks that were seen, in the order that they were given in."""
        seen = {one.ref: one.task for one in self._joined if one.task}
        return [seen[ref] for ref in self.refs if ref in seen]

    def next(self) -> Steps[Task | None]:
        """Return the next task that has ended; None after the last one.

        Raises:
            TaskTimeoutError: only tasks are left whose time has passed; all of them go on.
            APIError: a query failed in a way that does not pass.
        """
        try:
            return (yield from self._next())
        except BaseException as error:
            tell(error, self._what_goes_on())
            raise

    def _next(self) -> Steps[Task | None]:
        # When to stop, set when the last deadline has passed: the last looks share their time.
        end = math.inf
        while True:
            for one in self._answered():
                self._tell(one)
                if one.task and one.task.ended:
                    self._pending.drop(one)
                    return one.task
                self._refuse_final(one)
                if self._is_late(one, self._clock.monotonic(), end):
                    self._give_up(one)
                else:
                    self._watch.hasten(one, self._deadlines[one.ref])
                    self._pending.put(one, one.due)
            if first := self._first(end):
                now, last = self._clock.monotonic(), self._last
                longest = self._pending.first()[0] - now
                end = min(end, now + LAST_LOOK if now + NO_TIME >= last else math.inf)
                yield from self._watch.turn([first], longest=longest, deadline=last, end=end)
            elif self._late:
                raise self._timed_out()
            else:
                return None

    def _answered(self) -> Iterator[Watched]:
        """Yield the tasks that are left and that an answer was about."""
        while True:
            try:
                one = self._news.get_nowait()
            except Empty:
                return
            if one in self._pending:
                yield one

    def _first(self, end: float) -> Watched | None:
        """Return the task to look at next, and give up those before it whose time has passed."""
        now = self._clock.monotonic()
        while self._pending:
            moment, one = self._pending.first()
            if moment > now + NO_TIME:
                return one
            if self._is_late(one, now, end):
                self._give_up(one)
                continue
            moment = now + SOON if one.is_asked else one.due
            if moment <= now + NO_TIME:
                return one
            self._pending.put(one, moment)
        return None

    @property
    def _last(self) -> float:
        """The last deadline of the tasks that are left, of which there are some."""
        while self._by_deadline[-1] not in self._pending:
            self._by_deadline.pop()
        return self._deadlines[self._by_deadline[-1].ref]

    def _what_goes_on(self) -> str:
        """Return the note of who is interrupted, with every ref."""
        if len(self.refs) == 1:
            return still_running_note(self.refs[0])
        ended = {one.ref: None for one in self._joined if one.task and one.task.ended}
        left = [ref for ref in self._groups if ref not in ended]
        parts = ("The tasks go on", left), ("These have ended", ended)
        return ". ".join(f"{what}: {', '.join(refs)}" for what, refs in parts if refs)

    def _tell(self, one: Watched) -> None:
        if one.task and self._on_update:
            looks, status = self._told.get(one.ref, (0, ""))
            self._told[one.ref] = one.looks, one.task.status
            if one.task.status != status or (self._on_every_look and one.looks != looks):
                self._on_update(one.task)

    def _refuse_final(self, one: Watched) -> None:
        """Give all tasks up if one can only fail."""
        if is_final(one) and one.missed:
            error = copy.copy(one.missed)
            if not isinstance(error, NotFoundError):
                left = len(self._pending) + len(self._late) - 1
                others = f", and so do {left} more" if left else ""
                note(error, f"The task goes on: {one.ref}{others}")
            raise error

    def _is_late(self, one: Watched, now: float, end: float) -> bool:
        deadline = self._deadlines[one.ref]
        # One more look at the very end, so that no task is missed that ended in the last pause; but
        # none right after one that had no answer. One of somebody else may have no end.
        first = deadline - BRIEFLY if isinstance(one.missed, APITimeoutError) else deadline
        is_hung = one.is_asked and now + NO_TIME >= given_up(one.sent, deadline)
        has_looked = one.asked + NO_TIME >= first or is_hung or now + NO_TIME >= end
        is_over = has_looked and now + NO_TIME >= deadline
        return is_over or one.closed_until > max(now, deadline)

    def _give_up(self, one: Watched) -> None:
        self._pending.drop(one)
        self._late.add(one)

    def _timed_out(self) -> TaskTimeoutError | APIError:
        late = [one for one in self._joined if one in self._late]
        first, *others = sorted(late, key=lambda one: self._deadlines[one.ref])
        more = f"So do {len(others)} more: {', '.join(one.ref for one in others)}"
        after, left = wanted_pause(first.missed), self._deadlines[first.ref] - first.asked
        is_told, timeout = after > left > 0, self._timeouts[first.ref]
        error: TaskTimeoutError | APIError
        if first.task is not None:
            error = TaskTimeoutError(first.task, round(timeout - left, 1) if is_told else timeout)
            error.__cause__ = first.missed
        else:
            error = copy.copy(first.missed) or APITimeoutError(f"{first.ref}: no reply in time")
            note(error, still_running_note(first.ref))
        if is_told:
            say_too_long(error, after, left)
        if others:
            note(error, more)
        return error


def check_times(
    timeout: float | Mapping[str, float], interval: float, *, may_be_past: bool = False
) -> None:
    """Refuse times that make no sense, before anything is paid for.

    Args:
        timeout: seconds for all tasks; or by ref.
        interval: seconds before the second query.
        may_be_past: whether a deadline may have passed, which is one look at a task that is there.

    Raises:
        TypeError: one of them is no number.
        ValueError: the interval is not more than 0 s, or one of them is no finite number, or a
            deadline has passed that may not.
    """
    if not 0 < interval < math.inf:
        raise ValueError(f"interval must be more than 0 s, not {interval:g}")
    for seconds in timeout.values() if isinstance(timeout, Mapping) else [timeout]:
        if math.isnan(seconds) or (seconds < 0 and not may_be_past):
            raise ValueError(f"timeout is a number of seconds, not {seconds:g}")


def wait(waiting: Waiting) -> Steps[Task]:
    """Wait for a single task.

    Raises:
        TaskFailedError: it has failed.
    """
    with waiting:
        task = yield from waiting.next()
        assert task is not None  # there is one
    if task.status == "failed":
        raise TaskFailedError(task)
    return task


def wait_all(waiting: Waiting) -> Steps[list[Task]]:
    """Wait for tasks, and return them in the order that they were given in."""
    with waiting:
        while (yield from waiting.next()) is not None:
            pass
    return waiting.tasks
