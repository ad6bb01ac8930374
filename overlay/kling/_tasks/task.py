"""A task as a user reads it."""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kling._server_text import visible
from kling._tasks.amounts import UNITS, UNKNOWN, Amount, decimal_of
from kling._tasks.raw_tasks import UNREADABLE, model_of, reply_of
from kling.description import FailureKind, failure_kind, load

if TYPE_CHECKING:
    from decimal import Decimal

    from kling_api import models

# The /v1 standard says succeed where the current one says succeeded; users read one word.
_SPELLING = {"succeed": "succeeded"}
_ENDED = ("succeeded", "failed")
# Of what `to_dict` returns; `from_dict` reads every earlier one too.
_FORMAT = 1
# TaskResult's lists, and the kind of what is in them.
_KINDS = {
    "videos": "video",
    "images": "image",
    "series_images": "image",
    "audios": "audio",
    "voices": "voice",
    "elements": "element",
}
# Where an entry of a list has its file: sounds come in two formats, of which MP3 is the smaller,
# and some pictures come in three views.
_URLS = (
    *(("url",), ("url_mp3",), ("mp3_url",), ("url_wav",), ("wav_url",)),
    *(("url_1", "url_2", "url_3"), ("trial_url",), ("watermark_url",)),
)
_DURATIONS = ("duration", "duration_mp3", "mp3_duration", "duration_wav", "wav_duration")
_KNOWN_SUFFIXES = {
    **dict.fromkeys((".mp4", ".mov", ".webm"), "video"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".webp"), "image"),
    **dict.fromkeys((".mp3", ".wav", ".m4a", ".aac"), "audio"),
    ".srt": "srt",
    ".ass": "ass",
}


@dataclass(frozen=True, slots=True)
class Output:
    """One thing that a task made: a file, or an entry of a library."""

    kind: str
    """video, image, audio, voice or element; of a product under /solutions also product_image,
    model_images, product_video, subbed_video, srt or ass; a word that Kling adds later as it is.
    Where Kling does not say it, the end of the url does, or it is unknown."""
    url: str | None
    """Where to download it, for 30 days after the creation of the task; None without a file. It is
    the copy with a watermark where there is no other."""
    watermark_url: str | None
    """Where to download the copy with a watermark; None unless one was asked for."""
    id: str | None
    """Kling's id of the file, which other endpoints take."""
    duration: float | None
    """Length in seconds."""


