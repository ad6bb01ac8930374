"""A plan: one thing that a test wants to happen. Python, HTTP and files use the same form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

BEFORE, AFTER = "before", "after"
DOWNLOAD, CALLBACK, ANY = "download", "callback", "any"


def _is(meaning: str, default: Any) -> Any:
    """Return a field of a plan, with its meaning for help texts and documentation."""
    said = {"meaning": meaning}
    if callable(default):
        return field(default_factory=default, metadata=said)
    return field(default=default, metadata=said)


@dataclass(slots=True)
class Plan:
    """One thing that is to happen, once or several times.

    If `fault` is set, it names one of KINDS; otherwise the plan describes the life of a future
    task.
    """

    statuses: Sequence[str] = _is(
        "the statuses of the next task, in order, in the words of either standard; the last one "
        "stays. If left out, the usual statuses",
        (),
    )
    begins: Sequence[float] = _is(
        "the age of the task in seconds at which each status begins; if left out, the usual times",
        (),
    )
    results: Sequence[Mapping[str, Any]] = _is(
        "fields of its outputs once it succeeds, such as url, id and duration: one object for each "
        "output, in the words of either standard. Other fields keep their usual values",
        (),
    )
    task_info: Mapping[str, Any] = _is(
        "fields of its task_info, in the /v1 standard: external_task_id, parent_video", dict
    )
    message: str = _is("why the task fails, or the message of the refusal", "")
    fault: str = _is("what goes wrong with a call: one of the faults", "")
    on: str = _is(
        "the calls that the fault affects: create, get, list, update, delete, download, callback, "
        "any, or an operationId. By default create; for a fault of files or callbacks, those",
        "",
    )
    when: str = _is("whether it goes wrong before or after the call is carried out", "")
    code: int | None = _is("Kling's error code", None)
    status: int | None = _is("the HTTP status", None)
    seconds: float = _is("how many seconds the fault lasts", 0)
    bytes: int = _is("how many bytes of the body arrive", 0)
    bytes_per_second: float = _is("how fast the body arrives", 0)
    times: int | None = _is("how many times it happens: 1 by default, null for every time", 1)
    share: float = _is(
        "the share of calls that it affects, above 0 and at most 1, at random with a fixed seed",
        1.0,
    )

    def shown(self) -> dict[str, Any]:
        """Return the plan as JSON, without fields that have their default."""
        empty = Plan()
        values = ((one.name, getattr(self, one.name)) for one in fields(self))
        kept = {name: value for name, value in values if value != getattr(empty, name)}
        return kept | {"times": self.times}


FIELDS: Mapping[str, str] = {one.name: one.metadata["meaning"] for one in fields(Plan)}
"""The meaning of each field of a plan."""

OF_LIVES = ("statuses", "begins", "results", "task_info")
"""The fields that describe the life of a task: a life has at least one, and a fault has none."""
