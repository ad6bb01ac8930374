"""The facts of an operation in the description, in the format of `openapi/witness/`."""

import re
from collections.abc import Iterator
from typing import Any

from kling.description import Document, Operation, Spec

Facts = dict[str, dict[str, Any]]
"""The attributes of each field, by its name. The name "" has those of the operation itself."""
Field = tuple[str, Document, bool]
"""A flat name, such as settings.duration; the schema; and whether the field is required."""

_MEGABYTE = 1024 * 1024
# The bounds of 32-bit and 64-bit integers, which are not facts about Kling.
_LEAST, _WIDEST = (-(2**31), -(2**63)), (2**31 - 1, 2**63 - 1)
_SIDES = {"side": "min_side", "most_side": "max_side", "pixels": "max_pixels"}
_BOUNDS = {
    "minItems": "min_items",
    "maxItems": "max_items",
    "maxLength": "max_length",
    "minimum": "min",
    "maximum": "max",
}


def described(spec: Spec, operation: Operation) -> dict[str, Facts]:
    """Return the facts of an operation, by the part of a witness file in which they would be."""
    fields = list(request_fields(spec, operation))
    return {
        "operation": {"": _of_operation(operation)},
        "makes": {"": _made(operation)},
        "path_parameters": dict(_parameters(spec, operation, "path")),
        "query": dict(_parameters(spec, operation, "query")),
        "request": {name: _attributes(spec, node, needed) for name, node, needed in fields},
        "retired": {
            name: dict(node["x-kling-retired"])
            for name, node, _ in fields
            if "x-kling-retired" in node
        },
        "media": {
            name: _medium(node["x-kling-media"])
            for name, node, _ in fields
            if "x-kling-media" in node
        },
    }


def request_fields(spec: Spec, operation: Operation) -> Iterator[Field]:
    """Yield every field of the body of an operation."""
    if operation.request:
        yield from _fields(spec, spec.schemas[operation.request], "")


def reply_fields(spec: Spec, operation: Operation) -> dict[str, tuple[str, str]]:
    """Return the names of the schema and the property for each flat name in a successful reply."""
    content = operation.node["responses"]["200"]["content"]["application/json"]
    return dict(_properties(spec, content["schema"], "", ""))


def _of_operation(operation: Operation) -> dict[str, Any]:
    closed = operation.closed
    found = {"aliases": frozenset(operation.aliases), "closed": closed and closed.isoformat()}
    return {name: value for name, value in found.items() if value}


def _made(operation: Operation) -> dict[str, Any]:
    task = operation.task or {}
    return {
        name: task[name] for name in ("output", "external_id", "slots", "package") if name in task
    }


def _parameters(spec: Spec, operation: Operation, place: str) -> Iterator[tuple[str, Any]]:
    for name, one in spec.parameters(operation).items():
        if one["in"] == place:
            default = {key: one[key] for key in ("x-kling-default",) if key in one}
            found = _attributes(spec, {**one["schema"], **default}, one.get("required", False))
            if place == "path":
                del found["required"]
            if found["type"] == "array":
                # In a query, a list is a text with commas, and an empty list is not sent.
                found.pop("min_items", None)
                found["type"] = "string"
            yield name, found


def _fields(spec: Spec, schema: Document, holder: str) -> Iterator[Field]:
    for name, node in schema.get("properties", {}).items():
        path = f"{holder}.{name}" if holder else name
        whole = _documented(spec, node)
        if name in schema.get("x-kling-default", {}):
            whole = {**whole, "x-kling-default": schema["x-kling-default"][name]}
        yield path, whole, name in schema.get("required", ())
        for spelling in whole.get("x-kling-spellings", ()):
            other = {key: value for key, value in whole.items() if key != "x-kling-default"}
            yield f"{holder}.{spelling}", other, False
        yield from _fields(spec, whole, path)
        if "items" in whole:
            yield from _entries(spec, spec.resolve(whole["items"]), path)


