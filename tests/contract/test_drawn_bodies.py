"""Bodies that are drawn from the schema of each request, and what must be true of all of them.

Each is given to the rules as run here and to the independent `jsonschema` package, which must
agree. What the schema allows goes through its model as well, and must come out as it was. Drawing a
body takes much longer than all of that.
"""

import copy
import json
from typing import Any

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from kling.description import Operation, Rules, load
from kling_api import models
from schemathesis import GenerationMode

EXAMPLES = 13  # of what is allowed, and as many of what is not
SPEC = load()
SCHEMA = schemathesis.openapi.from_dict(dict(SPEC.document))
REQUESTS = [operation for operation in SPEC.operations.values() if operation.request]
CHECKS = {
    rule["x-kling-rule"]["id"]
    for schema in SPEC.schemas.values()
    for rule in schema.get("allOf", ())
    if "check" in rule["x-kling-rule"]
}


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("operation", REQUESTS, ids=lambda operation: operation.id)
def test_both_validators_agree_and_what_is_allowed_survives_its_model(
    operation: Operation, mode: GenerationMode
) -> None:
    root = {"$ref": f"#/components/schemas/{operation.request}"}
    rules = Rules(SPEC, root)
    other = jsonschema.Draft202012Validator({**root, "components": {"schemas": SPEC.schemas}})
    model: Any = getattr(models, str(operation.request))
    seen = []

    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        # Shrinking takes minutes, and the generated bodies are small enough to read.
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(SCHEMA[operation.path][operation.method].as_strategy(generation_mode=mode))
    def hold(case: schemathesis.Case) -> None:
        body: Any = case.body
        seen.append(body)
        broken = {problem.rule for problem in rules.problems(body)} - CHECKS
        assert bool(broken) != other.is_valid(body), f"the other validator disagrees: {broken}"
        if mode is GenerationMode.POSITIVE:
            survives(model, body)

    hold()
    assert len(seen) >= EXAMPLES // 2


def survives(model: Any, body: Any) -> None:
    """Assert that a body comes out of its model as it was, however often."""
    given_body = copy.deepcopy(body)

    first = model.from_dict(body)
    once = first.to_dict()
    second = model.from_dict(once)

    assert body == given_body, "from_dict has changed what it was given"
    assert once == body
    assert second == first
    assert second.to_dict() == once
    # Equal is not enough: True equals 1, and 5.0 equals 5.
    assert json.dumps(once, sort_keys=True) == json.dumps(body, sort_keys=True)
