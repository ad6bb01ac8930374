"""The part that sends what breaks no rule."""

from kling.check.bodies import Case, names_made
from kling.check.inquiry import Inquiry
from kling.check.judging import judge_acceptance

# Takes away what may be somebody's, or continues what was never begun.
_NOT_SENT = ("session_id", "cursor")


def check(inquiry: Inquiry) -> None:
    """Send every body that breaks nothing, and see that it is accepted."""
    cases = []
    for case in (case for one in inquiry.operations for case in inquiry.bodies.accepted(one)):
        if case.operation.verb == "delete":
            inquiry.skip(case.operation.id, "It takes away what the account may have made.")
        elif isinstance(case.body, dict) and any(case.body.get(name) for name in _NOT_SENT):
            inquiry.skip(case.operation.id, "It goes on with what an earlier call has begun.")
        else:
            cases.append(_with_id(inquiry, case))
    inquiry.random.shuffle(cases)
    for case, ask, reply in inquiry.send(cases):
        judge_acceptance(inquiry, case, ask, reply)


def _with_id(inquiry: Inquiry, case: Case) -> Case:
    body = inquiry.bodies.with_own_id(case.operation, case.body, add=False)
    return Case(case.name, case.operation, body, needs_state=case.needs_state or names_made(body))
