"""Sends requests and reads replies; the only module of the check that uses HTTP."""

import json
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Protocol

import httpx

from kling.check.exchanges import Reply, Request

_RATE_LIMIT, _CONCURRENCY = 1302, 1303
# Seconds to wait before a request is retried because of a limit: at first, and at most.
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 2.0
# Seconds for which one request is retried.
_RETRY_TIMEOUT = 60.0
# After all requests together have waited this many seconds for limits, no request waits any more
# for running tasks to end.
_LONGEST_WAIT = 600.0
# The shortest pause between two requests, in seconds, after the server has limited their rate.
_SHORTEST_GAP = 0.02
# If this many requests still reach a limit after their last retry, waiting is useless, and no
# request is retried any more until a create succeeds.
_MOST_USELESS_WAITS = 3
# The largest reply to read. Kling's replies are smaller, because they are text.
_MOST_BYTES = 16_000_000
# Seconds that the body of a reply may take in all, even if bytes keep arriving.
_LONGEST_REPLY = 60.0
# After this many requests in a row without a reply, the check ends.
_LOST_IN_A_ROW = 10
_NONCE_HEADER = "X-Kling-Mock"


class Clock(Protocol):
    """The clock of the check. A transport may have a clock that runs faster than real time."""

    def monotonic(self) -> float:
        """Return the seconds of a clock that never goes back."""

    def time(self) -> float:
        """Return the time in Unix seconds."""

    def sleep(self, seconds: float) -> None:
        """Wait for a number of seconds."""


class UnreachableError(Exception):
    """The server cannot be checked any further; the text says why."""


