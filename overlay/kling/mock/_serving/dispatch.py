"""The mock as a whole: Kling's API, and its own pages beside it."""

import re
from collections.abc import Mapping
from dataclasses import replace

from kling.mock._control import ROOT, Control
from kling.mock._engine import Engine
from kling.mock._exchange import MEDIA, Call, Reply, Stall, json_reply
from kling.mock._serving.visitors import Visitors

# Urls of results begin with it; what is no name of a host could be more than a url to a reader.
_HOST = re.compile(r"[A-Za-z0-9_.:\[\]-]*")
# Whoever has to know that the mock itself answers, and no gateway before it, sends a nonce.
_MARK, _NONCE = "x-kling-mock", re.compile(r"[0-9a-f]{32}")


class Server:
    """Answers every call.

    Args:
        engine: answers those to Kling.
        visitors: who may use the mock's own pages; everybody if None.
    """

    def __init__(self, engine: Engine, visitors: Visitors | None = None) -> None:
        self._engine = engine
        self._visitors = visitors
        self._control = Control(engine)

    def handle(self, call: Call) -> Reply | Stall:
        """Answer a call."""
        reply = self._answer(call)
        nonce = call.headers.get(_MARK, "")
        if not isinstance(reply, Reply) or not _NONCE.fullmatch(nonce):
            return reply
        return _with(reply, {_MARK: nonce})

    def _answer(self, call: Call) -> Reply | Stall:
        if not _HOST.fullmatch(call.headers.get("host", "")):
            return json_reply({"code": 1201, "message": "the header Host names no host"}, 400)
        if call.path == ROOT.rstrip("/"):
            return Reply(308, b"", {"location": ROOT})
        if not call.path.startswith(ROOT) or call.path.startswith(MEDIA):
            return self._engine.handle(call)
        if self._visitors and (why := self._visitors.refusal(call)):
            return json_reply({"message": why}, 403)
        reply = self._control.handle(call)
        # What callers sent is in some of them, and no browser may take it for markup.
        return _with(reply, {"x-content-type-options": "nosniff"})


def _with(reply: Reply, headers: Mapping[str, str]) -> Reply:
    return replace(reply, headers={**reply.headers, **headers})
