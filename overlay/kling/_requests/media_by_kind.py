"""A medium of which only the kind is said, image, audio or video, in the body of a request."""

from collections.abc import Callable
from typing import Any

from kling._requests.media_limits import MediaFields
from kling.description import Document, Operation, Spec

# Of several places for media of one kind, those that a request is about.
_MAIN = ("image", "contents.first_frame.url")


def put_medium(
    body: dict[str, Any],
    kind: str,
    value: Any,
    operation: Operation,
    spec: Spec,
    *,
    named: str,
    instead: Callable[[str], str],
) -> None:
    """Put a medium where a request takes one of its kind.

    Args:
        body: which gets it; a list in it grows.
        kind: image, audio or video.
        value: what is put in.
        operation: what the body is for.
        spec: the description that has it.
        named: what the caller calls it, such as --image.
        instead: says how to name a field, which is given.

    Raises:
        ValueError: there is no place for it, more than one, or something in its place.
    """
    *steps, last = _place(kind, operation, spec, named, instead).split(".")
    holder: Any = body
    schema = spec.schemas[str(operation.request)]
    while steps:
        name = steps.pop(0)
        schema = spec.resolve(schema["properties"][name])
        made: Any = [] if "items" in schema else {}
        inner = holder.setdefault(name, made)
        if type(inner) is not type(made):
            what = "list" if made == [] else "object"
            raise ValueError(f"{named} adds to {name}, which is no {what} in the file")
        if isinstance(inner, list):
            schema = spec.resolve(schema["items"])
            inner = _entry(inner, steps, last, schema, spec)
        holder = inner
    if holder.get(last):
        raise ValueError(f"{named}: the file has {last} already; leave one of them out")
    holder[last] = value


def _entry(entries: list[Any], steps: list[str], field: str, schema: Document, spec: Spec) -> Any:
    """Return the entry of a list that is to have a field: one that lacks it, or a new one."""
    kind, branches = spec.branches(schema)
    if branches:
        entries.append({kind: steps.pop(0)})
        return entries[-1]
    lacking = next((one for one in entries if isinstance(one, dict) and not one.get(field)), None)
    if lacking is None:
        entries.append(lacking := {})
    return lacking


def _place(
    kind: str, operation: Operation, spec: Spec, named: str, instead: Callable[[str], str]
) -> str:
    schema = spec.schemas.get(str(operation.request))
    if schema is None:
        raise ValueError(f"{operation.id} has no described field for {named}; {instead('FIELD')}")
    places = [name for name, limits in MediaFields(spec, schema).places() if limits["kind"] == kind]
    found = [name for name in places if name in _MAIN] or places
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValueError(f"{operation.id} has no field for {named}")
    raise ValueError(
        f"{operation.id} has several places for {named}: {', '.join(found)}; {instead(found[0])}"
    )
