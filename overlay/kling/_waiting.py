"""Waiting for a task: what to do next, decided without doing it."""

import random
from dataclasses import dataclass

from kling._errors import (
    APIConnectionError,
    APIError,
    InternalServerError,
    RateLimitError,
    TaskFailedError,
    TaskTimeoutError,
)
from kling._tasks import Task

DEFAULT_TIMEOUT = 1800.0
DEFAULT_INTERVAL = 2.0
_GROWTH = 1.3
_LONGEST = 15.0
_JITTER = 0.2


@dataclass(slots=True)
class Wait:
    """The state of one wait; all times in seconds."""

    timeout: float
    interval: float
    began: float
    """A reading of the monotonic clock."""

    def pause(self, task: Task, now: float) -> float | None:
        """Return how long to sleep before asking again; None when the task has succeeded.

        Raises:
            TaskFailedError: the task has failed.
            TaskTimeoutError: the deadline has passed.
        """
        if task.status == "failed":
            raise TaskFailedError(task)
        if task.ended:
            return None
        left = self.began + self.timeout - now
        if left <= 0:
            raise TaskTimeoutError(task, self.timeout)
        pause = self.interval * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311 (no secret)
        self.interval = min(self.interval * _GROWTH, max(_LONGEST, self.interval))
        # One more look at the very end, so that no task is missed that ended in the last pause.
        return min(pause, left)


def passes(error: APIError) -> bool:
    """Whether an error of a query says nothing of the task, so that asking again may help."""
    return isinstance(error, APIConnectionError | InternalServerError | RateLimitError)
