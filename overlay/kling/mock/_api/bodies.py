"""Reads the bodies of requests, also of requests to aliases, whose bodies no rule refuses."""

import json
from typing import Any

from kling.description import not_json
from kling.mock._api.routes import KnownOperation
from kling.mock._exchange import JSON, Call, Refused


def json_of(call: Call) -> Any:
    """Return the JSON body of a call.

    Raises:
        Refused: the Content-Type is wrong, or the body is not JSON.
    """
    media_type = call.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != JSON:
        raise Refused(1200, f"the Content-Type must be {JSON}")
    try:
        return _STRICT_JSON.decode(call.body.decode())
    except (ValueError, RecursionError) as error:
        raise Refused(1200, "the body is not JSON") from error


def usable_fields(known: KnownOperation, path: str, sent: Any, notes: list[str]) -> dict[str, Any]:
    """Return the fields of an alias's body that fit the described path.

    Other fields are removed. The body is accepted even if it had such fields, or if fields are
    missing. A note says that the body was not checked.

    Args:
        known: the operation that the alias stands for.
        path: the path of the request.
        sent: the body of the request.
        notes: the notes of the reply, to which one is added.

    Raises:
        Refused: the body is not an object, or contains something that is not JSON.
    """
    if not isinstance(sent, dict):
        raise Refused(1201, "the body must be an object")
    # Refuse the body for its first value that JSON cannot express, if it has such a value.
    for _, text in not_json(sent):
        raise Refused(1201, text)
    notes.append(f"{path} is an alias of {known.alias_of}; its body was not checked.")
    body: dict[str, Any] = known.body_rules.canonical(sent)[0]
    for problem in known.body_rules.problems(body):
        # A rule with a dot in its id belongs to the described path, and does not apply to aliases.
        # All other problems are about types and limits: the field does not fit.
        if "." not in problem.rule:
            _drop(body, problem.field)
    return body


def _drop(body: Any, field: str) -> None:
    """Remove a field; if the field is in a list, remove the whole list."""
    *path, name = field.partition("[")[0].split(".")
    for step in path:
        body = body.get(step) if isinstance(body, dict) else None
    if isinstance(body, dict):
        body.pop(name, None)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


_STRICT_JSON = json.JSONDecoder(parse_constant=_refuse_constant)
