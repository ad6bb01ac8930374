"""What a create will cost, as far as that can be known before it is sent."""

from dataclasses import dataclass
from decimal import Decimal

from kling._tasks import Amount


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a create will cost at Kling's list price.

    The charge may be lower: packages and contracts have discounts. It is only known exactly where
    `minimum` and `maximum` are the same; otherwise the length of a file, or how many pictures a
    series has, shows when the task has ended.
    """

    operation: str
    """The operationId of the create, or the path of an `Unlisted`."""
    package: str
    """The kind of resource package that pays: video, image or try-on; empty if unknown."""
    minimum: Decimal | None
    """The least that it may cost, in Kling units of that kind; None where no price is known."""
    maximum: Decimal | None
    """The most that it may cost, in Kling units; None where no price is known."""
    per: str
    """What the price is for: second, 5s, picture or call; empty where no price is known."""
    seconds: tuple[Decimal, Decimal] | None
    """How many seconds are paid for, least and most; None where the price is not one of time."""
    unit_value: Amount | None
    """The list price of one unit of such a package; None where no source states it."""
    as_of: str
    """The day on which the price list was read, such as 2026-09-20, or the year of an old one."""
    sources: tuple[str, ...]
    """Ids of `openapi/sources.yaml` that state the price."""
    reason: str
    """Why no price is known; empty where one is."""

    @property
    def units(self) -> Decimal | None:
        """What to be ready to pay, in Kling units: the maximum; None where no price is known."""
        return self.maximum

    @property
    def money(self) -> Amount | None:
        """The list price of `units`; None where that, or the value of a unit, is not known."""
        if self.units is None or self.unit_value is None:
            return None
        return Amount((self.units * self.unit_value.value).normalize() + 0, self.unit_value.unit)

    @property
    def is_exact(self) -> bool:
        """Whether the charge is known already."""
        return self.minimum is not None and self.minimum == self.maximum

    def __str__(self) -> str:
        if self.minimum is None or self.maximum is None:
            return f"no price is known. {self.reason}"
        least = "" if self.is_exact else f"{plain(self.minimum)} to "
        most = "" if self.is_exact else "at most "
        money = f", {most}{plain(self.money.value)} {self.money.unit}" if self.money else ""
        units = f"{least}{plain(self.maximum)} units of the {self.package} package"
        return f"{units}{money} (price list of {self.as_of})"


def plain(number: Decimal) -> str:
    """Return a number without zeros at its end, and without an exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
