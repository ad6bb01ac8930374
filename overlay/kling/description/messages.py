"""The messages for values that violate a plain JSON Schema keyword, such as enum or maxLength."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kling._server_text import is_unicode
from kling.description.operations import Document

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
_EXPECTED = {
    "object": "an object",
    "array": "a list",
    "string": "a string",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "null": "null",
}
# Messages do not quote longer values, because they may be private.
_MAX_SHOWN = 40
# How deep a body may be nested. No request is nested so deeply, and the validator allows far more.
_MAX_DEPTH = 32
# How many names a message gives as examples, if there are too many to list.
_EXAMPLES = 3

UNKNOWN_FIELD = "unknown-field"
"""The id of the rule against fields that the description does not have."""

Path = list[str | int]


def not_json(value: Any, path: Path | None = None) -> Iterator[tuple[Path, str]]:
    """Yield (path, message) for every value that JSON over HTTP cannot represent."""
    path = path or []
    name = _last_name(path)
    if len(path) > _MAX_DEPTH:
        yield path, f"{name} is nested too deeply; at most {_MAX_DEPTH} levels are allowed."
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(key, str) and not is_unicode(key):
                yield path, f"{name} has a field whose name is not valid Unicode."
            # Most values are ASCII strings, which are valid. A generator for each would be slow.
            if isinstance(inner, str) and inner.isascii():
                continue
            yield from not_json(inner, [*path, str(key)])
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from not_json(inner, [*path, index])
    elif isinstance(value, str):
        if not is_unicode(value):
            yield path, f"{name} contains half of a surrogate pair, which is not valid Unicode."
    elif isinstance(value, float) and not math.isfinite(value):
        yield path, f"{name} must be a finite number."
    elif type(value) not in _TYPES:
        kind = type(value).__name__
        yield path, f"{name} is of the Python type {kind}, which JSON does not have."


def meant_branch(
    error: "jsonschema_rs.ValidationError", document: Document
) -> "list[jsonschema_rs.ValidationError]":
    """Return the errors of the alternative that fits the value, if exactly one fits.

    An alternative of `anyOf` or `oneOf` fits unless it wants another type, or another value of the
    discriminator. If several alternatives fit, or none, the result is empty.
    """
    # For each alternative, the list of its errors.
    branches = getattr(error.kind, "context", None) or []
    schema = _walk(document, error.schema_path[:-1]) if branches else {}
    name = schema.get("discriminator", {}).get("propertyName")
    path = error.instance_path

    def rules_out(inner: "jsonschema_rs.ValidationError") -> bool:
        """Whether an error shows that the value is not meant for the alternative."""
        if inner.kind.name == "required":
            return inner.kind.as_dict()["property"] == name and inner.instance_path == path
        is_wrong_type = inner.kind.name == "type" and inner.instance_path == path
        is_wrong_discriminator = inner.instance_path == [*path, name]
        return is_wrong_type or is_wrong_discriminator

    fitting = [branch for branch in branches if not any(map(rules_out, branch))]
    return fitting[0] if len(fitting) == 1 else []


def plain_problems(
    error: "jsonschema_rs.ValidationError", document: Document, body: Any
) -> Iterator[tuple[str, Path, str]]:
    """Yield (keyword, path of the field, message) for an error that is not about a rule."""
    path, keyword = list(error.instance_path), error.schema_path[-1]
    schema, value = _walk(document, error.schema_path[:-1]), _walk(body, path)
    if keyword == "required":
        missing = error.kind.as_dict()["property"]
        yield "required", [*path, missing], f"{missing} is required."
    elif keyword == "additionalProperties":
        for name in error.kind.as_dict()["unexpected"]:
            yield UNKNOWN_FIELD, [*path, name], _unknown_field(name, schema["properties"])
    elif "discriminator" in schema and isinstance(value, Mapping):
        name, known = schema["discriminator"]["propertyName"], schema["discriminator"]["mapping"]
        given = _not_value(value[name]) if name in value else ""
        yield "discriminator", [*path, name], f"{name} must be one of {_listed([*known])}{given}."
    else:
        violation = _violation(str(keyword), schema, document, value)
        yield str(keyword), path, f"{_last_name(path)} {violation}."


def _walk(node: Any, path: list[str | int]) -> Any:
    """Return the value at a path below a node."""
    for step in path:
        node = node[step]
    return node


def _last_name(path: Path) -> str:
    """Return the last part of a path for a message, such as duration or image_list[0]."""
    if not path:
        return "the body"
    name = path[-1]
    if isinstance(name, int) and len(path) > 1:
        return f"{path[-2]}[{name}]"
    return str(name)


def _unknown_field(name: str, properties: Mapping[str, Any]) -> str:
    near = nearest(name, properties)
    hint = f"did you mean {near}?" if near else "the fields are " + ", ".join(properties) + "."
    return f"{name} is not a field here; {hint}"


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name that is most similar to a wrong name; empty if none is similar."""
    import difflib

    return next(iter(difflib.get_close_matches(name, list(known), n=1)), "")


