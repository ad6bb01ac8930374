"""The kind of server at an address, and how much the check may spend there."""

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
# Units to reserve for a create if no body of its operation has a known price.
_DEFAULT_COST = Decimal(10)


class Place(Enum):
    """What kind of server it is, according to its host name."""

    KLING = "Kling itself"
    GATEWAY = "a gateway that sells Kling"
    HERE = "a server on this machine"
    ELSEWHERE = "a server on another machine"


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a server.

    The URL is put together from its parsed parts, so that every program finds the same host in it.
    """

    url: str
    """The base URL, to which the paths of the description are appended."""
    origin: str
    """The URL without its path, such as http://127.0.0.1:8000."""
    host: str
    place: Place


def address(url: str) -> Address:
    """Parse the address of a server.

    Raises:
        ValueError: the address is not an http or https URL, or it has a part other than scheme,
            host, port and path.
    """
    text = url.strip()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f"the address cannot be read: {error}") from error
    # Programs may read different hosts in a URL with white space or a backslash.
    if re.search(r"[\s\\]", text) or parts.scheme not in ("http", "https") or not host:
        raise ValueError("the address of a server must be a URL such as http://127.0.0.1:8000")
    if "@" in parts.netloc:
        raise ValueError(
            "the address must not contain credentials; give them as KLING_API_KEY, or "
            "as KLING_ACCESS_KEY with KLING_SECRET_KEY"
        )
    if parts.query or parts.fragment:
        raise ValueError("the address of a server must not have a query or a fragment (? or #)")
    if "%" in host:
        raise ValueError(
            "the host in the address must not contain % (percent-encoding or a zone); write the "
            "host name itself, such as example.org"
        )
    name = _ascii_host(host)
    # A URL has brackets around an IPv6 address.
    shown = f"[{name}]" if ":" in name else name
    origin = f"{parts.scheme}://{shown}{'' if port is None else f':{port}'}"
    return Address(origin + parts.path.rstrip("/"), origin, name, _place(name))


def _ascii_host(host: str) -> str:
    if ":" in host:
        return str(ipaddress.IPv6Address(host))
    try:
        return host.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError as error:
        raise ValueError("the host in the address is not a valid host name") from error


def _place(host: str) -> Place:
    if host == _KLING or host.endswith(f".{_KLING}"):
        return Place.KLING
    if host in _gateway_hosts():
        return Place.GATEWAY
    return Place.HERE if _is_loopback(host) else Place.ELSEWHERE


@cache
def _gateway_hosts() -> frozenset[str]:
    of_dialects = (urlsplit(url).hostname for url in servers_of_dialects())
    return frozenset(host for host in (*load().hosts, *of_dialects) if host)


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    with suppress(ValueError):
        ip = ipaddress.ip_address(host)
        # An IPv6 address may stand for an IPv4 address, as in ::ffff:127.0.0.1.
        return (getattr(ip, "ipv4_mapped", None) or ip).is_loopback
    # Sockets also accept other forms of 127.0.0.1: 127.1, 2130706433 and 0x7f.1.
    if re.fullmatch(r"[0-9a-fx.]+", host):
        with suppress(OSError):
            return ipaddress.ip_address(socket.inet_aton(host)).is_loopback
    return False


class CheckBudget:
    """How much the check may spend, and what it has created.

    Args:
        spec: the description, which has the price list.
        bodies: the request bodies of the check.
        spend: how many units may be spent in all; None if nothing may be created.
        is_mock: whether the server is a mock. It charges nothing, so `spend` does not matter.
    """

    def __init__(self, spec: Spec, bodies: Bodies, spend: Decimal | None, *, is_mock: bool) -> None:
        self._spec = spec
        self._bodies = bodies
        self._remaining = spend
        self.may_create = is_mock or spend is not None
        """Whether the check may create tasks at all."""
        self._is_mock = is_mock
        self._lock = threading.Lock()
        self._reservation_ended = threading.Condition()
        self._in_flight = 0
        self._highest_costs: dict[str, Decimal] = {}
        self.created = 0
        """How many tasks the server created, according to its replies."""
        self.units: dict[str, Decimal] = {}
        """What these tasks cost by the price list, by kind of resource package."""
        self.unpriced = 0
        """How many of these tasks have no known price."""

    @property
    def why_not_sent(self) -> str:
        """Why a create was not sent."""
        if self._remaining is None:
            return "It may create a task, and --spend was not given."
        return "It may create a task that costs more than the rest of --spend."

    def reserve(self, operation: Operation, body: Any) -> Decimal | None:
        """Reserve what a request may cost; return None if the budget is not enough.

        After the reply, the caller must call `end_reservation` with the returned units.
        """
        if self._is_mock:
            return Decimal(0)
        if self._remaining is None:
            return None
        cost = self.cost(operation, body)
        with self._reservation_ended:
            # Wait until the rest is enough, or no request is in flight. If requests in flight are
            # refused, they return what they reserved.
            self._reservation_ended.wait_for(
                lambda: cost <= (self._remaining or 0) or not self._in_flight
            )
            if cost > self._remaining:
                return None
            self._remaining -= cost
            self._in_flight += 1
            return cost

    def end_reservation(self, reserved: Decimal, *, is_spent: bool) -> None:
        """End a reservation; if the units were not spent, return them to the budget."""
        if self._is_mock or self._remaining is None:
            return
        with self._reservation_ended:
            self._in_flight -= 1
            if not is_spent:
                self._remaining += reserved
            self._reservation_ended.notify_all()

    def cost(self, operation: Operation, body: Any) -> Decimal:
        """Return the highest price that a body may have, in units."""
        return self._cost(operation, body)[1]

    def count(self, operation: Operation, body: Any) -> None:
        """Count a task or another paid thing that the server has made, and its price."""
        # Other calls, such as a deletion, make nothing that is paid.
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
        """Return (kind of package that pays, highest cost of a body, whether the cost is known).

        If the cost is not known, return the highest cost of all bodies of the operation.
        """
        prices = prices_of(self._spec, operation.id)
        if prices is None:
            return "", Decimal(0), True  # the operation costs nothing
        converted = self._bodies.well_formed(operation, body)
        cost = prices.cost(converted) if converted is not None else None
        if cost and cost.most is not None:
            return cost.package, cost.most, True
        return prices.package, self._highest_cost(operation), False

    def _highest_cost(self, operation: Operation) -> Decimal:
        """Return the highest known price of the bodies of an operation, in units."""
        if operation.id not in self._highest_costs:
            prices = prices_of(self._spec, operation.id)
            known = []
            if prices:
                for case in self._bodies.accepted(operation):
                    cost = prices.cost(self._bodies.converted(operation, case.body))
                    if cost.most:
                        known.append(cost.most)
            self._highest_costs[operation.id] = max(known, default=_DEFAULT_COST)
        return self._highest_costs[operation.id]
