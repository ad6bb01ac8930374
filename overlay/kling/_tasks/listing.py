"""Read lists that Kling sends in pages.

A walk reads one list: it returns the query for each page, and reads the reply. Its caller sends the
queries.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Protocol, TypeVar, cast

from kling._http import Response, json_object
from kling._requests import (
    Call,
    Request,
    body_call,
    call_of,
    checked_query,
    create_of,
    operations_named,
    query_call,
)
from kling._tasks.refs import bulk_query
from kling._tasks.task import Task
from kling._tasks.task_replies import tasks_from_list_reply
from kling.description import Operation, Rules, load

# The key of the filter that selects one product in a list of tasks.
_PRODUCT_FILTER = "product_type"
# After this many pages without a new task the walk ends. Otherwise a server that ignores the page
# number would be queried endlessly.
_MAX_STALE_PAGES = 10

T_co = TypeVar("T_co", covariant=True)


class Walk(Protocol[T_co]):
    """A walk over a list that Kling sends in pages.

    The caller sends the queries, with or without await:

        while (call := walk.next()) is not None:
            yield from walk.read(request(call))
    """

    def next(self) -> Call | None:
        """Return the query for the next page; None after the last page."""

    def read(self, response: Response) -> Sequence[T_co]:
        """Return the new entries of a page, and remember where the next page begins."""


def walk(
    request: "type[Request] | Request | str", page_size: int, body: Mapping[str, Any] | None = None
) -> Walk[Task]:
    """Return a walk over the tasks of a family, or over the tasks that a search finds.

    Args:
        request: one of these: a search, such as a `models.ListTasksRequest`; a class of requests,
            for the tasks of its family; or the name of a search, or of an operation of the family.
        page_size: how many tasks one query fetches. A search ignores it, and has its own field
            `limit`.
        body: the JSON body, if `request` is the name of a search.

    Raises:
        InvalidRequestError: the search breaks rules.
        TypeError: `request` is neither a search nor a class of requests that create tasks.
        ValueError: the page size is out of range, or no family of tasks has this name.
    """
    if isinstance(request, str) and "/" in request:
        raise TypeError(
            "tasks cannot be listed by path; models.ListTasksRequest searches all tasks"
        )
    if call := _named_search(request, body) or _search_call(request):
        return SearchWalk(call)
    if body is not None:
        raise TypeError("only a search, such as listTasks, takes a body")
    create = (
        _create_in_family(request)
        if isinstance(request, str)
        else create_of(cast("type[Request]", request))
    )
    listing = load().list_of(create)
    if listing is None:
        raise TypeError(f"{create.request} is answered at once, so there are no tasks to list")
    if listing.request is None:  # a list of the /v1 standard, which has numbered pages
        return PageWalk(listing, page_size)
    search: dict[str, Any] = {"limit": page_size}
    # This list has the tasks of many creates. Filter by product if the list allows it.
    if _PRODUCT_FILTER in _filter_keys(listing):
        search["filters"] = [{"key": _PRODUCT_FILTER, "values": [create.product]}]
    return SearchWalk(body_call(listing, search))


@cache
def search_operation(family: str) -> Operation | None:
    """Return the operation that searches the tasks whose refs begin with this family.

    None for the families of the /v1 standard, whose lists cannot be searched.
    """
    # In the current standard, every family of tasks has a bulk query; in /v1, none has.
    operations = load().operations.values() if bulk_query(family) else ()
    in_family = (operation for operation in operations if operation.family == family)
    return next((operation for operation in in_family if operation.verb == "list"), None)


def _named_search(name: object, body: Mapping[str, Any] | None) -> Call | None:
    """Return the call of the search with this name; None if no search has this name."""
    if not isinstance(name, str):
        return None
    named = operations_named(name, load(), _has_tasks)
    search = next(filter(_is_search, named), None)
    return body_call(search, dict(body or {})) if search else None


def _create_in_family(name: str) -> Operation:
    """Return the create of the family to which the operation with this name belongs."""
    named = operations_named(name, load(), _has_tasks)
    creates = [operation for operation in named if operation.task]
    create = creates[0] if creates else load().create_in(named[0].family)
    if create is None:
        raise ValueError(f"{name} does not belong to a family that has tasks")
    return create


def _has_tasks(operation: Operation) -> object:
    """Whether an operation creates tasks, or belongs to a family whose tasks can be queried."""
    return operation.task or load().query_in(operation.family)


def _search_call(request: Any) -> Call | None:
    """Return the call of a search model; None for any other value."""
    name = type(request).__name__
    named = [operation for operation in load().operations.values() if operation.request == name]
    return call_of(request) if any(map(_is_search, named)) else None


def _is_search(operation: Operation) -> bool:
    return operation == search_operation(operation.family)


def _filter_keys(search: Operation) -> list[str]:
    """Return the keys that a search can filter by."""
    spec = load()
    filters = spec.schemas[str(search.request)]["properties"]["filters"]
    entry = spec.resolve(filters["items"])
    return list(spec.resolve(entry["properties"]["key"])["enum"])


class PageWalk:
    """A walk over the tasks of a family of the /v1 standard. Their list has numbered pages.

    Raises:
        ValueError: the page size is out of range.
    """

    def __init__(self, operation: Operation, page_size: int) -> None:
        if problems := _rules_of_parameters(operation.id).problems({"pageSize": page_size}):
            raise ValueError(str(problems[0]))
        self._operation = operation
        self._page_size = page_size
        self._page = 1
        self._stale_pages = 0
        self._seen: set[str] = set()

    def next(self) -> Call | None:
        """Return the query for the next page; None after the last page."""
        if self._page > self._max_page_number or self._stale_pages >= _MAX_STALE_PAGES:
            return None
        parameters = {"pageNum": self._page, "pageSize": self._page_size}
        return query_call(self._operation, parameters=parameters)

    def read(self, response: Response) -> list[Task]:
        """Return the tasks of a page that were not on an earlier page.

        Tasks repeat because every task that is created during the walk pushes older ones to the
        next page.
        """
        tasks = tasks_from_list_reply(Call(self._operation, {}), response)
        ids = (str(entry["task_id"]) for entry in json_object(response)["data"])
        new = dict(zip(ids, tasks, strict=True))
        for seen in self._seen & new.keys():
            del new[seen]
        self._seen.update(new)
        self._stale_pages = 0 if new else self._stale_pages + 1
        # A page that is not full is the last one. The number that is too large ends the walk.
        is_full = len(tasks) >= self._page_size
        self._page = self._page + 1 if is_full else self._max_page_number + 1
        return [*new.values()]

    @property
    def _max_page_number(self) -> int:
        """The number of the last page that Kling would send, even of an endless list."""
        return int(load().parameters(self._operation)["pageNum"]["schema"]["maximum"])


class CursorWalk:
    """A walk over a list in which each page has the cursor of the next one.

    Args:
        call: the query for the first page.
        kept_fields: the fields of its body that the queries for the later pages repeat.

    Raises:
        InvalidRequestError: the request breaks rules.
    """

    def __init__(self, call: Call, kept_fields: tuple[str, ...]) -> None:
        call = checked_query(call)
        self._operation = call.operation
        self._body: dict[str, Any] | None = call.arguments["json"]
        self._kept_fields = kept_fields
        # Cursors that lead to no new page: those of earlier queries, and missing ones.
        self._cursors: set[object] = {None, ""}

    def next(self) -> Call | None:
        """Return the query for the next page; None after the last page."""
        return None if self._body is None else body_call(self._operation, self._body)

    def advance(self, data: Mapping[str, Any]) -> None:
        """Remember where the next page begins."""
        cursor, body = data.get("next_cursor"), self._body or {}
        self._cursors.add(body.get("cursor"))
        # A server that ignores cursors repeats them, and would be queried endlessly.
        has_next = data.get("has_more") is True and cursor not in self._cursors
        kept = {name: body[name] for name in self._kept_fields if name in body}
        self._body = {**kept, "cursor": cursor} if has_next else None


class SearchWalk(CursorWalk):
    """A walk over the tasks that a search finds."""

    def __init__(self, call: Call) -> None:
        super().__init__(call, ("limit", "filters"))
        self._seen: set[str] = set()

    def read(self, response: Response) -> list[Task]:
        """Return the tasks of a page that were not on an earlier page."""
        tasks = tasks_from_list_reply(Call(self._operation, {}), response)
        self.advance(json_object(response)["data"])
        new = {task.id: task for task in tasks if task.id not in self._seen}
        self._seen.update(new)
        return [*new.values()]


@cache
def _rules_of_parameters(operation: str) -> Rules:
    return Rules(load(), load().parameter_schema(load().operations[operation]))
