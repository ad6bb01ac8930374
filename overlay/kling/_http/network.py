"""The network below httpx, with the deadline of each request and a look at where results lead.

A server can send a byte before every timeout, forever: only here can each wait be cut off. And
only here has a name become the address that is connected to.
"""

import select
import socket
import ssl
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import httpcore
import httpx

from kling._http.addresses import aresolved, is_private, resolved
from kling._http.bounds import CURRENT, MOST_HEAD, Bounds, ExcessiveReplyError, PrivateAddressError

# Seconds for an address while there is another one.
_FIRST_TRY = 5.0
# Bytes that are sent within one timeout: the inner stream waits anew whenever some were taken.
_SLICE = 16 * 1024

Options = Iterable[httpcore.SOCKET_OPTION] | None
Late = type[httpcore.TimeoutException]


def watch(client: httpx.Client | httpx.AsyncClient) -> None:
    """Let the transports that a client has made heed the bounds of its requests."""
    url = client.base_url
    api = _Host(url.host, url.port or (443 if url.scheme == "https" else 80))
    backend = _AsyncBackend if isinstance(client, httpx.AsyncClient) else _Backend
    # The others are those of proxies, which alone know where they lead.
    for transport in (client._transport, *client._mounts.values()):
        if transport is not None:
            # httpx hands on every option of httpcore except this one.
            pool: Any = transport._pool
            is_direct = transport is client._transport
            pool._network_backend = backend(pool._network_backend, api if is_direct else None)


class _Host(NamedTuple):
    name: str
    port: int


class _Backend(httpcore.NetworkBackend):
    """A backend that heeds bounds; results are looked at if it is given the host of the API."""

    def __init__(self, inner: httpcore.NetworkBackend, api: _Host | None) -> None:
        self._inner = inner
        self._api = api

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Options = None,
    ) -> httpcore.NetworkStream:
        bounds = CURRENT.get()
        with _errors_of_httpcore():
            found = resolved(host, port, _seconds(bounds, timeout, httpcore.ConnectTimeout))
        if self._api and bounds and bounds.is_checked and any(map(is_private, found)):
            left = _seconds(bounds, timeout, httpcore.ConnectTimeout)
            try:
                api = resolved(*self._api, left)
            except (OSError, UnicodeError):
                api = ()
            found = _admitted(host, found, api)
        for address, is_last in _tries(found):
            left = _seconds(bounds, timeout, httpcore.ConnectTimeout, is_last=is_last)
            try:
                stream = self._inner.connect_tcp(address, port, left, local_address, socket_options)
                return _Stream(stream)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if is_last:
                    raise
        raise httpcore.ConnectError(f"{host} has no address")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Options = None
    ) -> httpcore.NetworkStream:
        return self._inner.connect_unix_socket(path, timeout, socket_options)

    def sleep(self, seconds: float) -> None:
        self._inner.sleep(seconds)


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        bounds = CURRENT.get()
        if bounds is None:
            return self._inner.read(max_bytes, timeout)
        data = self._inner.read(max_bytes, bounds.within(timeout, httpcore.ReadTimeout))
        bounds.head_left -= len(data)
        if bounds.head_left < 0:
            raise _endless_head()
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        bounds = CURRENT.get()
        for start in range(0, len(buffer), _SLICE):
            left = bounds.within(timeout, httpcore.WriteTimeout) if bounds else timeout
            self._inner.write(buffer[start : start + _SLICE], left)

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _seconds(CURRENT.get(), timeout, httpcore.ConnectTimeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _AsyncBackend(httpcore.AsyncNetworkBackend):
    """The same for async clients."""

    def __init__(self, inner: httpcore.AsyncNetworkBackend, api: _Host | None) -> None:
        self._inner = inner
        self._api = api

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Options = None,
    ) -> httpcore.AsyncNetworkStream:
        bounds = CURRENT.get()
        # Of a name the inner backend tries several addresses side by side.
        found: Sequence[str] = (host,)
        if self._api and bounds and bounds.is_checked:
            with _errors_of_httpcore():
                left = _seconds(bounds, timeout, httpcore.ConnectTimeout)
                found = await aresolved(host, port, left)
            if any(map(is_private, found)):
                left = _seconds(bounds, timeout, httpcore.ConnectTimeout)
                try:
                    api = await aresolved(*self._api, left)
                except (OSError, UnicodeError):
                    api = ()
                found = _admitted(host, found, api)
        for address, is_last in _tries(found):
            left = _seconds(bounds, timeout, httpcore.ConnectTimeout, is_last=is_last)
            try:
                stream = await self._inner.connect_tcp(
                    address, port, left, local_address, socket_options
                )
                return _AsyncStream(stream)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if is_last:
                    raise
        raise httpcore.ConnectError(f"{host} has no address")

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Options = None
    ) -> httpcore.AsyncNetworkStream:
        return await self._inner.connect_unix_socket(path, timeout, socket_options)

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)


class _AsyncStream(httpcore.AsyncNetworkStream):
    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner
        self._socket = inner.get_extra_info("socket")

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        bounds = CURRENT.get()
        if bounds is None:
            return await self._inner.read(max_bytes, timeout)
        data = await self._inner.read(max_bytes, bounds.within(timeout, httpcore.ReadTimeout))
        bounds.head_left -= len(data)
        if bounds.head_left < 0:
            raise _endless_head()
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        left = _seconds(CURRENT.get(), timeout, httpcore.WriteTimeout)
        await self._inner.write(buffer, left)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        left = _seconds(CURRENT.get(), timeout, httpcore.ConnectTimeout)
        return _AsyncStream(await self._inner.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> Any:
        # Asked of every idle connection before and after each request: on the way through anyio
        # that took a fifth of all the time where many run side by side.
        if info == "is_readable" and self._socket is not None:
            return _is_readable(self._socket)
        return self._inner.get_extra_info(info)


def _is_readable(one: socket.socket) -> bool:
    """Whether there is something to read, which on an idle connection is its end."""
    if one.fileno() < 0:
        return True
    if not hasattr(select, "poll"):  # as on Windows
        return bool(select.select([one], [], [], 0)[0])
    poll = select.poll()
    poll.register(one, select.POLLIN)
    return bool(poll.poll(0))


def _seconds(
    bounds: Bounds | None, timeout: float | None, late: Late, *, is_last: bool = True
) -> float | None:
    """Return the seconds that a step may take.

    Raises:
        TimeoutException: one of the given class, if the deadline has passed.
    """
    if not is_last:
        timeout = _FIRST_TRY if timeout is None else min(timeout, _FIRST_TRY)
    return bounds.within(timeout, late) if bounds else timeout


def _tries(found: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Yield addresses, and whether each is the last."""
    for number, address in enumerate(found, start=1):
        yield address, number == len(found)


def _admitted(host: str, found: Sequence[str], api: Sequence[str]) -> Sequence[str]:
    """Return the addresses of a host that a result may lead to.

    Args:
        host: of the URL.
        found: its addresses.
        api: those of the API; if one is of this machine or its network, results may be there too.

    Raises:
        PrivateAddressError: there is no such address.
    """
    if any(map(is_private, api)):
        return found
    if admitted := [one for one in found if not is_private(one)]:
        return admitted
    raise PrivateAddressError(host, found[0])


def _endless_head() -> ExcessiveReplyError:
    return ExcessiveReplyError(f"more than {MOST_HEAD} bytes came before the body")


@contextmanager
def _errors_of_httpcore() -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:
        raise httpcore.ConnectTimeout(str(error)) from error
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(str(error)) from error
