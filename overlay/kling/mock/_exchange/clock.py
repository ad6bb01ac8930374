"""The clocks of the mock, real and manual, and the actions that are scheduled on them."""

import asyncio
import heapq
import itertools
import threading
import time
import traceback
from collections.abc import Callable

import anyio
import anyio.lowlevel

Action = Callable[[], object]

# The start of the year 9999 in Unix seconds. Python's dates end soon after.
_LATEST_TIME = 253370764800.0
# `Condition.wait` accepts a few weeks at most, but an action may be scheduled for a later time.
_LONGEST_WAIT = 3600.0


class _Schedule:
    """Scheduled actions, ordered by time. At the same time, the first that was added is first."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Action]] = []
        self._number = itertools.count()
        self._lock = threading.Lock()

    def add(self, moment: float, action: Action) -> None:
        with self._lock:
            heapq.heappush(self._heap, (moment, next(self._number), action))

    def next_time(self) -> float | None:
        """Return the time of the first action; None if there is no action."""
        with self._lock:
            return self._heap[0][0] if self._heap else None

    def take_due(self, now: float) -> tuple[float, Action] | None:
        """Remove and return the first action whose time has come."""
        with self._lock:
            if not self._heap or self._heap[0][0] > now:
                return None
            moment, _, action = heapq.heappop(self._heap)
            return moment, action


class RealClock:
    """Real time, which can be moved forward."""

    def __init__(self) -> None:
        self._ahead = 0.0
        self._schedule = _Schedule()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def time(self) -> float:
        """Return the current time in Unix seconds."""
        return time.time() + self._ahead

    def callers_time(self) -> float:
        """Return the time by which clients sign tokens, which `advance` does not change."""
        return time.time()

    async def asleep(self, seconds: float) -> None:
        """Wait; moving the clock forward does not shorten the wait."""
        await asyncio.sleep(seconds)

    def check(self, seconds: float) -> None:
        """Check whether the clock can be moved by a number of seconds.

        Raises:
            ValueError: the number is negative, or the new time is after the year 9999.
        """
        _check_target(self.time(), seconds)

    def advance(self, seconds: float) -> None:
        """Move the clock forward."""
        self.check(seconds)
        with self._changed:
            self._ahead += seconds
            self._changed.notify()

    def at(self, moment: float, action: Action) -> None:
        """Schedule an action. One thread runs all actions, one after the other."""
        self._schedule.add(moment, action)
        with self._changed:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()
            self._changed.notify()

    def settle(self) -> None:
        """Do nothing: the thread runs the actions that are due."""

    def _run(self) -> None:
        while True:
            while due := self._schedule.take_due(self.time()):
                _, action = due
                try:
                    action()
                except Exception:
                    # An action that fails must not stop the actions after it.
                    traceback.print_exc()
            with self._changed:
                moment = self._schedule.next_time()
                wait = _LONGEST_WAIT if moment is None else moment - self.time()
                if wait > 0:
                    self._changed.wait(min(wait, _LONGEST_WAIT))


class ManualClock:
    """Time that passes only when `advance` is called, or when a client sleeps."""

    def __init__(self, start: float) -> None:
        self._start = self._now = start
        self._number = itertools.count()
        # For each event loop, a heap of its sleepers: the end of the sleep, and a number.
        self._sleepers: dict[object, list[tuple[float, int]]] = {}
        # By the number of a sleeper: the event that is set when its sleep is the first to end.
        self._turns: dict[int, anyio.Event] = {}
        self._schedule = _Schedule()

    def time(self) -> float:
        """Return the current time in Unix seconds."""
        return self._now

    def callers_time(self) -> float:
        """Return the time by which clients sign tokens, which is the time of this clock."""
        return self._now

    def monotonic(self) -> float:
        """Return the seconds that have passed since the clock was made."""
        return self._now - self._start

    def sleep(self, seconds: float) -> None:
        """Move the clock forward at once."""
        self.advance(seconds)

    async def asleep(self, seconds: float) -> None:
        """Move the clock forward when every other task of the event loop sleeps too.

        The task whose sleep ends first moves the clock, so that concurrent sleeps do not add up.
        """
        sleepers = self._sleepers.setdefault(anyio.lowlevel.current_token(), [])
        wake_time, number = self._now + seconds, next(self._number)
        sleeper = (wake_time, number)
        heapq.heappush(sleepers, sleeper)
        try:
            while True:
                # Other tasks that do not sleep run first. This line also lets a sleeping task be
                # cancelled.
                await anyio.sleep(0)
                if wake_time <= self._now:
                    return
                if sleepers[0] == sleeper:
                    self.advance(wake_time - self._now)
                else:
                    turn = self._turns[number] = anyio.Event()
                    await turn.wait()
        finally:
            self._turns.pop(number, None)
            if sleepers[0] == sleeper:
                heapq.heappop(sleepers)
            else:
                sleepers.remove(sleeper)
                heapq.heapify(sleepers)
            if sleepers and (turn_of_next := self._turns.get(sleepers[0][1])):
                turn_of_next.set()

    def check(self, seconds: float) -> None:
        """Check whether the clock can be moved by a number of seconds.

        Raises:
            ValueError: the number is negative, or the new time is after the year 9999.
        """
        _check_target(self._now, seconds)

    def advance(self, seconds: float) -> None:
        """Move the clock forward at once, and run the actions that become due, in order."""
        self.check(seconds)
        end = self._now + seconds
        while due := self._schedule.take_due(end):
            moment, action = due
            # An action that is late must not move the clock back.
            self._now = max(self._now, moment)
            action()
        # An action may itself have moved the clock beyond `end`.
        self._now = max(self._now, end)

    def at(self, moment: float, action: Action) -> None:
        """Schedule an action, which runs when the clock reaches this time."""
        self._schedule.add(moment, action)

    def settle(self) -> None:
        """Run the actions that are already due."""
        self.advance(0)


def _check_target(now: float, seconds: float) -> None:
    # Written so that NaN is refused too.
    if not seconds >= 0:
        raise ValueError(
            "the clock cannot be moved back; give a number of seconds that is 0 or greater"
        )
    if now + seconds > _LATEST_TIME:
        raise ValueError("the clock cannot be moved beyond the year 9999")
