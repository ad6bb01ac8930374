"""The time that a client lives by."""

import time
from typing import Any, Protocol


class Clock(Protocol):
    """What a client asks of time.

    A transport with a `clock` of its own is taken at its word, so that a mock can let hours pass
    in an instant.
    """

    def time(self) -> float:
        """Return the date as Unix seconds."""

    def monotonic(self) -> float:
        """Return seconds that only ever grow."""

    def sleep(self, seconds: float) -> None:
        """Let seconds pass."""

    async def asleep(self, seconds: float) -> None:
        """Let seconds pass for one task of an event loop."""


class SystemClock:
    """Real time."""

    def time(self) -> float:
        """Return the date as Unix seconds."""
        return time.time()

    def monotonic(self) -> float:
        """Return seconds that only ever grow."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Let seconds pass."""
        time.sleep(seconds)

    async def asleep(self, seconds: float) -> None:
        """Let seconds pass for one task of an event loop, asyncio or trio."""
        import anyio

        await anyio.sleep(seconds)


def clock_of(transport: Any) -> Clock:
    """Return the clock that a transport brings, or real time."""
    clock: Clock = getattr(transport, "clock", None) or SystemClock()
    return clock
