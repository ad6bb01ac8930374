"""HTTP/1.1 for clients that offer to go on in another protocol, as Java's do in HTTP/2.

A server may pass over such an offer. httptools takes what comes after the head of the request for
the other protocol, and so would lose a body; the head is read again without the offer.
"""

import asyncio
from typing import Any

from httptools import HttpParserUpgrade, HttpRequestParser

from kling.mock._listening.long_heads import ShortHeads

_OFFER = b"upgrade"


class Protocol(ShortHeads):
    """uvicorn's protocol, which accepts no offer."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Read what comes by a parser that does not stop."""
        # uvicorn asks for a kind of transport that asyncio does not promise.
        super().connection_made(transport)  # type: ignore[arg-type]
        self.parser: Any = _Parser(self.parser, self)

    def on_headers_complete(self) -> None:
        """Begin a request, unless it is to be read again."""
        if not self._has_offer():
            super().on_headers_complete()

    def on_message_complete(self) -> None:
        """End a request, unless it is to be read again."""
        if not self._has_offer():
            super().on_message_complete()

    def without_offer(self) -> bytes:
        """Return the head that was read last, without the offer."""
        version = self.parser.get_http_version().encode()
        lines = [b"%b %b HTTP/%b" % (self.parser.get_method(), self.url, version)]
        lines += [b"%b: %b" % header for header in self.headers if header[0] != _OFFER]
        return b"\r\n".join([*lines, b"", b""])

    def _has_offer(self) -> bool:
        # The parser would stop at CONNECT too, which has none.
        return self.parser.should_upgrade() and _OFFER in dict(self.headers)


class _Parser:
    """A parser that does not stop at an offer.

    Args:
        parser: the one that stops.
        protocol: is told what both read.
    """

    def __init__(self, parser: HttpRequestParser, protocol: Protocol) -> None:
        self._parser = parser
        self._protocol = protocol

    def feed_data(self, data: bytes | memoryview) -> None:
        """Read on."""
        while True:
            try:
                self._parser.feed_data(data)
                return
            except HttpParserUpgrade as stop:
                (end,) = stop.args
                head = self._protocol.without_offer()
                # The old one reads no more if the connection is to be closed afterwards.
                self._parser = HttpRequestParser(self._protocol)
                self._parser.feed_data(head)
                data = memoryview(data)[end:]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._parser, name)
