"""The mock as an ASGI application."""

from collections.abc import Awaitable, Callable
from typing import Any

import anyio

from kling.mock._exchange import HANG_UP, Call, Reply, Stall, json_reply, pieces_of

CLOSE = "kling.close"
"""The name of the ASGI extension by which the application closes a connection at once."""

LARGEST = 512 * 2**20
"""The largest size of a body in bytes: several files in Base64, as large as Kling accepts."""

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class App:
    """The mock as an ASGI application.

    Args:
        handler: answers the calls.
        clock: has the method `asleep`, which delays slow replies.
        public_url: the URL by which callers reach the mock; by default the Host of each request
            decides it.
        at_end: called when the server that runs the application stops.
    """

    def __init__(
        self,
        handler: Callable[[Call], Reply | Stall],
        clock: Any,
        public_url: str | None = None,
        at_end: Callable[[], None] = lambda: None,
    ) -> None:
        self._handler = handler
        self._clock = clock
        self._public_url = public_url
        self._at_end = at_end

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request, or the messages at the start and the end of the server."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            try:
                body = await _body(scope, receive)
            except _TooLargeError:
                await self._send(send, _TOO_LARGE, None)
                return
            # If the client disconnects before the end of the body, the request has no effect.
            if body is not None:
                await self._answer(self._call(scope, body), scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while (message := await receive())["type"] != "lifespan.shutdown":
            await send({"type": f"{message['type']}.complete"})
        self._at_end()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, call: Call, scope: Message, receive: Receive, send: Send) -> None:
        reply = self._handler(call)
        if isinstance(reply, Stall):
            # Even if the client disconnects in the meantime, its request is still carried out.
            await self._clock.asleep(reply.seconds)
            reply = reply.reply()
        close = scope.get("extensions", {}).get(CLOSE)
        if reply.bytes_per_second:
            # A slow reply may take long, so stop it when the client disconnects.
            async with anyio.create_task_group() as group:
                group.start_soon(_cancel_when_gone, receive, group.cancel_scope)
                await self._send(send, reply, close)
                group.cancel_scope.cancel()
        else:
            await self._send(send, reply, close)
        if close and (reply is HANG_UP or reply.is_cut):
            close()
            await _wait_until_gone(receive)

    async def _send(self, send: Send, reply: Reply, close: Any) -> None:
        if reply is HANG_UP and close:
            return
        headers = {**reply.headers, "content-length": str(len(reply.body))}
        await send(
            {
                "type": "http.response.start",
                # A server that cannot close the connection answers 500 instead of HANG_UP.
                "status": reply.status or 500,
                "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            }
        )
        pieces = list(pieces_of(reply))
        for number, piece in enumerate(pieces, start=1):
            if number > 1:  # each piece is what a slow reply sends in one second
                await self._clock.asleep(1)
            more = (
                number < len(pieces) or reply.is_cut
            )  # a cut reply never says that it is complete
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


class _TooLargeError(Exception):
    """A body is larger than LARGEST bytes."""


async def _body(scope: Message, receive: Receive) -> bytes | None:
    """Return the body; None if the client disconnects before its end.

    Raises:
        _TooLargeError: the body is too large; the rest of it is not read.
    """
    length = dict(scope["headers"]).get(b"content-length", b"")
    # Only 99 digits, because int() refuses very long strings of digits.
    if length.isdigit() and int(length[:99]) > LARGEST:
        raise _TooLargeError
    body, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if len(body) > LARGEST:
            raise _TooLargeError
        more = message.get("more_body", False)
    return bytes(body)


async def _wait_until_gone(receive: Receive) -> None:
    """Wait until the client has disconnected."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _cancel_when_gone(receive: Receive, scope: anyio.CancelScope) -> None:
    await _wait_until_gone(receive)
    scope.cancel()


# The connection must close; otherwise, the rest of the body would be read as another request.
_TOO_LARGE = json_reply(
    {"message": f"the body is larger than {LARGEST} bytes"}, 413, {"connection": "close"}
)
