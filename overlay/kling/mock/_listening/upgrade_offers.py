"""HTTP/1.1 for clients that offer another protocol, as Java's client offers HTTP/2.

A client makes the offer with the header Upgrade, and a server may ignore it. But after the head of
such a request, httptools expects the other protocol, so the body would be lost. Therefore the head
is parsed again without the header.
"""

import asyncio
from typing import Any

from httptools import HttpParserUpgrade, HttpRequestParser

from kling.mock._listening.long_heads import LimitedHeads

_OFFER = b"upgrade"


class Protocol(LimitedHeads):
    """uvicorn's protocol, which ignores offers to upgrade."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Parse the data with a parser that does not stop at an offer."""
        # uvicorn declares a narrower type of transport than asyncio.
        super().connection_made(transport)  # type: ignore[arg-type]
        self.parser: Any = _Parser(self.parser, self)

    def on_headers_complete(self) -> None:
        """Begin a request; if it has an offer, wait until it is parsed again."""
        if not self._has_offer():
            super().on_headers_complete()

    def on_message_complete(self) -> None:
        """End a request; if it has an offer, wait until it is parsed again."""
        if not self._has_offer():
            super().on_message_complete()

    def head_without_offer(self) -> bytes:
        """Return the last head without the offer."""
        version = self.parser.get_http_version().encode()
        lines = [b"%b %b HTTP/%b" % (self.parser.get_method(), self.url, version)]
        lines += [b"%b: %b" % header for header in self.headers if header[0] != _OFFER]
        return b"\r\n".join([*lines, b"", b""])

    def _has_offer(self) -> bool:
        # The parser also stops after a CONNECT request, which does not have an offer.
        return self.parser.should_upgrade() and _OFFER in dict(self.headers)


class _Parser:
    """A parser that continues after an offer.

    Args:
        parser: the parser of httptools, which stops at an offer.
        protocol: receives the events of both parsers.
    """

    def __init__(self, parser: HttpRequestParser, protocol: Protocol) -> None:
        self._parser = parser
        self._protocol = protocol

    def feed_data(self, data: bytes | memoryview) -> None:
        """Parse data."""
        while True:
            try:
                self._parser.feed_data(data)
                return
            except HttpParserUpgrade as stop:
                (end,) = stop.args  # how many bytes were parsed
                head = self._protocol.head_without_offer()
                # A new parser, because the old one reads nothing more if the request asks to close
                # the connection.
                self._parser = HttpRequestParser(self._protocol)
                self._parser.feed_data(head)
                data = memoryview(data)[end:]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._parser, name)
