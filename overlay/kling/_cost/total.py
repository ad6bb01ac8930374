"""The estimated cost of many creates together."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kling._cost.estimate import Estimate, plain
from kling._tasks import Amount


@dataclass(frozen=True, slots=True)
class Total:
    """What many creates cost together, with a sum for each kind of package.

    Units of different kinds are never added: a unit of an image package is worth a fraction of a
    unit of a video package.
    """

    estimates: tuple[Estimate, ...]
    """The estimate of each request, in the order of the requests."""

    @property
    def minimum(self) -> dict[str, Decimal]:
        """The least that the requests may cost, in Kling units, by kind of package.

        Requests without a known price are left out.
        """
        return _sum((estimate.package, estimate.minimum) for estimate in self.estimates)

    @property
    def maximum(self) -> dict[str, Decimal]:
        """The most that the requests may cost, in Kling units, by kind of package.

        Requests without a known price are left out.
        """
        return _sum((estimate.package, estimate.maximum) for estimate in self.estimates)

    @property
    def units(self) -> dict[str, Decimal]:
        """The same as `maximum`: how many units to have ready, by kind of package."""
        return self.maximum

    @property
    def money(self) -> Amount | None:
        """The sum of the known list prices in money; None if no request has one."""
        total: Amount | None = None
        for estimate in self.estimates:
            if estimate.money:
                total = estimate.money if total is None else total + estimate.money
        return total

    @property
    def unknown(self) -> tuple[Estimate, ...]:
        """The estimates without a known price. The sums leave them out."""
        return tuple(estimate for estimate in self.estimates if estimate.units is None)

    def __str__(self) -> str:
        parts = []
        for package, most in self.maximum.items():
            least = self.minimum[package]
            low = "" if least == most else f"{plain(least)} to "
            parts.append(f"{low}{plain(most)} units of the {package} package")
        if self.money:
            bound = "" if self.minimum == self.maximum else "at most "
            parts.append(f"{bound}{plain(self.money.value)} {self.money.unit}")
        if self.unknown:
            number = len(self.unknown)
            parts.append(f"unknown for {number} request{'' if number == 1 else 's'}")
        return ", ".join(parts) or "nothing"


def _sum(units: Iterator[tuple[str, Decimal | None]]) -> dict[str, Decimal]:
    total: dict[str, Decimal] = {}
    for package, number in units:
        if number is not None:
            total[package] = total.get(package, Decimal(0)) + number
    return total
