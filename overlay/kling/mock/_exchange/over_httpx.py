"""Where the mock meets httpx: a transport for clients in process, and the sender of callbacks."""

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

PATIENCE = 5.0
"""Seconds that the receiver of a callback has, until the status of its answer is there."""


class Transport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Takes the requests of sync and async clients to the mock, without a network.

    Closing a client does not close it.
    """

    url = IN_PROCESS
    """The base url for clients that go through it; no network knows the host."""

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
            reply = self._waited(reply, request)
        if reply is HANG_UP:
            raise httpx.RemoteProtocolError("Server disconnected without sending a response.")
        headers = {**reply.headers, "content-length": str(len(reply.body))}
        if request.method == "HEAD":
            reply = replace(reply, body=b"")
        return httpx.Response(reply.status, headers=headers, stream=_Body(reply, self.clock))

    def _waited(self, stall: Stall, request: httpx.Request) -> Reply:
        patience = request.extensions.get("timeout", {}).get("read")
        if patience is None or patience >= stall.seconds:
            self.clock.advance(stall.seconds)
            return stall.reply()
        # What nobody waits for any more happens all the same, when its time has come.
        self.clock.at(self.clock.time() + stall.seconds, stall.reply)
        self.clock.advance(patience)
        raise httpx.ReadTimeout("The read operation timed out", request=request)


class _Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body of a reply, as slow and as complete as it is meant to arrive."""

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

    It is less than a client: no proxy and no redirect can lead it away from where it may go, and
    no receiver sees the cookies of another.

    Args:
        keeps_connections: hold them open between callbacks; only within one event loop.
    """

    def __init__(self, *, keeps_connections: bool) -> None:
        self._kept = _transport() if keeps_connections else None

    async def post(self, address: httpx.URL, content: bytes, headers: Mapping[str, str]) -> str:
        """Post a body, and return the HTTP status of the answer, or why it did not arrive."""
        timeout = {"timeout": httpx.Timeout(PATIENCE).as_dict()}
        request = httpx.Request(
            "POST", address, content=content, headers=dict(headers), extensions=timeout
        )
        transport = self._kept or _transport()
        try:
            async with asyncio.timeout(PATIENCE):
                response = await transport.handle_async_request(request)
                # The body of the answer is left unread: it may have no end.
                await response.aclose()
                return str(response.status_code)
        except TimeoutError:
            return f"not delivered: no answer within {PATIENCE:g} seconds"
        except Exception as error:
            return f"not delivered: {type(error).__name__}"
        finally:
            if transport is not self._kept:
                await transport.aclose()


def address_of(url: str) -> httpx.URL | None:
    """Return a URL as it will be called; None if it is not one."""
    try:
        return httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        return None


@cache
def _tls() -> ssl.SSLContext:
    # A hundred times slower to make than a client.
    return httpx.create_ssl_context(trust_env=False)


def _transport() -> httpx.AsyncHTTPTransport:
    return httpx.AsyncHTTPTransport(verify=_tls(), trust_env=False)
