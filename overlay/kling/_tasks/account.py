"""What the account has bought, and what is left of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from kling._http import Response, Steps, error_in_data, json_object, send_query, unreadable_reply
from kling._requests import query_call
from kling._tasks.amounts import UNITS, Amount, decimal_of
from kling._tasks.raw_tasks import UNREADABLE
from kling._tasks.task import date_of
from kling.description import load

if TYPE_CHECKING:
    from kling_api import models

_COSTS = "getAccountCosts"
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class ResourcePackage:
    """A resource package of the account, such as 1,000 units for videos."""

    raw: "models.ResourcePack"
    """The entry as the generated client has it: id, type, when it was bought and so on."""

    @property
    def name(self) -> str:
        """Its name; Kling says in no other field what it pays for."""
        return str(self.raw.resource_pack_name or "")

    @property
    def status(self) -> str:
        """toBeOnline, online, expired, runOut, or what else Kling says; may be empty."""
        return str(self.raw.status or "")

    @property
    def total(self) -> Amount | None:
        """Kling units that it had in the beginning."""
        return _units(self.raw.total_quantity)

    @property
    def left(self) -> Amount | None:
        """Kling units that are left of it; see `Account.lag`."""
        return _units(self.raw.remaining_quantity)

    @property
    def usable_from(self) -> datetime | None:
        """When it begins."""
        return date_of(self.raw.effective_time)

    @property
    def usable_until(self) -> datetime | None:
        """When it ends, even if units are left."""
        return date_of(self.raw.invalid_time)


@dataclass(frozen=True, slots=True)
class Account:
    """The resource packages of an account, as Kling said once."""

    packages: tuple[ResourcePackage, ...]
    """In Kling's order; those that have ended too."""
    read_at: datetime
    """When Kling was asked."""
    lag: timedelta
    """How far what is left may lie behind what was used, by Kling's page."""

    @property
    def usable(self) -> tuple[ResourcePackage, ...]:
        """The packages that could pay for a task when Kling was asked."""
        return tuple(one for one in self.packages if one.status == "online")


class AccountReading:
    """Asks what the account has, no oftener than Kling allows."""

    def __init__(self, time: Callable[[], float]) -> None:
        self._time = time
        self._last: tuple[datetime | None, Account] | None = None

    def read(self, since: datetime | None) -> Steps[Account]:
        """Return the account; the one of the last time if Kling may not be asked again yet.

        Raises:
            APIError: it could not be read.
        """
        now = datetime.fromtimestamp(self._time(), UTC)
        operation = load().operations[_COSTS]
        pause = timedelta(seconds=operation.node["x-kling-rate"]["seconds"])
        if self._last and self._last[0] == since and now - self._last[1].read_at < pause:
            return self._last[1]
        span = {"start_time": _milliseconds(since or now - _YEAR), "end_time": _milliseconds(now)}
        response = yield from send_query(query_call(operation, parameters=span))
        account = Account(
            _packages_in(response), now, timedelta(hours=operation.node["x-kling-lag"]["hours"])
        )
        self._last = since, account
        return account


def _packages_in(response: Response) -> tuple[ResourcePackage, ...]:
    if refusal := error_in_data(response):
        raise refusal
    from kling_api import models

    try:
        data = json_object(response)["data"]
        infos = data.get("resource_pack_subscribe_infos") or ()
        packages = tuple(ResourcePackage(models.ResourcePack.from_dict(one)) for one in infos)
    except UNREADABLE as error:
        raise unreadable_reply(response, error) from error
    return packages


def _units(value: object) -> Amount | None:
    number = decimal_of(value)
    return None if number is None else Amount(number, UNITS)


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
