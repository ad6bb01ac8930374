"""Turning a failure of httpx into one of our errors."""

import os

import httpx

from kling._http.bounds import MEDIA, Bounds, ExcessiveReplyError, PrivateAddressError
from kling.errors import APIConnectionError, APIError, APITimeoutError


class UnsentError(RuntimeError):
    """Nothing was sent: the client is closed, or belongs to another process."""


def connection_error(error: httpx.HTTPError, bounds: Bounds | None = None) -> APIError:
    """Return our error for a failure of httpx.

    Args:
        error: the failure.
        bounds: the bounds of the request; None while a streamed body is read.
    """
    request = error.request
    # Two parts of the URL are left out: the query, because it may contain a signature, and the user
    # info before the host, because it may contain a password.
    url = request.url
    where = f"{request.method} {url.scheme}://{url.netloc.decode()}{url.path}"
    if isinstance(error, ExcessiveReplyError | PrivateAddressError):
        # Not an APIConnectionError, because then the client would send the request again in vain.
        return APIError(f"{where}: {error}")
    if isinstance(error, httpx.TimeoutException) and bounds and bounds.seconds_left <= 0:
        return APITimeoutError(f"{where}: no complete reply within {bounds.seconds:.3g} s")
    if isinstance(error, httpx.TimeoutException):
        return APITimeoutError(f"{where}: no reply in time ({type(error).__name__})")
    hint = _base_url_hint(request) if isinstance(error, httpx.ConnectError) else ""
    return APIConnectionError(f"{where}: {error} ({type(error).__name__}){hint}")


def _base_url_hint(request: httpx.Request) -> str:
    """Return a hint if KLING_BASE_URL selects the server of a request; "" for other servers."""
    origin = f"{request.url.scheme}://{request.url.netloc.decode()}"
    selected = os.environ.get("KLING_BASE_URL", "").strip().rstrip("/")
    # The variable may have a path after the origin.
    if MEDIA in request.extensions or not f"{selected}/".startswith(f"{origin}/"):
        return ""
    return f"; KLING_BASE_URL is {origin}: check that it is right, and that a server runs there"
