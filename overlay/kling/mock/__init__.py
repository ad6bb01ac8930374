"""A stateful stand-in for Kling, built from the description, for tests in any language.

In Python it needs no server:

    mock = KlingMock()
    client = Kling(api_key=mock.keys.api_key, transport=mock.transport)

With pytest the fixture `kling_mock` does that much for you; other languages run `kling mock`.

It is as strict as the description, and remembers what was made. It does not imitate prices,
quotas, moderation, the look of results, and the checks that Kling makes once it has fetched the
media.
"""

import time
from collections.abc import Callable
from datetime import date

from kling._spec import Document, Spec, load
from kling.mock._adapters import App, Transport
from kling.mock._clock import ManualClock, RealClock
from kling.mock._credentials import Keys
from kling.mock._server import Server

__all__ = ["App", "Keys", "KlingMock", "ManualClock", "RealClock", "Server", "serve"]


def serve(
    *,
    announce: Callable[[str], None],
    host: str = "127.0.0.1",
    port: int = 8000,
    as_of: date | None = None,
    speed: float = 1.0,
    public_url: str | None = None,
) -> None:
    """Serve a mock until interrupted; what `kling mock` does. Needs the extra `cli`.

    Args:
        announce: is told, line by line, where it listens and which credentials it takes.
        host: address to listen on.
        port: port to listen on; 0 takes a free one.
        as_of: see `KlingMock`.
        speed: how many times faster than life tasks go.
        public_url: where callers reach it; by default the Host of each request.

    Raises:
        OSError: the address cannot be listened on.
    """
    # Only here, for the mock in process needs no server.
    from kling.mock._serve import run

    run(
        host=host,
        port=port,
        as_of=as_of,
        speed=speed,
        public_url=public_url,
        announce=announce,
    )


class KlingMock:
    """A mock to use in process.

    Its time stands still until a client sleeps or `clock.advance` is called, so that waiting for a
    task takes no real time.

    Args:
        as_of: behave as Kling did on that day, as far as retired models go; today if None.
        document: a bundled description to build from; the one of this version if None.
        now: where the clock starts, in Unix seconds; at real time if None.
    """

    def __init__(
        self,
        *,
        as_of: date | None = None,
        document: Document | None = None,
        now: float | None = None,
    ) -> None:
        self.keys = Keys()
        """The credentials that it takes."""
        self.clock = ManualClock(time.time() if now is None else now)
        """Its time; `clock.advance(seconds)` moves it."""
        spec = load() if document is None else Spec(document)
        server = Server(spec, clock=self.clock, keys=self.keys, as_of=as_of)
        self.plan = server.plan
        self.transport = Transport(server.handle, self.clock)
        """Give it to a client; no network is used."""
        self.app = App(server.handle)
        """The same mock as an ASGI application."""
