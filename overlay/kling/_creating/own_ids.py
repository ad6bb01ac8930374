"""The caller's own id of a task, by which it is found when its create got no clear answer."""

import os
from collections.abc import Mapping
from typing import Any

from kling._requests import Call, holder_of, is_unlisted
from kling.description import Operation, load


def with_external_id(operation: Operation, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body of a create with an external_task_id, if the endpoint takes one.

    An id that is there stays. A new one is unlike Kling's, which are numbers.
    """
    if operation.task is None or not operation.task["external_id"]:
        return dict(body)
    holder = _holder(operation)
    inner = body.get(holder, {}) if holder else body
    if not isinstance(inner, Mapping) or inner.get("external_task_id"):
        return dict(body)
    named = {**inner, "external_task_id": f"kling-{os.urandom(16).hex()}"}
    return {**body, holder: named} if holder else named


def external_id_of(call: Call) -> str:
    """Return the external_task_id in a create; empty without one."""
    task, body = call.operation.task, call.arguments["json"]
    if task is None or not task["external_id"]:
        return ""
    holder = _holder(call.operation)
    inner = body.get(holder) if holder else body
    found = inner.get("external_task_id") if isinstance(inner, Mapping) else ""
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
