"""The logger `kling`: it gets ids and numbers, and never a body, a prompt or a header."""

import logging
from typing import Any

import httpx

from kling._http.error_replies import code_of, json_object, request_id_of
from kling._server_text import visible
from kling.errors import APIError, APIStatusError

logger = logging.getLogger("kling")


def _escape_arguments(record: logging.LogRecord) -> bool:
    """Escape control characters, so that text from a server cannot break a line of the log."""
    if isinstance(record.args, tuple):
        record.args = tuple(visible(arg) if isinstance(arg, str) else arg for arg in record.args)
    return True


logger.addFilter(_escape_arguments)


def log_reply(request: httpx.Request, reply: httpx.Response | APIError, seconds: float) -> None:
    """Log the outcome of a request in one line."""
    if not logger.isEnabledFor(logging.DEBUG):
        return
    outcome = type(reply).__name__  # the class of an error; a reply replaces it below
    request_id = None
    if isinstance(reply, httpx.Response):
        outcome = f"HTTP {reply.status_code}"
        # The body of a streamed reply, such as a video, has not been read yet.
        if reply.is_closed and (code := code_of(reply)) is not None:
            request_id = request_id_of(json_object(reply))
            outcome += f", code {code}, request {request_id}"
    path, extra = request.url.path, {"request_id": request_id}
    logger.debug("%s %s: %s, %.3f s", request.method, path, outcome, seconds, extra=extra)


def log_error(level: int, text: str, *values: Any, error: APIError) -> None:
    """Log what the client does about an error.

    The line has the class, the codes and the request id of the error. It does not have the message,
    which may quote the request.

    Args:
        level: level of the line.
        text: a format for the values, with %s; a description of the error is appended.
        values: the values for the format.
        error: the error.
    """
    if not logger.isEnabledFor(level):
        return
    name = type(error).__name__
    request_id = None
    if isinstance(error, APIStatusError):
        request_id = error.request_id
        name += f", HTTP {error.status_code}, code {error.code}, request {request_id}"
    logger.log(level, text + " (%s)", *values, name, extra={"request_id": request_id})
