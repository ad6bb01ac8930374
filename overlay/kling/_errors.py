"""Everything that can go wrong.

KlingError
├─ CredentialsError(ValueError)         no usable credentials; nothing was sent
├─ InvalidRequestError(ValueError)      .problems; nothing was sent, nothing was paid
├─ CallbackError(ValueError)            what was posted is not Kling's, or not signed
├─ APIError
│  ├─ APIConnectionError                no reply came
│  │  └─ APITimeoutError                ... in time
│  └─ APIStatusError                    .status_code .code .request_id
│     ├─ AuthenticationError            1000 to 1004
│     ├─ PermissionDeniedError          1100, 1103, 1304
│     ├─ InsufficientBalanceError       1101, 1102
│     ├─ BadRequestError                1200, 1201
│     ├─ NotFoundError                  1202, 1203, and an unknown task
│     ├─ ContentPolicyError             1300, 1301
│     ├─ RateLimitError                 1302
│     ├─ ConcurrencyLimitError          1303
│     └─ InternalServerError            5000 to 5002, and every other 5xx
└─ TaskError                            .task
   ├─ TaskFailedError                   .task says why
   └─ TaskTimeoutError(TimeoutError)    .task can be waited for again

Classes go by Kling's code and not by the HTTP status: four of the six codes that come with 429 are
permanent. Errors can be pickled.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from kling._spec import load

if TYPE_CHECKING:
    import httpx

    from kling._rules import Problem
    from kling._tasks import Task


class KlingWarning(UserWarning):
    """A request that Kling accepts, but will ignore in part, or soon no longer accepts."""


class KlingError(Exception):
    """The root of every error of this package."""

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions are rebuilt from `args` by default, which ours do not fit.
        return _rebuild, (type(self), self.args, self.__dict__)


class CredentialsError(KlingError, ValueError):
    """There are no credentials, or they cannot be right. Nothing was sent."""


class InvalidRequestError(KlingError, ValueError):
    """The request breaks rules of the description. Nothing was sent and nothing was paid."""

    problems: Sequence["Problem"]
    """Everything that is wrong, at once."""

    def __init__(self, request: str, problems: Sequence["Problem"]) -> None:
        lines = [f"  {problem}" for problem in problems]
        super().__init__("\n".join([f"{request} was not sent:", *lines]))
        self.problems = tuple(problems)


class CallbackError(KlingError, ValueError):
    """What was posted to a callback_url is not Kling's, or not signed as it should be."""


class APIError(KlingError):
    """A call to Kling went wrong."""

    not_created: bool = False
    """After a create: there is surely no task, and nothing was paid."""
    may_exist: bool = False
    """After a create: the task may exist, and be paid for; `recover` looks for it again."""
    external_task_id: str | None = None
    """After a create: the caller's own id of the task, by which `recover` finds it."""


class APIConnectionError(APIError):
    """No reply came. After a create, the task may exist."""


class APITimeoutError(APIConnectionError):
    """No reply came in time. After a create, the task may exist."""


