"""The exceptions that this package raises.

KlingError
├─ CredentialsError(ValueError)         no usable credentials; nothing was sent
├─ InvalidRequestError(ValueError)      .problems; nothing was sent, nothing was paid
├─ BudgetError                          the budget is too small; nothing was sent
├─ CallbackError(ValueError)            not a callback of Kling, or its signature is wrong
├─ APIError
│  ├─ APIConnectionError                no reply arrived
│  │  └─ APITimeoutError                no reply arrived in time
│  └─ APIStatusError                    .status_code .code .request_id .response
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
   ├─ TaskFailedError                   .task.message and .kind say why
   └─ TaskTimeoutError(TimeoutError)    the deadline passed; the task goes on

The numbers are Kling's error codes. The code decides the class, not the HTTP status, because Kling
sends HTTP 429 with permanent errors too. Errors can be pickled. In messages, control characters
that come from a server are escaped.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from kling._server_text import shortened, visible

if TYPE_CHECKING:
    from kling._cost import Estimate
    from kling._tasks import Task
    from kling.description import FailureKind, Problem


class ErrorResponse(NamedTuple):
    """The reply of a server, without secrets and without media.

    Credentials are masked, and so are headers and parameters whose names suggest a secret.
    """

    status_code: int
    """The HTTP status."""
    headers: dict[str, str]
    """The headers, by lowercase name."""
    body: str
    """The beginning of the body, without long words, which may be media."""


class KlingWarning(UserWarning):
    """A warning, such as that Kling ignores a part of a request, or will soon refuse it."""


class KlingError(Exception):
    """The base class of every error of this package."""

    def __init__(self, *args: object) -> None:
        super().__init__(*(visible(arg) if isinstance(arg, str) else arg for arg in args))

    def __reduce__(self) -> tuple[Any, ...]:
        # By default pickle calls the class with `args`, which do not fit our constructors.
        return _rebuild, (type(self), self.args, self.__dict__)


class CredentialsError(KlingError, ValueError):
    """There are no credentials, or they are malformed. Nothing was sent."""


class InvalidRequestError(KlingError, ValueError):
    """The request breaks rules of the description. Nothing was sent, and nothing was paid."""

    problems: Sequence["Problem"]
    """Every problem of the request."""

    def __init__(self, request: str, problems: Sequence["Problem"]) -> None:
        super().__init__()
        # Not through __init__, which would escape these line breaks.
        lines = [f"{request} was not sent:", *(f"  {problem}" for problem in problems)]
        self.args = ("\n".join(lines),)
        self.problems = tuple(problems)


class BudgetError(KlingError):
    """A create may cost more than the budget has left, or its price is not known.

    Nothing was sent, and nothing was paid.
    """

    estimate: "Estimate"
    """The estimated cost of the create."""

    def __init__(self, message: str, estimate: "Estimate") -> None:
        super().__init__(message)
        self.estimate = estimate


class CallbackError(KlingError, ValueError):
    """The request is not a callback of Kling, or its signature is missing, wrong or too old."""


class APIError(KlingError):
    """A call to Kling failed."""

    not_created: bool = False
    """After a create: whether it certainly made no task, so that nothing was paid. This is so if
    Kling refused it, a gateway did not pass it on, or it was never sent. A look-up that finds no
    task does not prove this."""
    may_exist: bool = False
    """After a create: whether a task may exist, and be charged; pass this error to `recover`."""
    external_task_id: str | None = None
    """After a create: the external_task_id of the task, by which `recover` finds it."""
    task: "Task | None" = None
    """After a create whose external_task_id is taken: the earlier task with this id, or None if it
    was not found. `create(..., reuse=True)` returns that task instead of raising an error."""
    operation: str | None = None
    """After a create: its operationId, or the path of an `Unlisted`."""


class APIConnectionError(APIError):
    """No reply arrived. After a create, a task may exist, unless `not_created` is true."""


class APITimeoutError(APIConnectionError):
    """No reply arrived in time. After a create, a task may exist, unless `not_created` is true."""


class APIStatusError(APIError):
    """Kling, or a gateway in front of it, replied with an error."""

    status_code: int
    """The HTTP status."""
    code: int | None
    """Kling's error code; None if the reply has no code."""
    request_id: str | None
    """Kling's id of the request, to quote to its support; None if the reply has no id."""
    response: ErrorResponse | None
    """The reply; None if the error is not about a single reply."""
    retry_after: float | None = None
    """Seconds that the server asks to wait before a retry; None if it does not say."""
    id_is_taken: bool = False
    """After a create: it was refused because an earlier create used the same external_task_id."""

    def __init__(
        self,
        message: str,
        *,
        status_code: int,
        code: int | None = None,
        request_id: str | None = None,
        response: ErrorResponse | None = None,
    ) -> None:
        super().__init__(message)
        self.status_code = status_code
        self.code = code
        self.request_id = request_id
        self.response = response


class AuthenticationError(APIStatusError):
    """The credentials are missing, wrong, expired or not valid yet."""


class PermissionDeniedError(APIStatusError):
    """The account may not do this; a retry does not help."""


class InsufficientBalanceError(APIStatusError):
    """The account cannot pay; a retry does not help."""


class BadRequestError(APIStatusError):
    """Kling refused the request. This request made no task.

    If `id_is_taken` is true, an earlier create with the same external_task_id made a task.
    """


class NotFoundError(APIStatusError):
    """The task, the model, the path or the method does not exist."""


class ContentPolicyError(APIStatusError):
    """Kling's content policy blocks the input. No task was made."""


class RateLimitError(APIStatusError):
    """Too many requests; retry later.

    If the reply has a code, Kling sent it, and no task was made. Otherwise a gateway sent it.
    """


class ConcurrencyLimitError(APIStatusError):
    """Too many tasks are running. No task was made; retry when a task has ended."""


class InternalServerError(APIStatusError):
    """Kling failed. After a create, a task may exist."""


class TaskError(KlingError):
    """A task failed, or is not in the status that the call needs."""

    task: "Task"
    """The task as it was last seen."""

    def __init__(self, message: str, task: "Task") -> None:
        super().__init__(message)
        self.task = task


class TaskFailedError(TaskError):
    """The task failed. `task.message` is Kling's reason; `kind` is the reason in one word."""

    @property
    def kind(self) -> "FailureKind":
        """One of policy, input, media, outage and unknown; see `Task.failure`."""
        return self.task.failure or "unknown"

    def __init__(self, task: "Task") -> None:
        reason = shortened(task.message) or "Kling gave no reason"
        super().__init__(f"{task.ref} failed: {reason}", task)


class TaskTimeoutError(TaskError, TimeoutError):
    """The task did not end before the deadline. The task goes on, and may be charged."""

    def __init__(self, task: "Task", timeout: float) -> None:
        super().__init__(
            f"{task.ref} is {task.status} after {timeout:g} s. The task goes on; to wait for it "
            f"again, use its ref",
            task,
        )


def _rebuild(
    cls: type[KlingError], args: tuple[Any, ...], attributes: dict[str, Any]
) -> KlingError:
    error = cls.__new__(cls)
    error.args = args
    error.__dict__.update(attributes)
    return error
