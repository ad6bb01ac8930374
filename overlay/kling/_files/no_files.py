"""Why there is no file, whether that may pass, and how long to wait then."""

from http import HTTPStatus
from itertools import islice

from kling._http import Response, backoff, retry_after_of
from kling._tasks import Task
from kling.errors import APIConnectionError, APIError, APIStatusError, TaskError

# Seconds between attempts; so many of them may bring nothing new, one after the other.
_FIRST, _LONGEST, _MOST = 0.5, 8.0, 5
_GONE = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
# What gateways say with a 200 although something is wrong.
_NO_MEDIA = ("text/html", "text/xml", "application/json", "application/xml")


def pauses_of_file() -> "islice[float]":
    """Return the pauses between attempts that bring nothing new."""
    return islice(backoff(_FIRST, _LONGEST, growth=2.0), _MOST)


def refusal(reply: Response) -> APIStatusError:
    """Return the error for a reply without a file."""
    status = reply.status_code
    gone = "; results are deleted 30 days after the creation of their task"
    error = APIStatusError(
        f"the file cannot be had: HTTP {status}{gone if status in _GONE else ''}",
        status_code=status,
    )
    error.retry_after = retry_after_of(reply)
    return error


def may_pass(reply: Response) -> bool:
    """Whether a reply without a file may be followed by one with it."""
    return reply.status_code >= 500 or reply.status_code == HTTPStatus.TOO_MANY_REQUESTS


def fault(reply: Response, is_endless: bool) -> APIError | None:
    """Return why a body is not that of a result, if the headers say so."""
    if reply.headers.get("content-length") == "0":
        return APIConnectionError("the download is empty")
    kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in _NO_MEDIA:
        return APIStatusError(
            f"the file cannot be had: HTTP {reply.status_code} with {kind}, which is no result",
            status_code=reply.status_code,
        )
    if is_endless:
        return APIConnectionError("the download is packed and does not say where it ends")
    return None


def no_files(task: Task) -> TaskError:
    """Return the error for a task that has nothing to download."""
    if task.status == "succeeded":
        told = f"{task.ref} is succeeded, and Kling named nothing to download; see task.raw"
    else:
        told = f"{task.ref} is {task.status} and has made nothing to download"
    return TaskError(told, task)
