"""From a request model, or a ref, to the call that sends it: checked, and with warnings."""

import re
import sys
import time
import warnings
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple, Protocol

from kling_api import models

from kling._errors import (
    InvalidRequestError,
    KlingWarning,
)
from kling._media import MediaFields
from kling._messages import meant, not_json
from kling._rules import Problem, Rules
from kling._spec import Operation, Spec, load
from kling._tracebacks import bare


class Request(Protocol):
    """A request of `kling.models`, such as TextToVideoRequest."""

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON body."""


class Call(NamedTuple):
    """What to send: an operation, and the arguments for httpx."""

    operation: Operation
    arguments: dict[str, Any]

    def __repr__(self) -> str:
        # The arguments hold prompts and media.
        return f"<Call {self.operation.id}>"


def validate(request: Request) -> list[Problem]:
    """Return everything about a request that Kling would refuse; an empty list when nothing is.

    Media are checked as far as the request holds them: what a URL leads to only Kling sees.
    What Kling would ignore, and models that are retired by now, give a KlingWarning, as when it is
    created. Nothing is sent.

    Args:
        request: any request of `kling.models`, such as TextToVideoRequest, also of those that
            create no task and are sent through `client.raw`.

    Raises:
        TypeError: it is no request, or holds a value that is no model where one belongs.
    """
    return _validated(call_of(request))


def validate_body(operation: str, body: dict[str, Any]) -> list[Problem]:
    """Return everything about a JSON body that Kling would refuse, as `validate` does of a request.

    It is for requests that are not of `kling.models`: of a client that you generated, or none.
    It warns as `validate` does.

    Args:
        operation: the operationId that the body is for, such as createTextToVideoTask.
        body: what would be sent, such as `to_dict()` of a model returns.

    Raises:
        TypeError: the body is a request of `kling.models`, or another model.
        ValueError: there is no such operation, or it takes no body.
    """
    found = load().operations.get(operation)
    if found is None or found.request is None:
        known = [one.id for one in load().operations.values() if one.request]
        raise ValueError(f"no operation {operation} takes a body; {meant(operation, known, ALL)}")
    if hasattr(body, "to_dict"):
        raise TypeError(
            "the body is a dict; for a request of kling.models use kling.validate, "
            "and give any other model as its to_dict()"
        )
    return _validated(body_call(found, body))


def _validated(call: Call) -> list[Problem]:
    _warn(remarks_of(call))
    return problems_of(call)


def call_of(request: Request) -> Call:
    """Return the call of any request, unchecked.

    Raises:
        TypeError: it is no request, or holds a value that is no model where one belongs.
    """
    _refuse_material(request)
    name = type(request).__name__
    operation = next((one for one in load().operations.values() if one.request == name), None)
    if operation is None or type(request) is not getattr(models, name, None):
        known = sorted({one.request for one in load().operations.values() if one.request})
        raise TypeError(f"{name} is no request of kling.models; {meant(name, known, _WHERE)}")
    return _call(operation, request)


def checked(call: Call, extra: Mapping[str, Any] | None, today: date) -> Call:
    """Return a create that may be sent, after warnings for what is not refused.

    Raises:
        InvalidRequestError: the body breaks rules, and has no extra fields.
    """
    if not isinstance(extra or {}, Mapping) or not all(isinstance(one, str) for one in extra or {}):
        raise TypeError("extra is a mapping of names of fields to their values")
    body = call.arguments["json"] = {**call.arguments["json"], **(extra or {})}
    checks = _checks_of(str(call.operation.request), load())
    problems = checks.problems(body)
    # Whatever Kling may know by now, HTTP carries JSON and nothing else.
    if problems and (not extra or any(not_json(body))):
        raise InvalidRequestError(str(call.operation.request), problems)
    _warn([*map(str, problems), *map(str, checks.advice(body)), *_retired(call, today, load())])
    return call


def remarks_of(call: Call, spec: Spec | None = None) -> list[str]:
    """Return what a create would warn of today: what Kling ignores, and what is retired.

    Args:
        call: the create.
        spec: the description that it belongs to; the one of this version if None.
    """
    spec, body = spec or load(), call.arguments["json"]
    if any(not_json(body)):
        return []
    today = datetime.fromtimestamp(time.time(), UTC).date()
    advice = _checks_of(str(call.operation.request), spec).advice(body)
    return [*map(str, advice), *_retired(call, today, spec)]


def _warn(texts: Iterable[str]) -> None:
    for text in texts:
        warnings.warn(text, KlingWarning, stacklevel=_levels_to_the_user())


def refuse_broken(call: Call) -> None:
    """Let a call pass whose body keeps the rules.

    Raises:
        InvalidRequestError: it breaks some.
    """
    if problems := problems_of(call):
        raise InvalidRequestError(str(call.operation.request), problems)


def problems_of(call: Call, spec: Spec | None = None) -> list[Problem]:
    """Return everything about the body of a create that Kling would refuse.

    Args:
        call: the create.
        spec: the description that it belongs to; the one of this version if None.
    """
    checks = _checks_of(str(call.operation.request), spec or load())
    return checks.problems(call.arguments["json"])


def body_call(operation: Operation, body: dict[str, Any]) -> Call:
    """Return a create with a body of one's own, unchecked."""
    return Call(operation, {"method": operation.method, "url": operation.path, "json": body})


def create_call(request: Request) -> Call:
    """Return the create of a request, unchecked.

    Raises:
        TypeError: it is no request that creates a task, or holds what is no model.
    """
    _refuse_material(request)
    return _call(create_of(type(request)), request)


def _call(operation: Operation, request: Request) -> Call:
    try:
        return Call(operation, endpoint(operation)._get_kwargs(body=request))
    except (AttributeError, TypeError) as error:
        raise TypeError(
            f"{operation.request} holds a value of a wrong type ({error}); "
            f"what is nested in a request is a model too{_such_as(operation)}"
        ) from bare(error, error.__context__)


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


def create_of(request: type[Request]) -> Operation:
    """Return the create that a class of requests belongs to.

    Raises:
        TypeError: its requests create no task.
    """
    operation = load().create_of(schema_of(request))
    assert operation is not None  # schema_of has seen it
    return operation


def schema_of(request: type[Request]) -> str:
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


# Names that a message may list.
_FEW = 20
_WHERE = "the README has a table of them"
ALL = "kling spec has them all, each as an operationId"
"""Where the names of operations are."""


class _Checks:
    """All that is looked at before a request is sent."""

    def __init__(self, schema: str, spec: Spec) -> None:
        root = {"$ref": f"#/components/schemas/{schema}"}
        self._rules = Rules(spec, root)
        self._media = MediaFields(spec, root)
        self.advice = self._rules.advice

    def problems(self, body: Any) -> list[Problem]:
        found = self._rules.problems(body)
        return [*self._media.with_ways_out(found, body), *self._media.problems(body)]


@cache
def _checks_of(schema: str, spec: Spec) -> _Checks:
    return _Checks(schema, spec)


def _retired(call: Call, today: date, spec: Spec) -> list[str]:
    schema = str(call.operation.request)
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


def endpoint(operation: Operation) -> Any:
    """Return the generated module of an operation."""
    return _module(operation.family, operation.id)


@cache
def _module(family: str, operation: str) -> ModuleType:
    return import_module(f"kling_api.api.{family}.{_snake(operation)}")


def _snake(name: str) -> str:
    return re.sub("(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])", "_", name).lower()
