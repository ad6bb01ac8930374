"""Passes each call to Kling's API, or to the pages and controls of the mock."""

import re
from collections.abc import Mapping
from dataclasses import replace

from kling.mock._control import ROOT, Control
from kling.mock._engine import Engine
from kling.mock._exchange import MEDIA, Call, Reply, Stall, json_reply
from kling.mock._serving.visitors import Visitors

# The URLs of results begin with the Host, so it must not contain anything but a host and a port.
_HOST = re.compile(r"[A-Za-z0-9_.:\[\]-]*")
# A client may send a nonce, which the mock repeats in its reply. A server that answers by itself
# does not. So the client knows that the reply is from a mock, perhaps through a gateway.
_NONCE_HEADER, _NONCE = "x-kling-mock", re.compile(r"[0-9a-f]{32}")


class Server:
    """Answers every call.

    Args:
        engine: answers calls to Kling's API.
        visitors: decides who may use the pages and controls of the mock; if None, everybody may.
    """

    def __init__(self, engine: Engine, visitors: Visitors | None = None) -> None:
        self._engine = engine
        self._visitors = visitors
        self._control = Control(engine)

    def handle(self, call: Call) -> Reply | Stall:
        """Answer a call."""
        reply = self._answer(call)
        nonce = call.headers.get(_NONCE_HEADER, "")
        # A stall has no headers yet.
        if not isinstance(reply, Reply) or not _NONCE.fullmatch(nonce):
            return reply
        return _with_headers(reply, {_NONCE_HEADER: nonce})

    def _answer(self, call: Call) -> Reply | Stall:
        if not _HOST.fullmatch(call.headers.get("host", "")):
            return json_reply(
                {"code": 1201, "message": "the Host header is not a valid host name"}, 400
            )
        if call.path == ROOT.rstrip("/"):
            return Reply(308, b"", {"location": ROOT})
        if not call.path.startswith(ROOT) or call.path.startswith(MEDIA):
            return self._engine.handle(call)
        if self._visitors and (why := self._visitors.refusal(call)):
            return json_reply({"message": why}, 403)
        reply = self._control.handle(call)
        # A page may contain text that callers sent, which browsers must not take for HTML.
        return _with_headers(reply, {"x-content-type-options": "nosniff"})


def _with_headers(reply: Reply, headers: Mapping[str, str]) -> Reply:
    return replace(reply, headers={**reply.headers, **headers})
