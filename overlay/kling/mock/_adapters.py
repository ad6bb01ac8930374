"""The doors of the mock: an httpx transport in process, and an ASGI application."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from kling.mock._http import Call, Reply

IN_PROCESS = "https://kling-mock.invalid"

Handler = Callable[[Call], Reply]
Message = dict[str, Any]


class Transport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Takes the requests of sync and async clients to the mock, without a network.

    Closing a client does not close it.
    """

    def __init__(self, handler: Handler, clock: Any) -> None:
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
        return httpx.Response(reply.status, headers=dict(reply.headers), content=reply.body)


class App:
    """The mock as an ASGI application.

    Args:
        public_url: where callers reach it; by default the Host that they ask for.
    """

    def __init__(self, handler: Handler, public_url: str | None = None) -> None:
        self._handler = handler
        self._public_url = public_url

    async def __call__(
        self,
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        """Serve one connection."""
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
        elif scope["type"] == "http":
            reply = self._handler(self._call(scope, await _body(receive)))
            await _send(send, reply)

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


async def _lifespan(
    receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
) -> None:
    while (message := await receive())["type"] != "lifespan.shutdown":
        await send({"type": f"{message['type']}.complete"})
    await send({"type": "lifespan.shutdown.complete"})


async def _body(receive: Callable[[], Awaitable[Message]]) -> bytes:
    parts = []
    more = True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


async def _send(send: Callable[[Message], Awaitable[None]], reply: Reply) -> None:
    headers = {**reply.headers, "content-length": str(len(reply.body))}
    await send(
        {
            "type": "http.response.start",
            "status": reply.status,
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }
    )
    await send({"type": "http.response.body", "body": reply.body})
