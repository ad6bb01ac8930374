"""A receiver of callbacks on this machine."""

import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Delivery:
    """One callback that was received."""

    path: str
    headers: Mapping[str, str]
    """The headers, with lower-case names."""
    body: bytes


class Receiver:
    """Keeps the callbacks to its own addresses, which contain a secret.

    Args:
        port: the port of 127.0.0.1 on which it listens.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._secret = secrets.token_urlsafe(12)
        self._lock = threading.Lock()
        self._received: list[Delivery] = []

    def url(self, name: str) -> str:
        """Return a callback_url."""
        return f"http://127.0.0.1:{self._port}{self._path(name)}"

    def received(self, name: str) -> list[Delivery]:
        """Return the callbacks to an address, oldest first."""
        with self._lock:
            return [delivery for delivery in self._received if delivery.path == self._path(name)]

    def take(self, delivery: Delivery) -> None:
        """Keep a callback."""
        with self._lock:
            self._received.append(delivery)

    def _path(self, name: str) -> str:
        return f"/{self._secret}/{name}"


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Listen on a free port of this machine until the end of the with block."""

    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_POST(self) -> None:
            length = self.headers.get("content-length", "")
            size = int(length) if length.isdecimal() and len(length) < len(str(_MOST_BYTES)) else 0
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.take(Delivery(self.path, headers, self.rfile.read(size)))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name in the base class)
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver = Receiver(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
