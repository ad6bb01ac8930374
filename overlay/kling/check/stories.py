"""The part that creates tasks, reads and lists them, and checks their results."""

from copy import deepcopy
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from kling.check.bodies import EXTERNAL_ID, Case, has_id_of_earlier_call
from kling.check.exchanges import Reply, Request
from kling.check.findings import Kind
from kling.check.foreign_ids import query_foreign_id, query_unknown_id
from kling.check.inquiry import Inquiry
from kling.check.judging import WRONG_BODY, code_in_words, judge_acceptance, judge_code
from kling.check.list_checks import check_limit, check_list
from kling.check.task_lists import CreatedTask, TaskEndpoints, TaskView
from kling.check.task_results import follow_to_the_end, judge_outputs
from kling.description import Operation

# How often to query a new task until it is found, and seconds between two queries.
_ATTEMPTS, _PAUSE = 4, 0.4
# How many tasks to create with each operation.
_TASKS = 3


@dataclass
class _Story:
    """The tasks that were created with one operation."""

    endpoints: TaskEndpoints
    made: list[CreatedTask] = field(default_factory=list)


def check(inquiry: Inquiry) -> None:
    """Create some tasks of each family; check that they are found, listed and finished."""
    _read_existing_tasks(inquiry)
    creates = [
        operation
        for operation in inquiry.operations
        if operation.verb == "create" and operation.makes_task
    ]
    stories = list(inquiry.in_parallel(lambda create: _create_tasks(inquiry, create), creates))
    created = []
    for story in stories:
        if story and story.made:
            query_foreign_id(inquiry, story.endpoints, story.made[0])
            created += [(story.endpoints, made) for made in story.made]
    follow_to_the_end(inquiry, created)


def _read_existing_tasks(inquiry: Inquiry) -> None:
    """Read lists, existing tasks, and an unknown task. This creates nothing."""
    for operation in inquiry.operations:
        if operation.verb == "list":
            check_limit(inquiry, operation)
    seen: set[str] = set()
    for create in inquiry.operations:
        query = inquiry.spec.query_of(create) if create.verb == "create" else None
        if query is None or query.id in seen or not inquiry.is_usable(query):
            continue
        seen.add(query.id)
        endpoints = TaskEndpoints(inquiry.spec, create)
        query_unknown_id(inquiry, endpoints)
        page = endpoints.page(1, 10)
        tasks = endpoints.tasks(inquiry.send(page)) if page else []
        if tasks and tasks[0].id:
            listed = CreatedTask(page, tasks[0].id, tasks[0].own_id)
            _check_query(inquiry, endpoints, listed, endpoints.by_id(listed.id))


def _create_tasks(inquiry: Inquiry, create: Operation) -> _Story | None:
    """Create tasks with one operation; check the queries, the list, and a repeated id."""
    case = cheapest_case(inquiry, create)
    if case is None:
        inquiry.skip(create.id, "Every body for it uses something that Kling has withdrawn.")
        return None
    if inquiry.spec.query_of(create) is None:
        _create_without_task(inquiry, case)
        return None
    story = _Story(TaskEndpoints(inquiry.spec, create))
    for _ in range(_TASKS):
        made = _create_task(inquiry, case)
        if made is None:
            return story
        if made.id:
            story.made.append(made)
            _check_queries(inquiry, story.endpoints, made)
        # The tasks must have different times, because check_list compares their order by time.
        inquiry.server.clock.sleep(0.01)
    if story.made:
        _repeat_create(inquiry, story.made[0])
        check_list(inquiry, story.endpoints, story.made)
    return story


def cheapest_case(inquiry: Inquiry, create: Operation) -> Case | None:
    """Return the cheapest body; None if there is no valid body.

    A body that needs no earlier request is preferred.
    """

    def order(case: Case) -> tuple[bool, Decimal]:
        return needs_state(case), inquiry.budget.cost(create, case.body)

    return min(inquiry.bodies.valid(create), key=order, default=None)


def needs_state(case: Case) -> bool:
    """Whether a body names something that an earlier request must have made."""
    return case.needs_state or has_id_of_earlier_call(case.body)


def _create_task(inquiry: Inquiry, case: Case) -> CreatedTask | None:
    """Create a task and return it; None if the request was refused, or not sent."""
    create = case.operation
    prepared = _with_session(inquiry, case)
    # A body with a new session does not depend on earlier requests any more.
    still_needs_state = prepared == case.body and needs_state(case)
    body = inquiry.bodies.with_new_id(create, prepared, add=True)
    request = Request(create, body)
    reply = inquiry.create(request)
    if reply is None:
        inquiry.skip(create.id, inquiry.budget.why_not_sent)
        return None
    judge_acceptance(inquiry, replace(case, needs_state=still_needs_state), request, reply)
    if not reply.is_success:
        return None
    shown = TaskView(reply.data if isinstance(reply.data, dict) else {})
    made = CreatedTask(request, shown.id, inquiry.bodies.own_id(create, body))
    if shown.own_id and shown.own_id != made.own_id:
        place = f"{create.id}: the external_task_id of the reply"
        inquiry.add_finding(Kind.TASK, request, made.own_id, shown.own_id, place)
    return made


