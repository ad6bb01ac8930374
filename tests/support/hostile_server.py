"""A server on a real socket that sends hostile replies."""

import contextlib
import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from itertools import count

# The pause in a slow reply, in seconds. It is shorter than any timeout in a test.
PACE = 0.02
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
GZIP = OK + b"Content-Encoding: gzip\r\nContent-Length: 4000000\r\n\r\n"

Reply = Callable[[], Iterator[bytes]]
"""A function that yields a reply piece by piece; an empty piece is a pause."""


def dripping(text: bytes) -> Iterator[bytes]:
    """Yield a text byte by byte, with pauses."""
    for number in range(len(text)):
        yield text[number : number + 1]
        yield b""


def drip_of_head() -> Iterator[bytes]:
    """Yield headers byte by byte."""
    yield OK
    yield from dripping(b"X-Slow: " + b"a" * 10_000)


def drip_of_body() -> Iterator[bytes]:
    """Yield a body with a known length byte by byte."""
    yield OK + b"Content-Length: 10000\r\n\r\n"
    yield from dripping(b" " * 10_000)


def drip_of_chunks() -> Iterator[bytes]:
    """Yield a body without an end, a chunk of one byte at a time."""
    yield OK + b"Transfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"1\r\n \r\n"
        yield b""


def drip_of_interim_replies() -> Iterator[bytes]:
    """Yield 100 Continue again and again."""
    while True:
        yield b"HTTP/1.1 100 Continue\r\n\r\n"
        yield b""


def endless_interim_replies() -> Iterator[bytes]:
    """Yield 103 Early Hints as fast as the client reads them."""
    while True:
        yield b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 100


def endless_head() -> Iterator[bytes]:
    """Yield headers without an end."""
    yield OK
    for number in count():
        yield b"".join(b"X-%d-%d: a\r\n" % (number, inner) for inner in range(500))


def endless_chunks() -> Iterator[bytes]:
    """Yield a body without an end."""
    yield OK + b"Transfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"10000\r\n" + b" " * 0x10000 + b"\r\n"


def ten_terabytes() -> Iterator[bytes]:
    """Yield a body with an absurd Content-Length."""
    yield OK + b"Content-Length: 10000000000000\r\n\r\n"
    while True:
        yield b" " * 100_000


def zeros() -> Iterator[bytes]:
    """Yield a compressed body of zeros without an end. A byte of it unpacks to a thousand bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    yield packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    # After a full flush, a block does not depend on earlier ones, so it can be repeated.
    block = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    while True:
        yield block * 50


def gzip_bomb() -> Iterator[bytes]:
    """Yield 4 MB that unpack to 4 GB."""
    yield GZIP
    yield from zeros()


def gzip_of_gzip() -> Iterator[bytes]:
    """Yield a body that claims to be compressed twice."""
    yield OK + b"Content-Encoding: gzip, gzip\r\nContent-Length: 4000000\r\n\r\n"
    yield from zeros()


def gzip_many_times() -> Iterator[bytes]:
    """Yield a body that claims to be compressed 8,000 times."""
    yield OK + b"Content-Encoding: " + b", ".join([b"gzip"] * 8000) + b"\r\n"
    yield b"Content-Length: 4000000\r\n\r\n"
    yield from zeros()


def gzip_of_nothing() -> Iterator[bytes]:
    """Yield a complete compressed body, and then data without an end."""
    yield OK + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    piece = zlib.compress(b"{}", wbits=zlib.MAX_WBITS | 16).ljust(0x10000)
    while True:
        yield b"10000\r\n" + piece + b"\r\n"


REPLIES: dict[str, Reply] = {
    one.__name__: one
    for one in (
        drip_of_head,
        drip_of_body,
        drip_of_chunks,
        drip_of_interim_replies,
        endless_interim_replies,
        endless_head,
        endless_chunks,
        ten_terabytes,
        gzip_bomb,
        gzip_of_gzip,
        gzip_many_times,
        gzip_of_nothing,
    )
}
DRIPS = tuple(name for name in REPLIES if name.startswith("drip"))


class HostileServer:
    """Sends the same reply to every request, until the client stops reading it.

    Args:
        reply: one of REPLIES, or another function that makes a reply.
        reads: how many bytes of a request body the server reads every PACE seconds. If it is None,
            the server replies without reading the body.
    """

    def __init__(self, reply: Reply, *, reads: int | None = None) -> None:
        self.requests: list[bytes] = []
        self._reply = reply
        self._reads = reads
        self._over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "HostileServer":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            request = b""
            while b"\r\n\r\n" not in request:
                if not (part := connection.recv(65536)):
                    return
                request += part
            self.requests.append(request)
            while self._reads is not None and connection.recv(self._reads):
                self._over.wait(PACE)
            for piece in self._reply():
                if self._over.is_set():
                    return
                if piece:
                    connection.sendall(piece)
                else:
                    self._over.wait(PACE)
