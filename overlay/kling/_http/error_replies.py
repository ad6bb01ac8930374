"""From a reply of a server to the error that it is."""

import re
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

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

# Characters of a text in which Kling's words are looked for, in a time that grows with the square.
_LONGEST_REFUSAL = 10_000
_DIGITS = re.compile("[0-9]{1,9}")
_ID = re.compile(r"[\w.-]{1,64}", re.ASCII)
# Seconds; a reply is on its way for a while, and says whole seconds only.
_CLOCKS_AGREE = 5

# What says in the name of a header or a parameter that its value is nothing to show.
_SECRET = re.compile("auth|cookie|credential|key|pass|secret|sign|token", re.IGNORECASE)
# Characters of the shortest secret that is looked for in texts; others may be words of them.
SHORTEST = 8
_MASKED = "kling.masked"

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

# What to do about an id that is taken, whatever the table says of its code.
_ID_IS_TAKEN = "an earlier create has this id: recover finds its task, reuse=True returns it"

# Without a code of Kling's. Not 404: that would say of a task that there is none.
_BY_STATUS: Mapping[int, type[APIStatusError]] = {
    401: AuthenticationError,
    403: PermissionDeniedError,
    429: RateLimitError,
}


def error_of(
    response: httpx.Response, now: float, masked: Callable[[str], str]
) -> APIStatusError | None:
    """Return the error that a reply, read to its end, is; None when it is a success.

    A success is HTTP 200 with `code` 0: Kling also refuses with HTTP 200.

    Args:
        response: the reply.
        now: the date by the caller's clock, in Unix seconds.
        masked: takes out of a text what is secret.
    """
    status = response.status_code
    body, code = json_object(response), code_of(response)
    if code == 0 and status < 400:
        # For whoever finds that a success cannot be read.
        response.extensions[_MASKED] = masked
        return None
    masked = _masking(response.request, masked)
    error = _error_of(response, code, now, masked)
    error.response = _shown(response, masked)
    error.retry_after = retry_after_of(response, now)
    # Asked of the reply, for the error shows no more than the beginning of its text.
    if any(_says_id_is_taken(one) for one in _texts_in(body)):
        say_id_is_taken(error)
    return error


def _error_of(
    response: httpx.Response, code: int | None, now: float, masked: Callable[[str], str]
) -> APIStatusError:
    status, body = response.status_code, json_object(response)
    if code is None:
        text = _reason_in(body, status, masked) or _form_of(response, masked)
        return _class_of(None, status)(
            text + _other_host(response),
            status_code=status,
            request_id=masked(request_id_of(body) or "") or None,
        )
    row, verdict = load().errors.get(code), verdict_on_reply(code, status)
    request_id = masked(request_id_of(body) or "") or None
    said = masked(shortened(body.get("message")) or (row.meaning if row else "no message"))
    asked = f", request {request_id}" if request_id else ""
    return _class_of(row.kind if row else None, status)(
        f"{said} (code {code}, HTTP {status}{asked})"
        + (f"; {row.remedy}" if row else "")
        + (_skew(response, now) if verdict.again == "with new credentials" else ""),
        status_code=status,
        code=code,
        request_id=request_id,
    )


def say_id_is_taken(error: APIStatusError) -> None:
    """Let the refusal of a create say that an earlier one has the same external_task_id."""
    row = load().errors.get(error.code or 0)
    said = str(error).removesuffix(f"; {row.remedy}") if row else str(error)
    error.id_is_taken, error.args = True, (f"{said}; {_ID_IS_TAKEN}",)


def inner_error_of(response: httpx.Response) -> APIStatusError | None:
    """Return the error that the second code inside of data says; None if that is 0 or absent."""
    data = json_object(response).get("data")
    code = data.get("code") if isinstance(data, Mapping) else None
    if not code or not isinstance(code, int):
        return None
    assert isinstance(data, Mapping)  # it has a code
    row, status = load().errors.get(code), response.status_code
    said = shortened(data.get("msg")) or (row.meaning if row else "no message")
    return _class_of(row.kind if row else None, status)(
        f"{said} (code {code} in data, HTTP {status})" + (f"; {row.remedy}" if row else ""),
        status_code=status,
        code=code,
        request_id=request_id_of(json_object(response)),
    )


def unreadable(response: httpx.Response, missing: Exception) -> APIStatusError:
    """Return the error for a success that lacks what every success has."""
    masked = _masking(response.request, response.extensions.get(_MASKED, str))
    return APIStatusError(
        f"HTTP {response.status_code} with a reply that cannot be read "
        f"({type(missing).__name__}: {missing})",
        status_code=response.status_code,
        request_id=request_id_of(json_object(response)),
        response=_shown(response, masked),
    )


def _shown(response: httpx.Response, masked: Callable[[str], str]) -> ErrorResponse:
    """Return a reply as it may be kept."""
    headers = {
        name: "***" if _SECRET.search(name) else visible(shortened(masked(value)))
        for name, value in response.headers.items()
    }
    body = visible(shortened(masked(response.text)))
    return ErrorResponse(response.status_code, headers, body)


