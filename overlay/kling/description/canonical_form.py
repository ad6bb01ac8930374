"""Convert the values of a JSON body as Kling does: "5" to 5, 5 to "5", null to absent.

A body is converted before rules are applied to it. This module and checks.py import nothing from
the package, so that each of them can be published and copied by itself.
"""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

Document = Mapping[str, Any]


class Conversion(NamedTuple):
    """A value that was converted, or a field that was renamed or counts as absent."""

    field: str
    """The field, such as multi_prompt[0].duration."""
    message: str
    """What the value counts as, in words. It never quotes free text."""


def canonical(document: Document, schema: Document, body: Any) -> tuple[Any, list[Conversion]]:
    """Return a body in the types of its schema, and the conversions that were made.

    - If a field has another name that Kling accepts, it gets its documented name.
    - In an optional field, null and a blank string count as absent. An object counts as absent if
      all its fields count as absent.
    - A number becomes a string, and a string becomes a number or boolean, if the schema wants that
      type and the result is valid.
    - Everything else stays unchanged, even if it is wrong.

    The body itself is not changed. The result shares its unconverted parts.

    Args:
        document: the OpenAPI document, in which the references of the schema are looked up.
        schema: the schema of the body, such as {"$ref": "#/components/schemas/AvatarRequest"}.
        body: the JSON body.
    """
    return Canonical(document, schema)(body)


class Canonical:
    """The function `canonical` for one schema. Use it for many bodies, because it is faster."""

    def __init__(self, document: Document, schema: Document) -> None:
        root = _resolved(document, schema)
        variants = [_resolved(document, variant) for variant in root.get("anyOf", [root])]
        self._scalars = [variant for variant in variants if variant.get("type") in _TYPES]
        # The types of values that need no conversion; nearly all values have one of these types.
        # Empty unless the schema has exactly one scalar type.
        self._right_types = frozenset[type]()
        if len(self._scalars) == 1:
            self._right_types = _PYTHON_TYPES[self._scalars[0]["type"]]
        self._takes_null = any(variant.get("type") == "null" for variant in variants)
        texts = [scalar for scalar in self._scalars if scalar["type"] == "string"]
        self._takes_empty = any(_is_valid("", text) for text in texts)
        # The first variant that is an object or a list.
        container = next((node for node in variants if "properties" in node or "items" in node), {})
        self._required = frozenset(container.get("required", ()))
        properties = container.get("properties", {})
        self._fields = {name: Canonical(document, node) for name, node in properties.items()}
        # For each other name of a field, its documented name.
        self._spellings = {
            spelling: name
            for name, node in properties.items()
            for spelling in node.get("x-kling-spellings", ())
        }
        self._items = Canonical(document, container["items"]) if "items" in container else None
        discriminator = root.get("discriminator", {"propertyName": "", "mapping": {}})
        self._kind_field = discriminator["propertyName"]
        self._kinds = {
            kind: Canonical(document, {"$ref": ref})
            for kind, ref in discriminator["mapping"].items()
        }

    def __call__(self, body: Any) -> tuple[Any, list[Conversion]]:
        """Return a body in the types of the schema, and the conversions that were made."""
        found: list[Conversion] = []
        return self._converted(body, "", found), found

    def _converted(self, value: Any, field: str, found: list[Conversion]) -> Any:
        """Return the converted value, and add the conversions to `found`."""
        if isinstance(value, Mapping):
            kind = value.get(self._kind_field)
            chosen = self._kinds.get(kind, self) if isinstance(kind, str) else self
            # If the schema names no fields, there is nothing to convert.
            return chosen._converted_object(value, field, found) if chosen._fields else value
        if isinstance(value, list | tuple):
            if self._items is None:
                return value
            entries = [
                self._items._converted(entry, f"{field}[{index}]", found)
                for index, entry in enumerate(value)
            ]
            has_changed = any(new is not old for new, old in zip(entries, value, strict=True))
            return entries if has_changed else value
        return self._converted_scalar(value, field, found)

    def _converted_object(self, value: Document, field: str, found: list[Conversion]) -> Any:
        value = self._renamed(value, field, found) if self._spellings else value
        changes: dict[str, Any] = {}
        absent: set[str] = set()
        for name, old in value.items():
            inner = self._fields.get(name)
            # The field is unknown, or its value needs no conversion.
            if inner is None or (type(old) in inner._right_types and not _is_blank(old)):
                continue
            path = f"{field}.{name}" if field else name
            is_optional = name not in self._required
            if is_optional and inner._is_absent(old):
                absent.add(name)
                word = inner._why_absent(old)
                if word:
                    found.append(Conversion(path, f"{name} is {word} and counts as absent."))
                continue
            new = inner._converted(old, path, found)
            if new is old:
                continue
            if is_optional and new == {}:
                absent.add(name)  # all its fields count as absent
            else:
                changes[name] = new
        if not changes and not absent:
            return value
        changed = {**value, **changes}
        return {name: new for name, new in changed.items() if name not in absent}

    def _renamed(self, value: Document, field: str, found: list[Conversion]) -> Document:
        """Return an object with the documented names of its fields."""
        renamed: dict[str, Any] = {}
        for given, inner in value.items():
            name = self._spellings.get(given, given)
            # If a body has two names of a field, both stay: it is not known which one Kling reads.
            if name == given or name in value or name in renamed:
                renamed[given] = inner
                continue
            path = f"{field}.{given}" if field else given
            found.append(
                Conversion(path, f"{given} is another name for {name}, and counts as {name}.")
            )
            renamed[name] = inner
        return value if renamed.keys() == value.keys() else renamed

    def _is_absent(self, value: Any) -> bool:
        """Whether the value of an optional field counts as absent."""
        return value is None or (bool(self._scalars) and _is_blank(value))

    def _why_absent(self, value: Any) -> str:
        """Return why a value counts as absent: null, blank or empty.

        For a value that Kling documents, return "", because it needs no message.
        """
        if value is None:
            return "" if self._takes_null else "null"
        if value:
            return "blank"
        return "" if self._takes_empty else "empty"

    def _converted_scalar(self, value: Any, field: str, found: list[Conversion]) -> Any:
        if self._scalars and _is_blank(value):
            # The value is required, or an entry of a list, so it cannot count as absent. It becomes
            # empty. If the schema does not accept that, the message about the empty value suffices.
            if value and self._takes_empty:
                found.append(
                    Conversion(field, f"{_last_name(field)} is blank and counts as empty.")
                )
            return ""
        of_same_type = [schema for schema in self._scalars if _has_type(value, schema["type"])]
        if of_same_type:
            # If the schema accepts several types, a string may mean a value of another type: "4"
            # means 4 if the schema accepts integers and "auto".
            may_mean_another = isinstance(value, str) and len(self._scalars) > 1
            if not may_mean_another or any(_is_valid(value, schema) for schema in of_same_type):
                return value
        for schema in self._scalars:
            for new in _candidates(value, schema["type"]):
                if _is_valid(new, schema):
                    given = "a string" if isinstance(value, str) else "a number"
                    shown = _shown(new, schema)
                    # If the message names only the type, the end would name the same type again.
                    form = (
                        "" if shown == _TYPES[schema["type"]] else _documented_form(schema["type"])
                    )
                    text = f"{_last_name(field)} is {given} and counts as {shown}{form}."
                    found.append(Conversion(field, text))
                    return new
        return value


