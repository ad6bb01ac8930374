"""Prove with a solver that every request can be made, and that no rule is dead weight.

The solver is the canonical form of jsonschema-rs, from which schemathesis generates requests too.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
from kling.description import load

from scripts.build import bundle

SPEC = load()
REQUESTS = sorted({one.request for one in SPEC.operations.values() if one.request})
RULES = sorted(
    tag["id"]
    for holder in bundle.holders(SPEC.document, "x-kling-rule")
    if "check" not in (tag := holder["x-kling-rule"])
)

Schema = dict[str, Any]


@cache
def request_schema(name: str) -> Schema:
    return replaced({"$ref": f"#/components/schemas/{name}"}, lambda node: node)


@cache
def rules_in(request: str) -> set[str]:
    schema = request_schema(request)
    return {one["x-kling-rule"]["id"] for one in bundle.holders(schema, "x-kling-rule")}


def replaced(node: Any, change: Callable[[Schema], Schema]) -> Any:
    """Return a node with references written out, and with each mapping changed."""
    if isinstance(node, list):
        return [replaced(inner, change) for inner in node]
    if not isinstance(node, dict):
        return node
    whole = SPEC.resolve(node)
    return change({key: replaced(inner, change) for key, inner in whole.items()})


def broken(request: str, rule: str) -> Schema:
    """Return the schema of the requests that break this rule and no other."""

    def negate(node: Schema) -> Schema:
        return {"not": node} if node.get("x-kling-rule", {}).get("id") == rule else node

    return replaced(request_schema(request), negate)


def narrowed(schema: Schema) -> Iterator[Schema]:
    """Yield a schema, then what is left of it without one field each.

    The canonical form gives up on some schemas that are too large for it. What a part of one
    takes, the whole takes too: a field that is not listed cannot be sent.
    """
    yield schema
    for name in schema["properties"]:
        rest = {key: value for key, value in schema["properties"].items() if key != name}
        yield {**schema, "properties": rest}


def can_be_satisfied(schema: Schema) -> bool:
    verdict = jsonschema_rs.canonicalize(schema).satisfiability()
    # The solver cannot tell where `contains` stands; there the fixtures of `rules/` are the proof.
    unknown = verdict == jsonschema_rs.canonical.Satisfiability.UNKNOWN
    countable = unknown and any(bundle.holders(schema, "contains"))
    return countable or verdict == jsonschema_rs.canonical.Satisfiability.YES


@pytest.mark.parametrize("request_name", REQUESTS)
def test_a_request_can_be_made_and_generated(request_name: str) -> None:
    schema = request_schema(request_name)
    assert jsonschema_rs.canonicalize(schema).kind != jsonschema_rs.canonical.CanonicalKind.RAW
    assert can_be_satisfied(schema)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_can_be_broken_while_all_others_hold(rule: str) -> None:
    meant = [broken(name, rule) for name in REQUESTS if rule in rules_in(name)]
    assert any(can_be_satisfied(part) for schema in meant for part in narrowed(schema))
