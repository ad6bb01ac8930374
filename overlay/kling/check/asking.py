"""One request and its reply: the only module of the check that speaks HTTP."""

import json
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Protocol

import httpx

from kling.check.exchanges import Ask, Reply

_RATE_LIMIT, _CONCURRENCY = 1302, 1303
# Seconds between two tries of what a limit has held up, and for how long one request is tried.
_FIRST_PAUSE, _LONGEST_PAUSE, _PATIENCE = 0.05, 2.0, 60.0
# For how long all requests together wait for tasks to end, so that others may be made.
_LONGEST_WAIT = 600.0
# Seconds between all requests, once the rate of some was limited.
_SHORTEST_GAP = 0.02
# After so many requests that a limit held up to the end, no other one waits for it.
_IN_VAIN = 3
# A reply of the API is text; what is longer is none.
_MOST_BYTES = 16_000_000
# Seconds that the body of a reply may take, however slowly it drips.
_LONGEST_REPLY = 60.0
_MARK = "X-Kling-Mock"


class Clock(Protocol):
    """The time that the check lives by; a transport may bring its own."""

    def monotonic(self) -> float:
        """Return seconds that only ever grow."""

    def time(self) -> float:
        """Return the date as Unix seconds."""

    def sleep(self, seconds: float) -> None:
        """Let seconds pass."""


class UnreachableError(Exception):
    """The server cannot be asked any more."""


class Server:
    """The server that is asked.

    Args:
        url: what the paths of the description are added to.
        authorization: returns the usual Authorization header; empty for none.
        transport: an httpx transport in place of the network; its `clock` is taken too.
        is_here: whether it is on this machine, where no proxy of the environment is asked.
        timeout: seconds that one request may go without progress.
        mark: a nonce that a mock of ours repeats in each of its replies; empty for none.
    """

    def __init__(
        self,
        url: str,
        authorization: Callable[[], str],
        transport: Any = None,
        *,
        is_here: bool = False,
        timeout: float = 60.0,
        mark: str = "",
    ) -> None:
        self._url = url
        self.authorization = authorization
        """Returns the usual Authorization header."""
        self.clock: Clock = getattr(transport, "clock", None) or time
        # What closes a client leaves the transport of somebody else open. One of our own takes
        # certificates from the environment all the same.
        own = httpx.HTTPTransport() if is_here else None
        mounted = _Borrowed(transport) if transport is not None else own
        self._client = httpx.Client(
            transport=mounted,
            timeout=timeout,
            trust_env=not is_here,
            headers={_MARK: mark} if mark else None,
        )
        self.seen: list[Callable[[Ask, Reply], None]] = []
        """Are told of every reply."""
        self.requests = 0
        self._lock = threading.Lock()
        self._gap, self._next = 0.0, 0.0
        self._in_vain = 0
        self._waited = 0.0
        self._lost, self._why_lost = 0, ""

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def ask(self, ask: Ask) -> Reply:
        """Send a request, and send it again while a limit of the account holds it up.

        Raises:
            UnreachableError: ten requests in a row got no reply.
        """
        waited, pause = 0.0, _FIRST_PAUSE
        self._keep_distance()
        reply = self._once(ask)
        while _is_limit(reply) and self._may_wait(reply, waited):
            self.clock.sleep(pause)
            waited, pause = waited + pause, min(2 * pause, _LONGEST_PAUSE)
            self._keep_distance()
            reply = self._once(ask)
        self._note_wait(ask, reply, waited)
        for tell in self.seen:
            tell(ask, reply)
        return reply

    def _may_wait(self, reply: Reply, waited: float) -> bool:
        """Whether a request that a limit holds up is to be sent again."""
        if reply.code == _RATE_LIMIT:
            self._go_slower()
        elif self._waited > _LONGEST_WAIT:
            return False
        return waited < _PATIENCE and self._in_vain < _IN_VAIN

    def _note_wait(self, ask: Ask, reply: Reply, waited: float) -> None:
        with self._lock:
            self._waited += waited
            if not waited:
                # The limit may have been that of one operation alone.
                self._gap = 0.8 * self._gap if self._gap > _SHORTEST_GAP else 0.0
            if waited and _is_limit(reply):
                self._in_vain += 1
            elif reply.is_success and ask.operation.verb == "create":
                self._in_vain = 0  # so there are limits that waiting helps against

    def fetch(self, url: str) -> Reply:
        """Load a little of a file, without credentials."""
        try:
            with self._client.stream("GET", url, follow_redirects=True) as response:
                first = next(response.iter_bytes(), b"")
                return Reply(response.status_code, first, response.headers.get("content-type", ""))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return Reply(lost=_why(error))

    def page(self, url: str) -> Reply:
        """Read a page that is not of the API, without credentials."""
        try:
            return self._reply(self._client.build_request("GET", url))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return Reply(lost=_why(error))

    def _once(self, ask: Ask) -> Reply:
        usual = self.authorization() if ask.credentials is None else ask.credentials
        headers = {"Authorization": usual} if usual else {}
        content = None
        if ask.operation.request:
            headers["Content-Type"] = "application/json"
            content = json.dumps(ask.body, ensure_ascii=False).encode("utf-8", "surrogatepass")
        request = self._client.build_request(
            ask.operation.method, self._url + ask.target, headers=headers, content=content
        )
        with self._lock:
            if self._lost >= _LOST_IN_A_ROW:
                raise UnreachableError(f"the server does not answer any more: {self._why_lost}")
            self.requests += 1
        try:
            reply = self._reply(request)
        except httpx.HTTPError as error:
            reply = Reply(lost=_why(error))
        self._note_loss(reply)
        return reply

    def _reply(self, request: httpx.Request) -> Reply:
        response = self._client.send(request, stream=True)
        try:
            return _read(response)
        finally:
            response.close()

    def _note_loss(self, reply: Reply) -> None:
        with self._lock:
            if self._lost < _LOST_IN_A_ROW:
                self._lost = self._lost + 1 if reply.lost else 0
                self._why_lost = reply.lost

    def _keep_distance(self) -> None:
        if not self._gap:
            return
        with self._lock:
            now = self.clock.monotonic()
            self._next = max(self._next + self._gap, now)
            wait = self._next - now
        if wait > 0:
            self.clock.sleep(wait)

    def _go_slower(self) -> None:
        with self._lock:
            self._gap = min(max(1.5 * self._gap, _SHORTEST_GAP), _LONGEST_PAUSE)


_LOST_IN_A_ROW = 10


class _Borrowed(httpx.BaseTransport):
    """A transport that others go on with when the client is closed."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._inner.handle_request(request)


def _read(response: httpx.Response) -> Reply:
    content, end = bytearray(), time.monotonic() + _LONGEST_REPLY
    for piece in response.iter_bytes():
        content += piece
        if len(content) > _MOST_BYTES:
            return Reply(lost=f"a reply of more than {_MOST_BYTES} bytes")
        if time.monotonic() > end:
            return Reply(lost=f"a reply that had no end after {_LONGEST_REPLY:.0f} seconds")
    headers = response.headers
    kind, mark = headers.get("content-type", ""), headers.get(_MARK, "")
    return Reply(response.status_code, bytes(content), kind, mark)


def _is_limit(reply: Reply) -> bool:
    # With another status the code is wrong, and waiting does not mend it.
    is_told = reply.status == HTTPStatus.TOO_MANY_REQUESTS
    return is_told and reply.code in (_RATE_LIMIT, _CONCURRENCY)


def _why(error: Exception) -> str:
    return str(error) or type(error).__name__
