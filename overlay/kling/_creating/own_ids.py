"""The caller's own id of a task, by which it is found when its create got no clear answer."""

import os
import re
from collections.abc import Mapping
from typing import Any

from kling._requests import Call, id_parent_of, is_unlisted
from kling._tasks import query_by_external_id
from kling.description import Operation, load

_ID = "external_task_id"


def next_try(external_task_id: str) -> str:
    """Return the id for another try of a task: job-17~2 after job-17, and job-17~3 after that.

    A task that has failed keeps its id for good, so another try needs another one.

    Raises:
        TypeError: the id is no text.
        ValueError: it is empty.
    """
    if not isinstance(external_task_id, str):
        raise TypeError(f"an external_task_id is a text, not {type(external_task_id).__name__}")
    if not external_task_id:
        raise ValueError("an external_task_id is not empty")
    base, tilde, number = external_task_id.rpartition("~")
    if tilde and re.fullmatch("[1-9][0-9]{0,8}", number):
        return f"{base}~{int(number) + 1}"
    return f"{external_task_id}~2"


def with_external_id(operation: Operation, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body of a create with an external_task_id, if the endpoint takes one.

    An id that is there stays. A new one is unlike Kling's, which are numbers. Where a path is not
    described, an id may be where the other standard has it, and is put where this one has it too.
    """
    if not _takes_id(operation):
        return dict(body)
    return _put(operation, body, _given(operation, body) or f"kling-{os.urandom(16).hex()}")


def with_callers_id(
    call: Call, extra: Mapping[str, Any] | None, external_task_id: str
) -> Mapping[str, Any] | None:
    """Put the caller's id into a create, and return the extra fields, with it where they need it.

    Raises:
        TypeError: it is no text.
        ValueError: it is blank, the endpoint takes none, or there is another one already.
    """
    operation = call.operation
    if not isinstance(external_task_id, str):
        raise TypeError(f"external_task_id is a str, not a {type(external_task_id).__name__}")
    if not external_task_id.strip():
        raise ValueError("external_task_id is blank, which is the same as no id")
    if not _takes_id(operation):
        raise ValueError(f"{operation.path} takes no external_task_id")
    given = [call.arguments["json"], *([extra] if isinstance(extra, Mapping) else ())]
    for fields in given:
        if (other := _given(operation, fields)) and str(other) != external_task_id:
            raise ValueError(
                f"there are two ids: external_task_id={external_task_id!r}, and {other!r} in the "
                "request"
            )
    call.arguments["json"] = _put(operation, call.arguments["json"], external_task_id)
    # What is given on top takes the place of what it names.
    if isinstance(extra, Mapping) and (_holder(operation) or _ID) in extra:
        return _put(operation, extra, external_task_id)
    return extra


def refuse_replay(call: Call) -> None:
    """Refuse to replay a create whose task could not be found.

    Raises:
        ValueError: it has no id of the caller's, or one that cannot be asked for.
    """
    if not (external_id := external_id_of(call)):
        raise ValueError("reuse=True needs an external_task_id, by which the first task is found")
    query_by_external_id(call.operation, external_id)


def external_id_of(call: Call) -> str:
    """Return the external_task_id in a create; empty without one."""
    if not _takes_id(call.operation):
        return ""
    found = _given(call.operation, call.arguments["json"])
    is_number = isinstance(found, int) and not isinstance(found, bool)
    return str(found) if is_number or isinstance(found, str) else ""


def recovery_advice(call: Call) -> str:
    """Return the note that says how to look for the task of a create."""
    external_id = external_id_of(call)
    if not external_id:
        return "The task may exist, and be paid for; this endpoint has no id to look for it by"
    create = call.operation
    made_by = repr(create.path) if is_unlisted(create) else f"models.{create.request}"
    return (
        "The task may exist, and be paid for; look for it with "
        f"client.recover({made_by}, {external_id!r})"
    )


def name_of(create: Operation) -> str:
    """Return what `recover` takes for a create: its operationId, or the path of an `Unlisted`."""
    return create.path if is_unlisted(create) else create.id


def _takes_id(operation: Operation) -> bool:
    return bool(operation.task and operation.task["external_id"])


def _given(operation: Operation, fields: Mapping[str, Any]) -> Any:
    """Return the id that a body has; an unlisted one has it where either standard does."""
    holder = _holder(operation)
    places = [holder, "" if holder else "options"] if is_unlisted(operation) else [holder]
    inners = [fields.get(place) if place else fields for place in places]
    ids = [inner.get(_ID) for inner in inners if isinstance(inner, Mapping)]
    return next(filter(None, ids), None)


def _put(operation: Operation, fields: Mapping[str, Any], external_id: Any) -> dict[str, Any]:
    """Return a body with an id; as it is if something else is where the id belongs."""
    holder = _holder(operation)
    inner = fields.get(holder) if holder else fields
    inner = {} if inner is None else inner
    if not isinstance(inner, Mapping):
        return dict(fields)
    named = {**inner, _ID: external_id}
    return {**fields, holder: named} if holder else named


def _holder(operation: Operation) -> str:
    """Return the field of a body that has the caller's own id; empty for the body itself."""
    if is_unlisted(operation):
        return id_parent_of(operation.path)
    return "options" if "options" in load().schemas[str(operation.request)]["properties"] else ""
