"""What the options of `kling batch` mean: amounts by kind of package."""

from collections.abc import Collection
from decimal import Decimal, InvalidOperation

import click

from kling._cost import Budget, Total, plain
from kling.description import currency, load


def concurrency(
    context: click.Context, option: click.Parameter, text: str | None
) -> dict[str, int] | int | None:
    """Return how many jobs may run at a time, such as 5 or video=5,image=9."""
    if text is None:
        return None
    amounts = _amounts(text, _packages(), option, "video=5,image=9", context)
    for name, amount in amounts.items():
        if amount < 1 or amount != amount.to_integral_value():
            what = f"{name}={amount:f}" if name else f"{amount:f}"
            raise click.BadParameter(f"{what} must be a whole number from 1 on", param=option)
    whole = {name: int(amount) for name, amount in amounts.items()}
    return whole.get("") or whole


def budget_of(text: str | None, total: Total) -> Budget | None:
    """Return what may be spent, such as video=200,image=50 or USD=30.

    Args:
        text: what the option says; a number alone is in units of the one package that is used.
        total: what the jobs cost.

    Raises:
        BadParameter: it is no budget.
    """
    if text is None:
        return None
    money = currency(load())
    option = click.Option(["--budget"])
    amounts = _amounts(text, [*_packages(), money], option, f"video=200,image=50 or {money}=30")
    if "" in amounts:
        used = [*dict.fromkeys(one.package for one in total.estimates if one.package)]
        if len(used) != 1:
            parts = ",".join(f"{name}=UNITS" for name in used) or "video=UNITS"
            named = " and ".join(used) or "no known package"
            raise click.BadParameter(
                f"{text} of what? The jobs use {named}; write {parts}, or {money}=MONEY",
                param=option,
            )
        amounts = {used[0]: amounts[""]}
    spent = amounts.pop(money, None)
    return Budget(units=amounts or None, money=spent)


def too_small(budget: Budget, total: Total) -> list[str]:
    """Say of which kinds a budget allows less than the jobs may cost."""
    wanted = dict(total.units)
    if total.money:
        wanted[total.money.unit] = total.money.value
    return [
        f"the budget has {plain(limit)} of up to {plain(wanted[name])} ({name})"
        for name, limit in budget.limits.items()
        if wanted.get(name, 0) > limit
    ]


def _packages() -> list[str]:
    kinds = {str(one.task["package"]) for one in load().operations.values() if one.task}
    return sorted(kinds)


def _amounts(
    text: str,
    known: Collection[str],
    option: click.Parameter,
    form: str,
    context: click.Context | None = None,
) -> dict[str, Decimal]:
    """Return numbers by name; a number alone has an empty name."""

    def refuse(told: str) -> click.BadParameter:
        return click.BadParameter(f"{told}; write it as {form}", ctx=context, param=option)

    found: dict[str, Decimal] = {}
    for part in text.split(","):
        name, equals, number = (one.strip() for one in part.rpartition("="))
        if equals and name not in known:
            raise refuse(f"there is no {name[:40]!r} among {', '.join(known)}")
        if name in found or (not equals and len(text.split(",")) > 1):
            raise refuse(f"{part.strip()[:40]!r} has no name, or that of another part")
        try:
            found[name] = Decimal(number)
        except InvalidOperation:
            raise refuse(f"{number[:40]!r} is no number") from None
        if not found[name].is_finite() or found[name] < 0:
            raise refuse(f"{number[:40]!r} is no amount")
    return found
