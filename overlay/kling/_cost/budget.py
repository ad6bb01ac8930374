"""Limit what a program spends.

A create is a request that creates a task. Before it is sent, the most that it may cost is reserved.
When the task has ended, the actual charge replaces the reservation.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from kling._cost.estimate import Estimate, plain
from kling._cost.estimating import estimate_call
from kling._requests import Call
from kling._tasks import Amount, Task
from kling.description import currency, load
from kling.errors import BudgetError

Number = Decimal | int | float | str


@dataclass(eq=False, slots=True)
class Reservation:
    """What one create may cost, for each limit of the budget."""

    budget: "Budget"
    estimate: Estimate
    amounts: dict[str, Decimal]
    """The reserved amounts, by kind of package or by currency."""

    def release(self) -> None:
        """Free the amounts, because no task was made."""
        self.budget._settle(self, {})

    def hold(self, task: Task) -> None:
        """Keep the amounts reserved until a reply says that the task has ended."""
        self.budget._hold(self, task.id, task.external_task_id or "")
        self.budget.saw(task)  # a replay may return a task that has ended already

    def hold_in_doubt(self, external_id: str) -> None:
        """Keep the amounts reserved until a task with this external_task_id has ended."""
        self.budget._hold(self, external_id)


class Budget:
    """How much a program may spend, in Kling units by kind of package, in money, or in both.

        with Kling(budget=Budget(units={"video": 100})) as client: ...

    Before a create is sent, the most that it may cost (`kling.estimate`) is reserved. If the budget
    has less left, the create is refused with `BudgetError`, even if other creates may free their
    reservations soon.

    When a reply says that the task has ended, the actual charge replaces the reservation. If the
    reply does not state a charge, a failed task counts as free, and a task that succeeded counts
    with its whole reservation. A create in doubt keeps its reservation until its task is found and
    has ended.

    Several clients, threads and coroutines may share a budget. It counts what these clients spend,
    but not what other programs or calls of `client.raw` spend. It is not stored, so every process
    starts with the whole budget.

    Args:
        units: how many Kling units may be spent, by kind of package, such as {"video": 100}.
        money: how much the units may be worth at list price, in USD.

    Raises:
        TypeError: an amount is not a number.
        ValueError: neither `units` nor `money` is given, an amount is negative, the kind of package
            is unknown, or `money` is in another currency.
    """

    def __init__(
        self, *, units: Mapping[str, Number] | None = None, money: Number | Amount | None = None
    ) -> None:
        tasks = [operation.task for operation in load().operations.values() if operation.task]
        kinds = {str(task["package"]) for task in tasks}
        for kind in units or {}:
            if kind not in kinds:
                known = ", ".join(sorted(kinds))
                raise ValueError(f"{kind} is not a kind of package; the kinds are {known}")
        self._currency = currency(load())
        if isinstance(money, Amount):
            if money.unit != self._currency:
                raise ValueError(
                    f"money must be in {self._currency}, the currency of the price list, not in "
                    f"{money.unit}"
                )
            money = money.value
        self._limits = {kind: _decimal(kind, number) for kind, number in (units or {}).items()}
        if money is not None:
            self._limits[self._currency] = _decimal("money", money)
        if not self._limits:
            raise ValueError('a budget needs a limit, such as units={"video": 100} or money=20')
        self._spent = dict.fromkeys(self._limits, Decimal(0))
        self._reserved = dict.fromkeys(self._limits, Decimal(0))
        self._held: dict[str, Reservation] = {}
        self._lock = threading.Lock()

    @property
    def limits(self) -> dict[str, Decimal]:
        """What may be spent, by name of the limit: a kind of package (units), or USD (money)."""
        return dict(self._limits)

    @property
    def spent(self) -> dict[str, Decimal]:
        """What has been charged, for each limit."""
        with self._lock:
            return dict(self._spent)

    @property
    def reserved(self) -> dict[str, Decimal]:
        """What may still be charged: for creates in flight or in doubt, and for running tasks."""
        with self._lock:
            return dict(self._reserved)

    @property
    def left(self) -> dict[str, Decimal]:
        """What may still be spent, for each limit: what is neither spent nor reserved."""
        with self._lock:
            return {name: self._left(name) for name in self._limits}

    def reserve(self, call: Call) -> Reservation:
        """Reserve the most that a create may cost.

        Raises:
            BudgetError: the budget has less left, or the price of the create is not known.
        """
        estimate = estimate_call(call)
        amounts = self._amounts(estimate)
        with self._lock:
            for name, amount in amounts.items():
                if amount > self._left(name):
                    raise BudgetError(self._refusal(estimate, name, amount), estimate)
            for name, amount in amounts.items():
                self._reserved[name] += amount
        return Reservation(self, estimate, amounts)

    def saw(self, task: Task) -> None:
        """Replace the reservation for a task by its charge, if the task has ended."""
        if not task.ended:
            return
        with self._lock:
            names = (task.id, task.external_task_id or "")
            reservation = next((self._held[name] for name in names if name in self._held), None)
        if reservation is not None:
            estimate = reservation.estimate
            spent = charged(
                task,
                reservation.amounts,
                package=estimate.package,
                unit_value=estimate.unit_value,
                money=self._currency,
            )
            self._settle(reservation, spent)

    def _left(self, name: str) -> Decimal:
        return self._limits[name] - self._spent[name] - self._reserved[name]

    def _amounts(self, estimate: Estimate) -> dict[str, Decimal]:
        """Return the most that a create may cost, for each limit that applies to it.

        Raises:
            BudgetError: no limit applies, or the price is not known in the unit of a limit.
        """
        if estimate.units is None:
            raise BudgetError(f"nothing was sent: {estimate}", estimate)
        if not estimate.units:
            return {}  # it costs nothing
        money = estimate.money.value if estimate.money else None  # None if it is not known
        costs = {estimate.package: estimate.units, self._currency: money}
        limited = {name: cost for name, cost in costs.items() if name in self._limits}
        amounts = {name: cost for name, cost in limited.items() if cost is not None}
        # No limit applies, or money is limited and the price in money is not known.
        if not amounts or len(amounts) < len(limited):
            raise BudgetError(
                f"nothing was sent: {estimate.operation} costs {estimate}, but this budget has "
                f"limits only for {', '.join(self._limits)}",
                estimate,
            )
        return amounts

    def _refusal(self, estimate: Estimate, name: str, amount: Decimal) -> str:
        unit = name if name == self._currency else f"units of the {name} package"
        reserved = self._reserved[name]
        held = f"; {plain(reserved)} are reserved for other creates" if reserved else ""
        most = "may cost up to" if not estimate.is_exact else "costs"
        left = plain(self._left(name))
        return (
            f"nothing was sent: {estimate.operation} {most} {plain(amount)} {unit}, "
            f"and the budget has {left} left{held}"
        )

    def _hold(self, reservation: Reservation, *ids: str) -> None:
        with self._lock:
            is_known = any(task_id in self._held for task_id in ids)
            if not is_known:
                # If all ids are empty, the task can never be recognized. The amounts stay reserved.
                self._held |= {task_id: reservation for task_id in ids if task_id}
        if is_known:  # an earlier create made the same task, and has reserved its cost already
            reservation.release()

    def _settle(self, reservation: Reservation, spent: Mapping[str, Decimal]) -> None:
        with self._lock:
            for name, amount in reservation.amounts.items():
                self._reserved[name] -= amount
                self._spent[name] += spent.get(name, Decimal(0))
            reservation.amounts = {}
            self._held = {
                task_id: held for task_id, held in self._held.items() if held is not reservation
            }


def charged(
    task: Task,
    reserved: Mapping[str, Decimal],
    *,
    package: str,
    unit_value: Amount | None,
    money: str,
) -> Mapping[str, Decimal]:
    """Return what was charged for a task, for each limit of a budget.

    Args:
        task: a task that has ended.
        reserved: the most that the task might have cost, by kind of package and by currency.
        package: the kind of package that pays for the task.
        unit_value: the list price of one unit of that package; None if it is not known.
        money: the currency of the budget.
    """
    charges = task.charges
    if not charges:  # the reply does not state them
        return {} if task.status == "failed" else reserved
    units = task.units
    in_money = {charge.unit: charge.value for charge in charges if charge.unit == money}
    # The reserved amount counts for each unit and currency that the charges do not state.
    amounts = dict(reserved)
    if units is not None:
        amounts[package] = units
        if unit_value:
            # If the charges state no money, the units count at list price.
            in_money.setdefault(money, units * unit_value.value)
    return amounts | in_money


def _decimal(name: str, number: object) -> Decimal:
    if isinstance(number, bool) or not isinstance(number, Decimal | int | float | str):
        raise TypeError(f"{name} must be a number, not {type(number).__name__}")
    try:
        value = Decimal(str(number))
    except InvalidOperation as error:
        raise ValueError(f"{name} must be a number, not {number!r}") from error
    if not value.is_finite() or value < 0:
        raise ValueError(f"{name} must be 0 or more, not {number}")
    return value
