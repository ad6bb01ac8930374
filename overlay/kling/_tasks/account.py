"""The resource packages of the account, and how many of their units are left."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from kling._http import Response, Steps, error_in_data, json_object, send_query, unreadable_reply
from kling._requests import query_call
from kling._tasks.amounts import UNITS, Amount, decimal_of
from kling._tasks.raw_tasks import UNREADABLE
from kling._tasks.reply_values import date_of
from kling.description import load

if TYPE_CHECKING:
    from kling_api import models

_COSTS = "getAccountCosts"
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class ResourcePackage:
    """A resource package of the account, such as 1,000 units for videos."""

    raw: "models.ResourcePack"
    """The entry as a model of the generated client: id, type, time of purchase and so on."""

    @property
    def name(self) -> str:
        """The name of the package. Only the name says what the package pays for."""
        return str(self.raw.resource_pack_name or "")

    @property
    def status(self) -> str:
        """toBeOnline, online, expired or runOut, or a word that Kling adds later; may be empty."""
        return str(self.raw.status or "")

    @property
    def total(self) -> Amount | None:
        """Kling units that were bought."""
        return _units(self.raw.total_quantity)

    @property
    def left(self) -> Amount | None:
        """Kling units that are left. This number may be some hours old; see `Account.lag`."""
        return _units(self.raw.remaining_quantity)

    @property
    def usable_from(self) -> datetime | None:
        """When the package becomes valid."""
        return date_of(self.raw.effective_time)

    @property
    def usable_until(self) -> datetime | None:
        """When the package expires, even if units are left."""
        return date_of(self.raw.invalid_time)


@dataclass(frozen=True, slots=True)
class Account:
    """The resource packages of an account, at the time of one query."""

    packages: tuple[ResourcePackage, ...]
    """In Kling's order, including those that have expired."""
    read_at: datetime
    """When the query was sent."""
    lag: timedelta
    """How old `ResourcePackage.left` may be, according to Kling's documentation."""

    @property
    def usable(self) -> tuple[ResourcePackage, ...]:
        """The packages that could pay for a task at the time of the query."""
        return tuple(package for package in self.packages if package.status == "online")


class AccountReader:
    """Reads the account, no more often than Kling allows."""

    def __init__(self, time: Callable[[], float]) -> None:
        self._time = time
        # The `since` of the last query, and its answer.
        self._last: tuple[datetime | None, Account] | None = None

    def read(self, since: datetime | None) -> Steps[Account]:
        """Query the account, or return the last answer if it is too early for another query.

        Args:
            since: the start of the period to ask about; None for one year ago.

        Raises:
            APIError: the account could not be read.
        """
        now = datetime.fromtimestamp(self._time(), UTC)
        operation = load().operations[_COSTS]
        min_interval = timedelta(seconds=operation.node["x-kling-rate"]["seconds"])
        if self._last:
            last_since, last_account = self._last
            if last_since == since and now - last_account.read_at < min_interval:
                return last_account
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
        packages = tuple(ResourcePackage(models.ResourcePack.from_dict(info)) for info in infos)
    except UNREADABLE as error:
        raise unreadable_reply(response, error) from error
    return packages


def _units(value: object) -> Amount | None:
    number = decimal_of(value)
    return None if number is None else Amount(number, UNITS)


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
