"""What becomes of requests that come by halves: they end, lest they fill the mock.

Written for both protocols of uvicorn, that of httptools and that of h11.
"""

import asyncio
import json
from http import HTTPStatus
from typing import Any

MOST = 500
"""How many connections may be silent at a time; a process may have 1024 files in all."""
_FRESH = 1.0
"""Seconds of silence that count for none: what was sent may not have been read yet."""


class HalfRequests(asyncio.Protocol):
    """Closes a connection that is silent for too long, and the longest silent ones of too many.

    A head has to be there in that time, and each piece of a body.
    """

    transport: Any
    cycle: Any
    connections: set[Any]
    timeout_keep_alive: int
    """Seconds; uvicorn itself closes a connection by it on which no further request comes."""

    _is_in_head = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to watch a connection."""
        super().connection_made(transport)
        self._loop = asyncio.get_running_loop()
        self._silent_since = self._loop.time()
        self._watch = self._loop.call_later(self.timeout_keep_alive, self._look)
        if len(self.connections) > MOST:
            silent = [one for one in self.connections if one.silence() > _FRESH]
            for one in sorted(silent, key=HalfRequests.silence)[MOST:]:
                one.give_up(f"{MOST} others wait for their ends")

    def connection_lost(self, exc: Exception | None) -> None:
        """Watch it no longer."""
        self._watch.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what comes, and tell whether the request is nearer to its end by it."""
        before = self.cycle
        begins = not self._is_in_head and (before is None or before.response_complete)
        super().data_received(data)
        goes_on = self.cycle is not before or (self.cycle is not None and self.cycle.more_body)
        self._is_in_head = not goes_on
        if begins or goes_on:
            self._silent_since = self._loop.time()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()  # type: ignore[misc]  # uvicorn's classes have it
        self._silent_since = self._loop.time()

    def silence(self) -> float:
        """Return for how many seconds the client owes something; 0 while it waits for a reply."""
        waits = self.cycle is None or self.cycle.response_complete or self.cycle.more_body
        # Only httptools reads on; what comes after a request waits until that was answered.
        is_queued = bool(getattr(self, "pipeline", ()))
        return self._loop.time() - self._silent_since if waits and not is_queued else 0.0

    def give_up(self, why: str) -> None:
        """Close the connection; say why if a request has begun."""
        if self._is_in_head or (self.cycle is not None and self.cycle.more_body):
            last_words(self.transport, HTTPStatus.REQUEST_TIMEOUT, f"half a request came: {why}")
        self.transport.close()

    def _look(self) -> None:
        rest = self.timeout_keep_alive - self.silence()
        if rest <= 0:
            self.give_up(f"nothing more within {self.timeout_keep_alive} s")
        else:
            self._watch = self._loop.call_later(rest, self._look)


def last_words(transport: asyncio.WriteTransport, status: HTTPStatus, message: str) -> None:
    """Answer without regard to what was asked for, and close the connection."""
    if not transport.is_closing():
        body = json.dumps({"message": message})
        headers = f"content-type: application/json\r\ncontent-length: {len(body)}"
        line = f"HTTP/1.1 {status.value} {status.phrase}\r\n{headers}\r\nconnection: close"
        transport.write(f"{line}\r\n\r\n{body}".encode())
        transport.close()
