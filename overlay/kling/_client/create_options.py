"""What a create takes besides its request, in one place for the signatures that repeat it."""

from collections.abc import Collection, Mapping
from typing import Any

from kling._http import CallOptions


class CreateOptions(CallOptions, total=False):
    """The arguments of `Kling.create`, which says what they mean."""

    extra: Mapping[str, Any] | None
    external_task_id: str | None
    reuse: bool
    allow: Collection[str]
    create_timeout: float
