"""What to do next, decided without doing it.

Whatever takes more than one request is written once, as a generator of steps. `carry_out` of either
client does them, with or without await, and sends back what came of each, or throws it in.
"""

import math
from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager
from enum import Enum
from functools import partial
from typing import Any, Literal, NamedTuple, TypeVar

import httpx

from kling._http.bounds import SECONDS, UNTIL
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


class Ask(Enum):
    """Ask the client for something that it knows."""

    OPTIONS = "options"
    """The `Options` that these steps are carried out with."""


OPTIONS: Literal[Ask.OPTIONS] = Ask.OPTIONS
Step = Call | Pause | Fetch | Ask
Steps = Generator[Step, Any, T]
"""Steps that end with a value."""


def send(call: Call) -> Steps[httpx.Response]:
    """Send a request, once."""
    response: httpx.Response = yield call
    return response


def cut_off(call: Call, *, until: float = math.inf, seconds: float = math.inf) -> Call:
    """Return a call that gets no reply after a moment of the client's clock, or so many seconds."""
    extensions = {UNTIL: until, SECONDS: seconds, **call.arguments.get("extensions", {})}
    return call._replace(arguments={**call.arguments, "extensions": extensions})


def within(steps: Steps[T], until: float) -> Steps[T]:
    """Do steps, whose requests are all cut off at a moment of the client's clock."""
    go_on: Callable[[], Step] = partial(next, steps)
    while True:
        try:
            step = go_on()
        except StopIteration as end:
            value: T = end.value
            return value
        try:
            reply = yield cut_off(step, until=until) if isinstance(step, Call) else step
        except BaseException as error:
            go_on = partial(steps.throw, error)
        else:
            go_on = partial(steps.send, reply)
