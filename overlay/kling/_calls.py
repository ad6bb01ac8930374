"""From a request model to the generated endpoint that sends it, and from a reply to tasks."""

import re
import sys
import warnings
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple, Protocol

import httpx
from kling_api import models

from kling._errors import (
    BadRequestError,
    InvalidRequestError,
    KlingWarning,
    NotFoundError,
    json_object,
    unreadable,
)
from kling._media import MediaFields
from kling._messages import not_json
from kling._rules import Problem, Rules
from kling._spec import Operation, load
from kling._tasks import Task


class Request(Protocol):
    """A request of `kling.models`, such as TextToVideoRequest."""

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON body."""


class Call(NamedTuple):
    """What to send: an operation, and the arguments for httpx."""

    operation: Operation
    arguments: dict[str, Any]


def validate(request: Request) -> list[Problem]:
    """Return everything about a request that Kling would refuse; an empty list when nothing is.

    Media are checked as far as the request holds them: what a URL leads to only Kling sees.
    Nothing is sent.

    Args:
        request: any request of `kling.models`, such as TextToVideoRequest, also of those that
            create no task and are sent through `client.raw`.

    Raises:
        TypeError: it is no request, or holds a value that is no model where one belongs.
    """
    name = type(request).__name__
    operation = next((one for one in load().operations.values() if one.request == name), None)
    if operation is None or type(request) is not getattr(models, name, None):
        known = sorted({one.request for one in load().operations.values() if one.request})
        raise TypeError(f"{name} is no request of kling.models; those are {', '.join(known)}")
    return problems_of(_call(operation, request))


def checked(call: Call, extra: Mapping[str, Any] | None, today: date) -> Call:
    """Return a create that may be sent, after warnings for what is not refused.

    Raises:
        InvalidRequestError: the body breaks rules, and has no extra fields.
    """
    body = call.arguments["json"] = {**call.arguments["json"], **(extra or {})}
    checks = _checks_of(str(call.operation.request))
    problems = checks.problems(body)
    # Whatever Kling may know by now, HTTP carries JSON and nothing else.
    if problems and (not extra or any(not_json(body))):
        raise InvalidRequestError(str(call.operation.request), problems)
    for text in [*map(str, problems), *map(str, checks.advice(body)), *_retired(call, today)]:
        warnings.warn(text, KlingWarning, stacklevel=_levels_to_the_user())
    return call


def problems_of(call: Call) -> list[Problem]:
    """Return everything about the body of a create that Kling would refuse."""
    return _checks_of(str(call.operation.request)).problems(call.arguments["json"])


def body_call(operation: Operation, body: dict[str, Any]) -> Call:
    """Return a create with a body of one's own, unchecked."""
    return Call(operation, {"method": operation.method, "url": operation.path, "json": body})


def create_call(request: Request) -> Call:
    """Return the create of a request, unchecked.

    Raises:
        TypeError: it is no request that creates a task, or holds what is no model.
    """
    return _call(create_of(type(request)), request)


def _call(operation: Operation, request: Request) -> Call:
    try:
        return Call(operation, _endpoint(operation)._get_kwargs(body=request))
    except AttributeError as error:
        raise TypeError(
            f"{operation.request} holds a value of a wrong type ({error}); "
            f"what is nested in a request is a model too, such as models.Shot(...)"
        ) from error


def get_call(ref: str) -> Call:
    """Return the query for a ref.

    Raises:
        ValueError: it is no ref.
    """
    family, _, task_id = ref.partition("/")
    create = load().create_in(family)
    operation = create and load().sibling(create, "get")
    if create is not None and operation is None:
        raise ValueError(f"{family} answers at once, and has no task to ask for")
    if operation is None or not task_id:
        creates = (one.family for one in load().operations.values() if one.task)
        raise ValueError(
            f"a ref is a family and an id, as in text_to_video/752604318974529536; "
            f"the families are {', '.join(sorted(creates))}"
        )
    return Call(operation, _endpoint(operation)._get_kwargs(task_id))


def create_of(request: type[Request]) -> Operation:
    """Return the create that a class of requests belongs to.

    Raises:
        TypeError: its requests create no task.
    """
    operation = load().create_of(schema_of(request))
    assert operation is not None  # schema_of has seen it
    return operation


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
        return Call(self._operation, _endpoint(self._operation)._get_kwargs(**arguments))

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


