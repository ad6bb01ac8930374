"""One result file: what to ask for next, where the reply belongs, and when it is complete."""

import re
from collections.abc import Callable
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import httpx

from kling._errors import APIConnectionError, APIError, APIStatusError
from kling._retries import growing
from kling._steps import Fetch, Pause, Steps

# Seconds between attempts; so many of them may bring nothing new, one after the other.
_FIRST, _LONGEST, _MOST = 0.5, 8.0, 5
_REDIRECTS = 20
# Compiled when it is needed, for most programs that import this never download.
_SPAN = r"bytes (?:([0-9]{1,18})-[0-9]{1,18}|\*)/([0-9]{1,18}|\*)"
_GONE = (httpx.codes.FORBIDDEN, httpx.codes.NOT_FOUND, httpx.codes.GONE)

Tell = Callable[[int, int | None], None]
"""Is told how many bytes there are, and how many there will be if that is known."""


class ResultFile(NamedTuple):
    """A file of a task, there and here."""

    ref: str
    url: str
    path: Path

    @property
    def part(self) -> Path:
        """Its name until it is complete; another call, or process, may have begun it."""
        return self.path.with_name(f"{self.path.name}.part")


def fetch_file(file: ResultFile, tell: Tell) -> Steps[int]:
    """Fetch a file, go on where it broke off, and return its size in bytes.

    Raises:
        APIError: it is gone, or attempt after attempt brought nothing new.
        OSError: it cannot be written.
    """
    try:
        return (yield from _fetched(file, tell))
    except BaseException:
        # Nothing to go on with.
        if _size(file.part) == 0:
            with suppress(OSError):
                file.part.unlink()
        raise


def _fetched(file: ResultFile, tell: Tell) -> Steps[int]:
    most, etag, pauses = 0, "", _pauses()
    while True:
        attempt = _Attempt(file, etag, tell)
        problem = yield from attempt.carried_out()
        if problem is None:
            return attempt.finish()
        # New is what goes further than ever, for a server may break off at one place for ever.
        if attempt.size > most:
            most, pauses = attempt.size, _pauses()
        pause = next(pauses, None)
        if pause is None:
            raise problem
        etag = attempt.etag
        yield Pause(pause)


