"""The HTTP reference: a page for each family, from the description."""

import json
from collections.abc import Iterator
from typing import Any

from scripts.build.bundle import Document, families
from scripts.build.price_list import price_rows
from scripts.build.rule_list import rule_rows
from scripts.build.tables import operations_of, table

_METHODS = ("get", "put", "post", "delete", "patch")
# What every object of the description says of its fields, as they are shown.
_LIMITS = {
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} entries",
    "maxItems": "at most {} entries",
    "minimum": "at least {}",
    "maximum": "at most {}",
}
# These two are the limits of int64, which say nothing.
_NO_LIMITS = (-(2**63), 2**63 - 1)


class HttpPages:
    """The pages of a bundle."""

    def __init__(self, whole: Document, models: dict[str, str]) -> None:
        """Take the bundle, and what `kling models` prints of each family."""
        self._whole = whole
        self._schemas = whole["components"]["schemas"]
        self._models = models
        self._prices = list(price_rows(whole))
        self._rules = rule_rows(whole)

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield the slug and the text of each page."""
        for tag, family in families(self._whole).items():
            slug = family.replace("_", "-")
            yield slug, "\n\n".join(self._family(tag, family, slug)) + "\n"

    def _family(self, tag: str, family: str, slug: str) -> Iterator[str]:
        said = next(one for one in self._whole["tags"] if one["name"] == tag)
        yield f"# {tag}"
        yield said["description"]
        for path, method, operation in operations_of(self._whole, tag):
            yield from self._operation(path, method, operation)
        if family in self._models:
            yield "## What each model can do"
            yield f"```text\n{self._models[family]}\n```"
        rules = [rule for rule in self._rules if rule.id.partition(".")[0] == slug]
        if rules:
            yield "## Rules"
            yield table(
                ("rule", "evidence", "message"),
                ((f"`{one.id}`", one.evidence or "advice", one.message) for one in rules),
            )

    def _operation(self, path: str, method: str, operation: Document) -> Iterator[str]:
        yield f"## {operation['summary']}"
        yield f"```text\n{method.upper()} {path}\n```"
        name = operation["operationId"]
        page = operation.get("externalDocs")
        link = f" [Kling's page]({page['url']})" if page else ""
        yield f"operationId `{name}`.{link}"
        yield _lines(operation.get("description", ""))
        if rows := list(self._parameters(operation)):
            yield table(("parameter", "in", "type", "meaning"), rows)
        for content in operation.get("requestBody", {}).get("content", {}).values():
            yield f"### Body of {name}"
            yield from self._objects(_named(content["schema"]), [])
            for title, example in content.get("examples", {}).items():
                shown = json.dumps(example["value"], indent=2, ensure_ascii=False)
                yield f'??? example "{example.get("summary", title)}"'
                yield "\n".join(f"    {line}" for line in ["```json", *shown.split("\n"), "```"])
        prices = [(row.cost, row.when) for row in self._prices if row.operation == name]
        if prices:
            yield f"### Price of {name}, in Kling units"
            yield table(("price", "when"), prices)

    def _parameters(self, operation: Document) -> Iterator[tuple[str, ...]]:
        for given in operation.get("parameters", ()):
            one = given
            if "$ref" in given:
                one = self._whole["components"]["parameters"][_named(given)]
            schema = one.get("schema", {})
            meaning = _cell(one.get("description", ""))
            yield f"`{one['name']}`", one["in"], self._type(schema), meaning

    def _objects(self, name: str, shown: list[str]) -> Iterator[str]:
        """Yield the fields of an object, and of the objects in it."""
        shown.append(name)
        schema = self._schemas[name]
        if shown[0] != name:
            yield f"**{name}**"
        if said := schema.get("description"):
            yield _lines(said)
        required = schema.get("required", ())
        yield table(
            ("field", "type", "meaning"),
            (
                (
                    f"`{field}`" + (" (required)" if field in required else ""),
                    self._type(node),
                    self._meaning(node),
                )
                for field, node in schema.get("properties", {}).items()
            ),
        )
        for field in schema.get("properties", {}).values():
            for inner in self._inner(field):
                if inner not in shown:
                    yield from self._objects(inner, shown)

    def _inner(self, node: Document) -> Iterator[str]:
        """Yield the names of the objects that a field holds."""
        for one in (node, node.get("items", {}), *node.get("anyOf", ()), *node.get("oneOf", ())):
            if "$ref" in one:
                schema = self._schemas[_named(one)]
                if "properties" in schema:
                    yield _named(one)
                elif one is not node or "anyOf" in schema or "oneOf" in schema or "items" in schema:
                    yield from self._inner(schema)

    def _whole_of(self, node: Document) -> Document:
        """Return a schema with what it refers to; what it says itself comes first."""
        if "$ref" not in node:
            return node
        return {**self._whole_of(self._schemas[_named(node)]), **node}

    def _type(self, node: Document) -> str:
        schema = self._whole_of(node)
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
        kind = schema.get("type", "any value")
        return " or ".join(kind) if isinstance(kind, list) else str(kind)

    def _meaning(self, node: Document) -> str:
        schema = self._whole_of(node)
        parts = [_cell(schema.get("description", ""))]
        limits = [
            said.format(schema[key])
            for key, said in _LIMITS.items()
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
    """Return a description whose lines are sentences as one paragraph of Markdown."""
    return _escaped(" ".join(text.split("\n")).strip())


def _cell(text: str) -> str:
    return _escaped(" ".join(text.split()))


def _escaped(text: Any) -> str:
    return str(text).replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")
