"""The command that serves the mock."""

from datetime import datetime

import click


@click.command()
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

    \b
    Example: kling mock --port 8000 --speed 20
    """
    from kling.mock import serve

    serve(
        host=host,
        port=port,
        as_of=as_of.date() if as_of else None,
        speed=speed,
        public_url=public_url,
        announce=click.echo,
    )
