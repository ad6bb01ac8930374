"""The network code below httpx. It enforces deadlines, and refuses private addresses of results.

This must be done below httpx for two reasons. A timeout of httpx starts again with every byte that
arrives, so it does not limit the whole request. And httpx does not know which IP address a host
name has.
"""

import select
import socket
import ssl
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import httpcore
import httpx

from kling._http.addresses import aresolve, is_private, resolve
from kling._http.bounds import (
    CURRENT,
    MAX_HEAD_BYTES,
    Bounds,
    ExcessiveReplyError,
    PrivateAddressError,
)

# Seconds to try one IP address of a host before we try the next address.
_TRY_SECONDS = 5.0
# Bytes per write. We check the deadline before each write, because the timeout of httpcore starts
# again whenever a part of the bytes is sent.
_SLICE = 16 * 1024

SocketOptions = Iterable[httpcore.SOCKET_OPTION] | None
TimeoutClass = type[httpcore.TimeoutException]


def enforce_bounds(client: httpx.Client | httpx.AsyncClient) -> None:
    """Make the transports of a client, which must be those of httpx, enforce the bounds."""
    url = client.base_url
    api = _Host(url.host, url.port or (443 if url.scheme == "https" else 80))
    backend = _AsyncBackend if isinstance(client, httpx.AsyncClient) else _Backend
    # The mounts are transports for proxies. A proxy resolves names itself, so we cannot check their
    # addresses.
    for transport in (client._transport, *client._mounts.values()):
        if transport is not None:
            # httpx has no option for the network backend of httpcore.
            pool: Any = transport._pool
            is_direct = transport is client._transport
            pool._network_backend = backend(pool._network_backend, api if is_direct else None)


class _Host(NamedTuple):
    name: str
    port: int


class _Backend(httpcore.NetworkBackend):
    """A network backend of httpcore that enforces bounds.

    Args:
        inner: the backend that makes the connections.
        api: the host of the API; None if the addresses of results are not checked.
    """

    def __init__(self, inner: httpcore.NetworkBackend, api: _Host | None) -> None:
        self._inner = inner
        self._api = api

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions = None,
    ) -> httpcore.NetworkStream:
        bounds = CURRENT.get()
        with _as_httpcore_errors():
            addresses = resolve(host, port, _time_limit(bounds, timeout, httpcore.ConnectTimeout))
        if self._api and bounds and bounds.refuses_private and any(map(is_private, addresses)):
            left = _time_limit(bounds, timeout, httpcore.ConnectTimeout)
            try:
                api = resolve(*self._api, left)
            except (OSError, UnicodeError):
                api = ()  # treat the API as public
            addresses = _allowed_addresses(host, addresses, api)
        for address, is_last in _with_is_last(addresses):
            left = _time_limit(bounds, timeout, httpcore.ConnectTimeout, is_last=is_last)
            try:
                stream = self._inner.connect_tcp(address, port, left, local_address, socket_options)
                return _Stream(stream)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if is_last:
                    raise
        raise httpcore.ConnectError(f"{host} has no address")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: SocketOptions = None
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
        data = self._inner.read(max_bytes, bounds.limit_wait(timeout, httpcore.ReadTimeout))
        bounds.head_bytes_left -= len(data)
        if bounds.head_bytes_left < 0:
            raise _head_too_large()
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        bounds = CURRENT.get()
        for start in range(0, len(buffer), _SLICE):
            left = bounds.limit_wait(timeout, httpcore.WriteTimeout) if bounds else timeout
            self._inner.write(buffer[start : start + _SLICE], left)

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _time_limit(CURRENT.get(), timeout, httpcore.ConnectTimeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _AsyncBackend(httpcore.AsyncNetworkBackend):
    """Does the same as `_Backend`, for async clients."""

    def __init__(self, inner: httpcore.AsyncNetworkBackend, api: _Host | None) -> None:
        self._inner = inner
        self._api = api

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions = None,
    ) -> httpcore.AsyncNetworkStream:
        bounds = CURRENT.get()
        # The inner backend also accepts a name, and tries several of its addresses at the same
        # time. So we resolve a name only if we must check its addresses.
        addresses: Sequence[str] = (host,)
        if self._api and bounds and bounds.refuses_private:
            with _as_httpcore_errors():
                left = _time_limit(bounds, timeout, httpcore.ConnectTimeout)
                addresses = await aresolve(host, port, left)
            if any(map(is_private, addresses)):
                left = _time_limit(bounds, timeout, httpcore.ConnectTimeout)
                try:
                    api = await aresolve(*self._api, left)
                except (OSError, UnicodeError):
                    api = ()  # treat the API as public
                addresses = _allowed_addresses(host, addresses, api)
        for address, is_last in _with_is_last(addresses):
            left = _time_limit(bounds, timeout, httpcore.ConnectTimeout, is_last=is_last)
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
        self, path: str, timeout: float | None = None, socket_options: SocketOptions = None
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
        data = await self._inner.read(max_bytes, bounds.limit_wait(timeout, httpcore.ReadTimeout))
        bounds.head_bytes_left -= len(data)
        if bounds.head_bytes_left < 0:
            raise _head_too_large()
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        # Async backends apply the timeout to the whole buffer, so no slices are needed.
        left = _time_limit(CURRENT.get(), timeout, httpcore.WriteTimeout)
        await self._inner.write(buffer, left)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        left = _time_limit(CURRENT.get(), timeout, httpcore.ConnectTimeout)
        return _AsyncStream(await self._inner.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> Any:
        # httpcore asks this about every idle connection, before and after each request. When many
        # requests ran at the same time, the answer of anyio took a fifth of the time.
        if info == "is_readable" and self._socket is not None:
            return _is_readable(self._socket)
        return self._inner.get_extra_info(info)


def _is_readable(connection: socket.socket) -> bool:
    """Whether a connection has something to read.

    For an idle connection, this means that the server has closed it.
    """
    if connection.fileno() < 0:  # it was closed on this side
        return True
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select([connection], [], [], 0)[0])
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(0))


def _time_limit(
    bounds: Bounds | None,
    timeout: float | None,
    timeout_error: TimeoutClass,
    *,
    is_last: bool = True,
) -> float | None:
    """Return the seconds that one operation on the network may take.

    Raises:
        TimeoutException: the deadline has passed. The class of the error is `timeout_error`.
    """
    if not is_last:
        timeout = _TRY_SECONDS if timeout is None else min(timeout, _TRY_SECONDS)
    return bounds.limit_wait(timeout, timeout_error) if bounds else timeout


def _with_is_last(addresses: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Yield each address, and whether it is the last."""
    for number, address in enumerate(addresses, start=1):
        yield address, number == len(addresses)


def _allowed_addresses(host: str, addresses: Sequence[str], api: Sequence[str]) -> Sequence[str]:
    """Return the addresses of a host from which a result may be downloaded.

    Args:
        host: the host of the URL.
        addresses: the addresses of the host.
        api: the addresses of the API. If one of them is private, results may have private ones too.

    Raises:
        PrivateAddressError: all addresses are private.
    """
    if any(map(is_private, api)):
        return addresses
    if allowed := [address for address in addresses if not is_private(address)]:
        return allowed
    raise PrivateAddressError(host, addresses[0])


def _head_too_large() -> ExcessiveReplyError:
    return ExcessiveReplyError(f"more than {MAX_HEAD_BYTES} bytes came before the body")


@contextmanager
def _as_httpcore_errors() -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:
        raise httpcore.ConnectTimeout(str(error)) from error
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(str(error)) from error