def _masking(request: httpx.Request, masked: Callable[[str], str]) -> Callable[[str], str]:
    """Return what also takes out of a text what was secret of this request, by its name."""
    said = [*request.headers.items(), *request.url.params.multi_items()]
    secrets = [value for name, value in said if _SECRET.search(name) and len(value) >= SHORTEST]

    def hide(text: str) -> str:
        text = masked(text)
        for secret in secrets:
            text = text.replace(secret, "***")
        return text

    return hide


def json_object(response: httpx.Response) -> dict[str, Any]:
    """Return the object that a reply is, read once; an empty one if it is not an object."""
    if "kling.json" not in response.extensions:
        try:
            body = response.json()
        except (ValueError, RecursionError):
            body = None
        response.extensions["kling.json"] = body if isinstance(body, dict) else {}
    found: dict[str, Any] = response.extensions["kling.json"]
    return found


def code_of(response: httpx.Response) -> int | None:
    """Return the code of a reply; None if the reply has none, or something else there."""
    code = json_object(response).get("code")
    if isinstance(code, str) and _DIGITS.fullmatch(code):
        return int(code)  # so relays write it
    return code if isinstance(code, int) and not isinstance(code, bool) else None


def request_id_of(body: Mapping[str, Any]) -> str | None:
    """Return Kling's id of a request; None if the reply has none, or something else there."""
    value = body.get("request_id")
    return value if isinstance(value, str) and _ID.fullmatch(value) else None


def retry_after_of(response: httpx.Response, now: float | None = None) -> float | None:
    """Return the seconds after which a server wants to be asked again; None if it does not say.

    Args:
        response: the reply.
        now: the date in Unix seconds, for a server that does not tell it.
    """
    said = response.headers.get("retry-after", "").strip()
    if _DIGITS.fullmatch(said):
        return float(said)
    # By the server's own clock, for ours may be off.
    then, theirs = _date_in(response, "retry-after"), _date_in(response, "date")
    theirs = now if theirs is None else theirs
    return None if then is None or theirs is None else max(0.0, then - theirs)


def _date_in(response: httpx.Response, header: str) -> float | None:
    """Return the date that a header says, in Unix seconds; None if it says none."""
    try:
        return parsedate_to_datetime(response.headers[header]).timestamp()
    except (KeyError, OverflowError, TypeError, ValueError):
        return None


def _skew(response: httpx.Response, now: float) -> str:
    """Say how far the caller's clock is off, where the reply tells the time."""
    theirs = _date_in(response, "date")
    seconds = 0 if theirs is None else round(now - theirs)
    if abs(seconds) < _CLOCKS_AGREE:
        return ""
    return f"; the clock here is {abs(seconds)} s {'ahead of' if seconds > 0 else 'behind'} Kling's"


def _reason_in(body: Mapping[str, Any], status: int, masked: Callable[[str], str]) -> str:
    """Return why a relay refuses, in its words; empty where it does not say.

    Relays write {code, message} with a word as the code, or {error: {message}}.
    """
    reason = next(iter(_texts_in(body)), "")
    if not reason:
        return ""
    inner = body.get("error")
    named = body.get("code") or (inner.get("code") if isinstance(inner, Mapping) else None)
    code = f"code {masked(shortened(named))}, " if isinstance(named, str) else ""
    return f"{masked(shortened(reason))} ({code}HTTP {status}, not in Kling's form)"


def _texts_in(body: Mapping[str, Any]) -> list[str]:
    inner = body.get("error")
    said = [inner, *(one.get("message") for one in (inner, body) if isinstance(one, Mapping))]
    return [one for one in said if isinstance(one, str) and one.strip()]


def _says_id_is_taken(said: str) -> bool:
    is_meant = (one for one in load().messages if "used-external-id" in one.when.get("events", ()))
    return any(one.is_in(said[:_LONGEST_REFUSAL]) for one in is_meant)


def _form_of(response: httpx.Response, masked: Callable[[str], str]) -> str:
    kind = masked(response.headers.get("content-type", "without a content type"))
    size = len(response.content)
    return f"HTTP {response.status_code} with a reply that is not Kling's ({kind}, {size} bytes)"


def _other_host(response: httpx.Response) -> str:
    """Name the hosts that have the current standard, where it is asked of one that may not."""
    url, spec = response.request.url, load()
    if response.status_code != httpx.codes.NOT_FOUND or url.host in spec.hosts:
        return ""
    current = [one.path for one in spec.operations.values() if one.needs_api_key]
    if not url.path.endswith(tuple(current)):
        return ""
    return (
        f"; {url.host} may lack the standard that has the model in the path, "
        f"which {' and '.join(spec.hosts)} have"
    )


def _class_of(kind: str | None, status: int) -> type[APIStatusError]:
    by_status = _BY_STATUS.get(status, APIStatusError)
    return _CLASSES.get(kind or "", InternalServerError if status >= 500 else by_status)
