"""What the account was charged, task by task."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kling._http import Response, json_object, unreadable_reply
from kling._requests import call_of
from kling._tasks.amounts import UNITS, Amount, decimal_of
from kling._tasks.listing import Cursor
from kling._tasks.raw_tasks import UNREADABLE
from kling._tasks.task import date_of

if TYPE_CHECKING:
    from kling_api import models

    Entry = models.BalanceDeductionEntry | models.PackageDeductionEntry


@dataclass(frozen=True, slots=True)
class Deduction:
    """Money or Kling units that were taken for one task."""

    raw: "Entry"
    """The entry as the generated client has it: model_name, api_key_name, duration and so on."""

    @property
    def task_id(self) -> str:
        """Kling's id of the task that was paid for; empty if Kling does not say it."""
        said = self.raw.task_id
        return str(said) if isinstance(said, str | int) else ""

    @property
    def amount(self) -> Amount | None:
        """What was taken."""
        return self._amount("deduction_amount")

    @property
    def before(self) -> Amount | None:
        """What was in the balance or the package before."""
        return self._amount("balance_before_deduction", "unit_before_deduction")

    @property
    def after(self) -> Amount | None:
        """What was left in it."""
        return self._amount("balance_after_deduction", "unit_after_deduction")

    @property
    def list_price(self) -> Amount | None:
        """Price before discounts; of deductions from a balance only."""
        return self._amount("list_price")

    @property
    def time(self) -> datetime | None:
        """When it was taken."""
        return date_of(self.raw.deduction_time)

    def _amount(self, *names: str) -> Amount | None:
        number = next(
            (decimal_of(getattr(self.raw, n)) for n in names if hasattr(self.raw, n)), None
        )
        currency = getattr(self.raw, "currency", UNITS)
        unit = currency if isinstance(currency, str) else ""
        return None if number is None else Amount(number, unit)


class Ledger(Cursor):
    """A walk over the deductions from the balance, or over those from packages.

    Raises:
        InvalidRequestError: the request breaks rules.
        TypeError: it asks for something else.
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
            known = " or ".join(one.__name__ for one in entries)
            raise TypeError(f"{type(request).__name__} asks for no deductions; use {known}")
        self._entry = entries[type(request)]
        super().__init__(call_of(request), ())

    def read(self, response: Response) -> list[Deduction]:
        """Take note of a part, and return its deductions.

        Raises:
            APIStatusError: the reply cannot be read.
        """
        try:
            data = json_object(response)["data"]
            entries = (data.get("result") or {}).get("detail") or []
            deductions = [Deduction(self._entry.from_dict(one)) for one in entries]
            self.advance(data)
        except UNREADABLE as error:
            raise unreadable_reply(response, error) from error
        return deductions
