"""Query many tasks with few requests."""

from collections.abc import Callable, Iterator, Sequence
from http import HTTPStatus
from typing import NamedTuple

from kling._http import Response, Steps, send, send_query
from kling._requests import Call, is_path
from kling._server_text import visible
from kling._tasks.refs import (
    bulk_call,
    bulk_query,
    has_id_in_path,
    is_task_id,
    list_call,
    parts_of_ref,
    single_query,
    split_ref,
)
from kling._tasks.task import Task, with_family
from kling._tasks.task_replies import task_from_reply, tasks_from_list_reply, unknown_task
from kling.description import Operation, load
from kling.errors import APIConnectionError, APIError, APIStatusError, BadRequestError

# The bulk query of the current standard, which also reads tasks of the /v1 standard.
TASKS_QUERY = "getTasks"
# For up to this many tasks, single queries are cheaper than a list page with hundreds of tasks.
_MAX_CHEAP_SINGLE = 4
# How many single queries are sent in one round of polling, so that other tasks are not delayed.
_MAX_SINGLE_PER_ROUND = 20

# What a server answers if it does not have the path of the bulk query.
_NO_SUCH_PATH = (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED)

Outcomes = dict[str, Task | APIError]
"""For each ref, its task, or the error of its query."""


class LookupMode(NamedTuple):
    """How queries are sent, and what happens if one of them fails."""

    send: Callable[[Call], Steps[Response]]
    """Sends one query."""
    is_polling: bool
    """Whether an error becomes the outcome of each task of its query. If not, it is raised."""

    def raise_or_return(self, refs: Sequence[str], error: APIError) -> Outcomes:
        """Raise the error; when polling, return it as the outcome of each ref instead."""
        if not self.is_polling:
            raise error
        return dict.fromkeys(refs, error)


RETRYING = LookupMode(send_query, is_polling=False)
"""Retries failed queries, and raises the first error that remains."""
POLLING = LookupMode(send, is_polling=True)
"""Sends each query once, because the next round of polling is the retry."""


class Group(NamedTuple):
    """Tasks that one bulk query can return together."""

    family: str
    by_task_id: bool
    """True if the refs have Kling's ids, False if they have external_task_ids. No bulk query can
    have ids of both kinds."""


def group_of(ref: str, *, together: bool) -> Group:
    """Return the group of a ref: the tasks that may share a query with it.

    Args:
        ref: the ref of a task.
        together: whether tasks of the /v1 standard may share a bulk query of the current standard.
            That query refuses the tokens of an access key pair.

    Raises:
        ValueError: the string is not a ref, or no query can have its id.
    """
    family, task_id = split_ref(ref)
    has_bulk_query = bulk_query(family) is not None
    # A bulk query separates its ids by commas.
    if has_bulk_query and "," in task_id:
        raise ValueError(f"{visible(ref)} cannot be queried: its id contains a comma")
    if has_bulk_query:
        return Group(family, is_task_id(task_id))
    # If the family is a path, the create was an `Unlisted`. It is not known whether the bulk query
    # finds its task.
    if together and "," not in task_id and not is_path(family):
        return Group(load().operations[TASKS_QUERY].family, is_task_id(task_id))
    # These tasks are read from a list or one by one, so the kind of their ids does not matter.
    return Group(family, by_task_id=True)


def max_bulk_size(group: Group) -> int:
    """Return how many tasks of a group one query can return."""
    if query := bulk_query(group.family):
        return int(load().parameters(query)["task_ids"]["schema"]["maxItems"])
    if listing := load().list_in(group.family):
        return int(load().parameters(listing)["pageSize"]["schema"]["maximum"])
    return 1


def should_query_in_bulk(group: Group, refs: Sequence[str]) -> bool:
    """Whether a bulk query, or a page of a list, is better than one query for each task."""
    if bulk_query(group.family):
        # For a single /v1 task, its own query is better, because it replies in the form of /v1.
        return len(refs) > 1 or split_ref(refs[0])[0] == group.family
    return len(refs) > _MAX_CHEAP_SINGLE and load().list_in(group.family) is not None


def look_up(refs: Sequence[str], mode: LookupMode, *, together: bool) -> Steps[Outcomes]:
    """Query tasks by their refs.

    When polling, some refs may be missing in the result, because the number of queries in one round
    of polling is limited.

    Args:
        refs: the refs of the tasks.
        mode: RETRYING or POLLING.
        together: see `group_of`.

    Raises:
        APIError: a query failed, or Kling does not know one of the tasks. When polling, this error
            is an outcome instead.
        ValueError: one of the strings is not a ref.
    """
    groups: dict[Group, list[str]] = {}
    for ref in dict.fromkeys(refs):
        groups.setdefault(group_of(ref, together=together), []).append(ref)
    found: Outcomes = {}
    for group, members in groups.items():
        if not should_query_in_bulk(group, members):
            found |= yield from _look_up_singly(members, mode)
        elif query := bulk_query(group.family):
            for chunk in _chunks(members, max_bulk_size(group)):
                found |= yield from _look_up_in_bulk(query, chunk, mode)
        else:
            found |= yield from _look_up_in_list(group, members, mode)
    return found


