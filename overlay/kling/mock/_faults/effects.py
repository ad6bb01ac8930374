"""What each fault does, one function for each."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from kling.mock._exchange import HANG_UP, JSON, Refused, Reply, Stall, json_reply
from kling.mock._faults.plan import AFTER, Plan

_PAGE = b"""<html>
<head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body>
</html>
"""


@dataclass(frozen=True, slots=True)
class FaultyCall:
    """A call that a fault affects."""

    plan: Plan
    carry_out: Callable[[], Reply]
    """Carries out the call."""
    refuse: Callable[[Refused], Reply]
    """Turns a refusal into a reply."""

    def carry_out_if_after(self) -> Reply:
        """Carry out the call if the fault comes after it; otherwise return an empty reply."""
        if self.plan.when == AFTER:
            return self.carry_out()
        return Reply(200, b"", {"content-type": JSON})


@dataclass(frozen=True, slots=True)
class FaultyCallback:
    """A callback that a fault affects."""

    plan: Plan
    send: Callable[[], None]
    send_in: Callable[[float], None]
    """Sends it after this many seconds."""
    give_up: Callable[[str], None]
    """Sends nothing, and records why."""


CallEffect = Callable[[FaultyCall], Reply | Stall]
CallbackEffect = Callable[[FaultyCallback], None]


def refused(call: FaultyCall) -> Reply:
    """Refuse the call with one of Kling's codes."""
    call.carry_out_if_after()
    reply = call.refuse(Refused(call.plan.code or 0, call.plan.message))
    return replace(reply, status=call.plan.status or reply.status)


def stalled(call: FaultyCall) -> Stall:
    """Send the reply only after some seconds."""
    if call.plan.when != AFTER:
        return Stall(call.plan.seconds, call.carry_out)
    done = call.carry_out()
    return Stall(call.plan.seconds, lambda: done)


def hung_up(call: FaultyCall) -> Reply:
    """Close the connection without a reply."""
    call.carry_out_if_after()
    return HANG_UP


def gateway_page(call: FaultyCall) -> Reply:
    """Answer like a gateway that cannot reach its server."""
    call.carry_out_if_after()
    return Reply(call.plan.status or 502, _PAGE, {"content-type": "text/html"})


def emptied(call: FaultyCall) -> Reply:
    """Send a reply without a body."""
    reply = call.carry_out_if_after()
    return replace(reply, status=call.plan.status or reply.status, body=b"")


def halved(call: FaultyCall) -> Reply:
    """Send only the first half of the body, with a matching Content-Length."""
    reply = call.carry_out_if_after()
    return replace(reply, body=reply.body[: len(reply.body) // 2])


def cut(call: FaultyCall) -> Reply:
    """Break the connection in the middle of the body."""
    return replace(call.carry_out_if_after(), cut=call.plan.bytes)


def slowed(call: FaultyCall) -> Reply:
    """Send the body slowly."""
    return replace(call.carry_out_if_after(), bytes_per_second=call.plan.bytes_per_second)


def file_expired(call: FaultyCall) -> Reply:
    """Answer that the file has expired."""
    call.carry_out_if_after()
    return expired()


def lost(callback: FaultyCallback) -> None:
    """Do not send the callback."""
    callback.give_up("lost, as planned")


def sent_twice(callback: FaultyCallback) -> None:
    """Send the callback twice."""
    callback.send()
    callback.send()


def sent_late(callback: FaultyCallback) -> None:
    """Send the callback late, possibly after later callbacks."""
    callback.send_in(callback.plan.seconds)


def expired() -> Reply:
    """Return the reply for a file that has expired. Kling's own status for this is not known."""
    return json_reply({"message": "the file has expired"}, 403)
