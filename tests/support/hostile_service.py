"""A service that charges for tasks, and fails as Kling, relays and gateways do.

Its ledger has every task that was paid for. Tests compare the ledger with what the client reports.
A list of words from `CREATES` says what happens to each create in turn. A list from `LOOKS` says
what happens to each look-up. The last word of a list applies to all later requests.
"""

import json
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import unquote

import httpx
from kling.mock import ManualClock

BEGIN = 1772323200.0
OWN_ID = "job-17"
REFUSED_BY_GATEWAY = (401, 403, 404, 405, 413, 415)


class Killed(BaseException):
    """The tested program ends here, as after kill -9."""


@dataclass
class Paid:
    """A task in the ledger."""

    id: str
    own_id: str | None
    """Its external_task_id."""
    at: float
    """When it was paid for, by the clock of the service."""
    by: int
    """Which run of the tested program paid for it, from 1 on; 0 if another user did."""


@dataclass
class Service(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """An httpx transport that answers as this service."""

    creates: list[str] = field(default_factory=lambda: ["ok"])
    """Words of CREATES, one for each create."""
    looks: list[str] = field(default_factory=lambda: ["right"])
    """Words of LOOKS, one for each look-up."""
    delay: float = 0.0
    """Seconds until a look-up finds a new task."""
    compares_ids: bool = True
    """Whether a second create with the same id is refused."""
    words: str = "External_task_id {} already exists"
    """The message of this refusal."""

    def __post_init__(self):
        self.clock = ManualClock(BEGIN)
        self.ledger = [Paid("666", "somebody-else", BEGIN - 9000.0, 0)]
        self.requests = []
        self.program = 1
        self._numbers = count(7001)
        self._was_told_taken, self._was_told_free = set(), set()

    def paid(self, program=None):
        """Return the tasks that the tested program paid for, in one of its runs or in all."""
        return [one for one in self.ledger if one.by and program in (None, one.by)]

    def was_told_taken(self):
        """Whether a reply in this run of the program said that its id is taken."""
        return self.program in self._was_told_taken

    def was_told_free(self):
        """Whether a reply in this run of the program said that no task has its id."""
        return self.program in self._was_told_free

    def is_seen(self, task):
        """Whether look-ups find a task by now."""
        return not task.by or self.clock.time() >= task.at + self.delay

    def methods(self):
        return [one.method for one in self.requests]

    def handle_request(self, request):
        request.read()
        self.requests.append(request)
        if request.method == "POST":
            word, *rest = self.creates
            self.creates = rest or [word]
            return self._create(word, request)
        word, *rest = self.looks
        self.looks = rest or [word]
        return self._look(word, request)

    async def handle_async_request(self, request):
        await request.aread()
        return self.handle_request(request)

    def _create(self, word, request):
        fault, _, when = word.partition(" ")
        if when == "before" or fault.startswith("refused"):
            return _failed(fault, request)
        body = json.loads(request.content)
        own_id = body.get("external_task_id") or body.get("options", {}).get("external_task_id")
        if fault == "killed-unsent":
            raise Killed
        if self.compares_ids and any(one.own_id == own_id for one in self.ledger):
            self._was_told_taken.add(self.program)
            reply = _json(400, {"code": 1201, "message": self.words.format(own_id)})
        else:
            task = Paid(str(next(self._numbers)), own_id, self.clock.time(), self.program)
            self.ledger.append(task)
            reply = _json(200, {"code": 0, "data": _shown(request, task, task.own_id)})
        if fault == "killed":
            raise Killed
        if fault == "swapped":  # the reply belongs to another create
            return _json(200, {"code": 0, "data": _shown(request, self.ledger[0], "not-yours")})
        return reply if fault == "ok" else _failed(fault, request)

    def _look(self, word, request):
        if word == "killed":
            raise Killed
        asked = request.url.params.get("external_task_ids") or request.url.params.get("task_ids")
        by_filter = asked is not None
        asked = asked or unquote(request.url.path.rpartition("/")[2])
        seen = [one for one in self.ledger if self.is_seen(one)]
        right = [one for one in seen if asked in (one.own_id, one.id)]
        other = self.ledger[0]
        match word:
            case "right":
                found = [(one, one.own_id) for one in right]
            case "empty":
                found = []
            case "all":  # the filter is ignored
                found = [(one, one.own_id) for one in reversed(seen)] if by_filter else []
            case "other":
                found = [(other, other.own_id)]
            case "silent":  # the reply has no external ids; a filter finds the task of another user
                shown = [other] if by_filter else right
                found = [(one, None) for one in shown]
            case _:
                return _failed(word, request)
        data = [_shown(request, one, own_id) for one, own_id in found]
        if not data:
            self._was_told_free.add(self.program)
        if by_filter:
            return _json(200, {"code": 0, "data": data})
        if not data:
            return _json(400, {"code": 1201, "message": f"Task not found by id: {asked}"})
        return _json(200, {"code": 0, "data": data[0]})


# Faults that leave a create in doubt; each may happen before or after the task is made.
DOUBTS = (
    *("timeout", "reset", "html-502", "html-400", "html-429", "empty", "half", "none"),
    *("code-5000", "code-5001", "code-5002", "code-9999", "code--5", "digits-5000", "word-500"),
)
# Replies that say that no task was made; this is true.
REFUSALS = (
    *(f"refused-html-{status}" for status in REFUSED_BY_GATEWAY),
    *(f"refused-code-{code}" for code in (1002, 1102, 1200, 1201, 1301, 1302, 1303)),
    *("refused-digits-1201", "refused-unreached"),
)
CREATES = (
    *(f"{fault} {when}" for fault in DOUBTS for when in ("before", "after")),
    *(*REFUSALS, "ok", "swapped"),
)
ANSWERS = ("right", "empty", "all", "other", "silent")
LOOKS = (*ANSWERS, *DOUBTS, "code-1302", "refused-unreached")


def _failed(fault, request):
    """Return the reply that a fault causes, or raise the exception that it causes."""
    kind, _, number = fault.removeprefix("refused-").partition("-")
    match kind:
        case "timeout":
            raise httpx.ReadTimeout("silence", request=request)
        case "reset":
            raise httpx.RemoteProtocolError("closed", request=request)
        case "unreached":
            raise httpx.ConnectError("nobody", request=request)
        case "html":
            return httpx.Response(int(number), html="<h1>no</h1>")
        case "empty":
            return httpx.Response(200, content=b"")
        case "half":
            return httpx.Response(200, content=b'{"code": 0, "data": {"task_i')
        case "none":
            return _json(200, {"code": 0, "data": None})
        case "digits":
            return _json(200, {"code": number, "message": "no"})
        case "word":
            return _json(int(number), {"code": "busy", "message": "no"})
        case "code":
            code = int(number)
            status = 500 if code in (5000, 5001, 5002) else 200 if code < 0 else 400
            return _json(status, {"code": code, "message": "no"})
    raise AssertionError(fault)


def _json(status, body):
    return httpx.Response(status, json=body)


def _shown(request, task, own_id):
    """Return a task in the format of the standard that the request uses."""
    if request.url.path.startswith("/v1/"):
        info = {"task_info": {"external_task_id": own_id}} if own_id else {}
        return {"task_id": task.id, "task_status": "submitted", **info}
    stated = {"external_id": own_id} if own_id else {}
    times = {"create_time": int(task.at * 1000), "update_time": int(task.at * 1000)}
    return {"id": task.id, "status": "submitted", **times, **stated}
