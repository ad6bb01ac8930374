"""Runs the mock as a server, with uvicorn."""

import asyncio
import contextlib
import socket
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn

from kling.mock._engine import Engine
from kling.mock._listening.incomplete_requests import IncompleteRequests
from kling.mock._listening.single_writes import SingleWrites
from kling.mock._serving import CLOSE, App, Server, Visitors

try:
    from kling.mock._listening.upgrade_offers import Protocol
except ImportError:
    # On Windows httptools is missing. mypy accepts only the class of the first import.
    from uvicorn.protocols.http.h11_impl import H11Protocol as Protocol  # type: ignore[assignment]


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on an address.

    Raises:
        OSError: the mock cannot listen on the address.
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
    """Serve until interrupted; close connections that are silent for `idle_timeout` seconds.

    `visitors` decides which requests may use the pages and controls below /_mock/. `certificate` is
    a file with a certificate and its key. If it is given, the server speaks https; otherwise http.
    """
    if public_url:
        public_url = public_url.rstrip("/")
    application = App(Server(engine, visitors).handle, engine.clock, public_url, engine.close)
    config = uvicorn.Config(
        application,
        http=_Protocol,
        # At a lower level, uvicorn would report every stalled connection at the end. It need not
        # report exceptions, because _Protocol prints them.
        log_level="critical",
        access_log=False,
        # Only `public_url` and the Host decide the URL of the mock, not the headers of a proxy.
        proxy_headers=False,
        date_header=False,
        server_header=False,
        timeout_keep_alive=idle_timeout,
        ssl_certfile=certificate,
        # After an interrupt, the server stops within a second, even if the fault stall has delayed
        # a reply for longer.
        timeout_graceful_shutdown=1,
    )
    # uvicorn raises KeyboardInterrupt at the end.
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])
    announce("Kling mock stopped")


class _Protocol(IncompleteRequests, Protocol):
    """HTTP, with a way for the application to close the connection at once.

    An unexpected exception of the application is printed, and answered with 500.
    """

    app: Any

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        writes = SingleWrites(transport)
        # `writes` has every method that uvicorn calls, but is not a subclass of the transports.
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
