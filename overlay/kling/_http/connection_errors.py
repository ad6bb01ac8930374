"""Turning a failure of httpx into one of our errors."""

import httpx

from kling._http.bounds import Bounds, ExcessiveReplyError, PrivateAddressError
from kling.errors import APIConnectionError, APIError, APITimeoutError


class UnsentError(RuntimeError):
    """Nothing was sent: the client is closed, or belongs to another process."""


def connection_error(error: httpx.HTTPError, bounds: Bounds | None = None) -> APIError:
    """Return our error for a failure of httpx.

    Args:
        error: the failure.
        bounds: those of the request, while they are in force.
    """
    request = error.request
    # The query may contain a signature, and the part before the host a password.
    url = request.url
    where = f"{request.method} {url.scheme}://{url.netloc.decode()}{url.path}"
    if isinstance(error, ExcessiveReplyError | PrivateAddressError):
        # No APIConnectionError, because another attempt would fail too.
        return APIError(f"{where}: {error}")
    if isinstance(error, httpx.TimeoutException) and bounds and bounds.seconds_left <= 0:
        return APITimeoutError(f"{where}: no complete reply within {bounds.seconds:.3g} s")
    if isinstance(error, httpx.TimeoutException):
        return APITimeoutError(f"{where}: no reply in time ({type(error).__name__})")
    return APIConnectionError(f"{where}: {error} ({type(error).__name__})")
