"""Ids that a query must not know: those that nobody gave out, and those of other families."""

from kling.check.findings import Kind
from kling.check.inquiry import Inquiry
from kling.check.judging import WRONG_BODY, in_words, judge_code
from kling.check.task_lists import Made, Shelf

# As long as Kling's own, and none that it has given out.
_UNKNOWN_ID = "100000000000000001"


def ask_for_unknown(inquiry: Inquiry, shelf: Shelf) -> None:
    """Ask for a task that nobody has created."""
    ask = shelf.by_id(_UNKNOWN_ID)
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


def ask_for_foreign(inquiry: Inquiry, shelf: Shelf, made: Made) -> None:
    """Ask for a task as for one of another family."""
    other = _other(inquiry, shelf)
    if other is not None:
        ask = other.by_id(made.id)
        reply = inquiry.ask(ask)
        place = f"{other.query.id}: the id of a task of another family"
        family = shelf.create.family
        if other.is_shared:
            if other.tasks(reply):
                got = "a task of another family"
                inquiry.wrong(Kind.TASK, ask, "no task", got, place, family=family)
        elif reply.is_success:
            expected, got = in_words(inquiry, WRONG_BODY), "a task of another family"
            inquiry.wrong(Kind.TASK, ask, expected, got, place, family=family)
        else:
            judge_code(inquiry, ask, reply, (WRONG_BODY,), place)


def _other(inquiry: Inquiry, shelf: Shelf) -> Shelf | None:
    """Return where the tasks of another family are, and never this one's."""
    shelves = {
        query.id: Shelf(inquiry.spec, create)
        for create in inquiry.spec.operations.values()
        if create.verb == "create" and (query := inquiry.spec.query_of(create))
        if inquiry.is_usable(query)
    }
    same = [one for one in shelves.values() if one.is_shared == shelf.is_shared]
    different = [one for one in same if one.query != shelf.query]
    after = [one for one in different if one.query.path > shelf.query.path]
    return next(iter(after), next(iter(different), None))
