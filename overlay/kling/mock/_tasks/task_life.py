"""One task: what was asked for, how far it is on a clock, and what it occupies."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kling.description import Operation, Spec
from kling.mock._faults import Plan
from kling.mock._tasks.charges import Charge

SUCCEED, FAILED = "succeed", "failed"
# After these nothing comes.
ENDS = (SUCCEED, FAILED)
_USUAL = ("submitted", "processing", SUCCEED)

FIRST_ID = 752604318974529536
# Seconds that a task waits before it is processed, and that one takes whose time is not known.
_QUEUED, _UNKNOWN = 5.0, (10, 10)
# By steps of this part of a whole, points are spread evenly however many they are.
_GOLDEN = 0.6180339887498949
# What products call the object that asks for a copy with a watermark.
_WATERMARKS = ("watermark_info", "watermark")
# What a series has when the service may choose how many.
_AUTO = 4


@dataclass(frozen=True, slots=True)
class Life:
    """What a task goes through, in order."""

    statuses: tuple[str, ...]
    begins: tuple[float, ...]
    """The age in seconds at which each status begins."""
    message: str = ""
    """Why it failed, if it does."""
    results: tuple[Mapping[str, Any], ...] = ()
    """What its outputs say instead of what they would, one after the other."""
    task_info: Mapping[str, Any] = field(default_factory=dict)
    """What its task_info says instead."""

    def stage(self, age: float) -> int:
        """Return how many statuses have passed at an age, less one."""
        # The first one is there from the beginning, even if a clock was set back.
        return max(0, sum(begin <= age for begin in self.begins) - 1)

    def changed(self, age: float, status: str, message: str) -> "Life":
        """Return a life that ends at an age with a status."""
        lived = self.stage(age) + 1
        statuses = (*self.statuses[:lived], status)
        begins = (*self.begins[:lived], age)
        return replace(self, statuses=statuses, begins=begins, message=message)


@dataclass(frozen=True, slots=True)
class MockTask:
    """One task."""

    number: int
    operation: Operation
    body: Mapping[str, Any]
    created: float
    """Unix seconds."""
    life: Life
    base_url: str
    """Where its creator reached the mock; urls in its callbacks begin with it."""
    charge: Charge | None = None
    """What it is charged if it succeeds; None where no source states a price."""
    told: int = 0
    """Of how many statuses its callback_url was told."""

    @property
    def id(self) -> str:
        """An id of 18 digits, as Kling's are."""
        return str(FIRST_ID + self.number)

    @property
    def watermark(self) -> bool:
        """Whether a copy with a watermark was asked for."""
        asked = (self._options.get(name) for name in _WATERMARKS)
        return any(isinstance(one, Mapping) and one.get("enabled") for one in asked)

    @property
    def external_id(self) -> str:
        """The caller's own id; empty without one."""
        return external_id_of(self.body)

    @property
    def callback_url(self) -> str:
        """Whom to tell; empty for nobody."""
        return str(self._options.get("callback_url", ""))

    @property
    def _options(self) -> Mapping[str, Any]:
        return _options_of(self.body)

    @property
    def end(self) -> float:
        """When it succeeds or fails, in Unix seconds; infinity if it never does."""
        ends = self.life.statuses[-1] in ENDS
        return self.created + self.life.begins[-1] if ends else math.inf

    def status(self, now: float) -> str:
        """Return how far it is."""
        return self.life.statuses[self.life.stage(now - self.created)]


def external_id_of(body: Mapping[str, Any]) -> str:
    """Return the caller's own id in the body of a create; empty without one."""
    return str(_options_of(body).get("external_task_id", ""))


def _options_of(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return where a body has what does not change the result: by itself, or in options."""
    options: Mapping[str, Any] = body.get("options", body)
    return options


def slots_of(spec: Spec, operation: Operation, body: Mapping[str, Any]) -> int:
    """Return how many slots a task occupies; of pictures it makes as many."""
    return spec.slots(operation, body) or _AUTO


def result_of(spec: Spec, operation: Operation) -> Any:
    """Return what the description says of the kind of output of an operation."""
    assert operation.task is not None  # tasks are made by such operations
    lists = spec.schemas["TaskResult"]["properties"]
    return lists[f"{operation.task['output']}s"]["x-kling-result"]


def new_life(
    spec: Spec, operation: Operation, plan: Plan | None, speed: float, number: int
) -> Life:
    """Return the life of a new task: as planned, or else the usual one.

    Args:
        spec: the description.
        operation: what makes the task.
        plan: what is planned for it.
        speed: how many times faster than life it goes.
        number: how many were made before it.
    """
    least, most = result_of(spec, operation).get("seconds", _UNKNOWN)
    planned = plan or Plan()
    statuses = tuple(planned.statuses) or _USUAL
    message, results, info = planned.message, tuple(planned.results), planned.task_info
    if planned.begins:
        begins = tuple(one / speed for one in planned.begins)
        return Life(statuses, begins, message, results, info)
    # The first task takes the least time, and the others are spread evenly, in the same
    # order each time; a planned life can be told in advance.
    part = 0.0 if plan else number * _GOLDEN % 1
    whole = least + (most - least) * part
    usual = [0.0, min(_QUEUED, whole / 2), *(whole * n for n in range(1, len(statuses)))]
    scaled = tuple(begin / speed for begin in usual[: len(statuses)])
    return Life(statuses, scaled, message, results, info)
