"""Sending through the user's own httpx client, with its hooks, proxies and headers."""

from collections.abc import Mapping
from typing import Any

import httpx

# Headers that httpx sets in every client, and Authorization, which our credentials set.
_NOT_COPIED = frozenset({"accept", "accept-encoding", "authorization", "connection"})


class ClientTransport(httpx.BaseTransport):
    """A transport that sends through a client of httpx."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        try:
            reply = self._client.send(request, stream=True, auth=None, follow_redirects=False)
        except httpx.HTTPStatusError as error:
            # A hook of the client called raise_for_status(). HTTPClient checks the reply itself.
            reply = error.response
        return _as_from_transport(reply)


class AsyncClientTransport(httpx.AsyncBaseTransport):
    """Does the same as `ClientTransport`, for async clients."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            reply = await self._client.send(request, stream=True, auth=None, follow_redirects=False)
        except httpx.HTTPStatusError as error:
            reply = error.response
        return _as_from_transport(reply)


def transport_over(
    client: object, transport: object
) -> tuple[httpx.BaseTransport | httpx.AsyncBaseTransport, httpx.Client | httpx.AsyncClient]:
    """Check that an object is a client of httpx, and make a transport that sends through it.

    Return the transport and the client. The transport never closes the client.

    Raises:
        TypeError: the object is not a client of httpx, or a transport is given too.
        ValueError: the object is the HTTP client of a Kling, which signs requests itself.
    """
    if isinstance(client, type):
        raise TypeError(f"http_client must be a client of httpx, not the class {client.__name__}")
    if not isinstance(client, httpx.Client | httpx.AsyncClient):
        name = type(client).__name__
        raise TypeError(f"http_client must be an httpx.Client or an httpx.AsyncClient, not {name}")
    if transport is not None:
        raise TypeError("give http_client or transport, not both: a client has its own transport")
    if hasattr(client, "credentials"):
        raise ValueError(
            "http_client belongs to a Kling; to share its connections, call its with_options()"
        )
    if isinstance(client, httpx.Client):
        return ClientTransport(client), client
    return AsyncClientTransport(client), client


def headers_of(client: httpx.Client | httpx.AsyncClient) -> Mapping[str, str]:
    """Return the headers that the user set in a client, except Authorization."""
    # The default User-Agent of httpx begins with python-httpx/.
    return {
        name: value
        for name, value in client.headers.items()
        if name not in _NOT_COPIED and not value.startswith("python-httpx/")
    }


def _as_from_transport(reply: httpx.Response) -> httpx.Response:
    """Return the reply of a client in the form in which a transport returns it.

    The body of the reply may have been read already.
    """
    shared: dict[str, Any] = {"status_code": reply.status_code, "extensions": reply.extensions}
    headers = reply.headers.copy()
    if reply.is_stream_consumed:
        # A hook has read the whole body, and httpx has decompressed it.
        headers.pop("content-encoding", None)
        headers.pop("content-length", None)
        return httpx.Response(headers=headers, content=reply.content, **shared)
    if reply.is_closed:
        # A hook has closed the reply without reading its body, so the body is lost.
        return httpx.Response(headers=headers, **shared)
    return httpx.Response(headers=headers, stream=reply.stream, **shared)
