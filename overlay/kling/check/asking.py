"""One request and its reply: the only module of the check that speaks HTTP."""

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol
from urllib.parse import quote

import httpx

from kling._server_text import visible
from kling.description import Operation

_RATE_LIMIT, _CONCURRENCY = 1302, 1303
# Seconds between two tries of what a limit has held up, and for how long one request is tried.
_FIRST_PAUSE, _LONGEST_PAUSE, _PATIENCE = 0.05, 2.0, 60.0
# For how long all requests together wait for tasks to end, so that others may be made.
_LONGEST_WAIT = 600.0
# After so many requests that a limit held up to the end, no other one waits for it.
_IN_VAIN = 3
# A reply of the API is text; what is longer is none.
_MOST_BYTES = 16_000_000
_LONGEST_TEXT = 60
_LONGEST_LINE = 400


@dataclass(frozen=True, slots=True)
class Ask:
    """A request to an operation of the description."""

    operation: Operation
    body: Any = None
    path: Mapping[str, str] = field(default_factory=dict)
    """The parameters in the path."""
    query: Mapping[str, str] = field(default_factory=dict)
    credentials: str | None = None
    """An Authorization header other than the usual one; empty for none at all."""

    @property
    def target(self) -> str:
        """The path, and what follows it."""
        path = self.operation.path
        for name, value in self.path.items():
            path = path.replace(f"{{{name}}}", quote(value, safe=""))
        pairs = "&".join(f"{name}={quote(value, safe=',')}" for name, value in self.query.items())
        return f"{path}?{pairs}" if pairs else path

    def __str__(self) -> str:
        text = f"{self.operation.method} {self.target}"
        if self.operation.request:
            text += f" {json.dumps(_short(self.body), ensure_ascii=False)}"
        if self.credentials is not None:
            text += " (other credentials)" if self.credentials else " (no credentials)"
        return text if len(text) <= _LONGEST_LINE else f"{text[:_LONGEST_LINE]}..."


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _short(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_short(inner) for inner in value]
    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
        return f"{value[:12]}... ({len(value)} characters)"
    return value


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int = 0
    content: bytes = b""
    content_type: str = ""
    lost: str = ""
    """Why there is no reply; empty if there is one."""

    @cached_property
    def json(self) -> Any:
        """The body as JSON; None if it is not JSON, or has anything after it."""
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError):
            return None

    @property
    def code(self) -> int | None:
        """Kling's code; None if the reply states none."""
        code = self.json.get("code") if isinstance(self.json, dict) else None
        return code if isinstance(code, int) and not isinstance(code, bool) else None

    @property
    def data(self) -> Any:
        """What the envelope holds."""
        return self.json.get("data") if isinstance(self.json, dict) else None

    @property
    def is_success(self) -> bool:
        """Whether the server says that it has done what was asked."""
        return 200 <= self.status < 300 and self.code in (0, None)

    @property
    def may_have_made(self) -> bool:
        """Whether a create may have come to something: only a refusal says that it has not."""
        return bool(self.lost) or self.is_success or self.status >= 500

    def __str__(self) -> str:
        if self.lost:
            return f"no reply: {visible(self.lost)}"
        if self.code is None:
            return f"{self.status} without a code"
        return f"{self.status} with code {self.code}"


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
    """

    def __init__(
        self,
        url: str,
        authorization: Callable[[], str],
        transport: Any = None,
        *,
        is_here: bool = False,
        timeout: float = 60.0,
    ) -> None:
        self._url = url
        self.authorization = authorization
        """Returns the usual Authorization header."""
        self.clock: Clock = getattr(transport, "clock", None) or time
        # What closes a client leaves the transport of somebody else open. One of our own takes
        # certificates from the environment all the same.
        own = httpx.HTTPTransport() if is_here else None
        mounted = _Borrowed(transport) if transport is not None else own
        self._client = httpx.Client(transport=mounted, timeout=timeout, trust_env=not is_here)
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
        while reply.code in (_RATE_LIMIT, _CONCURRENCY) and self._may_wait(reply, waited):
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
            if waited and reply.code in (_RATE_LIMIT, _CONCURRENCY):
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
            response = self._client.get(url)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return Reply(lost=_why(error))
        return Reply(response.status_code, response.content)

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
                raise UnreachableError(self._why_lost)
            self.requests += 1
        try:
            response = self._client.send(request, stream=True)
            try:
                reply = self._read(response)
            finally:
                response.close()
        except httpx.HTTPError as error:
            reply = Reply(lost=_why(error))
        self._note_loss(reply)
        return reply

    def _read(self, response: httpx.Response) -> Reply:
        content = b""
        for piece in response.iter_bytes():
            content += piece
            if len(content) > _MOST_BYTES:
                return Reply(lost=f"a reply of more than {_MOST_BYTES} bytes")
        kind = response.headers.get("content-type", "")
        return Reply(response.status_code, content, kind)

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
            self._gap = min(max(1.5 * self._gap, 0.02), _LONGEST_PAUSE)


_LOST_IN_A_ROW = 10


class _Borrowed(httpx.BaseTransport):
    """A transport that others go on with when the client is closed."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._inner.handle_request(request)


def _why(error: Exception) -> str:
    return str(error) or type(error).__name__
