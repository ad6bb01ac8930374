"""How much a create costs, according to the prices of the description."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

from kling.description import Cost, Operation, Spec, prices_of
from kling.mock._samples import DEFAULT_SECONDS

# Some prices are for each started block of 5 seconds.
_BLOCK = Decimal(5)


@dataclass(frozen=True, slots=True)
class Charge:
    """What was charged for a create: units of a package, or money from the balance."""

    package: str
    """The type of package: video, image or try-on."""
    units: Decimal
    """The price in Kling units, which is set even if money was paid."""
    cash: Decimal | None = None
    """The amount of money; None if a package paid."""
    currency: str = ""
    """The currency of `cash`; empty if a package paid."""

    def to_json(self) -> list[str | None]:
        """Return the charge as JSON."""
        cash = None if self.cash is None else str(self.cash)
        return [self.package, str(self.units), cash, self.currency]

    @classmethod
    def from_json(cls, value: Sequence[Any] | None) -> "Charge | None":
        """Return the charge that `to_json` returned as JSON; None for None."""
        if value is None:
            return None
        package, units, cash, currency = value
        return cls(package, Decimal(units), None if cash is None else Decimal(cash), currency)


@dataclass(frozen=True, slots=True)
class Purchase:
    """A call that is charged at once, because it makes no task."""

    task_id: str
    """The task_id in the reply; empty if the reply does not have one."""
    operation: Operation
    time: float
    """Unix seconds."""
    charge: Charge


def package_of(operation: Operation) -> str:
    """Return the type of package that pays for an operation; empty if it costs nothing."""
    pricing = operation.task or operation.node.get("x-kling-price", {})
    return str(pricing.get("package", ""))


def units_of(
    spec: Spec, operation: Operation, body: Mapping[str, Any], images: int
) -> Decimal | None:
    """Return how many Kling units a create costs; None if no source states a price.

    Args:
        spec: the description.
        operation: the create.
        body: the body of the create.
        images: the number of images that it makes, if it makes any.
    """
    cost = _cost(spec, operation, body)
    return cost.price * _quantity(cost, images) if cost and cost.price is not None else None


def charged_seconds(spec: Spec, operation: Operation, body: Mapping[str, Any]) -> Decimal | None:
    """Return for how many seconds a create is charged.

    None if the price does not depend on the length of the result.
    """
    cost = _cost(spec, operation, body)
    return _seconds(cost) if cost else None


def _cost(spec: Spec, operation: Operation, body: Mapping[str, Any]) -> Cost | None:
    prices = prices_of(spec, operation.id)
    return prices.cost(body) if prices else None


def _quantity(cost: Cost, images: int) -> Decimal:
    """Return how many times the price is charged."""
    if cost.per == "picture":
        return Decimal(images)
    seconds = _seconds(cost)
    if seconds is None:
        return Decimal(1)
    is_block = cost.per == "5s"
    return (seconds / _BLOCK).to_integral_value(ROUND_CEILING) if is_block else seconds


def _seconds(cost: Cost) -> Decimal | None:
    """Return the charged seconds; None if the price does not depend on time.

    If the body does not decide the length, the mock's usual length is assumed, or the nearest
    length that the operation allows.
    """
    if cost.seconds is None:
        return None
    least, most = cost.seconds
    return max(least, min(DEFAULT_SECONDS, most))


def format_amount(number: Decimal) -> str:
    """Return a number as Kling writes it, such as 8 or 0.05."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
