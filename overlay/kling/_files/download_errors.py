"""The errors of downloads, which of them are temporary, and the pauses between retries."""

from http import HTTPStatus
from itertools import islice

from kling._http import Response, backoff, parse_retry_after
from kling._server_text import visible
from kling._tasks import Task
from kling.errors import APIConnectionError, APIError, APIStatusError, TaskError

# The first and the longest pause before a retry, in seconds, and how many retries in a row may make
# no progress.
_FIRST_PAUSE, _LONGEST_PAUSE, _MAX_RETRIES = 0.5, 8.0, 5
# Statuses that may mean that Kling has deleted the file.
_GONE = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
# Content types that gateways send with status 200 although something is wrong.
_NOT_MEDIA = ("text/html", "text/xml", "application/json", "application/xml")


def retry_pauses() -> "islice[float]":
    """Return the pauses before `_MAX_RETRIES` retries, in seconds."""
    return islice(backoff(_FIRST_PAUSE, _LONGEST_PAUSE, growth=2.0), _MAX_RETRIES)


def status_error(reply: Response) -> APIStatusError:
    """Return the error for a reply whose status shows that its body is not a file."""
    status = reply.status_code
    hint = "; Kling deletes results 30 days after their task was created"
    error = APIStatusError(
        f"the file cannot be downloaded: HTTP {status}{hint if status in _GONE else ''}",
        status_code=status,
    )
    error.retry_after = parse_retry_after(reply)
    return error


def is_temporary(reply: Response) -> bool:
    """Whether a retry may succeed after a reply with this status."""
    return reply.status_code >= 500 or reply.status_code == HTTPStatus.TOO_MANY_REQUESTS


def header_error(reply: Response, *, has_unknown_end: bool) -> APIError | None:
    """Return an error if the headers show that the body cannot be a whole result, or else None.

    Args:
        reply: the reply.
        has_unknown_end: whether the body is compressed and has no Content-Length.
    """
    if reply.headers.get("content-length") == "0":
        return APIConnectionError("the download is empty")
    media_type = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type in _NOT_MEDIA:
        return APIStatusError(
            f"the file cannot be downloaded: HTTP {reply.status_code} with {media_type} "
            "instead of media",
            status_code=reply.status_code,
        )
    if has_unknown_end:
        return APIConnectionError(
            "the download is compressed and has no Content-Length, so its end is unknown"
        )
    return None


def same_name_error(first_ref: str, second_ref: str, name: str) -> ValueError:
    """Return the error for two files that would get the same name.

    The refs are equal if both files belong to the same task.
    """
    if first_ref == second_ref:
        files, placeholders = f"two files of {first_ref}", "{n}"
    else:
        files, placeholders = f"{first_ref} and {second_ref}", "{family} and {id}"
    return ValueError(
        visible(
            f"{files} would both be saved as {name}; put {placeholders} into the name to "
            "distinguish them"
        )
    )


def nothing_to_download(task: Task) -> TaskError:
    """Return the error for a task without files."""
    if task.status == "succeeded":
        text = f"{task.ref} succeeded, but Kling's reply has nothing to download; see task.raw"
    else:
        text = f"{task.ref} is {task.status} and has nothing to download"
    return TaskError(text, task)
