"""The mock as a whole: Kling's API, and its own pages beside it."""

from kling.mock._control import ROOT, Control
from kling.mock._engine import Engine
from kling.mock._http import MEDIA, Call, Reply, Stall


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
        if call.path == ROOT.rstrip("/"):
            return Reply(308, b"", {"location": ROOT})
        if call.path.startswith(ROOT) and not call.path.startswith(MEDIA):
            return self._control.handle(call)
        return self._engine.handle(call)
