"""What creates and runs take besides their request, for the signatures that repeat it."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from kling._http import CallOptions
from kling._tasks import Task


class CreateOptions(CallOptions, total=False):
    """The arguments of `Kling.create`, which says what they mean."""

    extra: Mapping[str, Any] | None
    external_task_id: str | None
    reuse: bool
    allow: Collection[str]
    create_timeout: float


class RunOptions(CreateOptions, total=False):
    """The arguments of `Kling.run`."""

    timeout: float
    interval: float
    on_created: Callable[[Task], None] | None
    on_update: Callable[[Task], None] | None
