"""httpx, taught to raise the errors of this package."""

from typing import Any

import httpx

from kling._errors import APIConnectionError, APIError, APITimeoutError, error_of


class HTTPClient(httpx.Client):
    """Raises the errors of this package, and nothing else, for whatever a reply can be."""

    def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        """Send one request; a reply that is no success raises, unless it is streamed."""
        try:
            response = super().send(request, **options)
        except httpx.HTTPError as error:
            raise connection_error(error) from error
        if not options.get("stream") and (problem := error_of(response)):
            raise problem
        return response


def connection_error(error: httpx.HTTPError) -> APIError:
    """Return what a failure of httpx is called here."""
    request = error.request
    where = f"{request.method} {request.url.copy_with(query=None)}"
    if isinstance(error, httpx.TimeoutException):
        return APITimeoutError(f"{where}: no reply in time ({type(error).__name__})")
    return APIConnectionError(f"{where}: {error} ({type(error).__name__})")
