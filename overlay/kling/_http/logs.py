"""What is written into the log `kling`: ids and numbers, and never a body, a prompt or a header."""

import logging
from typing import Any

import httpx

from kling._http.error_replies import code_of, json_object, request_id_of
from kling._server_text import visible
from kling.errors import APIError, APIStatusError

logger = logging.getLogger("kling")


def _written_out(record: logging.LogRecord) -> bool:
    """Keep a line of the log one line: paths and ids are what a server says."""
    if isinstance(record.args, tuple):
        record.args = tuple(visible(one) if isinstance(one, str) else one for one in record.args)
    return True


logger.addFilter(_written_out)


def log_reply(request: httpx.Request, reply: httpx.Response | APIError, seconds: float) -> None:
    """Write what came of a request, in a line of its own."""
    if not logger.isEnabledFor(logging.DEBUG):
        return
    came, request_id = type(reply).__name__, None
    if isinstance(reply, httpx.Response):
        came = f"HTTP {reply.status_code}"
        # What is streamed, a video, has not been read yet.
        if reply.is_closed and (code := code_of(reply)) is not None:
            request_id = request_id_of(json_object(reply))
            came += f", code {code}, request {request_id}"
    path, extra = request.url.path, {"request_id": request_id}
    logger.debug("%s %s: %s, %.3f s", request.method, path, came, seconds, extra=extra)


def log_error(level: int, text: str, *values: Any, error: APIError) -> None:
    """Write what is done about an error; of the error only numbers, for it may quote a request.

    Args:
        level: of the log.
        text: a %-format; what the error is follows.
        values: for the text.
        error: what went wrong.
    """
    if not logger.isEnabledFor(level):
        return
    name, request_id = type(error).__name__, None
    if isinstance(error, APIStatusError):
        request_id = error.request_id
        name += f", HTTP {error.status_code}, code {error.code}, request {request_id}"
    logger.log(level, text + " (%s)", *values, name, extra={"request_id": request_id})
