"""Ids that a query must not find: ids that do not exist, and ids of other families."""

from kling.check.findings import Kind
from kling.check.inquiry import Inquiry
from kling.check.judging import WRONG_BODY, in_words, judge_code
from kling.check.task_lists import CreatedTask, TaskEndpoints

# It has the form of Kling's ids, but Kling has never given it to a task.
_UNKNOWN_ID = "100000000000000001"


def query_unknown_id(inquiry: Inquiry, endpoints: TaskEndpoints) -> None:
    """Query a task that does not exist."""
    request = endpoints.by_id(_UNKNOWN_ID)
    reply = inquiry.send(request)
    place = f"{endpoints.query.id}: an unknown id"
    if not reply.is_success:
        if endpoints.is_shared:
            inquiry.add_finding(Kind.STATUS, request, "200, and no task", str(reply), place)
        else:
            judge_code(inquiry, request, reply, (WRONG_BODY,), place)
    elif not endpoints.is_shared:
        inquiry.add_finding(Kind.TASK, request, in_words(inquiry, WRONG_BODY), str(reply), place)
    elif endpoints.tasks(reply):
        inquiry.add_finding(Kind.TASK, request, "no task", "a task", place)


def query_foreign_id(inquiry: Inquiry, endpoints: TaskEndpoints, made: CreatedTask) -> None:
    """Query a task with the query of another family."""
    other = _other(inquiry, endpoints)
    if other is not None:
        request = other.by_id(made.id)
        reply = inquiry.send(request)
        place = f"{other.query.id}: the id of a task of another family"
        family = endpoints.create.family
        if other.is_shared:
            if other.tasks(reply):
                got = "a task of another family"
                inquiry.add_finding(Kind.TASK, request, "no task", got, place, family=family)
        elif reply.is_success:
            expected, got = in_words(inquiry, WRONG_BODY), "a task of another family"
            inquiry.add_finding(Kind.TASK, request, expected, got, place, family=family)
        else:
            judge_code(inquiry, request, reply, (WRONG_BODY,), place, family=family)


def _other(inquiry: Inquiry, endpoints: TaskEndpoints) -> TaskEndpoints | None:
    """Return the endpoints of another family, whose query does not find the tasks of this one."""
    by_query = {
        query.id: TaskEndpoints(inquiry.spec, create)
        for create in inquiry.spec.operations.values()
        if create.verb == "create" and (query := inquiry.spec.query_of(create))
        if inquiry.is_usable(query)
    }
    same = [other for other in by_query.values() if other.is_shared == endpoints.is_shared]
    different = [other for other in same if other.query != endpoints.query]
    after = [other for other in different if other.query.path > endpoints.query.path]
    return next(iter(after), next(iter(different), None))
