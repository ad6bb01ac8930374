"""What must be true of every body that is drawn from the schema of a request.

The rules as run here and the independent `jsonschema` package must agree on it. What the schema
allows goes through its model as well, and must come out as it was.
"""

import copy
import json
from typing import Any

import jsonschema
import schemathesis
from kling.description import Rules, load
from kling_api import models

SPEC = load()
CHECKS = {
    rule["x-kling-rule"]["id"]
    for schema in SPEC.schemas.values()
    for rule in schema.get("allOf", ())
    if "check" in rule["x-kling-rule"]
}


class Judge:
    """Judges the bodies of one operation, and counts them."""

    def __init__(self, operation: str) -> None:
        self.request = SPEC.operations[operation].request
        self.number = 0
        if self.request:
            root = {"$ref": f"#/components/schemas/{self.request}"}
            self._rules = Rules(SPEC, root)
            self._other = jsonschema.Draft202012Validator(
                {**root, "components": {"schemas": SPEC.schemas}}
            )

    def judge(self, case: schemathesis.Case) -> None:
        """Assert of the body of a case what must be true of it."""
        body: Any = case.body
        # Neither no body at all nor bytes that are no JSON are for a schema to judge.
        if not self.request or case.media_type != "application/json" or isinstance(body, bytes):
            return
        self.number += 1
        broken = {problem.rule for problem in self._rules.problems(body)} - CHECKS
        allowed = self._other.is_valid(body)
        assert bool(broken) != allowed, f"the other validator disagrees: {broken}"
        if allowed:
            survives(getattr(models, self.request), body)


def survives(model: Any, body: Any) -> None:
    """Assert that a body comes out of its model as it was, however often."""
    given = copy.deepcopy(body)

    first = model.from_dict(body)
    once = first.to_dict()
    second = model.from_dict(once)

    assert body == given, "from_dict has changed what it was given"
    assert once == body
    assert second == first
    assert second.to_dict() == once
    # Equal is not enough: True equals 1, and 5.0 equals 5.
    assert json.dumps(once, sort_keys=True) == json.dumps(body, sort_keys=True)
