"""Waiting until tasks have ended, each within its own time."""

import copy
import math
from collections.abc import Callable, Mapping, Sequence

from kling._http import Clock, Steps, say_too_long, wanted_pause
from kling._tasks import Task, ref_of, refs_of
from kling._waiting.watch import BRIEFLY, NO_TIME, Watch, Watched, given_up, is_final
from kling.errors import (
    APIError,
    APITimeoutError,
    CredentialsError,
    KlingError,
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
        self._late: list[Watched] = []
        self._told: dict[str, tuple[int, str]] = {}
        by_ref = (
            {ref_of(ref): seconds for ref, seconds in timeout.items()}
            if isinstance(timeout, Mapping)
            else dict.fromkeys(self.refs, timeout)
        )
        self._timeouts = {ref: by_ref.get(ref, DEFAULT_TIMEOUT) for ref in self.refs}
        began = clock.monotonic()
        # Most waits have one time for all tasks, however many they are.
        self._shared = None if isinstance(timeout, Mapping) else began + timeout
        self._deadlines = {ref: began + seconds for ref, seconds in self._timeouts.items()}
        self._groups = watch.groups_of(dict.fromkeys(self.refs))
        self._known = [task for task in tasks if isinstance(task, Task)]
        self._interval = interval
        self._joined: list[Watched] = []
        self._pending: dict[str, Watched] = {}

    def __enter__(self) -> "Waiting":
        # Not before: who makes a wait and drops it would leave its tasks in the watch.
        self._joined = self._watch.join(self._groups, self._known, self._interval)
        self._pending = {one.ref: one for one in self._joined}
        return self

    def __exit__(self, *_: object) -> None:
        self._watch.leave(self._joined)

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
        while True:
            for one in list(self._pending.values()):
                self._tell(one)
                if one.task and one.task.ended:
                    del self._pending[one.ref]
                    return one.task
                self._check(one)
            if not self._pending:
                if self._late:
                    raise self._timed_out()
                return None
            yield from self._watch.turn(self._pending.values(), deadline=self._last)

    @property
    def _last(self) -> float:
        """The last deadline of the tasks that are left."""
        if self._shared is not None:
            return self._shared
        return max(self._deadlines[ref] for ref in self._pending)

    def _tell(self, one: Watched) -> None:
        if one.task and self._on_update:
            looks, status = self._told.get(one.ref, (0, ""))
            self._told[one.ref] = one.looks, one.task.status
            if one.task.status != status or (self._on_every_look and one.looks != looks):
                self._on_update(one.task)

    def _check(self, one: Watched) -> None:
        """Give a task up whose time has passed, and all if one can only fail."""
        if is_final(one) and one.missed:
            error = copy.copy(one.missed)
            if not isinstance(error, NotFoundError):
                left = len(self._pending) + len(self._late) - 1
                others = f", and so do {left} more" if left else ""
                error.add_note(f"The task goes on: {one.ref}{others}")
            raise error
        now, deadline = self._clock.monotonic() + NO_TIME, self._deadlines[one.ref]
        # One more look at the very end, so that no task is missed that ended in the last pause; but
        # none right after one that had no answer. One of somebody else may have no end.
        first = deadline - BRIEFLY if isinstance(one.missed, APITimeoutError) else deadline
        is_hung = one.is_asked and now >= given_up(one.sent, deadline)
        is_over = now >= deadline and (one.asked + NO_TIME >= first or is_hung)
        if is_over or one.closed_until > max(now, deadline):
            self._late.append(self._pending.pop(one.ref))
        else:
            one.due = min(one.due, deadline)

    def _timed_out(self) -> TaskTimeoutError | APIError:
        first, *others = self._late
        more = f"So do {len(others)} more: {', '.join(one.ref for one in others)}"
        after, left = wanted_pause(first.missed), self._deadlines[first.ref] - first.asked
        is_told, timeout = after > left > 0, self._timeouts[first.ref]
        error: TaskTimeoutError | APIError
        if first.task is not None:
            error = TaskTimeoutError(first.task, round(timeout - left, 1) if is_told else timeout)
            error.__cause__ = first.missed
        else:
            error = copy.copy(first.missed) or APITimeoutError(f"{first.ref}: no reply in time")
            error.add_note(f"The task goes on: {first.ref}")
        if is_told:
            say_too_long(error, after, left)
        if others:
            error.add_note(more)
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
        try:
            task = yield from waiting.next()
        except BaseException as interruption:
            # Errors of ours say themselves what becomes of the task, but one about a key, which may
            # be asked for again and again, knows of none.
            if not isinstance(interruption, KlingError) or isinstance(
                interruption, CredentialsError
            ):
                interruption.add_note(f"The task goes on: {waiting.refs[0]}")
            raise
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
