"""Poll tasks until they have ended."""

from kling._waiting.waiting import (
    DEFAULT_INTERVAL,
    DEFAULT_TIMEOUT,
    OnUpdate,
    Waiting,
    check_times,
    wait,
    wait_all,
)
from kling._waiting.watch import Updates, Watch, Watched, is_unrecoverable

__all__ = [
    "DEFAULT_INTERVAL",
    "DEFAULT_TIMEOUT",
    "OnUpdate",
    "Updates",
    "Waiting",
    "Watch",
    "Watched",
    "check_times",
    "is_unrecoverable",
    "wait",
    "wait_all",
]
