"""Calculates what a batch spends.

The price of a job is reserved before its create is sent. When the task has ended, the charge
replaces the reservation.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kling._cost import charged, plain
from kling._tasks import Amount, Task
from kling.description import currency, load

Amounts = dict[str, str]
"""Amounts by kind of package and by currency, as decimal texts, which JSON keeps exactly."""


def price_in_budget(price: Mapping[str, Any], limits: Mapping[str, str]) -> Amounts | str:
    """Return what a job may cost, for each limit of a budget; or why the job cannot be sent.

    Args:
        price: the price of the job, as the state stores it.
        limits: the limits of the budget.
    """
    if price["units"] is None:
        return f"nothing was sent, because the budget cannot be checked: {price['text']}"
    units = Decimal(price["units"])
    if not units:
        return {}
    found = {}
    money = currency(load())
    if price["package"] in limits:
        found[price["package"]] = str(units)
    if money in limits and price["unit_value"]:  # a list: the value of a unit, and its currency
        found[money] = str(units * Decimal(price["unit_value"][0]))
    if money in limits and money not in found:
        return (
            f"nothing was sent: the budget has a limit in {money}, but the price in {money} is not "
            f"known: {price['text']}"
        )
    if not found:
        return (
            f"nothing was sent: the job costs {price['text']}, and the budget has no limit for the "
            f"{price['package']} package; add one"
        )
    return found


def shortage(amounts: Amounts, limits: Mapping[str, str], spent: Mapping[str, str]) -> str:
    """Return why the budget is too small for a job; an empty text if it is large enough."""
    for name, amount in amounts.items():
        left = Decimal(limits[name]) - Decimal(spent.get(name, "0"))
        if Decimal(amount) > left:
            unit = name if name == currency(load()) else f"units of the {name} package"
            return (
                f"nothing was sent: the job may cost {plain(Decimal(amount))} {unit}, and the "
                f"budget has {plain(left)} left"
            )
    return ""


def added(spent: Mapping[str, str], amounts: Mapping[str, str], sign: int = 1) -> Amounts:
    """Return the spent amounts after adding others; if the sign is -1, after subtracting them."""
    names = [*spent, *(name for name in amounts if name not in spent)]
    return {
        name: str(Decimal(spent.get(name, "0")) + sign * Decimal(amounts.get(name, "0")))
        for name in names
    }


def settled(task: Task, reserved: Mapping[str, str], price: Mapping[str, Any]) -> Amounts:
    """Return how much of each limit an ended task has used, to replace what was reserved."""
    value = price["unit_value"]
    taken = charged(
        task,
        {name: Decimal(amount) for name, amount in reserved.items()},
        package=price["package"],
        unit_value=Amount(Decimal(value[0]), value[1]) if value else None,
        money=currency(load()),
    )
    return {name: str(taken.get(name, Decimal(0))) for name in reserved}
