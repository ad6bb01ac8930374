"""What an error proves about a create, and whether to send the same request again."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

import httpx

from kling.description import load
from kling.errors import APIConnectionError, APIError, APIStatusError

# Failures of httpx before anything is sent.
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
# Statuses with which a gateway refuses a request, and does not pass it on to Kling. 400 is not one
# of them, because some gateways use it for a failure after they passed the request on.
_REFUSED_BY_GATEWAY = frozenset(
    {
        httpx.codes.UNAUTHORIZED,
        httpx.codes.FORBIDDEN,
        httpx.codes.NOT_FOUND,
        httpx.codes.METHOD_NOT_ALLOWED,
        httpx.codes.REQUEST_ENTITY_TOO_LARGE,
        httpx.codes.UNSUPPORTED_MEDIA_TYPE,
    }
)


class Verdict(NamedTuple):
    """What an error means: whether the request made a task, and whether to send it again."""

    task_made: Literal["no", "unknown"]
    """Whether the request made a task. Only a create can make a task."""
    retry: Literal["no", "later", "with new credentials"]
    """Whether the same request may succeed if it is sent again."""


_BY_RETRY: Mapping[str, Verdict] = {
    "never": Verdict("no", "no"),
    "later": Verdict("no", "later"),
    "new-token": Verdict("no", "with new credentials"),
    "in-doubt": Verdict("unknown", "later"),
}
"""The verdict for each value of `retry` in the table of error codes."""


def verdict_on(error: APIError) -> Verdict:
    """Return what an error proves about the task, and whether to send the request again.

    Three kinds of errors prove that no task was made: a code that the table of error codes marks as
    a refusal, the refusal of a gateway, and a failure before anything was sent. A code that is not
    in the table proves nothing. A refusal because the external_task_id is taken proves nothing
    either: an earlier attempt of the same create may have used that id.
    """
    if isinstance(error, APIStatusError):
        if error.id_is_taken:
            return Verdict("unknown", "no")
        return verdict_on_reply(error.code, error.status_code)
    proves_no_task = isinstance(error.__cause__, _NEVER_SENT)
    is_temporary = isinstance(error, APIConnectionError)
    return Verdict("no" if proves_no_task else "unknown", "later" if is_temporary else "no")


def verdict_on_reply(code: int | None, status: int) -> Verdict:
    """Return the verdict on a reply that refuses a create.

    Args:
        code: Kling's code; None if the reply has none.
        status: the HTTP status.
    """
    if row := load().errors.get(code or 0):
        return _BY_RETRY[row.retry]
    proves_no_task = code is None and status in _REFUSED_BY_GATEWAY
    is_permanent = httpx.codes.is_client_error(status) and status != httpx.codes.TOO_MANY_REQUESTS
    return Verdict("no" if proves_no_task else "unknown", "no" if is_permanent else "later")
