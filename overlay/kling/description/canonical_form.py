"""Convert the values of a JSON body as Kling does: "5" to 5, 5 to "5", null to absent.

A body is converted before rules are applied to it. Like checks.py, this module imports nothing
from the package, so that it can be published and copied by itself.
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

    - A field under another name that Kling accepts gets its documented name.
    - In an optional field, null and a blank string count as absent. So does an object that contains
      nothing else.
    - A number becomes a string, and a string becomes a number or boolean, if the schema wants that
      type and the result is valid.
    - Everything else stays unchanged, even if it is wrong.

    The body itself is not changed. The result shares its unconverted parts.

    Args:
        document: the OpenAPI document that the references of the schema point into.
        schema: the schema of the body, such as {"$ref": "#/components/schemas/AvatarRequest"}.
        body: the JSON body.
    """
    return Canonical(document, schema)(body)


class Canonical:
    """`canonical` for many bodies of one schema."""

    def __init__(self, document: Document, schema: Document) -> None:
        whole = _resolved(document, schema)
        variants = [_resolved(document, one) for one in whole.get("anyOf", [whole])]
        self._scalars = [one for one in variants if one.get("type") in _TYPES]
        # Nearly all values have one of these types. They need no conversion, and are skipped fast.
        is_one = len(self._scalars) == 1
        self._plain = _PYTHON_TYPES[self._scalars[0]["type"]] if is_one else frozenset[type]()
        self._takes_null = any(one.get("type") == "null" for one in variants)
        texts = [one for one in self._scalars if one["type"] == "string"]
        self._takes_empty = any(_is_valid("", one) for one in texts)
        holder = next((one for one in variants if "properties" in one or "items" in one), {})
        self._required = frozenset(holder.get("required", ()))
        self._fields = {
            name: Canonical(document, node) for name, node in holder.get("properties", {}).items()
        }
        self._spellings = {
            other: name
            for name, node in holder.get("properties", {}).items()
            for other in node.get("x-kling-spellings", ())
        }
        self._items = Canonical(document, holder["items"]) if "items" in holder else None
        discriminator = whole.get("discriminator", {"propertyName": "", "mapping": {}})
        self._kind = discriminator["propertyName"]
        self._kinds = {
            kind: Canonical(document, {"$ref": ref})
            for kind, ref in discriminator["mapping"].items()
        }

    def __call__(self, body: Any) -> tuple[Any, list[Conversion]]:
        """Return a body in the types of the schema, and the conversions that were made."""
        found: list[Conversion] = []
        return self._read(body, "", found), found

    def _read(self, value: Any, field: str, found: list[Conversion]) -> Any:
        if isinstance(value, Mapping):
            kind = value.get(self._kind)
            chosen = self._kinds.get(kind, self) if isinstance(kind, str) else self
            return chosen._read_object(value, field, found) if chosen._fields else value
        if isinstance(value, list | tuple):
            if self._items is None:
                return value
            entries = [
                self._items._read(entry, f"{field}[{index}]", found)
                for index, entry in enumerate(value)
            ]
            has_changed = any(new is not old for new, old in zip(entries, value, strict=True))
            return entries if has_changed else value
        return self._read_scalar(value, field, found)

    def _read_object(self, value: Document, field: str, found: list[Conversion]) -> Any:
        value = self._renamed(value, field, found) if self._spellings else value
        changes: dict[str, Any] = {}
        absent: set[str] = set()
        for name, old in value.items():
            inner = self._fields.get(name)
            if inner is None or (type(old) in inner._plain and not _is_blank(old)):
                continue
            path = f"{field}.{name}" if field else name
            if name not in self._required and inner._is_absent(old):
                absent.add(name)
                if word := inner._absence(old):
                    found.append(Conversion(path, f"{name} is {word} and counts as absent."))
            elif (read := inner._read(old, path, found)) is not old:
                if read == {} and name not in self._required:
                    absent.add(name)  # all its fields counted as absent
                else:
                    changes[name] = read
        if not changes and not absent:
            return value
        whole = {**value, **changes}
        return {name: new for name, new in whole.items() if name not in absent}

    def _renamed(self, value: Document, field: str, found: list[Conversion]) -> Document:
        """Return an object with the documented names of its fields."""
        whole: dict[str, Any] = {}
        for other, inner in value.items():
            name = self._spellings.get(other, other)
            # If a body has both names, it is not known which one Kling reads.
            if name == other or name in value or name in whole:
                whole[other] = inner
                continue
            path = f"{field}.{other}" if field else other
            found.append(
                Conversion(path, f"{other} is another name for {name}, and counts as {name}.")
            )
            whole[name] = inner
        return value if whole.keys() == value.keys() else whole

    def _is_absent(self, value: Any) -> bool:
        return value is None or (bool(self._scalars) and _is_blank(value))

    def _absence(self, value: Any) -> str:
        """Return null, blank or empty, for a message; "" if Kling documents such a value."""
        if value is None:
            return "" if self._takes_null else "null"
        if value:
            return "blank"
        return "" if self._takes_empty else "empty"

    def _read_scalar(self, value: Any, field: str, found: list[Conversion]) -> Any:
        if self._scalars and _is_blank(value):
            if value and self._takes_empty:
                found.append(Conversion(field, f"{_leaf(field)} is blank and counts as empty."))
            return ""
        typed = [one for one in self._scalars if _has_type(value, one["type"])]
        # If the schema accepts several types, a string may stand for another one: "4" means 4 if
        # the schema accepts integers and "auto".
        is_either = isinstance(value, str) and len(self._scalars) > 1
        if typed and not (is_either and not any(_is_valid(value, one) for one in typed)):
            return value
        for schema in self._scalars:
            for read in _readings(value, schema["type"]):
                if _is_valid(read, schema):
                    given = "a string" if isinstance(value, str) else "a number"
                    shown = _shown(read, schema)
                    form = (
                        "" if shown == _TYPES[schema["type"]] else _documented_form(schema["type"])
                    )
                    text = f"{_leaf(field)} is {given} and counts as {shown}{form}."
                    found.append(Conversion(field, text))
                    return read
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
# Integers of 64 bits. Python refuses to convert integers with thousands of digits to strings.
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


