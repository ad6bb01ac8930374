"""One task: its request, its statuses over time, and the slots that it occupies."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kling.description import Operation, Spec
from kling.mock._faults import Plan
from kling.mock._tasks.charges import Charge

SUCCEED, FAILED = "succeed", "failed"
# A task never leaves these statuses.
FINAL_STATUSES = (SUCCEED, FAILED)
# The statuses of a task that has no plan.
_DEFAULT_STATUSES = ("submitted", "processing", SUCCEED)

# The id of the task with number 0.
FIRST_ID = 752604318974529536
# The longest time, in seconds, that a task waits before its processing begins.
_MAX_QUEUE_SECONDS = 5.0
# The shortest and the longest time, in seconds, of a task whose output has no known times.
_DEFAULT_TIMES = (10, 10)
# Multiples of the golden ratio, modulo 1, are spread evenly, however many there are.
_GOLDEN = 0.6180339887498949
# The fields that request a watermarked copy; their name depends on the product.
_WATERMARK_FIELDS = ("watermark_info", "watermark")
# The number of images in a series if the request lets the service choose it.
_AUTO_IMAGES = 4


@dataclass(frozen=True, slots=True)
class Life:
    """How a task proceeds: its statuses, in order, and the planned parts of its result."""

    statuses: tuple[str, ...]
    begins: tuple[float, ...]
    """The age of the task, in seconds, at which each status begins."""
    message: str = ""
    """Why the task fails; empty if it succeeds."""
    results: tuple[Mapping[str, Any], ...] = ()
    """Planned fields of its outputs, one mapping for each output; they replace the usual values."""
    task_info: Mapping[str, Any] = field(default_factory=dict)
    """Planned fields of its task_info; they replace the usual values."""

    def stage(self, age: float) -> int:
        """Return the index of the status that a task has at an age."""
        # Never below 0, even if the clock was set back.
        return max(0, sum(begin <= age for begin in self.begins) - 1)

    def ended_with(self, age: float, status: str, message: str) -> "Life":
        """Return a life in which the task ends with a status at this age."""
        passed = self.stage(age) + 1
        statuses = (*self.statuses[:passed], status)
        begins = (*self.begins[:passed], age)
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
    """The URL by which the client that created the task reached the mock.

    URLs in callbacks begin with it.
    """
    charge: Charge | None = None
    """The charge if the task succeeds; None if no source states a price."""
    notified: int = 0
    """For how many of its statuses a callback was sent."""

    @property
    def id(self) -> str:
        """An id of 18 digits, like Kling's."""
        return str(FIRST_ID + self.number)

    @property
    def has_watermark(self) -> bool:
        """Whether a watermarked copy was requested."""
        given = (self._options.get(name) for name in _WATERMARK_FIELDS)
        return any(isinstance(value, Mapping) and value.get("enabled") for value in given)

    @property
    def external_id(self) -> str:
        """The external_task_id; empty if the task does not have one."""
        return external_id_of(self.body)

    @property
    def callback_url(self) -> str:
        """The URL that receives the callbacks; empty if the task does not have one."""
        return str(self._options.get("callback_url", ""))

    @property
    def _options(self) -> Mapping[str, Any]:
        return _options_of(self.body)

    @property
    def end(self) -> float:
        """When the task succeeds or fails, in Unix seconds; infinity if it never does."""
        has_end = self.life.statuses[-1] in FINAL_STATUSES
        return self.created + self.life.begins[-1] if has_end else math.inf

    def status(self, now: float) -> str:
        """Return the status at a time in Unix seconds."""
        return self.life.statuses[self.life.stage(now - self.created)]


def external_id_of(body: Mapping[str, Any]) -> str:
    """Return the external_task_id in the body of a create; empty if it is missing."""
    return str(_options_of(body).get("external_task_id", ""))


def _options_of(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the object that contains callback_url and the like: `options`, or the whole body."""
    options: Mapping[str, Any] = body.get("options", body)
    return options


def slots_of(spec: Spec, operation: Operation, body: Mapping[str, Any]) -> int:
    """Return how many slots a task occupies; a task that makes images occupies one for each."""
    # `slots` returns None if the request lets the service choose the number of images.
    return spec.slots(operation, body) or _AUTO_IMAGES


def result_facts(spec: Spec, operation: Operation) -> Any:
    """Return what the description says about the outputs of an operation (`x-kling-result`)."""
    assert operation.task is not None  # only operations that create tasks get here
    lists = spec.schemas["TaskResult"]["properties"]
    return lists[f"{operation.task['output']}s"]["x-kling-result"]


def new_life(
    spec: Spec, operation: Operation, plan: Plan | None, speed: float, number: int
) -> Life:
    """Return the life of a new task, planned or usual.

    Args:
        spec: the description.
        operation: the operation that creates the task.
        plan: the plan for the task, if there is one.
        speed: how many times faster than Kling the mock runs the task.
        number: how many tasks were created before it.
    """
    least, most = result_facts(spec, operation).get("seconds", _DEFAULT_TIMES)
    planned = plan or Plan()
    statuses = tuple(planned.statuses) or _DEFAULT_STATUSES
    message, results, info = planned.message, tuple(planned.results), planned.task_info
    if planned.begins:
        begins = tuple(age / speed for age in planned.begins)
        return Life(statuses, begins, message, results, info)
    # The first task is the fastest. The times of the others are spread evenly, in the same order in
    # every run. A planned task takes the least time, so that a test can predict it.
    slowness = 0.0 if plan else number * _GOLDEN % 1  # 0 is the fastest, 1 the slowest
    duration = least + (most - least) * slowness
    # The second status begins when the task leaves the queue, the third after the duration, the
    # fourth after twice the duration, and so on. There may be fewer statuses.
    queue = min(_MAX_QUEUE_SECONDS, duration / 2)
    usual = [0.0, queue, *(duration * count for count in range(1, len(statuses)))]
    scaled = tuple(begin / speed for begin in usual[: len(statuses)])
    return Life(statuses, scaled, message, results, info)
