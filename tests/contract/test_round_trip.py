"""An example that goes through its model comes out as it was, and so do its copies."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from generated_calls import bodies
from kling.description import Operation, load
from kling_api import models

SPEC = load()
CREATES = [one for one in SPEC.operations.values() if one.verb == "create" and one.request]


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
