"""List the rules and the advice of the bundle, each in a form that can be checked by itself.

In the description a rule is in the schema that it is about, such as `ImageInput`. Here it is about
a whole request body, and is repeated for every field of the body that has this schema.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any, NamedTuple

from scripts.build.bundle import Document, holders

_NOT_KEYWORDS = ("x-kling-rule", "description")


class Row(NamedTuple):
    """A rule or a piece of advice, as it is written in the description."""

    id: str
    kind: str
    """rule, check (a rule that is code instead of a schema), advice or guard."""
    evidence: str
    """Empty for advice."""
    field: str
    message: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    id: str
    field: str
    kind: str
    """schema, check or advice."""
    message: str
    schema: Document | None
    """What the value must satisfy; None if there is a check."""
    check: str | None
    """The name of a check that is code; None if there is a schema."""
    evidence: str | None
    sources: list[str]

    def for_outer(self, step: str, **keywords: Any) -> "_Rule":
        """Return the rule in a form that checks the object or list that contains the value.

        Args:
            step: the name of the property in the object; "[]" for an entry of a list; "" for an
                alternative, because the value itself is checked.
            keywords: the schema that the object or list must satisfy.
        """
        # The field inside may be empty, or begin with "[]".
        field = f"{step}.{self.field}".strip(".").replace(".[", "[")
        return replace(self, field=field, schema=None if self.check else keywords)


def rule_list(whole: Document) -> Iterator[Document]:
    """Yield every rule and every piece of advice about every request body of the API."""
    for operation, name in _requests(whole):
        for rule in _rules(whole, {"$ref": f"#/components/schemas/{name}"}):
            entry = {"id": rule.id, "operation": operation, "request": name, **asdict(rule)}
            if rule.schema is not None:
                entry["schema"] = {"$schema": whole["jsonSchemaDialect"], **rule.schema}
            if rule.check is not None:
                entry["defaults"] = _defaults(whole, whole["components"]["schemas"][name])
            yield {key: value for key, value in entry.items() if value not in (None, [])}


def rule_rows(whole: Document) -> list[Row]:
    """Return every rule and piece of advice as it is written, and the rule in x-kling-guard."""
    rows = []
    for rule in holders(whole["components"], "x-kling-rule"):
        tag = rule["x-kling-rule"]
        kind = "check" if "check" in tag else "rule"
        rows.append(_row(tag, kind, rule["description"]))
    for holder in holders(whole["components"], "x-kling-advice"):
        entries = holder["x-kling-advice"]
        rows += [_row(advice, "advice", advice["description"]) for advice in entries]
    if guard := whole.get("x-kling-guard"):
        rows.append(_row({"evidence": "guard", **guard}, "guard", guard["description"]))
    return sorted(rows)


def _row(tag: Document, kind: str, message: str) -> Row:
    evidence, sources = tag.get("evidence", ""), tuple(tag.get("sources", ()))
    return Row(tag["id"], kind, evidence, tag.get("field", ""), message, sources)


def operation_ids(whole: Document) -> dict[str, str]:
    """Return the operation that takes each request schema."""
    return {name: operation for operation, name in _requests(whole)}


def _requests(whole: Document) -> Iterator[tuple[str, str]]:
    for methods in whole["paths"].values():
        for operation in methods.values():
            for body in operation.get("requestBody", {}).get("content", {}).values():
                yield operation["operationId"], body["schema"]["$ref"].rpartition("/")[2]


def _rules(whole: Document, node: Document) -> Iterator[_Rule]:
    if "$ref" in node:
        yield from _rules(whole, whole["components"]["schemas"][node["$ref"].rpartition("/")[2]])
    yield from _own_rules(node)
    for name, inner in node.get("properties", {}).items():
        for rule in _rules(whole, inner):
            yield rule.for_outer(name, properties={name: rule.schema})
    if "items" in node:
        for rule in _rules(whole, node["items"]):
            yield rule.for_outer("[]", items=rule.schema)
    for test, inner in _alternatives(whole, node):
        for rule in _rules(whole, inner):
            yield rule.for_outer("", **{"if": test, "then": rule.schema})


def _defaults(whole: Document, node: Document) -> Document:
    """Return Kling's default for each field of an object, at every depth."""
    found = {}
    for name, inner in node["properties"].items():
        schema = _resolved(whole, inner)
        if "x-kling-default" in schema:
            found[name] = schema["x-kling-default"]
        elif "properties" in schema and (inner_defaults := _defaults(whole, schema)):
            found[name] = inner_defaults
    return found


def _resolved(whole: Document, node: Document) -> Document:
    while "$ref" in node:
        target = whole["components"]["schemas"][node["$ref"].rpartition("/")[2]]
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    return node


def _own_rules(node: Document) -> Iterator[_Rule]:
    for entry in node.get("allOf", ()):
        if tag := entry.get("x-kling-rule"):
            schema = {key: value for key, value in entry.items() if key not in _NOT_KEYWORDS}
            check = tag.get("check")
            kind = "check" if check else "schema"
            message, condition = entry["description"], None if check else schema
            basis = _evidence_and_sources(tag)
            yield _Rule(tag["id"], tag["field"], kind, message, condition, check, *basis)
    for advice in node.get("x-kling-advice", ()):
        message, schema, check = advice["description"], advice.get("schema"), advice.get("check")
        basis = _evidence_and_sources(advice)
        yield _Rule(advice["id"], advice["field"], "advice", message, schema, check, *basis)


def _evidence_and_sources(tag: Document) -> tuple[str | None, list[str]]:
    return tag.get("evidence"), list(tag.get("sources", ()))


def _alternatives(whole: Document, node: Document) -> Iterator[tuple[Document, Document]]:
    """Yield a test that recognizes each alternative of a value, and the alternative's schema."""
    if "discriminator" in node:
        name = node["discriminator"]["propertyName"]
        for value, reference in node["discriminator"]["mapping"].items():
            test = {"properties": {name: {"const": value}}, "required": [name]}
            yield test, {"$ref": reference}
    else:
        for inner in (*node.get("anyOf", ()), *node.get("oneOf", ())):
            target: Any = inner
            if "$ref" in inner:
                target = whole["components"]["schemas"][inner["$ref"].rpartition("/")[2]]
            if "type" in target:
                yield {"type": target["type"]}, inner