@dataclass(frozen=True)
class Task:
    """One task of either standard: what Kling said of it last.

    Its properties are computed when they are asked for, and so is `raw`.
    """

    family: str
    """The endpoint family that made it, such as text_to_video; tasks, for all of the current
    standard, except for solutions, for all products under /solutions; or the path of an `Unlisted`
    below /v1/, such as v1/videos/new-thing."""
    raw: "models.Task | models.UnifiedTask"
    """The reply as the generated client has it. What `/tasks` says has the form of the current
    standard, also of a task of the other one. Of a field that cannot be read as a whole it has what
    can be read, and `raw["outputs"]`, by the name of the field, is what Kling sent."""
    request_id: str | None = field(default=None, compare=False)
    """Kling's id of the request that this was the reply to, for its support; None if it said none.
    It is no part of what makes tasks equal."""

    @cached_property
    def _reply(self) -> Mapping[str, Any]:
        """What Kling sent: there from the beginning, unless the task was made of a model."""
        return {**self.raw.to_dict(), **self.raw.additional_properties}

    if not TYPE_CHECKING:  # a checker would take every name for a good one

        def __getattr__(self, name: str) -> Any:
            # Only what is not there yet is asked for here. Most tasks are looked at for their
            # status or outputs alone, and a model takes ten times as long as its JSON.
            if name != "raw" or "_reply" not in self.__dict__:
                raise AttributeError(f"Task has no attribute {name!r}")
            return self.__dict__.setdefault("raw", model_of(self._reply))

    @property
    def ref(self) -> str:
        """A string to store, which `retrieve` takes.

        Such as "text_to_video/752604318974529536", or "tasks/893605946402811985" for a task of the
        current standard, and "solutions/893605946402811985" of a product under /solutions.
        """
        return f"{self.family}/{self.id}"

    @property
    def id(self) -> str:
        """Kling's id of the task."""
        return str(self._said("task_id", "id"))

    @property
    def status(self) -> str:
        """submitted, processing, succeeded or failed; a word that Kling adds later as it is."""
        word = str(self._said("task_status", "status"))
        return _SPELLING.get(word, word)

    @property
    def ended(self) -> bool:
        """Whether the task has succeeded or failed, so that it will not change any more."""
        return self.status in _ENDED

    @property
    def message(self) -> str:
        """Why the task failed; empty otherwise."""
        return _text(self._said("task_status_msg", "message")) or ""

    @property
    def failure(self) -> FailureKind | None:
        """Why the task failed, in one word; None unless it failed.

        policy: content that is not allowed. input: a value or an id of the request. media: a file
        that was sent. outage: Kling itself. unknown: none of the messages that the description
        quotes; new ones may come at any time, so do not count on another word.
        """
        return failure_kind(load(), self.message) if self.status == "failed" else None

    @property
    def outputs(self) -> tuple[Output, ...]:
        """What the task made; empty until it has succeeded."""
        return self._outputs

    @cached_property
    def _outputs(self) -> tuple[Output, ...]:
        made = _object(self._reply.get("task_result"))
        by_kind = [
            (kind, one) for name, kind in _KINDS.items() for one in _objects(made.get(name))
        ] or [(_kind(one), one) for one in _objects(self._reply.get("outputs"))]
        return tuple(output for kind, one in by_kind for output in _outputs(kind, one))

    @property
    def external_task_id(self) -> str | None:
        """The caller's own id of the task, if there is one."""
        info = _object(self._reply.get("task_info"))
        return _text(info.get("external_task_id") or self._reply.get("external_id")) or None

    @property
    def units(self) -> "Decimal | None":
        """Kling units charged; they are not money. None until Kling says it."""
        found = [charge.value for charge in self.charges if charge.unit == UNITS]
        return sum(found[1:], found[0]) if found else None

    @property
    def charges(self) -> tuple[Amount, ...]:
        """What was charged, units and money apart; empty until Kling says it."""
        return tuple(_charges(self._reply))

    @property
    def created_at(self) -> datetime | None:
        """When the task was created."""
        return date_of(self._said("created_at", "create_time"))

    @property
    def updated_at(self) -> datetime | None:
        """When the task last changed."""
        return date_of(self._said("updated_at", "update_time"))

    def to_dict(self) -> dict[str, Any]:
        """Return what `from_dict` reads, made of what JSON has: to be kept in a database.

        `format` is the version of this form, `ref` is for whoever looks at it, and `reply` is what
        Kling sent.
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
        """Return a task as it was when `to_dict` was called, also by an earlier version.

        Raises:
            TypeError, ValueError: it does not come from `to_dict`, or from that of a later version.
        """
        if not isinstance(kept, Mapping):
            raise TypeError(f"what Task.to_dict returned is needed, not {type(kept).__name__}")
        made_as = kept.get("format")
        if type(made_as) is not int or made_as < 1:
            raise ValueError("this does not come from Task.to_dict: it has no number as its format")
        if made_as > _FORMAT:
            raise ValueError(
                f"this was made by a later version of kling-openapi: its format is {made_as}, and "
                f"this version reads up to {_FORMAT}"
            )
        request_id = _text(kept.get("request_id"))
        try:
            return unread(str(kept["family"]), reply_of(kept["reply"]), request_id)
        except UNREADABLE as error:
            raise ValueError(
                f"this does not come from Task.to_dict ({type(error).__name__}: {error})"
            ) from error

    def _said(self, v1: str, current: str) -> object:
        """Return what the standard of the task has under its name for it."""
        return self._reply.get(v1 if "task_status" in self._reply else current)

    def __hash__(self) -> int:
        return hash(self.ref)

    def __repr__(self) -> str:
        return visible(f"<Task {self.ref} {self.status}>")

    def __reduce__(self) -> tuple[Any, ...]:
        # The generated models mark what is absent by identity, which does not survive pickling.
        return unread, (self.family, self._reply, self.request_id)


def unread(family: str, reply: Mapping[str, Any], request_id: str | None) -> Task:
    """Return a task of a reply, whose model is made when somebody looks at it."""
    task = object.__new__(Task)
    set_field = object.__setattr__  # as for every frozen data class
    set_field(task, "family", family)
    set_field(task, "_reply", reply)
    set_field(task, "request_id", request_id)
    return task


def named_like(task: Task, family: str) -> Task:
    """Return a task as one of another family."""
    return unread(family, task._reply, task.request_id)


def ref_of(task: Task | str) -> str:
    """Return the ref of what may be a task or a ref, such as a line of a file.

    Raises:
        TypeError: it is neither.
    """
    if isinstance(task, Task):
        return task.ref
    if isinstance(task, str):
        return task.strip()
    raise TypeError(f"a task or its ref, a str, is needed, not {type(task).__name__}")


def goes_on(ref: str) -> str:
    """Return the note that says that nobody waits for a task any more, which goes on."""
    return f"The task goes on: {ref}"


def refs_of(tasks: Iterable[Task | str]) -> list[str]:
    """Return the refs of tasks and refs.

    Raises:
        TypeError: it is a single one, or holds what is neither.
    """
    if isinstance(tasks, str | Task):
        raise TypeError(f"a list of tasks or refs is needed, not a single {type(tasks).__name__}")
    return [ref_of(task) for task in tasks]


def known_suffix(url: str | None) -> str:
    """Return the suffix of a url, if it is one of a result; empty otherwise."""
    path = str(url).partition("?")[0].lower()
    return next((suffix for suffix in _KNOWN_SUFFIXES if path.endswith(suffix)), "")


def _kind(one: Mapping[str, Any]) -> str:
    """Return the kind of an output of the current standard, guessed where it lacks one."""
    urls = [text for names in _URLS for name in names if (text := _text(one.get(name)))]
    guesses = [_KNOWN_SUFFIXES[suffix] for url in urls if (suffix := known_suffix(url))]
    return _text(one.get("type")) or next(iter(guesses), "unknown")


def _outputs(kind: str, one: Mapping[str, Any]) -> Iterator[Output]:
    urls = [[_text(one.get(name)) for name in names] for names in _URLS]
    lengths = [_seconds(one.get(name)) for name in _DURATIONS]
    for url in next((found for found in urls if any(found)), [None]):
        yield Output(
            kind=kind,
            url=url,
            watermark_url=_text(one.get("watermark_url")),
            id=_id(one.get(f"{kind}_id")) or _id(one.get("id")),
            duration=next(filter(None, lengths), None),
        )


def _charges(reply: Mapping[str, Any]) -> Iterator[Amount]:
    """Yield what a reply says was charged, in the words of its standard."""
    said: list[tuple[object, str]] = [
        (reply.get("final_unit_deduction"), UNITS),
        (_object(reply.get("final_balance_deduction")).get("quota"), ""),
    ]
    said += [(one.get("amount"), _unit_of(one)) for one in _objects(reply.get("billing"))]
    for value, unit in said:
        if (number := decimal_of(value)) is not None:
            yield Amount(number, unit)


def _unit_of(charge: Mapping[str, Any]) -> str:
    """Return what a charge is in, by its type, or by what only one of both types has."""
    names = ("charge_type", "currency", "cash_type")
    kind, currency, cash = (_text(charge.get(name)) for name in names)
    if kind == "unit" or (not kind and _text(charge.get("package_type"))):
        return UNITS
    if kind == "cash" or (not kind and (currency or cash)):
        return f"test {currency or ''}".strip() if cash == "test_balance" else currency or ""
    return kind or UNKNOWN


def _object(value: object) -> Mapping[str, Any]:
    """Return what should be an object; an empty one if Kling sent something else."""
    return value if isinstance(value, Mapping) else {}


def _objects(value: object) -> list[Mapping[str, Any]]:
    """Return the objects of what should be a list of them."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _id(value: object) -> str | None:
    return str(value) if isinstance(value, int | str) and not isinstance(value, bool) else None


def _seconds(value: object) -> float | None:
    number = decimal_of(value)
    return None if number is None else float(number)


def date_of(milliseconds: object) -> datetime | None:
    """Return a date from Unix milliseconds, also in a string; None if they are none."""
    seconds = _seconds(milliseconds)
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
