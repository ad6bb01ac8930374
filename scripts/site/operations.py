"""An operation of an OpenAPI document as Markdown: address, parameters, body, reply."""

import json
from collections.abc import Iterator
from typing import Any

from scripts.build.bundle import Document
from scripts.build.tables import table

# How each limit of a field is shown, in the singular and the plural.
_LIMITS = {
    "minLength": ("at least {} character", "at least {} characters"),
    "maxLength": ("at most {} character", "at most {} characters"),
    "minItems": ("at least {} entry", "at least {} entries"),
    "maxItems": ("at most {} entry", "at most {} entries"),
    "minimum": ("at least {}", "at least {}"),
    "exclusiveMinimum": ("more than {}", "more than {}"),
    "maximum": ("at most {}", "at most {}"),
}
# The smallest and the largest number of int64 are not shown as limits.
_NO_LIMITS = (-(2**63), 2**63 - 1)


class Operations:
    """The operations of a document as Markdown for one page, which shows each object once."""

    def __init__(self, document: Document) -> None:
        """Take a document whose references name its own components."""
        self._document = document
        self._schemas = document["components"]["schemas"]
        self._shown: set[str] = set()

    def operation(self, path: str, method: str, operation: Document) -> Iterator[str]:
        """Yield the paragraphs about an operation."""
        name = operation["operationId"]
        yield f"## {operation['summary']}"
        yield f"```text\n{method.upper()} {path}\n```"
        page = operation.get("externalDocs")
        yield f"operationId `{name}`." + (f" [Kling's page]({page['url']})" if page else "")
        yield _lines(operation.get("description", ""))
        if rows := list(self._parameters(operation)):
            yield table(("parameter", "in", "type", "meaning"), rows)
        for content in operation.get("requestBody", {}).get("content", {}).values():
            yield f"### Body of {name}"
            yield from self._value(content["schema"])
            for title, example in content.get("examples", {}).items():
                shown = json.dumps(example["value"], indent=2, ensure_ascii=False)
                yield f'??? example "{example.get("summary", title)}"'
                yield "\n".join(f"    {line}" for line in ["```json", *shown.split("\n"), "```"])
        yield from self._reply(name, operation["responses"]["200"])

    def _reply(self, name: str, reply: Document) -> Iterator[str]:
        yield f"### Reply of {name}"
        yield _lines(reply["description"])
        for media_type, content in reply.get("content", {}).items():
            if media_type == "application/json":
                yield from self._value(content["schema"])

    def _parameters(self, operation: Document) -> Iterator[tuple[str, ...]]:
        for given in operation.get("parameters", ()):
            parameter = given
            if "$ref" in given:
                parameter = self._document["components"]["parameters"][_named(given)]
            schema = parameter.get("schema", {})
            meaning = _cell(parameter.get("description", ""))
            yield f"`{parameter['name']}`", parameter["in"], self._type(schema), meaning

    def _value(self, schema: Document) -> Iterator[str]:
        """Yield the description of a body or reply: the fields of an object, or a type."""
        if "$ref" in schema:
            name = _named(schema)
            if name in self._shown:
                yield f"{name}, as above."
            else:
                yield from self._object(name, self._schemas[name], is_first=True)
        elif "properties" in schema:
            yield from self._object("", schema, is_first=True)
        else:
            meanings = filter(None, map(self._meaning, (schema, schema.get("items", {}))))
            yield " ".join([f"JSON: {self._type(schema)}.", *meanings])
            for inner in self._inner(schema):
                yield from self._object(inner, self._schemas[inner])

    def _object(self, name: str, schema: Document, *, is_first: bool = False) -> Iterator[str]:
        """Yield the fields of an object, then its inner objects that the page has not shown yet."""
        if name in self._shown:
            return
        if name:
            self._shown.add(name)
        if not is_first:
            yield f"**{name}**"
        yield _lines(schema.get("description", ""))
        rows = list(self._rows(schema))
        if rows:
            yield table(("field", "type", "meaning"), rows)
        for field in schema.get("properties", {}).values():
            for inner in self._inner(field):
                yield from self._object(inner, self._schemas[inner])

    def _rows(self, schema: Document, above: str = "") -> Iterator[tuple[str, ...]]:
        """Yield a row for each field, including the fields of inline objects."""
        for field, node in schema.get("properties", {}).items():
            name = f"{above}{field}"
            required = " (required)" if field in schema.get("required", ()) else ""
            yield f"`{name}`{required}", self._type(node), self._meaning(node)
            yield from self._rows(node, f"{name}.")
            yield from self._rows(self._resolved(node).get("items", {}), f"{name}[].")

    def _inner(self, node: Document) -> Iterator[str]:
        """Yield the names of the objects that a field holds."""
        # The parts of the schema of the field, and the schema itself.
        for part in (node, node.get("items", {}), *node.get("anyOf", ()), *node.get("oneOf", ())):
            if "$ref" in part:
                schema = self._schemas[_named(part)]
                if "properties" in schema:
                    yield _named(part)
                else:
                    yield from self._inner(schema)
            elif part and part is not node:
                yield from self._inner(part)

    def _resolved(self, node: Document) -> Document:
        """Return a schema, with the keywords of the schema that its `$ref` names."""
        if "$ref" not in node:
            return node
        return {**self._resolved(self._schemas[_named(node)]), **node}

    def _type(self, node: Document) -> str:
        schema = self._resolved(node)
        if "enum" in schema:
            return ", ".join(f"`{json.dumps(value)}`" for value in schema["enum"])
        if "const" in schema:
            return f"`{json.dumps(schema['const'])}`"
        if "properties" in schema:
            return f"object {_named(node)}" if "$ref" in node else "object"
        if schema.get("type") == "array":
            return f"list of {self._type(schema['items'])}"
        choices = schema.get("anyOf") or schema.get("oneOf")
        if choices:
            return " or ".join(self._type(one) for one in choices)
        types = schema.get("type", "any value")  # one type, or a list of types
        return " or ".join(types) if isinstance(types, list) else str(types)

    def _meaning(self, node: Document) -> str:
        schema = self._resolved(node)
        parts = [_cell(schema.get("description", ""))]
        limits = [
            (singular if schema[key] == 1 else plural).format(schema[key])
            for key, (singular, plural) in _LIMITS.items()
            if key in schema and schema[key] not in _NO_LIMITS
        ]
        if limits:
            parts.append(f"{', '.join(limits).capitalize()}.")
        if "x-kling-default" in schema:
            parts.append(f"Default: `{json.dumps(schema['x-kling-default'])}`.")
        if schema.get("deprecated"):
            parts.append("Deprecated.")
        return " ".join(filter(None, parts))


def _named(node: Document) -> str:
    return str(node["$ref"]).rpartition("/")[2]


def _lines(text: str) -> str:
    """Return a description as Markdown: a paragraph with its sentences, and its list, if any."""
    sentences, has_list, entries = text.partition("\n- ")
    paragraph = _escaped(" ".join(sentences.split("\n")).strip())
    return f"{paragraph}\n\n- {entries.strip()}" if has_list else paragraph


def _cell(text: str) -> str:
    return _escaped(" ".join(text.split()))


def _escaped(text: Any) -> str:
    return str(text).replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")
