"""Turn a reply about a task into a model of the generated client.

Parts of the reply that the model cannot read stay as they are, in its `additional_properties`.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from kling._server_text import is_unicode

if TYPE_CHECKING:
    from kling_api import models

# What the generated models raise if a reply lacks a required field or has a wrong type.
UNREADABLE = (AttributeError, KeyError, RecursionError, TypeError, ValueError)


def reply_of(data: Any) -> dict[str, Any]:
    """Return a reply about a task, with its id as a string.

    Raises:
        AttributeError, KeyError, RecursionError, TypeError, ValueError: the data does not describe
            a task, or its id cannot be queried.
    """
    id_field, status_field = _id_and_status_fields(data)
    if id_field not in data:  # one product of the current standard names its id as /v1 does
        data = {id_field: data.get("task_id"), **data}
    # The status is read too, because data without a status is not a task (KeyError).
    task_id, _ = data[id_field], data[status_field]
    if isinstance(task_id, bool) or not isinstance(task_id, str | int) or task_id == "":
        raise TypeError(f"{id_field} is not a string")
    if isinstance(task_id, str) and not is_unicode(task_id):
        # No query could have this id.
        raise ValueError(f"{id_field} is not valid Unicode")
    return data if isinstance(task_id, str) else {**data, id_field: str(task_id)}


def model_of(reply: Mapping[str, Any]) -> "models.Task | models.UnifiedTask":
    """Return the model of a task of either standard.

    Parts that cannot be read are only in `additional_properties`.
    """
    from kling_api import models

    required = _id_and_status_fields(reply)
    model = models.Task if "task_status" in required else models.UnifiedTask
    try:
        return model.from_dict(reply)
    except UNREADABLE:
        # The task was paid for. It must not be lost because Kling changed the type of one field.
        minimal = {name: reply[name] for name in required}
        kept = _readable(dict(reply), lambda part: _can_be_read(model, {**minimal, **part}))
        raw = model.from_dict({**minimal, **kept})
        dropped = {name: value for name, value in reply.items() if kept.get(name) != value}
        raw.additional_properties.update(dropped)
        return raw


def _id_and_status_fields(data: Any) -> tuple[str, str]:
    """Return the names of the fields for the id and the status in the standard of a reply."""
    return ("task_id", "task_status") if "task_status" in data else ("id", "status")


_DROPPED = object()


def _readable(value: Any, fits: Callable[[Any], bool]) -> Any:
    """Return the part of a value that can be read; _DROPPED if no part of it can be read.

    A list or an object loses the entries that cannot be read. `fits` says whether a value can be
    read.
    """
    if fits(value):
        return value
    if isinstance(value, list):
        parts = [_readable(entry, lambda part: fits([part])) for entry in value]
        value = [part for part in parts if part is not _DROPPED]
    elif isinstance(value, dict):
        fields = {name: _readable(inner, _fits_as(name, fits)) for name, inner in value.items()}
        value = {name: part for name, part in fields.items() if part is not _DROPPED}
    return value if fits(value) else _DROPPED


def _fits_as(name: str, fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Return a function that says whether a value can be read as the field with this name."""
    return lambda part: fits({name: part})


def _can_be_read(model: Any, data: Mapping[str, Any]) -> bool:
    try:
        model.from_dict(data)
    except UNREADABLE:
        return False
    return True
