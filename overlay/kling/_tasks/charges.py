"""Read the charges of a task from the reply to a query, in either standard of Kling's API."""

from collections.abc import Iterator, Mapping
from typing import Any

from kling._tasks.amounts import UNITS, UNKNOWN, Amount, decimal_of
from kling._tasks.reply_values import object_of, objects_in, text_of


def charges_in(reply: Mapping[str, Any]) -> Iterator[Amount]:
    """Yield each charge of a reply about a task."""
    charges: list[tuple[object, str]] = [
        (reply.get("final_unit_deduction"), UNITS),
        # Money. This field does not name the currency.
        (object_of(reply.get("final_balance_deduction")).get("quota"), ""),
    ]
    charges += [
        (entry.get("amount"), _unit_of(entry)) for entry in objects_in(reply.get("billing"))
    ]
    for value, unit in charges:
        if (number := decimal_of(value)) is not None:
            yield Amount(number, unit)


def _unit_of(charge: Mapping[str, Any]) -> str:
    """Return the unit of an entry of `billing`.

    The type of the entry decides. If it has no type, its fields decide: only an entry in units has
    a package_type, and only an entry in money has a currency or a cash_type.
    """
    names = ("charge_type", "currency", "cash_type")
    kind, currency, cash = (text_of(charge.get(name)) for name in names)
    if kind == "unit" or (not kind and text_of(charge.get("package_type"))):
        return UNITS
    if kind == "cash" or (not kind and (currency or cash)):
        currency = currency or ""
        return f"test {currency}".strip() if cash == "test_balance" else currency
    return kind or UNKNOWN
