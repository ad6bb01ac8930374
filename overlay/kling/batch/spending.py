"""The budget of a batch, in its state: reserved before a create, settled after its task."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kling._cost import charged, plain
from kling._tasks import Amount, Task
from kling.description import currency, load

Amounts = dict[str, str]
"""Amounts by kind of package and by currency, as decimal texts, which JSON keeps exactly."""


def price_in_budget(price: Mapping[str, Any], limits: Mapping[str, str]) -> Amounts | str:
    """Return what a job may take of each limit of a budget, or why that is not known.

    Args:
        price: the price of the job, as the state keeps it.
        limits: the limits of the budget.
    """
    if price["units"] is None:
        return f"nothing was sent, because the budget needs a known price: {price['text']}"
    units = Decimal(price["units"])
    if not units:
        return {}
    found = {}
    if price["package"] in limits:
        found[price["package"]] = str(units)
    if (money := currency(load())) in limits and price["unit_value"]:
        found[money] = str(units * Decimal(price["unit_value"][0]))
    if not found or (money in limits and money not in found):
        return f"nothing was sent: it costs {price['text']}, and no limit of the budget covers that"
    return found


def shortage(amounts: Amounts, limits: Mapping[str, str], spent: Mapping[str, str]) -> str:
    """Say what a budget lacks for a job; empty if it is enough."""
    for name, amount in amounts.items():
        left = Decimal(limits[name]) - Decimal(spent.get(name, "0"))
        if Decimal(amount) > left:
            unit = name if name == currency(load()) else f"units of the {name} package"
            return (
                f"nothing was sent: it may cost {plain(Decimal(amount))} {unit}, and the budget "
                f"has {plain(left)} left"
            )
    return ""


def added(spent: Mapping[str, str], amounts: Mapping[str, str], sign: int = 1) -> Amounts:
    """Return the spent amounts with others added; subtracted if the sign is -1."""
    names = [*spent, *(name for name in amounts if name not in spent)]
    return {
        name: str(Decimal(spent.get(name, "0")) + sign * Decimal(amounts.get(name, "0")))
        for name in names
    }


def settled(task: Task, reserved: Mapping[str, str], price: Mapping[str, Any]) -> Amounts:
    """Return what an ended task takes of each limit, instead of what was reserved for it."""
    value = price["unit_value"]
    taken = charged(
        task,
        {name: Decimal(one) for name, one in reserved.items()},
        package=price["package"],
        unit_value=Amount(Decimal(value[0]), value[1]) if value else None,
        money=currency(load()),
    )
    return {name: str(taken.get(name, Decimal(0))) for name in reserved}
