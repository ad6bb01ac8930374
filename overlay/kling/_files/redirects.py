"""Requesting a file, or a part of it, from a media host, and following redirects."""

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import NamedTuple

from kling._http import URL, Fetch, InvalidURL, Response, Steps
from kling.errors import APIConnectionError, APIError

_MAX_REDIRECTS = 20
# The beginning of a message about a URL.
_RESULT_URL = "the URL of the result, or a redirect from it,"
# `re` compiles this text on first use, because most programs that import it never download.
_CONTENT_RANGE = r"bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\*)"

OpenBody = Callable[[Response], AbstractContextManager[Callable[[bytes], None]] | None]


class Span(NamedTuple):
    """Bytes of a file, from `start` to just before `end`."""

    start: int
    end: int
    total: int | None = None
    """Bytes of the whole file, if known."""


def request_file(
    url: str,
    headers: Mapping[str, str],
    open_body: OpenBody,
    on_chunk: Callable[[], None] = lambda: None,
) -> Steps[Response | APIError]:
    """Request a file. Return the reply, or an error after which a retry may succeed.

    Args:
        url: the URL of the file; its host may redirect the request to another URL.
        headers: headers of the request, and of each redirected request.
        open_body: gets the reply before its body is read, and returns a writer for the body, or
            None to skip the body.
        on_chunk: called after each chunk is written.

    Raises:
        APIError: a URL is not valid, or there are too many redirects.
    """
    # We ask for a body without compression. Only then do Content-Length and Content-Range count the
    # bytes of the file.
    headers = {"Accept-Encoding": "identity", **headers}
    for _ in range(_MAX_REDIRECTS + 1):
        _check_url(url)
        try:
            reply: Response = yield Fetch(url, headers, open_body, on_chunk)
        except APIConnectionError as error:
            return error
        except (InvalidURL, UnicodeError) as error:
            raise APIConnectionError(f"{_RESULT_URL} is not valid: {error}") from error
        if reply.next_request is None:
            return reply
        url = str(reply.next_request.url)
    raise APIConnectionError(
        f"the file cannot be downloaded: its URL has more than {_MAX_REDIRECTS} redirects"
    )


def is_compressed(reply: Response) -> bool:
    """Whether the host compressed the body, although we asked for a body without compression."""
    return bool(reply.headers.get("content-encoding", "identity") != "identity")


def parse_number(text: str) -> int | None:
    """Return the value of a header as a number; None if it is not a whole number."""
    return int(text) if re.fullmatch("[0-9]{1,18}", text) else None


def span_of(reply: Response) -> Span:
    """Return the span of the file that a reply contains, as its Content-Range says.

    Return an empty span if the reply does not have this header.
    """
    span = re.fullmatch(_CONTENT_RANGE, reply.headers.get("content-range", ""))
    return Span(int(span[1]), int(span[2]) + 1, parse_number(span[3])) if span else Span(0, 0)


def _check_url(url: str) -> None:
    try:
        parsed = URL(url)
    except (InvalidURL, UnicodeError) as error:
        raise APIConnectionError(f"{_RESULT_URL} is not valid: {error}") from error
    if parsed.scheme not in ("http", "https"):
        scheme = f"the scheme {parsed.scheme}" if parsed.scheme else "no scheme"
        raise APIConnectionError(f"{_RESULT_URL} has {scheme}; the scheme must be http or https")
    if not parsed.host:
        raise APIConnectionError(f"{_RESULT_URL} has no host")
