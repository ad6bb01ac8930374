"""From what Kling says of a task to a generated model, as far as it can be read."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from kling._server_text import is_unicode

if TYPE_CHECKING:
    from kling_api import models

# What the generated models raise for a reply that lacks what every reply has.
UNREADABLE = (AttributeError, KeyError, RecursionError, TypeError, ValueError)


def reply_of(data: Any) -> dict[str, Any]:
    """Return what Kling says of a task, with an id that can be asked for.

    Raises:
        AttributeError, KeyError, RecursionError, TypeError, ValueError: it says of no task.
    """
    id_field, status_field = _needed(data)
    if id_field not in data:  # one product spells its id as the /v1 standard does
        data = {id_field: data.get("task_id"), **data}
    task_id, _ = data[id_field], data[status_field]
    if isinstance(task_id, bool) or not isinstance(task_id, str | int) or task_id == "":
        raise TypeError(f"{id_field} is no text")
    if isinstance(task_id, str) and not is_unicode(task_id):
        # Nobody could ask for the task.
        raise ValueError(f"{id_field} is no Unicode text")
    return data if isinstance(task_id, str) else {**data, id_field: str(task_id)}


def model_of(reply: Mapping[str, Any]) -> "models.Task | models.UnifiedTask":
    """Return the model of a task of either standard, which may lack what cannot be read."""
    from kling_api import models

    needed = _needed(reply)
    model = models.Task if "task_status" in needed else models.UnifiedTask
    try:
        return model.from_dict(reply)
    except UNREADABLE:
        # What was paid for must not be lost over a detail that Kling sends in another form.
        least = {name: reply[name] for name in needed}

        kept = _readable(dict(reply), lambda part: _can_be_read(model, {**least, **part}))
        raw = model.from_dict({**least, **kept})
        lost = {name: value for name, value in reply.items() if kept.get(name) != value}
        raw.additional_properties.update(lost)
        return raw


def _needed(data: Any) -> tuple[str, str]:
    """Return the names of the id and the status; what the status is called tells the standard."""
    return ("task_id", "task_status") if "task_status" in data else ("id", "status")


_NOTHING = object()


def _readable(value: Any, fits: Callable[[Any], bool]) -> Any:
    """Return what of a value can be read: the whole, or a list or an object with less in it."""
    if fits(value):
        return value
    if isinstance(value, list):
        parts = [_readable(one, lambda part: fits([part])) for one in value]
        value = [part for part in parts if part is not _NOTHING]
    elif isinstance(value, dict):
        named = {name: _readable(one, _inside(name, fits)) for name, one in value.items()}
        value = {name: part for name, part in named.items() if part is not _NOTHING}
    return value if fits(value) else _NOTHING


def _inside(name: str, fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda part: fits({name: part})


def _can_be_read(model: Any, data: Mapping[str, Any]) -> bool:
    try:
        model.from_dict(data)
    except UNREADABLE:
        return False
    return True
