"""How many tasks may run at a time and how much is paid for, as Kling counts it."""

import re
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kling._spec import Operation, Spec
from kling.mock._refusals import Refused
from kling.mock._tasks import MockTask, slots_of, value_of


@dataclass(frozen=True, slots=True)
class Package:
    """A resource package: how many tasks of its type may run at a time, and how many it pays for.

    Kling's prices are not imitated: every video, and every picture, costs one unit.
    """

    type: str
    """What it pays for: video or image."""
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
        match = re.fullmatch(r"(\w+):([0-9]{1,9})(?::([0-9]{1,9}))?", text)
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

    Raises:
        ValueError: there is no such type of package.
    """

    def __init__(self, spec: Spec, packages: Sequence[Package]) -> None:
        self._spec = spec
        self._held: dict[int, _Held] = {}
        self._spent: dict[str, int] = {}
        self._requests: dict[str, deque[float]] = {}
        self.packages: Sequence[Package] = ()
        self.set(packages)

    def set(self, packages: Sequence[Package]) -> None:
        """Change the packages; what is spent stays spent.

        Raises:
            ValueError: there is no such type of package.
        """
        types = {one.task["package"] for one in self._spec.operations.values() if one.task}
        for package in packages:
            if package.type not in types:
                known = " and ".join(sorted(types))
                raise ValueError(f"{package.type} is no type of package; there are {known}")
        self.packages = tuple(packages)

    def clear(self) -> None:
        """Forget what runs and what was spent."""
        self._held.clear()
        self._spent.clear()
        self._requests.clear()

    def admit(self, operation: Operation, body: Mapping[str, Any], now: float) -> None:
        """Let a create pass, or refuse it.

        Raises:
            Refused: 1102 if no package pays for it, 1303 if too many tasks run.
        """
        if not self.packages:
            return
        self._settle(now)
        kind, model, slots = self._wanted(operation, body)
        active = [package for package, left in self.left() if package.type == kind and left]
        if sum(left for package, left in self.left() if package.type == kind) < slots:
            raise Refused(1102, "Account balance not enough")
        if self.used(kind, model, now) + slots > max(one.concurrency for one in active):
            raise Refused(1303, "parallel task over resource pack limit")

    def hold(self, task: MockTask) -> None:
        """Count a task that was made, or whose life has changed."""
        if not self.packages:
            return
        kind, model, slots = self._wanted(task.operation, task.body)
        if task.number not in self._held:
            self._spent[kind] = self._spent.get(kind, 0) + slots
        fails = task.life.statuses[-1] == "failed"
        self._held[task.number] = _Held(kind, model, slots, task.end, fails)

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
            self._pace("", now, limit, 1)

    def used(self, kind: str, model: str, now: float) -> int:
        """Return how many slots are occupied."""
        self._settle(now)
        held = self._held.values()
        return sum(one.slots for one in held if (one.type, one.model) == (kind, model))

    def left(self) -> list[tuple[Package, int]]:
        """Return the packages and what is left of each; the first one is used up first."""
        spent = dict(self._spent)
        result = []
        for package in self.packages:
            taken = min(spent.get(package.type, 0), package.units)
            spent[package.type] = spent.get(package.type, 0) - taken
            result.append((package, package.units - taken))
        return result

    def occupied(self, now: float) -> list[dict[str, Any]]:
        """Return the slots that are occupied, by type and model."""
        self._settle(now)
        pairs = dict.fromkeys((one.type, one.model) for one in self._held.values())
        return [
            {"package": kind, "model": model, "used": self.used(kind, model, now)}
            for kind, model in pairs
        ]

    def _wanted(self, operation: Operation, body: Mapping[str, Any]) -> tuple[str, str, int]:
        """Return the type of package, the model and the number of slots that a create asks for."""
        assert operation.task is not None  # only creates of tasks occupy anything
        model = value_of(self._spec, operation, body, "model_name") or operation.family
        return operation.task["package"], model, slots_of(self._spec, operation, body)

    def _settle(self, now: float) -> None:
        for number, one in [pair for pair in self._held.items() if pair[1].end <= now]:
            del self._held[number]
            if one.fails:
                # Kling does not show a deduction for a task that failed.
                self._spent[one.type] -= one.slots

    def _pace(self, name: str, now: float, requests: float, seconds: float) -> None:
        past = self._requests.setdefault(name, deque())
        while past and past[0] <= now - seconds:
            past.popleft()
        if len(past) >= requests:
            raise Refused(1302, f"too many requests: at most {requests:g} in {seconds:g} s")
        past.append(now)
