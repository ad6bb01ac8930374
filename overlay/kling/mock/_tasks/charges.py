"""What a create is charged, by the prices of the description."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

from kling.description import Cost, Operation, Spec, prices_of

# Where a file decides how long a result is: every result of the mock is that long.
_SECONDS, _BLOCK = Decimal(5), Decimal(5)


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
    prices = prices_of(spec, operation.id)
    cost = prices.cost(body) if prices else None
    return cost.price * _number(cost, pictures) if cost and cost.price is not None else None


def _number(cost: Cost, pictures: int) -> Decimal:
    """Return how often a price is paid."""
    if cost.per == "picture":
        return Decimal(pictures)
    if cost.seconds is None:
        return Decimal(1)
    least, most = cost.seconds
    seconds = max(least, min(_SECONDS, most))
    is_block = cost.per == "5s"
    return (seconds / _BLOCK).to_integral_value(ROUND_CEILING) if is_block else seconds


def plain(number: Decimal) -> str:
    """Return a number as Kling writes it, such as 8 or 0.05."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
