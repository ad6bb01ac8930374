"""The estimated cost of a create, before it is sent."""

from dataclasses import dataclass
from decimal import Decimal

from kling._tasks import Amount


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a create will cost at Kling's list price.

    Packages and contracts have discounts, so the charge may be lower. The list price is exact if
    `minimum` equals `maximum`. Otherwise it depends on something that is known only when the task
    has ended: the length of a file, or the number of images in a series.
    """

    operation: str
    """The operationId of the create, or the path of an `Unlisted`."""
    package: str
    """The kind of resource package that pays: video, image or try-on; empty if unknown."""
    minimum: Decimal | None
    """The least that the create may cost, in Kling units; None if no price is known."""
    maximum: Decimal | None
    """The most that the create may cost, in Kling units; None if no price is known."""
    per: str
    """What a price pays for: a `second`, `5s`, a `picture` or a `call`; empty if none is known."""
    seconds: tuple[Decimal, Decimal] | None
    """The least and the most seconds to pay for; None if the length does not affect the price."""
    unit_value: Amount | None
    """The list price of one unit of this kind of package; None if no source states it."""
    as_of: str
    """The date on which the price list was read, such as 2026-09-20, or the year of an old list."""
    sources: tuple[str, ...]
    """Ids of the sources in `openapi/sources.yaml` that state the price."""
    reason: str
    """Why no price is known; empty if a price is known."""

    @property
    def units(self) -> Decimal | None:
        """The same as `maximum`: how many units to have ready; None if no price is known."""
        return self.maximum

    @property
    def money(self) -> Amount | None:
        """The list price of `units` in money; None if `units` or the price of one is not known."""
        if self.units is None or self.unit_value is None:
            return None
        # `normalize` removes trailing zeros, but writes 100 as 1E+2; `+ 0` makes it 100 again.
        return Amount((self.units * self.unit_value.value).normalize() + 0, self.unit_value.unit)

    @property
    def is_exact(self) -> bool:
        """Whether the list price is known exactly."""
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
    """Return a number without trailing zeros and without an exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
