"""Sending a query again, and how long to wait before that."""

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

# Seconds before the first retry of a query, and the longest pause before any retry. The default of
# five retries takes about 15 seconds in all.
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 8.0
_JITTER = 0.2
# The longest Retry-After, in seconds, that a query waits for.
_MAX_RETRY_AFTER = 60.0


def backoff(first: float, longest: float, growth: float) -> Iterator[float]:
    """Yield pauses in seconds, without end.

    Each pause is `growth` times as long as the one before, but not longer than `longest` (or
    `first`, if that is longer). Then each is changed a little at random, so that clients that begin
    at the same time do not all send again at the same time.
    """
    pause = first
    while True:
        yield jittered(pause)
        pause = min(pause * growth, max(first, longest))


def jittered(seconds: float) -> float:
    """Return a number of seconds, changed at random by up to a fifth."""
    return seconds * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311 (no secret)


def retry_pause(pause: float, error: APIError, *, most: float = _MAX_RETRY_AFTER) -> float:
    """Return the seconds to wait before a retry: the pause, or Retry-After if that is longer.

    Args:
        pause: seconds to wait at least.
        error: the error after which the request is sent again.
        most: the longest Retry-After, in seconds, that is acceptable.

    Raises:
        APIError: Retry-After is longer than `most`. This is `error`, and its message says so.
    """
    after = retry_after_or_zero(error)
    if after > most:
        say_retry_after_too_long(error, after, most)
        raise error
    return max(pause, after)


def retry_after_or_zero(error: APIError | None) -> float:
    """Return the Retry-After of an error in seconds; 0 if it does not have one."""
    return (error.retry_after or 0.0) if isinstance(error, APIStatusError) else 0.0


def say_retry_after_too_long(error: KlingError, after: float, most: float) -> None:
    """Add to the message of an error that Retry-After is longer than the time that is left."""
    asks = f"the server asks for a pause of {after:g} s (Retry-After)"
    error.args = (f"{error}; {asks}, but only {most:.3g} s are available",)


def send_query(call: Call) -> Steps[httpx.Response]:
    """Send a query, and send it again after temporary errors, because queries cost nothing.

    Raises:
        APIError: the error is permanent, or the last retry failed too.
    """
    options: Options = yield OPTIONS
    for pause in islice(backoff(_FIRST_PAUSE, _LONGEST_PAUSE, growth=2.0), options.max_retries):
        try:
            return (yield from send(call))
        except APIError as error:
            if verdict_on(error).retry != "later":
                raise
            wait, path = retry_pause(pause, error), call.operation.path
            log_error(logging.INFO, "%s: sent again in %.1f s", path, wait, error=error)
        yield Pause(wait)
    return (yield from send(call))
