"""The part that follows tasks from their creates to their results."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from kling.check.asking import Ask, Reply
from kling.check.bodies import Case, names_made
from kling.check.endings import follow_to_the_end, judge_outputs
from kling.check.findings import Kind
from kling.check.inquiry import Inquiry
from kling.check.judging import WRONG_BODY, in_words, judge_acceptance, judge_code
from kling.check.list_checks import check_limits, check_list
from kling.check.task_lists import Made, Shelf, Shown
from kling.description import Operation

# As long as Kling's own, and none that it has given out.
_UNKNOWN_ID = "100000000000000001"
# How often a task that was just created is asked for, and the seconds between.
_LOOKS, _PAUSE = 4, 0.4
_TASKS = 2


@dataclass
class _Story:
    """A create, and the tasks that it has made."""

    shelf: Shelf
    made: list[Made] = field(default_factory=list)


def check(inquiry: Inquiry) -> None:
    """Create two tasks of each family, and see that they are kept, listed and finished."""
    _read(inquiry)
    creates = [one for one in inquiry.operations if one.verb == "create" and one.makes_task]
    stories = list(inquiry.together(lambda create: _begin(inquiry, create), creates))
    told = [one for one in stories if one and one.made]
    _ask_for_foreign(inquiry, told)
    follow_to_the_end(inquiry, [(one.shelf, made) for one in told for made in one.made])


def _read(inquiry: Inquiry) -> None:
    """Read what there is, and what there is not; this creates nothing."""
    seen: set[str] = set()
    for create in inquiry.operations:
        if create.verb != "create" or inquiry.spec.query_of(create) is None:
            continue
        shelf = Shelf(inquiry.spec, create)
        if shelf.query.id in seen:
            continue
        seen.add(shelf.query.id)
        _ask_for_unknown(inquiry, shelf)
        check_limits(inquiry, shelf)
        page = shelf.page(1, 10)
        for task in shelf.tasks(inquiry.ask(page))[:1] if page else ():
            if task.id:
                _exists(inquiry, shelf, Made(page, task.id, task.own_id), shelf.by_id(task.id))


def _ask_for_unknown(inquiry: Inquiry, shelf: Shelf) -> None:
    ask = shelf.by_id(_UNKNOWN_ID, is_unknown=True)
    reply = inquiry.ask(ask)
    place = f"{shelf.query.id}: an unknown id"
    if not reply.is_success:
        if shelf.is_shared:
            inquiry.wrong(Kind.STATUS, ask, "200, and no task", str(reply), place)
        else:
            judge_code(inquiry, ask, reply, (WRONG_BODY,), place)
    elif not shelf.is_shared:
        inquiry.wrong(Kind.TASK, ask, in_words(inquiry, WRONG_BODY), str(reply), place)
    elif shelf.tasks(reply):
        inquiry.wrong(Kind.TASK, ask, "no task", "a task", place)


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
        # So that the two have different times.
        inquiry.server.clock.sleep(0.01)
    if story.made:
        _repeat(inquiry, story.made[0])
        check_list(inquiry, story.shelf, story.made)
    return story


def choose(inquiry: Inquiry, create: Operation) -> Case | None:
    """Return the body that is most likely to be taken: one that names nothing made earlier."""
    return min(inquiry.bodies.right(create), key=needs_state, default=None)


def needs_state(case: Case) -> bool:
    """Whether a body names something that has to be there first."""
    return case.needs_state or names_made(case.body)


def _make(inquiry: Inquiry, case: Case) -> Made | None:
    create = case.operation
    body = inquiry.bodies.with_own_id(create, _prepared(inquiry, case), add=True)
    ask = Ask(create, body)
    reply = inquiry.create(ask)
    if reply is None:
        inquiry.skip(create.id, inquiry.purse.reason)
        return None
    judge_acceptance(inquiry, case, ask, reply)
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
    found = shelf.tasks(reply)
    place = f"{ask.operation.id}: a task that exists"
    if not found:
        got = f"{reply}, and no task" if reply.is_success else str(reply)
        inquiry.wrong(Kind.TASK, ask, f"the task {made.id}", got, place)
    elif len(found) > 1:
        inquiry.wrong(Kind.TASK, ask, f"the task {made.id} alone", f"{len(found)} tasks", place)
    elif found[0].id != made.id:
        inquiry.wrong(Kind.TASK, ask, f"the task {made.id}", f"the task {found[0].id}", place)
    elif found[0].own_id != made.own_id:
        got = f"external_task_id {found[0].own_id or 'absent'}"
        inquiry.wrong(Kind.TASK, ask, f"external_task_id {made.own_id or 'absent'}", got, place)


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


def _ask_for_foreign(inquiry: Inquiry, stories: list[_Story]) -> None:
    """Ask each query for a task of another one."""
    for shelf, made in _pairs(stories):
        ask = shelf.by_id(made.id, is_unknown=True)
        reply = inquiry.ask(ask)
        place = f"{shelf.query.id}: the id of a task of another family"
        if shelf.is_shared:
            if shelf.tasks(reply):
                inquiry.wrong(Kind.TASK, ask, "no task", "a task of another family", place)
        elif reply.is_success:
            got = f"{reply}, and a task of another family"
            inquiry.wrong(Kind.TASK, ask, in_words(inquiry, WRONG_BODY), got, place)
        else:
            judge_code(inquiry, ask, reply, (WRONG_BODY,), place)


def _pairs(stories: list[_Story]) -> Iterator[tuple[Shelf, Made]]:
    by_query = {one.shelf.query.id: one for one in stories}
    different = list(by_query.values())
    for one, other in zip(different, [*different[1:], *different[:1]], strict=True):
        # The query for all tasks knows those of the /v1 standard too.
        of_all = one.shelf.is_shared and not other.shelf.is_shared
        if one is not other and not of_all:
            yield one.shelf, other.made[0]
