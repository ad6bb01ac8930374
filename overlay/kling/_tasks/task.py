"""A task, in either standard of Kling's API.

The older /v1 standard and the current standard describe a task with different fields.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kling._server_text import visible
from kling._tasks.amounts import UNITS, Amount
from kling._tasks.charges import charges_in
from kling._tasks.outputs import Output, outputs_in
from kling._tasks.raw_tasks import UNREADABLE, model_of, reply_of
from kling._tasks.reply_values import date_of, object_of, text_of
from kling.description import FailureKind, failure_kind, load

if TYPE_CHECKING:
    from decimal import Decimal

    from kling_api import models

# The /v1 standard writes succeed where the current one writes succeeded; users see one word.
_STATUS_SPELLINGS = {"succeed": "succeeded"}
_ENDED = ("succeeded", "failed")
# The version of what `to_dict` returns. `from_dict` reads every earlier version too.
_FORMAT = 1


@dataclass(frozen=True)
class Task:
    """One task of either standard, as Kling last described it.

    The properties and `raw` are computed on first use.
    """

    family: str
    """The beginning of its ref:

    - the endpoint family that made it, such as text_to_video;
    - `tasks` for every task of the current standard;
    - `solutions` for every product under /solutions;
    - for an `Unlisted` below /v1/, its path, such as v1/videos/new-thing.
    """
    raw: "models.Task | models.UnifiedTask"
    """The reply as a model of the generated client. The reply to a query of `/tasks` becomes a
    model of the current standard, even for a task of the /v1 standard. If the model can read only a
    part of a field, such as `outputs`, then `raw.outputs` has this part, and `raw["outputs"]` has
    all that Kling sent."""
    request_id: str | None = field(default=None, compare=False)
    """Kling's id of the request, for questions to Kling's support; None if the reply has no such
    id. Comparisons of tasks ignore it."""

    @cached_property
    def _reply(self) -> Mapping[str, Any]:
        """What Kling sent. `lazy_task` sets it; for a task made from a model, it is computed."""
        return {**self.raw.to_dict(), **self.raw.additional_properties}

    if not TYPE_CHECKING:  # a type checker would accept every attribute

        def __getattr__(self, name: str) -> Any:
            # Python calls this only for attributes that are not set. The model is made on first
            # use: most programs read the status and the outputs only, and making a model takes ten
            # times as long as parsing its JSON.
            if name != "raw" or "_reply" not in self.__dict__:
                raise AttributeError(f"Task has no attribute {name!r}")
            return self.__dict__.setdefault("raw", model_of(self._reply))

    @property
    def ref(self) -> str:
        """A string that identifies the task permanently; `retrieve` takes it.

        For example, "text_to_video/752604318974529536"; "tasks/893605946402811985" for a task of
        the current standard; "solutions/893605946402811985" for a product under /solutions.
        """
        return f"{self.family}/{self.id}"

    @property
    def id(self) -> str:
        """Kling's id of the task."""
        return str(self._field("task_id", "id"))

    @property
    def status(self) -> str:
        """submitted, processing, succeeded or failed; or a status that Kling adds later."""
        word = str(self._field("task_status", "status"))
        return _STATUS_SPELLINGS.get(word, word)

    @property
    def ended(self) -> bool:
        """Whether the task has succeeded or failed, so that it will not change any more."""
        return self.status in _ENDED

    @property
    def message(self) -> str:
        """Why the task failed; empty otherwise."""
        return text_of(self._field("task_status_msg", "message")) or ""

    @property
    def failure(self) -> FailureKind | None:
        """Why the task failed, in one word; None if it has not failed.

        - policy: the content is not allowed.
        - input: a value or an id of the request is wrong.
        - media: a file of the request cannot be used.
        - outage: Kling itself failed.
        - unknown: the description does not have this message. Kling may send a new message at any
          time, so every program has to handle this word.
        """
        return failure_kind(load(), self.message) if self.status == "failed" else None

    @property
    def outputs(self) -> tuple[Output, ...]:
        """What the task made; empty until it has succeeded."""
        return self._outputs

    @cached_property
    def _outputs(self) -> tuple[Output, ...]:
        return outputs_in(self._reply)

    @property
    def external_task_id(self) -> str | None:
        """Your own id of the task; None if the task was created without one."""
        info = object_of(self._reply.get("task_info"))
        return text_of(info.get("external_task_id") or self._reply.get("external_id")) or None

    @property
    def units(self) -> "Decimal | None":
        """Kling units that were charged; None until Kling states them. See `charges` for money."""
        amounts = [charge.value for charge in self.charges if charge.unit == UNITS]
        # Starts with the first amount, because a sum that starts with the int 0 may be an int.
        return sum(amounts[1:], amounts[0]) if amounts else None

    @property
    def charges(self) -> tuple[Amount, ...]:
        """What was charged, in units or in money; empty until Kling states it."""
        return tuple(charges_in(self._reply))

    @property
    def created_at(self) -> datetime | None:
        """When the task was created."""
        return date_of(self._field("created_at", "create_time"))

    @property
    def updated_at(self) -> datetime | None:
        """When the task last changed."""
        return date_of(self._field("updated_at", "update_time"))

    def to_dict(self) -> dict[str, Any]:
        """Return the task as JSON values, for a database. `from_dict` reads them.

        `format` is the version of this dict, and `reply` is what Kling sent. `ref` is for people
        who look into the database; `from_dict` does not need it.
        """
        return {
            "format": _FORMAT,
            "ref": self.ref,
            "family": self.family,
            "request_id": self.request_id,
            "reply": deepcopy(dict(self._reply)),
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> "Task":
        """Return the task of a dict that `to_dict` returned, in this or an earlier version.

        Raises:
            TypeError, ValueError: `kept` does not come from `to_dict`, or a later version of this
                package wrote it.
        """
        if not isinstance(kept, Mapping):
            raise TypeError(
                f"Task.from_dict takes the dict that Task.to_dict returned, "
                f"not {type(kept).__name__}"
            )
        version = kept.get("format")
        if type(version) is not int or version < 1:
            raise ValueError(
                "this does not come from Task.to_dict: its format is not a number of 1 or more"
            )
        if version > _FORMAT:
            raise ValueError(
                f"this was made by a later version of kling-openapi: its format is {version}, and "
                f"this version reads up to {_FORMAT}"
            )
        request_id = text_of(kept.get("request_id"))
        try:
            return lazy_task(str(kept["family"]), reply_of(kept["reply"]), request_id)
        except UNREADABLE as error:
            raise ValueError(
                f"this does not come from Task.to_dict ({type(error).__name__}: {error})"
            ) from error

    def _field(self, v1: str, current: str) -> object:
        """Return a field of the reply, whose name depends on the standard of the task."""
        return self._reply.get(v1 if "task_status" in self._reply else current)

    def __hash__(self) -> int:
        return hash(self.ref)

    def __repr__(self) -> str:
        return visible(f"<Task {self.ref} {self.status}>")

    def __reduce__(self) -> tuple[Any, ...]:
        # A pickle contains what Kling sent. The model is made from that again, on first use.
        return lazy_task, (self.family, self._reply, self.request_id)


def lazy_task(family: str, reply: Mapping[str, Any], request_id: str | None) -> Task:
    """Return the task that a reply describes. Its model, `raw`, is made on first use."""
    task = object.__new__(Task)
    set_field = object.__setattr__  # the data class is frozen
    set_field(task, "family", family)
    set_field(task, "_reply", reply)
    set_field(task, "request_id", request_id)
    return task


def with_family(task: Task, family: str) -> Task:
    """Return a task with another family."""
    return lazy_task(family, task._reply, task.request_id)


def ref_of(task: Task | str) -> str:
    """Return the ref of a task. A ref is returned without spaces and line ends around it.

    Raises:
        TypeError: the value is neither a task nor a string.
    """
    if isinstance(task, Task):
        return task.ref
    if isinstance(task, str):
        return task.strip()
    raise TypeError(f"a Task, or its ref as a str, is needed, not {type(task).__name__}")


def still_running_note(ref: str) -> str:
    """Return the note for an error that ends a wait while its task continues."""
    return f"The task goes on: {ref}"


def refs_of(tasks: Iterable[Task | str]) -> list[str]:
    """Return the ref of each task, which is given as a `Task` or as its ref.

    Raises:
        TypeError: the value is a single task or ref, or an entry is neither a task nor a string.
    """
    if isinstance(tasks, str | Task):
        raise TypeError("give a list of tasks or refs, such as [task], even for only one task")
    return [ref_of(task) for task in tasks]
