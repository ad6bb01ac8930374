"""How many tasks may run at a time and how much is paid for, as Kling counts it."""

import heapq
import math
import re
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kling.description import Operation, Spec
from kling.mock._exchange import Refused
from kling.mock._tasks.task_life import FAILED, MockTask, slots_of

# Seconds.
_YEAR = 365 * 86400.0


@dataclass(frozen=True, slots=True)
class Package:
    """A resource package: how many tasks of its type may run at a time, and how many it pays for.

    Kling's prices are not imitated: every video, and every picture, costs one unit.
    """

    type: str
    """What it pays for: video, image or try-on."""
    concurrency: int
    """How many slots it gives; a task occupies one, or as many as it makes pictures."""
    units: int = 1000

    @property
    def name(self) -> str:
        """A name after the manner of Kling's."""
        return f"Mock-{self.type.title()}-{self.units}Units-{self.concurrency}Con"

    @classmethod
    def parse(cls, text: str) -> "Package":
        """Read "video:5" or "video:5:100": type, concurrency, units.

        Raises:
            ValueError: it is none.
        """
        match = re.fullmatch(r"([\w-]+):([0-9]{1,9})(?::([0-9]{1,9}))?", text)
        if not match:
            raise ValueError(f"{text!r} is no package; write TYPE:CONCURRENCY:UNITS, video:5:100")
        kind, concurrency, units = match.groups(default="1000")
        return cls(kind, int(concurrency), int(units))


@dataclass(frozen=True, slots=True)
class _Held:
    """What a task occupies."""

    type: str
    model: str
    slots: int
    end: float
    fails: bool


class Quotas:
    """What the packages of the account allow; without any, everything.

    Args:
        spec: the description.
        packages: the packages.
        now: when they are bought, in Unix seconds.

    Raises:
        ValueError: there is no such type of package.
    """

    def __init__(self, spec: Spec, packages: Sequence[Package], now: float) -> None:
        self._spec = spec
        self._held: dict[int, _Held] = {}
        self._ends: list[tuple[float, int]] = []
        self._spent: dict[str, int] = {}
        self._requests: dict[str, deque[float]] = {}
        self.packages: Sequence[Package] = ()
        self.set(packages, now)

    def set(self, packages: Sequence[Package], now: float) -> None:
        """Change the packages; all that runs, and all that was made, counts for the new ones too.

        Raises:
            ValueError: there is no such type of package.
        """
        types = {one.task["package"] for one in self._spec.operations.values() if one.task}
        for package in packages:
            if package.type not in types:
                known = ", ".join(sorted(types))
                raise ValueError(f"{package.type} is not a type of package; the types are {known}")
        self.packages = tuple(packages)
        self._bought = now

    def clear(self) -> None:
        """Forget what runs and what was spent."""
        self._held.clear()
        self._ends.clear()
        self._spent.clear()
        self._requests.clear()

    def admit(self, operation: Operation, body: Mapping[str, Any], now: float) -> None:
        """Let a create pass, or refuse it.

        Raises:
            Refused: 1102 if no package pays for it, 1303 if too many tasks run.
        """
        # Even without packages, or what has ended would be kept for ever.
        self._settle(now)
        if not self.packages:
            return
        kind, model, slots = self._wanted(operation, body)
        active = [(package, left) for package, left in self.left(now) if package.type == kind]
        if sum(left for _, left in active) < slots:
            raise Refused(1102)
        most = max(package.concurrency for package, left in active if left)
        if self._used(now)[kind, model] + slots > most:
            raise Refused(1303)

    def hold(self, task: MockTask) -> None:
        """Count a task that was made, or whose life has changed."""
        kind, model, slots = self._wanted(task.operation, task.body)
        if task.number not in self._held:
            self._spent[kind] = self._spent.get(kind, 0) + slots
        fails = task.life.statuses[-1] == FAILED
        self._held[task.number] = _Held(kind, model, slots, task.end, fails)
        heapq.heappush(self._ends, (task.end, task.number))

    def pace(self, operation: Operation, now: float, limit: float | None) -> None:
        """Let a request pass, or refuse it.

        Args:
            operation: what is asked for; it may have a limit of its own (`x-kling-rate`).
            now: the date in Unix seconds.
            limit: how many requests a second all operations together take; None for any number.

        Raises:
            Refused: 1302, there were too many.
        """
        if rate := operation.node.get("x-kling-rate"):
            self._pace(operation.id, now, rate["requests"], rate["seconds"])
        if limit is not None:
            # 1.5 a second are not 2 in one: whole requests, and as many seconds as they take.
            whole = max(1, math.floor(limit))
            self._pace("", now, whole, whole / limit)

    def left(self, now: float) -> list[tuple[Package, int]]:
        """Return the packages and what is left of each; the first one is used up first."""
        self._settle(now)
        spent = dict(self._spent)
        result = []
        for package in self.packages:
            taken = min(spent.get(package.type, 0), package.units)
            spent[package.type] = spent.get(package.type, 0) - taken
            result.append((package, package.units - taken))
        return result

    def term(self, now: float) -> tuple[float, float]:
        """Return when the packages began and when they end: a year later, or that much more often.

        None ends before a mock does.
        """
        years = max(0, math.floor((now - self._bought) / _YEAR)) + 1
        return self._bought, self._bought + years * _YEAR

    def occupied(self, now: float) -> list[dict[str, Any]]:
        """Return the slots that are occupied, by type and model."""
        used = self._used(now) if self.packages else {}
        return [
            {"package": kind, "model": model, "used": slots}
            for (kind, model), slots in used.items()
        ]

    def _used(self, now: float) -> Counter[tuple[str, str]]:
        self._settle(now)
        used: Counter[tuple[str, str]] = Counter()
        for one in self._held.values():
            used[one.type, one.model] += one.slots
        return used

    def _wanted(self, operation: Operation, body: Mapping[str, Any]) -> tuple[str, str, int]:
        """Return the type of package, the model and the number of slots that a create asks for."""
        assert operation.task is not None  # only creates of tasks occupy anything
        model = self._spec.model(operation, body) or operation.family
        return operation.task["package"], model, slots_of(self._spec, operation, body)

    def _settle(self, now: float) -> None:
        while self._ends and self._ends[0][0] <= now:
            end, number = heapq.heappop(self._ends)
            one = self._held.get(number)
            if one is None or one.end != end:
                continue  # its life has changed meanwhile
            del self._held[number]
            if one.fails:
                # Kling does not show a deduction for a task that failed.
                self._spent[one.type] -= one.slots

    def _pace(self, name: str, now: float, requests: int, seconds: float) -> None:
        past = self._requests.setdefault(name, deque())
        while past and past[0] <= now - seconds:
            past.popleft()
        if len(past) >= requests:
            raise Refused(1302, f"too many requests: at most {requests} in {seconds:g} s")
        past.append(now)
