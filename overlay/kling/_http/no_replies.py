"""From a failure of httpx to the error that it is."""

import httpx

from kling._http.bounds import Bounds, ExcessiveReplyError, PrivateAddressError
from kling.errors import APIConnectionError, APIError, APITimeoutError


class UnsentError(RuntimeError):
    """Nothing was sent: the client is closed, or belongs to another process."""


def connection_error(error: httpx.HTTPError, bounds: Bounds | None = None) -> APIError:
    """Return what a failure of httpx is called here.

    Args:
        error: the failure.
        bounds: those of the request, as far as they are still in force.
    """
    request = error.request
    # A query may be a signature, and what stands before the host a password.
    url = request.url
    where = f"{request.method} {url.scheme}://{url.netloc.decode()}{url.path}"
    if isinstance(error, ExcessiveReplyError | PrivateAddressError):
        # Another attempt would come to the same.
        return APIError(f"{where}: {error}")
    if isinstance(error, httpx.TimeoutException) and bounds and bounds.left <= 0:
        return APITimeoutError(f"{where}: no whole reply within {bounds.seconds:.3g} s")
    if isinstance(error, httpx.TimeoutException):
        return APITimeoutError(f"{where}: no reply in time ({type(error).__name__})")
    return APIConnectionError(f"{where}: {error} ({type(error).__name__})")
