"""Put an image, an audio clip or a video into the field of a body that takes this kind."""

from collections.abc import Callable
from typing import Any

from kling._requests.media_limits import MediaFields
from kling._requests.names import LIST_HINT
from kling.description import Document, Operation, Spec, meant

# If several fields of a request take the same kind of media, these are preferred.
_MAIN_FIELDS = ("image", "contents.first_frame.url")


def put_medium(
    body: dict[str, Any],
    kind: str,
    value: Any,
    operation: Operation,
    spec: Spec,
    *,
    option: str,
    field_hint: Callable[[str], str],
) -> None:
    """Put a medium into the field of a body that takes its kind.

    Args:
        body: the body, which is changed. If the field is in a list, the list may get a new entry.
        kind: image, audio or video.
        value: the medium: a URL, base64, or a placeholder, such as a path.
        operation: the operation of the body.
        spec: the description of the operation.
        option: what users call the medium, such as --image; for messages.
        field_hint: says how users set a field by its name; for messages.

    Raises:
        ValueError: no field or several fields take this kind of media, or the field has a value
            already.
    """
    field = _field_for(kind, operation, spec, option, field_hint)
    *steps, last = field.split(".")
    holder: Any = body
    schema = spec.schemas[str(operation.request)]
    while steps:
        name = steps.pop(0)
        schema = spec.resolve(schema["properties"][name])
        is_list = "items" in schema
        inner = holder.setdefault(name, [] if is_list else {})
        if type(inner) is not (list if is_list else dict):
            what = "a list" if is_list else "an object"
            raise ValueError(f"{option} cannot be used, because {name} is not {what} in the file")
        if isinstance(inner, list):
            schema = spec.resolve(schema["items"])
            inner = _entry_for(inner, steps, last, schema, spec)
        holder = inner
    if holder.get(last):
        raise ValueError(
            f"{option} cannot be used: {field} already has a value; leave out one of the two"
        )
    holder[last] = value


def _entry_for(
    entries: list[Any], steps: list[str], field: str, schema: Document, spec: Spec
) -> Any:
    """Return the entry of a list that gets a field: an entry without this field, or a new entry."""
    type_field, branches = spec.branches(schema)
    if branches:  # the next step is the type of the entry, such as first_frame
        entries.append({type_field: steps.pop(0)})
        return entries[-1]
    for entry in entries:
        if isinstance(entry, dict) and not entry.get(field):
            return entry
    entries.append({})
    return entries[-1]


def _field_for(
    kind: str, operation: Operation, spec: Spec, option: str, field_hint: Callable[[str], str]
) -> str:
    schema = spec.schemas.get(str(operation.request))
    if schema is None:
        raise ValueError(
            f"the fields of {operation.id} are not described, so {option} cannot choose one; "
            f"{field_hint('FIELD')}"
        )
    fields = _fields_of_kind(kind, schema, spec)
    found = [name for name in fields if name in _MAIN_FIELDS] or fields
    if len(found) == 1:
        return found[0]
    if not found:
        families = [
            other.family
            for other in spec.operations.values()
            if other.task and _fields_of_kind(kind, spec.schemas[str(other.request)], spec)
        ]
        hint = meant("", families, LIST_HINT, "families that have one")
        raise ValueError(f"{operation.id} has no field for {option}; {hint}")
    known = ", ".join(found)
    raise ValueError(
        f"{operation.id} has several fields for {option}: {known}; {field_hint(found[0])}"
    )


def _fields_of_kind(kind: str, schema: Document, spec: Spec) -> list[str]:
    return [name for name, limits in MediaFields(spec, schema).places() if limits["kind"] == kind]