class Server:
    """The server that is checked.

    Args:
        url: the base URL, to which the paths of the description are appended.
        authorization: returns the default Authorization header; empty to send none.
        transport: an httpx transport to use instead of the network. If it has a `clock`, the check
            uses this clock.
        is_here: whether the server is on this machine, so that no proxy is used.
        timeout: the longest pause within one request, in seconds.
        nonce: a random text, which a mock of this project repeats in each reply. If it is empty,
            none is sent.
    """

    def __init__(
        self,
        url: str,
        authorization: Callable[[], str],
        transport: Any = None,
        *,
        is_here: bool = False,
        timeout: float = 60.0,
        nonce: str = "",
    ) -> None:
        self._url = url
        self.authorization = authorization
        """Returns the default Authorization header."""
        self.clock: Clock = getattr(transport, "clock", None) or time
        client_transport: httpx.BaseTransport | None = None
        if transport is not None:
            client_transport = _UnclosedTransport(transport)
        elif is_here:
            # Environment variables may name a file of certificates. With trust_env=False, a client
            # ignores them. A transport of our own reads them nevertheless.
            client_transport = httpx.HTTPTransport()
        self._client = httpx.Client(
            transport=client_transport,
            timeout=timeout,
            trust_env=not is_here,  # for a server on this machine, ignore proxies
            headers={_NONCE_HEADER: nonce} if nonce else None,
        )
        self.on_reply: list[Callable[[Request, Reply], None]] = []
        """Functions to call with each request and its reply."""
        self.requests = 0
        """How many requests were sent, with the retries."""
        self._lock = threading.Lock()
        # The pause between two requests, in seconds, and the earliest time of the next request.
        self._gap, self._next_start = 0.0, 0.0
        self._useless_waits = 0
        self._waited = 0.0
        self._lost_in_a_row, self._last_loss = 0, ""

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def send(self, request: Request) -> Reply:
        """Send a request, and retry it while the account is at a limit.

        Raises:
            UnreachableError: ten requests in a row got no reply.
        """
        waited, pause = 0.0, _FIRST_PAUSE
        reply = self._send_once(request)
        while _is_limit(reply) and self._may_retry(reply, waited):
            self.clock.sleep(pause)
            waited, pause = waited + pause, min(2 * pause, _LONGEST_PAUSE)
            reply = self._send_once(request)
        self._note_wait(request, reply, waited)
        for observe in self.on_reply:
            observe(request, reply)
        return reply

    def _may_retry(self, reply: Reply, waited: float) -> bool:
        """Whether to retry a request that reached a limit. A rate limit also lengthens the gap."""
        if reply.code == _RATE_LIMIT:
            self._lengthen_gap()
        elif self._waited > _LONGEST_WAIT:
            return False
        return waited < _RETRY_TIMEOUT and self._useless_waits < _MOST_USELESS_WAITS

    def _note_wait(self, request: Request, reply: Reply, waited: float) -> None:
        with self._lock:
            self._waited += waited
            if not waited:
                # Send faster again, because the limit may concern only one operation.
                self._gap = 0.8 * self._gap if self._gap > _SHORTEST_GAP else 0.0
            if waited and _is_limit(reply):
                self._useless_waits += 1
            elif reply.is_success and request.operation.verb == "create":
                self._useless_waits = 0  # tasks can be created again, so waiting is useful

    def fetch(self, url: str) -> Reply:
        """Download the beginning of a file, without credentials."""
        try:
            with self._client.stream("GET", url, follow_redirects=True) as response:
                first = next(response.iter_bytes(), b"")
                return Reply(response.status_code, first, response.headers.get("content-type", ""))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return Reply(lost=_reason(error))

    def page(self, url: str) -> Reply:
        """Get a URL without credentials, and return the whole reply."""
        try:
            return self._reply_to(self._client.build_request("GET", url))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return Reply(lost=_reason(error))

    def _send_once(self, request: Request) -> Reply:
        self._wait_for_gap()
        header = self.authorization() if request.credentials is None else request.credentials
        headers = {"Authorization": header} if header else {}
        content = None
        if request.operation.request:
            headers["Content-Type"] = "application/json"
            content = json.dumps(request.body, ensure_ascii=False).encode("utf-8", "surrogatepass")
        built = self._client.build_request(
            request.operation.method, self._url + request.target, headers=headers, content=content
        )
        with self._lock:
            if self._lost_in_a_row >= _LOST_IN_A_ROW:
                raise UnreachableError(f"the server no longer answers: {self._last_loss}")
            self.requests += 1
        try:
            reply = self._reply_to(built)
        except httpx.HTTPError as error:
            reply = Reply(lost=_reason(error))
        self._count_loss(reply)
        return reply

    def _reply_to(self, request: httpx.Request) -> Reply:
        response = self._client.send(request, stream=True)
        try:
            return _read_reply(response)
        finally:
            response.close()

    def _count_loss(self, reply: Reply) -> None:
        with self._lock:
            # After the last loss, the count stays, so that no request is sent any more.
            if self._lost_in_a_row < _LOST_IN_A_ROW:
                self._lost_in_a_row = self._lost_in_a_row + 1 if reply.lost else 0
                self._last_loss = reply.lost

    def _wait_for_gap(self) -> None:
        """Wait until the pause since the last request is long enough."""
        if not self._gap:
            return
        with self._lock:
            now = self.clock.monotonic()
            self._next_start = max(self._next_start + self._gap, now)
            wait = self._next_start - now
        if wait > 0:
            self.clock.sleep(wait)

    def _lengthen_gap(self) -> None:
        with self._lock:
            self._gap = min(max(1.5 * self._gap, _SHORTEST_GAP), _LONGEST_PAUSE)


class _UnclosedTransport(httpx.BaseTransport):
    """A transport that stays open when the client is closed, because others use it too."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._inner.handle_request(request)


def _read_reply(response: httpx.Response) -> Reply:
    content, end = bytearray(), time.monotonic() + _LONGEST_REPLY
    for piece in response.iter_bytes():
        content += piece
        if len(content) > _MOST_BYTES:
            return Reply(lost=f"the reply is longer than {_MOST_BYTES} bytes")
        if time.monotonic() > end:
            return Reply(lost=f"the reply had not ended after {_LONGEST_REPLY:.0f} seconds")
    headers = response.headers
    content_type, nonce = headers.get("content-type", ""), headers.get(_NONCE_HEADER, "")
    return Reply(response.status_code, bytes(content), content_type, nonce)


def _is_limit(reply: Reply) -> bool:
    # A limit with another status is a mistake of the server, which a retry would not change.
    has_right_status = reply.status == HTTPStatus.TOO_MANY_REQUESTS
    return has_right_status and reply.code in (_RATE_LIMIT, _CONCURRENCY)


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
