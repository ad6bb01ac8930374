"""Lists of tasks: are they complete, in order, and as long as they were asked to be."""

from functools import partial
from itertools import pairwise

from kling.check.exchanges import Ask
from kling.check.findings import Kind
from kling.check.inquiry import Inquiry
from kling.check.judging import WRONG_BODY, WRONG_PARAMETER, in_words, judge_code
from kling.check.task_lists import Made, Shelf, Shown
from kling.description import Operation

_SIZE = 100
_PAGE_SIZE = "pageSize"
# Others may create tasks at the same time, which moves what is on a page.
_TRIES = 3


def check_list(inquiry: Inquiry, shelf: Shelf, made: list[Made]) -> None:
    """See that a list shows tasks that exist, newest first, in pages of the size asked for."""
    ask = shelf.page(1, _SIZE)
    if ask is None or shelf.list is None:
        return
    name, word = shelf.list.id, shelf.size_word
    wrong = partial(inquiry.wrong, family=shelf.create.family)
    tasks = shelf.tasks(inquiry.ask(ask))
    by_id = {task.id: task for task in tasks}
    for one in made:
        if one.id not in by_id and len(tasks) < _SIZE:
            expected = f"the task {one.id}, which was just created"
            got = f"{len(tasks)} tasks without it"
            wrong(Kind.LIST, ask, expected, got, f"{name}: what {word} {_SIZE} shows")
    if not _are_in_order(tasks):
        wrong(Kind.LIST, ask, "the newest first", "another order", f"{name}: order")
    if len(tasks) > _SIZE:
        _too_many(inquiry, shelf, ask, _SIZE, len(tasks))
    if len(tasks) > 1:
        _check_pages(inquiry, shelf)


def _are_in_order(tasks: list[Shown]) -> bool:
    moments = [task.created for task in tasks if task.created is not None]
    return all(earlier >= later for earlier, later in pairwise(moments))


def _check_pages(inquiry: Inquiry, shelf: Shelf) -> None:
    """Read two pages of one task each."""
    assert shelf.list is not None  # the caller has looked
    place = f"{shelf.list.id}: {'cursor' if shelf.is_shared else 'pageNum'}"
    wrong = partial(inquiry.wrong, family=shelf.create.family)
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
            wrong(Kind.LIST, ask, expected, "no next_cursor", place)
            return
        following = shelf.page(2, 1, cursor)
        assert following is not None
        second = shelf.tasks(inquiry.ask(following))
        if len(second) == 1 and second[0].id != first[0].id:
            return
        if attempt + 1 == _TRIES:
            got = f"{len(second)} tasks" if len(second) != 1 else "the same task as before"
            wrong(Kind.LIST, following, "the next task", got, place)


def _too_many(inquiry: Inquiry, shelf: Shelf, ask: Ask, size: int, found: int) -> None:
    place = f"{ask.operation.id}: {shelf.size_word}"
    family = shelf.create.family
    inquiry.wrong(Kind.LIST, ask, f"{size} of the tasks", f"{found} tasks", place, family=family)


def check_limit(inquiry: Inquiry, operation: Operation) -> None:
    """Read a list in its longest pages, and in longer ones than there may be."""
    parameter = inquiry.spec.parameters(operation).get(_PAGE_SIZE)
    if parameter is None:
        return
    most = parameter["schema"]["maximum"]
    place = f"{operation.id}: {_PAGE_SIZE}"
    longest = Ask(operation, query={_PAGE_SIZE: str(most)})
    reply = inquiry.ask(longest)
    if not reply.is_success:
        inquiry.wrong(Kind.REFUSED, longest, in_words(inquiry, 0), str(reply), place)
    longer = Ask(operation, query={_PAGE_SIZE: str(most + 1)})
    reply = inquiry.ask(longer)
    if reply.is_success:
        expected = in_words(inquiry, WRONG_PARAMETER)
        inquiry.wrong(Kind.ACCEPTED, longer, expected, str(reply), place)
    else:
        judge_code(inquiry, longer, reply, (WRONG_PARAMETER, WRONG_BODY), place)
