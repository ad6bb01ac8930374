"""Writes the head and the body of a reply in one system call; uvicorn itself needs two."""

import asyncio
from typing import Any


class SingleWrites:
    """A transport that collects all data of one turn of the event loop, and writes them together.

    Args:
        transport: the transport to write to.
    """

    def __init__(self, transport: Any) -> None:
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._waiting: list[bytes] = []

    def write(self, data: bytes) -> None:
        """Write at the start of the next turn of the event loop.

        Everything else that is written before then is written in the same system call.
        """
        if not self._waiting:
            self._loop.call_soon(self._flush)
        self._waiting.append(data)

    def close(self) -> None:
        """Write what was collected, and close the connection."""
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        if self._waiting:
            self._transport.writelines(self._waiting)
            self._waiting.clear()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
