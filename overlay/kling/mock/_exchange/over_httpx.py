"""All that uses httpx: the transport for clients in the same process, and the callback sender."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache

import httpx

from kling.mock._exchange.calls import HANG_UP, Call, Reply, Stall, pieces_of
from kling.mock._exchange.clock import ManualClock

Address = httpx.URL

IN_PROCESS = "https://kling-mock.invalid"

CALLBACK_TIMEOUT = 5.0
"""Seconds within which the receiver of a callback must answer with a status."""


class Transport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Passes the requests of sync and async clients to the mock, without a network.

    It stays open when a client is closed.
    """

    url = IN_PROCESS
    """The base URL for clients that use this transport. Its host exists on no network."""

    def __init__(self, handler: Callable[[Call], Reply | Stall], clock: ManualClock) -> None:
        self._handler = handler
        self.clock = clock

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request."""
        return self._response(request, request.read())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request."""
        return self._response(request, await request.aread())

    def _response(self, request: httpx.Request, body: bytes) -> httpx.Response:
        path, _, query = request.url.raw_path.decode("ascii").partition("?")
        headers = {name.lower(): value for name, value in request.headers.items()}
        reply = self._handler(Call(request.method, path, query, headers, body, IN_PROCESS))
        if isinstance(reply, Stall):
            reply = self._after_stall(reply, request)
        if reply is HANG_UP:
            raise httpx.RemoteProtocolError("Server disconnected without sending a response.")
        headers = {**reply.headers, "content-length": str(len(reply.body))}
        if request.method == "HEAD":
            reply = replace(reply, body=b"")
        return httpx.Response(reply.status, headers=headers, stream=_Body(reply, self.clock))

    def _after_stall(self, stall: Stall, request: httpx.Request) -> Reply:
        read_timeout = request.extensions.get("timeout", {}).get("read")
        if read_timeout is None or read_timeout >= stall.seconds:
            self.clock.advance(stall.seconds)
            return stall.reply()
        # The client gives up after its read timeout. The mock still carries out the request when
        # the pause ends.
        self.clock.at(self.clock.time() + stall.seconds, stall.reply)
        self.clock.advance(read_timeout)
        raise httpx.ReadTimeout("The read operation timed out", request=request)


class _Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body of a reply, which may arrive slowly or break off."""

    def __init__(self, reply: Reply, clock: ManualClock) -> None:
        self._reply = reply
        self._clock = clock

    def __iter__(self) -> Iterator[bytes]:
        for number, piece in enumerate(pieces_of(self._reply)):
            if number:
                self._clock.advance(1)
            yield piece
        if self._reply.is_cut:
            raise httpx.RemoteProtocolError(
                "peer closed connection without sending complete message body"
            )

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece


class CallbackSender:
    """Posts callbacks.

    It uses no proxy and follows no redirect, so that it only calls hosts that are allowed.
    Receivers do not see each other's cookies.

    Args:
        keeps_connections: reuse connections for later callbacks. This is only safe if all callbacks
            are sent in the same event loop.
    """

    def __init__(self, *, keeps_connections: bool) -> None:
        self._kept = _transport() if keeps_connections else None

    async def post(self, address: httpx.URL, content: bytes, headers: Mapping[str, str]) -> str:
        """Post a body; return the HTTP status of the answer, or why no answer came."""
        extensions = {"timeout": httpx.Timeout(CALLBACK_TIMEOUT).as_dict()}
        request = httpx.Request(
            "POST", address, content=content, headers=dict(headers), extensions=extensions
        )
        transport = self._kept or _transport()
        try:
            async with asyncio.timeout(CALLBACK_TIMEOUT):
                response = await transport.handle_async_request(request)
                # The body of the answer is not read, because it may never end.
                await response.aclose()
                return str(response.status_code)
        except TimeoutError:
            return f"not delivered: no answer within {CALLBACK_TIMEOUT:g} seconds"
        except Exception as error:
            return f"not delivered: {type(error).__name__}"
        finally:
            if transport is not self._kept:
                await transport.aclose()


def address_of(url: str) -> httpx.URL | None:
    """Return a URL in parsed form; None if it is not valid."""
    try:
        return httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        return None


@cache
def _tls() -> ssl.SSLContext:
    # Cached, because it takes a hundred times longer to make a TLS context than to make a client.
    return httpx.create_ssl_context(trust_env=False)


def _transport() -> httpx.AsyncHTTPTransport:
    return httpx.AsyncHTTPTransport(verify=_tls(), trust_env=False)
