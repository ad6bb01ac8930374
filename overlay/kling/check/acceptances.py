"""The part of a check that sends bodies that break no rule."""

from kling.check.bodies import Case, has_id_of_earlier_call
from kling.check.inquiry import Inquiry
from kling.check.judging import judge_acceptance

# Bodies with these fields continue an earlier request, which this check did not send.
_CONTINUING_FIELDS = ("session_id", "cursor")


def check(inquiry: Inquiry) -> None:
    """Send every body that breaks no rule; check that it is accepted."""
    cases = []
    for operation in inquiry.operations:
        if operation.verb == "delete":
            count = len(list(inquiry.bodies.accepted(operation)))
            inquiry.skip(operation.id, "It could delete something that the account needs.", count)
            continue
        for case in inquiry.bodies.accepted(operation):
            if isinstance(case.body, dict) and any(
                case.body.get(name) for name in _CONTINUING_FIELDS
            ):
                inquiry.skip(
                    operation.id, "It uses the result of an earlier request, such as a session."
                )
            else:
                cases.append(_with_id(inquiry, case))
    inquiry.random.shuffle(cases)
    for case, request, reply in inquiry.send_all(cases):
        judge_acceptance(inquiry, case, request, reply)


def _with_id(inquiry: Inquiry, case: Case) -> Case:
    """Return a case whose body has a new external_task_id, if it had one before."""
    body = inquiry.bodies.with_new_id(case.operation, case.body, add=False)
    needs_state = case.needs_state or has_id_of_earlier_call(body)
    return Case(case.name, case.operation, body, needs_state=needs_state)
