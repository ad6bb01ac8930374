"""The tasks that the mock keeps: their lives, where they are stored, and what they occupy."""

from kling.mock._tasks.quotas import Package, Quotas
from kling.mock._tasks.task_life import (
    ENDS,
    FAILED,
    SUCCEED,
    Life,
    MockTask,
    external_id_of,
    new_life,
    result_of,
    slots_of,
)
from kling.mock._tasks.task_store import Tasks

__all__ = [
    "ENDS",
    "FAILED",
    "Life",
    "MockTask",
    "Package",
    "Quotas",
    "SUCCEED",
    "Tasks",
    "external_id_of",
    "new_life",
    "result_of",
    "slots_of",
]
