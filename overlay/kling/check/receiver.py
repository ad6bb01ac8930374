"""A receiver of callbacks on this machine, for as long as a check needs it."""

import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Delivery:
    """One callback that came."""

    path: str
    headers: Mapping[str, str]
    """Their names in small letters."""
    body: bytes


class Receiver:
    """Keeps what comes to addresses that nobody else knows.

    Args:
        port: where it listens, on 127.0.0.1.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._secret = secrets.token_urlsafe(12)
        self._lock = threading.Lock()
        self._came: list[Delivery] = []

    def url(self, name: str) -> str:
        """Return an address to give to a server."""
        return f"http://127.0.0.1:{self._port}{self._path(name)}"

    def came(self, name: str) -> list[Delivery]:
        """Return what came to an address, oldest first."""
        with self._lock:
            return [one for one in self._came if one.path == self._path(name)]

    def take(self, delivery: Delivery) -> None:
        """Keep a callback."""
        with self._lock:
            self._came.append(delivery)

    def _path(self, name: str) -> str:
        return f"/{self._secret}/{name}"


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Listen on a free port of this machine until the end of the block."""

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

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name there)
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
