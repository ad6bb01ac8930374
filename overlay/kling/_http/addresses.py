"""Private addresses: the addresses of this machine and its network.

By default, the client downloads no results from them.
"""

import ipaddress
import socket
import threading
from collections.abc import Iterable, Sequence
from functools import cache
from queue import Empty, SimpleQueue
from typing import Any

# The range 198.18.0.0/15 is not in this list, because some proxies resolve every name to an address
# in it.
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

    An IPv4 address that is mapped to IPv6 counts as the IPv4 address. The unspecified address
    (0.0.0.0 or ::) counts as private, because a connection to it reaches this machine.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])  # without the zone of an IPv6 address
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return ip.is_unspecified or any(ip in network for network in _networks())


def literal_address(host: str) -> str:
    """If a host is written as an IP address, return the address; if it is a name, return "".

    An address may have an unusual form: 2130706433 is 127.0.0.1. The name localhost counts as
    127.0.0.1, because it means this address on every machine.
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


def resolve(host: str, port: int, seconds: float | None) -> Sequence[str]:
    """Return the IP addresses of a host.

    Raises:
        TimeoutError: the look-up takes longer than `seconds`.
        OSError, UnicodeError: the host has no address.
    """
    if is_address(host):
        return (host,)
    answers: SimpleQueue[Any] = SimpleQueue()

    def look_up() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    try:
        # A look-up by the system cannot be interrupted, so a separate thread waits for it.
        threading.Thread(target=look_up, daemon=True).start()
    except RuntimeError:
        # No thread can start when the interpreter is shutting down.
        look_up()
    try:
        answer = answers.get(timeout=seconds)
    except Empty:
        raise TimeoutError(f"the look-up of {host} timed out") from None
    if isinstance(answer, Exception):
        raise answer
    return _addresses_in(answer)


async def aresolve(host: str, port: int, seconds: float | None) -> Sequence[str]:
    """Do the same as `resolve`, with await."""
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
    """Return the addresses in an answer of getaddrinfo, each only once."""
    # The last item of each entry is (address, port, ...).
    return list(dict.fromkeys(str(entry[4][0]) for entry in answer))
