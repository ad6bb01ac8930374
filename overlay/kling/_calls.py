"""From a request model to the generated endpoint that sends it, and from a reply to a task."""

import re
from importlib import import_module
from types import ModuleType
from typing import Any, Protocol

import httpx
from kling_api import models

from kling._errors import BadRequestError, InvalidRequestError, NotFoundError, unreadable
from kling._rules import Problem, Rules
from kling._spec import Operation, load
from kling._tasks import Task


class Request(Protocol):
    """A request of `kling.models`, such as TextToVideoRequest."""

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON body."""


_rules: dict[str, Rules] = {}


def rules_of(schema: str) -> Rules:
    """Return the rules of a request schema, compiled once."""
    if schema not in _rules:
        _rules[schema] = Rules(load(), {"$ref": f"#/components/schemas/{schema}"})
    return _rules[schema]


def validate(request: Request) -> list[Problem]:
    """Return everything about a request that Kling would refuse; an empty list when nothing is.

    Nothing is sent.

    Raises:
        TypeError: it is no request that creates a task.
    """
    return rules_of(schema_of(request)).problems(request.to_dict())


def refuse_problems(request: Request) -> None:
    """Raise InvalidRequestError if a request breaks rules."""
    if problems := validate(request):
        raise InvalidRequestError(schema_of(request), problems)


def schema_of(request: Request) -> str:
    """Return the name of the schema of a request.

    Raises:
        TypeError: it is no request that creates a task.
    """
    name = type(request).__name__
    if load().create_of(name) is None or type(request) is not getattr(models, name, None):
        known = ", ".join(sorted(filter(None, (o.request for o in load().operations.values()))))
        raise TypeError(f"{name} is no request that creates a task; those are {known}")
    return name


def create_call(request: Request) -> tuple[Operation, dict[str, Any]]:
    """Return the create of a request, and the arguments for httpx."""
    operation = load().create_of(schema_of(request))
    assert operation is not None  # schema_of has seen it
    return operation, _endpoint(operation)._get_kwargs(body=request)


def get_call(ref: str) -> tuple[Operation, dict[str, Any]]:
    """Return the query for a ref, and the arguments for httpx.

    Raises:
        ValueError: it is no ref.
    """
    family, _, task_id = ref.partition("/")
    create = load().create_in(family)
    operation = create and load().sibling(create, "get")
    if operation is None or not task_id:
        families = ", ".join(
            operation.family for operation in load().operations.values() if operation.task
        )
        raise ValueError(
            f"a ref is a family and an id, as in text_to_video/752604318974529536; "
            f"the families are {families}"
        )
    return operation, _endpoint(operation)._get_kwargs(task_id)


def task_of(operation: Operation, response: httpx.Response) -> Task:
    """Read the task of a reply.

    Raises:
        APIStatusError: the reply cannot be read.
    """
    try:
        reply = models.TaskReply.from_dict(response.json())
        return Task(operation.family, reply.data)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise unreadable(response, error) from error


def unknown_task(ref: str, error: BadRequestError) -> NotFoundError:
    """Return what a refused query means: Kling has no code of its own for an id it lacks."""
    return NotFoundError(
        f"{ref} is not known here, and ids belong to one host and account: {error}",
        status_code=error.status_code,
        code=error.code,
        request_id=error.request_id,
    )


def _endpoint(operation: Operation) -> Any:
    module: ModuleType = import_module(f"kling_api.api.{operation.family}.{_snake(operation.id)}")
    return module


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
