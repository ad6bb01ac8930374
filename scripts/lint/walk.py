"""Walk over all schemas of a document, but not over the values of examples."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from scripts.build.bundle import Document

Role = Literal["named", "property", "part", "rule", "condition"]
"""Whether a schema is a component, a property, another part, a rule, or a condition in a rule."""

_ONE_SCHEMA = ("items", "additionalProperties", "contains", "propertyNames")
_ONE_CONDITION = ("not", "if", "then", "else")
_SCHEMAS_BY_NAME = ("properties", "patternProperties", "dependentSchemas")
_SCHEMA_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_INNER_ROLES: dict[str, Role] = {
    "properties": "property",
    "allOf": "rule",
    **dict.fromkeys(_ONE_CONDITION, "condition"),
}


def mapping(value: Any) -> Document:
    """Return the value if it is a mapping, else {}, so that no house rule fails on a wrong type."""
    return value if isinstance(value, dict) else {}


def listed(value: Any) -> list[Any]:
    """Return the value if it is a list, else [], so that no house rule fails on a wrong type."""
    return value if isinstance(value, list) else []


def is_date(value: Any) -> bool:
    """Whether the value is an ISO date in a string."""
    if not (isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


@dataclass(frozen=True)
class Node:
    """A schema and its context."""

    place: str
    schema: Document
    role: Role
    owner: str
    """The name of the component that it is in, or ''."""

    @property
    def is_shape(self) -> bool:
        """Whether it describes a value, and is not a rule or a condition."""
        return self.role in ("named", "property", "part")

    @property
    def is_object(self) -> bool:
        """Whether it describes an object."""
        return "object" in self.types or "properties" in self.schema

    @property
    def types(self) -> list[str]:
        """The types that its keyword `type` names."""
        types = self.schema.get("type")
        return [types] if isinstance(types, str) else listed(types)


def walk(schema: Any, place: str, role: Role, owner: str = "") -> Iterator[Node]:
    """Yield a schema and every schema inside it."""
    if not isinstance(schema, dict):
        return
    yield Node(place, schema, role, owner)
    for keyword, key, inner in subschemas(schema):
        # Everything inside a rule is part of its condition.
        if role in ("rule", "condition"):
            inner_role: Role = "condition"
        else:
            inner_role = _INNER_ROLES.get(keyword, "part")
        yield from walk(inner, f"{place}.{key}", inner_role, owner)
    for number, advice in enumerate(listed(schema.get("x-kling-advice"))):
        inside = f"{place}.x-kling-advice.{number}.schema"
        yield from walk(mapping(advice).get("schema"), inside, "condition", owner)


def subschemas(schema: Document) -> Iterator[tuple[str, str, Any]]:
    """Yield (keyword, place inside the schema, inner schema) for each schema directly inside it."""
    for keyword in (*_ONE_SCHEMA, *_ONE_CONDITION):
        if keyword in schema:
            yield keyword, keyword, schema[keyword]
    for keyword in _SCHEMAS_BY_NAME:
        for name, value in mapping(schema.get(keyword)).items():
            yield keyword, f"{keyword}.{name}", value
    for keyword in _SCHEMA_LISTS:
        for number, value in enumerate(listed(schema.get(keyword))):
            yield keyword, f"{keyword}.{number}", value


def inline_schemas(node: Any, place: str) -> Iterator[tuple[str, Any]]:
    """Yield (place, schema) for each parameter, body and header.

    Skip the components in `schemas`, which are walked elsewhere, and examples.
    """
    for key, value in node.items() if isinstance(node, dict) else enumerate(listed(node)):
        if key == "schema":
            yield f"{place}.schema", value
        elif key not in ("schemas", "example", "examples"):
            yield from inline_schemas(value, f"{place}.{key}")
