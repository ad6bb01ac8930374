"""What Kling posts to a callback_url: read it, and find out whether it is Kling's.

    event = kling.callbacks.verify(body, headers, secret)
    if event.task.status == "succeeded":
        ...

A secret is made in Kling's console; without one callbacks are not signed, and anybody who knows
the address can send them. Take an unsigned one as a hint: `parse` it, and `retrieve` the task.
Deliveries may be lost, come twice or out of order.
"""

import base64
import binascii
import hashlib
import hmac
import json
import math
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kling._requests import Request, create_of
from kling._tasks import TASKS_QUERY, UNREADABLE, Task, bulk_query, read_task
from kling._tracebacks import bare
from kling.description import load
from kling.errors import CallbackError

__all__ = ("CallbackEvent", "parse", "verify")

_ID, _TIMESTAMP, _SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"


@dataclass(frozen=True, slots=True)
class CallbackEvent:
    """A task has changed."""

    task: Task
    """The task as it is now."""
    verified: bool = False
    """Whether the signature was checked; if not, the event is a hint."""
    id: str | None = None
    """Kling's id of this delivery, by which one that comes twice is known; None unless signed."""
    signed_at: datetime | None = None
    """When it was signed; None unless signed."""


def parse(body: bytes, *, request: type[Request] | str | None = None) -> CallbackEvent:
    """Read a callback of either standard, without a look at any signature.

    Args:
        body: the body of the HTTP request, as it came.
        request: the class of the requests that made the task, such as `models.TextToVideoRequest`.
            A callback does not say it; without it the task has the ref "tasks/...", which only
            clients with an API key can retrieve, and which leads to no task of /solutions. Or
            the path of an `Unlisted`.

    Raises:
        CallbackError: it is no callback of Kling's.
        TypeError: the body is no bytes, or the class none of requests that create tasks.
        ValueError: the path is none.
    """
    spec, content = load(), _bytes(body)
    family = spec.operations[TASKS_QUERY].family
    own = family if request is None else spec.task_family(create_of(request))
    try:
        task = json.loads(content)
        # The body says of which standard it is, whatever the caller expects.
        is_own = "task_status" in task or bulk_query(own)
        return CallbackEvent(read_task(own if is_own else family, task))
    except UNREADABLE as error:
        raise CallbackError(f"this is no callback of Kling's ({type(error).__name__})") from error


def verify(
    body: bytes,
    headers: Mapping[str, str],
    secret: str,
    *,
    request: type[Request] | str | None = None,
    now: float | None = None,
) -> CallbackEvent:
    """Check the signature of a callback by the rules of Standard Webhooks, and read it.

    Args:
        body: the body of the HTTP request, as it came; JSON that was read and written again has
            another signature.
        headers: the headers of the HTTP request, in any case.
        secret: the webhook secret of Kling's console, which begins with "whsec_". While a new one
            replaces it Kling signs with both, so either will do.
        request: see `parse`.
        now: the date in Unix seconds, to which the one of the signature must be near; the machine's
            own if not given.

    Raises:
        CallbackError: a header is missing or no text, the signature does not fit, or it is too old
            or from the future. Answer with HTTP 400.
        TypeError: the body is not bytes, the headers are not a mapping of texts, or `now` is not a
            number.
        ValueError: the secret is not one, or `now` is not a date.
    """
    handled = sys.exception()
    try:
        return _verified(body, headers, secret, request, now)
    except (CallbackError, TypeError, ValueError) as error:
        raise bare(error, handled)  # noqa: B904 (it is the same error)
    finally:
        # A traceback may show the locals of this frame.
        del secret


def _verified(
    body: bytes,
    headers: Mapping[str, str],
    secret: str,
    request: type[Request] | str | None,
    now: float | None,
) -> CallbackEvent:
    form, today = _form(), _date(now)
    key = _key(secret, form["prefix"])
    lower = _lower(headers)
    if missing := [name for name in (_ID, _TIMESTAMP, _SIGNATURE) if not lower.get(name)]:
        raise CallbackError(
            f"the callback is not signed: {', '.join(missing)} is missing; is there a webhook "
            f"secret in Kling's console?"
        )
    signed = b".".join((*(_sent(lower, name) for name in (_ID, _TIMESTAMP)), _bytes(body)))
    expected = hmac.digest(key, signed, hashlib.sha256)
    given = (one.partition(",") for one in lower[_SIGNATURE].split())
    if not any(
        hmac.compare_digest(expected, _decoded(text))
        for version, _, text in given
        if version == form["version"]
    ):
        raise CallbackError("the signature of the callback does not fit its body and this secret")
    signed_at = _seconds(lower[_TIMESTAMP])
    late = today - signed_at
    if abs(late) > form["tolerance"]:
        when = f"{abs(late):.0f} s {'ago' if late > 0 else 'ahead of this clock'}"
        raise CallbackError(f"the callback was signed {when}, not within {form['tolerance']} s")
    task = parse(body, request=request).task
    return CallbackEvent(task, True, lower[_ID], datetime.fromtimestamp(signed_at, UTC))


def _form() -> Mapping[str, Any]:
    """Return what the description says of signatures."""
    parameter = load().document["components"]["parameters"]["WebhookSignature"]
    form: Mapping[str, Any] = parameter["x-kling-signature"]
    return form


def _bytes(body: bytes) -> bytes:
    if not isinstance(body, bytes | bytearray | memoryview):
        raise TypeError(f"the body must be raw bytes, as they came, not {type(body).__name__}")
    return bytes(body)


def _date(now: float | None) -> float:
    """Return a date in Unix seconds; every signature would be near to NaN."""
    if now is None:
        return time.time()
    try:
        if math.isfinite(now):
            return now
    except TypeError as error:
        raise TypeError(f"now is a date in Unix seconds, not {type(now).__name__}") from error
    except OverflowError:
        pass  # an int with hundreds of digits
    raise ValueError("now is a date in Unix seconds, and must be finite")


def _sent(headers: Mapping[str, str], name: str) -> bytes:
    """Return a header as it was sent; servers have bytes that are no UTF-8 as halves of pairs."""
    try:
        return headers[name].encode("utf-8", "surrogateescape")
    except UnicodeEncodeError as error:
        raise CallbackError(f"{name} is no text that a header can hold") from error


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    if not callable(getattr(headers, "items", None)) or not all(
        isinstance(name, str) for name in headers
    ):
        raise TypeError("the headers must be a mapping of texts, such as request.headers")
    if "HTTP_WEBHOOK_ID" in headers:
        raise TypeError("the headers of Django stand in request.headers, not in request.META")
    return {name.lower(): str(value).strip() for name, value in headers.items()}


def _key(secret: str, prefix: str) -> bytes:
    if not isinstance(secret, str):
        raise TypeError(f"the webhook secret must be a text, not {type(secret).__name__}")
    text = secret.strip().removeprefix(prefix)
    key = _decoded(text)
    if not key:
        raise ValueError(f'a webhook secret is "{prefix}" and base64 text; this is not one')
    return key


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _seconds(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 12):
        raise CallbackError(f"{_TIMESTAMP} is no date in Unix seconds")
    return int(text)
