"""A receiver of callbacks on this machine."""

import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# How many digits the Content-Length of a callback may have. Longer bodies are not read.
_MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Delivery:
    """One callback that was received."""

    path: str
    headers: Mapping[str, str]
    """The headers, with lower-case names."""
    body: bytes


class Receiver:
    """Stores the callbacks that arrive.

    Its addresses contain a secret, so that no other program can send a callback to them.

    Args:
        port: the port of 127.0.0.1 on which it listens.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._secret = secrets.token_urlsafe(12)
        self._lock = threading.Lock()
        self._received: list[Delivery] = []

    def url(self, name: str) -> str:
        """Return the callback_url for a name, such as an operationId."""
        return f"http://127.0.0.1:{self._port}{self._path(name)}"

    def received(self, name: str) -> list[Delivery]:
        """Return the callbacks that arrived at the address for a name, oldest first."""
        with self._lock:
            return [delivery for delivery in self._received if delivery.path == self._path(name)]

    def store(self, delivery: Delivery) -> None:
        """Store a callback."""
        with self._lock:
            self._received.append(delivery)

    def _path(self, name: str) -> str:
        return f"/{self._secret}/{name}"


def _body_size(content_length: str) -> int:
    if content_length.isdecimal() and len(content_length) <= _MOST_DIGITS:
        return int(content_length)
    return 0


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Listen on a free port of this machine until the end of the with block."""

    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_POST(self) -> None:
            body = self.rfile.read(_body_size(self.headers.get("content-length", "")))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.store(Delivery(self.path, headers, body))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name in the base class)
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver = Receiver(server.server_address[1])
    # 0.05: how often, in seconds, the server looks whether it is to stop.
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
