"""The external_task_id: the user's own id of a task, in the request that creates the task.

If no reply says whether the request made a task, a query with this id can find the task.
"""

import os
import re
from collections.abc import Mapping
from typing import Any

from kling._requests import Call, id_parent_of, is_unlisted
from kling._tasks import query_by_external_id
from kling.description import Operation, load

_ID = "external_task_id"


def next_try(external_task_id: str) -> str:
    """Return the external_task_id for the next try of a task: job-17~2 for job-17, then job-17~3.

    A failed task keeps its id forever, so the next try needs a new one.

    Raises:
        TypeError: the id is not a str.
        ValueError: the id is empty.
    """
    if not isinstance(external_task_id, str):
        raise TypeError(f"external_task_id must be a str, not {type(external_task_id).__name__}")
    if not external_task_id:
        raise ValueError("external_task_id must not be empty")
    base, tilde, number = external_task_id.rpartition("~")
    if tilde and re.fullmatch("[1-9][0-9]{0,8}", number):
        return f"{base}~{int(number) + 1}"
    return f"{external_task_id}~2"


def ensure_external_id(operation: Operation, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body of a create with an external_task_id, if the endpoint takes one.

    An existing id stays. A new id has letters, so it cannot be mistaken for an id of Kling's, which
    is a number. An `Unlisted`, a request to a path that is not described, may have its id in the
    field of the wrong standard. Then the id is copied to the right field.
    """
    if not _takes_id(operation):
        return dict(body)
    return _with_id(operation, body, _id_in(operation, body) or f"kling-{os.urandom(16).hex()}")


def set_external_id(
    call: Call, extra: Mapping[str, Any] | None, external_task_id: str
) -> Mapping[str, Any] | None:
    """Put an external_task_id into a create, and into `extra` if needed; return the new `extra`.

    Raises:
        TypeError: the id is not a str.
        ValueError: the id is blank, the endpoint takes no id, or the request has a different id.
    """
    operation = call.operation
    if not isinstance(external_task_id, str):
        raise TypeError(f"external_task_id must be a str, not {type(external_task_id).__name__}")
    if not external_task_id.strip():
        raise ValueError(
            "external_task_id is blank, so Kling would ignore it; pass an id, or leave it out"
        )
    if not _takes_id(operation):
        raise ValueError(f"{operation.path} takes no external_task_id")
    sources = [call.arguments["json"]]
    if isinstance(extra, Mapping):
        sources.append(extra)
    for fields in sources:
        if (other := _id_in(operation, fields)) and str(other) != external_task_id:
            raise ValueError(
                f"there are two ids: external_task_id={external_task_id!r}, and {other!r} in the "
                "request; give only one of them"
            )
    call.arguments["json"] = _with_id(operation, call.arguments["json"], external_task_id)
    # A field of `extra` replaces the whole field of the request. If it replaces the field that
    # contains the id, it must contain the id too.
    if isinstance(extra, Mapping) and (_id_parent(operation) or _ID) in extra:
        return _with_id(operation, extra, external_task_id)
    return extra


def check_reusable(call: Call) -> None:
    """Raise an error if `reuse` cannot work, because no query could find the earlier task.

    Raises:
        ValueError: the create has no external_task_id, or the id has characters that a query cannot
            have.
    """
    if not (external_id := external_id_of(call)):
        raise ValueError("reuse=True needs an external_task_id: the id of the earlier task")
    query_by_external_id(call.operation, external_id)


def external_id_of(call: Call) -> str:
    """Return the external_task_id of a create; empty if it has none."""
    if not _takes_id(call.operation):
        return ""
    value = _id_in(call.operation, call.arguments["json"])
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if is_number or isinstance(value, str) else ""


def recovery_advice(call: Call) -> str:
    """Return the text of a note that says how to look for the task of a create."""
    external_id = external_id_of(call)
    if not external_id:
        return (
            "The task may exist, and be paid for; recover cannot find it, because this endpoint "
            "takes no external_task_id"
        )
    create = call.operation
    argument = repr(create.path) if is_unlisted(create) else f"models.{create.request}"
    return (
        "The task may exist, and be paid for; look for it with "
        f"client.recover({argument}, {external_id!r})"
    )


def name_of(create: Operation) -> str:
    """Return the name of a create for `recover`: its operationId, or the path of an `Unlisted`."""
    return create.path if is_unlisted(create) else create.id


def _takes_id(operation: Operation) -> bool:
    return bool(operation.task and operation.task["external_id"])


def _id_in(operation: Operation, fields: Mapping[str, Any]) -> Any:
    """Return the external_task_id in a body; None if it is missing or empty."""
    parents = [_id_parent(operation)]
    if is_unlisted(operation):
        # The user may have put the id where the other standard has it.
        parents.append("" if parents[0] else "options")
    for parent in parents:
        fields_with_id = fields.get(parent) if parent else fields
        if isinstance(fields_with_id, Mapping) and fields_with_id.get(_ID):
            return fields_with_id[_ID]
    return None


def _with_id(operation: Operation, fields: Mapping[str, Any], external_id: Any) -> dict[str, Any]:
    """Return a copy of a body with an id.

    If the field that should contain the id is not an object, the copy has no id.
    """
    parent = _id_parent(operation)
    inner = fields.get(parent) if parent else fields
    inner = {} if inner is None else inner
    if not isinstance(inner, Mapping):
        return dict(fields)
    with_id = {**inner, _ID: external_id}
    return {**fields, parent: with_id} if parent else with_id


def _id_parent(operation: Operation) -> str:
    """Return the field whose object contains the id; empty if the body itself contains the id."""
    if is_unlisted(operation):
        return id_parent_of(operation.path)
    return "options" if "options" in load().schemas[str(operation.request)]["properties"] else ""
