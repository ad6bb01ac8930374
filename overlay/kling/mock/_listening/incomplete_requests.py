"""Ends requests that stay incomplete, so that there are always connections for other requests.

A connection is silent while the mock waits for data from its client. This module works with both
protocols of uvicorn, httptools and h11.
"""

import asyncio
import json
from http import HTTPStatus
from typing import Any

# How many connections may be silent at the same time. Many systems allow a process 1024 open files.
MAX_SILENT = 500
# Seconds. A shorter silence does not count: the data may have arrived, but not been read yet.
_GRACE = 1.0


class IncompleteRequests(asyncio.Protocol):
    """Closes a connection that is silent for too long.

    The timeout is for the whole head of a request, and for each piece of its body. If more than
    MAX_SILENT connections are silent, those that have been silent for the longest time are closed.
    """

    transport: Any
    cycle: Any
    """uvicorn's object for the last request whose head is complete, and for its response."""
    connections: set[Any]
    timeout_keep_alive: int
    """The timeout in seconds. uvicorn also uses it for connections without a further request."""

    _is_in_head = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start to watch a connection."""
        super().connection_made(transport)
        self._loop = asyncio.get_running_loop()
        self._silent_since = self._loop.time()
        self._timer = self._loop.call_later(self.timeout_keep_alive, self._check_silence)
        if len(self.connections) > MAX_SILENT:
            silent = [other for other in self.connections if other.silence() > _GRACE]
            # The longest silences are at the end.
            for other in sorted(silent, key=IncompleteRequests.silence)[MAX_SILENT:]:
                other.give_up(f"more than {MAX_SILENT} connections are waiting")

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop watching the connection."""
        self._timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Pass data on. Data that begin or complete a head, or continue a body, end the silence."""
        before = self.cycle
        begins_head = not self._is_in_head and (before is None or before.response_complete)
        super().data_received(data)
        # True if the data completed a head (the cycle is new), or belong to a body.
        has_head = self.cycle is not before or (self.cycle is not None and self.cycle.more_body)
        self._is_in_head = not has_head
        if begins_head or has_head:
            self._silent_since = self._loop.time()

    def on_response_complete(self) -> None:
        """Start the silence before the next request."""
        super().on_response_complete()  # type: ignore[misc]  # uvicorn's classes have it
        self._silent_since = self._loop.time()

    def silence(self) -> float:
        """Return the seconds for which the client has been silent; 0 while it waits for a reply."""
        needs_data = self.cycle is None or self.cycle.response_complete or self.cycle.more_body
        # httptools, unlike h11, reads further requests before the first one is answered.
        is_queued = bool(getattr(self, "pipeline", ()))
        return self._loop.time() - self._silent_since if needs_data and not is_queued else 0.0

    def give_up(self, reason: str) -> None:
        """Close the connection; if a request has begun, answer with the reason."""
        if self._is_in_head or (self.cycle is not None and self.cycle.more_body):
            send_last_response(
                self.transport, HTTPStatus.REQUEST_TIMEOUT, f"the request is incomplete: {reason}"
            )
        self.transport.close()

    def _check_silence(self) -> None:
        rest = self.timeout_keep_alive - self.silence()
        if rest <= 0:
            self.give_up(f"nothing more arrived within {self.timeout_keep_alive} s")
        else:
            self._timer = self._loop.call_later(rest, self._check_silence)


def send_last_response(transport: asyncio.WriteTransport, status: HTTPStatus, message: str) -> None:
    """Send a response to an incomplete request, and close the connection."""
    if not transport.is_closing():
        body = json.dumps({"message": message})
        headers = f"content-type: application/json\r\ncontent-length: {len(body)}"
        line = f"HTTP/1.1 {status.value} {status.phrase}\r\n{headers}\r\nconnection: close"
        transport.write(f"{line}\r\n\r\n{body}".encode())
        transport.close()
