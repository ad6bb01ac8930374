"""Amounts with their unit, so that Kling units and money cannot be mixed up."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kling._server_text import visible

if TYPE_CHECKING:
    from decimal import Decimal

UNITS = "units"
UNKNOWN = "unknown"
"""The unit of an amount if Kling does not say whether it is in units or in money."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of Kling units, or a sum of money.

    Amounts of the same unit can be added, subtracted, compared and given to `sum`. Amounts of
    different units raise TypeError: 8 units are not 8 dollars.
    """

    value: "Decimal"
    """The number."""
    unit: str
    """One of these:

    - "units": Kling units.
    - A currency, such as "USD"; "test USD" for money of a test balance.
    - Empty: money, but Kling did not name the currency.
    - "unknown": Kling did not say whether this is units or money.
    - Any other word: a type of charge that this version of the package does not know.
    """

    def __post_init__(self) -> None:
        from decimal import Decimal

        if not isinstance(self.value, Decimal):
            raise TypeError(f"an amount is a Decimal, not {type(self.value).__name__}")

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.value + self._value_of(other), self.unit)

    def __radd__(self, other: object) -> "Amount":
        if other == 0:  # the start value of `sum`
            return self
        return NotImplemented

    def __sub__(self, other: "Amount") -> "Amount":
        return Amount(self.value - self._value_of(other), self.unit)

    def __lt__(self, other: "Amount") -> bool:
        return self.value < self._value_of(other)

    def __le__(self, other: "Amount") -> bool:
        return self.value <= self._value_of(other)

    def __str__(self) -> str:
        return visible(f"{self.value} {_UNIT_NAMES.get(self.unit, self.unit)}")

    def _value_of(self, other: object) -> "Decimal":
        """Return the number of an amount in the same unit.

        Raises:
            TypeError: the value is not an amount, or its unit is different or unknown.
        """
        if not isinstance(other, Amount):
            raise TypeError(f"cannot combine {self} with {other!r}, which has no unit")
        if self.unit != other.unit:
            raise TypeError(f"cannot combine {self} with {other}: the units differ")
        if self.unit in _UNSTATED:
            raise TypeError(
                f"Kling did not state the {_UNSTATED[self.unit]} of {self.value} and "
                f"{other.value}; if you know it, write it yourself: "
                'Amount(amount.value, "USD")'
            )
        return other.value


_UNIT_NAMES = {
    UNITS: "Kling units",
    "": "(Kling did not state the currency)",
    UNKNOWN: "(Kling did not state whether units or money)",
}
# For amounts that cannot be combined: what Kling did not state, by their unit.
_UNSTATED = {"": "currency", UNKNOWN: "unit"}


def decimal_of(value: object) -> "Decimal | None":
    """Return a number of a reply, which may also be a string; None if it is not a finite number."""
    from decimal import Decimal, InvalidOperation  # imported on first use

    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
