"""Asking for many tasks with few requests."""

from collections.abc import Callable, Iterator, Sequence
from http import HTTPStatus
from typing import NamedTuple

from kling._http import Response, Steps, send, send_query
from kling._requests import Call, is_path
from kling._server_text import visible
from kling._tasks.refs import (
    answers_for_id,
    get_call,
    is_task_id,
    list_call,
    query_of_many,
    shared_query,
    spelled,
    split_ref,
)
from kling._tasks.task import Task, named_like
from kling._tasks.task_replies import task_of, tasks_of, unknown_task
from kling.description import Operation, load
from kling.errors import APIConnectionError, APIError, APIStatusError, BadRequestError

# The operation that also reads tasks which have a query of their own, those of the /v1 standard.
QUERY = "getTasks"
# So many single queries are less for both sides than a page with hundreds of tasks.
_FEW = 4
# Single queries that who is patient sends before others have their turn.
_MOST_SINGLY = 20

# What is said of a path that is not there.
_NO_PATH = (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED)

Outcomes = dict[str, Task | APIError]
"""What was found of each ref, or why it was not."""


class Asking(NamedTuple):
    """How queries are sent."""

    once: Callable[[Call], Steps[Response]]
    """Sends one."""
    is_patient: bool
    """Whether an error is kept for the tasks that it concerns, instead of being raised."""

    def failed(self, refs: Sequence[str], error: APIError) -> Outcomes:
        """Return the outcome of a query that failed; raise the error if nobody keeps it."""
        if not self.is_patient:
            raise error
        return dict.fromkeys(refs, error)


# For whoever wants an answer now, and for whoever asks again later anyway.
NOW = Asking(send_query, is_patient=False)
LATER = Asking(send, is_patient=True)


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
    is_shared = shared_query(family) is not None
    # Between commas stand several ids, so one with a comma cannot be asked for there.
    if is_shared and "," in task_id:
        raise ValueError(f"{visible(ref)} cannot be asked for: its id has a comma")
    if is_shared:
        return Group(family, is_task_id(task_id))
    # Whether the tasks of a path that is not described are there, nobody knows.
    if together and "," not in task_id and not is_path(family):
        return Group(load().operations[QUERY].family, is_task_id(task_id))
    return Group(family, by_task_id=True)


def size_of(group: Group) -> int:
    """Return how many tasks of a group one request may ask for."""
    if query := shared_query(group.family):
        return int(load().parameters(query)["task_ids"]["schema"]["maxItems"])
    if listing := load().list_in(group.family):
        return int(load().parameters(listing)["pageSize"]["schema"]["maximum"])
    return 1


def is_one_request(group: Group, refs: Sequence[str]) -> bool:
    """Whether tasks of a group are better asked for together than singly."""
    if shared_query(group.family):
        # A task of the /v1 standard that is alone is shown in the form of its standard.
        return len(refs) > 1 or split_ref(refs[0])[0] == group.family
    return len(refs) > _FEW and load().list_in(group.family) is not None


def look_up(refs: Sequence[str], how: Asking, *, together: bool) -> Steps[Outcomes]:
    """Ask for tasks.

    Who is patient may find some refs left out, for one round of queries does not last for ever.

    Raises:
        APIError: there was no reply, or an error, or one of the tasks is not known.
        ValueError: one of the refs is none.
    """
    groups: dict[Group, list[str]] = {}
    for ref in dict.fromkeys(refs):
        groups.setdefault(group_of(ref, together=together), []).append(ref)
    found: Outcomes = {}
    for group, members in groups.items():
        if not is_one_request(group, members):
            found |= yield from _singly(members, how)
        elif query := shared_query(group.family):
            for part in _parts(members, size_of(group)):
                found |= yield from _by_query(query, part, how)
        else:
            found |= yield from _by_list(group, members, how)
    return found


def _by_query(query: Operation, refs: Sequence[str], how: Asking) -> Steps[Outcomes]:
    """Ask for several tasks at once."""
    call = query_of_many(query, list(dict.fromkeys(split_ref(ref)[1] for ref in refs)))
    try:
        found: Outcomes = {**_named(refs, tasks_of(call, (yield from how.once(call))))}
    except BadRequestError as error:
        if not refs[1:]:
            return how.failed(refs, unknown_task(refs[0], error))
        # Which id is refused shows only when each is asked for by itself.
        found = {}
        for ref in refs:
            found |= yield from _by_query(query, [ref], how)
    except APIError as error:
        own = all(split_ref(ref)[0] != query.family for ref in refs)
        # A host without the current standard, or a gateway, still has the paths of the other one.
        if own and isinstance(error, APIStatusError) and error.status_code in _NO_PATH:
            return (yield from _singly(refs, how))
        return how.failed(refs, error)
    for ref in refs:
        if ref not in found:
            found |= how.failed([ref], unknown_task(ref))
    return found


def _by_list(group: Group, refs: Sequence[str], how: Asking) -> Steps[Outcomes]:
    """Ask for the newest tasks of a family, as long as that finds more than single queries do."""
    found: Outcomes = {}
    size = size_of(group)
    missing, page = list(refs), 1
    while len(missing) > _FEW:
        call = list_call(group.family, page, size)
        try:
            tasks = tasks_of(call, (yield from how.once(call)))
        except APIError as error:
            return found | how.failed(missing, error)
        new = _named(missing, tasks)
        found |= new
        missing = [ref for ref in missing if ref not in new]
        if len(new) <= 1 or len(tasks) < size:
            break
        page += 1
    return found | (yield from _singly(missing, how))


def _singly(refs: Sequence[str], how: Asking) -> Steps[Outcomes]:
    found: Outcomes = {}
    for ref in refs[:_MOST_SINGLY] if how.is_patient else refs:
        call = get_call(ref)
        try:
            task = task_of(call, (yield from how.once(call)))
            is_it = is_of_ref(task, ref, call)
            found |= {ref: spelled_as(ref, task)} if is_it else how.failed([ref], unknown_task(ref))
        except BadRequestError as error:
            found |= how.failed([ref], unknown_task(ref, error))
        except APIConnectionError as error:
            # What does not answer one does not answer the others.
            return found | how.failed([one for one in refs if one not in found], error)
        except APIError as error:
            found |= how.failed([ref], error)
    return found


def _named(refs: Sequence[str], tasks: Sequence[Task]) -> dict[str, Task]:
    """Return the tasks of refs, by Kling's ids or by the caller's own."""
    named = {name: one for one in tasks for name in (one.id, one.external_task_id) if name}
    split = ((ref, split_ref(ref)[1]) for ref in refs)
    return {ref: spelled_as(ref, named[key]) for ref, key in split if key in named}


def is_of_ref(task: Task, ref: str, query: Call) -> bool:
    """Whether a task that a query for a ref found is the one of that ref.

    One that states no id of the caller's may be, where the path asked for such an id.
    """
    asked, said = split_ref(ref)[1], task.external_task_id
    is_unstated = said is None and answers_for_id(query) and not is_task_id(asked)
    return asked in (task.id, said) or is_unstated


def spelled_as(ref: str, task: Task) -> Task:
    """Return a task with the ref that it was asked for by, under which its owner knows it."""
    return named_like(task, spelled(ref)[0])


def _parts(refs: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for begin in range(0, len(refs), size):
        yield refs[begin : begin + size]
