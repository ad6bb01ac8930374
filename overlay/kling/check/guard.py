"""What kind of server an address leads to, and what may be sent to it without spending money."""

import ipaddress
import re
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from kling.check.bodies import Bodies
from kling.description import Operation, Spec, load, prices_of, servers_of_dialects

_KLING = "klingai.com"
# Units that a body counts for where no source prices any body of its operation.
_UNPRICED = Decimal(10)


class Place(Enum):
    """What an address leads to, as far as its host says it."""

    KLING = "Kling itself"
    GATEWAY = "a gateway that sells Kling"
    HERE = "a server on this machine"
    ELSEWHERE = "a server elsewhere"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is: written anew from what was understood, so that this is where all goes."""

    url: str
    """What the paths of the description are added to."""
    origin: str
    host: str
    place: Place


def address(url: str) -> Address:
    """Read the address of a server.

    Raises:
        ValueError: it is no http or https URL of a host.
    """
    text = url.strip()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f"the address cannot be read: {error}") from error
    # What two programs could read differently is not sent anywhere.
    if re.search(r"[\s\\]", text) or parts.scheme not in ("http", "https") or not host:
        raise ValueError("the address of a server is a URL such as http://127.0.0.1:8000")
    if "@" in parts.netloc:
        raise ValueError(
            "the address has a user name before its @; credentials come from KLING_API_KEY, or "
            "from KLING_ACCESS_KEY with KLING_SECRET_KEY"
        )
    if parts.query or parts.fragment:
        raise ValueError("the address of a server ends before ? and #")
    if "%" in host:
        raise ValueError("the host in the address has a % sign; write it plainly")
    name = _plain(host)
    shown = f"[{name}]" if ":" in name else name
    origin = f"{parts.scheme}://{shown}{'' if port is None else f':{port}'}"
    return Address(origin + parts.path.rstrip("/"), origin, name, _place(name))


def _plain(host: str) -> str:
    if ":" in host:
        return str(ipaddress.IPv6Address(host))
    try:
        return host.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError as error:
        raise ValueError("the host in the address is no name of a host") from error


def _place(host: str) -> Place:
    if host == _KLING or host.endswith(f".{_KLING}"):
        return Place.KLING
    if host in _sellers():
        return Place.GATEWAY
    return Place.HERE if _is_loopback(host) else Place.ELSEWHERE


@cache
def _sellers() -> frozenset[str]:
    named = (urlsplit(url).hostname for url in servers_of_dialects())
    return frozenset(host for host in (*load().hosts, *named) if host)


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    with suppress(ValueError):
        found = ipaddress.ip_address(host)
        return (getattr(found, "ipv4_mapped", None) or found).is_loopback
    # Sockets also take 127.1, 2130706433 and 0x7f.1.
    if re.fullmatch(r"[0-9a-fx.]+", host):
        with suppress(OSError):
            return ipaddress.ip_address(socket.inet_aton(host)).is_loopback
    return False


class Purse:
    """What may be created, what it costs, and what was created.

    Args:
        spec: the description, whose price list counts.
        bodies: reads bodies as Kling does.
        spend: units that may be spent in all; None for nothing.
        is_mock: whether nothing costs anything.
    """

    def __init__(self, spec: Spec, bodies: Bodies, spend: Decimal | None, *, is_mock: bool) -> None:
        self._spec = spec
        self._bodies = bodies
        self._left = spend
        self.may_create = is_mock or spend is not None
        """Whether anything may be created at all."""
        self._is_mock = is_mock
        self._lock = threading.Lock()
        self._settled = threading.Condition()
        self._open = 0
        self._highest: dict[str, Decimal] = {}
        self.created = 0
        self.units: dict[str, Decimal] = {}
        self.unpriced = 0

    @property
    def reason(self) -> str:
        """Why something was not sent."""
        if self._left is None:
            return "It may create a task, and --spend allows nothing."
        return "It may create a task, and what --spend allows is not enough for it."

    def reserve(self, operation: Operation, body: Any) -> Decimal | None:
        """Take what a request may cost out of the budget; None if that is not there.

        `settle` is to follow.
        """
        if self._is_mock:
            return Decimal(0)
        if self._left is None:
            return None
        cost = self.cost(operation, body)
        with self._settled:
            # What others have taken may come back.
            self._settled.wait_for(lambda: cost <= (self._left or 0) or not self._open)
            if cost > self._left:
                return None
            self._left -= cost
            self._open += 1
            return cost

    def settle(self, reserved: Decimal, *, is_spent: bool) -> None:
        """Put back what a request did not cost, if it was refused."""
        if self._is_mock or self._left is None:
            return
        with self._settled:
            self._open -= 1
            if not is_spent:
                self._left += reserved
            self._settled.notify_all()

    def cost(self, operation: Operation, body: Any) -> Decimal:
        """Return the most that a body may cost, in units."""
        return self._cost(operation, body)[1]

    def count(self, operation: Operation, body: Any) -> None:
        """Note that the server has made something."""
        if not operation.makes_task and "x-kling-price" not in operation.node:
            return
        package, cost, is_known = self._cost(operation, body)
        with self._lock:
            self.created += 1
            if is_known:
                self.units[package] = self.units.get(package, Decimal(0)) + cost
            else:
                self.unpriced += 1

    def _cost(self, operation: Operation, body: Any) -> tuple[str, Decimal, bool]:
        """Return the package that pays, the most that a body may cost, and whether that is known.

        What no source prices counts as much as the dearest body of its operation that one prices.
        """
        prices = prices_of(self._spec, operation.id)
        if prices is None:
            return "", Decimal(0), True
        read = self._bodies.well_formed(operation, body)
        cost = prices.cost(read) if read is not None else None
        if cost and cost.most is not None:
            return cost.package, cost.most, True
        return prices.package, self._dearest(operation), False

    def _dearest(self, operation: Operation) -> Decimal:
        if operation.id not in self._highest:
            prices = prices_of(self._spec, operation.id)
            read = (
                self._bodies.read(operation, one.body) for one in self._bodies.accepted(operation)
            )
            costs = [cost.most for cost in map(prices.cost, read) if cost.most] if prices else []
            self._highest[operation.id] = max(costs, default=_UNPRICED)
        return self._highest[operation.id]
