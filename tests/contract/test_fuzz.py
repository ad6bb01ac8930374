"""Schemathesis against the mock in process: whatever the description allows or forbids."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import fuzz_hooks  # noqa: F401 (schemathesis finds its hooks)
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from kling.mock import KlingMock
from schemathesis.config import SchemathesisConfig
from schemathesis.generation.feedback import FeedbackSources

# Private, because the public way draws the first examples of all operations when pytest collects.
# The version of schemathesis is fixed.
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.python._constants.orchestrator import make_constants_value_source

# The day before the first retirement: every model of the description is alive.
AS_OF = date(2026, 9, 14)
EXAMPLES = 25
STEPS = 10  # one after another in each of these examples of what a caller does

mock = KlingMock(as_of=AS_OF, now=0)
schema = schemathesis.openapi.from_asgi(
    "/_mock/openapi.json",
    mock.app,
    config=SchemathesisConfig.from_path(Path(__file__).with_name("schemathesis.toml")),
)
OPERATIONS = {
    one.ok().definition.raw["operationId"]: one.ok() for one in schema.get_all_operations()
}


@cache
def feedback() -> FeedbackSources:
    return FeedbackSources(constants_value_source=make_constants_value_source(schema))


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_the_mock_answers_as_the_description_says(operation: Any) -> None:
    @settings(max_examples=EXAMPLES)
    def answers(case: schemathesis.Case) -> None:
        case.call_and_validate()

    build_operation_test(
        config=schema.config,
        operation=operation,
        test_func=answers,
        given_kwargs={},
        feedback=feedback(),
    )()


TestTheMockRemembersWhatWasCreated = schema.as_state_machine().TestCase
TestTheMockRemembersWhatWasCreated.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
