"""One thing that is to happen; the same form for Python, HTTP and files."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

BEFORE, AFTER = "before", "after"
DOWNLOAD, CALLBACK, ANY = "download", "callback", "any"


@dataclass(slots=True)
class Plan:
    """One thing that is to happen, once or more often.

    Either `statuses` are the life of a task to come, or `fault` names one of KINDS.
    """

    statuses: Sequence[str] = ()
    """What the task goes through, in order, in the words of either standard; the last one
    stays."""
    begins: Sequence[float] = ()
    """The age in seconds at which each status begins; as usual if empty."""
    message: str = ""
    """Why the task fails; or the message of a refusal."""
    fault: str = ""
    on: str = ""
    """The calls that it affects: create, get, list, update, delete, download, callback, any, or an
    operationId. By default create; for a fault of files or callbacks those."""
    when: str = ""
    """before or after the call was carried out, a task made."""
    code: int | None = None
    """Kling's code."""
    status: int | None = None
    """HTTP status."""
    seconds: float = 0
    bytes: int = 0
    bytes_per_second: float = 0
    times: int | None = 1
    """How often it happens; None for always."""
    share: float = 1.0
    """Which part of the calls it affects, by a random number from a fixed seed."""

    def shown(self) -> dict[str, Any]:
        """Return it as JSON, without what it leaves out."""
        empty = Plan()
        values = ((field.name, getattr(self, field.name)) for field in fields(self))
        kept = {name: value for name, value in values if value != getattr(empty, name)}
        return kept | {"times": self.times}
