"""Who may use the mock's own pages and switches: no web page of another site.

A browser lets a page read the host that it came from, by name. Whoever owns a name can lead it to
the machine of a visitor, and so to this mock; but the Host of such a request still is that name.
"""

import ipaddress
import re
from collections.abc import Collection
from urllib.parse import urlsplit

from kling.mock._exchange import Call

_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*")


class Visitors:
    """Knows which hosts lead here: localhost, every address, and the names that it is given.

    Args:
        listens_on: the name or address that it was told to listen on.
        names: those names.
        public_url: a URL whose host is one of them too.

    Raises:
        TypeError: `names` is a text.
        ValueError: one of the names is no host.
    """

    def __init__(self, listens_on: str, names: Collection[str], public_url: str | None) -> None:
        if isinstance(names, str):
            # Each of its letters would pass for a host.
            raise TypeError(f'allowed hosts are a list, such as ["{names}"]')
        for name in names:
            if not _NAME.fullmatch(name):
                raise ValueError(f"{name!r} is no name of a host; write one such as kling-mock")
        public = _host_of(urlsplit(public_url or "").netloc)
        self.names = {public, listens_on.lower(), *map(str.lower, names)} - {""}
        """The names that lead here, beside localhost and addresses."""

    def refusal(self, call: Call) -> str:
        """Return why a call may come from a page of another site; nothing if it does not."""
        place = call.headers.get("host", "")
        host = _host_of(place)
        # Every browser sends it, and no address can be led elsewhere.
        if place and not self._leads_here(host) and _address(host) is None:
            name = host or "NAME"
            return f"the Host {place} may not use this; --allow-host {name} allows it"
        origin = call.headers.get("origin", "")
        if call.method in ("GET", "HEAD") or not origin:
            return ""
        page = origin.lower().partition("://")[2]
        if page and (page == place.lower() or self._leads_here(_host_of(page))):
            return ""
        return "pages of another site, which the Origin names, may not use this"

    def _leads_here(self, host: str) -> bool:
        address = _address(host)
        is_local = address.is_loopback if address else host.rpartition(".")[2] == "localhost"
        return is_local or host in self.names


def _host_of(netloc: str) -> str:
    """Return the host without its port; empty if there is none."""
    try:
        return (urlsplit(f"//{netloc}").hostname or "").removesuffix(".")
    except ValueError:
        return ""


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