def _entries(spec: Spec, entry: Document, path: str) -> Iterator[Field]:
    discriminator, kinds = spec.branches(entry)
    if kinds:
        names = [kind["properties"][discriminator]["const"] for kind in kinds.values()]
        is_required = all(discriminator in kind["required"] for kind in kinds.values())
        yield f"{path}[].{discriminator}", {"type": "string", "enum": names}, is_required
    for kind, branch in kinds.items():
        # The name of a field already includes the kind of the entry.
        properties = {k: v for k, v in branch["properties"].items() if k != discriminator}
        entry_of_kind = {**branch, "properties": properties}
        yield from _fields(spec, entry_of_kind, f"{path}[{discriminator}={kind}]")
    if not kinds and "properties" not in entry:
        yield f"{path}[]", entry, False
    yield from _fields(spec, entry, f"{path}[]")


def _documented(spec: Spec, node: Document) -> Document:
    """Return a schema without the types that Kling accepts but does not document.

    These are null for an absent field, and a string of digits for a number.
    """
    whole = spec.resolve(node)
    others = [spec.resolve(one) for one in whole.get("anyOf", ())]
    documented = [one for one in others if one["type"] != "null" and not _is_digits(one)]
    return {**documented[0], **whole} if len(documented) == 1 else whole


def _is_digits(node: Document) -> bool:
    pattern = node.get("pattern", "")
    return bool(pattern and re.search(pattern, "1781049600000") and not re.search(pattern, "x"))


def _attributes(spec: Spec, node: Document, needed: bool) -> dict[str, Any]:
    variants = [node] if "type" in node else [spec.resolve(one) for one in node["anyOf"]]
    types = sorted({one["type"] for one in variants})
    found: dict[str, Any] = {"type": types[0] if len(types) == 1 else types}
    if needed:
        found["required"] = True
    values = [value for one in variants for value in one.get("enum", ())]
    if len(variants) > 1:
        values += [
            n
            for one in variants
            if "maximum" in one
            for n in range(one["minimum"], one["maximum"] + 1)
        ]
    if values:
        found["values"] = frozenset(values)
    if "const" in node:
        found |= {"values": frozenset([node["const"]]), "default": node.get("default")}
    # The default of an object is left out, because its fields have it as their defaults.
    if "x-kling-default" in node and types != ["object"]:
        found["default"] = node["x-kling-default"]
    if "x-extensible" in node:
        found["known"] = frozenset(node["x-extensible"])
    if not values:  # bounds follow from a list of values
        found |= {short: node[word] for word, short in _BOUNDS.items() if word in node}
    if found.get("min") in _LEAST:
        del found["min"]
    if found.get("max") in _WIDEST:
        found.pop("min", None)
        del found["max"]
    least = _least_length(node)
    # Kling treats an empty text as an absent field. So in an optional field, a least length of 1
    # refuses no text.
    if types == ["string"] and not values and least > (0 if needed else 1):
        found["min_length"] = least
    return found


def _least_length(node: Document) -> int:
    allows_empty = re.search(node.get("pattern", ""), "") is not None
    return max(int(node.get("minLength", 0)), 0 if allows_empty else 1)


def _medium(media: Document) -> dict[str, Any]:
    found: dict[str, Any] = {"formats": frozenset(media["formats"])} if "formats" in media else {}
    if "bytes" in media:
        found["megabytes"] = media["bytes"] / _MEGABYTE
    for word, short in _SIDES.items():
        if word in media:
            found[short] = media[word]
    for word in ("ratio", "fps", "seconds"):
        for end, value in zip(("min", "max"), media.get(word, ()), strict=False):
            found[f"{end}_{word}"] = value
    if found.get("min_seconds") == 0:
        del found["min_seconds"]  # 0 means that there is no lower limit
    return found


def _properties(
    spec: Spec, node: Document, holder: str, owner: str
) -> Iterator[tuple[str, tuple[str, str]]]:
    owner = node.get("$ref", owner).rpartition("/")[2]
    whole = _documented(spec, node)
    if "items" in whole:
        yield from _properties(spec, whole["items"], f"{holder}[]", owner)
    for name, inner in whole.get("properties", {}).items():
        path = f"{holder}.{name}" if holder else name
        yield path, (owner, name)
        yield from _properties(spec, inner, path, owner)
