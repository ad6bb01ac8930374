"""Read what Kling posts to a callback_url, and verify that Kling sent it.

    event = kling.callbacks.verify(body, headers, secret)
    if event.task.status == "succeeded":
        ...

Create the webhook secret in Kling's console. Without one, Kling does not sign its callbacks, and
anybody who knows the URL can send them. Treat an unsigned callback as a hint: `parse` it, then
`retrieve` the task. Deliveries can be lost, duplicated or out of order.
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
from kling._tracebacks import strip_traceback
from kling.description import load
from kling.errors import CallbackError

__all__ = ("CallbackEvent", "parse", "verify")

_ID, _TIMESTAMP, _SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"


@dataclass(frozen=True, slots=True)
class CallbackEvent:
    """A callback: the message that the status of a task has changed."""

    task: Task
    """The task as it was when Kling sent the callback."""
    verified: bool = False
    """Whether the signature was verified; if not, the event is only a hint."""
    id: str | None = None
    """Kling's id of this delivery; a duplicate has the same id. None if `verified` is false."""
    signed_at: datetime | None = None
    """When Kling signed the callback; None if `verified` is false."""


def parse(body: bytes, *, request: type[Request] | str | None = None) -> CallbackEvent:
    """Read a callback of either standard (/v1 or the current one), without checking its signature.

    Args:
        body: the raw body of the HTTP request.
        request: the class of the request that created the task, such as
            `models.TextToVideoRequest`, or the path of an `Unlisted`. The ref of the task begins
            with its family, which the callback does not state. Without this argument, the ref
            begins with "tasks/". To retrieve such a ref, a client needs an API key, and the task
            must not be of a product under /solutions.

    Raises:
        CallbackError: the body is not a callback of Kling.
        TypeError: the body is not bytes, or requests of this class create no task.
        ValueError: `request` is a string, but not a path that an `Unlisted` can have.
    """
    spec, content = load(), _bytes(body)
    any_family = spec.operations[TASKS_QUERY].family  # tasks, for tasks of every family
    expected = any_family if request is None else spec.task_family(create_of(request))
    try:
        task = json.loads(content)
        # A body without task_status follows the current standard. Its task cannot belong to a
        # family of the /v1 standard, even if `request` belongs to one. Only families of the
        # current standard have a bulk query.
        can_be_expected = "task_status" in task or bulk_query(expected)
        return CallbackEvent(read_task(expected if can_be_expected else any_family, task))
    except UNREADABLE as error:
        raise CallbackError(
            f"the body is not a callback of Kling ({type(error).__name__})"
        ) from error


def verify(
    body: bytes,
    headers: Mapping[str, str],
    secret: str,
    *,
    request: type[Request] | str | None = None,
    now: float | None = None,
) -> CallbackEvent:
    """Verify the signature of a callback as Standard Webhooks defines it, and read the callback.

    Args:
        body: the raw body of the HTTP request. JSON that was parsed and serialized again no longer
            matches its signature.
        headers: the headers of the HTTP request; their names may have any case.
        secret: the webhook secret from Kling's console, which begins with "whsec_". While you
            replace a secret, Kling signs with the old and the new one, and you can give either.
        request: see `parse`.
        now: the current time in Unix seconds, by default that of the system clock. The time of the
            signature must be close to it.

    Raises:
        CallbackError: a header is missing or is not text; the signature does not match, or its time
            is too far in the past or in the future; or the body is not a callback of Kling. Answer
            with HTTP 400.
        TypeError: the body is not bytes, the headers are not a mapping with str keys, or `now` is
            not a number.
        ValueError: the secret is not a webhook secret, or `now` is not a finite number.
    """
    handled = sys.exception()  # the error that the caller is handling, if any
    try:
        return _verified(body, headers, secret, request, now)
    except (CallbackError, TypeError, ValueError) as error:
        raise strip_traceback(error, handled)  # noqa: B904 (it is the same error)
    finally:
        # A traceback may show the local variables of this frame.
        del secret


