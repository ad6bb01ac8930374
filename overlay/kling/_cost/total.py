"""What many creates cost together."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kling._cost.estimate import Estimate, plain
from kling._tasks import Amount


@dataclass(frozen=True, slots=True)
class Total:
    """What many creates cost together, for each kind of package by itself.

    Units of different kinds are never added: a unit of an image package is worth a fraction of one
    of a video package.
    """

    estimates: tuple[Estimate, ...]
    """What each one costs, in the order of the requests."""

    @property
    def minimum(self) -> dict[str, Decimal]:
        """The least that those with a known price may cost, in Kling units, by kind of package."""
        return _sum((one.package, one.minimum) for one in self.estimates)

    @property
    def maximum(self) -> dict[str, Decimal]:
        """The most that those with a known price may cost, in Kling units, by kind of package."""
        return _sum((one.package, one.maximum) for one in self.estimates)

    @property
    def units(self) -> dict[str, Decimal]:
        """What to be ready to pay in Kling units, by kind of package: the maximum."""
        return self.maximum

    @property
    def money(self) -> Amount | None:
        """The list price of those whose price is known in money; None if there is no such one."""
        known = [one.money for one in self.estimates if one.money]
        return sum(known[1:], known[0]) if known else None

    @property
    def unknown(self) -> tuple[Estimate, ...]:
        """Those for which no price is known. They are in none of the sums."""
        return tuple(one for one in self.estimates if one.units is None)

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
            parts.append(f"and {len(self.unknown)} without a known price")
        return ", ".join(parts) or "nothing"


def _sum(units: Iterator[tuple[str, Decimal | None]]) -> dict[str, Decimal]:
    total: dict[str, Decimal] = {}
    for package, one in units:
        if one is not None:
            total[package] = total.get(package, Decimal(0)) + one
    return total
