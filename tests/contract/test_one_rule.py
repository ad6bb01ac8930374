"""For each rule requests that break it and nothing else: client and mock must both say just that.

Plain fuzzing seldom meets a rule, so the description is changed instead: with one rule turned into
its opposite, everything that it allows breaks that rule.
"""

import copy
import json
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import httpx
import pytest
import schemathesis
from every_slip import differing, fail_with
from hypothesis import HealthCheck, Phase, given, settings
from kling import InvalidRequestError, Kling, models, validate
from kling.check.fuzz_hooks import correct
from kling.description import Operation, load
from kling.mock import KlingMock
from schemathesis import GenerationMode

from scripts.build import bundle
from scripts.build.rule_fixtures import cases

EXAMPLES = 20
SPEC = load()
SOURCE = json.dumps(SPEC.document)  # read again, it is copied sooner than by copy.deepcopy
mock = KlingMock(as_of=date(2026, 9, 14), now=0)


class Broken(NamedTuple):
    """A rule, the create that it is broken in, and the way from the body to the rule."""

    rule: str
    operation: str
    path: tuple[str, ...]


def rules_below(node: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple]]:
    node = SPEC.resolve(node)
    for rule in node.get("allOf", ()):
        if "check" not in rule["x-kling-rule"]:
            yield rule["x-kling-rule"]["id"], path
    for name, inner in node.get("properties", {}).items():
        yield from rules_below(inner, (*path, name))
    for inner in [node["items"]] if "items" in node else node.get("anyOf", ()):
        yield from rules_below(inner, path)


# Image to video takes type simple only, so a preset always breaks camera-control-models too.
CANNOT_BREAK_ALONE = {("camera-control.no-config-for-preset", "createImageToVideoTask")}


def every_broken_rule() -> Iterator[Broken]:
    """Yield each rule once for each create, by the first way that leads to it."""
    for operation in SPEC.operations.values():
        if operation.request:
            seen = set()
            for rule, path in rules_below(SPEC.schemas[operation.request]):
                if rule not in seen and (rule, operation.id) not in CANNOT_BREAK_ALONE:
                    seen.add(rule)
                    yield Broken(rule, operation.id, path)


def opposite(broken: Broken) -> dict[str, Any]:
    """Return the description in which the rule is its opposite, and what it looks at is there.

    Of the paths only the one of the operation is left, for schemathesis takes long to read them.
    """
    path = SPEC.operations[broken.operation].path
    document: dict[str, Any] = json.loads(SOURCE)
    document["paths"] = {path: document["paths"][path]}
    for schema in document["components"]["schemas"].values():
        for index, rule in enumerate(schema.get("allOf", ())):
            if rule["x-kling-rule"]["id"] == broken.rule:
                keywords = ("x-kling-rule", "description")
                schema["allOf"][index] = {
                    **{key: rule[key] for key in keywords},
                    "not": {key: value for key, value in rule.items() if key not in keywords},
                }
    schemas = document["components"]["schemas"]
    holder = schemas[SPEC.operations[broken.operation].request]
    for name in broken.path:
        holder["required"] = sorted({*holder.get("required", ()), name})
        if variants := holder["properties"][name].get("anyOf"):
            # Not null: a rule says nothing of what is not there.
            holder["properties"][name] = variants[0]
        node = holder["properties"][name]
        if "items" in node:
            # Not empty, for the same reason.
            node["minItems"] = max(1, node.get("minItems", 0))
            node = node["items"]
        holder = schemas[node["$ref"].rpartition("/")[2]]
    return document


ALL = list(every_broken_rule())
# How often a list contains something has no opposite that could be generated in good time.
COUNTED = {
    holder["x-kling-rule"]["id"]
    for holder in bundle.holders(SPEC.document, "x-kling-rule")
    if any(bundle.holders(holder, "contains"))
}


@pytest.mark.parametrize(
    "broken",
    [one for one in ALL if one.rule not in COUNTED],
    ids=lambda broken: f"{broken.rule}-{broken.operation}",
)
def test_a_request_that_breaks_one_rule_is_refused_for_that_rule_alone(broken: Broken) -> None:
    operation = SPEC.operations[broken.operation]
    schema = schemathesis.openapi.from_dict(opposite(broken))
    strategy = schema[operation.path][operation.method].as_strategy(
        generation_mode=GenerationMode.POSITIVE
    )

    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        # Shrinking takes minutes, and the generated bodies are small enough to read.
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def refused(case: schemathesis.Case) -> None:
        assert told(operation, case.body) == [{broken.rule}, {broken.rule}]

    refused()


def test_a_written_request_that_breaks_one_rule_is_refused_for_that_rule_alone() -> None:
    alone = [(name, case, rule) for name, case in cases() for rule in case.rules & COUNTED]
    alone = [(name, case, rule) for name, case, rule in alone if case.rules == {rule}]
    assert {rule for _, _, rule in alone} == COUNTED
    by_request = {one.request: one for one in SPEC.operations.values()}
    fail_with(
        slip
        for name, case, rule in alone
        for who, found in zip(
            ("the mock", "the client"),
            told(by_request[case.schema], copy.deepcopy(case.body)),
            strict=True,
        )
        for slip in differing(name, {f"rules of {who}": ({rule}, found)})
    )


def told(operation: Operation, body: dict[str, Any]) -> list[set[str]]:
    """Return which rules mock and client say that a body breaks."""
    correct(body, operation.path)
    request = getattr(models, str(operation.request)).from_dict(body)
    return [told_by_mock(operation.path, body), told_by_client(request)]


def told_by_mock(path: str, body: dict[str, Any]) -> set[str]:
    with httpx.Client(transport=mock.transport, base_url="https://kling-mock.invalid") as client:
        reply = client.post(
            path, json=body, headers={"Authorization": f"Bearer {mock.keys.api_key}"}
        )
    assert (reply.status_code, reply.json()["code"]) == (400, 1201), json.dumps(body)
    return set(reply.headers["x-kling-mock-rules"].split(", "))


def told_by_client(request: Any) -> set[str]:
    if SPEC.create_of(type(request).__name__) is None:
        return {problem.rule for problem in validate(request)}
    with pytest.raises(InvalidRequestError) as caught:
        Kling(api_key="unused", transport=mock.transport).create(request)
    return {problem.rule for problem in caught.value.problems}
