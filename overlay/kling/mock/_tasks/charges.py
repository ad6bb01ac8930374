"""What a create is charged, by the prices of the description."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

from kling.description import Cost, Operation, Spec, prices_of
from kling.mock._samples import USUAL_SECONDS

_BLOCK = Decimal(5)


@dataclass(frozen=True, slots=True)
class Charge:
    """What a create was charged: units of a package, or money."""

    package: str
    """The kind of package: video, image or try-on."""
    units: Decimal
    """In Kling units, also where money was paid for them."""
    cash: Decimal | None = None
    """How much money; None where a package paid."""
    currency: str = ""
    """What the money is."""

    def dumped(self) -> list[str | None]:
        """Return it as JSON."""
        cash = None if self.cash is None else str(self.cash)
        return [self.package, str(self.units), cash, self.currency]

    @classmethod
    def loaded(cls, dumped: Sequence[Any] | None) -> "Charge | None":
        """Return what was dumped; None for None."""
        if dumped is None:
            return None
        package, units, cash, currency = dumped
        return cls(package, Decimal(units), None if cash is None else Decimal(cash), currency)


@dataclass(frozen=True, slots=True)
class Purchase:
    """What made no task, and was charged at once."""

    task_id: str
    """The id that the reply stated; empty for none."""
    operation: Operation
    time: float
    """Unix seconds."""
    charge: Charge


def package_of(operation: Operation) -> str:
    """Return which kind of package pays for a create; empty of what is no create."""
    said = operation.task or operation.node.get("x-kling-price", {})
    return str(said.get("package", ""))


def units_of(
    spec: Spec, operation: Operation, body: Mapping[str, Any], pictures: int
) -> Decimal | None:
    """Return how many units a create is charged; None where no source states a price.

    Args:
        spec: the description.
        operation: the create.
        body: its body.
        pictures: how many pictures it makes, if it makes any.
    """
    cost = _cost(spec, operation, body)
    return cost.price * _number(cost, pictures) if cost and cost.price is not None else None


def seconds_of(spec: Spec, operation: Operation, body: Mapping[str, Any]) -> Decimal | None:
    """Return for how many seconds a create is charged; None where its price is not one of time."""
    cost = _cost(spec, operation, body)
    return _seconds(cost) if cost else None


def _cost(spec: Spec, operation: Operation, body: Mapping[str, Any]) -> Cost | None:
    prices = prices_of(spec, operation.id)
    return prices.cost(body) if prices else None


def _number(cost: Cost, pictures: int) -> Decimal:
    """Return how often a price is paid."""
    if cost.per == "picture":
        return Decimal(pictures)
    seconds = _seconds(cost)
    if seconds is None:
        return Decimal(1)
    is_block = cost.per == "5s"
    return (seconds / _BLOCK).to_integral_value(ROUND_CEILING) if is_block else seconds


def _seconds(cost: Cost) -> Decimal | None:
    """Return how many seconds count; where a file decides it, as many as a result has then."""
    return cost.seconds and max(cost.seconds[0], min(USUAL_SECONDS, cost.seconds[1]))


def plain(number: Decimal) -> str:
    """Return a number as Kling writes it, such as 8 or 0.05."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