def _has_type(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    if isinstance(value, str):
        return kind == "string"
    return isinstance(value, int | float) and kind in ("integer", "number")


def _readings(value: Any, kind: str) -> Iterator[Any]:
    """Yield the values that a scalar may mean if the schema wants the type `kind`."""
    if isinstance(value, str):
        if kind == "boolean" and value.lower() in _BOOLEANS:
            yield _BOOLEANS[value.lower()]
        elif kind in ("integer", "number") and _INTEGER.fullmatch(value):
            yield int(value)
        elif kind == "number" and _NUMBER.fullmatch(value):
            yield float(value)
    elif kind == "string" and type(value) is int and value.bit_length() <= _MAX_BITS:
        yield str(value)
    elif kind == "string" and type(value) is float and math.isfinite(value):
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
        # A converted number is never a URL or a file, so only an empty string is a valid medium.
        is_medium = "x-kling-media" in schema and bool(value)
        return fits and not is_medium and bool(re.search(schema.get("pattern", ""), value))
    if isinstance(value, bool):
        return True
    return bool(schema.get("minimum", -math.inf) <= value <= schema.get("maximum", math.inf))


def _leaf(field: str) -> str:
    """Return the last name in the path of a field."""
    return field.rpartition(".")[2] or "the body"


def _shown(value: Any, schema: Document) -> str:
    """Return a value for a message, or only its type if it may be private.

    Numbers, booleans, and strings with an enum, const or pattern are not private.
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        is_listed = not schema.keys().isdisjoint(("enum", "const", "pattern"))
        return f'"{value}"' if is_listed else _TYPES["string"]
    return str(value)


def _documented_form(kind: str) -> str:
    return f"; the documented form is {_TYPES[kind]}"
