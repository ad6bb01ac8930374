"""The part that follows tasks from their creates to their results."""

from copy import deepcopy
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from kling.check.bodies import EXTERNAL_ID, Case, names_made
from kling.check.endings import follow_to_the_end, judge_outputs
from kling.check.exchanges import Ask, Reply
from kling.check.findings import Kind
from kling.check.foreign_ids import ask_for_foreign, ask_for_unknown
from kling.check.inquiry import Inquiry
from kling.check.judging import WRONG_BODY, in_words, judge_acceptance, judge_code
from kling.check.list_checks import check_limit, check_list
from kling.check.task_lists import Made, Shelf, Shown
from kling.description import Operation

# How often a task that was just created is asked for, and the seconds between.
_LOOKS, _PAUSE = 4, 0.4
_TASKS = 3


@dataclass
class _Story:
    """A create, and the tasks that it has made."""

    shelf: Shelf
    made: list[Made] = field(default_factory=list)


def check(inquiry: Inquiry) -> None:
    """Create some tasks of each family, and see that they are kept, listed and finished."""
    _read(inquiry)
    creates = [one for one in inquiry.operations if one.verb == "create" and one.makes_task]
    stories = list(inquiry.together(lambda create: _begin(inquiry, create), creates))
    told = [one for one in stories if one and one.made]
    for story in told:
        ask_for_foreign(inquiry, story.shelf, story.made[0])
    follow_to_the_end(inquiry, [(one.shelf, made) for one in told for made in one.made])


def _read(inquiry: Inquiry) -> None:
    """Read what there is, and what there is not; this creates nothing."""
    for operation in inquiry.operations:
        if operation.verb == "list":
            check_limit(inquiry, operation)
    seen: set[str] = set()
    for create in inquiry.operations:
        query = inquiry.spec.query_of(create) if create.verb == "create" else None
        if query is None or query.id in seen or not inquiry.is_usable(query):
            continue
        seen.add(query.id)
        shelf = Shelf(inquiry.spec, create)
        ask_for_unknown(inquiry, shelf)
        page = shelf.page(1, 10)
        for task in shelf.tasks(inquiry.ask(page))[:1] if page else ():
            if task.id:
                _exists(inquiry, shelf, Made(page, task.id, task.own_id), shelf.by_id(task.id))


def _begin(inquiry: Inquiry, create: Operation) -> _Story | None:
    """Create tasks, and look at them from every side."""
    case = choose(inquiry, create)
    if case is None:
        inquiry.skip(create.id, "Kling has withdrawn everything that it can be asked for.")
        return None
    if inquiry.spec.query_of(create) is None:
        _make_at_once(inquiry, case)
        return None
    story = _Story(Shelf(inquiry.spec, create))
    for _ in range(_TASKS):
        made = _make(inquiry, case)
        if made is None:
            return story
        if made.id:
            story.made.append(made)
            _look(inquiry, story.shelf, made)
        # So that they have different times.
        inquiry.server.clock.sleep(0.01)
    if story.made:
        _repeat(inquiry, story.made[0])
        check_list(inquiry, story.shelf, story.made)
    return story


def choose(inquiry: Inquiry, create: Operation) -> Case | None:
    """Return the cheapest body that names nothing made earlier, if there is one."""

    def order(case: Case) -> tuple[bool, Decimal]:
        return needs_state(case), inquiry.purse.cost(create, case.body)

    return min(inquiry.bodies.right(create), key=order, default=None)


def needs_state(case: Case) -> bool:
    """Whether a body names something that has to be there first."""
    return case.needs_state or names_made(case.body)


def _make(inquiry: Inquiry, case: Case) -> Made | None:
    create = case.operation
    prepared = _prepared(inquiry, case)
    is_doubtful = prepared == case.body and needs_state(case)
    body = inquiry.bodies.with_own_id(create, prepared, add=True)
    ask = Ask(create, body)
    reply = inquiry.create(ask)
    if reply is None:
        inquiry.skip(create.id, inquiry.purse.reason)
        return None
    judge_acceptance(inquiry, replace(case, needs_state=is_doubtful), ask, reply)
    if not reply.is_success:
        return None
    shown = Shown(reply.data if isinstance(reply.data, dict) else {})
    made = Made(ask, shown.id, inquiry.bodies.own_id(create, body))
    if shown.own_id and shown.own_id != made.own_id:
        place = f"{create.id}: the external_task_id of the reply"
        inquiry.wrong(Kind.TASK, ask, made.own_id, shown.own_id, place)
    return made