class _Attempt:
    """One request for what is missing of a file, and what comes of it."""

    def __init__(self, file: ResultFile, etag: str, tell: Tell) -> None:
        self.etag = etag
        """What the server called this content in this call; empty if it did not say."""
        self.size = 0
        """Bytes of the file after a body was written."""
        self._file = file
        self._tell = tell
        self._had = _size(file.part)
        self._total: int | None = None
        self._is_written = False
        self._is_packed = False
        self._is_there = False

    def carried_out(self) -> Steps[APIError | None]:
        """Ask; return None if the file is complete, and otherwise an error that may pass.

        Raises:
            APIError: it does not pass.
        """
        reply = yield from self._asked()
        if self._is_there:
            self._drop()
            return None
        if isinstance(reply, APIError):
            # What was unpacked cannot go on by the length of what is packed.
            if self._is_packed:
                self._drop()
            return reply
        if not self._is_written:
            return self._refusal(reply)
        if not self.size:
            return APIConnectionError("the download is empty")
        if self._total in (None, self.size):
            return None
        if self.size > (self._total or 0):
            self._drop()
        return APIConnectionError(f"the download was cut after {self.size} of {self._total} bytes")

    def finish(self) -> int:
        """Give the file its name, and return its size."""
        if not self._is_there:
            try:
                self._file.part.replace(self._file.path)
            except FileNotFoundError:
                # Somebody else may have completed it meanwhile.
                if _size(self._file.path) != self.size:
                    raise
        return _size(self._file.path)

    def _asked(self) -> Steps[httpx.Response | APIError]:
        # Lengths and ranges are those of what is sent, so it must not be packed.
        headers = {"Accept-Encoding": "identity"}
        if self._had:
            headers["Range"] = f"bytes={self._had}-"
            if self.etag:
                headers["If-Range"] = self.etag
        url = self._file.url
        for _ in range(_REDIRECTS + 1):
            _refuse_what_is_not_http(url)
            try:
                reply: httpx.Response = yield Fetch(
                    url, headers, self._file.part, self._place, self._grown
                )
            except APIConnectionError as error:
                return error
            except httpx.InvalidURL as error:
                raise APIConnectionError(
                    f"the url of the result leads to what is no url: {error}"
                ) from error
            if reply.next_request is None:
                return reply
            url = str(reply.next_request.url)
        raise APIConnectionError(f"the file cannot be had: more than {_REDIRECTS} redirects")

    def _place(self, reply: httpx.Response) -> int | None:
        """Return where in the file the body of a reply begins; None if it is not wanted."""
        length = _number(reply.headers.get("content-length", ""))
        self._is_packed = reply.headers.get("content-encoding", "identity") != "identity"
        if reply.status_code == httpx.codes.OK:
            start, total = 0, None if self._is_packed else length
        elif reply.status_code == httpx.codes.PARTIAL_CONTENT and self._goes_on(reply):
            start, total = self._had, _total(reply)
            if total is None and length is not None:
                total = start + length
        else:
            return None
        self._is_there = bool(total) and _size(self._file.path) == total
        if self._is_there:
            return None
        etag = reply.headers.get("etag", "")
        # A weak one, which begins with W/, says nothing about single bytes.
        self.etag = etag if etag.startswith('"') and etag.isascii() else ""
        self._is_written, self.size, self._total = True, start, total
        return start

    def _goes_on(self, reply: httpx.Response) -> bool:
        """Whether a part is that which was asked for."""
        span = re.fullmatch(_SPAN, reply.headers.get("content-range", ""))
        same = not self.etag or reply.headers.get("etag", self.etag) == self.etag
        begins = span is not None and span[1] is not None and int(span[1]) == self._had
        return self._had > 0 and begins and same and not self._is_packed

    def _grown(self, size: int) -> None:
        self.size = size
        self._tell(size, self._total)

    def _refusal(self, reply: httpx.Response) -> APIError | None:
        """Return why there is no body, if that may pass; None if nothing was missing.

        Raises:
            APIStatusError: it does not pass.
        """
        status = reply.status_code
        is_out_of_range = status == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE
        if is_out_of_range and self._had and _total(reply) == self._had:
            self.size = self._had
            return None
        gone = "; results are deleted 30 days after the creation of their task"
        error = APIStatusError(
            f"the file cannot be had: HTTP {status}{gone if status in _GONE else ''}",
            status_code=status,
        )
        if self._had and (is_out_of_range or status == httpx.codes.PARTIAL_CONTENT):
            # What is here does not belong to what is there; it begins anew.
            self._drop()
        elif status < 500 and status != httpx.codes.TOO_MANY_REQUESTS:
            raise error
        return error

    def _drop(self) -> None:
        self._file.part.unlink(missing_ok=True)


def _pauses() -> "islice[float]":
    return islice(growing(_FIRST, _LONGEST, growth=2.0), _MOST)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch("[0-9]{1,18}", text) else None


def _total(reply: httpx.Response) -> int | None:
    """Return the length of the whole file, of which a reply has a part or none."""
    span = re.fullmatch(_SPAN, reply.headers.get("content-range", ""))
    return _number(span[2]) if span else None


def _refuse_what_is_not_http(url: str) -> None:
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise APIConnectionError(f"the url of the result is not one: {error}") from error
    if parsed.scheme not in ("http", "https"):
        raise APIConnectionError(
            f"the url of the result leads to {parsed.scheme or 'no scheme'}:, which is refused; "
            f"only http and https are followed"
        )
    if not parsed.host:
        raise APIConnectionError("the url of the result is not one: it names no host")
