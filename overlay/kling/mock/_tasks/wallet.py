"""What the account can pay with: resource packages, and the money of its balance."""

import math
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kling.description import Spec, currency, unit_value
from kling.mock._exchange import Refused
from kling.mock._tasks.charges import Charge

# In seconds.
_YEAR = 365 * 86400.0
# The units of each type of package for an account that has no packages.
_UNLIMITED_UNITS = Decimal(100_000)

PackagesLeft = list[tuple["Package", Decimal]]
"""Packages, each with the units that are left."""


@dataclass(frozen=True, slots=True)
class Package:
    """A resource package: how many tasks of its type may run at the same time, and its units."""

    type: str
    """What it pays for: video, image or try-on."""
    concurrency: int
    """How many slots it has. A task occupies one slot, or one for each image that it makes."""
    units: int = 1000
    """How many Kling units it has at first."""

    @property
    def name(self) -> str:
        """A name in the style of Kling's names."""
        return f"Mock-{self.type.title()}-{self.units}Units-{self.concurrency}Con"

    @property
    def id(self) -> str:
        """An id of 32 hexadecimal digits, like Kling's."""
        return uuid.uuid5(uuid.NAMESPACE_OID, self.name).hex

    @classmethod
    def parse(cls, text: str) -> "Package":
        """Read "video:5" or "video:5:100": type, concurrency, units.

        Raises:
            ValueError: the text has a different form.
        """
        match = re.fullmatch(r"([\w-]+):([0-9]{1,9})(?::([0-9]{1,9}))?", text)
        if not match:
            wanted = "a package looks like TYPE:CONCURRENCY:UNITS, such as video:5:100"
            raise ValueError(f"{text!r} is not a package; {wanted}")
        package_type, concurrency, units = match.groups(default="1000")
        return cls(package_type, int(concurrency), int(units))


@dataclass(frozen=True, slots=True)
class Balance:
    """The money of the account. It is charged if no package can pay."""

    currency: str
    """A currency code, such as USD."""
    amount: Decimal
    """How much money there is at first."""

    @classmethod
    def parse(cls, text: str) -> "Balance":
        """Read "USD:50": currency, amount.

        Raises:
            ValueError: the text has a different form.
        """
        match = re.fullmatch(r"([A-Z]{3}):([0-9]{1,9}(?:\.[0-9]{1,6})?)", text)
        if not match:
            wanted = "a balance looks like CURRENCY:AMOUNT, such as USD:50"
            raise ValueError(f"{text!r} is not a balance; {wanted}")
        return cls(match[1], Decimal(match[2]))


class Wallet:
    """Pays for creates from packages, then from the balance; if it has neither, it can always pay.

    Args:
        spec: the description, for the price of a unit.
        packages: the packages of the account.
        balance: the money of the account, if there is any.
        now: when the packages were bought, in Unix seconds.

    Raises:
        ValueError: a package has an unknown type, or the description has no prices in the currency.
    """

    def __init__(
        self,
        spec: Spec,
        packages: Sequence[Package] = (),
        balance: Balance | None = None,
        *,
        now: float = 0.0,
    ) -> None:
        if balance and balance.currency != currency(spec):
            known = currency(spec)
            right = f"prices are in {known}" if known else "the description has no prices in money"
            raise ValueError(f"a balance in {balance.currency} cannot pay for anything; {right}")
        self._spec = spec
        self._spent: dict[str, Decimal] = {}
        self._paid = Decimal(0)
        self.balance = balance
        self.packages: Sequence[Package] = ()
        self.set(packages, now)

    def set(self, packages: Sequence[Package], now: float) -> None:
        """Replace the packages; the units that were spent are subtracted from the new packages.

        Raises:
            ValueError: a package has an unknown type.
        """
        operations = self._spec.operations.values()
        types = {operation.task["package"] for operation in operations if operation.task}
        for package in packages:
            if package.type not in types:
                known = ", ".join(sorted(types))
                raise ValueError(f"{package.type} is not a type of package; the types are {known}")
        self.packages = tuple(packages)
        self._bought = now

    def clear(self) -> None:
        """Forget what was spent."""
        self._spent.clear()
        self._paid = Decimal(0)

    def charge(self, package: str, units: Decimal | None) -> Charge | None:
        """Return the charge for a create; None if its price is not known.

        Raises:
            Refused: 1102, neither a package nor the balance can pay.
        """
        if not self.packages and self.balance is None:
            return None if units is None else Charge(package, units)
        left = [units_left for owned, units_left in self.left() if owned.type == package]
        # A create without a known price still needs a package that is not used up.
        if sum(left) >= (units or 0) and any(left):
            return None if units is None else Charge(package, units)
        value = unit_value(self._spec, package)
        cash = None if units is None or value is None else units * value
        # Without packages, such a create needs a balance that is not used up.
        if self.balance is None or self.money_left < (cash or 0) or not self.money_left:
            raise Refused(1102)
        return None if units is None else Charge(package, units, cash, self.balance.currency)

    def spend(self, charge: Charge, sign: int = 1) -> None:
        """Subtract a charge; a `sign` of -1 gives it back."""
        if charge.cash is None:
            spent = self._spent.get(charge.package, Decimal(0))
            self._spent[charge.package] = spent + sign * charge.units
        else:
            self._paid += sign * charge.cash

    def left(self) -> PackagesLeft:
        """Return each package with the units that are left. The first package is used up first."""
        spent = dict(self._spent)
        result = []
        for package in self.packages:
            taken = min(spent.get(package.type, Decimal(0)), Decimal(package.units))
            spent[package.type] = spent.get(package.type, Decimal(0)) - taken
            result.append((package, package.units - taken))
        return result

    def term(self, now: float) -> tuple[float, float]:
        """Return when the packages begin and when they end, in Unix seconds.

        They last a year, and are renewed for as long as the mock runs.
        """
        years = max(0, math.floor((now - self._bought) / _YEAR)) + 1
        return self._bought, self._bought + years * _YEAR

    def initial_amount(self, payer: str) -> Decimal:
        """Return how many units a type of package has at first; for "balance", the money."""
        if payer == "balance":
            return self.balance.amount if self.balance else Decimal(0)
        units = [package.units for package in self.packages if package.type == payer]
        return Decimal(sum(units)) if units else _UNLIMITED_UNITS

    def paying_package(self, package_type: str, left: Decimal) -> str | None:
        """Return the id of the package that pays when its type has this many units left."""
        packages = [package for package in self.packages if package.type == package_type]
        # The first package is used up first, so the units that are left are in the last packages.
        units_from_here = Decimal(0)
        for package in reversed(packages):
            units_from_here += package.units
            if left <= units_from_here:
                return package.id
        if packages:
            return packages[0].id
        return Package(package_type, 0, int(_UNLIMITED_UNITS)).id

    @property
    def money_left(self) -> Decimal:
        """How much money is left on the balance."""
        return self.balance.amount - self._paid if self.balance else Decimal(0)
