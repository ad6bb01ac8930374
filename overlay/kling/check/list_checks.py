"""Check that task lists are complete and in order, and have pages of the requested size."""

from functools import partial
from itertools import pairwise

from kling.check.exchanges import Request
from kling.check.findings import Kind
from kling.check.inquiry import Inquiry
from kling.check.judging import WRONG_BODY, WRONG_PARAMETER, code_in_words, judge_code
from kling.check.task_lists import CreatedTask, TaskEndpoints, TaskView
from kling.description import Operation

_SIZE = 100
_PAGE_SIZE = "pageSize"
# How often to read two pages. If others create tasks at the same time, the pages change.
_TRIES = 3


def check_list(inquiry: Inquiry, endpoints: TaskEndpoints, made: list[CreatedTask]) -> None:
    """Check that a list shows the created tasks, newest first, in pages of the requested size."""
    request = endpoints.page(1, _SIZE)
    if request is None or endpoints.list is None:
        return
    name, word = endpoints.list.id, endpoints.size_word
    add_finding = partial(inquiry.add_finding, family=endpoints.create.family)
    tasks = endpoints.tasks(inquiry.send(request))
    by_id = {task.id: task for task in tasks}
    for task in made:
        # If the page is full, the task may be on a later page, because others create tasks too.
        if task.id not in by_id and len(tasks) < _SIZE:
            expected = f"the task {task.id}, which was just created"
            got = f"{len(tasks)} tasks without it"
            add_finding(Kind.LIST, request, expected, got, f"{name}: tasks with {word} {_SIZE}")
    if not _are_in_order(tasks):
        add_finding(Kind.LIST, request, "the newest first", "another order", f"{name}: order")
    if len(tasks) > _SIZE:
        expected = f"at most {_SIZE} tasks"
        _add_wrong_size(inquiry, endpoints, request, expected, len(tasks))
    if len(tasks) > 1:
        _check_pages(inquiry, endpoints)


def _are_in_order(tasks: list[TaskView]) -> bool:
    moments = [task.created for task in tasks if task.created is not None]
    return all(earlier >= later for earlier, later in pairwise(moments))


def _check_pages(inquiry: Inquiry, endpoints: TaskEndpoints) -> None:
    """Read two pages of one task each; check that they show different tasks."""
    assert endpoints.list is not None  # check_list has returned if there is no list
    place = f"{endpoints.list.id}: {'cursor' if endpoints.is_shared else 'pageNum'}"
    add_finding = partial(inquiry.add_finding, family=endpoints.create.family)
    for attempt in range(_TRIES):
        request = endpoints.page(1, 1)
        assert request is not None
        reply = inquiry.send(request)
        first = endpoints.tasks(reply)
        if len(first) != 1:
            _add_wrong_size(inquiry, endpoints, request, "1 task", len(first))
            return
        cursor = reply.data.get("next_cursor", "") if isinstance(reply.data, dict) else ""
        if endpoints.is_shared and not cursor:
            expected = "a next_cursor, because there are more tasks"
            add_finding(Kind.LIST, request, expected, "no next_cursor", place)
            return
        following = endpoints.page(2, 1, cursor)
        assert following is not None
        second = endpoints.tasks(inquiry.send(following))
        if len(second) == 1 and second[0].id != first[0].id:
            return
        if attempt + 1 == _TRIES:
            got = f"{len(second)} tasks" if len(second) != 1 else "the same task as before"
            add_finding(Kind.LIST, following, "the next task", got, place)


def _add_wrong_size(
    inquiry: Inquiry, endpoints: TaskEndpoints, request: Request, expected: str, count: int
) -> None:
    """Add a finding about a page with the wrong number of tasks."""
    place = f"{request.operation.id}: {endpoints.size_word}"
    family = endpoints.create.family
    inquiry.add_finding(Kind.LIST, request, expected, f"{count} tasks", place, family=family)


def check_limit(inquiry: Inquiry, operation: Operation) -> None:
    """Read a list with the largest page size, and with a larger one, which must be refused."""
    parameter = inquiry.spec.parameters(operation).get(_PAGE_SIZE)
    if parameter is None:
        return
    most = parameter["schema"]["maximum"]
    place = f"{operation.id}: {_PAGE_SIZE}"
    longest = Request(operation, query={_PAGE_SIZE: str(most)})
    reply = inquiry.send(longest)
    if not reply.is_success:
        inquiry.add_finding(Kind.REFUSED, longest, code_in_words(inquiry, 0), str(reply), place)
    longer = Request(operation, query={_PAGE_SIZE: str(most + 1)})
    reply = inquiry.send(longer)
    if reply.is_success:
        expected = code_in_words(inquiry, WRONG_PARAMETER)
        inquiry.add_finding(Kind.ACCEPTED, longer, expected, str(reply), place)
    else:
        judge_code(inquiry, longer, reply, (WRONG_PARAMETER, WRONG_BODY), place)
