"""Schemathesis against the mock in process: whatever the description allows or forbids.

What it forbids goes to an exact mock: by default the mock takes what Kling reads as another value,
and `test_conversions.py` tests that. Drawing a body takes much longer than all that is done with
it, so the same bodies are given to both validators and to the model as well.
"""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import drawn_bodies
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from kling.check import fuzz_hooks
from kling.mock import KlingMock
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.generation.feedback import FeedbackSources

# Private, because the public way draws the first examples of all operations when pytest collects.
# The version of schemathesis is fixed.
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.python._constants.orchestrator import make_constants_value_source
from schemathesis.specs.openapi.checks import ignored_auth
from straight_calls import StraightClient

# The day before the first retirement: every model of the description is alive.
AS_OF = date(2026, 9, 14)
EXAMPLES = 13  # of what is allowed, and as many of what is not
STEPS = 10  # one after another in each of these examples of what a caller does


def schema_of(modes: list[GenerationMode], **options: bool) -> Any:
    config = SchemathesisConfig.from_path(Path(fuzz_hooks.__file__).with_name("schemathesis.toml"))
    project = config.projects.default
    project.generation.modes = modes
    # What covers each keyword of a schema takes longest to make, so both kinds are made at once.
    project.phases.coverage.enabled = GenerationMode.NEGATIVE in modes
    project.phases.coverage.generation.update(modes=list(GenerationMode))
    mock = KlingMock(as_of=AS_OF, now=0, **options)
    return schemathesis.openapi.from_asgi("/_mock/openapi.json", mock.app, config=config)


def operations(schema: Any) -> list[Any]:
    return [
        pytest.param(schema, one.ok(), id=one.ok().definition.raw["operationId"])
        for one in schema.get_all_operations()
    ]


@cache
def feedback() -> FeedbackSources:
    return FeedbackSources(constants_value_source=make_constants_value_source(ALLOWED))


ALLOWED = schema_of([GenerationMode.POSITIVE])
FORBIDDEN = schema_of([GenerationMode.NEGATIVE], exact=True)


@pytest.mark.parametrize(("schema", "operation"), operations(ALLOWED))
def test_the_mock_takes_what_the_description_allows(schema: Any, operation: Any) -> None:
    fuzz(schema, operation)


@pytest.mark.parametrize(("schema", "operation"), operations(FORBIDDEN))
def test_an_exact_mock_refuses_what_the_description_forbids(schema: Any, operation: Any) -> None:
    fuzz(schema, operation)


def fuzz(schema: Any, operation: Any) -> None:
    bodies = drawn_bodies.Judge(operation.definition.raw["operationId"])
    session = StraightClient(schema.app)
    done: list[Any] = []

    # Most of what is drawn breaks one of the rules of requests that have many.
    @settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.filter_too_much])
    def answers(case: schemathesis.Case) -> None:
        bodies.judge(case)
        case.call_and_validate(session=session, excluded_checks=list(done))
        # Whether credentials are looked at does not depend on what is sent: once is enough.
        done[:] = [ignored_auth]

    build_operation_test(
        config=schema.config,
        operation=operation,
        test_func=answers,
        given_kwargs={},
        feedback=feedback(),
    )()
    assert bodies.number >= EXAMPLES // 2 or not bodies.request


both = schema_of(list(GenerationMode), exact=True)
TestTheMockRemembersWhatWasCreated = both.as_state_machine().TestCase
TestTheMockRemembersWhatWasCreated.settings = settings(
    max_examples=2 * EXAMPLES,
    stateful_step_count=STEPS,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
