"""What a fault does to a call."""

from collections.abc import Callable
from dataclasses import replace

from kling.mock._exchange import HANG_UP, JSON, Refused, Reply, Stall, json_reply
from kling.mock._faults.fault_kinds import AFTER
from kling.mock._faults.plans import Plan

_PAGE = b"""<html>
<head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body>
</html>
"""


def befallen(
    plan: Plan, carry_out: Callable[[], Reply], refuse: Callable[[Refused], Reply]
) -> Reply | Stall:
    """Answer a call as a fault wants it.

    Args:
        plan: the fault.
        carry_out: does what was asked for; by the fault's `when` it happens or does not.
        refuse: makes a reply of a refusal.
    """
    if plan.fault == "stall":
        if plan.when != AFTER:
            return Stall(plan.seconds, carry_out)
        done = carry_out()
        return Stall(plan.seconds, lambda: done)
    reply = carry_out() if plan.when == AFTER else Reply(200, b"", {"content-type": JSON})
    if plan.fault == "refuse":
        said = refuse(Refused(plan.code or 0, plan.message))
        return replace(said, status=plan.status or said.status)
    return _spoilt(plan, reply)


def _spoilt(plan: Plan, reply: Reply) -> Reply:
    if plan.fault == "hang-up":
        return HANG_UP
    if plan.fault == "html":
        return Reply(plan.status or 502, _PAGE, {"content-type": "text/html"})
    if plan.fault == "empty":
        return replace(reply, status=plan.status or reply.status, body=b"")
    if plan.fault == "malformed":
        return replace(reply, body=reply.body[: len(reply.body) // 2])
    if plan.fault == "cut":
        return replace(reply, cut=plan.bytes)
    if plan.fault == "drip":
        return replace(reply, bytes_per_second=plan.bytes_per_second)
    return expired()


def expired() -> Reply:
    """Return what a file answers that is gone; which status Kling gives then is not known."""
    return json_reply({"message": "the file has expired"}, 403)
