"""Deciding what to do next, without doing it.

Everything that takes more than one request is written once, as a generator of steps. Both clients
have a method `carry_out`, which does each step, with or without await, and sends the result back
into the generator, or throws the error into it.
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
    """Wait for some time."""

    seconds: float


class Fetch(NamedTuple):
    """Stream the body of a reply, without credentials and without following redirects."""

    url: str
    headers: Mapping[str, str]
    open_body: Callable[[httpx.Response], AbstractContextManager[Callable[[bytes], None]] | None]
    """Gets the reply before its body is read, and returns a writer for the body, or None to skip
    the body."""
    on_chunk: Callable[[], None]
    """Called after each chunk is written."""


class Ask(Enum):
    """Ask the client that carries out the steps for something that it knows."""

    OPTIONS = "options"
    """The `Options` that the steps are carried out with."""


OPTIONS: Literal[Ask.OPTIONS] = Ask.OPTIONS
Step = Call | Pause | Fetch | Ask
Steps = Generator[Step, Any, T]
"""Steps that return a value of the type T."""


def send(call: Call) -> Steps[httpx.Response]:
    """Send a request, once."""
    response: httpx.Response = yield call
    return response


def with_deadline(call: Call, *, until: float = math.inf, seconds: float = math.inf) -> Call:
    """Return the same call with a deadline, after which it fails.

    Args:
        call: the call.
        until: the deadline by the monotonic clock of the client.
        seconds: time limit, counted from the moment when the request is sent. The earlier of the
            two counts.
    """
    extensions = {UNTIL: until, SECONDS: seconds, **call.arguments.get("extensions", {})}
    return call._replace(arguments={**call.arguments, "extensions": extensions})


def steps_with_deadline(steps: Steps[T], until: float) -> Steps[T]:
    """Do the same steps, and give each request a deadline by the monotonic clock of the client."""
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
