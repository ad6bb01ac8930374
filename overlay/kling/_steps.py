"""What to do next, decided without doing it.

Whatever takes more than one request is written once, as a generator of steps. `carry_out` of either
client does them, with or without await, and sends back what came of each, or throws it in.
"""

from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import httpx

from kling._calls import Call

T = TypeVar("T")


class Pause(NamedTuple):
    """Let time pass."""

    seconds: float


class Fetch(NamedTuple):
    """Stream a reply into a file, without credentials and without following redirects."""

    url: str
    headers: Mapping[str, str]
    part: Path
    place: Callable[[httpx.Response], int | None]
    """Says from the status and the headers where in the file the body begins; None to leave it."""
    grown: Callable[[int], None]
    """Is told how many bytes the file has, again and again."""


Step = Call | Pause | Fetch
Steps = Generator[Step, Any, T]
"""Steps that end with a value."""


def send(call: Call) -> Steps[httpx.Response]:
    """Send a request, once."""
    response: httpx.Response = yield call
    return response
