"""The command line."""

import socket
from datetime import datetime

import click
import uvicorn

from kling._spec import load
from kling.mock import App, Keys, RealClock, Server


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kling-openapi")
def cli() -> None:
    """Work with Kling AI's HTTP API."""


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 takes a free one.",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Know the models that were alive on that day.  [default: today]",
)
@click.option(
    "--speed",
    type=click.FloatRange(0, min_open=True),
    default=1.0,
    show_default=True,
    help="Let tasks go that many times faster.",
)
@click.option(
    "--public-url",
    metavar="URL",
    help="Where callers reach the mock, for the urls of results.  [default: the Host of a request]",
)
def mock(
    host: str, port: int, as_of: datetime | None, speed: float, public_url: str | None
) -> None:
    """Serve a stateful mock of Kling, built from the description.

    It checks credentials, parameters and every rule, and remembers the tasks; they succeed after a
    minute. It does not imitate prices, quotas, moderation, the look of results, and the checks
    that Kling makes once it has fetched the media.

    Example: kling mock --port 8000 --speed 20
    """
    keys = Keys()
    server = Server(
        load(),
        clock=RealClock(),
        keys=keys,
        speed=speed,
        as_of=as_of.date() if as_of else None,
    )
    try:
        listener = socket.create_server((host, port))
    except OSError as error:
        raise click.ClickException(f"cannot listen on {host}:{port}: {error.strerror}") from error
    click.echo(f"Kling mock listening on http://{host}:{listener.getsockname()[1]}")
    click.echo(f"  API key     {keys.api_key}")
    click.echo(f"  access key  {keys.access_key}")
    click.echo(f"  secret key  {keys.secret_key}")
    application = App(server.handle, public_url and public_url.rstrip("/"))
    config = uvicorn.Config(application, log_level="warning", access_log=False)
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        click.echo("Kling mock stopped")
