"""Asking for tasks again and again until they have ended."""

from kling._waiting.waiting import (
    DEFAULT_INTERVAL,
    DEFAULT_TIMEOUT,
    OnUpdate,
    Waiting,
    check_times,
    wait,
    wait_all,
)
from kling._waiting.watch import News, Watch, Watched, is_final

__all__ = [
    "DEFAULT_INTERVAL",
    "DEFAULT_TIMEOUT",
    "News",
    "OnUpdate",
    "Waiting",
    "Watch",
    "Watched",
    "check_times",
    "is_final",
    "wait",
    "wait_all",
]
