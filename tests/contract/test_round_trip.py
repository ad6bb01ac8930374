"""A request that goes through its model comes out as it was, however often."""

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from generated_calls import bodies
from hypothesis import HealthCheck, Phase, given, settings
from kling.description import Operation, load
from kling_api import models
from schemathesis import GenerationMode

EXAMPLES = 25
SPEC = load()
CREATES = [one for one in SPEC.operations.values() if one.verb == "create" and one.request]
SCHEMA = schemathesis.openapi.from_dict(dict(SPEC.document))


@pytest.mark.parametrize("operation", CREATES, ids=lambda operation: operation.id)
def test_a_request_survives_its_model(operation: Operation) -> None:
    model: Any = getattr(models, str(operation.request))
    strategy = SCHEMA[operation.path][operation.method].as_strategy(
        generation_mode=GenerationMode.POSITIVE
    )
    seen = []

    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        # Shrinking takes minutes, and the generated bodies are small enough to read.
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def survives(case: schemathesis.Case) -> None:
        body: Any = case.body
        seen.append(body)
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

    survives()
    assert len(seen) >= EXAMPLES // 2


def examples() -> list[Any]:
    return [
        pytest.param(operation, body, id=f"{operation.id}-{name}")
        for operation in CREATES
        for name, body in bodies(operation)
    ]


@pytest.mark.parametrize(("operation", "body"), examples())
def test_an_example_of_the_description_survives_its_model(operation: Operation, body: Any) -> None:
    model: Any = getattr(models, str(operation.request))

    assert model.from_dict(body).to_dict() == body


@pytest.mark.parametrize(
    "copied",
    [copy.copy, copy.deepcopy, lambda request: pickle.loads(pickle.dumps(request))],
    ids=["copy", "deepcopy", "pickle"],
)
@pytest.mark.parametrize(("operation", "body"), examples())
def test_a_copy_of_a_request_is_the_same_request(
    operation: Operation, body: Any, copied: Callable[[Any], Any]
) -> None:
    request: Any = getattr(models, str(operation.request)).from_dict(body)

    assert copied(request) == request
    assert copied(request).to_dict() == body
