"""The mock as a server of its own."""

import socket
from collections.abc import Callable
from datetime import date

import uvicorn

from kling._spec import load
from kling.mock._adapters import App
from kling.mock._clock import RealClock
from kling.mock._credentials import Keys
from kling.mock._server import Server


def run(
    *,
    host: str,
    port: int,
    as_of: date | None,
    speed: float,
    public_url: str | None,
    announce: Callable[[str], None],
) -> None:
    """Serve until interrupted; see `kling.mock.serve`.

    Raises:
        OSError: the address cannot be listened on.
    """
    keys = Keys()
    server = Server(load(), clock=RealClock(), keys=keys, speed=speed, as_of=as_of)
    try:
        listener = socket.create_server((host, port))
    except OSError as error:
        raise OSError(f"cannot listen on {host}:{port}: {error.strerror}") from error
    url = f"http://{host}:{listener.getsockname()[1]}"
    announce(f"Kling mock listening on {url}")
    announce(f"  API key     {keys.api_key}")
    announce(f"  access key  {keys.access_key}")
    announce(f"  secret key  {keys.secret_key}")
    announce(f"  KLING_BASE_URL={url} KLING_API_KEY={keys.api_key} lead programs here")
    application = App(server.handle, public_url and public_url.rstrip("/"))
    config = uvicorn.Config(
        application, log_level="warning", access_log=False, date_header=False, server_header=False
    )
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        announce("Kling mock stopped")
