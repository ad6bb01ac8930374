"""Whose time the mock lives by, and what is to happen at which moment."""

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

# The year 9999 begins, in Unix seconds: no date goes further than it.
_LAST = 253370764800.0
# A lock waits no longer than some weeks, and a moment may lie further ahead.
_LONGEST_WAIT = 3600.0


class _Agenda:
    """What is to be done, by moment."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Action]] = []
        self._number = itertools.count()
        self._lock = threading.Lock()

    def add(self, moment: float, action: Action) -> None:
        with self._lock:
            heapq.heappush(self._heap, (moment, next(self._number), action))

    def next(self) -> float | None:
        with self._lock:
            return self._heap[0][0] if self._heap else None

    def due(self, now: float) -> tuple[float, Action] | None:
        """Take the first thing that is to be done by now."""
        with self._lock:
            if not self._heap or self._heap[0][0] > now:
                return None
            moment, _, action = heapq.heappop(self._heap)
            return moment, action


class RealClock:
    """Real time, which can be put forward."""

    def __init__(self) -> None:
        self._ahead = 0.0
        self._agenda = _Agenda()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def time(self) -> float:
        """Return the date as Unix seconds."""
        return time.time() + self._ahead

    def callers_time(self) -> float:
        """Return the date that callers sign tokens by, as Unix seconds; it is not put forward."""
        return time.time()

    async def asleep(self, seconds: float) -> None:
        """Wait; putting the clock forward does not make it shorter."""
        await asyncio.sleep(seconds)

    def check(self, seconds: float) -> None:
        """Refuse what the clock cannot be put forward by.

        Raises:
            ValueError: it goes no further, and not back.
        """
        _refuse_unfit(self.time(), seconds)

    def advance(self, seconds: float) -> None:
        """Put the clock forward."""
        self.check(seconds)
        with self._changed:
            self._ahead += seconds
            self._changed.notify()

    def at(self, moment: float, action: Action) -> None:
        """Do something at a date, in a thread that all such things share."""
        self._agenda.add(moment, action)
        with self._changed:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()
            self._changed.notify()

    def settle(self) -> None:
        """Do nothing, for the thread does what is due."""

    def _run(self) -> None:
        while True:
            while due := self._agenda.due(self.time()):
                try:
                    due[1]()
                except Exception:
                    # Whatever went wrong, the next thing is to be done all the same.
                    traceback.print_exc()
            with self._changed:
                moment = self._agenda.next()
                wait = _LONGEST_WAIT if moment is None else moment - self.time()
                if wait > 0:
                    self._changed.wait(min(wait, _LONGEST_WAIT))


class ManualClock:
    """Time that passes only when it is told to; a client that sleeps tells it."""

    def __init__(self, start: float) -> None:
        self._start = self._now = start
        self._number = itertools.count()
        self._sleepers: dict[object, list[tuple[float, int]]] = {}
        self._turns: dict[int, anyio.Event] = {}
        self._agenda = _Agenda()

    def time(self) -> float:
        """Return the date as Unix seconds."""
        return self._now

    def callers_time(self) -> float:
        """Return the date that callers sign tokens by, as Unix seconds; they share this clock."""
        return self._now

    def monotonic(self) -> float:
        """Return the seconds that have passed."""
        return self._now - self._start

    def sleep(self, seconds: float) -> None:
        """Let seconds pass, in an instant."""
        self.advance(seconds)

    async def asleep(self, seconds: float) -> None:
        """Let seconds pass, in an instant once everybody else in the event loop sleeps too.

        Who is the first to wake moves the time, so that sleeping side by side takes no longer.
        """
        sleepers = self._sleepers.setdefault(anyio.lowlevel.current_token(), [])
        wakes, number = sleeper = self._now + seconds, next(self._number)
        heapq.heappush(sleepers, sleeper)
        try:
            while True:
                # Those who are awake go on first; and nobody else could be cancelled.
                await anyio.sleep(0)
                if wakes <= self._now:
                    return
                if sleepers[0] == sleeper:
                    self.advance(wakes - self._now)
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
        """Refuse what the clock cannot be put forward by.

        Raises:
            ValueError: it goes no further, and not back.
        """
        _refuse_unfit(self._now, seconds)

    def advance(self, seconds: float) -> None:
        """Let seconds pass, in an instant; what falls due on the way is done, in order."""
        self.check(seconds)
        end = self._now + seconds
        while due := self._agenda.due(end):
            self._now = max(self._now, due[0])
            due[1]()
        self._now = max(self._now, end)

    def at(self, moment: float, action: Action) -> None:
        """Do something at a date; it is done once the clock has been moved there."""
        self._agenda.add(moment, action)

    def settle(self) -> None:
        """Do what is due already."""
        self.advance(0)


def _refuse_unfit(now: float, seconds: float) -> None:
    if not seconds >= 0:
        raise ValueError("time does not go back")
    if now + seconds > _LAST:
        raise ValueError("the clock goes no further than the year 9999")
