"""What the account was charged for each task."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kling._http import Response, json_object, unreadable_reply
from kling._requests import call_of
from kling._tasks.amounts import UNITS, Amount, decimal_of
from kling._tasks.listing import CursorWalk
from kling._tasks.raw_tasks import UNREADABLE
from kling._tasks.reply_values import date_of

if TYPE_CHECKING:
    from kling_api import models

    Entry = models.BalanceDeductionEntry | models.PackageDeductionEntry


@dataclass(frozen=True, slots=True)
class Deduction:
    """Money or Kling units that Kling deducted for one task."""

    raw: "Entry"
    """The entry as a model of the generated client: model_name, api_key_name and so on."""

    @property
    def task_id(self) -> str:
        """Kling's id of the task that was paid for; empty if Kling does not state it."""
        task_id = self.raw.task_id
        return str(task_id) if isinstance(task_id, str | int) else ""

    @property
    def amount(self) -> Amount | None:
        """What was deducted."""
        return self._amount("deduction_amount")

    @property
    def before(self) -> Amount | None:
        """The balance, or the units in the package, before the deduction."""
        return self._amount("balance_before_deduction", "unit_before_deduction")

    @property
    def after(self) -> Amount | None:
        """The balance, or the units in the package, after the deduction."""
        return self._amount("balance_after_deduction", "unit_after_deduction")

    @property
    def list_price(self) -> Amount | None:
        """The price before discounts; None for a deduction from a package."""
        return self._amount("list_price")

    @property
    def time(self) -> datetime | None:
        """When the amount was deducted."""
        return date_of(self.raw.deduction_time)

    def _amount(self, *names: str) -> Amount | None:
        """Return an amount. Its field has different names in entries of balances and packages."""
        values = (getattr(self.raw, name) for name in names if hasattr(self.raw, name))
        number = next((decimal_of(value) for value in values), None)
        # Only the model for an entry of a balance has a currency, which Kling may leave out.
        currency = getattr(self.raw, "currency", UNITS)
        unit = currency if isinstance(currency, str) else ""
        return None if number is None else Amount(number, unit)


class Ledger(CursorWalk):
    """Reads a list of deductions page by page: those from the balance, or those from packages.

    Raises:
        InvalidRequestError: the request breaks rules.
        TypeError: the request does not list deductions.
    """

    def __init__(
        self, request: "models.ListBalanceDeductionsRequest | models.ListPackageDeductionsRequest"
    ) -> None:
        from kling_api import models

        entries: dict[type, Any] = {
            models.ListBalanceDeductionsRequest: models.BalanceDeductionEntry,
            models.ListPackageDeductionsRequest: models.PackageDeductionEntry,
        }
        if type(request) not in entries:
            known = " or ".join(kind.__name__ for kind in entries)
            raise TypeError(f"{type(request).__name__} does not list deductions; use {known}")
        self._entry = entries[type(request)]
        super().__init__(call_of(request), ())  # queries for later pages have only the cursor

    def read(self, response: Response) -> list[Deduction]:
        """Return the deductions of a page, and remember where the next page begins.

        Raises:
            APIStatusError: the reply cannot be read.
        """
        try:
            data = json_object(response)["data"]
            entries = (data.get("result") or {}).get("detail") or []
            deductions = [Deduction(self._entry.from_dict(entry)) for entry in entries]
            self.advance(data)
        except UNREADABLE as error:
            raise unreadable_reply(response, error) from error
        return deductions
