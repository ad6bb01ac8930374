"""The rules as run here against the independent `jsonschema` package, on generated bodies."""

from typing import Any

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from kling.description import Operation, Rules, load
from schemathesis import GenerationMode

EXAMPLES = 25
SPEC = load()
CREATES = [operation for operation in SPEC.operations.values() if operation.request]
CHECKS = {
    rule["x-kling-rule"]["id"]
    for schema in SPEC.schemas.values()
    for rule in schema.get("allOf", ())
    if "check" in rule["x-kling-rule"]
}


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("operation", CREATES, ids=lambda operation: operation.id)
def test_both_validators_agree(operation: Operation, mode: GenerationMode) -> None:
    root = {"$ref": f"#/components/schemas/{operation.request}"}
    rules = Rules(SPEC, root)
    other = jsonschema.Draft202012Validator({**root, "components": {"schemas": SPEC.schemas}})
    schema = schemathesis.openapi.from_dict(dict(SPEC.document))
    seen = []

    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        # Shrinking takes minutes, and the generated bodies are small enough to read.
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(schema[operation.path][operation.method].as_strategy(generation_mode=mode))
    def agree(case: schemathesis.Case) -> None:
        broken = {problem.rule for problem in rules.problems(case.body)} - CHECKS
        seen.append(case.body)
        assert (not broken) == valid(other, case.body)

    agree()
    assert len(seen) >= EXAMPLES // 2


def valid(validator: jsonschema.Draft202012Validator, body: Any) -> bool:
    result: bool = validator.is_valid(body)
    return result
