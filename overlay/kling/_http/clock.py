"""The clock of a client: real time, or the time of a mock."""

import time
from typing import Any, Protocol


class Clock(Protocol):
    """What a client needs from a clock.

    If a transport has an attribute `clock`, the client uses that clock instead of real time. With
    such a clock, a mock can let hours pass in an instant.
    """

    def time(self) -> float:
        """Return the date and time in Unix seconds."""

    def monotonic(self) -> float:
        """Return seconds that never decrease; only differences have a meaning."""

    def sleep(self, seconds: float) -> None:
        """Block for some seconds."""

    async def asleep(self, seconds: float) -> None:
        """Suspend one task of an event loop for some seconds."""


class SystemClock:
    """Real time."""

    def time(self) -> float:
        """Return the date and time in Unix seconds."""
        return time.time()

    def monotonic(self) -> float:
        """Return seconds that never decrease; only differences have a meaning."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Block for some seconds."""
        time.sleep(seconds)

    async def asleep(self, seconds: float) -> None:
        """Suspend one task of an event loop, asyncio or trio, for some seconds."""
        import anyio

        await anyio.sleep(seconds)


def clock_of(transport: Any) -> Clock:
    """Return the clock of a transport that has one, or else real time."""
    clock: Clock = getattr(transport, "clock", None) or SystemClock()
    return clock
