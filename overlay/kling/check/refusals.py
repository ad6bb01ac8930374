"""The part that sends bodies that break a rule."""

from dataclasses import replace

from kling.check.bodies import Case
from kling.check.exchanges import Request
from kling.check.findings import Kind
from kling.check.inquiry import Inquiry
from kling.check.judging import judge_refusal
from kling.check.task_lists import newest_own_ids


def check(inquiry: Inquiry) -> None:
    """Send every body that breaks a rule; check that it is refused, and that no task is created."""
    cases = [
        _with_id(inquiry, case)
        for operation in inquiry.operations
        for case in inquiry.bodies.refused(operation)
    ]
    if inquiry.spec.dialect:
        others = sum(map(inquiry.bodies.count_refused, inquiry.operations)) - len(cases)
        inquiry.skip("other bodies of the API", "The dialect does not have their rules.", others)
    # The server accepts bodies that break only allowed rules, so they would create tasks.
    unsent = [case for case in cases if inquiry.allow.issuperset(case.rules)]
    inquiry.skip("bodies that break allowed rules", "These rules are allowed.", len(unsent))
    cases = [case for case in cases if not inquiry.allow.issuperset(case.rules)]
    inquiry.random.shuffle(cases)
    refused: dict[str, tuple[Case, Request]] = {}
    for case, request, reply in inquiry.send_all(cases):
        judge_refusal(inquiry, case, request, reply)
        own_id = inquiry.bodies.own_id(case.operation, case.body)
        if own_id and not reply.may_have_created:
            refused[own_id] = (case, request)
    _find_refused_tasks(inquiry, refused)


def _with_id(inquiry: Inquiry, case: Case) -> Case:
    """Return a case with a new id in its body, if the body still breaks the same rules."""
    body = inquiry.bodies.with_new_id(case.operation, case.body, add=True)
    broken = {problem.rule for problem in inquiry.bodies.problems(case.operation, body)}
    return replace(case, body=body) if broken == set(case.rules) else case


def _find_refused_tasks(inquiry: Inquiry, refused: dict[str, tuple[Case, Request]]) -> None:
    """Search the lists for tasks whose creates were refused."""
    creates = {case.operation.id: case.operation for case, _ in refused.values()}
    # One list may show the tasks of several creates, and is read only once.
    lists = {create.id: inquiry.spec.list_of(create) for create in creates.values()}
    by_list = {found.id: creates[name] for name, found in lists.items() if found}
    for create in by_list.values():
        for own_id in newest_own_ids(inquiry, create):
            if own_id in refused:
                case, request = refused[own_id]
                inquiry.add_finding(
                    Kind.ACCEPTED,
                    request,
                    "no task after a refusal",
                    "a refusal, and a task with its external_task_id in the list",
                    ", ".join(case.rules),
                )
