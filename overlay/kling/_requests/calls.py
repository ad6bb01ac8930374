"""Turn a request of `kling.models`, or a JSON body, into the call that sends it."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple, Protocol
from urllib.parse import quote

from kling._requests.names import LIST_HINT, NO_TASK, OperationFilter, operation_named
from kling._requests.unlisted import Unlisted, checked_path
from kling._requests.unlisted_paths import unlisted_create
from kling._tracebacks import strip_traceback
from kling.description import Operation, load, meant


class Request(Protocol):
    """A request of `kling.models`, such as TextToVideoRequest; or an `Unlisted`."""

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON body."""


class Call(NamedTuple):
    """What is needed to send a request: the operation, and the arguments for httpx."""

    operation: Operation
    arguments: dict[str, Any]

    def __repr__(self) -> str:
        # The arguments contain prompts and media.
        return f"<Call {self.operation.id}>"


def call_of(request: Request | str, body: Mapping[str, Any] | None = None) -> Call:
    """Return the call of any request, without checking the body.

    Args:
        request: a request; or any name of an operation, if a body is given.
        body: the JSON body, if `request` is a name.

    Raises:
        TypeError: `request` is not an instance of a model of kling.models, or a field that needs a
            model has another value.
        ValueError: no operation with a body has this name, or several have it.
    """
    if isinstance(request, str) or body is not None:
        return _named_call(request, body, lambda operation: operation.request, "takes no body")
    if isinstance(request, Unlisted):
        return create_call(request)
    _require_instance(request)
    return _call_of_model(_operation_of_class(type(request)), request)


def body_call(operation: Operation, body: dict[str, Any]) -> Call:
    """Return the call of a JSON body, without checking the body."""
    return Call(operation, {"method": operation.method, "url": operation.path, "json": body})


def query_call(
    operation: Operation, in_path: str = "", parameters: Mapping[str, Any] | None = None
) -> Call:
    """Return the call of a query.

    Args:
        operation: the operation.
        in_path: the value of the parameter in the path, if the path has one.
        parameters: the parameters of the query string. The entries of a list are joined by commas.
    """
    # A path has at most one parameter, at its end.
    path, brace, _ = operation.path.partition("{")
    call = Call(operation, {"method": operation.method, "url": path})
    if brace:
        call.arguments["url"] += quote(in_path, safe="")
    if parameters:
        call.arguments["params"] = {
            name: ",".join(value) if isinstance(value, list) else value
            for name, value in parameters.items()
        }
    return call


def create_call(request: Request | str, body: Mapping[str, Any] | None = None) -> Call:
    """Return the call of a request that creates a task, without checking the body.

    Args:
        request: a request; or any name of an operation, if a body is given.
        body: the JSON body, if `request` is a name.

    Raises:
        TypeError: `request` is not a request that creates a task, or a field that needs a model has
            another value.
        ValueError: no operation that creates a task has this name, or several have it.
    """
    if isinstance(request, str) or body is not None:
        return _named_call(request, body, lambda operation: operation.task, NO_TASK)
    if isinstance(request, Unlisted):
        return body_call(unlisted_create(request.path), request.to_dict())
    _require_instance(request)
    return _call_of_model(create_of(type(request)), request)


def _named_call(name: object, body: object, is_wanted: OperationFilter, mismatch: str) -> Call:
    """Return the call of a JSON body.

    Args:
        name: any name of an operation, or the path of an `Unlisted`.
        body: the JSON body.
        is_wanted: see `operation_named`.
        mismatch: see `operation_named`.

    Raises:
        TypeError: the name is not a string, or the body is not a mapping.
        ValueError: no operation that the caller can use has this name, or several have it.
    """
    if not isinstance(name, str):
        raise TypeError(
            f"a body needs the name of an operation, such as createTextToVideoTask, "
            f"not {type(name).__name__}; a request already contains its body"
        )
    if not isinstance(body, Mapping):
        given = (
            "the body is missing" if body is None else f"this body is of type {type(body).__name__}"
        )
        raise TypeError(
            "with the name of an operation, give the body too, the JSON of the request as a dict; "
            f"{given}"
        )
    if "/" in name:
        return create_call(Unlisted(name, body))
    return body_call(operation_named(name, load(), is_wanted, mismatch), dict(body))


def _call_of_model(operation: Operation, request: Request) -> Call:
    try:
        plain, nulls = _without_nulls(request)
        return body_call(operation, {**plain.to_dict(), **nulls})
    except (AttributeError, TypeError) as error:
        raise TypeError(
            f"{operation.request} has a value of the wrong type ({error}); "
            f"objects in a request must be models too{_model_examples(operation)}"
        ) from strip_traceback(error, error.__context__)