class APIStatusError(APIError):
    """Kling, or something before it, replied with an error."""

    status_code: int
    """The HTTP status."""
    code: int | None
    """Kling's code; None when the reply has none."""
    request_id: str | None
    """Kling's id of the request, for its support; None when the reply has none."""

    def __init__(
        self,
        message: str,
        *,
        status_code: int,
        code: int | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status_code = status_code
        self.code = code
        self.request_id = request_id


class AuthenticationError(APIStatusError):
    """The credentials are missing, wrong, too early or expired."""


class PermissionDeniedError(APIStatusError):
    """The account may not do this; trying again does not help."""


class InsufficientBalanceError(APIStatusError):
    """The account cannot pay; trying again does not help."""


class BadRequestError(APIStatusError):
    """Kling refused the request. No task was made."""


class NotFoundError(APIStatusError):
    """The task, the model, the path or the method does not exist."""


class ContentPolicyError(APIStatusError):
    """A policy blocks the input. No task was made."""


class RateLimitError(APIStatusError):
    """Too many requests. No task was made; it may be sent again later."""


class ConcurrencyLimitError(APIStatusError):
    """Too many tasks at a time. No task was made; it may be sent again when one has ended."""


class InternalServerError(APIStatusError):
    """Kling failed. After a create, the task may exist."""


class TaskError(KlingError):
    """A task is not as it should be."""

    task: "Task"
    """The task as it was last seen."""

    def __init__(self, message: str, task: "Task") -> None:
        super().__init__(message)
        self.task = task


class TaskFailedError(TaskError):
    """Kling could not carry the task out; `task.message` says why."""

    def __init__(self, task: "Task") -> None:
        said = _brief(task.message) or "Kling gave no reason"
        super().__init__(f"{task.ref} failed: {said}", task)


class TaskTimeoutError(TaskError, TimeoutError):
    """The deadline passed before the task had ended. It goes on, and is paid for: wait again."""

    def __init__(self, task: "Task", timeout: float) -> None:
        super().__init__(
            f"{task.ref} is {task.status} after {timeout:g} s; it goes on and can be waited for "
            f"again by its ref",
            task,
        )


_ID = re.compile(r"[\w.-]{1,64}", re.ASCII)
# Of a message so many characters are shown.
_LONGEST_MESSAGE = 2000
# More than any id has.
_TOO_LONG = re.compile(r"[\w+/=%\\-]{65,}", re.ASCII)
# Seconds; a reply is on its way for a while, and says whole seconds only.
_CLOCKS_AGREE = 5

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


def error_of(
    response: "httpx.Response", now: float, masked: Callable[[str], str]
) -> APIStatusError | None:
    """Return the error that a reply, read to its end, is; None when it is a success.

    A success is HTTP 200 with `code` 0: Kling also refuses with HTTP 200.

    Args:
        response: the reply.
        now: the date by the caller's clock, in Unix seconds.
        masked: takes out of a text what is secret.
    """
    status = response.status_code
    body = json_object(response)
    code = body.get("code")
    if not isinstance(code, int) or isinstance(code, bool):
        kind = masked(response.headers.get("content-type", "without a content type"))
        size = len(response.content)
        return _class_of(None, status)(
            f"HTTP {status} with a reply that is not Kling's ({kind}, {size} bytes)",
            status_code=status,
        )
    if code == 0 and status < 400:
        return None
    row = load().errors.get(code)
    request_id = masked(request_id_of(body) or "") or None
    said = masked(_brief(body.get("message")) or (row.meaning if row else "no message"))
    asked = f", request {request_id}" if request_id else ""
    return _class_of(row.kind if row else None, status)(
        f"{said} (code {code}, HTTP {status}{asked})"
        + (f"; {row.remedy}" if row else "")
        + (_skew(response, now) if row and row.retry == "new-token" else ""),
        status_code=status,
        code=code,
        request_id=request_id,
    )


def unreadable(response: "httpx.Response", missing: Exception) -> APIStatusError:
    """Return the error for a success that lacks what every success has."""
    return APIStatusError(
        f"HTTP {response.status_code} with a reply that cannot be read "
        f"({type(missing).__name__}: {missing})",
        status_code=response.status_code,
        request_id=request_id_of(json_object(response)),
    )


def json_object(response: "httpx.Response") -> dict[str, Any]:
    """Return the object that a reply is, read once; an empty one if it is none."""
    if "kling.json" not in response.extensions:
        try:
            body = response.json()
        except (ValueError, RecursionError):
            body = None
        response.extensions["kling.json"] = body if isinstance(body, dict) else {}
    found: dict[str, Any] = response.extensions["kling.json"]
    return found


def _brief(message: object) -> str:
    """Return what a reply says without what is too long for a word: it may quote a picture."""
    return _TOO_LONG.sub("...", str(message or "")[:_LONGEST_MESSAGE])


def request_id_of(body: Mapping[str, Any]) -> str | None:
    """Return Kling's id of a request; None if the reply has none, or something else there."""
    value = body.get("request_id")
    return value if isinstance(value, str) and _ID.fullmatch(value) else None


def _skew(response: "httpx.Response", now: float) -> str:
    """Say how far the caller's clock is off, where the reply tells the time."""
    try:
        theirs = parsedate_to_datetime(response.headers["date"]).timestamp()
    except (KeyError, OverflowError, TypeError, ValueError):
        return ""
    seconds = round(now - theirs)
    if abs(seconds) < _CLOCKS_AGREE:
        return ""
    return f"; the clock here is {abs(seconds)} s {'ahead of' if seconds > 0 else 'behind'} Kling's"


def _class_of(kind: str | None, status: int) -> type[APIStatusError]:
    return _CLASSES.get(kind or "", InternalServerError if status >= 500 else APIStatusError)


def _rebuild(
    cls: type[KlingError], args: tuple[Any, ...], attributes: dict[str, Any]
) -> KlingError:
    error = cls.__new__(cls)
    error.args = args
    error.__dict__.update(attributes)
    return error
