"""Sending through an httpx client of the caller's, with its hooks, proxies and headers."""

from collections.abc import Mapping
from typing import Any

import httpx

# What httpx puts into the headers of a client, and what our credentials are for.
_LEFT_OUT = frozenset({"accept", "accept-encoding", "authorization", "connection"})


class Through(httpx.BaseTransport):
    """Sends through a client."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        try:
            reply = self._client.send(request, stream=True, auth=None, follow_redirects=False)
        except httpx.HTTPStatusError as error:
            # A hook made an error of a reply. What it means is for us to say.
            reply = error.response
        return _passed_on(reply)


class AsyncThrough(httpx.AsyncBaseTransport):
    """The same for async clients."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            reply = await self._client.send(request, stream=True, auth=None, follow_redirects=False)
        except httpx.HTTPStatusError as error:
            reply = error.response
        return _passed_on(reply)


def through(
    client: object, transport: object
) -> tuple[httpx.BaseTransport | httpx.AsyncBaseTransport, httpx.Client | httpx.AsyncClient]:
    """Return what sends through a client of httpx, and the client. It is never closed.

    Raises:
        TypeError: it is no client of httpx, or there is a transport too.
        ValueError: it signs requests itself.
    """
    if isinstance(client, type):
        raise TypeError(f"http_client is a client of httpx, not the class {client.__name__}")
    if not isinstance(client, httpx.Client | httpx.AsyncClient):
        name = type(client).__name__
        raise TypeError(f"http_client is an httpx.Client or an httpx.AsyncClient, not {name}")
    if transport is not None:
        raise TypeError("http_client has a transport: give one of both")
    if hasattr(client, "credentials"):
        raise ValueError("http_client is that of a Kling; with_options shares its connections")
    if isinstance(client, httpx.Client):
        return Through(client), client
    return AsyncThrough(client), client


def headers_of(client: httpx.Client | httpx.AsyncClient) -> Mapping[str, str]:
    """Return the headers that the caller gave a client, and httpx did not; no Authorization."""
    return {
        name: value
        for name, value in client.headers.items()
        if name not in _LEFT_OUT and not value.startswith("python-httpx/")
    }


def _passed_on(reply: httpx.Response) -> httpx.Response:
    """Return a reply as a transport returns it, read or not."""
    said: dict[str, Any] = {"status_code": reply.status_code, "extensions": reply.extensions}
    headers = reply.headers.copy()
    if reply.is_stream_consumed:
        # A hook has read it, and so httpx has unpacked it.
        headers.pop("content-encoding", None)
        headers.pop("content-length", None)
        return httpx.Response(headers=headers, content=reply.content, **said)
    if reply.is_closed:
        return httpx.Response(headers=headers, **said)
    return httpx.Response(headers=headers, stream=reply.stream, **said)