def _create_without_task(inquiry: Inquiry, case: Case) -> None:
    """Send a create whose reply has the results, so that there is no task to query."""
    body = inquiry.bodies.with_new_id(case.operation, case.body, add=True)
    request = Request(case.operation, body)
    reply = inquiry.create(request)
    if reply is None:
        inquiry.skip(case.operation.id, inquiry.budget.why_not_sent)
        return
    judge_acceptance(inquiry, case, request, reply)
    if reply.is_success and isinstance(reply.data, dict):
        judge_outputs(inquiry, request, case.operation, TaskView(reply.data))


def _with_session(inquiry: Inquiry, case: Case) -> Any:
    """Return the body of a case. If it has a session_id, begin a session and use its id.

    Some creates of the family make no task. In the order of the description, they begin a session
    and add to it what the body needs. Previews are left out, because they add nothing.
    """
    if not isinstance(case.body, dict) or "session_id" not in case.body:
        return case.body
    session = ""
    for operation in inquiry.spec.operations.values():
        is_create = operation.family == case.operation.family and operation.verb == "create"
        if not is_create or operation.makes_task or operation.id.endswith("Preview"):
            continue
        example = next(inquiry.bodies.examples(operation), None)
        body = deepcopy(example.body) if example else {}
        if session and "session_id" in body:
            body["session_id"] = session
        reply = inquiry.create(Request(operation, body))
        found = reply.data if reply and isinstance(reply.data, dict) else {}
        session = session or str(found.get("session_id", ""))
    return {**case.body, "session_id": session} if session else case.body


def _check_queries(inquiry: Inquiry, endpoints: TaskEndpoints, made: CreatedTask) -> None:
    """Check that every query that takes an id of a task finds the task."""
    _check_query(inquiry, endpoints, made, endpoints.by_id(made.id))
    if made.own_id:
        _check_query(inquiry, endpoints, made, endpoints.by_own_id(made.own_id))
    current_query = inquiry.spec.operations.get("getTasks")
    if current_query and not endpoints.is_shared and inquiry.is_usable(current_query):
        # The query of the current standard also finds the tasks of /v1.
        request = Request(current_query, query={"task_ids": made.id})
        _check_query(inquiry, endpoints, made, request)


def _check_query(
    inquiry: Inquiry, endpoints: TaskEndpoints, made: CreatedTask, request: Request
) -> None:
    """Check that a request finds the task that was created, and no other task."""
    reply = Reply()
    for attempt in range(_ATTEMPTS):
        reply = inquiry.send(request)
        if reply.lost or endpoints.tasks(reply):
            break
        if attempt + 1 < _ATTEMPTS:
            inquiry.server.clock.sleep(_PAUSE)
    by = "id" if made.id in (*request.path.values(), *request.query.values()) else EXTERNAL_ID

    def add_finding(kind: Kind, expected: str, got: str, what: str) -> None:
        place = f"{request.operation.id}: {what}"
        inquiry.add_finding(kind, request, expected, got, place, family=endpoints.create.family)

    found = endpoints.tasks(reply)
    if not found:
        # Kling answers with the code WRONG_BODY if it does not know the task.
        is_unknown = reply.is_success or reply.code == WRONG_BODY
        kind = Kind.TASK if is_unknown else Kind.REFUSED
        got = f"{reply}, and no task" if reply.is_success else str(reply)
        add_finding(kind, f"the task {made.id}", got, f"an existing task by its {by}")
    elif len(found) > 1:
        add_finding(
            Kind.TASK, f"only the task {made.id}", f"{len(found)} tasks", f"a task by its {by}"
        )
    elif found[0].id != made.id:
        got = f"the task {found[0].id}"
        add_finding(Kind.TASK, f"the task {made.id}", got, f"a task by its {by}")
    elif found[0].own_id != made.own_id:
        expected, got = made.own_id or "none", found[0].own_id or "none"
        add_finding(Kind.TASK, expected, got, f"the {EXTERNAL_ID} of a task")


def _repeat_create(inquiry: Inquiry, made: CreatedTask) -> None:
    """Send a create again with the same external_task_id; check that it is refused."""
    if not made.own_id or made.request is None:
        return
    reply = inquiry.create(made.request)
    place = f"{made.request.operation.id}: an external_task_id that was used before"
    if reply is None:
        inquiry.skip(place, inquiry.budget.why_not_sent)
    elif reply.is_success:
        expected = code_in_words(inquiry, WRONG_BODY)
        inquiry.add_finding(Kind.ACCEPTED, made.request, expected, str(reply), place)
    else:
        judge_code(inquiry, made.request, reply, (WRONG_BODY,), place)
