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
from kling.errors import APIError

# Seconds before a query goes again; of five times, the most by default, a quarter of a minute.
_FIRST, _LONGEST = 0.5, 8.0
_JITTER = 0.2


def growing(first: float, longest: float, growth: float) -> Iterator[float]:
    """Yield pauses in seconds, without end; two who begin together soon differ."""
    while True:
        yield jittered(first)
        first = min(first * growth, max(longest, first))


def jittered(seconds: float) -> float:
    """Return about as many seconds."""
    return seconds * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311 (no secret)


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
            path = call.operation.path
            log_error(logging.INFO, "%s: asked again in %.1f s", path, pause, error=error)
        yield Pause(pause)
    return (yield from send(call))
