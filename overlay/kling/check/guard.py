"""What kind of server an address leads to, and what the check may spend there."""

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
    """What kind of server it is, judged by the host name."""

    KLING = "Kling itself"
    GATEWAY = "a gateway that sells Kling"
    HERE = "a server on this machine"
    ELSEWHERE = "a server on another machine"


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a server, rebuilt from its parsed parts, so that requests go nowhere else."""

    url: str
    """The base URL, to which the paths of the description are appended."""
    origin: str
    host: str
    place: Place


def address(url: str) -> Address:
    """Parse the address of a server.

    Raises:
        ValueError: the address is not an http or https URL, or has more than scheme, host, port
            and path.
    """
    text = url.strip()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f"the address cannot be read: {error}") from error
    # Two programs could read such a URL as two different hosts.
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
        raise ValueError("the host in the address must not contain %; write the name itself")
    name = _ascii_host(host)
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
    named = (urlsplit(url).hostname for url in servers_of_dialects())
    return frozenset(host for host in (*load().hosts, *named) if host)


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    with suppress(ValueError):
        found = ipaddress.ip_address(host)
        return (getattr(found, "ipv4_mapped", None) or found).is_loopback
    # Sockets also accept 127.1, 2130706433 and 0x7f.1 as addresses.
    if re.fullmatch(r"[0-9a-fx.]+", host):
        with suppress(OSError):
            return ipaddress.ip_address(socket.inet_aton(host)).is_loopback
    return False


class CheckBudget:
    """How much the check may spend, and what it has created.

    Args:
        spec: the description, which has the price list.
        bodies: reads bodies as Kling does.
        spend: how many units may be spent in all; None if nothing may be created.
        is_mock: whether the server is a mock, which charges nothing.
    """

    def __init__(self, spec: Spec, bodies: Bodies, spend: Decimal | None, *, is_mock: bool) -> None:
        self._spec = spec
        self._bodies = bodies
        self._remaining = spend
        self.may_create = is_mock or spend is not None
        """Whether the check may create tasks at all."""
        self._is_mock = is_mock
        self._lock = threading.Lock()
        self._settled = threading.Condition()
        self._in_flight = 0
        self._highest_costs: dict[str, Decimal] = {}
        self.created = 0
        self.units: dict[str, Decimal] = {}
        self.unpriced = 0

    @property
    def reason(self) -> str:
        """Why a create was not sent."""
        if self._remaining is None:
            return "It may create a task, and --spend was not given."
        return "It may create a task, and what is left of --spend is not enough."

    def reserve(self, operation: Operation, body: Any) -> Decimal | None:
        """Reserve what a request may cost; return None if the budget is not enough.

        The caller must call `settle` with the returned number of units.
        """
        if self._is_mock:
            return Decimal(0)
        if self._remaining is None:
            return None
        cost = self.cost(operation, body)
        with self._settled:
            # Requests in flight may give back what they have reserved.
            self._settled.wait_for(lambda: cost <= (self._remaining or 0) or not self._in_flight)
            if cost > self._remaining:
                return None
            self._remaining -= cost
            self._in_flight += 1
            return cost

    def settle(self, reserved: Decimal, *, is_spent: bool) -> None:
        """End a reservation; give the units back if the request was refused."""
        if self._is_mock or self._remaining is None:
            return
        with self._settled:
            self._in_flight -= 1
            if not is_spent:
                self._remaining += reserved
            self._settled.notify_all()

    def cost(self, operation: Operation, body: Any) -> Decimal:
        """Return the highest price that a body may have, in units."""
        return self._cost(operation, body)[1]

    def count(self, operation: Operation, body: Any) -> None:
        """Count a task that the server has created, and its price."""
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

        A body without a known price counts as much as the most expensive body of its operation.
        """
        prices = prices_of(self._spec, operation.id)
        if prices is None:
            return "", Decimal(0), True
        read = self._bodies.well_formed(operation, body)
        cost = prices.cost(read) if read is not None else None
        if cost and cost.most is not None:
            return cost.package, cost.most, True
        return prices.package, self._highest_cost(operation), False

    def _highest_cost(self, operation: Operation) -> Decimal:
        if operation.id not in self._highest_costs:
            prices = prices_of(self._spec, operation.id)
            read = (
                self._bodies.read(operation, case.body) for case in self._bodies.accepted(operation)
            )
            costs = [cost.most for cost in map(prices.cost, read) if cost.most] if prices else []
            self._highest_costs[operation.id] = max(costs, default=_DEFAULT_COST)
        return self._highest_costs[operation.id]
