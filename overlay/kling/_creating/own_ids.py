"""The caller's own id of a task, by which it is found when its create got no clear answer."""

import os
from collections.abc import Mapping
from typing import Any

from kling._requests import Call, holder_of, is_unlisted
from kling.description import Operation, load


def with_external_id(operation: Operation, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body of a create with an external_task_id, if the endpoint takes one.

    An id that is there stays. A new one is unlike Kling's, which are numbers. Where a path is not
    described, an id may be where the other standard has it, and is put where this one has it too.
    """
    if operation.task is None or not operation.task["external_id"]:
        return dict(body)
    holder = _holder(operation)
    inner = body.get(holder) if holder else body
    inner = {} if inner is None else inner
    if not isinstance(inner, Mapping) or inner.get("external_task_id"):
        return dict(body)
    named = {**inner, "external_task_id": _elsewhere(operation, body) or _new_id()}
    return {**body, holder: named} if holder else named


def _new_id() -> str:
    return f"kling-{os.urandom(16).hex()}"


def _elsewhere(operation: Operation, body: Mapping[str, Any]) -> Any:
    """Return the id that a body for a path that is not described has in the other place."""
    if not is_unlisted(operation):
        return None
    other = body if _holder(operation) else body.get("options")
    return other.get("external_task_id") if isinstance(other, Mapping) else None


def external_id_of(call: Call) -> str:
    """Return the external_task_id in a create; empty without one."""
    task, body = call.operation.task, call.arguments["json"]
    if task is None or not task["external_id"]:
        return ""
    holder = _holder(call.operation)
    inner = body.get(holder) if holder else body
    found = inner.get("external_task_id") if isinstance(inner, Mapping) else ""
    found = found or _elsewhere(call.operation, body)
    is_number = isinstance(found, int) and not isinstance(found, bool)
    return str(found) if is_number or isinstance(found, str) else ""


def _holder(operation: Operation) -> str:
    """Return the field of a body that has the caller's own id; empty for the body itself."""
    if is_unlisted(operation):
        return holder_of(operation.path)
    return "options" if "options" in load().schemas[str(operation.request)]["properties"] else ""


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
