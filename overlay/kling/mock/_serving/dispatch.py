"""The mock as a whole: Kling's API, and its own pages beside it."""

import re

from kling.mock._control import ROOT, Control
from kling.mock._engine import Engine
from kling.mock._exchange import MEDIA, Call, Reply, Stall, json_reply

# Urls of results begin with it; what is no name of a host could be more than a url to a reader.
_HOST = re.compile(r"[A-Za-z0-9_.:\[\]-]*")


class Server:
    """Answers every call.

    Args:
        engine: answers those to Kling.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._control = Control(engine)

    def handle(self, call: Call) -> Reply | Stall:
        """Answer a call."""
        if not _HOST.fullmatch(call.headers.get("host", "")):
            return json_reply({"message": "the header Host names no host"}, 400)
        if call.path == ROOT.rstrip("/"):
            return Reply(308, b"", {"location": ROOT})
        if call.path.startswith(ROOT) and not call.path.startswith(MEDIA):
            return self._control.handle(call)
        return self._engine.handle(call)
