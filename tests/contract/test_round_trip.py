"""An example that goes through its model comes out as it was, and so do its copies."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from every_slip import fail_with
from generated_calls import bodies
from kling.description import Operation, load
from kling_api import models

SPEC = load()
CREATES = [one for one in SPEC.operations.values() if one.verb == "create" and one.request]


COPIES: dict[str, Callable[[Any], Any]] = {
    "the request itself": lambda request: request,
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": lambda request: pickle.loads(pickle.dumps(request)),
}


@pytest.mark.parametrize("operation", CREATES, ids=lambda operation: operation.id)
def test_a_copy_of_a_request_is_the_same_request(operation: Operation) -> None:
    model: Any = getattr(models, str(operation.request))
    examples = list(bodies(operation))
    assert examples
    fail_with(
        f"{name}: {what} differs"
        for name, body in examples
        for what, copied in COPIES.items()
        if copied(model.from_dict(body)) != model.from_dict(body)
        or copied(model.from_dict(body)).to_dict() != body
    )
