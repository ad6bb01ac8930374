"""Check that a query does not find ids that do not exist, or ids of tasks of another family.

Kling refuses such an id in a query that has one id in its path. A query that many creates share
(`is_shared`) takes a list of ids; there, Kling reports success, but returns no task.
"""

from kling.check.findings import Kind
from kling.check.inquiry import Inquiry
from kling.check.judging import WRONG_BODY, code_in_words, judge_code
from kling.check.task_lists import CreatedTask, TaskEndpoints

# It has the form of Kling's ids, but Kling has never given it to a task.
_UNKNOWN_ID = "100000000000000001"


def query_unknown_id(inquiry: Inquiry, endpoints: TaskEndpoints) -> None:
    """Query a task that does not exist; check that the reply shows no task."""
    request = endpoints.by_id(_UNKNOWN_ID)
    reply = inquiry.send(request)
    place = f"{endpoints.query.id}: an unknown id"
    if not reply.is_success:
        if endpoints.is_shared:
            inquiry.add_finding(Kind.STATUS, request, "200, and no task", str(reply), place)
        else:
            judge_code(inquiry, request, reply, (WRONG_BODY,), place)
    elif not endpoints.is_shared:
        inquiry.add_finding(
            Kind.TASK, request, code_in_words(inquiry, WRONG_BODY), str(reply), place
        )
    elif endpoints.tasks(reply):
        inquiry.add_finding(Kind.TASK, request, "no task", "a task", place)


def query_foreign_id(inquiry: Inquiry, endpoints: TaskEndpoints, made: CreatedTask) -> None:
    """Query a task by the query operation of another family; check that it is not found."""
    other = _endpoints_of_another_family(inquiry, endpoints)
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
            expected, got = code_in_words(inquiry, WRONG_BODY), "a task of another family"
            inquiry.add_finding(Kind.TASK, request, expected, got, place, family=family)
        else:
            judge_code(inquiry, request, reply, (WRONG_BODY,), place, family=family)


def _endpoints_of_another_family(
    inquiry: Inquiry, endpoints: TaskEndpoints
) -> TaskEndpoints | None:
    """Return endpoints of the same standard with another query operation; None if none exist."""
    others: dict[str, TaskEndpoints] = {}
    for create in inquiry.spec.operations.values():
        query = inquiry.spec.query_of(create) if create.verb == "create" else None
        if query and query != endpoints.query and inquiry.is_usable(query):
            other = TaskEndpoints(inquiry.spec, create)
            if other.is_shared == endpoints.is_shared:
                others[query.id] = other
    # Take the first query operation whose path is later in the alphabet than that of this family.
    # In this way, different families are checked with different query operations.
    for other in others.values():
        if other.query.path > endpoints.query.path:
            return other
    return next(iter(others.values()), None)
