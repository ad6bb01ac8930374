"""The mock as a server of its own."""

import asyncio
import socket
from collections.abc import Callable
from typing import Any

import uvicorn
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from kling.mock._adapters import CLOSE, App
from kling.mock._engine import Engine
from kling.mock._server import Server


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Raises:
        OSError: the address cannot be listened on.
    """
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise OSError(f"cannot listen on {host}:{port}: {error.strerror}") from error


def run(
    engine: Engine,
    listener: socket.socket,
    public_url: str | None,
    announce: Callable[[str], None],
) -> None:
    """Serve until interrupted."""
    application = App(Server(engine).handle, engine.clock, public_url and public_url.rstrip("/"))
    config = uvicorn.Config(
        application,
        http=_Protocol,
        log_level="warning",
        access_log=False,
        # Where it is reached is the Host of a request, or what public_url says.
        proxy_headers=False,
        date_header=False,
        server_header=False,
    )
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        announce("Kling mock stopped")


class _Protocol(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
    """HTTP, with a way for the application to close the connection at once."""

    app: Any

    def connection_made(self, transport: asyncio.Transport) -> None:
        super().connection_made(transport)
        application = self.app

        async def with_close(scope: Any, receive: Any, send: Any) -> None:
            scope.setdefault("extensions", {})[CLOSE] = transport.close
            await application(scope, receive, send)

        self.app = with_close
