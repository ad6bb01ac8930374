"""From a request model, or a JSON body, to the call that sends it."""

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple, Protocol

from attrs import evolve, fields
from kling_api import models
from kling_api.types import UNSET

from kling._requests.unlisted import Unlisted, checked_path
from kling._requests.unlisted_paths import unlisted_create
from kling._tracebacks import bare
from kling.description import Operation, load, meant


class Request(Protocol):
    """A request of `kling.models`, such as TextToVideoRequest; or an `Unlisted`."""

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON body."""


class Call(NamedTuple):
    """What to send: an operation, and the arguments for httpx."""

    operation: Operation
    arguments: dict[str, Any]

    def __repr__(self) -> str:
        # The arguments hold prompts and media.
        return f"<Call {self.operation.id}>"


def call_of(request: Request) -> Call:
    """Return the call of any request, unchecked.

    Raises:
        TypeError: it is not a request, or holds something else where a model belongs.
    """
    if isinstance(request, Unlisted):
        return create_call(request)
    _refuse_material(request)
    name = type(request).__name__
    operation = next((one for one in load().operations.values() if one.request == name), None)
    if operation is None or type(request) is not getattr(models, name, None):
        known = sorted({one.request for one in load().operations.values() if one.request})
        raise TypeError(f"{name} is no request of kling.models; {meant(name, known, _WHERE)}")
    return _call(operation, request)


def body_call(operation: Operation, body: dict[str, Any]) -> Call:
    """Return a create with a body of one's own, unchecked."""
    return Call(operation, {"method": operation.method, "url": operation.path, "json": body})


def create_call(request: Request) -> Call:
    """Return the create of a request, unchecked.

    Raises:
        TypeError: it is no request that creates a task, or holds what is no model.
    """
    if isinstance(request, Unlisted):
        return body_call(unlisted_create(request.path), request.to_dict())
    _refuse_material(request)
    return _call(create_of(type(request)), request)


def _call(operation: Operation, request: Request) -> Call:
    try:
        plain, nulls = _without_nulls(request)
        call = Call(operation, endpoint(operation)._get_kwargs(body=plain))
        call.arguments["json"].update(nulls)
        return call
    except (AttributeError, TypeError) as error:
        raise TypeError(
            f"{operation.request} holds a value of a wrong type ({error}); "
            f"what is nested in a request is a model too{_such_as(operation)}"
        ) from bare(error, error.__context__)


def _without_nulls(request: Any) -> tuple[Any, dict[str, None]]:
    """Return a request without its optional fields that are None, and these.

    A field that holds other models cannot write out None.
    """
    nulls = [
        one.name
        for one in fields(type(request))
        if one.default is UNSET and getattr(request, one.name) is None
    ]
    plain = evolve(request, **dict.fromkeys(nulls, UNSET)) if nulls else request
    return plain, dict.fromkeys(nulls)


def _such_as(operation: Operation) -> str:
    """Name the fields of a request that hold models, and one that each holds."""
    spec, names = load(), []
    for field, node in spec.schemas[str(operation.request)]["properties"].items():
        inner = node.get("items", node)
        whole = spec.resolve(inner)
        ref = whole["oneOf"][0]["$ref"] if "oneOf" in whole else inner.get("$ref", "")
        if "oneOf" in whole or "properties" in whole:
            model = f"models.{ref.rpartition('/')[2]}(...)"
            names.append(f"{field}=[{model}]" if "items" in node else f"{field}={model}")
    return f", as in {', '.join(names)}" if names else ""


def create_of(request: type[Request] | str) -> Operation:
    """Return the create of a class of requests, of an operationId, or of the path of an `Unlisted`.

    Raises:
        TypeError: its requests create no task.
        ValueError: it is no path.
    """
    if isinstance(request, str) and "/" in request:
        return unlisted_create(checked_path(request))
    if isinstance(request, str) and (named := load().operations.get(request)) and named.task:
        return named
    if request is Unlisted or isinstance(request, Unlisted):
        raise TypeError("of an Unlisted give the path, which is a text")
    operation = load().create_of(schema_of(request))
    assert operation is not None  # schema_of has seen it
    return operation


def schema_of(request: type[Request] | str) -> str:
    """Return the name of the schema of a request class.

    Raises:
        TypeError: its requests create no task.
    """
    name = getattr(request, "__name__", f"a {type(request).__name__}")
    if load().create_of(name) is None or request is not getattr(models, name, None):
        known = sorted(str(one.request) for one in load().operations.values() if one.task)
        raise TypeError(f"{name} is no request that creates a task; {meant(name, known, _WHERE)}")
    return name


def _refuse_material(given: object) -> None:
    """Say how a request is made of what is given for one.

    Raises:
        TypeError: it is a class of requests, or a dict.
    """
    name = given.__name__ if isinstance(given, type) else ""
    if name and getattr(models, name, None) is given:
        raise TypeError(f"an instance is needed, not the class: models.{name}(...)")
    if isinstance(given, Mapping):
        raise TypeError(
            "a dict is no request; make one of it, as in models.TextToVideoRequest(**fields), "
            "or check it with kling.validate_body"
        )


_WHERE = "the README has a table of them"


def endpoint(operation: Operation) -> Any:
    """Return the generated module of an operation."""
    return _module(operation.family, operation.id)


@cache
def _module(family: str, operation: str) -> ModuleType:
    return import_module(f"kling_api.api.{family}.{_snake(operation)}")


def _snake(name: str) -> str:
    return re.sub("(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])", "_", name).lower()
