"""The bodies of requests: JSON, and what of it a path understands that has no rules."""

import json
from typing import Any

from kling.description import not_json
from kling.mock._api.routes import Known
from kling.mock._exchange import JSON, Call, Refused


def json_of(call: Call) -> Any:
    """Return the body of a call.

    Raises:
        Refused: it is not JSON.
    """
    media_type = call.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != JSON:
        raise Refused(1200, f"the Content-Type must be {JSON}")
    try:
        return _STRICT_JSON.decode(call.body.decode())
    except (ValueError, RecursionError) as error:
        raise Refused(1200, "the body is not JSON") from error


def unchecked(known: Known, path: str, sent: Any, notes: list[str]) -> dict[str, Any]:
    """Return what of a body has the form that the described path takes; note that nothing else is.

    Replies and tasks are made of that. What is left out is neither refused nor missed.

    Args:
        known: the operation whose place is taken.
        path: the path that was asked for.
        sent: the body.
        notes: what the reply says about the call.

    Raises:
        Refused: the body is no object, or has what JSON over HTTP cannot carry.
    """
    if not isinstance(sent, dict):
        raise Refused(1201, "the body must be an object")
    for _, text in not_json(sent):
        raise Refused(1201, text)
    notes.append(f"{path} stands for {known.alias_of}, and nothing of the body was checked.")
    body: dict[str, Any] = known.body_rules.canonical(sent)[0]
    for problem in known.body_rules.problems(body):
        if "." not in problem.rule:
            _drop(body, problem.field)
    return body


def _drop(body: Any, field: str) -> None:
    """Leave a field out, with the whole list that it is in."""
    *path, name = field.partition("[")[0].split(".")
    for step in path:
        body = body.get(step) if isinstance(body, dict) else None
    if isinstance(body, dict):
        body.pop(name, None)


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


_STRICT_JSON = json.JSONDecoder(parse_constant=_no_number)