def _verified(
    body: bytes,
    headers: Mapping[str, str],
    secret: str,
    request: type[Request] | str | None,
    now: float | None,
) -> CallbackEvent:
    form, current_time = _signature_format(), _unix_time(now)
    key = _key(secret, form["prefix"])
    by_name = _lowercase(headers)
    if missing := [name for name in (_ID, _TIMESTAMP, _SIGNATURE) if not by_name.get(name)]:
        raise CallbackError(
            f"the callback is not signed, because it has no header {', '.join(missing)}; Kling "
            "signs callbacks only if a webhook secret exists in its console"
        )
    id_and_time = [_header_bytes(by_name, _ID), _header_bytes(by_name, _TIMESTAMP)]
    signed = b".".join([*id_and_time, _bytes(body)])
    expected = hmac.digest(key, signed, hashlib.sha256)
    # The header is a list of versions and signatures, such as "v1,BASE64 v1,BASE64".
    signatures = (entry.partition(",") for entry in by_name[_SIGNATURE].split())
    if not any(
        hmac.compare_digest(expected, _from_base64(text))
        for version, _, text in signatures
        if version == form["version"]
    ):
        raise CallbackError("the signature of the callback does not match its body and this secret")
    signed_at = _seconds(by_name[_TIMESTAMP])
    age = current_time - signed_at
    if abs(age) > form["tolerance"]:
        when = f"{abs(age):.0f} s {'ago' if age > 0 else 'in the future'}"
        raise CallbackError(
            f"the callback was signed {when}, but at most {form['tolerance']} s are allowed; is "
            f"the clock of this machine right?"
        )
    task = parse(body, request=request).task
    return CallbackEvent(task, True, by_name[_ID], datetime.fromtimestamp(signed_at, UTC))


def _signature_format() -> Mapping[str, Any]:
    """Return the format of signatures from the description."""
    parameter = load().document["components"]["parameters"]["WebhookSignature"]
    form: Mapping[str, Any] = parameter["x-kling-signature"]
    return form


def _bytes(body: bytes) -> bytes:
    if not isinstance(body, bytes | bytearray | memoryview):
        raise TypeError(
            f"the body must be the raw bytes of the HTTP request, not {type(body).__name__}"
        )
    return bytes(body)


def _unix_time(now: float | None) -> float:
    """Return `now`, or the time of the system clock.

    NaN is refused, because with it signatures of any age would be accepted.
    """
    if now is None:
        return time.time()
    try:
        if math.isfinite(now):
            return now
    except TypeError as error:
        raise TypeError(f"now must be a time in Unix seconds, not {type(now).__name__}") from error
    except OverflowError:
        pass  # an int with hundreds of digits
    raise ValueError("now must be a time in Unix seconds, which is a finite number")


def _header_bytes(headers: Mapping[str, str], name: str) -> bytes:
    """Return the bytes of a header.

    Servers decode bytes that are not UTF-8 into surrogates, which are turned back here.
    """
    try:
        return headers[name].encode("utf-8", "surrogateescape")
    except UnicodeEncodeError as error:
        raise CallbackError(
            f"the header {name} has characters that a header cannot have"
        ) from error


def _lowercase(headers: Mapping[str, str]) -> dict[str, str]:
    if not callable(getattr(headers, "items", None)) or not all(
        isinstance(name, str) for name in headers
    ):
        raise TypeError("the headers must be a mapping with str keys, such as request.headers")
    if "HTTP_WEBHOOK_ID" in headers:
        raise TypeError("the names in request.META of Django are not headers; pass request.headers")
    return {name.lower(): str(value).strip() for name, value in headers.items()}


def _key(secret: str, prefix: str) -> bytes:
    if not isinstance(secret, str):
        raise TypeError(f"the webhook secret must be a str, not {type(secret).__name__}")
    text = secret.strip().removeprefix(prefix)
    key = _from_base64(text)
    if not key:
        raise ValueError(f'the webhook secret must be "{prefix}" followed by base64 text')
    return key


def _from_base64(text: str) -> bytes:
    """Return the bytes; empty if the text is not base64. The "=" at its end may be missing."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _seconds(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 12):
        raise CallbackError(f"the header {_TIMESTAMP} is not a time in Unix seconds")
    return int(text)
