"""Turning the reply of a server into one of our errors."""

import re
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from kling._http.regions import host_hint
from kling._http.verdicts import verdict_on_reply
from kling._server_text import shortened, visible
from kling.description import load
from kling.errors import (
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    ConcurrencyLimitError,
    ContentPolicyError,
    ErrorResponse,
    InsufficientBalanceError,
    InternalServerError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
)

# Only this many characters of a message are searched, because a search takes quadratic time.
_MAX_SEARCHED = 10_000
_DIGITS = re.compile("[0-9]{1,9}")
_ID = re.compile(r"[\w.-]{1,64}", re.ASCII)
# Clocks that differ by fewer seconds count as equal: a reply takes time to arrive, and its Date has
# no fractions of a second.
_CLOCK_TOLERANCE = 5

# A header or parameter whose name contains one of these words has a secret value.
_SECRET = re.compile("auth|cookie|credential|key|pass|secret|sign|token", re.IGNORECASE)
# In characters. A shorter secret is not masked, because it may be an ordinary word of the text.
MIN_SECRET_LENGTH = 8
# Under this key, the `extensions` of a reply have the function that masks secrets.
_MASK = "kling.mask"

_CLASSES: Mapping[str, type[APIStatusError]] = {
    "authentication": AuthenticationError,
    "permission": PermissionDeniedError,
    "balance": InsufficientBalanceError,
    "bad-request": BadRequestError,
    "not-found": NotFoundError,
    "content-policy": ContentPolicyError,
    "rate-limit": RateLimitError,
    "concurrency-limit": ConcurrencyLimitError,
    "server": InternalServerError,
}

# In the message of an error, this replaces the remedy from the table of error codes.
_ID_IS_TAKEN = "an earlier create used this id; recover finds its task, and reuse=True returns it"

# For replies without a code of Kling. 404 is not in this table: NotFoundError would say that a task
# does not exist, but only a code of Kling proves that.
_BY_STATUS: Mapping[int, type[APIStatusError]] = {
    401: AuthenticationError,
    403: PermissionDeniedError,
    429: RateLimitError,
}


def error_of(
    response: httpx.Response, now: float, mask: Callable[[str], str]
) -> APIStatusError | None:
    """Return the error for a reply whose body was read; None for a success.

    A success has a status below 400 and `code` 0. The status is not enough, because Kling also
    refuses requests with HTTP 200.

    Args:
        response: the reply.
        now: the time of the client's clock, in Unix seconds.
        mask: replaces secrets in a text.
    """
    status = response.status_code
    body, code = json_object(response), code_of(response)
    if code == 0 and status < 400:
        # If a field of the reply is missing, `unreadable_reply` needs the mask later.
        response.extensions[_MASK] = mask
        return None
    mask = _with_request_secrets(response.request, mask)
    error = _build_error(response, code, now, mask)
    error.response = _safe_copy(response, mask)
    error.retry_after = parse_retry_after(response, now)
    # We search the body, because the message of the error has only the beginning of the text.
    if any(map(_says_id_is_taken, _texts_in(body))):
        mark_id_taken(error)
    return error


def _build_error(
    response: httpx.Response, code: int | None, now: float, mask: Callable[[str], str]
) -> APIStatusError:
    status, body = response.status_code, json_object(response)
    request_id = mask(request_id_of(body) or "") or None
    if code is None:
        text = _gateway_reason(body, status, mask) or _describe_unknown(response, mask)
        return _class_of(None, status)(
            text + host_hint(response.request.url, status),
            status_code=status,
            request_id=request_id,
        )
    row, verdict = load().errors.get(code), verdict_on_reply(code, status)
    message = mask(shortened(body.get("message")) or (row.meaning if row else "no message"))
    request = f", request {request_id}" if request_id else ""
    return _class_of(row.kind if row else None, status)(
        f"{message} (code {code}, HTTP {status}{request})"
        + (f"; {row.remedy}" if row else "")
        + (_clock_skew(response, now) if verdict.retry == "with new credentials" else ""),
        status_code=status,
        code=code,
        request_id=request_id,
    )


def mark_id_taken(error: APIStatusError) -> None:
    """Make the error of a create say that an earlier create has used its external_task_id."""
    error.id_is_taken = True
    error.args = (f"{message_without_remedy(error)}; {_ID_IS_TAKEN}",)


def message_without_remedy(error: APIStatusError) -> str:
    """Return the message of an error without the remedy in the table of error codes."""
    row = load().errors.get(error.code or 0)
    return str(error).removesuffix(f"; {row.remedy}") if row else str(error)


def error_in_data(response: httpx.Response) -> APIStatusError | None:
    """Return the error for the second code that some replies have inside `data`.

    Return None if this code is 0 or absent.
    """
    data = json_object(response).get("data")
    code = data.get("code") if isinstance(data, Mapping) else None
    if not code or not isinstance(code, int):
        return None
    assert isinstance(data, Mapping)  # it has a code
    row, status = load().errors.get(code), response.status_code
    message = shortened(data.get("msg")) or (row.meaning if row else "no message")
    return _class_of(row.kind if row else None, status)(
        f"{message} (code {code} in data, HTTP {status})" + (f"; {row.remedy}" if row else ""),
        status_code=status,
        code=code,
        request_id=request_id_of(json_object(response)),
    )


