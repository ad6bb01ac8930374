"""The error that the functions `sync` and `asyncio` raise for a reply that is not a success"""

from typing import Any, TypeVar

from .types import Response

T = TypeVar("T")

_LONGEST_SHOWN = 500


class UnexpectedStatus(Exception):
    """The reply is not a success: its status is not 2xx, or its code is not 0."""

    status_code: int
    """The HTTP status."""
    content: bytes
    """The body of the reply."""
    code: int | None
    """Kling's error code; None if the reply has no code, or its status is not described."""

    def __init__(self, status_code: int, content: bytes, code: int | None = None):
        super().__init__(status_code, content, code)
        self.status_code = status_code
        self.content = content
        self.code = code

    def __str__(self) -> str:
        text = self.content.decode(errors="replace")
        # `repr` makes control characters visible.
        return f"HTTP {self.status_code}: {text[:_LONGEST_SHOWN]!r}"


def successful(response: Response[Any], model: type[T]) -> T:
    """Return the model of a reply that is a success.

    Raises:
        UnexpectedStatus: the reply is not a success.
    """
    reply = response.parsed
    code = getattr(reply, "code", None)
    if response.status_code < 300 and isinstance(reply, model) and not code:
        return reply
    raise UnexpectedStatus(int(response.status_code), response.content, code)


__all__ = ["UnexpectedStatus", "successful"]