_TYPES = {
    "string": "a string",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
}
_PYTHON_TYPES: dict[str, frozenset[type]] = {
    "string": frozenset([str]),
    "boolean": frozenset([bool]),
    "integer": frozenset([int, float]),
    "number": frozenset([int, float]),
}
_BOOLEANS = {"true": True, "false": False}
# Longer integers are not converted: Python refuses to convert thousands of digits to a string.
_MAX_BITS = 64
_INTEGER = re.compile(r"-?[0-9]{1,19}")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")


def _resolved(document: Document, node: Document) -> Document:
    while "$ref" in node:
        target: Any = document
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    return node


def _is_blank(value: Any) -> bool:
    return isinstance(value, str) and (not value or value.isspace())


def _has_type(value: Any, json_type: str) -> bool:
    if isinstance(value, bool):
        return json_type == "boolean"
    if isinstance(value, str):
        return json_type == "string"
    return isinstance(value, int | float) and json_type in ("integer", "number")


def _candidates(value: Any, json_type: str) -> Iterator[Any]:
    """Yield the value of a JSON type that a scalar of another type may mean, if any."""
    if isinstance(value, str):
        if json_type == "boolean" and value.lower() in _BOOLEANS:
            yield _BOOLEANS[value.lower()]
        elif json_type in ("integer", "number") and _INTEGER.fullmatch(value):
            yield int(value)
        elif json_type == "number" and _NUMBER.fullmatch(value):
            yield float(value)
    elif json_type == "string" and type(value) is int and value.bit_length() <= _MAX_BITS:
        yield str(value)
    elif json_type == "string" and type(value) is float and math.isfinite(value):
        # JSON does not distinguish 5.0 from 5.
        yield str(int(value)) if value.is_integer() and abs(value) < 2**53 else str(value)


def _is_valid(value: Any, schema: Document) -> bool:
    """Tell whether a scalar of the right type satisfies the keywords of its schema."""
    if "enum" in schema and value not in schema["enum"]:
        return False
    if "const" in schema and value != schema["const"]:
        return False
    if isinstance(value, str):
        fits = schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", math.inf)
        # In a field for media, a converted number is not valid, because it is not a URL or a file.
        is_wrong_medium = "x-kling-media" in schema and bool(value)
        return fits and not is_wrong_medium and bool(re.search(schema.get("pattern", ""), value))
    if isinstance(value, bool):
        return True
    return bool(schema.get("minimum", -math.inf) <= value <= schema.get("maximum", math.inf))


def _last_name(field: str) -> str:
    """Return the last name in the path of a field."""
    return field.rpartition(".")[2] or "the body"


def _shown(value: Any, schema: Document) -> str:
    """Return a value for a message. For a value that may be private, return only its type.

    Only a string may be private, and only if its schema has no enum, const or pattern.
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        is_listed = not schema.keys().isdisjoint(("enum", "const", "pattern"))
        return f'"{value}"' if is_listed else _TYPES["string"]
    return str(value)


def _documented_form(json_type: str) -> str:
    """Return the end of a message about a conversion to a type."""
    return f"; the documented form is {_TYPES[json_type]}"
