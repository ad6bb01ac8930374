"""Keeps web pages of other sites away from the pages and controls of the mock.

The owner of a web page can point its host name at the machine of a visitor (DNS rebinding), and so
reach this mock from the visitor's browser. The Host of such a request is still that name.
"""

import ipaddress
import re
from collections.abc import Collection
from urllib.parse import urlsplit

from kling.mock._exchange import Call

_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*")


class Visitors:
    """Decides whether a request may use the pages and controls of the mock.

    The Host of the request must be localhost, an IP address, or one of the names of the mock.

    Args:
        listens_on: the name or address that the mock listens on.
        names: further names of the mock.
        public_url: a URL whose host is a further name.

    Raises:
        TypeError: `names` is a string instead of a list.
        ValueError: one of the names is not a host name.
    """

    def __init__(self, listens_on: str, names: Collection[str], public_url: str | None) -> None:
        if isinstance(names, str):
            # Each character of a string would count as a host.
            raise TypeError(f'allow_hosts must be a list of names, such as ["{names}"]')
        for name in names:
            if not _NAME.fullmatch(name):
                raise ValueError(f"{name!r} is not a host name; a host name looks like kling-mock")
        public = _host_of(urlsplit(public_url or "").netloc)
        self.names = {public, listens_on.lower(), *map(str.lower, names)} - {""}
        """The names of the mock, except localhost and IP addresses."""

    def refusal(self, call: Call) -> str:
        """Return why a call is refused; empty if it is accepted.

        A call is refused if a page of another site may have sent it.
        """
        netloc = call.headers.get("host", "")
        host = _host_of(netloc)
        # A request without a Host is accepted, because it cannot be from a browser, which always
        # sends a Host. An IP address is accepted, because nobody can point it at another machine.
        if netloc and not self._is_this_mock(host) and _address(host) is None:
            name = host or "NAME"
            return f"this mock does not accept the Host {netloc}; --allow-host {name} allows it"
        origin = call.headers.get("origin", "")
        # GET and HEAD change nothing, and a page cannot read replies of another site. For other
        # methods, a browser always sends the Origin, so a request without it is not from a page.
        if call.method in ("GET", "HEAD") or not origin:
            return ""
        page = origin.lower().partition("://")[2]
        if page and (page == netloc.lower() or self._is_this_mock(_host_of(page))):
            return ""
        return "the Origin is another site, and pages of other sites may not use this mock"

    def _is_this_mock(self, host: str) -> bool:
        address = _address(host)
        is_local = address.is_loopback if address else host.rpartition(".")[2] == "localhost"
        return is_local or host in self.names


def _host_of(netloc: str) -> str:
    """Return the host in a text of the form "host:port"; empty if the text is not valid."""
    try:
        return (urlsplit(f"//{netloc}").hostname or "").removesuffix(".")
    except ValueError:
        return ""


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