def schema_of(request: type[Request]) -> str:
    """Return the name of the schema of a request class.

    Raises:
        TypeError: its requests create no task.
    """
    name = getattr(request, "__name__", f"a {type(request).__name__}")
    if load().create_of(name) is None or request is not getattr(models, name, None):
        known = sorted(str(one.request) for one in load().operations.values() if one.task)
        raise TypeError(f"{name} is no request that creates a task; those are {', '.join(known)}")
    return name


def task_of(call: Call, response: httpx.Response) -> Task:
    """Read the task of a reply.

    Raises:
        APIStatusError: the reply cannot be read.
    """
    try:
        return _task(call, json_object(response)["data"])
    except _UNREADABLE as error:
        raise unreadable(response, error) from error


def tasks_of(call: Call, response: httpx.Response) -> list[Task]:
    """Read the tasks of a page.

    Raises:
        APIStatusError: the reply cannot be read.
    """
    try:
        return [_task(call, data) for data in json_object(response)["data"]]
    except _UNREADABLE as error:
        raise unreadable(response, error) from error


def _task(call: Call, data: Any) -> Task:
    task_id = data["task_id"]
    if isinstance(task_id, bool) or not isinstance(task_id, str | int) or task_id == "":
        raise TypeError("task_id is no text")
    if isinstance(task_id, int):
        data = {**data, "task_id": str(task_id)}
    try:
        raw = models.Task.from_dict(data)
    except _UNREADABLE:
        # What was paid for must not be lost over a detail that Kling sends in another form.
        needed = {name: data[name] for name in ("task_id", "task_status")}
        raw = models.Task.from_dict(
            {name: value for name, value in data.items() if _can_be_read({**needed, name: value})}
        )
    return Task(call.operation.family, raw)


def _can_be_read(data: Mapping[str, Any]) -> bool:
    try:
        models.Task.from_dict(data)
    except _UNREADABLE:
        return False
    return True


def unknown_task(ref: str, error: BadRequestError) -> NotFoundError:
    """Return what a refused query means: Kling has no code of its own for an id it lacks."""
    return NotFoundError(
        f"{ref} is not known here, and ids belong to one host and account: {error}",
        status_code=error.status_code,
        code=error.code,
        request_id=error.request_id,
    )


# Names that a message may list.
_FEW = 20
# A host that ignores the number of the page would be asked for ever.
_STALE_PAGES = 10
# What the generated models raise for a reply that lacks what every reply has.
_UNREADABLE = (AttributeError, KeyError, RecursionError, TypeError, ValueError)


class _Checks:
    """All that is looked at before a request is sent."""

    def __init__(self, schema: str) -> None:
        root = {"$ref": f"#/components/schemas/{schema}"}
        self._rules = Rules(load(), root)
        self._media = MediaFields(load(), root)
        self.advice = self._rules.advice

    def problems(self, body: Any) -> list[Problem]:
        return [*self._rules.problems(body), *self._media.problems(body)]


@cache
def _checks_of(schema: str) -> _Checks:
    return _Checks(schema)


def _retired(call: Call, today: date) -> list[str]:
    spec, schema = load(), str(call.operation.request)
    texts = []
    for field, value, end in spec.retirements(schema, call.arguments["json"]):
        if today >= end:
            node = spec.resolve(spec.schemas[schema]["properties"][field])
            known = node.get("enum") or node["x-extensible"]
            alive = [one for one in known if one not in node["x-kling-retired"]]
            named = f"; alive are {', '.join(alive)}" if 0 < len(alive) <= _FEW else ""
            texts.append(f"{field} {value} is retired since {end}{named}")
    return texts


def _levels_to_the_user() -> int:
    """Return the stack level, for a warning of our caller, of the first frame outside of kling."""
    level = 1
    frame = sys._getframe(1)
    while frame.f_back and frame.f_globals.get("__name__", "").startswith("kling."):
        frame = frame.f_back
        level += 1
    return level


def _parameter_rules(operation: Operation) -> Rules:
    return _rules_of_parameters(operation.id)


@cache
def _rules_of_parameters(operation: str) -> Rules:
    return Rules(load(), load().parameter_schema(load().operations[operation]))


def _endpoint(operation: Operation) -> Any:
    return _module(operation.family, operation.id)


@cache
def _module(family: str, operation: str) -> ModuleType:
    return import_module(f"kling_api.api.{family}.{_snake(operation)}")


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
