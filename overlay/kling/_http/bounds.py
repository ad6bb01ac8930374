"""How long one request may take and how large its reply may be, whatever the server does."""

import math
from contextvars import ContextVar
from typing import NamedTuple

import httpx

from kling._http.addresses import is_private, literal_address
from kling._http.clock import Clock

# Bytes before the body. h11 limits one head to 100 KiB, but not the number of interim replies.
MAX_HEAD_BYTES = 256 * 1024
# Extensions of a request: see `with_deadline` in `steps`, and `fetch` in `fetching`.
UNTIL, SECONDS, MEDIA = "kling.until", "kling.seconds", "kling.media"


class Limits(NamedTuple):
    """The limits of a client; see the arguments of `Kling`."""

    seconds: float
    """For one request and its whole reply."""
    reply_bytes: int
    allow_private_media: bool


class ExcessiveReplyError(httpx.RemoteProtocolError):
    """A reply is larger than the client allows, or is compressed several times."""


class PrivateAddressError(httpx.ConnectError):
    """A result leads to an address of this machine or its network."""

    def __init__(self, host: str, address: str, request: httpx.Request | None = None) -> None:
        leads = f"leads to {address}" if host == address else f"{host} leads to {address}"
        super().__init__(
            f"{leads}, an address of this machine or its network, and results are not fetched "
            "from there; allow_private_media=True allows it",
            request=request,
        )


class Bounds:
    """The deadline of one request, and the bytes that its reply may have.

    The network consults it before every wait, so this class is written for speed: few calls, few
    properties.

    Args:
        request: the request to send. Timeouts that end after the deadline are shortened.
        limits: the limits of the client.
        clock: the clock of the client.
        whole: whether the body is read as a whole, and not streamed.
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
        self, request: httpx.Request, limits: Limits, clock: Clock, *, whole: bool
    ) -> None:
        extensions = request.extensions
        timeouts: dict[str, float | None] = extensions.get("timeout") or {}
        pause = timeouts.get("read")
        seconds = limits.seconds
        if pause and pause > seconds:
            # The caller allows a longer pause than our limit, so the limit must not cut it short.
            seconds = pause
        now = clock.monotonic()
        until = now + seconds
        if UNTIL in extensions:
            until = min(until, now + extensions[SECONDS], extensions[UNTIL])
            seconds = until - now
        if pause is None or pause > seconds:
            # Our network enforces the deadline; the caller's transport knows only timeouts.
            _cap_timeouts(request, max(0.0, seconds))
        self._clock = clock
        self._until: float = until
        self.seconds: float = seconds
        """Time limit of the request, counted from its start."""
        self.max_body_bytes = limits.reply_bytes if whole else None
        """None for a body that is streamed."""
        self.head_bytes_left: float = MAX_HEAD_BYTES
        """Bytes that may still come before the body."""
        self.refuses_private = MEDIA in extensions and not limits.allow_private_media
        """Whether the request may not go to addresses of this machine and its network."""
        self.is_enforced = False
        """Whether our network enforces these bounds; the caller's transport does not."""

    @property
    def seconds_left(self) -> float:
        """Seconds until the deadline."""
        return self._until - self._clock.monotonic()

    def limit_wait(self, timeout: float | None, timeout_error: type[Exception]) -> float:
        """Return the seconds that one wait for the network may take.

        Raises:
            Exception: the deadline has passed; the error is a `timeout_error`.
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
    """Refuse a request for a result whose URL contains a private address.

    Raises:
        PrivateAddressError: the host of the URL is a private address.
    """
    if not bounds.refuses_private:
        return
    if (address := literal_address(request.url.host)) and is_private(address):
        raise PrivateAddressError(request.url.host, address, request)


def _cap_timeouts(request: httpx.Request, seconds: float) -> None:
    timeouts: dict[str, float | None] = request.extensions.get("timeout") or {}
    capped = httpx.Timeout(seconds).as_dict() | {
        name: min(timeout, seconds) for name, timeout in timeouts.items() if timeout is not None
    }
    request.extensions = {**request.extensions, "timeout": capped}


CURRENT: ContextVar[Bounds | None] = ContextVar("kling bounds", default=None)
"""The bounds of the request that this thread or coroutine is waiting for."""
