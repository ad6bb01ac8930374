"""How many tasks may run at a time, and how often requests may come, as Kling counts it."""

import heapq
import math
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kling.description import Operation, Spec
from kling.mock._exchange import Refused
from kling.mock._tasks.charges import Charge, package_of, units_of
from kling.mock._tasks.task_life import FAILED, MockTask, slots_of
from kling.mock._tasks.wallet import Left, Wallet

_Kind = tuple[str, str]
"""A type of package, and a model: each model has slots of its own."""


@dataclass(frozen=True, slots=True)
class _Held:
    """What a task occupies."""

    kind: _Kind
    slots: int
    end: float
    refund: Charge | None
    """What is given back at the end, because it fails."""


class Quotas:
    """What the packages of the account allow; without any, everything."""

    def __init__(self, spec: Spec, wallet: Wallet) -> None:
        self._spec = spec
        self._wallet = wallet
        self._held: dict[int, _Held] = {}
        self._ends: list[tuple[float, int]] = []
        self._in_flight: Counter[_Kind] = Counter()
        self._peak: Counter[_Kind] = Counter()
        self._requests: dict[str, deque[float]] = {}

    def clear(self) -> None:
        """Forget what runs."""
        self._held.clear()
        self._ends.clear()
        self._in_flight.clear()
        self._peak.clear()
        self._requests.clear()

    def admit(self, operation: Operation, body: Mapping[str, Any], now: float) -> Charge | None:
        """Let a create pass, or refuse it; return what it is charged, if that is known.

        Raises:
            Refused: 1102 if nothing can pay for it, 1303 if too many tasks run.
        """
        # Even without packages, or what has ended would be kept for ever.
        self._settle(now)
        kind, slots = package_of(operation), slots_of(self._spec, operation, body)
        charge = self._wallet.charge(kind, units_of(self._spec, operation, body, slots))
        left = [one for one, rest in self._wallet.left() if one.type == kind and rest]
        if operation.task and left:
            most = max(package.concurrency for package in left)
            if self._used(now)[kind, self._model(operation, body)] + slots > most:
                raise Refused(1303)
        return charge

    def hold(self, task: MockTask, now: float) -> None:
        """Count a task that was made, or whose life has changed."""
        kind = package_of(task.operation), self._model(task.operation, task.body)
        if task.number not in self._held:
            self._in_flight[kind] += 1
            if task.charge:
                self._wallet.spend(task.charge)
        refund = task.charge if task.life.statuses[-1] == FAILED else None
        slots = slots_of(self._spec, task.operation, task.body)
        self._held[task.number] = _Held(kind, slots, task.end, refund)
        heapq.heappush(self._ends, (task.end, task.number))
        self._settle(now)
        self._peak[kind] = max(self._peak[kind], self._in_flight[kind])

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

    def left(self, now: float) -> Left:
        """Return the packages and what is left of each; the first one is used up first."""
        self._settle(now)
        return self._wallet.left()

    def occupied(self, now: float) -> list[dict[str, Any]]:
        """Return the slots that are occupied, by type and model."""
        used = self._used(now) if self._wallet.packages else {}
        return [
            {"package": kind, "model": model, "used": slots}
            for (kind, model), slots in used.items()
        ]

    def peak(self) -> list[dict[str, Any]]:
        """Return how many tasks were in flight at once, at most, by type and model."""
        return [
            {"package": kind, "model": model, "tasks": most}
            for (kind, model), most in self._peak.items()
            if most
        ]

    def _used(self, now: float) -> Counter[_Kind]:
        self._settle(now)
        used: Counter[_Kind] = Counter()
        for one in self._held.values():
            used[one.kind] += one.slots
        return used

    def _model(self, operation: Operation, body: Mapping[str, Any]) -> str:
        return self._spec.model(operation, body) or operation.family

    def _settle(self, now: float) -> None:
        while self._ends and self._ends[0][0] <= now:
            end, number = heapq.heappop(self._ends)
            one = self._held.get(number)
            if one is None or one.end != end:
                continue  # its life has changed meanwhile
            del self._held[number]
            self._in_flight[one.kind] -= 1
            if one.refund:
                # No charge of a failed task was ever seen; whether there are any is open.
                self._wallet.spend(one.refund, -1)

    def _pace(self, name: str, now: float, requests: int, seconds: float) -> None:
        past = self._requests.setdefault(name, deque())
        while past and past[0] <= now - seconds:
            past.popleft()
        if len(past) >= requests:
            raise Refused(1302, f"too many requests: at most {requests} in {seconds:g} s")
        past.append(now)
