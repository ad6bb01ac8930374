"""The mock as a server of its own."""

import asyncio
import contextlib
import socket
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn

from kling.mock._engine import Engine
from kling.mock._listening.half_requests import HalfRequests
from kling.mock._listening.single_writes import SingleWrites
from kling.mock._serving import CLOSE, App, Server, Visitors

try:
    from kling.mock._listening.upgrade_offers import Protocol
except ImportError:
    # On Windows there is no httptools; mypy takes the first class for the only one.
    from uvicorn.protocols.http.h11_impl import H11Protocol as Protocol  # type: ignore[assignment]


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Raises:
        OSError: the address cannot be listened on.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise OSError(f"cannot listen on {host}:{port}: {error.strerror}") from error


def run(
    engine: Engine,
    visitors: Visitors,
    listener: socket.socket,
    public_url: str | None,
    idle_timeout: int,
    certificate: Path | None,
    announce: Callable[[str], None],
) -> None:
    """Serve until interrupted; close a connection when its client is silent for some seconds.

    With a certificate, whose file holds the key as well, it speaks https alone.
    """
    public_url = public_url and public_url.rstrip("/")
    application = App(Server(engine, visitors).handle, engine.clock, public_url, engine.close)
    config = uvicorn.Config(
        application,
        http=_Protocol,
        # It would tell of every stalled connection at the end; _Protocol tells of defects.
        log_level="critical",
        access_log=False,
        # Where it is reached is the Host of a request, or what public_url says.
        proxy_headers=False,
        date_header=False,
        server_header=False,
        timeout_keep_alive=idle_timeout,
        ssl_certfile=certificate,
        # Nobody who interrupts it waits for a stall to end.
        timeout_graceful_shutdown=1,
    )
    # Not raised where SIGINT was ignored at the start, as in the background of a script.
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])
    announce("Kling mock stopped")


class _Protocol(HalfRequests, Protocol):
    """HTTP, with a way for the application to close the connection at once.

    An exception that the application should not have is printed, and answered with 500.
    """

    app: Any

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        writes = SingleWrites(transport)
        # It has everything that uvicorn uses of a transport, but does not inherit it.
        super().connection_made(writes)  # type: ignore[arg-type]
        application = self.app

        async def with_close(scope: Any, receive: Any, send: Any) -> None:
            scope.setdefault("extensions", {})[CLOSE] = writes.close
            try:
                await application(scope, receive, send)
            except Exception:
                traceback.print_exc()
                raise

        self.app = with_close
