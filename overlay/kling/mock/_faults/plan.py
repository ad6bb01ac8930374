"""One thing that is to happen; the same form for Python, HTTP and files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

BEFORE, AFTER = "before", "after"
DOWNLOAD, CALLBACK, ANY = "download", "callback", "any"


def _is(meaning: str, default: Any) -> Any:
    """Return a field with what is said of it wherever plans are explained."""
    said = {"meaning": meaning}
    if callable(default):
        return field(default_factory=default, metadata=said)
    return field(default=default, metadata=said)


@dataclass(slots=True)
class Plan:
    """One thing that is to happen, once or more often.

    Either `fault` names one of KINDS, or it is the life of a task to come.
    """

    statuses: Sequence[str] = _is(
        "what the next task goes through, in order, in the words of either standard; the last one "
        "stays. As usual if left out",
        (),
    )
    begins: Sequence[float] = _is(
        "the age of the task in seconds at which each status begins; as usual if left out", ()
    )
    results: Sequence[Mapping[str, Any]] = _is(
        "what its outputs say once it succeeds: an object for each, with fields such as url, id "
        "and duration in the words of either standard. The others are as usual",
        (),
    )
    task_info: Mapping[str, Any] = _is(
        "what its task_info says, in the /v1 standard: external_task_id, parent_video", dict
    )
    message: str = _is("why the task fails; or the message of a refusal", "")
    fault: str = _is("what goes wrong with a call; see the faults", "")
    on: str = _is(
        "the calls that a fault affects: create, get, list, update, delete, download, callback, "
        "any, or an operationId. By default create; for a fault of files or callbacks those",
        "",
    )
    when: str = _is("before or after the call was carried out, a task made", "")
    code: int | None = _is("Kling's code", None)
    status: int | None = _is("the HTTP status", None)
    seconds: float = _is("how long the fault lasts", 0)
    bytes: int = _is("how many bytes of the body come", 0)
    bytes_per_second: float = _is("how fast the body comes", 0)
    times: int | None = _is("how often it happens, 1 by default; null for always", 1)
    share: float = _is(
        "which part of the calls it affects, above 0 and 1 at most, by chance from a fixed seed",
        1.0,
    )

    def shown(self) -> dict[str, Any]:
        """Return it as JSON, without what it leaves out."""
        empty = Plan()
        values = ((one.name, getattr(self, one.name)) for one in fields(self))
        kept = {name: value for name, value in values if value != getattr(empty, name)}
        return kept | {"times": self.times}


FIELDS: Mapping[str, str] = {one.name: one.metadata["meaning"] for one in fields(Plan)}
"""What each field of a plan means."""

OF_LIVES = ("statuses", "begins", "results", "task_info")
"""The fields of which a life has at least one, and a fault none."""
