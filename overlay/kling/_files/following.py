"""Asking a media host for a file or for a part of it, wherever it redirects to."""

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import NamedTuple

from kling._http import URL, Fetch, InvalidURL, Response, Steps
from kling.errors import APIConnectionError, APIError

_REDIRECTS = 20
# Compiled when it is needed, for most programs that import this never download.
_SPAN = r"bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\*)"

Opened = Callable[[Response], AbstractContextManager[Callable[[bytes], None]] | None]


class Span(NamedTuple):
    """Bytes of a file, from `start` to just before `end`."""

    start: int
    end: int
    total: int | None = None
    """Bytes of the whole file, if that is known."""


def followed(
    url: str,
    headers: Mapping[str, str],
    opened: Opened,
    grown: Callable[[], None] = lambda: None,
) -> Steps[Response | APIError]:
    """Ask for a file, and return the reply or an error that may pass.

    Args:
        url: where the file is said to be; the host may redirect to another one.
        headers: what to send besides.
        opened: says from the status and the headers what takes the body; None to leave it.
        grown: is called whenever some of it was taken.

    Raises:
        APIError: it leads where no file is to be fetched from.
    """
    # Lengths and ranges are those of what is sent, so it must not be packed.
    headers = {"Accept-Encoding": "identity", **headers}
    for _ in range(_REDIRECTS + 1):
        _refuse_what_is_not_http(url)
        try:
            reply: Response = yield Fetch(url, headers, opened, grown)
        except APIConnectionError as error:
            return error
        except (InvalidURL, UnicodeError) as error:
            raise APIConnectionError(
                f"the url of the result leads to what is no url: {error}"
            ) from error
        if reply.next_request is None:
            return reply
        url = str(reply.next_request.url)
    raise APIConnectionError(f"the file cannot be had: more than {_REDIRECTS} redirects")


def is_packed(reply: Response) -> bool:
    """Whether the bytes that come are not those of the file."""
    return bool(reply.headers.get("content-encoding", "identity") != "identity")


def number(text: str) -> int | None:
    """Return the number that a header says; None if it says something else."""
    return int(text) if re.fullmatch("[0-9]{1,18}", text) else None


def span_of(reply: Response) -> Span:
    """Return which part of a file a reply has; an empty one if it does not say that."""
    span = re.fullmatch(_SPAN, reply.headers.get("content-range", ""))
    return Span(int(span[1]), int(span[2]) + 1, number(span[3])) if span else Span(0, 0)


def _refuse_what_is_not_http(url: str) -> None:
    try:
        parsed = URL(url)
    except (InvalidURL, UnicodeError) as error:
        raise APIConnectionError(f"the url of the result is not one: {error}") from error
    if parsed.scheme not in ("http", "https"):
        raise APIConnectionError(
            f"the url of the result leads to {parsed.scheme or 'no scheme'}:, which is refused; "
            f"only http and https are followed"
        )
    if not parsed.host:
        raise APIConnectionError("the url of the result is not one: it names no host")