def unreadable_reply(response: httpx.Response, error: Exception) -> APIStatusError:
    """Return the error for a reply of Kling that reports success, but lacks expected fields."""
    mask = _with_request_secrets(response.request, response.extensions.get(_MASK, str))
    return APIStatusError(
        f"HTTP {response.status_code} with a reply that cannot be read "
        f"({type(error).__name__}: {error})",
        status_code=response.status_code,
        request_id=request_id_of(json_object(response)),
        response=_safe_copy(response, mask),
    )


def _safe_copy(response: httpx.Response, mask: Callable[[str], str]) -> ErrorResponse:
    """Return a copy of a reply without secrets, long words and control characters."""
    headers = {
        name: "***" if _SECRET.search(name) else visible(shortened(mask(value)))
        for name, value in response.headers.items()
    }
    body = visible(shortened(mask(response.text)))
    return ErrorResponse(response.status_code, headers, body)


def _with_request_secrets(
    request: httpx.Request, mask: Callable[[str], str]
) -> Callable[[str], str]:
    """Return a function that masks what `mask` masks, and also the secrets of a request."""
    fields = [*request.headers.items(), *request.url.params.multi_items()]
    secrets = [
        value for name, value in fields if _SECRET.search(name) and len(value) >= MIN_SECRET_LENGTH
    ]

    def mask_all(text: str) -> str:
        text = mask(text)
        for secret in secrets:
            text = text.replace(secret, "***")
        return text

    return mask_all


def json_object(response: httpx.Response) -> dict[str, Any]:
    """Return the JSON object of a reply, parsed only once; {} if the body is something else."""
    if "kling.json" not in response.extensions:
        try:
            body = response.json()
        except (ValueError, RecursionError):
            body = None
        response.extensions["kling.json"] = body if isinstance(body, dict) else {}
    found: dict[str, Any] = response.extensions["kling.json"]
    return found


def code_of(response: httpx.Response) -> int | None:
    """Return Kling's code in a reply; None if there is no valid code."""
    code = json_object(response).get("code")
    if isinstance(code, str) and _DIGITS.fullmatch(code):
        return int(code)  # some gateways send the code as a string
    return code if isinstance(code, int) and not isinstance(code, bool) else None


def request_id_of(body: Mapping[str, Any]) -> str | None:
    """Return Kling's id of a request; None if there is no valid id."""
    value = body.get("request_id")
    return value if isinstance(value, str) and _ID.fullmatch(value) else None


def parse_retry_after(response: httpx.Response, now: float | None = None) -> float | None:
    """Return the Retry-After of a reply in seconds; None if it is absent or cannot be read.

    Args:
        response: the reply.
        now: the time in Unix seconds, for a reply without a Date. If both are missing, a
            Retry-After with a date cannot be read.
    """
    header = response.headers.get("retry-after", "").strip()
    if _DIGITS.fullmatch(header):
        return float(header)
    # If the header has a date, we compare it with the server's clock, because ours may be wrong.
    retry_at, server_now = _date_in(response, "retry-after"), _date_in(response, "date")
    start = now if server_now is None else server_now
    return None if retry_at is None or start is None else max(0.0, retry_at - start)


def _date_in(response: httpx.Response, header: str) -> float | None:
    """Return the date in a header, in Unix seconds; None if there is no valid date."""
    try:
        return parsedate_to_datetime(response.headers[header]).timestamp()
    except (KeyError, OverflowError, TypeError, ValueError):
        return None


def _clock_skew(response: httpx.Response, now: float) -> str:
    """Return how far our clock is from the Date of the reply, as text; "" if they agree."""
    server_now = _date_in(response, "date")
    seconds = 0 if server_now is None else round(now - server_now)
    if abs(seconds) < _CLOCK_TOLERANCE:
        return ""
    return f"; your clock is {abs(seconds)} s {'ahead of' if seconds > 0 else 'behind'} Kling's"


def _gateway_reason(body: Mapping[str, Any], status: int, mask: Callable[[str], str]) -> str:
    """Return the reason that a gateway gives for refusing a request; "" if it gives no reason.

    The reply of such a gateway is {code, message} with a word as the code, or {error: {message}}.
    """
    reason = next(iter(_texts_in(body)), "")
    if not reason:
        return ""
    inner = body.get("error")
    named = body.get("code") or (inner.get("code") if isinstance(inner, Mapping) else None)
    code = f"code {mask(shortened(named))}, " if isinstance(named, str) else ""
    return f"{mask(shortened(reason))} ({code}HTTP {status}, not in Kling's format)"


def _texts_in(body: Mapping[str, Any]) -> list[str]:
    """Return the texts in a body that may be its error message."""
    inner = body.get("error")
    objects = [value for value in (inner, body) if isinstance(value, Mapping)]
    # Some replies have the text itself in `error`, others in an object.
    texts = [inner, *(value.get("message") for value in objects)]
    return [text for text in texts if isinstance(text, str) and text.strip()]


def _says_id_is_taken(text: str) -> bool:
    known = (row for row in load().messages if "used-external-id" in row.when.get("events", ()))
    return any(row.is_in(text[:_MAX_SEARCHED]) for row in known)


def _describe_unknown(response: httpx.Response, mask: Callable[[str], str]) -> str:
    kind = mask(response.headers.get("content-type", "no content type"))
    size = len(response.content)
    return f"HTTP {response.status_code} with a reply that is not Kling's ({kind}, {size} bytes)"


def _class_of(kind: str | None, status: int) -> type[APIStatusError]:
    """Return the class of an error for the kind of its code, or else for the HTTP status."""
    if kind is not None and kind in _CLASSES:
        return _CLASSES[kind]
    if status >= 500:
        return InternalServerError
    return _BY_STATUS.get(status, APIStatusError)
