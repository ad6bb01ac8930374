"""A task as a user reads it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from decimal import Decimal

    from kling_api import models

# The /v1 standard says succeed where the current one says succeeded; users read one word.
_SPELLING = {"succeed": "succeeded"}
_ENDED = ("succeeded", "failed")
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
_URLS = (("url",), ("url_mp3",), ("url_1", "url_2", "url_3"), ("trial_url",))
_SUFFIXES = {"video": ".mp4", "image": ".png", "audio": ".mp3", "voice": ".mp3", "element": ""}
_KNOWN_SUFFIXES = (".mp4", ".png", ".jpg", ".jpeg", ".webp", ".mp3", ".wav")


@dataclass(frozen=True, slots=True)
class Output:
    """One thing that a task made: a file, or an entry of a library."""

    kind: str
    """video, image, audio, voice or element."""
    url: str | None
    """Where to download it, for 30 days after the creation of the task; None without a file."""
    watermark_url: str | None
    """Where to download the copy with a watermark; None unless one was asked for."""
    id: str | None
    """Kling's id of the file, which other endpoints take."""
    duration: float | None
    """Length in seconds."""


@dataclass(frozen=True, slots=True)
class Task:
    """One task: what Kling said of it last. Its properties are computed when they are asked for."""

    family: str
    """The endpoint family that made it, such as text_to_video."""
    raw: "models.Task"
    """The reply as the generated client has it."""

    @property
    def ref(self) -> str:
        """A string to store, such as "text_to_video/752604318974529536"; `retrieve` takes it."""
        return f"{self.family}/{self.id}"

    @property
    def id(self) -> str:
        """Kling's id of the task."""
        return str(self.raw.task_id)

    @property
    def status(self) -> str:
        """submitted, processing, succeeded or failed; a word that Kling adds later as it is."""
        word = str(self.raw.task_status)
        return _SPELLING.get(word, word)

    @property
    def ended(self) -> bool:
        """Whether the task has succeeded or failed, so that it will not change any more."""
        return self.status in _ENDED

    @property
    def message(self) -> str:
        """Why the task failed; empty otherwise."""
        return _text(self.raw.task_status_msg) or ""

    @property
    def outputs(self) -> tuple[Output, ...]:
        """What the task made; empty until it has succeeded."""
        return tuple(
            output
            for name, kind in _KINDS.items()
            for one in getattr(self.raw.task_result, name, None) or ()
            for output in _outputs(kind, one)
        )

    @property
    def external_task_id(self) -> str | None:
        """The caller's own id of the task, if there is one."""
        return _text(getattr(self.raw.task_info, "external_task_id", None)) or None

    @property
    def units(self) -> "Decimal | None":
        """Kling units charged; they are not money. None until Kling says it."""
        return _decimal(self.raw.final_unit_deduction)

    @property
    def created_at(self) -> datetime | None:
        """When the task was created."""
        return _date(self.raw.created_at)

    @property
    def updated_at(self) -> datetime | None:
        """When the task last changed."""
        return _date(self.raw.updated_at)

    def __hash__(self) -> int:
        return hash(self.ref)

    def __repr__(self) -> str:
        return f"<Task {self.ref} {self.status}>"

    def __reduce__(self) -> tuple[Any, ...]:
        # The generated models mark what is absent by identity, which does not survive pickling.
        return _rebuild, (self.family, self.raw.to_dict())


def ref_of(task: Task | str) -> str:
    """Return the ref of what may be a task or a ref.

    Raises:
        TypeError: it is neither.
    """
    if isinstance(task, Task):
        return task.ref
    if isinstance(task, str):
        return task
    raise TypeError(f"a task or its ref, a str, is needed, not {type(task).__name__}")


def file_names(task: Task, folder: Path) -> list[tuple[str, Path]]:
    """Return the url of every output, and the file that it becomes in the folder.

    Names are made of the family, the task id and the number of the output alone.
    """
    outputs = [(output.url, _suffix(output)) for output in task.outputs if output.url]
    stem = f"{task.family}-{re.sub('[^A-Za-z0-9]', '_', task.id)[:100]}"
    return [
        (url, folder / f"{stem}{f'-{n}' if outputs[1:] else ''}{suffix}")
        for n, (url, suffix) in enumerate(outputs, start=1)
    ]


def _suffix(output: Output) -> str:
    path = str(output.url).partition("?")[0].lower()
    found = [suffix for suffix in _KNOWN_SUFFIXES if path.endswith(suffix)]
    return found[0] if found else _SUFFIXES[output.kind]


def _outputs(kind: str, one: Any) -> Iterator[Output]:
    urls = [[_text(getattr(one, name, None)) for name in names] for names in _URLS]
    for url in next((found for found in urls if any(found)), [None]):
        yield Output(
            kind=kind,
            url=url,
            watermark_url=_text(getattr(one, "watermark_url", None)),
            id=_id(getattr(one, f"{kind}_id", None)) or _id(getattr(one, "id", None)),
            duration=_seconds(getattr(one, "duration", None))
            or _seconds(getattr(one, "duration_mp3", None)),
        )


def _rebuild(family: str, reply: dict[str, Any]) -> Task:
    from kling_api import models

    return Task(family, models.Task.from_dict(reply))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _id(value: object) -> str | None:
    return str(value) if isinstance(value, int | str) and not isinstance(value, bool) else None


def _decimal(value: object) -> "Decimal | None":
    from decimal import Decimal, InvalidOperation  # only where Kling has charged something

    try:
        number = Decimal(str(value)) if isinstance(value, str | int | float) else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def _seconds(value: object) -> float | None:
    number = _decimal(value)
    return None if number is None else float(number)


def _date(milliseconds: object) -> datetime | None:
    seconds = _seconds(milliseconds)
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
