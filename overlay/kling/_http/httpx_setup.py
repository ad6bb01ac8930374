"""Preparing an httpx client and its URLs, and checking whether it may send."""

import os
from functools import lru_cache
from typing import Protocol

import httpx

from kling._http.connection_errors import UnsentError
from kling._http.decompression import ACCEPT_ENCODING
from kling._http.user_clients import AsyncClientTransport, ClientTransport


class Sender(Protocol):
    """A client that remembers in which process it sends."""

    process: int | None
    """The process that sent the first request; None before that."""

    @property
    def is_closed(self) -> bool:
        """Whether the client is closed."""


def check_transport(transport: object, method: str) -> None:
    """Refuse a transport that a client cannot send through.

    Args:
        transport: the transport; None means the transport that httpx makes.
        method: the method that the client calls.

    Raises:
        TypeError: the transport is a class, or is not a transport, or is sync for an async client,
            or is async for a sync client.
    """
    # Such a transport was made from the argument `http_client`.
    is_over_client = isinstance(transport, ClientTransport | AsyncClientTransport)
    if is_over_client and not hasattr(transport, method):
        raise TypeError(
            "http_client must be an httpx.Client for Kling, and an httpx.AsyncClient for AsyncKling"
        )
    if isinstance(transport, type):
        name = transport.__name__
        raise TypeError(f"transport must be an instance of a transport, not the class {name}")
    if transport is not None and not hasattr(transport, method):
        name = type(transport).__name__
        raise TypeError(f"transport must be an httpx transport with {method}, not {name}")


def prepare(client: httpx.Client | httpx.AsyncClient, *, has_default_transport: bool) -> None:
    """Make a client ignore cookies, request only gzip and deflate, and enforce bounds.

    Args:
        client: the client.
        has_default_transport: whether httpx made the transport. Only such a transport can enforce
            bounds, because we can replace the network code below it.
    """
    # Media hosts may share a domain with the API, and must not get its cookies. Also, looking for
    # cookies takes a tenth of the time of a request. We replace a method of the cookie jar, because
    # httpx would wrap a jar of our own in its own class.
    client.cookies.extract_cookies = _ignore  # type: ignore[method-assign]  # httpx makes the jar
    client.headers["Accept-Encoding"] = ACCEPT_ENCODING
    if has_default_transport:
        # Imported here, because it imports httpcore, which other transports do not need.
        from kling._http.network import enforce_bounds

        enforce_bounds(client)


def _ignore(response: httpx.Response) -> None:
    del response


def check_usable(client: Sender) -> None:
    """Refuse to send with a client that is closed, or that another process has used.

    Raises:
        UnsentError: the client is closed, or sent its first request in another process. In the
            second case both processes would share its connections, and a reply could reach the
            wrong request.
    """
    here = os.getpid()
    client.process = client.process or here
    if client.process != here:
        raise UnsentError("this client was used before a fork; create one in each process")
    if client.is_closed:
        raise UnsentError("this client has been closed; create a new one to send requests")


def joined(base: str, url: httpx.URL | str) -> httpx.URL | str:
    """Append a path to a base URL; return any other URL unchanged.

    We join them as strings, which is faster: httpx would parse the URL three times.
    """
    if not isinstance(url, str) or not url.startswith("/"):
        return url
    full_url = f"{base}{url}"
    # A URL that is not ASCII stays a string. It may have a lone surrogate, which cannot be parsed;
    # `build_request` in `long_bodies` reports this error.
    return _parsed(full_url) if full_url.isascii() else full_url


@lru_cache(maxsize=1024)
def _parsed(url: str) -> httpx.URL:
    """Parse a URL, and remember the result: creates use few URLs, and a task is queried often."""
    return httpx.URL(url)
