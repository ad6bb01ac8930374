"""What the live service was seen to let pass although its documentation does not."""

import re
from typing import Any

from kling.description import Document, Spec

_WORDS = {"true": True, "false": False}


def relaxed(spec: Spec, schema: Document, value: Any, field: str = "") -> tuple[Any, list[str]]:
    """Return a value as the schema would have it, and notes on what was let pass.

    Unknown fields are dropped, numbers in texts and "true" are read as what they mean. Whatever
    else is wrong stays as it is.
    """
    schema = spec.resolve(schema)
    if variants := schema.get("anyOf"):
        schema = spec.resolve(variants[0])
    name, branches = spec.branches(schema)
    if isinstance(value, dict) and value.get(name) in branches:
        schema = branches[value[name]]
    if isinstance(value, dict) and "properties" in schema:
        return _relaxed_object(spec, schema, value, field)
    if isinstance(value, list) and "items" in schema:
        pairs = [
            relaxed(spec, schema["items"], one, f"{field}[{index}]")
            for index, one in enumerate(value)
        ]
        return [one for one, _ in pairs], [note for _, notes in pairs for note in notes]
    read = _read(schema.get("type"), value)
    if read is value:
        return value, []
    return read, [f"{field} was read as {schema['type']}"]


def _relaxed_object(
    spec: Spec, schema: Document, value: dict[str, Any], field: str
) -> tuple[dict[str, Any], list[str]]:
    result, notes = {}, []
    for name, one in value.items():
        path = f"{field}.{name}".lstrip(".")
        if name in schema["properties"]:
            result[name], more = relaxed(spec, schema["properties"][name], one, path)
            notes += more
        else:
            notes.append(f"{path} is unknown and was ignored")
    return result, notes


def _read(kind: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if kind == "boolean":
        return _WORDS.get(value, value)
    if kind == "integer" and re.fullmatch("-?[0-9]{1,15}", value):
        return int(value)
    if kind == "number" and re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", value):
        return float(value)
    return value
