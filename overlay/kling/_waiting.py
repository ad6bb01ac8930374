"""Waiting for tasks: what to do next, decided without doing it."""

import random
from collections.abc import Callable, Sequence

from kling._errors import (
    APIConnectionError,
    APIError,
    InternalServerError,
    NotFoundError,
    RateLimitError,
    TaskFailedError,
    TaskTimeoutError,
)
from kling._tasks import Task, ref_of, refs_of

DEFAULT_TIMEOUT = 1800.0
DEFAULT_INTERVAL = 2.0
_GROWTH = 1.3
_LONGEST = 15.0
_JITTER = 0.2


class _Rounds:
    """When to ask, and for how long. All times are in seconds."""

    def __init__(self, timeout: float, interval: float, now: float) -> None:
        if interval <= 0:
            raise ValueError(f"interval must be more than 0 s, not {interval:g}")
        self.timeout = timeout
        self.missed: APIError | None = None
        """Why the last query failed, if it did."""
        self._interval = interval
        self._deadline = now + timeout

    def miss(self, error: APIError, refs: Sequence[str]) -> None:
        """Take note of a query that failed; raise its error unless it may pass."""
        if not isinstance(error, APIConnectionError | InternalServerError | RateLimitError):
            if not isinstance(error, NotFoundError):
                others = f", and so do {len(refs) - 1} more" if refs[1:] else ""
                error.add_note(f"The task goes on: {refs[0]}{others}")
            raise error
        self.missed = error

    def pause(self, now: float) -> float | None:
        """Return how long to sleep before asking again; None after the deadline."""
        left = self._deadline - now
        if left <= 0:
            return None
        pause = self._interval * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311 (no secret)
        self._interval = min(self._interval * _GROWTH, max(_LONGEST, self._interval))
        # One more look at the very end, so that no task is missed that ended in the last pause.
        return min(pause, left)


class Wait:
    """One wait for one task.

    Whoever waits does as it says, with or without await:

        while (pause := wait.pause(now())) is not None:
            sleep(pause)
            try:
                wait.saw(retrieve(wait.ref))
            except APIError as error:
                wait.missed(error)
        return wait.task
    """

    def __init__(
        self,
        task: Task | str,
        *,
        timeout: float,
        interval: float,
        on_update: Callable[[Task], None] | None,
        now: float,
    ) -> None:
        self.ref = ref_of(task)
        self._rounds = _Rounds(timeout, interval, now)
        self._task: Task | None = None
        self._on_update = on_update
        if isinstance(task, Task):
            self.saw(task)

    @property
    def task(self) -> Task:
        """The task as it was last seen."""
        assert self._task is not None  # there is one as soon as there is no pause
        return self._task

    def saw(self, task: Task) -> None:
        """Take note of a reply."""
        self._task, self._rounds.missed = task, None
        if self._on_update:
            self._on_update(task)

    def missed(self, error: APIError) -> None:
        """Take note of a query that failed; raise its error unless it may pass."""
        self._rounds.miss(error, [self.ref])

    def pause(self, now: float) -> float | None:
        """Return how long to sleep before asking again; None when the task has succeeded.

        Raises:
            TaskFailedError: the task has failed.
            TaskTimeoutError: the deadline has passed.
            APIError: the deadline has passed, and there never was a reply.
        """
        task, missed = self._task, self._rounds.missed
        if task is None and missed is None:
            return 0.0
        if task is not None and task.status == "failed":
            raise TaskFailedError(task)
        if task is not None and task.ended:
            return None
        if (pause := self._rounds.pause(now)) is not None:
            return pause
        if task is None and missed is not None:
            raise missed
        raise TaskTimeoutError(self.task, self._rounds.timeout) from missed


class WaitAll:
    """One wait for several tasks, until each has succeeded or failed; used as Wait is."""

    def __init__(
        self,
        tasks: Sequence[Task | str],
        *,
        timeout: float,
        interval: float,
        on_update: Callable[[Task], None] | None,
        now: float,
    ) -> None:
        self._order = refs_of(tasks)
        self._rounds = _Rounds(timeout, interval, now)
        self._seen: dict[str, Task] = {}
        self._on_update = on_update
        for task in tasks:
            if isinstance(task, Task):
                self._take(task.ref, task)

    @property
    def refs(self) -> list[str]:
        """The refs of the tasks that have not ended, as far as is known."""
        return [
            ref
            for ref in dict.fromkeys(self._order)
            if ref not in self._seen or not self._seen[ref].ended
        ]

    @property
    def tasks(self) -> list[Task]:
        """The tasks as they were last seen, in the order that was given."""
        return [self._seen[ref] for ref in self._order]

    def saw(self, tasks: Sequence[Task]) -> None:
        """Take note of the tasks of `refs`, in that order."""
        self._rounds.missed = None
        for ref, task in zip(self.refs, tasks, strict=True):
            self._take(ref, task)

    def missed(self, error: APIError) -> None:
        """Take note of a query that failed; raise its error unless it may pass."""
        if isinstance(error, NotFoundError) and all(ref in self._seen for ref in self.refs):
            # What was there is left out of a reply for the moment.
            self._rounds.missed = error
        else:
            self._rounds.miss(error, self.refs)

    def pause(self, now: float) -> float | None:
        """Return how long to sleep before asking again; None when all tasks have ended.

        Raises:
            TaskTimeoutError: the deadline has passed.
            APIError: the deadline has passed, and there never was a reply.
        """
        left, missed = self.refs, self._rounds.missed
        if not left:
            return None
        if missed is None and not all(ref in self._seen for ref in left):
            return 0.0
        if (pause := self._rounds.pause(now)) is not None:
            return pause
        if missed is not None and left[0] not in self._seen:
            raise missed
        error = TaskTimeoutError(self._seen[left[0]], self._rounds.timeout)
        if left[1:]:
            error.add_note(f"So do {len(left) - 1} more: {', '.join(left[1:])}")
        raise error from missed

    def _take(self, ref: str, task: Task) -> None:
        before = self._seen.get(ref)
        self._seen[ref] = task
        if self._on_update and (before is None or before.status != task.status):
            self._on_update(task)
