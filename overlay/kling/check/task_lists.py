"""Read tasks of the two standards of Kling's API, /v1 and the current one, in the same way.

`TaskView` reads a task of either standard. `TaskEndpoints` makes the requests for tasks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kling.check.exchanges import Reply, Request
from kling.check.inquiry import Inquiry
from kling.description import Operation, Spec

SUCCEEDED, FAILED = "succeeded", "failed"
_PAGE = 100


@dataclass(frozen=True)
class TaskView:
    """A task in a reply of either standard."""

    raw: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Kling's id; empty if the task does not have one."""
        return _text(self.raw.get("task_id", self.raw.get("id")))

    @property
    def own_id(self) -> str:
        """The external_task_id; empty if the task does not have one."""
        info = self.raw.get("task_info")
        inner = info.get("external_task_id") if isinstance(info, Mapping) else None
        return _text(self.raw.get("external_id", inner))

    @property
    def status(self) -> str:
        """The status. The words "succeed" and "success" become "succeeded"."""
        word = _text(self.raw.get("task_status", self.raw.get("status")))
        return SUCCEEDED if word in ("succeed", "succeeded", "success") else word

    @property
    def has_ended(self) -> bool:
        """Whether the task has succeeded or failed."""
        return self.status in (SUCCEEDED, FAILED)

    @property
    def message(self) -> str:
        """Why the task failed."""
        return _text(self.raw.get("task_status_msg", self.raw.get("message")))

    @property
    def created(self) -> int | None:
        """The time of the create, in Unix milliseconds."""
        moment = self.raw.get("created_at", self.raw.get("create_time"))
        return moment if isinstance(moment, int) else None

    @property
    def outputs(self) -> list[Mapping[str, Any]]:
        """The results of the task."""
        result, outputs = self.raw.get("task_result"), self.raw.get("outputs")
        # In /v1, the results have one list for each kind of result, such as videos.
        lists = list(result.values()) if isinstance(result, Mapping) else [outputs]
        found: list[Mapping[str, Any]] = []
        for entries in lists:
            if isinstance(entries, list):
                found += [entry for entry in entries if isinstance(entry, Mapping)]
        return found


@dataclass(frozen=True, slots=True)
class CreatedTask:
    """A task that exists on the server."""

    request: Request | None
    """The request that created it, or the list request that showed it."""
    id: str
    own_id: str
    """Its external_task_id; empty if it does not have one."""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


class TaskEndpoints:
    """The operations that read the tasks of one create operation: its query, and its list.

    Args:
        spec: the description.
        create: the create operation.

    Raises:
        ValueError: no operation queries the tasks of this create.
    """

    def __init__(self, spec: Spec, create: Operation) -> None:
        query = spec.query_of(create)
        if query is None:
            raise ValueError(f"no operation queries the tasks of {create.id}")
        self.create = create
        self.query = query
        self.list = spec.list_of(create)
        self.is_shared = "{id}" not in query.path
        """Whether many creates share the query, as in the current standard.

        Such a query can read several tasks at a time.
        """
        self.size_word = "limit" if self.is_shared else "pageSize"
        """The name of the field or parameter that sets the size of a page."""

    def by_id(self, task_id: str) -> Request:
        """Return the request that queries a task by Kling's id."""
        if self.is_shared:
            return Request(self.query, query={"task_ids": task_id})
        return Request(self.query, path={"id": task_id})

    def by_own_id(self, own_id: str) -> Request:
        """Return the request that queries a task by its external_task_id."""
        if self.is_shared:
            return Request(self.query, query={"external_task_ids": own_id})
        return Request(self.query, path={"id": own_id})

    def page(self, number: int, size: int, cursor: str = "") -> Request | None:
        """Return the request for a page of the list; None if there is no list.

        Args:
            number: the number of the page in /v1, which begins at 1.
            size: the largest number of tasks on the page.
            cursor: in the current standard, the next_cursor of the previous page; empty for the
                first page.
        """
        if self.list is None:
            return None
        if self.is_shared:
            body: dict[str, Any] = {"limit": size}
            if cursor:
                body["cursor"] = cursor
            return Request(self.list, body)
        return Request(self.list, query={"pageNum": str(number), "pageSize": str(size)})

    def tasks(self, reply: Reply) -> list[TaskView]:
        """Return the tasks in the reply to a query or a list."""
        data = reply.data if reply.is_success else None
        if isinstance(data, Mapping) and isinstance(data.get("result"), list):
            data = data["result"]
        entries = data if isinstance(data, list) else [data]
        objects = [entry for entry in entries if isinstance(entry, Mapping)]
        return [TaskView(entry) for entry in objects if _is_task(entry)]


def _is_task(node: Mapping[str, Any]) -> bool:
    return any(name in node for name in ("task_id", "id", "task_status", "status"))


def newest_own_ids(inquiry: Inquiry, create: Operation) -> Iterator[str]:
    """Yield the external_task_ids on the first page of the list for a create operation."""
    if inquiry.spec.query_of(create) is None:
        return
    endpoints = TaskEndpoints(inquiry.spec, create)
    page = endpoints.page(1, _PAGE)
    if page is not None:
        for task in endpoints.tasks(inquiry.send(page)):
            if task.own_id:
                yield task.own_id