def _without_nulls(request: Any) -> tuple[Any, dict[str, None]]:
    """Return a request without its optional fields that are None; and these fields as JSON nulls.

    They are separate, because `to_dict` of a model fails if a field for another model is None.
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

    return tuple(field.name for field in fields(kind) if field.default is UNSET)


def _model_examples(operation: Operation) -> str:
    """Return the end of a message: examples of the fields of a request that take models.

    It has the form ", as in field=models.Model(...)".
    """
    spec, examples = load(), []
    for field, node in spec.schemas[str(operation.request)]["properties"].items():
        inner = node.get("items", node)
        schema = spec.resolve(inner)
        if "oneOf" in schema:
            ref = schema["oneOf"][0]["$ref"]
        elif "properties" in schema:
            ref = inner.get("$ref", "")
        else:
            continue
        model = f"models.{ref.rpartition('/')[2]}(...)"
        examples.append(f"{field}=[{model}]" if "items" in node else f"{field}={model}")
    return f", as in {', '.join(examples)}" if examples else ""


def create_of(request: type[Request] | str) -> Operation:
    """Return the operation that creates a task.

    Args:
        request: a class of requests, an operationId, or the path of an `Unlisted`.

    Raises:
        TypeError: requests of this class do not create a task.
        ValueError: the path cannot be a path of Kling's.
    """
    if isinstance(request, str) and "/" in request:
        return unlisted_create(checked_path(request))
    if isinstance(request, str):
        named = load().operations.get(request)
        if named and named.task:
            return named
    if request is Unlisted or isinstance(request, Unlisted):
        raise TypeError("give the path of the Unlisted as a string, not the Unlisted itself")
    operation = load().create_of(schema_of(request))
    assert operation is not None  # schema_of refuses everything else
    return operation


def request_class(operation: str) -> type[Any]:
    """Return the class of `kling.models` for the requests of an operation.

    `from_dict` of the class makes a request from a JSON body, and `to_dict` of a request returns
    its JSON body.

    Args:
        operation: any name of the operation: createTextToVideoTask, TextToVideoRequest, or its
            family, text_to_video or text-to-video. A family means its create.

    Raises:
        ValueError: no operation with a body has this name, or several have it.
    """
    found = operation_named(operation, load(), lambda known: known.request, "takes no body")
    model: type[Any] = _model_class(str(found.request))
    return model


def operation_of(request: Request | type[Request]) -> str:
    """Return the operationId of a request, or of a class of requests, such as createAvatarTask.

    `Kling.create` takes this name together with a body. For an `Unlisted`, the name is the path,
    which `Kling.create` takes too.

    Raises:
        TypeError: `request` is neither a request nor a class of requests.
        ValueError: several operations take such requests, and they do not create a task.
    """
    if isinstance(request, Unlisted):
        return request.path
    kind = request if isinstance(request, type) else type(request)
    name = str(_operation_of_class(kind).request)
    return operation_named(name, load(), lambda known: known.request, "takes no body").id


def _operation_of_class(kind: type[Any]) -> Operation:
    """Return the operation that takes the requests of a class.

    Raises:
        TypeError: no operation takes them.
    """
    name = kind.__name__
    operations = load().operations.values()
    operation = next((known for known in operations if known.request == name), None)
    if operation is None or kind is not _model_class(name):
        known = sorted({operation.request for operation in operations if operation.request})
        hint = meant(name, known, LIST_HINT, "requests")
        raise TypeError(f"{name} is not a request of kling.models; {hint}")
    return operation


def schema_of(request: type[Request] | str) -> str:
    """Return the name of the schema of a request class.

    Raises:
        TypeError: requests of this class do not create a task.
    """
    name = getattr(request, "__name__", f"a {type(request).__name__}")
    if load().create_of(name) is None or request is not _model_class(name):
        creates = [operation for operation in load().operations.values() if operation.task]
        known = sorted(str(operation.request) for operation in creates)
        hint = meant(name, known, LIST_HINT, "such requests")
        raise TypeError(f"{name} is not a request that creates a task; {hint}")
    return name


def _require_instance(given: object) -> None:
    """Refuse two common mistakes, with a message that shows how to make a request.

    Raises:
        TypeError: the value is a class of requests, or a dict.
    """
    name = given.__name__ if isinstance(given, type) else ""
    if name and _model_class(name) is given:
        raise TypeError(f"the request must be an instance, models.{name}(...), not the class")
    if isinstance(given, Mapping):
        raise TypeError(
            'put the name of the operation before a dict, as in ("text_to_video", {...}), '
            "or make a request from it, as in models.TextToVideoRequest(**fields)"
        )


def _model_class(name: str) -> Any:
    """Return the class of `kling.models` with this name, if there is one."""
    # Imported here because JSON bodies, such as those of the command, need no models.
    from kling_api import models

    return getattr(models, name, None)
