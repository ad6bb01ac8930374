"""A plan: one thing that a test wants to happen. Python, HTTP and files use the same form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

BEFORE, AFTER = "before", "after"
DOWNLOAD, CALLBACK, ANY = "download", "callback", "any"


def _plan_field(meaning: str, default: Any) -> Any:
    """Return a field of a plan, with its meaning for help texts and documentation."""
    metadata = {"meaning": meaning}
    if callable(default):
        return field(default_factory=default, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(slots=True)
class Plan:
    """One thing that is to happen, once or several times.

    If `fault` is set, the plan is a fault, which affects a call. `fault` is then a name in KINDS.
    Otherwise the plan is a life: how a future task proceeds.
    """

    statuses: Sequence[str] = _plan_field(
        "the statuses of the next task, in order, as either standard spells them, such as succeed "
        "(/v1) or succeeded; the task keeps the last one. If left out, the task has the usual "
        "statuses",
        (),
    )
    begins: Sequence[float] = _plan_field(
        "the age of the task in seconds at which each status begins. If left out, the usual times",
        (),
    )
    results: Sequence[Mapping[str, Any]] = _plan_field(
        "fields of the outputs of the next task, if it succeeds, such as url, id and duration: one "
        "object for each output, with the names of fields that either standard has. Other fields "
        "keep their usual values",
        (),
    )
    task_info: Mapping[str, Any] = _plan_field(
        "fields of the task_info of the next task, which only the /v1 standard has: "
        "external_task_id, parent_video",
        dict,
    )
    message: str = _plan_field("why the task fails, or the message of the refusal", "")
    fault: str = _plan_field("what goes wrong with a call: one of the faults", "")
    on: str = _plan_field(
        "the calls that the fault affects: create, get, list, update, delete, download, callback, "
        "any, or an operationId. The default is create. If the fault can affect only downloads or "
        "only callbacks, the default is download or callback",
        "",
    )
    when: str = _plan_field(
        "after (the default of the fault empty): the call is carried out, and only its reply goes "
        "wrong. before (the default of all other faults): the call is not carried out. The fault "
        "stall is an exception: with before, it carries out the call when the pause ends",
        "",
    )
    code: int | None = _plan_field("the error code in the reply, one of the codes of Kling", None)
    status: int | None = _plan_field("the HTTP status of the reply", None)
    seconds: float = _plan_field(
        "by how many seconds the reply or the callback is late. --speed does not change this", 0
    )
    bytes: int = _plan_field("how many bytes of the body arrive before the connection breaks", 0)
    bytes_per_second: float = _plan_field("how many bytes of the body arrive in a second", 0)
    times: int | None = _plan_field(
        "how many times it happens: 1 by default, null for every time", 1
    )
    share: float = _plan_field(
        "the part of the calls that it affects, above 0 and at most 1. The mock chooses the calls "
        "at random, but in the same way in every run",
        1.0,
    )

    def as_json(self) -> dict[str, Any]:
        """Return the plan as JSON; except for `times`, fields with their default are left out."""
        default = Plan()
        names = [plan_field.name for plan_field in fields(self)]
        values = {name: getattr(self, name) for name in names}
        changed = {name: value for name, value in values.items() if value != getattr(default, name)}
        return {**changed, "times": self.times}


FIELDS: Mapping[str, str] = {
    plan_field.name: plan_field.metadata["meaning"] for plan_field in fields(Plan)
}
"""The meaning of each field of a plan."""

LIFE_FIELDS = ("statuses", "begins", "results", "task_info")
"""The fields that describe the life of a task. A fault cannot have them."""
