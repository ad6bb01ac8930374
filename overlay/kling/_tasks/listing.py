"""Walking over lists that come in parts: what to do next, decided without doing it."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Protocol, TypeVar, cast

from kling._http import Response, json_object
from kling._requests import (
    Call,
    Request,
    body_call,
    call_of,
    create_of,
    operations_named,
    query_call,
    refuse_broken,
)
from kling._tasks.refs import shared_query
from kling._tasks.task import Task
from kling._tasks.task_replies import tasks_of
from kling.description import Operation, Rules, load

# What a filter looks at that tells kinds of products apart.
_KIND = "product_type"
# A host that ignores the number of the page would be asked for ever.
_STALE_PAGES = 10

T_co = TypeVar("T_co", covariant=True)


class Walk(Protocol[T_co]):
    """A walk over a list that comes in parts.

    Whoever walks does as it says, with or without await:

        while (call := walk.next()) is not None:
            yield from walk.read(request(call))
    """

    def next(self) -> Call | None:
        """Return the query for the next part; None when there is none."""

    def read(self, response: Response) -> Sequence[T_co]:
        """Take note of a part, and return what was on no part before."""


def walk(
    request: "type[Request] | Request | str", page_size: int, body: Mapping[str, Any] | None = None
) -> Walk[Task]:
    """Return the walk over the tasks of a family, or over those that a search finds.

    Args:
        request: a search, a class of requests, or any name of an operation of the family.
        page_size: tasks that one request fetches; a search says it itself.
        body: of the search, if an operation is named that is one.

    Raises:
        InvalidRequestError: the search breaks rules.
        TypeError: it is neither a search nor a class of requests that create tasks.
        ValueError: pages cannot have this size, or no family of tasks has this name.
    """
    if isinstance(request, str) and "/" in request:
        raise TypeError("a path has no list; models.ListTasksRequest searches all tasks")
    if call := _named_search(request, body) or _search_call(request):
        return Search(call)
    if body is not None:
        raise TypeError("a body goes with the name of a search, which is listTasks or its like")
    create = (
        _create_in_family(request)
        if isinstance(request, str)
        else create_of(cast("type[Request]", request))
    )
    listing = load().list_of(create)
    if listing is None:
        raise TypeError(f"{create.request} answers at once, and leaves no task to list")
    if listing.request is None:
        return Pages(listing, page_size)
    search: dict[str, Any] = {"limit": page_size}
    # One list has the tasks of many creates; some tell kinds of products apart.
    if _KIND in _filter_keys(listing):
        search["filters"] = [{"key": _KIND, "values": [create.product]}]
    return Search(body_call(listing, search))


@cache
def search_of(family: str) -> Operation | None:
    """Return the operation that lists all tasks with a shared query, by the family of their refs.

    None where tasks have a query of their own.
    """
    operations = load().operations.values() if shared_query(family) else ()
    return next((one for one in operations if one.family == family and one.verb == "list"), None)


def _named_search(name: object, body: Mapping[str, Any] | None) -> Call | None:
    """Return the call of a search that is named; None if the name means something else."""
    if not isinstance(name, str):
        return None
    named = operations_named(name, load(), _has_tasks)
    search = next((one for one in named if one == search_of(one.family)), None)
    return body_call(search, dict(body or {})) if search else None


def _create_in_family(name: str) -> Operation:
    """Return the create of the family that a name means, also by another operation of it."""
    named = operations_named(name, load(), _has_tasks)
    found = [one for one in named if one.task]
    create = found[0] if found else load().create_in(named[0].family)
    if create is None:
        raise ValueError(f"{name} belongs to no family of tasks")
    return create


def _has_tasks(operation: Operation) -> object:
    return operation.task or load().query_in(operation.family)


def _search_call(request: Any) -> Call | None:
    """Return the call of a search; None for whatever else it is."""
    name = type(request).__name__
    named = [one for one in load().operations.values() if one.request == name]
    return call_of(request) if any(one == search_of(one.family) for one in named) else None


def _filter_keys(search: Operation) -> list[str]:
    """Return what the filters of a search can look at."""
    spec = load()
    filters = spec.schemas[str(search.request)]["properties"]["filters"]
    one = spec.resolve(filters["items"])
    return list(spec.resolve(one["properties"]["key"])["enum"])


class Pages:
    """A walk over the numbered pages of a family of the /v1 standard.

    Raises:
        ValueError: pages cannot have this size.
    """

    def __init__(self, operation: Operation, page_size: int) -> None:
        if problems := _rules_of_parameters(operation.id).problems({"pageSize": page_size}):
            raise ValueError(str(problems[0]))
        self._operation = operation
        self._page_size = page_size
        self._page = 1
        self._stale = 0
        self._seen: set[str] = set()

    def next(self) -> Call | None:
        """Return the query for the next page; None when there is none."""
        if self._page > self._last_page or self._stale >= _STALE_PAGES:
            return None
        parameters = {"pageNum": self._page, "pageSize": self._page_size}
        return query_call(self._operation, parameters=parameters)

    def read(self, response: Response) -> list[Task]:
        """Take note of a page, and return the tasks of it that were on no page before.

        What is made meanwhile moves the older tasks to the next page.
        """
        tasks = tasks_of(Call(self._operation, {}), response)
        ids = (str(one["task_id"]) for one in json_object(response)["data"])
        new = dict(zip(ids, tasks, strict=True))
        for seen in self._seen & new.keys():
            del new[seen]
        self._seen.update(new)
        self._stale = 0 if new else self._stale + 1
        self._page = self._page + 1 if len(tasks) >= self._page_size else self._last_page + 1
        return [*new.values()]

    @property
    def _last_page(self) -> int:
        return int(load().parameters(self._operation)["pageNum"]["schema"]["maximum"])


class Cursor:
    """A walk over a list that says with each part where the next one begins.

    Args:
        call: asks for the part of the list to walk over.
        keeps: the fields of its body that go with a cursor too.

    Raises:
        InvalidRequestError: the request breaks rules.
    """

    def __init__(self, call: Call, keeps: tuple[str, ...]) -> None:
        call = refuse_broken(call)
        self._operation = call.operation
        self._body: dict[str, Any] | None = call.arguments["json"]
        self._keeps = keeps
        self._cursors: set[object] = {None, ""}

    def next(self) -> Call | None:
        """Return the query for the next part; None when there is none."""
        return None if self._body is None else body_call(self._operation, self._body)

    def advance(self, data: Mapping[str, Any]) -> None:
        """Take note of where the next part begins."""
        cursor, body = data.get("next_cursor"), self._body or {}
        self._cursors.add(body.get("cursor"))
        # A host that ignores cursors would be asked for ever.
        goes_on = data.get("has_more") is True and cursor not in self._cursors
        kept = {name: body[name] for name in self._keeps if name in body}
        self._body = {**kept, "cursor": cursor} if goes_on else None


class Search(Cursor):
    """A walk over tasks that share a list, whatever made them."""

    def __init__(self, call: Call) -> None:
        super().__init__(call, ("limit", "filters"))
        self._seen: set[str] = set()

    def read(self, response: Response) -> list[Task]:
        """Take note of a part, and return the tasks of it that were on no part before."""
        tasks = tasks_of(Call(self._operation, {}), response)
        self.advance(json_object(response)["data"])
        new = {task.id: task for task in tasks if task.id not in self._seen}
        self._seen.update(new)
        return [*new.values()]


@cache
def _rules_of_parameters(operation: str) -> Rules:
    return Rules(load(), load().parameter_schema(load().operations[operation]))
