"""The tasks of the mock: what was asked for, and how far it is on a clock."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kling._spec import Operation
from kling.mock._refusals import Refused

# Seconds after the creation at which the first, second, third ... status of a life begins.
_BEGINS = (0.0, 5.0, 60.0)
_FIRST_ID = 752604318974529536


@dataclass(frozen=True, slots=True)
class Life:
    """What a task goes through, in order."""

    statuses: Sequence[str] = ("submitted", "processing", "succeed")
    message: str = ""
    """Why it failed, if it does."""

    def stage(self, age: float) -> tuple[str, float]:
        """Return the status at an age in seconds, and the age at which it began."""
        begins = itertools.chain(_BEGINS, itertools.count(2 * _BEGINS[-1], _BEGINS[-1]))
        reached = [pair for pair in zip(self.statuses, begins, strict=False) if pair[1] <= age]
        return reached[-1]


@dataclass(frozen=True, slots=True)
class MockTask:
    """One task."""

    number: int
    operation: Operation
    body: Mapping[str, Any]
    created: float
    """Unix seconds."""
    life: Life

    @property
    def id(self) -> str:
        """An id of 18 digits, as Kling's are."""
        return str(_FIRST_ID + self.number)

    @property
    def watermark(self) -> bool:
        """Whether a copy with a watermark was asked for."""
        return bool(self.body.get("watermark_info", {}).get("enabled"))

    @property
    def external_id(self) -> str:
        """The caller's own id; empty without one."""
        return str(self.body.get("external_task_id", ""))


class Tasks:
    """All tasks, by id."""

    def __init__(self) -> None:
        self._by_id: dict[str, MockTask] = {}
        self._external: dict[str, MockTask] = {}
        self._lives: list[Life] = []

    def plan(self, life: Life) -> None:
        """Give the next task that has no life planned yet this one."""
        self._lives.append(life)

    def create(self, operation: Operation, body: Mapping[str, Any], now: float) -> MockTask:
        """Make a task.

        Raises:
            Refused: its external_task_id was used before, by whatever family.
        """
        if (used := body.get("external_task_id")) and used in self._external:
            raise Refused(1201, f"External_task_id {used} already exists")
        life = self._lives.pop(0) if self._lives else Life()
        task = MockTask(len(self._by_id), operation, body, now, life)
        self._by_id[task.id] = task
        if task.external_id:
            self._external[task.external_id] = task
        return task

    def get(self, family: str, task_id: str) -> MockTask:
        """Find a task by its id or its external id.

        Raises:
            Refused: the family has no such task.
        """
        task = self._by_id.get(task_id) or self._external.get(task_id)
        if task is None or task.operation.family != family:
            raise Refused(1201, f"Task not found by id/external id: {task_id}")
        return task

    def newest_first(self, family: str) -> Iterator[MockTask]:
        """Yield the tasks of a family."""
        return (task for task in reversed(self._by_id.values()) if task.operation.family == family)
