"""How long one request may take and how large its reply may be, whatever the server does."""

import math
from contextvars import ContextVar
from typing import NamedTuple

import httpx

from kling._http.addresses import is_private, literal_address
from kling._http.clock import Clock

# Bytes that may come before the body. h11, the parser of httpx, limits the headers of one reply to
# 100 KiB. But before this reply, a server may send any number of others, such as "100 Continue".
MAX_HEAD_BYTES = 256 * 1024
# Names of our extensions of an httpx request. UNTIL (a time of the client's clock) and SECONDS
# limit the duration of the request; `with_deadline` in `steps` sets them. MEDIA marks the download
# of a result; `fetch` in `fetching` sets it.
UNTIL, SECONDS, MEDIA = "kling.until", "kling.seconds", "kling.media"


class Limits(NamedTuple):
    """The limits of a client; see the arguments of `Kling`."""

    seconds: float
    """The longest time for one request and its whole reply."""
    reply_bytes: int
    """The largest body of a reply that is not streamed."""
    allow_private_media: bool
    """Whether results may be downloaded from private addresses."""


class ExcessiveReplyError(httpx.RemoteProtocolError):
    """A reply is larger than the client allows, or is compressed several times."""


class PrivateAddressError(httpx.ConnectError):
    """The host of a result has an address of this machine or its network."""

    def __init__(self, host: str, address: str, request: httpx.Request | None = None) -> None:
        subject = address if host == address else f"{host} has the address {address}, which"
        super().__init__(
            f"{subject} belongs to this machine or its network; results are downloaded from such "
            "addresses only with allow_private_media=True",
            request=request,
        )


class Bounds:
    """The deadline of one request, and the bytes that its reply may have.

    The module `network` uses it before every wait. So this class is written for speed: it has few
    calls and few properties.

    Args:
        request: the request to send. Its timeouts are shortened if they end after the deadline.
        limits: the limits of the client.
        clock: the clock of the client.
        is_read_whole: whether the body is read as a whole, and not streamed.
    """

    __slots__ = (
        "_clock",
        "_until",
        "head_bytes_left",
        "is_enforced",
        "max_body_bytes",
        "refuses_private",
        "seconds",
    )

    def __init__(
        self, request: httpx.Request, limits: Limits, clock: Clock, *, is_read_whole: bool
    ) -> None:
        extensions = request.extensions
        timeouts: dict[str, float | None] = extensions.get("timeout") or {}
        pause = timeouts.get("read")  # the longest pause between two parts of the reply
        seconds = limits.seconds
        if pause and pause > seconds:
            # The caller allows a pause longer than our limit for the whole request, so we raise the
            # limit.
            seconds = pause
        now = clock.monotonic()
        until = now + seconds
        if UNTIL in extensions:
            until = min(until, now + extensions[SECONDS], extensions[UNTIL])
            seconds = until - now
        if pause is None or pause > seconds:
            # The user's own transport obeys timeouts, but does not know the deadline. (The module
            # `network` obeys both.)
            _cap_timeouts(request, max(0.0, seconds))
        self._clock = clock
        self._until: float = until
        self.seconds: float = seconds
        """Seconds that the request may take, counted from its start."""
        self.max_body_bytes = limits.reply_bytes if is_read_whole else None
        """The largest body; None if the body is streamed."""
        self.head_bytes_left: float = MAX_HEAD_BYTES
        """Bytes that may still come before the body."""
        self.refuses_private = MEDIA in extensions and not limits.allow_private_media
        """Whether the request must not go to addresses of this machine and its network."""
        self.is_enforced = False
        """Whether the module `network` enforces these bounds; True from its first wait on. It stays
        False if the request goes through a user's own transport, which does not know them."""

    @property
    def seconds_left(self) -> float:
        """Seconds until the deadline."""
        return self._until - self._clock.monotonic()

    def limit_wait(self, timeout: float | None, timeout_error: type[Exception]) -> float:
        """Return the seconds that one wait for the network may take.

        Raises:
            Exception: the deadline has passed. The class of the error is `timeout_error`.
        """
        self.is_enforced = True
        left = self._until - self._clock.monotonic()
        if left <= 0:
            raise timeout_error("the deadline of the request has passed")
        return left if timeout is None or left < timeout else timeout

    def expire(self) -> None:
        """Move the deadline into the past, so that the network reads nothing more."""
        self._until = -math.inf


def refuse_private(request: httpx.Request, bounds: Bounds) -> None:
    """Refuse to download a result if its URL contains a private address.

    Raises:
        PrivateAddressError: the host of the URL is a private address.
    """
    if not bounds.refuses_private:
        return
    host = request.url.host
    address = literal_address(host)
    if address and is_private(address):
        raise PrivateAddressError(host, address, request)


def _cap_timeouts(request: httpx.Request, seconds: float) -> None:
    """Limit each timeout of a request to `seconds`; a timeout that is not set becomes `seconds`."""
    timeouts: dict[str, float | None] = request.extensions.get("timeout") or {}
    capped = httpx.Timeout(seconds).as_dict() | {
        name: min(timeout, seconds) for name, timeout in timeouts.items() if timeout is not None
    }
    request.extensions = {**request.extensions, "timeout": capped}


CURRENT: ContextVar[Bounds | None] = ContextVar("kling bounds", default=None)
"""The bounds of the request that this thread or coroutine is waiting for."""
