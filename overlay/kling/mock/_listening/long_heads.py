"""An end to heads of requests: httptools itself would take them however long they are."""

from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from kling.mock._listening.half_requests import last_words

LONGEST = 64 * 2**10
"""Bytes of the longest head, and of what may follow a body; as many as h11 takes."""


class ShortHeads(HttpToolsProtocol):
    """uvicorn's protocol, which refuses a head that is too long as soon as it is."""

    _is_too_long = False
    # What httptools keeps, for nothing has come to an end by it.
    _kept = 0

    def data_received(self, data: bytes) -> None:
        """Read on, unless a head, or what follows a body, is too long."""
        self._kept += len(data)
        super().data_received(data)
        if self._kept > LONGEST:
            self._refuse()

    def on_headers_complete(self) -> None:
        """Begin a request."""
        self._kept = 0
        size = len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
        if size > LONGEST:
            self._is_too_long = True
            raise ValueError("the head is too long")
        super().on_headers_complete()
        if self.cycle and not self.parser.should_keep_alive():
            # Older uvicorns leave it to the client to close a connection that it wants closed.
            self.cycle.keep_alive = False

    def on_body(self, body: bytes) -> None:
        """Take a part of the body."""
        self._kept = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """End a request."""
        self._kept = 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse what could not be read."""
        if self._is_too_long:
            self._refuse()
        else:
            super().send_400_response(msg)

    def _refuse(self) -> None:
        status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        last_words(self.transport, status, f"the head has more than {LONGEST} bytes")
