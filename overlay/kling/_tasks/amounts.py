"""Amounts that say what they are in, so that Kling units and money cannot be mixed up."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kling._server_text import visible

if TYPE_CHECKING:
    from decimal import Decimal

UNITS = "units"
UNKNOWN = "unknown"
"""The unit of an amount that may be units or money."""


@dataclass(frozen=True, slots=True)
class Amount:
    """So many Kling units, or so much money.

    Amounts of the same unit can be added, subtracted and compared. Others raise TypeError: 8 units
    are not 8 dollars. `sum` works.
    """

    value: "Decimal"
    """How much."""
    unit: str
    """units, or a currency such as USD; "test USD" of a test balance, empty for money whose
    currency Kling did not say, and "unknown" where it did not say whether it is units or money.
    Another word is a kind of charge that this version does not know."""

    def __post_init__(self) -> None:
        from decimal import Decimal

        if not isinstance(self.value, Decimal):
            raise TypeError(f"an amount is a Decimal, not {type(self.value).__name__}")

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.value + self._like(other), self.unit)

    def __radd__(self, other: object) -> "Amount":
        if other == 0:  # where `sum` begins
            return self
        return NotImplemented

    def __sub__(self, other: "Amount") -> "Amount":
        return Amount(self.value - self._like(other), self.unit)

    def __lt__(self, other: "Amount") -> bool:
        return self.value < self._like(other)

    def __le__(self, other: "Amount") -> bool:
        return self.value <= self._like(other)

    def __str__(self) -> str:
        return visible(f"{self.value} {_NAMES.get(self.unit, self.unit)}")

    def _like(self, other: object) -> "Decimal":
        if not isinstance(other, Amount):
            raise TypeError(f"{self} and {other!r} cannot be taken together: one has no unit")
        if self.unit != other.unit:
            raise TypeError(f"{self} and {other} are different things")
        if self.unit in _UNSAID:
            raise TypeError(
                f"Kling did not say the {_UNSAID[self.unit]} of {self.value} and {other.value}; "
                'say it where you know it: Amount(amount.value, "USD")'
            )
        return other.value


_NAMES = {
    UNITS: "Kling units",
    "": "(in a currency that Kling did not say)",
    UNKNOWN: "(Kling did not say whether units or money)",
}
_UNSAID = {"": "currency", UNKNOWN: "unit"}


def decimal_of(value: object) -> "Decimal | None":
    """Return a number of a reply, which may be written as text; None if it is none."""
    from decimal import Decimal, InvalidOperation  # only where there is one

    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
