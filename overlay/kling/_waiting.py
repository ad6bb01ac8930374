"""Waiting for a task: what to do next, decided without doing it."""

import random
from collections.abc import Callable

from kling._errors import (
    APIConnectionError,
    APIError,
    InternalServerError,
    RateLimitError,
    TaskFailedError,
    TaskTimeoutError,
)
from kling._tasks import Task, ref_of

DEFAULT_TIMEOUT = 1800.0
DEFAULT_INTERVAL = 2.0
_GROWTH = 1.3
_LONGEST = 15.0
_JITTER = 0.2


class Wait:
    """One wait for one task. All times are in seconds.

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
        if interval <= 0:
            raise ValueError(f"interval must be more than 0 s, not {interval:g}")
        self.ref = ref_of(task)
        self._task: Task | None = None
        self._missed: APIError | None = None
        self._timeout = timeout
        self._interval = interval
        self._deadline = now + timeout
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
        self._task, self._missed = task, None
        if self._on_update:
            self._on_update(task)

    def missed(self, error: APIError) -> None:
        """Take note of a query that failed; raise its error unless it may pass."""
        if not isinstance(error, APIConnectionError | InternalServerError | RateLimitError):
            error.add_note(f"The task goes on: {self.ref}")
            raise error
        self._missed = error

    def pause(self, now: float) -> float | None:
        """Return how long to sleep before asking again; None when the task has succeeded.

        Raises:
            TaskFailedError: the task has failed.
            TaskTimeoutError: the deadline has passed.
            APIError: the deadline has passed, and there never was a reply.
        """
        task = self._task
        if task is None and self._missed is None:
            return 0.0
        if task is not None and task.status == "failed":
            raise TaskFailedError(task)
        if task is not None and task.ended:
            return None
        left = self._deadline - now
        if left <= 0:
            if task is None and self._missed is not None:
                raise self._missed
            raise TaskTimeoutError(self.task, self._timeout) from self._missed
        pause = self._interval * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311 (no secret)
        self._interval = min(self._interval * _GROWTH, max(_LONGEST, self._interval))
        # One more look at the very end, so that no task is missed that ended in the last pause.
        return min(pause, left)
