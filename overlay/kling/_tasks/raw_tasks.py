"""From what Kling says of a task to a generated model, as far as it can be read."""

from collections.abc import Callable, Mapping
from typing import Any

from kling_api import models

from kling._server_text import is_unicode

# What the generated models raise for a reply that lacks what every reply has.
UNREADABLE = (AttributeError, KeyError, RecursionError, TypeError, ValueError)


def raw_of(data: Any) -> "models.Task | models.UnifiedTask":
    """Return the model of a task of either standard; what it calls its status tells which.

    Raises:
        AttributeError, KeyError, RecursionError, TypeError, ValueError: it is none.
    """
    unified = "task_status" not in data
    model = models.UnifiedTask if unified else models.Task
    id_field, status_field = ("id", "status") if unified else ("task_id", "task_status")
    if unified:  # one product spells its id as the /v1 standard does
        data = {"id": data.get("task_id"), **data}
    task_id = data[id_field]
    if isinstance(task_id, bool) or not isinstance(task_id, str | int) or task_id == "":
        raise TypeError(f"{id_field} is no text")
    if isinstance(task_id, str) and not is_unicode(task_id):
        # Nobody could ask for the task.
        raise ValueError(f"{id_field} is no Unicode text")
    if isinstance(task_id, int):
        data = {**data, id_field: str(task_id)}
    try:
        return model.from_dict(data)
    except UNREADABLE:
        # What was paid for must not be lost over a detail that Kling sends in another form.
        needed = {name: data[name] for name in (id_field, status_field)}

        kept = _readable(data, lambda part: _can_be_read(model, {**needed, **part}))
        raw = model.from_dict({**needed, **kept})
        lost = {name: value for name, value in data.items() if kept.get(name) != value}
        raw.additional_properties.update(lost)
        return raw


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
