"""What to do next, decided without doing it.

Whatever takes more than one request is written once, as a generator of steps. `carry_out` of either
client does them, with or without await, and sends back what came of each, or throws it in.
"""

from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, TypeVar

import httpx

from kling._requests import Call

T = TypeVar("T")


class Pause(NamedTuple):
    """Let time pass."""

    seconds: float


class Fetch(NamedTuple):
    """Stream the body of a reply, without credentials and without following redirects."""

    url: str
    headers: Mapping[str, str]
    opened: Callable[[httpx.Response], AbstractContextManager[Callable[[bytes], None]] | None]
    """Says from the status and the headers what takes the body; None to leave it."""
    grown: Callable[[], None]
    """Is called whenever some of it was taken."""


Step = Call | Pause | Fetch
Steps = Generator[Step, Any, T]
"""Steps that end with a value."""


def send(call: Call) -> Steps[httpx.Response]:
    """Send a request, once."""
    response: httpx.Response = yield call
    return response
