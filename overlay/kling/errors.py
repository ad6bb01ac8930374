"""Everything that can go wrong.

KlingError
├─ CredentialsError(ValueError)         no usable credentials; nothing was sent
├─ InvalidRequestError(ValueError)      .problems; nothing was sent, nothing was paid
├─ BudgetError                          the budget is too small; nothing was sent
├─ CallbackError(ValueError)            what was posted is not Kling's, or not signed
├─ APIError
│  ├─ APIConnectionError                no reply came
│  │  └─ APITimeoutError                ... in time
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
   ├─ TaskFailedError                   .task and .kind say why
   └─ TaskTimeoutError(TimeoutError)    .task can be waited for again

Classes go by Kling's code and not by the HTTP status: some of the codes that come with 429 are
permanent. Errors can be pickled. Control characters that a
server says are written out in their texts.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from kling._server_text import shortened, visible

if TYPE_CHECKING:
    from kling._cost import Estimate
    from kling._tasks import Task
    from kling.description import FailureKind, Problem


class ErrorResponse(NamedTuple):
    """What a server replied, as far as it is fit to be kept and shown.

    Keys, and values of headers and parameters whose names say that they are secret, are masked.
    """

    status_code: int
    """The HTTP status."""
    headers: dict[str, str]
    """By names in small letters."""
    body: str
    """Its beginning, without words so long that they may be a picture."""


class KlingWarning(UserWarning):
    """A request that Kling accepts, but will ignore in part, or soon no longer accepts."""


class KlingError(Exception):
    """The root of every error of this package."""

    def __init__(self, *args: object) -> None:
        super().__init__(*(visible(one) if isinstance(one, str) else one for one in args))

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
        super().__init__()
        # A problem is a line, whatever the names of its fields.
        self.args = ("\n".join([f"{request} was not sent:", *(f"  {one}" for one in problems)]),)
        self.problems = tuple(problems)


class BudgetError(KlingError):
    """A create may cost more than the budget has left. Nothing was sent and nothing was paid."""

    estimate: "Estimate"
    """What it would have cost."""

    def __init__(self, message: str, estimate: "Estimate") -> None:
        super().__init__(message)
        self.estimate = estimate


class CallbackError(KlingError, ValueError):
    """What was posted to a callback_url is not Kling's, or not signed as it should be."""


class APIError(KlingError):
    """A call to Kling went wrong."""

    not_created: bool = False
    """After a create: it surely made no task, and nothing was paid. Kling itself refused it, or a
    gateway did with a status that says so, or it never left this machine. That a task was looked
    for and not found is never the reason."""
    may_exist: bool = False
    """After a create: the task may exist, and be paid for; pass this error to `recover`."""
    external_task_id: str | None = None
    """After a create: the caller's own id of the task, by which `recover` finds it."""
    task: "Task | None" = None
    """After a create whose external_task_id an earlier one had used: the task of that one, if it
    was found. `create(..., reuse=True)` returns it instead."""
    operation: str | None = None
    """After a create: its operationId, or the path of an `Unlisted`."""


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
    response: ErrorResponse | None
    """The whole reply; None where no single one is the reason."""
    retry_after: float | None = None
    """Seconds after which the server wants to be asked again; None where it does not say it."""
    id_is_taken: bool = False
    """After a create: it was refused because an earlier one has the same external_task_id."""

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
    """The credentials are missing, wrong, too early or expired."""


class PermissionDeniedError(APIStatusError):
    """The account may not do this; trying again does not help."""


class InsufficientBalanceError(APIStatusError):
    """The account cannot pay; trying again does not help."""


class BadRequestError(APIStatusError):
    """Kling refused the request, and made no task of it; an earlier one may have: `id_is_taken`."""


class NotFoundError(APIStatusError):
    """The task, the model, the path or the method does not exist."""


class ContentPolicyError(APIStatusError):
    """A policy blocks the input. No task was made."""


class RateLimitError(APIStatusError):
    """Too many requests; they may be sent again later.

    With a code of Kling's no task was made. Without one it comes from a gateway.
    """


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
    """Kling could not carry the task out; `task.message` says why, and `kind` in one word."""

    @property
    def kind(self) -> "FailureKind":
        """policy, input, media, outage or unknown; see `Task.failure`."""
        return self.task.failure or "unknown"

    def __init__(self, task: "Task") -> None:
        said = shortened(task.message) or "Kling gave no reason"
        super().__init__(f"{task.ref} failed: {said}", task)


class TaskTimeoutError(TaskError, TimeoutError):
    """The deadline passed before the task had ended. It goes on, and is paid for: wait again."""

    def __init__(self, task: "Task", timeout: float) -> None:
        super().__init__(
            f"{task.ref} is {task.status} after {timeout:g} s; it goes on and can be waited for "
            f"again by its ref",
            task,
        )


def _rebuild(
    cls: type[KlingError], args: tuple[Any, ...], attributes: dict[str, Any]
) -> KlingError:
    error = cls.__new__(cls)
    error.args = args
    error.__dict__.update(attributes)
    return error
