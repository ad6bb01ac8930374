"""The part that follows tasks from their creates to their results."""

from copy import deepcopy
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from kling.check.bodies import EXTERNAL_ID, Case, has_id_of_earlier_call
from kling.check.exchanges import Reply, Request
from kling.check.findings import Kind
from kling.check.foreign_ids import query_foreign_id, query_unknown_id
from kling.check.inquiry import Inquiry
from kling.check.judging import WRONG_BODY, in_words, judge_acceptance, judge_code
from kling.check.list_checks import check_limit, check_list
from kling.check.task_lists import CreatedTask, TaskEndpoints, TaskView
from kling.check.task_results import follow_to_the_end, judge_outputs
from kling.description import Operation

# How often to query a task that was just created, with a pause in seconds between.
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
    _read(inquiry)
    creates = [
        operation
        for operation in inquiry.operations
        if operation.verb == "create" and operation.makes_task
    ]
    stories = list(inquiry.in_parallel(lambda create: _begin(inquiry, create), creates))
    with_tasks = [story for story in stories if story and story.made]
    for story in with_tasks:
        query_foreign_id(inquiry, story.endpoints, story.made[0])
    follow_to_the_end(
        inquiry, [(story.endpoints, made) for story in with_tasks for made in story.made]
    )


def _read(inquiry: Inquiry) -> None:
    """Read lists, tasks that exist, and tasks that do not; this creates nothing."""
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
        for task in endpoints.tasks(inquiry.send(page))[:1] if page else ():
            if task.id:
                _exists(
                    inquiry,
                    endpoints,
                    CreatedTask(page, task.id, task.own_id),
                    endpoints.by_id(task.id),
                )


def _begin(inquiry: Inquiry, create: Operation) -> _Story | None:
    """Create tasks; check the queries, the list, and a repeated external_task_id."""
    case = choose(inquiry, create)
    if case is None:
        inquiry.skip(create.id, "Every body for it uses something that Kling has withdrawn.")
        return None
    if inquiry.spec.query_of(create) is None:
        _make_at_once(inquiry, case)
        return None
    story = _Story(TaskEndpoints(inquiry.spec, create))
    for _ in range(_TASKS):
        made = _make(inquiry, case)
        if made is None:
            return story
        if made.id:
            story.made.append(made)
            _query(inquiry, story.endpoints, made)
        # The order of the list is checked by the times of the creates, which must differ.
        inquiry.server.clock.sleep(0.01)
    if story.made:
        _repeat(inquiry, story.made[0])
        check_list(inquiry, story.endpoints, story.made)
    return story


def choose(inquiry: Inquiry, create: Operation) -> Case | None:
    """Return the cheapest body, preferably one that does not need an earlier call; or None."""

    def order(case: Case) -> tuple[bool, Decimal]:
        return needs_state(case), inquiry.budget.cost(create, case.body)

    return min(inquiry.bodies.valid(create), key=order, default=None)


def needs_state(case: Case) -> bool:
    """Whether a body names something that an earlier call must have made."""
    return case.needs_state or has_id_of_earlier_call(case.body)


def _make(inquiry: Inquiry, case: Case) -> CreatedTask | None:
    create = case.operation
    prepared = _prepared(inquiry, case)
    is_doubtful = prepared == case.body and needs_state(case)
    body = inquiry.bodies.with_new_id(create, prepared, add=True)
    request = Request(create, body)
    reply = inquiry.create(request)
    if reply is None:
        inquiry.skip(create.id, inquiry.budget.reason)
        return None
    judge_acceptance(inquiry, replace(case, needs_state=is_doubtful), request, reply)
    if not reply.is_success:
        return None
    shown = TaskView(reply.data if isinstance(reply.data, dict) else {})
    made = CreatedTask(request, shown.id, inquiry.bodies.own_id(create, body))
    if shown.own_id and shown.own_id != made.own_id:
        place = f"{create.id}: the external_task_id of the reply"
        inquiry.add_finding(Kind.TASK, request, made.own_id, shown.own_id, place)
    return made


def _make_at_once(inquiry: Inquiry, case: Case) -> None:
    """Send a create whose reply has the results, so that there is no task to query."""
    request = Request(
        case.operation, inquiry.bodies.with_new_id(case.operation, case.body, add=True)
    )
    reply = inquiry.create(request)
    if reply is None:
        inquiry.skip(case.operation.id, inquiry.budget.reason)
        return
    judge_acceptance(inquiry, case, request, reply)
    if reply.is_success and isinstance(reply.data, dict):
        judge_outputs(inquiry, request, case.operation, TaskView(reply.data))


def _prepared(inquiry: Inquiry, case: Case) -> Any:
    """Return the body of a case; if it needs a session, begin one and put its id in."""
    if not isinstance(case.body, dict) or "session_id" not in case.body:
        return case.body
    session = ""
    for operation in inquiry.spec.operations.values():
        is_step = operation.family == case.operation.family and operation.verb == "create"
        if not is_step or operation.makes_task or operation.id.endswith("Preview"):
            continue
        example = next(inquiry.bodies.examples(operation), None)
        body = deepcopy(example.body) if example else {}
        if session and "session_id" in body:
            body["session_id"] = session
        reply = inquiry.create(Request(operation, body))
        found = reply.data if reply and isinstance(reply.data, dict) else {}
        session = session or str(found.get("session_id", ""))
    return {**case.body, "session_id": session} if session else case.body


def _query(inquiry: Inquiry, endpoints: TaskEndpoints, made: CreatedTask) -> None:
    _exists(inquiry, endpoints, made, endpoints.by_id(made.id))
    if made.own_id:
        _exists(inquiry, endpoints, made, endpoints.by_own_id(made.own_id))
    everything = inquiry.spec.operations.get("getTasks")
    if everything and not endpoints.is_shared and inquiry.is_usable(everything):
        # The current standard also shows the tasks of /v1.
        request = Request(everything, query={"task_ids": made.id})
        _exists(inquiry, endpoints, made, request)


def _exists(
    inquiry: Inquiry, endpoints: TaskEndpoints, made: CreatedTask, request: Request
) -> None:
    """Check that a request finds the task that was created, and no other."""
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
        # Kling answers with this code if it does not know the task.
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


def _repeat(inquiry: Inquiry, made: CreatedTask) -> None:
    """Send a create again with the same external_task_id."""
    if not made.own_id or made.request is None:
        return
    reply = inquiry.create(made.request)
    place = f"{made.request.operation.id}: an external_task_id that was used before"
    if reply is None:
        inquiry.skip(place, inquiry.budget.reason)
    elif reply.is_success:
        expected = in_words(inquiry, WRONG_BODY)
        inquiry.add_finding(Kind.ACCEPTED, made.request, expected, str(reply), place)
    else:
        judge_code(inquiry, made.request, reply, (WRONG_BODY,), place)
