"""The data models of requests and replies, such as TextToVideoRequest.

They are the classes of `kling_api.models`; each is imported on first use.
"""

from typing import TYPE_CHECKING, Any

from kling_api import models as _models
from kling_api.models import __all__ as __all__

if TYPE_CHECKING:
    from kling_api.models import *  # noqa: F403 (gives type checkers the names)
else:  # a type checker that saw __getattr__ would accept any name

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(_models, name)
        return value


def __dir__() -> list[str]:
    return sorted(__all__)
