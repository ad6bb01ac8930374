"""Say in words what is wrong with a value that breaks a plain keyword of its schema."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kling._server_text import is_unicode
from kling.description.spec import Document

if TYPE_CHECKING:
    import jsonschema_rs

_TYPES = {
    dict: "an object",
    list: "a list",
    str: "a string",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "null",
}
_WANTED = {
    "object": "an object",
    "array": "a list",
    "string": "a string",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "null": "null",
}
# A longer value beside an enum is no slip of the pen, and might be something private.
_SHOWN = 40
# Far deeper than any request, and far from the limits of the validator and of Python.
_DEEPEST = 32
# Names that show what kind of name is meant, where there are too many to list.
_EXAMPLES = 3

UNKNOWN_FIELD = "unknown-field"
"""The rule that a field breaks which the description does not know."""

Path = list[str | int]


def not_json(value: Any, path: Path | None = None) -> Iterator[tuple[Path, str]]:
    """Yield (path, message) for everything that JSON over HTTP cannot carry."""
    path = path or []
    name = path[-1] if path else "the body"
    if len(path) > _DEEPEST:
        yield path, f"{name} is nested too deeply."
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(key, str) and not is_unicode(key):
                yield path, f"{name} has a field whose name is no Unicode text."
            if isinstance(inner, str) and inner.isascii():
                continue  # nearly everything, and a generator for each would be felt
            yield from not_json(inner, [*path, str(key)])
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from not_json(inner, [*path, index])
    elif isinstance(value, str):
        if not is_unicode(value):
            yield path, f"{name} has half of a surrogate pair, which is no Unicode text."
    elif isinstance(value, float) and not math.isfinite(value):
        yield path, f"{name} must be a finite number."
    elif type(value) not in _TYPES:
        yield path, f"{name} is of the Python type {type(value).__name__}, which JSON has not."


def meant_branch(
    error: "jsonschema_rs.ValidationError", document: Document
) -> "list[jsonschema_rs.ValidationError]":
    """Return the errors of the one alternative that the value is meant to be.

    That is the one of its type, or the one that its discriminator names.
    """
    branches = getattr(error.kind, "context", None) or []
    schema = _walk(document, error.schema_path[:-1]) if branches else {}
    name = schema.get("discriminator", {}).get("propertyName")
    path = error.instance_path

    def is_out(inner: "jsonschema_rs.ValidationError") -> bool:
        if inner.kind.name == "required":
            return inner.kind.as_dict()["property"] == name and inner.instance_path == path
        wrong_type = inner.kind.name == "type" and inner.instance_path == path
        return wrong_type or inner.instance_path == [*path, name]

    fitting = [branch for branch in branches if not any(map(is_out, branch))]
    return fitting[0] if len(fitting) == 1 else []


def plain_problems(
    error: "jsonschema_rs.ValidationError", document: Document, body: Any
) -> Iterator[tuple[str, Path, str]]:
    """Yield (keyword, path of the field, message) for an error that belongs to no rule."""
    path, keyword = list(error.instance_path), error.schema_path[-1]
    holder, value = _walk(document, error.schema_path[:-1]), _walk(body, path)
    if keyword == "required":
        missing = error.kind.as_dict()["property"]
        yield "required", [*path, missing], f"{missing} is required."
    elif keyword == "additionalProperties":
        for name in error.kind.as_dict()["unexpected"]:
            yield UNKNOWN_FIELD, [*path, name], _unknown(name, holder["properties"])
    elif "discriminator" in holder and isinstance(value, Mapping):
        name, known = holder["discriminator"]["propertyName"], holder["discriminator"]["mapping"]
        given = _not_shown(value[name]) if name in value else ""
        yield "discriminator", [*path, name], f"{name} must be one of {_listed([*known])}{given}."
    else:
        name = path[-1] if path else "the body"
        if isinstance(name, int):
            name = f"{path[-2]}[{name}]"
        yield str(keyword), path, f"{name} {_wrong(str(keyword), holder, document, value)}."


def _walk(node: Any, path: list[str | int]) -> Any:
    for step in path:
        node = node[step]
    return node


def _unknown(name: str, properties: Mapping[str, Any]) -> str:
    near = nearest(name, properties)
    hint = f"did you mean {near}?" if near else "the fields are " + ", ".join(properties) + "."
    return f"{name} is not a field here; {hint}"


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the one of many names that a wrong one is like; empty if none is."""
    import difflib

    return next(iter(difflib.get_close_matches(name, list(known), n=1)), "")


def meant(name: str, known: Sequence[str], where: str) -> str:
    """Say which of many names a wrong one may mean; else show a few, and where the others are."""
    if near := nearest(name, known):
        return f"did you mean {near}?"
    return f"there are {', '.join(known[:_EXAMPLES])} and others; {where}"


def _wrong(keyword: str, schema: Document, document: Document, value: Any) -> str:
    limit = schema[keyword]
    match keyword:
        case "type" | "anyOf" | "oneOf":
            return f"must be {_wanted(schema, document)}, not {_shown_type(value, schema)}"
        case "enum":
            return f"must be one of {_listed(limit)}{_not_shown(value)}"
        case "const":
            return f"must be {json.dumps(limit)}{_not_shown(value)}"
        case "maxLength":
            return f"must have at most {limit} characters, not {len(value)}"
        case "minLength":
            return "must not be empty" if limit == 1 else f"must have at least {limit} characters"
        case "maxItems":
            return f"must have at most {limit} entries, not {len(value)}"
        case "minItems":
            few = f"must have at least {limit} entries, not {len(value)}"
            return "must not be empty" if limit == 1 else few
        case "minimum" | "maximum":
            return f"must be {_wanted(schema, document)}"
        case "pattern":
            return f"must be {_form(schema)}"
    return f"breaks {keyword} {json.dumps(limit)}"


def _wanted(schema: Document, document: Document) -> str:
    """Describe what a schema accepts, for the end of a sentence."""
    if "$ref" in schema:
        schema = _walk(document, schema["$ref"].removeprefix("#/").split("/"))
    if "anyOf" in schema:
        return " or ".join(_wanted(one, document) for one in schema["anyOf"])
    if "oneOf" in schema:
        return _wanted(schema["oneOf"][0], document)
    if "enum" in schema:
        return f"one of {_listed(schema['enum'])}"
    if "pattern" in schema:
        return _form(schema)
    text = _WANTED[schema["type"]]
    if schema["type"] in ("integer", "number") and {"minimum", "maximum"} <= schema.keys():
        text += f" from {schema['minimum']} to {schema['maximum']}"
    return text


def _form(schema: Document) -> str:
    """Say what matches a pattern, in words: nobody should have to read the pattern."""
    return str(schema.get("x-kling-pattern-means", "a string in the form that is described"))


def _shown_type(value: Any, schema: Document) -> str:
    """Name the type of a value; a number that only lacks its quotes is shown with them."""
    name = _TYPES.get(type(value), type(value).__name__)
    if isinstance(value, int) and str(value) in schema.get("enum", ()):
        return f'{name}: write "{value}"'
    return "a fraction" if schema.get("type") == "integer" and name == "a number" else name


def _listed(values: list[Any]) -> str:
    return ", ".join(json.dumps(value) for value in values)


def _not_shown(value: Any) -> str:
    shown = json.dumps(value)
    return f", not {shown}" if len(shown) <= _SHOWN else ""
