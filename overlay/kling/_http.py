"""httpx, taught to raise the errors of this package and nothing else."""

import os
from typing import Any

import httpx
from kling_api import AuthenticatedClient

from kling._auth import Credentials, choose
from kling._clock import Clock, clock_of
from kling._errors import APIConnectionError, APIError, APITimeoutError, error_of
from kling._spec import load


class HTTPClient(httpx.Client):
    """An httpx client whose every call is a success of Kling's, or raises."""

    def __init__(self, clock: Clock, credentials: Credentials, **options: Any) -> None:
        super().__init__(auth=credentials, **options)
        self.clock = clock
        self.credentials = credentials

    def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        """Send one request; a reply that is no success raises, unless it is streamed."""
        try:
            response = super().send(request, **options)
        except httpx.HTTPError as error:
            raise connection_error(error) from error
        if not options.get("stream") and (problem := error_of(response, self.clock.time())):
            raise problem
        return response


class AsyncHTTPClient(httpx.AsyncClient):
    """The same for async clients."""

    def __init__(self, clock: Clock, credentials: Credentials, **options: Any) -> None:
        super().__init__(auth=credentials, **options)
        self.clock = clock
        self.credentials = credentials

    async def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        """Send one request; a reply that is no success raises, unless it is streamed."""
        try:
            response = await super().send(request, **options)
        except httpx.HTTPError as error:
            raise connection_error(error) from error
        if not options.get("stream") and (problem := error_of(response, self.clock.time())):
            raise problem
        return response


def options(
    *,
    api_key: str | None,
    access_key: str | None,
    secret_key: str | None,
    base_url: str | None,
    timeout: float,
    transport: Any,
) -> dict[str, Any]:
    """Return the arguments for either client, from those of Kling and from the environment."""
    clock = clock_of(transport)
    return {
        "clock": clock,
        "credentials": choose(
            os.environ,
            api_key=api_key,
            access_key=access_key,
            secret_key=secret_key,
            clock=clock,
        ),
        "base_url": base_url
        or os.environ.get("KLING_BASE_URL", "").strip()
        or load().document["servers"][0]["url"],
        "timeout": timeout,
        "transport": transport,
    }


def raw_client(http: HTTPClient | AsyncHTTPClient) -> AuthenticatedClient:
    """Return the generated client over a client of ours, which has the credentials."""
    raw = AuthenticatedClient(base_url=str(http.base_url), token="")
    if isinstance(http, HTTPClient):
        return raw.set_httpx_client(http)
    return raw.set_async_httpx_client(http)


def connection_error(error: httpx.HTTPError) -> APIError:
    """Return what a failure of httpx is called here."""
    request = error.request
    where = f"{request.method} {request.url.copy_with(query=None)}"
    if isinstance(error, httpx.TimeoutException):
        return APITimeoutError(f"{where}: no reply in time ({type(error).__name__})")
    return APIConnectionError(f"{where}: {error} ({type(error).__name__})")
