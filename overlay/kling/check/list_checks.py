"""Lists of tasks: are they complete, in order, and as long as they were asked to be."""

from itertools import pairwise

from kling.check.asking import Ask
from kling.check.findings import Kind
from kling.check.inquiry import Inquiry
from kling.check.judging import UNKNOWN, WRONG_BODY, WRONG_REQUEST, judge_code
from kling.check.task_lists import Made, Shelf, Shown

_SIZE = 100
# Others may create tasks at the same time, which moves what is on a page.
_TRIES = 3


def check_list(inquiry: Inquiry, shelf: Shelf, made: list[Made]) -> None:
    """See that a list shows tasks that exist, newest first, in pages of the size asked for."""
    ask = shelf.page(1, _SIZE)
    if ask is None or shelf.list is None:
        return
    name = shelf.list.id
    tasks = shelf.tasks(inquiry.ask(ask))
    by_id = {task.id: task for task in tasks}
    for one in made:
        if one.id not in by_id and len(tasks) < _SIZE:
            expected = f"the task {one.id}, which was just created"
            inquiry.wrong(Kind.LIST, ask, expected, "a list without it", f"{name}: all tasks")
    if not _are_in_order(tasks):
        inquiry.wrong(Kind.LIST, ask, "the newest first", "another order", f"{name}: order")
    if len(tasks) > _SIZE:
        _too_many(inquiry, shelf, ask, _SIZE, len(tasks))
    if len(tasks) > 1:
        _check_pages(inquiry, shelf)


def check_limits(inquiry: Inquiry, shelf: Shelf) -> None:
    """Ask for pages just beyond the limits of their parameters."""
    if shelf.list is None:
        return
    for name, parameter in inquiry.spec.parameters(shelf.list).items():
        schema = inquiry.spec.resolve(parameter["schema"])
        for limit, step in (("maximum", 1), ("minimum", -1)):
            if limit in schema:
                ask = Ask(shelf.list, query={name: str(schema[limit] + step)})
                place = f"{shelf.list.id}: {name} beyond its {limit}"
                reply = inquiry.ask(ask)
                if reply.is_success:
                    inquiry.leave_open(ask, place, UNKNOWN)
                else:
                    judge_code(inquiry, ask, reply, (WRONG_REQUEST, WRONG_BODY), place)


def _are_in_order(tasks: list[Shown]) -> bool:
    moments = [task.created for task in tasks if task.created is not None]
    return all(earlier >= later for earlier, later in pairwise(moments))


def _check_pages(inquiry: Inquiry, shelf: Shelf) -> None:
    """Read two pages of one task each."""
    assert shelf.list is not None  # the caller has looked
    place = f"{shelf.list.id}: pages"
    for attempt in range(_TRIES):
        ask = shelf.page(1, 1)
        assert ask is not None
        reply = inquiry.ask(ask)
        first = shelf.tasks(reply)
        if len(first) != 1:
            _too_many(inquiry, shelf, ask, 1, len(first))
            return
        cursor = reply.data.get("next_cursor", "") if isinstance(reply.data, dict) else ""
        if shelf.is_shared and not cursor:
            expected = "next_cursor, for there are more tasks"
            inquiry.wrong(Kind.LIST, ask, expected, "no next_cursor", place)
            return
        following = shelf.page(2, 1, cursor)
        assert following is not None
        second = shelf.tasks(inquiry.ask(following))
        if len(second) == 1 and second[0].id != first[0].id:
            return
        if attempt + 1 == _TRIES:
            got = f"{len(second)} tasks" if len(second) != 1 else "the same task as before"
            inquiry.wrong(Kind.LIST, following, "the next task", got, place)


def _too_many(inquiry: Inquiry, shelf: Shelf, ask: Ask, size: int, found: int) -> None:
    word = "limit" if shelf.is_shared else "pageSize"
    place = f"{shelf.list.id if shelf.list else ''}: {word}"
    inquiry.wrong(Kind.LIST, ask, f"{size} of the tasks", f"{found} tasks", place)
