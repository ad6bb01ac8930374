"""What to do next, decided without doing it.

Whatever takes more than one request is written once, as a generator of steps. `carry_out` of either
client does them, with or without await, and sends back what came of each, or throws it in.
"""

from collections.abc import Generator
from typing import Any, NamedTuple, TypeVar

import httpx

from kling._calls import Call

T = TypeVar("T")


class Pause(NamedTuple):
    """Let time pass."""

    seconds: float


Steps = Generator[Call | Pause, Any, T]
"""Steps that end with a value."""


def send(call: Call) -> Steps[httpx.Response]:
    """Send a request, once."""
    response: httpx.Response = yield call
    return response
