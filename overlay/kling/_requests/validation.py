"""What Kling would refuse of a call, and what it would ignore, before anything is sent."""

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

# Names that a message may list.
_FEW = 20


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
    """Return everything about a request that Kling would refuse; an empty list when nothing is.

    Media are checked as far as the request holds them: what a URL leads to only Kling sees.
    What Kling would ignore, values that count as another type, and models that are retired by now
    give a KlingWarning, as when it is created. Nothing is sent.

    Args:
        request: any request of `kling.models`, such as TextToVideoRequest, also of those that
            create no task and are sent through `client.raw`; or an `Unlisted`, of which nothing
            is checked, as the warning says. With a body, the name of an operation.
        body: the JSON body, if an operation is named; see `validate_body`.
        allow: ids of rules that only warn, as for `Kling.create`.

    Raises:
        TypeError: it is not a request, or holds something else where a model belongs.
        ValueError: there is no such operation, or `allow` names no rule.
    """
    return _validated(call_of(request, body), allow)


def validate_body(
    operation: str, body: dict[str, Any], *, allow: Collection[str] = ()
) -> list[Problem]:
    """Return everything about a JSON body that Kling would refuse, as `validate` does of a request.

    It is for requests that are not of `kling.models`: of a client that you generated, or none.
    It warns as `validate` does.

    Args:
        operation: what the body is for: an operationId such as createTextToVideoTask, a request
            such as TextToVideoRequest, or a family such as text_to_video, for its create.
        body: what would be sent, such as `to_dict()` of a model returns.
        allow: ids of rules that only warn, as for `Kling.create`.

    Raises:
        TypeError: the body is a request of `kling.models`, or another model.
        ValueError: there is no such operation, it takes no body, or the name may mean several; or
            `allow` names no rule.
    """
    found = operation_named(operation, load(), lambda one: one.request, "takes no body")
    if hasattr(body, "to_dict"):
        raise TypeError(
            "the body is a dict; for a request of kling.models use kling.validate, "
            "and give any other model as its to_dict()"
        )
    return _validated(body_call(found, body), allow)


def _validated(call: Call, allow: Collection[str]) -> list[Problem]:
    refused, passed = parted(problems_of(call), overruled(allow, load()))
    _warn([*map(str, passed), *remarks_of(call)])
    return refused


def checked(
    call: Call,
    extra: Mapping[str, Any] | None,
    today: date,
    allow: Collection[str] = (),
    *,
    is_near: bool = False,
) -> Call:
    """Return a create that may be sent, in Kling's types, after warnings for what is not refused.

    Args:
        call: the create.
        extra: fields that come on top.
        today: the date by which models are retired.
        allow: ids of rules that only warn.
        is_near: whether it goes to a server of this machine or its network, such as a mock, which
            can reach what Kling cannot.

    Raises:
        InvalidRequestError: the body breaks rules that `allow` does not name, and has no extra
            fields.
        ValueError: `allow` names no rule.
    """
    if not isinstance(extra or {}, Mapping) or not all(isinstance(one, str) for one in extra or {}):
        raise TypeError("extra is a mapping of names of fields to their values")
    extra = extra or {}
    if is_unlisted(call.operation):
        call.arguments["json"].update(extra)
        overruled(allow, load())  # for it refuses names of rules that are none
        return _unchecked(call)
    checks = _checks_of(str(call.operation.request), load())
    given = {k: value for k, value in call.arguments["json"].items() if k not in extra}
    read, converted = checks.canonical(given)
    # What is given on top is sent as it is, for it may be newer than the description.
    body = call.arguments["json"] = {**read, **extra}
    problems, doubts = checks.look(body)
    # Whatever Kling may know by now, HTTP carries JSON and nothing else.
    refused, _ = parted(problems, overruled(allow, load()))
    if refused and (not extra or any(not_json(body))):
        raise InvalidRequestError(str(call.operation.request), refused)
    far = [] if is_near else checks.unreachable(call)
    remarks = [*problems, *converted, *checks.advice(body), *doubts, *far]
    _warn([*map(str, remarks), *_retired(call, body, today, load())])
    return call


def _unchecked(call: Call) -> Call:
    """Return a call of which nothing is known, after the one warning that says so."""
    if wrong := problems_of(call):
        raise InvalidRequestError(call.operation.path, wrong)
    _warn(remarks_of(call))
    return call


def remarks_of(call: Call, spec: Spec | None = None) -> list[str]:
    """Return what a create would warn of today.

    That is what Kling ignores or converts, what is retired, media that may be wrong, and URLs that
    lead to where Kling cannot get.

    Args:
        call: the create.
        spec: the description that it belongs to; the one of this version if None.
    """
    if is_unlisted(call.operation):
        return [unchecked_remark(call.operation.path)]
    spec, given = spec or load(), call.arguments["json"]
    if any(not_json(given)):
        return []
    today = datetime.fromtimestamp(time.time(), UTC).date()
    checks = _checks_of(str(call.operation.request), spec)
    body, converted = checks.canonical(given)
    remarks = [*converted, *checks.advice(body), *checks.look(body)[1], *checks.unreachable(call)]
    return [*map(str, remarks), *_retired(call, body, today, spec)]


def _warn(texts: Iterable[str]) -> None:
    for text in texts:
        warnings.warn(text, KlingWarning, stacklevel=_levels_to_the_user())


def refuse_broken(call: Call) -> Call:
    """Return a call whose body keeps the rules, in Kling's types.

    Raises:
        InvalidRequestError: it breaks some.
    """
    if problems := problems_of(call):
        raise InvalidRequestError(str(call.operation.request), problems)
    body, _ = _checks_of(str(call.operation.request), load()).canonical(call.arguments["json"])
    return Call(call.operation, {**call.arguments, "json": body})


def problems_of(call: Call, spec: Spec | None = None) -> list[Problem]:
    """Return everything about the body of a create that Kling would refuse.

    Args:
        call: the create.
        spec: the description that it belongs to; the one of this version if None.
    """
    if is_unlisted(call.operation):
        # HTTP carries JSON and nothing else, whatever Kling takes.
        wrong = not_json(call.arguments["json"])
        return [Problem("type", field_name(path), text) for path, text in wrong]
    checks = _checks_of(str(call.operation.request), spec or load())
    body, _ = checks.canonical(call.arguments["json"])
    return checks.look(body)[0]


class _Checks:
    """All that is looked at before a request is sent."""

    def __init__(self, schema: str, spec: Spec) -> None:
        root = {"$ref": f"#/components/schemas/{schema}"}
        self._spec = spec
        self._rules = Rules(spec, root)
        self._media = MediaFields(spec, root)
        self.advice = self._rules.advice
        self.canonical = self._rules.canonical

    def look(self, body: Any) -> tuple[list[Problem], list[Problem]]:
        """Return what Kling would refuse of a body, and what it may refuse of its media."""
        found = self._rules.problems(body)
        told = [*self._media.told(body)]
        wrong = [problem for problem, is_certain in told if is_certain]
        doubts = [problem for problem, is_certain in told if not is_certain]
        if found:
            found = [*self._media.with_ways_out(found, body)]
        return [*found, *wrong], doubts

    def unreachable(self, call: Call) -> list[Problem]:
        body = call.arguments["json"]
        return [*unreachable(call.operation, body, self._media, self._spec)]


@cache
def _checks_of(schema: str, spec: Spec) -> _Checks:
    return _Checks(schema, spec)


def _retired(call: Call, body: Any, today: date, spec: Spec) -> list[str]:
    schema = str(call.operation.request)
    texts = []
    for field, value, end in spec.retirements(schema, body):
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
