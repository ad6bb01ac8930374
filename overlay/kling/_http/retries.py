"""Sending a query again, and how long to wait before it."""

import logging
import random
from collections.abc import Iterator
from itertools import islice

import httpx

from kling._http.call_options import Options
from kling._http.logs import log_error
from kling._http.steps import OPTIONS, Pause, Steps, send
from kling._http.verdicts import verdict_on
from kling._requests import Call
from kling.errors import APIError, APIStatusError, KlingError

# Seconds before a query goes again; of five times, the most by default, a quarter of a minute.
_FIRST, _LONGEST = 0.5, 8.0
_JITTER = 0.2
# Seconds that a query waits if the server wants it to.
_LONGEST_ASKED = 60.0


def growing(first: float, longest: float, growth: float) -> Iterator[float]:
    """Yield pauses in seconds, without end; two who begin together soon differ."""
    while True:
        yield jittered(first)
        first = min(first * growth, max(longest, first))


def jittered(seconds: float) -> float:
    """Return about as many seconds."""
    return seconds * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311 (no secret)


def heeding(pause: float, error: APIError, *, most: float = _LONGEST_ASKED) -> float:
    """Return the seconds before another attempt: a pause, or what the server wants if that is more.

    Args:
        pause: seconds, if the server says nothing.
        error: why there is to be another attempt.
        most: seconds that there are.

    Raises:
        APIError: the error, for the server wants more time than there is; its text says so then.
    """
    after = wanted_pause(error)
    if after > most:
        say_too_long(error, after, most)
        raise error
    return max(pause, after)


def wanted_pause(error: APIError | None) -> float:
    """Return the seconds that a server wants to pass before the next attempt; 0 if it says none."""
    return (error.retry_after or 0.0) if isinstance(error, APIStatusError) else 0.0


def say_too_long(error: KlingError, after: float, most: float) -> None:
    """Let an error say that the server wants more time than there is."""
    wants = f"the server wants to be asked again in {after:g} s (Retry-After)"
    error.args = (f"{error}; {wants}, and there are {most:.3g} s",)


def read(call: Call) -> Steps[httpx.Response]:
    """Send a query; again after what may pass, for queries cost nothing.

    Raises:
        APIError: it does not pass, or has not passed.
    """
    options: Options = yield OPTIONS
    for pause in islice(growing(_FIRST, _LONGEST, growth=2.0), options.max_retries):
        try:
            return (yield from send(call))
        except APIError as error:
            if verdict_on(error).again != "later":
                raise
            wait, path = heeding(pause, error), call.operation.path
            log_error(logging.INFO, "%s: asked again in %.1f s", path, wait, error=error)
        yield Pause(wait)
    return (yield from send(call))
