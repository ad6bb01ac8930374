"""The clients Kling and AsyncKling, each imported on first use."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kling._client.async_client import AsyncKling as AsyncKling
    from kling._client.client import Kling as Kling
    from kling._client.raw_responses import RawResponse as RawResponse

__all__ = [
    "AsyncKling",
    "Kling",
    "RawResponse",
]

_MODULES = {"AsyncKling": "async_client", "Kling": "client", "RawResponse": "raw_responses"}

if not TYPE_CHECKING:  # with __getattr__, a type checker would accept any name

    def __getattr__(name: str) -> Any:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"kling._client.{_MODULES[name]}"), name)
