"""Addresses of this machine and of its network, which results must not lead to."""

import ipaddress
import socket
import threading
from collections.abc import Iterable, Sequence
from functools import cache
from queue import Empty, SimpleQueue
from typing import Any

# Not the ranges of proxies that answer every name with an address of their own, as 198.18.0.0/15.
_PRIVATE = (
    "127.0.0.0/8",
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "169.254.0.0/16",
    "::1/128",
    "fc00::/7",
    "fe80::/10",
)


def is_private(address: str) -> bool:
    """Whether an IP address belongs to this machine or to its network.

    An IPv4 address inside an IPv6 one counts as itself. Systems take the unspecified address for
    their own.
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    found = getattr(found, "ipv4_mapped", None) or found
    return found.is_unspecified or any(found in network for network in _networks())


def literal(host: str) -> str:
    """Return the IP address that a host is written as, also in a form such as 2130706433.

    Empty if it is a name; localhost means the same everywhere.
    """
    host = host.rstrip(".").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return "127.0.0.1"
    if is_address(host):
        return host
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, UnicodeError):
        return ""


@cache
def _networks() -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    return tuple(map(ipaddress.ip_network, _PRIVATE))


def resolved(host: str, port: int, seconds: float | None) -> Sequence[str]:
    """Return the IP addresses of a host.

    Raises:
        TimeoutError: there is no answer in time.
        OSError, UnicodeError: there is no address.
    """
    if is_address(host):
        return (host,)
    answers: SimpleQueue[Any] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    try:
        # The system's look-up cannot be cut off, only left alone.
        threading.Thread(target=ask, daemon=True).start()
    except RuntimeError:
        # No thread starts while the interpreter ends.
        ask()
    try:
        answer = answers.get(timeout=seconds)
    except Empty:
        raise TimeoutError(f"{host} was not found in time") from None
    if isinstance(answer, Exception):
        raise answer
    return _addresses_in(answer)


async def aresolved(host: str, port: int, seconds: float | None) -> Sequence[str]:
    """Do the same with await."""
    import anyio

    if is_address(host):
        return (host,)
    with anyio.fail_after(seconds):
        return _addresses_in(await anyio.getaddrinfo(host, port, type=socket.SOCK_STREAM))


def is_address(host: str) -> bool:
    """Whether a host is an IP address in its usual form."""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _addresses_in(answer: Iterable[tuple[Any, ...]]) -> Sequence[str]:
    return list(dict.fromkeys(str(one[4][0]) for one in answer))
