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
    """Carries out the call, and returns its reply."""
    refuse: Callable[[Refused], Reply]
    """Turns a refusal into a reply."""

    def reply_before_fault(self) -> Reply:
        """Return the reply that the fault changes.

        If the plan says "after", the call is carried out, and its reply is returned. If the plan
        says "before", the call is not carried out, and the reply is empty. A fault that makes a
        reply itself also calls this method, so that the call is carried out if the plan says so.
        """
        if self.plan.when == AFTER:
            return self.carry_out()
        return Reply(200, b"", {"content-type": JSON})


@dataclass(frozen=True, slots=True)
class FaultyCallback:
    """A callback that a fault affects."""

    plan: Plan
    send: Callable[[], None]
    """Sends the callback now."""
    send_in: Callable[[float], None]
    """Sends the callback after this many seconds."""
    give_up: Callable[[str], None]
    """Sends nothing, and records why."""


CallEffect = Callable[[FaultyCall], Reply | Stall]
CallbackEffect = Callable[[FaultyCallback], None]


def refused(call: FaultyCall) -> Reply:
    """Refuse the call with one of Kling's codes."""
    call.reply_before_fault()
    # The plan of a refusal always has a code.
    reply = call.refuse(Refused(call.plan.code or 0, call.plan.message))
    return replace(reply, status=call.plan.status or reply.status)


def stalled(call: FaultyCall) -> Stall:
    """Send the reply only after some seconds."""
    # Before or after: the call is carried out when the pause ends, or now.
    if call.plan.when != AFTER:
        return Stall(call.plan.seconds, call.carry_out)
    reply = call.carry_out()
    return Stall(call.plan.seconds, lambda: reply)


def hung_up(call: FaultyCall) -> Reply:
    """Close the connection without a reply."""
    call.reply_before_fault()
    return HANG_UP


def gateway_page(call: FaultyCall) -> Reply:
    """Answer like a gateway that cannot reach its server."""
    call.reply_before_fault()
    return Reply(call.plan.status or 502, _PAGE, {"content-type": "text/html"})


def emptied(call: FaultyCall) -> Reply:
    """Send a reply without a body."""
    reply = call.reply_before_fault()
    return replace(reply, status=call.plan.status or reply.status, body=b"")


def halved(call: FaultyCall) -> Reply:
    """Send only the first half of the body, with a matching Content-Length."""
    reply = call.reply_before_fault()
    return replace(reply, body=reply.body[: len(reply.body) // 2])


def cut(call: FaultyCall) -> Reply:
    """Break the connection in the middle of the body."""
    return replace(call.reply_before_fault(), cut=call.plan.bytes)


def slowed(call: FaultyCall) -> Reply:
    """Send the body slowly."""
    return replace(call.reply_before_fault(), bytes_per_second=call.plan.bytes_per_second)


def file_expired(call: FaultyCall) -> Reply:
    """Answer that the file has expired."""
    call.reply_before_fault()
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
    """Return the reply for a file that has expired. The status that Kling sends is not known."""
    return json_reply({"message": "the file has expired"}, 403)
