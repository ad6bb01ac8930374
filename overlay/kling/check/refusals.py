"""The part that sends what breaks a rule."""

from kling.check.bodies import Case
from kling.check.exchanges import Ask
from kling.check.findings import Kind
from kling.check.inquiry import Inquiry
from kling.check.judging import judge_refusal
from kling.check.task_lists import newest


def check(inquiry: Inquiry) -> None:
    """Send every body that breaks a rule, and see that it is refused and nothing is made."""
    cases = [
        _with_id(inquiry, case)
        for operation in inquiry.operations
        for case in inquiry.bodies.refused(operation)
    ]
    if inquiry.spec.dialect:
        others = sum(map(inquiry.bodies.count_refused, inquiry.operations)) - len(cases)
        inquiry.skip("bodies that the dialect judges otherwise", "They are of no use here.", others)
    # The server takes them on purpose, and would create what they ask for.
    allowed = [case for case in cases if inquiry.allow.issuperset(case.rules)]
    inquiry.skip("bodies that break allowed rules", "The rules are allowed.", len(allowed))
    cases = [case for case in cases if not inquiry.allow.issuperset(case.rules)]
    inquiry.random.shuffle(cases)
    refused: dict[str, tuple[Case, Ask]] = {}
    for case, ask, reply in inquiry.send(cases):
        judge_refusal(inquiry, case, ask, reply)
        own_id = inquiry.bodies.own_id(case.operation, case.body)
        if own_id and not reply.may_have_made:
            refused[own_id] = (case, ask)
    _nothing_was_made(inquiry, refused)


def _with_id(inquiry: Inquiry, case: Case) -> Case:
    body = inquiry.bodies.with_own_id(case.operation, case.body, add=True)
    same = {one.rule for one in inquiry.bodies.problems(case.operation, body)} == set(case.rules)
    # Not where the id is what is wrong, or where it mends the body.
    return Case(
        case.name,
        case.operation,
        body if same else case.body,
        case.rules,
        case.is_certain,
        case.needs_state,
    )


def _nothing_was_made(inquiry: Inquiry, refused: dict[str, tuple[Case, Ask]]) -> None:
    """Look into the lists for tasks whose creates were refused."""
    creates = {case.operation.id: case.operation for case, _ in refused.values()}
    # One list may show the tasks of several creates.
    lists = {one.id: inquiry.spec.list_of(one) for one in creates.values()}
    by_list = {found.id: creates[name] for name, found in lists.items() if found}
    for create in by_list.values():
        for own_id in newest(inquiry, create):
            if own_id in refused:
                case, ask = refused[own_id]
                inquiry.wrong(
                    Kind.ACCEPTED,
                    ask,
                    "no task after a refusal",
                    "a refusal, and a task with its external_task_id in the list",
                    ", ".join(case.rules),
                )