def _make_at_once(inquiry: Inquiry, case: Case) -> None:
    """Make what is finished with the reply."""
    ask = Ask(case.operation, inquiry.bodies.with_own_id(case.operation, case.body, add=True))
    reply = inquiry.create(ask)
    if reply is None:
        inquiry.skip(case.operation.id, inquiry.purse.reason)
        return
    judge_acceptance(inquiry, case, ask, reply)
    if reply.is_success and isinstance(reply.data, dict):
        judge_outputs(inquiry, ask, case.operation, Shown(reply.data))


def _prepared(inquiry: Inquiry, case: Case) -> Any:
    """Return the body, with the session that it goes on with, if it needs one."""
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
        reply = inquiry.create(Ask(operation, body))
        found = reply.data if reply and isinstance(reply.data, dict) else {}
        session = session or str(found.get("session_id", ""))
    return {**case.body, "session_id": session} if session else case.body


def _look(inquiry: Inquiry, shelf: Shelf, made: Made) -> None:
    _exists(inquiry, shelf, made, shelf.by_id(made.id))
    if made.own_id:
        _exists(inquiry, shelf, made, shelf.by_own_id(made.own_id))
    everything = inquiry.spec.operations.get("getTasks")
    if everything and not shelf.is_shared and inquiry.is_usable(everything):
        # The current standard shows the tasks of the other one too.
        ask = Ask(everything, query={"task_ids": made.id})
        _exists(inquiry, shelf, made, ask)


def _exists(inquiry: Inquiry, shelf: Shelf, made: Made, ask: Ask) -> None:
    """See that a task is found, and that it is the one that was asked for."""
    reply = Reply()
    for look in range(_LOOKS):
        reply = inquiry.ask(ask)
        if reply.lost or shelf.tasks(reply):
            break
        if look + 1 < _LOOKS:
            inquiry.server.clock.sleep(_PAUSE)
    by = "id" if made.id in (*ask.path.values(), *ask.query.values()) else EXTERNAL_ID

    def wrong(kind: Kind, expected: str, got: str, what: str) -> None:
        place = f"{ask.operation.id}: {what}"
        inquiry.wrong(kind, ask, expected, got, place, family=shelf.create.family)

    found = shelf.tasks(reply)
    if not found:
        # Kling says so of a task that it does not know.
        is_unknown = reply.is_success or reply.code == WRONG_BODY
        kind = Kind.TASK if is_unknown else Kind.REFUSED
        got = f"{reply}, and no task" if reply.is_success else str(reply)
        wrong(kind, f"the task {made.id}", got, f"a task that exists, by its {by}")
    elif len(found) > 1:
        wrong(Kind.TASK, f"the task {made.id} alone", f"{len(found)} tasks", f"a task by its {by}")
    elif found[0].id != made.id:
        got = f"the task {found[0].id}"
        wrong(Kind.TASK, f"the task {made.id}", got, f"a task by its {by}")
    elif found[0].own_id != made.own_id:
        expected, got = made.own_id or "none", found[0].own_id or "none"
        wrong(Kind.TASK, expected, got, f"the {EXTERNAL_ID} of a task")


def _repeat(inquiry: Inquiry, made: Made) -> None:
    """Create again with an external_task_id that was used."""
    if not made.own_id or made.ask is None:
        return
    reply = inquiry.create(made.ask)
    place = f"{made.ask.operation.id}: an external_task_id that was used before"
    if reply is None:
        inquiry.skip(place, inquiry.purse.reason)
    elif reply.is_success:
        expected = in_words(inquiry, WRONG_BODY)
        inquiry.wrong(Kind.ACCEPTED, made.ask, expected, str(reply), place)
    else:
        judge_code(inquiry, made.ask, reply, (WRONG_BODY,), place)
