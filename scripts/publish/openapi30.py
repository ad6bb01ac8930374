"""Convert a document from OpenAPI 3.1 to 3.0.3, for tools without support for 3.1.

The document must be a portable view, which `scripts/build/portable.py` makes. Keywords that 3.0
lacks are left out. Some limits are lost in this way, but the result accepts every request that the
description accepts.
"""

from typing import Any

from scripts.build.bundle import Document

# Keywords that contain a schema, that contain a list of schemas, and that mean the same in 3.0.
_SCHEMAS = {"items", "additionalProperties", "not"}
_LISTS = {"allOf", "anyOf", "oneOf"}
_SAME = {
    *("title", "description", "format", "default", "deprecated", "readOnly", "writeOnly", "xml"),
    *("type", "enum", "pattern", "minLength", "maxLength", "required", "uniqueItems", "multipleOf"),
    *("minimum", "maximum", "minItems", "maxItems", "minProperties", "maxProperties"),
    *("discriminator", "externalDocs", "example"),
}
# 3.0 has no type null. This nullable object can only be null.
_NULL = {"type": "object", "nullable": True, "enum": [None]}
# These keys hold data, not parts of the description, so they are not converted.
_FREE = {"example", "examples", "default"}


def downgraded(document: Document) -> Document:
    """Return the same API as a document of OpenAPI 3.0.3."""
    result: Document = _converted(
        {key: value for key, value in document.items() if key not in ("webhooks", "components")}
    )
    components = document.get("components", {})
    result["components"] = {
        section: _named_schemas(named) if section == "schemas" else _converted(named)
        for section, named in components.items()
        if section != "pathItems"
    }
    result["openapi"] = "3.0.3"
    result.pop("jsonSchemaDialect", None)
    info = result["info"]
    # 3.0 has no summary of the API, only a description.
    if "summary" in info:
        info["description"] = "\n\n".join(
            filter(None, [info.pop("summary"), info.get("description")])
        )
    if spdx := info.get("license", {}).pop("identifier", None):
        info["license"]["url"] = f"https://spdx.org/licenses/{spdx}.html"
    return result


def _converted(node: Any) -> Any:
    """Return a node that is not a schema, with every schema inside it converted."""
    if isinstance(node, list):
        return [_converted(value) for value in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return {"$ref": node["$ref"]}  # 3.0 ignores other keys next to it
    converted = {}
    for key, value in node.items():
        if key == "schema":
            converted[key] = _schema(value)
        else:
            converted[key] = value if key in _FREE else _converted(value)
    return converted


def _named_schemas(named: Document) -> Document:
    return {name: _schema(schema) for name, schema in named.items()}


def _schema(schema: Any) -> Any:
    if schema is True:
        return {}
    if schema is False:
        return {"not": {}}
    if schema == {"type": "null"}:
        return _NULL
    keywords = _keywords(schema)
    if "$ref" not in schema:
        return keywords
    reference = {"$ref": schema["$ref"]}
    # 3.0 ignores keywords next to a reference.
    return {"allOf": [reference], **keywords} if keywords else reference


def _keywords(schema: Document) -> Document:
    result: Document = {}
    for key, value in schema.items():
        if key == "properties":
            result[key] = _named_schemas(value)
        elif key == "additionalProperties" and isinstance(value, bool):
            result[key] = value
        elif key in _SCHEMAS:
            result[key] = _schema(value)
        elif key in _LISTS:
            result[key] = [_schema(one) for one in value]
        elif key == "type" and isinstance(value, list):
            result.update(_types(value))
        elif key == "const":
            result["enum"] = [value]
        elif key in ("exclusiveMinimum", "exclusiveMaximum"):
            # In 3.0, `exclusiveMinimum: true` changes the meaning of `minimum`.
            result[f"m{key.removeprefix('exclusiveM')}"] = value
            result[key] = True
        elif key == "examples" and value:
            result["example"] = value[0]
        elif key == "contentEncoding" and value == "base64":
            result["format"] = "byte"
        elif key in _SAME:
            result[key] = value
    # In 3.0, a list of values must have null too, even if the schema is nullable.
    if result.get("nullable") and "enum" in result and None not in result["enum"]:
        result["enum"] = [*result["enum"], None]
    return result


def _types(types: list[str]) -> Document:
    named = [one for one in types if one != "null"]
    result: Document = {"nullable": True} if "null" in types else {}
    if len(named) == 1:
        result["type"] = named[0]
    else:
        result["anyOf"] = [{"type": one} for one in named]
    return result
