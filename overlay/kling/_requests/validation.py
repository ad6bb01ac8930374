"""Check a call before it is sent: what Kling would refuse, and what it would ignore."""

import sys
import time
import warnings
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, overload

from kling._requests.calls import Call, Request, body_call, call_of
from kling._requests.hosts import unreachable
from kling._requests.media_limits import MediaFields
from kling._requests.names import operation_named
from kling._requests.unlisted_paths import is_unlisted, unchecked_remark
from kling.description import Problem, Rules, Spec, field_name, load, not_json, overruled, parted
from kling.errors import InvalidRequestError, KlingWarning

# A message lists at most this many names.
_MAX_LISTED = 20


@overload
def validate(request: Request, *, allow: Collection[str] = ()) -> list[Problem]: ...


@overload
def validate(
    request: str, body: Mapping[str, Any], *, allow: Collection[str] = ()
) -> list[Problem]: ...


def validate(
    request: Request | str,
    body: Mapping[str, Any] | None = None,
    *,
    allow: Collection[str] = (),
) -> list[Problem]:
    """Return every reason why Kling would refuse a request; an empty list if it would not.

    Nothing is sent. Media that the request contains as base64 are checked; files behind a URL are
    not. As in `Kling.create`, a KlingWarning tells of fields that Kling would ignore, of values
    that Kling would convert to another type, and of retired models.

    Args:
        request: a request of `kling.models`, such as TextToVideoRequest. It may be a request that
            does not create a task, and is sent through `client.raw`. An `Unlisted` is not checked,
            and a warning says so. If you give a body, this is the name of an operation.
        body: the JSON body, if `request` is the name of an operation; see `validate_body`.
        allow: the ids of rules that only warn, as in `Kling.create`.

    Raises:
        TypeError: `request` is not an instance of a model of kling.models, or a field that needs a
            model has another value.
        ValueError: no operation has this name, or `allow` contains an unknown rule.
    """
    return _validated(call_of(request, body), allow)


def validate_body(
    operation: str, body: dict[str, Any], *, allow: Collection[str] = ()
) -> list[Problem]:
    """Return every reason why Kling would refuse a JSON body, as `validate` does for a request.

    Use it for bodies that were not made with `kling.models`, for example by a client that you
    generated yourself. It gives the same warnings as `validate`.

    Args:
        operation: the operation of the body: an operationId such as createTextToVideoTask, a
            request such as TextToVideoRequest, or a family such as text_to_video, which means its
            create.
        body: the JSON body, for example what `to_dict()` of a model returns.
        allow: the ids of rules that only warn, as in `Kling.create`.

    Raises:
        TypeError: the body is a request of `kling.models`, or another model.
        ValueError: no operation with a body has this name, or several have it; or `allow` contains
            an unknown rule.
    """
    found = operation_named(operation, load(), lambda known: known.request, "takes no body")
    if hasattr(body, "to_dict"):
        raise TypeError(
            "the body must be a dict; use kling.validate for a request of kling.models, "
            "and to_dict() of any other model"
        )
    return _validated(body_call(found, body), allow)


def _validated(call: Call, allow: Collection[str]) -> list[Problem]:
    refused, allowed = parted(problems_of(call), overruled(allow, load()))
    _warn([*map(str, allowed), *remarks_of(call)])
    return refused


def checked_create(
    call: Call,
    extra: Mapping[str, Any] | None,
    today: date,
    allow: Collection[str] = (),
    *,
    reaches_private_hosts: bool = False,
) -> Call:
    """Check a create, give the warnings, and return it with its values in Kling's types.

    Args:
        call: the create.
        extra: fields that are added to the body, or replace its fields. They are not checked.
        today: the date that decides which models are retired.
        allow: the ids of rules that only warn.
        reaches_private_hosts: whether the server reaches URLs on this machine or its network, as
            a mock does.

    Raises:
        InvalidRequestError: the body breaks rules that `allow` does not contain, and there are no
            extra fields; or the body cannot be sent as JSON.
        TypeError: `extra` is not a mapping of strings to values.
        ValueError: `allow` contains an unknown rule.
    """
    extra = extra or {}
    if not isinstance(extra, Mapping) or not all(isinstance(name, str) for name in extra):
        raise TypeError("extra must be a mapping of field names to values")
    if is_unlisted(call.operation):
        call.arguments["json"].update(extra)
        overruled(allow, load())  # raises for an unknown rule
        return _unchecked_create(call)
    checks = _checks_of(str(call.operation.request), load())
    given = {name: value for name, value in call.arguments["json"].items() if name not in extra}
    canonical, converted = checks.canonical(given)
    # Extra fields are sent unchanged, because they may be newer than the description.
    body = call.arguments["json"] = {**canonical, **extra}
    problems, doubts = checks.problems_and_doubts(body)
    # If there are extra fields, broken rules only warn, because the rules may be outdated. Values
    # that JSON does not have are still refused.
    refused, _ = parted(problems, overruled(allow, load()))
    if refused and (not extra or any(not_json(body))):
        raise InvalidRequestError(str(call.operation.request), refused)
    unreachable_urls = [] if reaches_private_hosts else checks.unreachable(call)
    remarks = [*problems, *converted, *checks.advice(body), *doubts, *unreachable_urls]
    _warn([*map(str, remarks), *_retirement_warnings(call, body, today, load())])
    return call