def _look_up_in_bulk(query: Operation, refs: Sequence[str], mode: LookupMode) -> Steps[Outcomes]:
    call = bulk_call(query, list(dict.fromkeys(split_ref(ref)[1] for ref in refs)))
    try:
        tasks = tasks_from_list_reply(call, (yield from mode.send(call)))
        found: Outcomes = {**_tasks_by_ref(refs, tasks)}
    except BadRequestError as error:
        if len(refs) == 1:
            return mode.raise_or_return(refs, unknown_task(refs[0], error))
        # The error does not say which id is wrong. Query each one by itself.
        found = {}
        for ref in refs:
            found |= yield from _look_up_in_bulk(query, [ref], mode)
    except APIError as error:
        are_v1 = all(split_ref(ref)[0] != query.family for ref in refs)
        # A server without the current standard, such as a gateway, still has the /v1 queries.
        if are_v1 and isinstance(error, APIStatusError) and error.status_code in _NO_SUCH_PATH:
            return (yield from _look_up_singly(refs, mode))
        return mode.raise_or_return(refs, error)
    for ref in refs:
        if ref not in found:
            found |= mode.raise_or_return([ref], unknown_task(ref))
    return found


def _look_up_in_list(group: Group, refs: Sequence[str], mode: LookupMode) -> Steps[Outcomes]:
    """Read the list of a family, newest tasks first. Then query the missing tasks one by one.

    Another page is read if many tasks are still missing, and the page before had several of them.
    """
    found: Outcomes = {}
    size = max_bulk_size(group)
    missing, page = list(refs), 1
    while len(missing) > _MAX_CHEAP_SINGLE:
        call = list_call(group.family, page, size)
        try:
            tasks = tasks_from_list_reply(call, (yield from mode.send(call)))
        except APIError as error:
            return found | mode.raise_or_return(missing, error)
        new = _tasks_by_ref(missing, tasks)
        found |= new
        missing = [ref for ref in missing if ref not in new]
        if len(new) <= 1 or len(tasks) < size:
            break
        page += 1
    return found | (yield from _look_up_singly(missing, mode))


def _look_up_singly(refs: Sequence[str], mode: LookupMode) -> Steps[Outcomes]:
    found: Outcomes = {}
    for ref in refs[:_MAX_SINGLE_PER_ROUND] if mode.is_polling else refs:
        call = single_query(ref)
        try:
            task = task_from_reply(call, (yield from mode.send(call)))
            if is_of_ref(task, ref, call):
                found[ref] = with_family_of(ref, task)
            else:
                found |= mode.raise_or_return([ref], unknown_task(ref))
        except BadRequestError as error:
            found |= mode.raise_or_return([ref], unknown_task(ref, error))
        except APIConnectionError as error:
            # The server would not answer the other queries either.
            return found | mode.raise_or_return([ref for ref in refs if ref not in found], error)
        except APIError as error:
            found |= mode.raise_or_return([ref], error)
    return found


def _tasks_by_ref(refs: Sequence[str], tasks: Sequence[Task]) -> dict[str, Task]:
    """Return the task of each ref, found by Kling's id or by its external_task_id."""
    by_id: dict[str, Task] = {}
    for task in tasks:
        by_id[task.id] = task
        if task.external_task_id:
            by_id[task.external_task_id] = task
    found: dict[str, Task] = {}
    for ref in refs:
        _, ref_id = split_ref(ref)
        if ref_id in by_id:
            found[ref] = with_family_of(ref, by_id[ref_id])
    return found


def is_of_ref(task: Task, ref: str, query: Call) -> bool:
    """Whether the task that a query returned is the task of the ref.

    If the query had an external_task_id in its path, and the reply states no external_task_id, the
    task counts as the task of the ref.
    """
    _, ref_id = split_ref(ref)
    if ref_id in (task.id, task.external_task_id):
        return True
    is_unstated = task.external_task_id is None
    return is_unstated and has_id_in_path(query) and not is_task_id(ref_id)


def with_family_of(ref: str, task: Task) -> Task:
    """Return a task with the family as the user's ref spells it, so that the user recognizes it."""
    return with_family(task, parts_of_ref(ref)[0])


def _chunks(refs: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for begin in range(0, len(refs), size):
        yield refs[begin : begin + size]
