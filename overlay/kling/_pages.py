"""Walking over the pages of a list: what to do next, decided without doing it."""

from collections.abc import Sequence
from functools import cache

from kling._calls import Call, Request, create_of, endpoint
from kling._rules import Rules
from kling._spec import Operation, load
from kling._tasks import Task

# A host that ignores the number of the page would be asked for ever.
_STALE_PAGES = 10


class Pages:
    """A walk over the pages of a list: which to ask for next, and what is new on it.

    Raises:
        TypeError: the class is none of requests that create tasks.
        ValueError: pages cannot have this size.
    """

    def __init__(self, request: type[Request], page_size: int) -> None:
        operation = load().sibling(create_of(request), "list")
        assert operation is not None  # every family has one; a test walks them
        if problems := _parameter_rules(operation).problems({"pageSize": page_size}):
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
        arguments = {"page_num": self._page, "page_size": self._page_size}
        return Call(self._operation, endpoint(self._operation)._get_kwargs(**arguments))

    def news(self, tasks: Sequence[Task]) -> list[Task]:
        """Take note of a page, and return the tasks of it that were on no page before.

        What is made meanwhile moves the older tasks to the next page.
        """
        new = [task for task in tasks if task.raw.task_id not in self._seen]
        self._seen.update(task.raw.task_id for task in new)
        self._stale = 0 if new else self._stale + 1
        self._page = self._page + 1 if len(tasks) >= self._page_size else self._last_page + 1
        return new

    @property
    def _last_page(self) -> int:
        return int(load().parameters(self._operation)["pageNum"]["schema"]["maximum"])


def _parameter_rules(operation: Operation) -> Rules:
    return _rules_of_parameters(operation.id)


@cache
def _rules_of_parameters(operation: str) -> Rules:
    return Rules(load(), load().parameter_schema(load().operations[operation]))
