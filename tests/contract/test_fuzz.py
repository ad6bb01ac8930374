"""Schemathesis against the mock in process: whatever the description allows or forbids."""

from datetime import date
from pathlib import Path

import fuzz_hooks  # noqa: F401 (schemathesis finds its hooks)
import schemathesis
from hypothesis import HealthCheck, settings
from kling.mock import KlingMock
from schemathesis.config import SchemathesisConfig

# The day before the first retirement: every model of the description is alive.
AS_OF = date(2026, 9, 14)
EXAMPLES = 25

mock = KlingMock(as_of=AS_OF, now=0)
schema = schemathesis.openapi.from_asgi(
    "/_mock/openapi.json",
    mock.app,
    config=SchemathesisConfig.from_path(Path(__file__).with_name("schemathesis.toml")),
)


@schema.parametrize()
@settings(max_examples=EXAMPLES)
def test_the_mock_answers_as_the_description_says(case: schemathesis.Case) -> None:
    case.call_and_validate()


TestTheMockRemembersWhatWasCreated = schema.as_state_machine().TestCase
TestTheMockRemembersWhatWasCreated.settings = settings(
    max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
