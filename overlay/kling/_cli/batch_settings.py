"""Parses --concurrency and --budget: amounts by kind of package."""

from collections.abc import Collection
from decimal import Decimal, InvalidOperation

import click

from kling._cost import Budget, Total, plain
from kling.description import currency, load


def concurrency(
    context: click.Context, option: click.Parameter, text: str | None
) -> dict[str, int] | int | None:
    """Parse the number of jobs that may run at the same time, such as 5 or video=5,image=9."""
    if text is None:
        return None
    amounts = _amounts(text, _packages(), option, "video=5,image=9", context)
    for name, amount in amounts.items():
        if amount < 1 or amount != amount.to_integral_value():
            setting = f"{name}={amount:f}" if name else f"{amount:f}"
            raise click.BadParameter(f"{setting} is not a whole number above 0", param=option)
    numbers = {name: int(amount) for name, amount in amounts.items()}
    # The name is empty if the text is one number for all kinds of package.
    return numbers.get("", numbers)


def budget_of(text: str | None, total: Total) -> Budget | None:
    """Parse a budget, such as video=200,image=50 or USD=30.

    Args:
        text: the value of --budget. A number without a name is in units of the only package that
            the jobs use.
        total: the estimated cost of the jobs.

    Raises:
        BadParameter: the text is not a budget; or it is a number without a name, and the jobs do
            not all use the same package.
    """
    if text is None:
        return None
    money = currency(load())
    option = click.Option(["--budget"])
    amounts = _amounts(text, [*_packages(), money], option, f"video=200,image=50 or {money}=30")
    if "" in amounts:
        used = [*dict.fromkeys(cost.package for cost in total.estimates if cost.package)]
        if len(used) != 1:
            settings = ",".join(f"{name}=UNITS" for name in used) or "video=UNITS"
            packages = f"the packages {' and '.join(used)}" if used else "no known package"
            raise click.BadParameter(
                f"{text} does not say for which package it is, and the jobs use {packages}; write "
                f"{settings}, or {money}=AMOUNT",
                param=option,
            )
        amounts = {used[0]: amounts[""]}
    money_limit = amounts.pop(money, None)
    return Budget(units=amounts or None, money=money_limit)


def budget_warnings(budget: Budget, total: Total) -> list[str]:
    """Return a message for each limit of a budget that the jobs may exceed."""
    costs = dict(total.units)
    if total.money:
        costs[total.money.unit] = total.money.value
    return [
        f"the budget {name}={plain(limit)} is below the possible cost of {plain(costs[name])}"
        for name, limit in budget.limits.items()
        if costs.get(name, 0) > limit
    ]


def _packages() -> list[str]:
    tasks = [operation.task for operation in load().operations.values() if operation.task]
    return sorted({str(task["package"]) for task in tasks})


def _amounts(
    text: str,
    known: Collection[str],
    option: click.Parameter,
    example: str,
    context: click.Context | None = None,
) -> dict[str, Decimal]:
    """Return numbers by name; the name is empty for a single number without a name."""

    def refusal(problem: str) -> click.BadParameter:
        return click.BadParameter(
            f"{problem}; write, for example, {example}", ctx=context, param=option
        )

    amounts: dict[str, Decimal] = {}
    for part in text.split(","):
        name, equals, number = (piece.strip() for piece in part.rpartition("="))
        if equals and name not in known:
            raise refusal(f"{name[:40]!r} is not one of {', '.join(known)}")
        # Only a single number may have no name.
        if not equals and len(text.split(",")) > 1:
            raise refusal(f"{part.strip()[:40]!r} has no name")
        if name in amounts:
            raise refusal(f"{name} is given twice")
        try:
            amounts[name] = Decimal(number)
        except InvalidOperation:
            raise refusal(f"{number[:40]!r} is not a number") from None
        if not amounts[name].is_finite() or amounts[name] < 0:
            raise refusal(f"{number[:40]!r} is not an amount of 0 or more")
    return amounts