def meant(name: str, known: Sequence[str], where: str, what: str = "valid names") -> str:
    """Return a hint for a wrong name, for the end of a message.

    If a known name is similar, the hint asks whether it was meant. Otherwise the hint has a few
    known names.

    Args:
        name: the wrong name.
        known: the known names.
        where: a clause that says where all names are listed.
        what: what the known names are, in the plural.
    """
    if near := nearest(name, known):
        return f"did you mean {near}?"
    return f"{what} are, for example, {', '.join(known[:_EXAMPLES])}; {where}"


def _violation(keyword: str, schema: Document, document: Document, value: Any) -> str:
    """Return the end of a message that says how a value violates a keyword of a schema."""
    limit = schema[keyword]
    match keyword:
        case "type" | "anyOf" | "oneOf":
            return f"must be {_expected(schema, document)}, not {_type_of(value, schema)}"
        case "enum":
            return f"must be one of {_listed(limit)}{_not_value(value)}"
        case "const":
            return f"must be {json.dumps(limit)}{_not_value(value)}"
        case "maxLength":
            return f"must have at most {limit} characters, not {len(value)}"
        case "minLength":
            return "must not be empty" if limit == 1 else f"must have at least {limit} characters"
        case "maxItems":
            return f"must have at most {limit} entries, not {len(value)}"
        case "minItems":
            if limit == 1:
                return "must not be empty"
            return f"must have at least {limit} entries, not {len(value)}"
        case "minimum" | "maximum":
            return f"must be {_expected(schema, document)}"
        case "pattern":
            return f"must be {_pattern_in_words(schema)}"
    return f"violates {keyword} {json.dumps(limit)}"


def _expected(schema: Document, document: Document) -> str:
    """Describe what a schema accepts, for the end of a sentence."""
    if "$ref" in schema:
        schema = _walk(document, schema["$ref"].removeprefix("#/").split("/"))
    if "anyOf" in schema:
        return " or ".join(_expected(variant, document) for variant in schema["anyOf"])
    if "oneOf" in schema:
        return _expected(schema["oneOf"][0], document)
    if "enum" in schema:
        return f"one of {_listed(schema['enum'])}"
    if "pattern" in schema:
        return _pattern_in_words(schema)
    text = _EXPECTED[schema["type"]]
    if schema["type"] in ("integer", "number") and {"minimum", "maximum"} <= schema.keys():
        text += f" from {schema['minimum']} to {schema['maximum']}"
    return text


def _pattern_in_words(schema: Document) -> str:
    """Return what the pattern of a schema matches, in words instead of a regular expression."""
    return str(schema.get("x-kling-pattern-means", "a string in the documented form"))


def _type_of(value: Any, schema: Document) -> str:
    """Return the type of a value in words. If a number only needs quotes, say so."""
    name = _TYPES.get(type(value), type(value).__name__)
    if isinstance(value, int) and str(value) in schema.get("enum", ()):
        return f'{name}: write "{value}"'
    # If a number is not an integer, its type is not what is wrong.
    return "a fraction" if schema.get("type") == "integer" and name == "a number" else name


def _listed(values: list[Any]) -> str:
    return ", ".join(json.dumps(value) for value in values)


def _not_value(value: Any) -> str:
    """Return ", not" and a wrong value, for the end of a message; empty for a long value."""
    text = json.dumps(value)
    return f", not {text}" if len(text) <= _MAX_SHOWN else ""
