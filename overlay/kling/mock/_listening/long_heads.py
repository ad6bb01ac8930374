"""Refuses long heads of requests, which httptools would accept at any length."""

from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from kling.mock._listening.incomplete_requests import send_last_response

LONGEST = 64 * 2**10
"""The largest size of a head in bytes, and of the trailers after a body. h11 has this limit too."""


class LimitedHeads(HttpToolsProtocol):
    """uvicorn's protocol, which refuses a head as soon as it is too long."""

    _is_too_long = False
    # Bytes since httptools last reported a head or a piece of a body.
    _buffered = 0

    def data_received(self, data: bytes) -> None:
        """Read data; refuse a head that is too long, and trailers that are too long."""
        self._buffered += len(data)
        super().data_received(data)
        if self._buffered > LONGEST:
            self._refuse()

    def on_headers_complete(self) -> None:
        """Begin a request, unless its head is too long."""
        self._buffered = 0
        # In the head, each header also has ": " and a line break: 4 bytes.
        size = len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
        if size > LONGEST:
            self._is_too_long = True
            # uvicorn then calls `send_400_response`.
            raise ValueError("the head is too long")
        super().on_headers_complete()
        if self.cycle and not self.parser.should_keep_alive():
            # Older versions of uvicorn keep the connection open even if the client asked the server
            # to close it.
            self.cycle.keep_alive = False

    def on_body(self, body: bytes) -> None:
        """Read a part of a body."""
        self._buffered = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """End a request."""
        self._buffered = 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse a request that cannot be read."""
        if self._is_too_long:
            self._refuse()
        else:
            super().send_400_response(msg)

    def _refuse(self) -> None:
        status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        send_last_response(self.transport, status, f"the head has more than {LONGEST} bytes")
