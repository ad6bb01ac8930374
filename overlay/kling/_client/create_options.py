"""The optional arguments of `create` and `run`, for signatures that take them as `**options`."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from kling._http import CallOptions
from kling._tasks import Task


class CreateOptions(CallOptions, total=False):
    """The optional arguments of `Kling.create`, which describes them."""

    extra: Mapping[str, Any] | None
    external_task_id: str | None
    reuse: bool
    allow: Collection[str]
    create_timeout: float


class RunOptions(CreateOptions, total=False):
    """The optional arguments of `Kling.run`, which describes them."""

    timeout: float
    interval: float
    on_created: Callable[[Task], None] | None
    on_update: Callable[[Task], None] | None
