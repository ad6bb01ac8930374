"""How long one request may take and how large its reply may be, whatever the server does."""

import math
from contextvars import ContextVar
from typing import NamedTuple

import httpx

from kling._http.addresses import is_private, literal
from kling._http.clock import Clock

# Bytes that come before a body; h11 takes 100 KiB for one head, but interim replies have no end.
MOST_HEAD = 256 * 1024
# Extensions of a request: see `cut_off` in `steps`, and `fetch` in `long_bodies`.
UNTIL, SECONDS, MEDIA = "kling.until", "kling.seconds", "kling.media"


class Limits(NamedTuple):
    """What a client allows; see the arguments of `Kling`."""

    seconds: float
    """Of one request, with its reply."""
    reply_bytes: int
    allow_private_media: bool


class ExcessiveReplyError(httpx.RemoteProtocolError):
    """A reply is larger than the client allows, or packed several times."""


class PrivateAddressError(httpx.ConnectError):
    """A result leads to an address of this machine or its network."""

    def __init__(self, host: str, address: str, request: httpx.Request | None = None) -> None:
        leads = f"leads to {address}" if host == address else f"{host} leads to {address}"
        super().__init__(
            f"{leads}, an address of this machine or its network, which a result may not; "
            "allow_private_media=True allows it",
            request=request,
        )


class Bounds:
    """What is left of the time and of the bytes that one request has.

    It is made for every request, and asked whenever the network is: few calls, and no properties.

    Args:
        request: which is about to be sent; its timeouts are shortened where need be.
        limits: of the client.
        clock: whose time to live by.
        whole: whether the body is read as a whole, and not streamed.
    """

    __slots__ = ("_clock", "_until", "head_left", "is_checked", "is_heeded", "most", "seconds")

    def __init__(
        self, request: httpx.Request, limits: Limits, clock: Clock, *, whole: bool
    ) -> None:
        extensions = request.extensions
        timeouts: dict[str, float | None] = extensions.get("timeout") or {}
        pause = timeouts.get("read")
        seconds = limits.seconds
        if pause and pause > seconds:
            # A pause that is allowed is no reason to give up.
            seconds = pause
        now = clock.monotonic()
        until = now + seconds
        if UNTIL in extensions:
            until = min(until, now + extensions[SECONDS], extensions[UNTIL])
            seconds = until - now
        if pause is None or pause > seconds:
            # The network heeds the deadline; a transport that the caller gave knows only these.
            _shorten(request, max(0.0, seconds))
        self._clock = clock
        self._until: float = until
        self.seconds: float = seconds
        """How many there were in the beginning."""
        self.most = limits.reply_bytes if whole else None
        """Bytes that the body may have; None if it is not read as a whole."""
        self.head_left: float = MOST_HEAD
        """Bytes that may still come before the body."""
        self.is_checked = MEDIA in extensions and not limits.allow_private_media
        """Whether it may not lead to addresses of this machine and its network."""
        self.is_heeded = False
        """Whether the network heeds them, as it does unless the caller gave another transport."""

    @property
    def left(self) -> float:
        """Seconds until the deadline."""
        return self._until - self._clock.monotonic()

    def within(self, timeout: float | None, late: type[Exception]) -> float:
        """Return the seconds that a wait for the network may take.

        Raises:
            Exception: one of the given class, if the deadline has passed.
        """
        self.is_heeded = True
        left = self._until - self._clock.monotonic()
        if left <= 0:
            raise late("the time of the request is over")
        return left if timeout is None or left < timeout else timeout

    def end(self) -> None:
        """Let the network bring nothing more."""
        self._until = -math.inf


def refuse_private(request: httpx.Request, bounds: Bounds) -> None:
    """Refuse a request for a result if its host is written as a private address.

    Raises:
        PrivateAddressError: it is.
    """
    if bounds.is_checked and (address := literal(request.url.host)) and is_private(address):
        raise PrivateAddressError(request.url.host, address, request)


def _shorten(request: httpx.Request, seconds: float) -> None:
    timeouts: dict[str, float | None] = request.extensions.get("timeout") or {}
    shorter = httpx.Timeout(seconds).as_dict() | {
        name: min(one, seconds) for name, one in timeouts.items() if one is not None
    }
    request.extensions = {**request.extensions, "timeout": shorter}


CURRENT: ContextVar[Bounds | None] = ContextVar("kling bounds", default=None)
"""The bounds of the request that this thread or coroutine waits for; the network asks for them."""
