"""The data models of requests and replies, such as TextToVideoRequest.

They are those of `kling_api.models`, each loaded when it is first asked for.
"""

from typing import TYPE_CHECKING, Any

from kling_api import models as _models
from kling_api.models import __all__ as __all__

if TYPE_CHECKING:
    from kling_api.models import *  # noqa: F403 (what is below, for who reads types)
else:  # a checker would take every name for a good one

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(_models, name)
        return value


def __dir__() -> list[str]:
    return sorted(__all__)
