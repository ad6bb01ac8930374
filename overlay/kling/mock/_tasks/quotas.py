"""The limits of the account: tasks that run at the same time, and requests per second."""

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
from kling.mock._tasks.wallet import PackagesLeft, Wallet

_Kind = tuple[str, str]
"""A type of package, and a model. Each model has its own slots."""


@dataclass(frozen=True, slots=True)
class _Occupied:
    """The slots that a task occupies, and until when."""

    kind: _Kind
    slots: int
    end: float
    refund: Charge | None
    """If the task will fail: its charge, which the account gets back then. Otherwise None."""


class Quotas:
    """Enforces how many tasks may run at the same time, and how many requests may come per second.

    The packages that can pay for a task limit the tasks; if there are none, any number may run.
    """

    def __init__(self, spec: Spec, wallet: Wallet) -> None:
        self._spec = spec
        self._wallet = wallet
        self._occupied: dict[int, _Occupied] = {}
        # A heap of the end and the number of each task. If the end changes, both ends are in it.
        self._ends: list[tuple[float, int]] = []
        self._in_flight: Counter[_Kind] = Counter()
        self._peak: Counter[_Kind] = Counter()
        self._requests: dict[str, deque[float]] = {}

    def clear(self) -> None:
        """Forget all running tasks and past requests."""
        self._occupied.clear()
        self._ends.clear()
        self._in_flight.clear()
        self._peak.clear()
        self._requests.clear()

    def admit(self, operation: Operation, body: Mapping[str, Any], now: float) -> Charge | None:
        """Accept a create, or refuse it; return its charge, if the price is known.

        Raises:
            Refused: 1102 if nothing can pay for the create, 1303 if too many tasks are running.
        """
        # Also needed without packages: otherwise, tasks that have ended would stay in memory.
        self._release_ended(now)
        package_type, slots = package_of(operation), slots_of(self._spec, operation, body)
        # A task that makes images occupies one slot for each, so `slots` is their number.
        charge = self._wallet.charge(package_type, units_of(self._spec, operation, body, slots))
        usable = [
            package
            for package, units in self._wallet.left()
            if package.type == package_type and units
        ]
        if operation.task and usable:
            # The slots of several packages are not added up: the largest package counts.
            most = max(package.concurrency for package in usable)
            if self._used_slots(now)[package_type, self._model(operation, body)] + slots > most:
                raise Refused(1303)
        return charge

    def occupy(self, task: MockTask, now: float) -> None:
        """Count a task that was just made, or whose planned statuses or times have changed."""
        kind = package_of(task.operation), self._model(task.operation, task.body)
        if task.number not in self._occupied:
            self._in_flight[kind] += 1
            if task.charge:
                self._wallet.spend(task.charge)
        refund = task.charge if task.life.statuses[-1] == FAILED else None
        slots = slots_of(self._spec, task.operation, task.body)
        self._occupied[task.number] = _Occupied(kind, slots, task.end, refund)
        heapq.heappush(self._ends, (task.end, task.number))
        self._release_ended(now)
        self._peak[kind] = max(self._peak[kind], self._in_flight[kind])

    def check_rate(self, operation: Operation, now: float, limit: float | None) -> None:
        """Accept a request, or refuse it because there were too many.

        Args:
            operation: the requested operation; it may have its own limit (`x-kling-rate`).
            now: the current time in Unix seconds.
            limit: the number of requests per second over all operations; None for no limit.

        Raises:
            Refused: 1302, there were too many requests.
        """
        if rate := operation.node.get("x-kling-rate"):
            self._check_rate(operation.id, now, rate["requests"], rate["seconds"])
        if limit is not None:
            # The number of requests must be whole, so 1.5 per second are 1 request in 0.67 s.
            requests = max(1, math.floor(limit))
            self._check_rate("", now, requests, requests / limit)

    def left(self, now: float) -> PackagesLeft:
        """Return each package with the units that are left. The first package is used up first."""
        self._release_ended(now)
        return self._wallet.left()

    def occupied(self, now: float) -> list[dict[str, Any]]:
        """Return the occupied slots, by type of package and model; nothing without packages."""
        used = self._used_slots(now) if self._wallet.packages else {}
        return [
            {"package": package_type, "model": model, "used": slots}
            for (package_type, model), slots in used.items()
        ]

    def peak(self) -> list[dict[str, Any]]:
        """Return the largest number of tasks in flight at once, by type of package and model."""
        return [
            {"package": package_type, "model": model, "tasks": most}
            for (package_type, model), most in self._peak.items()
            if most
        ]

    def _used_slots(self, now: float) -> Counter[_Kind]:
        self._release_ended(now)
        used: Counter[_Kind] = Counter()
        for occupied in self._occupied.values():
            used[occupied.kind] += occupied.slots
        return used

    def _model(self, operation: Operation, body: Mapping[str, Any]) -> str:
        return self._spec.model(operation, body) or operation.family

    def _release_ended(self, now: float) -> None:
        while self._ends and self._ends[0][0] <= now:
            end, number = heapq.heappop(self._ends)
            ended = self._occupied.get(number)
            if ended is None or ended.end != end:
                continue  # the end of the task has changed
            del self._occupied[number]
            self._in_flight[ended.kind] -= 1
            if ended.refund:
                # Give the charge back: Kling was never seen to charge a failed task, though it does
                # not promise this.
                self._wallet.spend(ended.refund, sign=-1)

    def _check_rate(self, name: str, now: float, requests: int, seconds: float) -> None:
        """Count a request for an operation; the name "" means all operations together."""
        past = self._requests.setdefault(name, deque())
        while past and past[0] <= now - seconds:
            past.popleft()
        if len(past) >= requests:
            raise Refused(1302, f"too many requests: at most {requests} in {seconds:g} s")
        past.append(now)
