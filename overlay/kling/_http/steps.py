"""Steps: a step is one thing that a client has to do.

Code that needs more than one request is written once for sync and async, as a generator of steps.
The generator only decides what to do. The method `carry_out` of a client does each step, with or
without await. Then it sends the result of the step, or throws its error, into the generator.
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
    """A step: wait for some time."""

    seconds: float


class Fetch(NamedTuple):
    """A step: request a URL without credentials and redirects, and stream the body of the reply."""

    url: str
    headers: Mapping[str, str]
    open_body: Callable[[httpx.Response], AbstractContextManager[Callable[[bytes], None]] | None]
    """This function gets the reply before its body is read. It returns a writer for the body, or
    None to skip the body."""
    on_chunk: Callable[[], None]
    """Called after each chunk is written."""


class Ask(Enum):
    """A step: ask the client for something. The answer is the result of the step."""

    OPTIONS = "options"
    """The `Options` with which the client sends the requests."""


OPTIONS: Literal[Ask.OPTIONS] = Ask.OPTIONS
Step = Call | Pause | Fetch | Ask
Steps = Generator[Step, Any, T]
"""Steps that return a value of the type T."""


def send(call: Call) -> Steps[httpx.Response]:
    """Send a request, once."""
    response: httpx.Response = yield call
    return response


def with_deadline(call: Call, *, until: float = math.inf, seconds: float = math.inf) -> Call:
    """Return a copy of a request with a deadline, after which the request fails.

    If the request already has a deadline, that deadline stays.

    Args:
        call: the request.
        until: the deadline, as a time of the client's monotonic clock.
        seconds: time limit, counted from the moment when the request is sent. The earlier of the
            two deadlines applies.
    """
    extensions = {UNTIL: until, SECONDS: seconds, **call.arguments.get("extensions", {})}
    return call._replace(arguments={**call.arguments, "extensions": extensions})


def steps_with_deadline(steps: Steps[T], until: float) -> Steps[T]:
    """Do the same steps, and give each request the deadline `until`, as `with_deadline` does."""
    resume: Callable[[], Step] = partial(next, steps)
    while True:
        try:
            step = resume()
        except StopIteration as end:
            value: T = end.value
            return value
        try:
            reply = yield with_deadline(step, until=until) if isinstance(step, Call) else step
        except BaseException as error:
            resume = partial(steps.throw, error)
        else:
            resume = partial(steps.send, reply)