def _unchecked_create(call: Call) -> Call:
    """Return the call of an `Unlisted`, after warning that it is not checked."""
    if problems := problems_of(call):
        raise InvalidRequestError(call.operation.path, problems)
    _warn(remarks_of(call))
    return call


def remarks_of(call: Call, spec: Spec | None = None) -> list[str]:
    """Return the warnings that a create would give today.

    They are about fields that Kling ignores or converts, retired models, media that may be wrong,
    and URLs that Kling cannot reach.

    Args:
        call: the create.
        spec: the description of the operation. The default is the description of this version.
    """
    if is_unlisted(call.operation):
        return [unchecked_remark(call.operation.path)]
    spec, given = spec or load(), call.arguments["json"]
    if any(not_json(given)):
        return []  # `problems_of` refuses the body, and the checks below need JSON
    today = datetime.fromtimestamp(time.time(), UTC).date()
    checks = _checks_of(str(call.operation.request), spec)
    body, converted = checks.canonical(given)
    _, doubts = checks.problems_and_doubts(body)
    remarks = [*converted, *checks.advice(body), *doubts, *checks.unreachable(call)]
    return [*map(str, remarks), *_retirement_warnings(call, body, today, spec)]


def _warn(texts: Iterable[str]) -> None:
    for text in texts:
        warnings.warn(text, KlingWarning, stacklevel=_levels_to_the_user())


def checked_query(call: Call) -> Call:
    """Check a query, and return it with its values in Kling's types.

    Raises:
        InvalidRequestError: the body breaks rules.
    """
    if problems := problems_of(call):
        raise InvalidRequestError(str(call.operation.request), problems)
    body, _ = _checks_of(str(call.operation.request), load()).canonical(call.arguments["json"])
    return Call(call.operation, {**call.arguments, "json": body})


def problems_of(call: Call, spec: Spec | None = None) -> list[Problem]:
    """Return every reason why Kling would refuse the body of a call.

    Args:
        call: the call.
        spec: the description of the operation. The default is the description of this version.
    """
    if is_unlisted(call.operation):
        # The rules are not known, but the body must be JSON.
        wrong_values = not_json(call.arguments["json"])
        return [Problem("type", field_name(path), text) for path, text in wrong_values]
    checks = _checks_of(str(call.operation.request), spec or load())
    body, _ = checks.canonical(call.arguments["json"])
    problems, _ = checks.problems_and_doubts(body)
    return problems


class _Checks:
    """All checks of the requests of one schema."""

    def __init__(self, schema: str, spec: Spec) -> None:
        root = {"$ref": f"#/components/schemas/{schema}"}
        self._spec = spec
        self._rules = Rules(spec, root)
        self._media = MediaFields(spec, root)
        self.advice = self._rules.advice
        self.canonical = self._rules.canonical

    def problems_and_doubts(self, body: Any) -> tuple[list[Problem], list[Problem]]:
        """Return the problems of a body, and what may be wrong with its media."""
        broken = self._rules.problems(body)
        media = [*self._media.file_problems(body)]
        wrong = [problem for problem, is_certain in media if is_certain]
        doubts = [problem for problem, is_certain in media if not is_certain]
        if broken:
            broken = [*self._media.with_hints(broken, body)]
        return [*broken, *wrong], doubts

    def unreachable(self, call: Call) -> list[Problem]:
        body = call.arguments["json"]
        return [*unreachable(call.operation, body, self._media, self._spec)]


@cache
def _checks_of(schema: str, spec: Spec) -> _Checks:
    return _Checks(schema, spec)


def _retirement_warnings(call: Call, body: Any, today: date, spec: Spec) -> list[str]:
    schema = str(call.operation.request)
    texts = []
    for field, value, end in spec.retirements(schema, body):
        if today >= end:
            node = spec.resolve(spec.schemas[schema]["properties"][field])
            # x-extensible lists the known values of a field that accepts other values too.
            known = node.get("enum") or node["x-extensible"]
            available = [model for model in known if model not in node["x-kling-retired"]]
            is_short = 0 < len(available) <= _MAX_LISTED
            hint = f"; available are {', '.join(available)}" if is_short else ""
            texts.append(f"{field} {value} was retired on {end}{hint}")
    return texts


def _levels_to_the_user() -> int:
    """Return the `stacklevel` with which a warning points to the code of the user."""
    level = 1
    frame = sys._getframe(1)
    while frame.f_back and frame.f_globals.get("__name__", "").startswith("kling."):
        frame = frame.f_back
        level += 1
    return level
