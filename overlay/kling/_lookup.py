"""Asking for many tasks with few requests."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import httpx

from kling._calls import Call
from kling._errors import APIStatusError, BadRequestError, NotFoundError
from kling._refs import get_call, is_task_id, list_call, query_of_many, split_ref
from kling._replies import task_of, tasks_of, unknown_task
from kling._retries import read
from kling._spec import load
from kling._steps import Steps
from kling._tasks import Task

# The operation that reads tasks of both standards, several at a time.
QUERY = "getTasks"
# So many single queries are less for both sides than a page with hundreds of tasks.
_FEW = 4

# What is said of a path that is not there.
_NO_PATH = (httpx.codes.NOT_FOUND, httpx.codes.METHOD_NOT_ALLOWED)

Ask = Callable[[Call], Steps[httpx.Response]]
"""How one query is sent."""


class Group(NamedTuple):
    """Tasks that can be asked for together."""

    family: str
    by_task_id: bool
    """Whether by Kling's ids, or by the caller's own; one query takes one kind of them."""


def group_of(ref: str, *, together: bool) -> Group:
    """Return what a ref can be asked for with.

    Args:
        ref: the ref of a task.
        together: ask for tasks of the /v1 standard together too, which access tokens may not.

    Raises:
        ValueError: it is no ref, or cannot be asked for.
    """
    family, task_id = split_ref(ref)
    query = load().operations[QUERY].family
    # Between commas stand several ids, so one with a comma cannot be asked for there.
    if family == query and "," in task_id:
        raise ValueError(f"{ref} cannot be asked for: its id has a comma")
    if family == query or (together and "," not in task_id):
        return Group(query, is_task_id(task_id))
    return Group(family, by_task_id=True)


def size_of(group: Group) -> int:
    """Return how many tasks of a group one request may ask for."""
    query = load().operations[QUERY]
    if group.family == query.family:
        return int(load().parameters(query)["task_ids"]["schema"]["maxItems"])
    if listing := load().list_in(group.family):
        return int(load().parameters(listing)["pageSize"]["schema"]["maximum"])
    return 1


def is_one_request(group: Group, refs: Sequence[str]) -> bool:
    """Whether tasks of a group are better asked for together than singly."""
    if group.family == load().operations[QUERY].family:
        # A task of the /v1 standard that is alone is shown in the form of its standard.
        return len(refs) > 1 or split_ref(refs[0])[0] == group.family
    return len(refs) > _FEW and load().list_in(group.family) is not None


def look_up(refs: Sequence[str], *, together: bool, ask: Ask = read) -> Steps[dict[str, Task]]:
    """Ask for tasks, and return those that are known by their refs.

    Raises:
        NotFoundError: a task that was asked for singly is not known.
        APIError: there was no reply, or an error.
        ValueError: one of the refs is none.
    """
    groups: dict[Group, list[str]] = {}
    for ref in dict.fromkeys(refs):
        groups.setdefault(group_of(ref, together=together), []).append(ref)
    found: dict[str, Task] = {}
    for group, members in groups.items():
        if not is_one_request(group, members):
            found |= yield from _singly(members, ask)
        elif group.family == load().operations[QUERY].family:
            for part in _parts(members, size_of(group)):
                found |= yield from _by_query(part, ask)
        else:
            found |= yield from _by_list(group, members, ask)
    return found


def _by_query(refs: Sequence[str], ask: Ask) -> Steps[dict[str, Task]]:
    """Ask for tasks of both standards at once."""
    query = load().operations[QUERY]
    call = query_of_many(query, list(dict.fromkeys(split_ref(ref)[1] for ref in refs)))
    try:
        tasks = tasks_of(call, (yield from ask(call)))
    except BadRequestError as error:
        if not refs[1:]:
            raise unknown_task(refs[0], error) from error
        # Which id is refused shows only when each is asked for by itself.
        return (yield from _each(refs, ask))
    except APIStatusError as error:
        # A host without the current standard, or a gateway, still has the paths of the other one.
        own = all(split_ref(ref)[0] != query.family for ref in refs)
        if error.status_code not in _NO_PATH or not own:
            raise
        return (yield from _singly(refs, ask))
    return _named(refs, tasks)


def _each(refs: Sequence[str], ask: Ask) -> Steps[dict[str, Task]]:
    found: dict[str, Task] = {}
    for ref in refs:
        try:
            found |= yield from _by_query([ref], ask)
        except NotFoundError:
            continue
    return found


def _by_list(group: Group, refs: Sequence[str], ask: Ask) -> Steps[dict[str, Task]]:
    """Ask for the newest tasks of a family, as long as that finds more than single queries do."""
    found: dict[str, Task] = {}
    size = size_of(group)
    missing, page = list(refs), 1
    while len(missing) > _FEW:
        call = list_call(group.family, page, size)
        tasks = tasks_of(call, (yield from ask(call)))
        new = _named(missing, tasks)
        found |= new
        missing = [ref for ref in missing if ref not in new]
        if len(new) <= 1 or len(tasks) < size:
            break
        page += 1
    return found | (yield from _singly(missing, ask))


def _singly(refs: Sequence[str], ask: Ask) -> Steps[dict[str, Task]]:
    found = {}
    for ref in refs:
        call = get_call(ref)
        try:
            found[ref] = task_of(call, (yield from ask(call)))
        except BadRequestError as error:
            raise unknown_task(ref, error) from error
    return found


def _named(refs: Sequence[str], tasks: Sequence[Task]) -> dict[str, Task]:
    """Return the tasks of refs, by Kling's ids or by the caller's own."""
    named = {name: one for one in tasks for name in (one.id, one.external_task_id) if name}
    split = ((ref, *split_ref(ref)) for ref in refs)
    return {ref: replace(named[key], family=family) for ref, family, key in split if key in named}


def _parts(refs: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for begin in range(0, len(refs), size):
        yield refs[begin : begin + size]
