"""From a request model, or a JSON body, to the call that sends it."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple, Protocol
from urllib.parse import quote

from kling._requests.names import Wanted, operation_named
from kling._requests.unlisted import Unlisted, checked_path
from kling._requests.unlisted_paths import unlisted_create
from kling._tracebacks import strip_traceback
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


def call_of(request: Request | str, body: Mapping[str, Any] | None = None) -> Call:
    """Return the call of any request, or of any name of an operation and its body, unchecked.

    Raises:
        TypeError: it is not a request, or holds something else where a model belongs.
        ValueError: no operation with a body has this name, or several have.
    """
    if isinstance(request, str) or body is not None:
        return _named_call(request, body, lambda one: one.request, "takes no body")
    if isinstance(request, Unlisted):
        return create_call(request)
    _refuse_material(request)
    return _call(_operation_of_class(type(request)), request)


def body_call(operation: Operation, body: dict[str, Any]) -> Call:
    """Return a create with a body of one's own, unchecked."""
    return Call(operation, {"method": operation.method, "url": operation.path, "json": body})


def query_call(
    operation: Operation, in_path: str = "", parameters: Mapping[str, Any] | None = None
) -> Call:
    """Return a query.

    Args:
        operation: the query.
        in_path: what stands for the parameter in its path.
        parameters: what comes behind the path; the entries of a list have commas between them.
    """
    path, hole, _ = operation.path.partition("{")
    call = Call(operation, {"method": operation.method, "url": path})
    if hole:
        call.arguments["url"] += quote(in_path, safe="")
    if parameters:
        call.arguments["params"] = {
            name: ",".join(value) if isinstance(value, list) else value
            for name, value in parameters.items()
        }
    return call


def create_call(request: Request | str, body: Mapping[str, Any] | None = None) -> Call:
    """Return the create of a request, or of any name of an operation and its body, unchecked.

    Raises:
        TypeError: it is no request that creates a task, or holds what is no model.
        ValueError: no create of a task has this name, or several have.
    """
    if isinstance(request, str) or body is not None:
        return _named_call(request, body, lambda one: one.task, "creates no task")
    if isinstance(request, Unlisted):
        return body_call(unlisted_create(request.path), request.to_dict())
    _refuse_material(request)
    return _call(create_of(type(request)), request)


def _named_call(name: object, body: object, wanted: Wanted, lack: str) -> Call:
    """Return the call of a body for an operation, by any of its names or the path of an `Unlisted`.

    Raises:
        TypeError: the name is no text, or the body no mapping.
        ValueError: no such operation has this name, or several have.
    """
    if not isinstance(name, str):
        raise TypeError(
            f"a body goes with the name of an operation, such as createTextToVideoTask, not with "
            f"{type(name).__name__}; a request has its body already"
        )
    if not isinstance(body, Mapping):
        said = "no body" if body is None else f"{type(body).__name__} for its body"
        raise TypeError(f"{said}: the name of an operation needs a dict, the JSON of the request")
    if "/" in name:
        return create_call(Unlisted(name, body))
    return body_call(operation_named(name, load(), wanted, lack), dict(body))


def _call(operation: Operation, request: Request) -> Call:
    try:
        plain, nulls = _without_nulls(request)
        return body_call(operation, {**plain.to_dict(), **nulls})
    except (AttributeError, TypeError) as error:
        raise TypeError(
            f"{operation.request} holds a value of a wrong type ({error}); "
            f"what is nested in a request is a model too{_such_as(operation)}"
        ) from strip_traceback(error, error.__context__)


def _without_nulls(request: Any) -> tuple[Any, dict[str, None]]:
    """Return a request without its optional fields that are None, and these.

    A field that holds other models cannot write out None.
    """
    kind: Any = type(request)
    nulls = [name for name in _optional_fields(kind) if getattr(request, name) is None]
    if not nulls:
        return request, {}
    from attrs import evolve
    from kling_api.types import UNSET

    return evolve(request, **dict.fromkeys(nulls, UNSET)), dict.fromkeys(nulls)


@cache
def _optional_fields(kind: type[Any]) -> tuple[str, ...]:
    from attrs import fields
    from kling_api.types import UNSET

    return tuple(one.name for one in fields(kind) if one.default is UNSET)


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


def request_class(operation: str) -> type[Any]:
    """Return the class of `kling.models` for the requests of an operation.

    Its `from_dict` makes a request of a JSON body, and `to_dict` the body of a request.

    Args:
        operation: by any of its names: createTextToVideoTask, TextToVideoRequest, text_to_video or
            text-to-video; of a family, that is its create.

    Raises:
        ValueError: no operation with a body has this name, or several have.
    """
    found = operation_named(operation, load(), lambda one: one.request, "takes no body")
    requests: type[Any] = _model(str(found.request))
    return requests


def operation_of(request: Request | type[Request]) -> str:
    """Return the operationId of a request, or of a class of requests, such as createAvatarTask.

    `Kling.create` takes it, with a body. Of an `Unlisted` it is the path, which `create` takes too.

    Raises:
        TypeError: it is not a request.
        ValueError: several operations take such requests, and none of them creates a task.
    """
    if isinstance(request, Unlisted):
        return request.path
    kind = request if isinstance(request, type) else type(request)
    name = str(_operation_of_class(kind).request)
    return operation_named(name, load(), lambda one: one.request, "takes no body").id


def _operation_of_class(kind: type[Any]) -> Operation:
    """Return the operation that takes the requests of a class.

    Raises:
        TypeError: none does.
    """
    name = kind.__name__
    operation = next((one for one in load().operations.values() if one.request == name), None)
    if operation is None or kind is not _model(name):
        known = sorted({one.request for one in load().operations.values() if one.request})
        raise TypeError(f"{name} is no request of kling.models; {meant(name, known, _WHERE)}")
    return operation


def schema_of(request: type[Request] | str) -> str:
    """Return the name of the schema of a request class.

    Raises:
        TypeError: its requests create no task.
    """
    name = getattr(request, "__name__", f"a {type(request).__name__}")
    if load().create_of(name) is None or request is not _model(name):
        known = sorted(str(one.request) for one in load().operations.values() if one.task)
        raise TypeError(f"{name} is no request that creates a task; {meant(name, known, _WHERE)}")
    return name


def _refuse_material(given: object) -> None:
    """Say how a request is made of what is given for one.

    Raises:
        TypeError: it is a class of requests, or a dict.
    """
    name = given.__name__ if isinstance(given, type) else ""
    if name and _model(name) is given:
        raise TypeError(f"an instance is needed, not the class: models.{name}(...)")
    if isinstance(given, Mapping):
        raise TypeError(
            'a dict needs the name of its operation before it, as in ("text_to_video", {...}); '
            "or make a request of it, as in models.TextToVideoRequest(**fields)"
        )


_WHERE = "kling operations lists them"


def _model(name: str) -> Any:
    """Return the class of `kling.models` of a name; None if there is none."""
    # Only here, for bodies of one's own, such as those of the command, need no models.
    from kling_api import models

    return getattr(models, name, None)
