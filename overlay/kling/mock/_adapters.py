"""The doors of the mock: an httpx transport in process, and an ASGI application."""

import math
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from itertools import pairwise
from typing import Any

import anyio
import httpx

from kling.mock._clock import ManualClock
from kling.mock._http import HANG_UP, Call, Reply, Stall, json_reply

IN_PROCESS = "https://kling-mock.invalid"

CLOSE = "kling.close"
"""Name of the ASGI extension that closes a connection in the middle of whatever it does."""

LARGEST = 512 * 2**20
"""Bytes of the largest body: several files in Base64, of the largest size that Kling takes."""

Handler = Callable[[Call], Reply | Stall]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Transport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Takes the requests of sync and async clients to the mock, without a network.

    Closing a client does not close it.
    """

    def __init__(self, handler: Handler, clock: ManualClock) -> None:
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
        for number, piece in enumerate(_pieces(self._reply)):
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


class App:
    """The mock as an ASGI application.

    Args:
        handler: answers the calls.
        clock: has `asleep`, for what is to be slow.
        public_url: where callers reach it; by default the Host that they ask for.
        at_end: called when the server that it runs in stops.
    """

    def __init__(
        self,
        handler: Handler,
        clock: Any,
        public_url: str | None = None,
        at_end: Callable[[], None] = lambda: None,
    ) -> None:
        self._handler = handler
        self._clock = clock
        self._public_url = public_url
        self._at_end = at_end

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            body = await _body(receive)
            # A client that went before it had said everything asked for nothing.
            if body is not None:
                await self._answer(self._call(scope, body), scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while (message := await receive())["type"] != "lifespan.shutdown":
            await send({"type": f"{message['type']}.complete"})
        self._at_end()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, call: Call, scope: Message, receive: Receive, send: Send) -> None:
        if len(call.body) > LARGEST:
            reply: Reply | Stall = _TOO_LARGE
        else:
            reply = self._handler(call)
        if isinstance(reply, Stall):
            # Even if the client goes meanwhile, for what it asked for is still to be done.
            await self._clock.asleep(reply.seconds)
            reply = reply.reply()
        close = scope.get("extensions", {}).get(CLOSE)
        if reply.bytes_per_second:
            async with anyio.create_task_group() as group:
                group.start_soon(_cancel_when_gone, receive, group.cancel_scope)
                await self._send(send, reply, close)
                group.cancel_scope.cancel()
        else:
            await self._send(send, reply, close)
        if close and (reply is HANG_UP or reply.is_cut):
            close()
            await _gone(receive)

    async def _send(self, send: Send, reply: Reply, close: Any) -> None:
        if reply is HANG_UP and close:
            return
        headers = {**reply.headers, "content-length": str(len(reply.body))}
        await send(
            {
                "type": "http.response.start",
                # Where a connection cannot be closed, this is as near as it gets.
                "status": reply.status or 500,
                "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            }
        )
        pieces = list(_pieces(reply))
        for number, piece in enumerate(pieces, start=1):
            if number > 1:
                await self._clock.asleep(1)
            more = number < len(pieces) or reply.is_cut
            await send({"type": "http.response.body", "body": piece, "more_body": more})

    def _call(self, scope: Message, body: bytes) -> Call:
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in scope["headers"]
        }
        return Call(
            scope["method"],
            (scope.get("raw_path") or scope["path"].encode()).decode("latin-1"),
            scope["query_string"].decode("latin-1"),
            headers,
            body,
            self._public_url or f"{scope['scheme']}://{headers.get('host', 'localhost')}",
        )


async def _body(receive: Receive) -> bytes | None:
    """Return the body, or what is just over LARGEST of it; None if it does not come to its end."""
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")[: LARGEST + 1 - len(body)]
        more = message.get("more_body", False)
    return bytes(body)


async def _gone(receive: Receive) -> None:
    """Wait until the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _cancel_when_gone(receive: Receive, scope: anyio.CancelScope) -> None:
    await _gone(receive)
    scope.cancel()


def _pieces(reply: Reply) -> Iterator[bytes]:
    """Yield what arrives of a body, second by second."""
    if not reply.bytes_per_second and reply.cut is None:
        yield reply.body
        return
    body = reply.body if reply.cut is None else reply.body[: reply.cut]
    rate = reply.bytes_per_second or len(body) or 1
    whole_seconds = range(1, math.ceil(len(body) / rate))
    for start, end in pairwise([0, *(int(rate * second) for second in whole_seconds), len(body)]):
        yield body[start:end]


_TOO_LARGE = json_reply({"message": f"the body has more than {LARGEST} bytes"}, 413)
