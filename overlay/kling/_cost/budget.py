"""What a program may spend: reserved before a create is sent, and settled by what was charged."""

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
    """What one create may cost, by what the budget limits."""

    budget: "Budget"
    estimate: Estimate
    amounts: dict[str, Decimal]

    def release(self) -> None:
        """Give all of it back: nothing was made."""
        self.budget._settle(self, {})

    def hold(self, task: Task) -> None:
        """Keep it until the task is seen to have ended."""
        self.budget._hold(self, task.id, task.external_task_id or "")
        self.budget.saw(task)

    def doubt(self, external_id: str) -> None:
        """Count it as spent, unless the task is found by the caller's id after all."""
        self.budget._hold(self, external_id)


class Budget:
    """How much a program may spend, in Kling units by kind of package, in money, or in both.

        with Kling(budget=Budget(units={"video": 100})) as client: ...

    The most that a create may cost (`kling.estimate`) is reserved before it is sent, and refused
    with `BudgetError` if it does not fit. When its task is seen to have ended, what was charged
    takes the place of the reservation: nothing for a task that failed, and the reservation itself
    where Kling does not say what it charged. A create of which nobody knows whether it made a task
    counts as spent. One that finds only reserved units in its way fails at once, and does not wait
    for them.

    Several clients, threads and coroutines may share a budget. It knows what goes through them, not
    what others spend, nor what goes through `client.raw`; it ends with the process.

    Args:
        units: how many Kling units may be spent, by kind of package, such as {"video": 100}.
        money: how much the units may be worth at list price, in USD.

    Raises:
        TypeError: an amount is not a number.
        ValueError: it limits nothing, an amount is negative, or there is no such kind of package.
    """

    def __init__(
        self, *, units: Mapping[str, Number] | None = None, money: Number | Amount | None = None
    ) -> None:
        kinds = {str(one.task["package"]) for one in load().operations.values() if one.task}
        for kind in units or {}:
            if kind not in kinds:
                known = ", ".join(sorted(kinds))
                raise ValueError(f"units are by kind of package ({known}), not by {kind}")
        self._currency = currency(load())
        if isinstance(money, Amount):
            if money.unit != self._currency:
                raise ValueError(f"prices are known in {self._currency}, not in {money.unit}")
            money = money.value
        self._limits = {kind: _decimal(kind, number) for kind, number in (units or {}).items()}
        if money is not None:
            self._limits[self._currency] = _decimal("money", money)
        if not self._limits:
            raise ValueError('a budget limits something: units={"video": 100}, or money=20')
        self._spent = dict.fromkeys(self._limits, Decimal(0))
        self._reserved = dict.fromkeys(self._limits, Decimal(0))
        self._held: dict[str, Reservation] = {}
        self._lock = threading.Lock()

    @property
    def limits(self) -> dict[str, Decimal]:
        """What may be spent, by kind of package, and by USD for money."""
        return dict(self._limits)

    @property
    def spent(self) -> dict[str, Decimal]:
        """What is known to have been charged, by what the budget limits."""
        with self._lock:
            return dict(self._spent)

    @property
    def reserved(self) -> dict[str, Decimal]:
        """What creates may yet be charged: those on their way, in doubt, or not seen to end."""
        with self._lock:
            return dict(self._reserved)

    @property
    def left(self) -> dict[str, Decimal]:
        """What may still be spent, by what the budget limits: neither spent nor reserved."""
        with self._lock:
            return {name: self._left(name) for name in self._limits}

    def reserve(self, call: Call) -> Reservation:
        """Set aside what a create may cost.

        Raises:
            BudgetError: it does not fit, or nobody knows what it costs.
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
        """Settle what is reserved for a task, if it has ended."""
        if not task.ended:
            return
        with self._lock:
            names = (task.id, task.external_task_id or "")
            found = next((self._held[name] for name in names if name in self._held), None)
        if found is not None:
            price = found.estimate
            taken = charged(
                task,
                found.amounts,
                package=price.package,
                unit_value=price.unit_value,
                money=self._currency,
            )
            self._settle(found, taken)

    def _left(self, name: str) -> Decimal:
        return self._limits[name] - self._spent[name] - self._reserved[name]

    def _amounts(self, estimate: Estimate) -> dict[str, Decimal]:
        """Return what an estimate takes of each limit.

        Raises:
            BudgetError: nobody knows it, or no limit is about it.
        """
        if estimate.units is None:
            raise BudgetError(f"nothing was sent: {estimate}", estimate)
        if not estimate.units:
            return {}
        money = estimate.money.value if estimate.money else None
        wanted = {estimate.package: estimate.units, self._currency: money}
        amounts = {name: one for name, one in wanted.items() if name in self._limits}
        found = {name: one for name, one in amounts.items() if one is not None}
        if not found or len(found) < len(amounts):
            raise BudgetError(
                f"nothing was sent: it costs {estimate}, of which the budget has none", estimate
            )
        return found

    def _refusal(self, estimate: Estimate, name: str, amount: Decimal) -> str:
        unit = name if name == self._currency else f"units of the {name} package"
        reserved = self._reserved[name]
        held = f", beside {plain(reserved)} that are reserved for other creates" if reserved else ""
        most = "may cost up to" if not estimate.is_exact else "costs"
        left = plain(self._left(name))
        return (
            f"nothing was sent: {estimate.operation} {most} {plain(amount)} {unit}, "
            f"and the budget has {left} left{held}"
        )

    def _hold(self, reservation: Reservation, *names: str) -> None:
        with self._lock:
            is_known = any(name in self._held for name in names)
            if not is_known:
                # Without any name it can never be told from another one, and stays reserved.
                self._held |= {name: reservation for name in names if name}
        if is_known:  # an earlier create made the same task, and has its own reservation
            reservation.release()

    def _settle(self, reservation: Reservation, charged: Mapping[str, Decimal]) -> None:
        with self._lock:
            for name, amount in reservation.amounts.items():
                self._reserved[name] -= amount
                self._spent[name] += charged.get(name, Decimal(0))
            reservation.amounts = {}
            self._held = {k: one for k, one in self._held.items() if one is not reservation}


def charged(
    task: Task,
    reserved: Mapping[str, Decimal],
    *,
    package: str,
    unit_value: Amount | None,
    money: str,
) -> Mapping[str, Decimal]:
    """Return what was charged for a task that has ended, by what a budget limits.

    Args:
        task: which has ended.
        reserved: what it might have cost, by kind of package and by currency.
        package: the kind of package that pays for it.
        unit_value: the list price of a unit of that package; None if unknown.
        money: the currency of the budget.
    """
    charges = task.charges
    if not charges:
        return {} if task.status == "failed" else reserved
    units = task.units
    paid = {one.unit: one.value for one in charges if one.unit == money}
    taken = dict(reserved)
    if units is not None:
        taken[package] = units
        if unit_value:
            paid.setdefault(money, units * unit_value.value)
    return taken | paid


def _decimal(name: str, number: object) -> Decimal:
    if isinstance(number, bool) or not isinstance(number, Decimal | int | float | str):
        raise TypeError(f"{name} is a number, not {type(number).__name__}")
    try:
        value = Decimal(str(number))
    except InvalidOperation as error:
        raise ValueError(f"{name} is a number, not {number!r}") from error
    if not value.is_finite() or value < 0:
        raise ValueError(f"{name} is a number from 0 on, not {number}")
    return value
