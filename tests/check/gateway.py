"""A server that nobody can tell for a mock, in process or on a port, and that may have a fault."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
from kling.description import Operation, load
from kling.mock import KlingMock

# The models of the fixtures are alive on this day, whatever day it is; the oldest ones are not.
DAY = date(2026, 9, 14)
# Where the mock has its files, and where the gateway says that they are.
_ITS_FILES, _FILES = b"/_mock/media/", b"/files/"


@dataclass(frozen=True)
class Asked:
    """A request."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    """With names in lower case."""
    content: bytes = b""

    @property
    def body(self) -> dict[str, Any]:
        """The fields of its JSON; none where it has no object that could be read."""
        try:
            body = json.loads(self.content)
        except ValueError:
            return {}
        return body if isinstance(body, dict) else {}

    @property
    def operation(self) -> Operation | None:
        """What it asks for; None where nothing is described for its path."""
        return _operation(self.method, self.path)

    @property
    def verb(self) -> str:
        """Such as create, get or list; empty where nothing is described for its path."""
        return self.operation.verb if self.operation else ""

    def saying(self, body: Any) -> "Asked":
        """Return it with another body."""
        return replace(self, content=json.dumps(body).encode())

    def without(self, *names: str) -> "Asked":
        """Return it without some fields of its body."""
        return self.saying({name: self.body[name] for name in self.body if name not in names})


@dataclass(frozen=True)
class Answer:
    """A reply."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def body(self) -> Any:
        """What its JSON says."""
        return json.loads(self.content)

    @property
    def data(self) -> Any:
        """What it carries; None where it refuses."""
        return self.body.get("data") if self.is_json else None

    @property
    def is_json(self) -> bool:
        return self.headers.get("content-type", "").startswith("application/json")

    @property
    def broken(self) -> str:
        """The ids of the rules for which it refuses."""
        return self.headers.get("x-kling-mock-rules", "")

    def saying(self, body: Any) -> "Answer":
        """Return it with another body."""
        return replace(self, content=json.dumps(body).encode())

    def with_tasks(self, change: Callable[[Any], Any]) -> "Answer":
        """Return it with what a function makes of the task in it, or of each of them."""
        match self.data:
            case dict():
                return self.saying({**self.body, "data": change(self.data)})
            case list():
                return self.saying({**self.body, "data": list(map(change, self.data))})
        return self


Forward = Callable[[Asked], Answer]
Fault = Callable[[Asked, Forward], Answer]


def refusal(status: int, code: int) -> Answer:
    """Return a refusal with a code of Kling's."""
    body = {"code": code, "message": "no", "request_id": "d1"}
    return Answer(status, {"content-type": "application/json"}, json.dumps(body).encode())


class Gateway(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A mock behind a gateway that hides it and may have a fault; a transport for clients.

    Args:
        fault: gets each request and a function that answers it correctly; None for no fault.
        delay: seconds that each answer takes.
        speed: how many times faster than life its tasks go.
        options: of the mock.
    """

    def __init__(
        self,
        fault: Fault | None = None,
        *,
        delay: float = 0,
        speed: float = 6000,
        **options: Any,
    ) -> None:
        self.mock = KlingMock(**{"as_of": DAY, "speed": speed, **options})
        self.created: list[Asked] = []
        """The requests that it answered with a new task: its own log of what costs money."""
        self._fault = fault or (lambda asked, forward: forward(asked))
        self._delay = delay
        self.clock = self.mock.clock
        """What clients live by in process, so that waiting takes no time."""
        self._lock = threading.RLock()
        self._inner = httpx.Client(transport=self.mock.transport, base_url=self.mock.transport.url)
        self._told: float | None = None

    def answer(self, asked: Asked, host: str = "") -> Answer:
        """Answer a request; `host` is where the files are said to be."""
        self._wait()
        if asked.path.startswith("/_mock"):
            return refusal(404, 1203)
        with self._lock:
            found = self._fault(asked, self._forward)
        hidden = {name: value for name, value in found.headers.items() if "mock" not in name}
        content = found.content.replace(_ITS_FILES, _FILES)
        if host:
            content = content.replace(self.mock.transport.url.encode(), host.encode())
        return replace(found, headers=hidden, content=content)

    def live_in_real_time(self) -> None:
        """Let the clock go on from now on, which else only goes as far as somebody moves it."""
        self._told = time.monotonic()

    def _wait(self) -> None:
        if self._told is None:
            with self._lock:
                self.clock.advance(self._delay)
            return
        time.sleep(self._delay)
        with self._lock:
            now = time.monotonic()
            self.clock.advance(now - self._told)
            self._told = now

    def _forward(self, asked: Asked) -> Answer:
        path = asked.path.replace(_FILES.decode(), _ITS_FILES.decode())
        headers = {
            name: value
            for name, value in asked.headers.items()
            if name not in ("host", "content-length", "connection", "accept-encoding")
        }
        reply = self._inner.request(
            asked.method,
            f"{path}?{asked.query}" if asked.query else path,
            headers=headers,
            content=asked.content,
        )
        answer = Answer(reply.status_code, dict(reply.headers), reply.content)
        if asked.verb == "create" and reply.status_code == 200:
            self.created.append(asked)
        return answer

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request of a client in process."""
        return self._replied(request, request.read())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request of a client in process."""
        return self._replied(request, await request.aread())

    def _replied(self, request: httpx.Request, content: bytes) -> httpx.Response:
        path, _, query = request.url.raw_path.decode("ascii").partition("?")
        headers = {name.lower(): value for name, value in request.headers.items()}
        host = f"{request.url.scheme}://{request.url.netloc.decode()}"
        answer = self.answer(Asked(request.method, path, query, headers, content), host)
        body = httpx.ByteStream(answer.content)
        return httpx.Response(answer.status, headers=_plain(answer), stream=body)


@contextmanager
def served(gateway: Gateway) -> Iterator[str]:
    """Serve a gateway on a free port of this machine, and give its URL."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Head and body would otherwise wait for each other's acknowledgement.
        disable_nagle_algorithm = True

        def _answer(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            path, _, query = self.path.partition("?")
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, path, query, headers, self.rfile.read(length))
            answer = gateway.answer(asked, f"http://{self.headers['host']}")
            self.send_response(answer.status)
            for name, value in _plain(answer).items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        do_GET = do_POST = do_HEAD = do_DELETE = do_PUT = do_PATCH = _answer  # noqa: N815 (names of http.server)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:
            """Say nothing of a client that closes its connection."""

    gateway.live_in_real_time()
    server = Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _plain(answer: Answer) -> dict[str, str]:
    framing = ("content-length", "transfer-encoding", "connection")
    return {name: value for name, value in answer.headers.items() if name not in framing}


@cache
def _operation(method: str, path: str) -> Operation | None:
    parts = path.strip("/").split("/")
    fitting = [
        operation
        for operation in load().operations.values()
        if operation.method == method
        and len(own := operation.path.strip("/").split("/")) == len(parts)
        and all(one.startswith("{") or one == part for one, part in zip(own, parts, strict=True))
    ]
    # A path with a name where another has a parameter is the one that is meant.
    return min(fitting, key=lambda one: one.path.count("{"), default=None)
