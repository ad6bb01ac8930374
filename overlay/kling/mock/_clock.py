"""Whose time the mock lives by."""

import time


class RealClock:
    """Real time."""

    def time(self) -> float:
        """Return the date as Unix seconds."""
        return time.time()


class ManualClock:
    """Time that passes only when it is told to; a client that sleeps tells it."""

    def __init__(self, start: float) -> None:
        self._start = self._now = start

    def time(self) -> float:
        """Return the date as Unix seconds."""
        return self._now

    def monotonic(self) -> float:
        """Return the seconds that have passed."""
        return self._now - self._start

    def sleep(self, seconds: float) -> None:
        """Let seconds pass, in an instant."""
        self.advance(seconds)

    async def asleep(self, seconds: float) -> None:
        """Let seconds pass, in an instant."""
        self.advance(seconds)

    def advance(self, seconds: float) -> None:
        """Let seconds pass, in an instant."""
        if seconds < 0:
            raise ValueError("time does not go back")
        self._now += seconds
