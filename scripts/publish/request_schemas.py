"""Make a separate JSON Schema for each request body, so that editors can complete and check files.

The schema includes the rules about several fields. `kling validate` also checks what no schema can
express, such as the rules with a `check` in `rules.json`, and warns of fields that Kling ignores.
"""

import copy
from collections.abc import Iterator
from typing import Any

from scripts.build.bundle import Document
from scripts.build.portable import sentences

_SHARED, _OWN = "#/components/schemas/", "#/$defs/"


def request_schemas(description: Document) -> Iterator[tuple[str, Document]]:
    """Yield the operationId of each operation with a request body, and the schema of the body."""
    for item in description["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict) and "requestBody" in operation:
                yield operation["operationId"], _schema(operation, description)


def _schema(operation: Document, description: Document) -> Document:
    content = operation["requestBody"]["content"]["application/json"]
    name = content["schema"]["$ref"].removeprefix(_SHARED)
    schemas = description["components"]["schemas"]
    body = _for_editors(schemas[name])
    # A file may name its schema in $schema; `kling` does not send this key.
    body["properties"] = {
        "$schema": {"type": "string", "description": "The schema of this file."},
        **body["properties"],
    }
    examples = [example["value"] for example in content.get("examples", {}).values()]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:kling-openapi:{operation['operationId']}",
        "title": operation["summary"],
        **body,
        **({"examples": examples} if examples else {}),
        "$defs": {
            reached: _for_editors(schemas[reached]) for reached in sorted(_reached(body, schemas))
        },
    }


def _reached(node: Any, schemas: Document) -> set[str]:
    """Return the names of the schemas that a schema refers to, directly or indirectly."""
    found: set[str] = set()
    pending = [node]
    while pending:
        inner = pending.pop()
        if isinstance(inner, list):
            pending += inner
        elif isinstance(inner, dict):
            pending += inner.values()
            name = str(inner.get("$ref", "")).removeprefix(_OWN).removeprefix(_SHARED)
            if name and name not in found:
                found.add(name)
                pending.append(schemas[name])
    return found


def _for_editors(node: Any) -> Any:
    """Return a copy with references to `$defs`, and with sentences instead of extensions."""
    if isinstance(node, list):
        return [_for_editors(one) for one in node]
    if not isinstance(node, dict):
        return node
    made: Document = {
        key: _for_editors(value) for key, value in node.items() if not key.startswith("x-")
    }
    made.pop("discriminator", None)
    if "$ref" in made:
        made["$ref"] = _OWN + made["$ref"].removeprefix(_SHARED)
    if "x-kling-default" in node:
        made["default"] = copy.deepcopy(node["x-kling-default"])
    if said := sentences(node):
        made["description"] = "\n".join([*made.get("description", "").splitlines(), *said])
    return made
