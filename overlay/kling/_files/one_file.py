"""One result file: what to ask for next, where the reply belongs, and when it is complete."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from http import HTTPStatus
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from kling._files.part_files import Content, Part, is_strong, size_of
from kling._http import URL, Fetch, InvalidURL, Pause, Response, Steps, growing
from kling.errors import APIConnectionError, APIError, APIStatusError

# Seconds between attempts; so many of them may bring nothing new, one after the other.
_FIRST, _LONGEST, _MOST = 0.5, 8.0, 5
_REDIRECTS = 20
# Bytes at the end of what another call left that are fetched again, to see that they are the same.
_OVERLAP = 64 * 1024
# Compiled when it is needed, for most programs that import this never download.
_SPAN = r"bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\*)"
_GONE = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
# What gateways say with a 200 although something is wrong.
_NO_MEDIA = ("text/html", "text/xml", "application/json", "application/xml")

Tell = Callable[[int, int | None], None]
"""Is told how many bytes there are, and how many there will be if that is known."""


class ResultFile(NamedTuple):
    """A file of a task, there and here."""

    ref: str
    url: str
    path: Path


def fetch_file(file: ResultFile, tell: Tell) -> Steps[int]:
    """Fetch a file, go on where it broke off, and return its size in bytes.

    Raises:
        APIError: it is gone, or attempt after attempt brought nothing new.
        OSError: it cannot be written.
    """
    part = Part(file.path)
    try:
        return (yield from _fetched(file, part, tell))
    except BaseException:
        part.leave()
        raise


def _fetched(file: ResultFile, part: Part, tell: Tell) -> Steps[int]:
    most, pauses = 0, _pauses()
    while True:
        attempt = _Attempt(file, part, tell)
        problem = yield from attempt.carried_out()
        if problem is None:
            return attempt.finish()
        # New is what goes further than ever, for a server may break off at one place for ever.
        if attempt.size > most:
            most, pauses = attempt.size, _pauses()
        pause = next(pauses, None)
        if pause is None:
            raise problem
        yield Pause(pause)


class _Attempt:
    """One request for what is missing of a file, and what comes of it."""

    def __init__(self, file: ResultFile, part: Part, tell: Tell) -> None:
        self.size = 0
        """Bytes of the file after a body was written."""
        self._file = file
        self._part = part
        self._tell = tell
        self._start = max(0, part.size - (_OVERLAP if part.unproven else 0))
        self._total: int | None = None
        self._end: int | None = None
        self._fault: APIError | None = None
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
            self._part.drop()
            return None
        if isinstance(reply, APIError):
            # What was unpacked cannot go on by the length of what is packed.
            if self._is_packed or isinstance(reply, _OtherContentError):
                self._part.drop()
            return reply
        if self._fault:
            return self._fault
        return self._shortcoming(reply) if self._is_written else self._refusal(reply)

    def finish(self) -> int:
        """Give the file its name, and return its size."""
        if not self._is_there:
            self._part.path.replace(self._file.path)
        return size_of(self._file.path)

    def _asked(self) -> Steps[Response | APIError]:
        # Lengths and ranges are those of what is sent, so it must not be packed.
        headers = {"Accept-Encoding": "identity"}
        if self._start:
            headers["Range"] = f"bytes={self._start}-"
            if self._part.content and is_strong(self._part.content.etag):
                headers["If-Range"] = self._part.content.etag
        url = self._file.url
        for _ in range(_REDIRECTS + 1):
            _refuse_what_is_not_http(url)
            try:
                reply: Response = yield Fetch(url, headers, self._opened, self._grown)
            except APIConnectionError as error:
                return error
            except InvalidURL as error:
                raise APIConnectionError(
                    f"the url of the result leads to what is no url: {error}"
                ) from error
            if reply.next_request is None:
                return reply
            url = str(reply.next_request.url)
        raise APIConnectionError(f"the file cannot be had: more than {_REDIRECTS} redirects")

    def _opened(self, reply: Response) -> AbstractContextManager[Callable[[bytes], None]] | None:
        """Return what takes the body of a reply; None if it is not wanted."""
        status, known = reply.status_code, self._part.content
        if status not in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
            return None
        is_packed = reply.headers.get("content-encoding", "identity") != "identity"
        length = _number(reply.headers.get("content-length", ""))
        self._fault = _fault(reply, is_packed and length is None)
        if self._fault:
            return None
        whole = None if is_packed else length
        content = Content(
            reply.headers.get("etag", ""), reply.headers.get("last-modified", ""), whole
        )
        start = 0
        if status == HTTPStatus.PARTIAL_CONTENT:
            start, self._end, total = _span(reply)
            content = content._replace(total=total)
            if is_packed or not self._goes_on(content, start):
                return None
        # A total that was known stays so, but for a reply that says another one.
        self._total = content.total or (known and known.total)
        self._is_there = bool(self._total) and size_of(self._file.path) == self._total
        if self._is_there:
            return None
        self._part.content = content._replace(total=self._total)
        self._part.least = max(self._part.least, self._end or 0)
        self._is_written, self._is_packed, self.size = True, is_packed, start
        return self._writing()

    def _goes_on(self, content: Content, start: int) -> bool:
        """Whether a part is that which was asked for."""
        end, had = self._end or 0, max(self._part.unproven, self._start)
        return (
            0 < start == self._start < end <= (content.total or end)
            and not content.is_other_than(self._part.content)
            and had <= (content.total or had)
        )

    @contextmanager
    def _writing(self) -> Iterator[Callable[[bytes], None]]:
        part = self._part
        with part.open() as file:
            if not self.size:
                file.truncate(0)
                part.unproven = 0
            file.seek(self.size)

            def write(chunk: bytes) -> None:
                again = chunk[: max(0, part.unproven - self.size)]
                if again and file.read(len(again)) != again:
                    raise _OtherContentError("what an earlier download left is of another file")
                file.write(chunk[len(again) :])
                self.size += len(chunk)
                if self.size >= part.unproven:
                    part.unproven = 0

            yield write

    def _grown(self) -> None:
        self._tell(self.size, self._total or self._part.least or None)

    def _shortcoming(self, reply: Response) -> APIError | None:
        """Return why a body that ended makes no complete file; None if it does."""
        if not self.size:
            return APIConnectionError("the download is empty")
        part, length = self._part, _number(reply.headers.get("content-length", ""))
        is_cut = self.size < (self._total or part.least) or (
            self._is_packed and reply.num_bytes_downloaded != length
        )
        is_wrong = self.size > min(self._total or self.size, self._end or self.size) or (
            part.unproven and not is_cut
        )
        if is_wrong or (is_cut and self._is_packed):
            part.drop()
        if is_wrong or is_cut:
            return APIConnectionError(
                f"the download was cut after {self.size} of {self._total or part.least} bytes"
            )
        return None

    def _refusal(self, reply: Response) -> APIError:
        """Return why there is no body, if that may pass.

        Raises:
            APIStatusError: it does not pass.
        """
        status = reply.status_code
        gone = "; results are deleted 30 days after the creation of their task"
        error = APIStatusError(
            f"the file cannot be had: HTTP {status}{gone if status in _GONE else ''}",
            status_code=status,
        )
        is_out_of_range = status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
        if self._start and (is_out_of_range or status == HTTPStatus.PARTIAL_CONTENT):
            # What is here does not belong to what is there; it begins anew.
            self._part.drop()
        elif status < 500 and status != HTTPStatus.TOO_MANY_REQUESTS:
            raise error
        return error


class _OtherContentError(APIConnectionError):
    """What comes is not what is here."""


def _pauses() -> "islice[float]":
    return islice(growing(_FIRST, _LONGEST, growth=2.0), _MOST)


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch("[0-9]{1,18}", text) else None


def _span(reply: Response) -> tuple[int, int, int | None]:
    """Return where a part begins and ends, and the length of the whole if it says that."""
    span = re.fullmatch(_SPAN, reply.headers.get("content-range", ""))
    return (int(span[1]), int(span[2]) + 1, _number(span[3])) if span else (0, 0, None)


def _fault(reply: Response, is_endless: bool) -> APIError | None:
    """Return why a body is none of a result, if the headers say so."""
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


def _refuse_what_is_not_http(url: str) -> None:
    try:
        parsed = URL(url)
    except InvalidURL as error:
        raise APIConnectionError(f"the url of the result is not one: {error}") from error
    if parsed.scheme not in ("http", "https"):
        raise APIConnectionError(
            f"the url of the result leads to {parsed.scheme or 'no scheme'}:, which is refused; "
            f"only http and https are followed"
        )
    if not parsed.host:
        raise APIConnectionError("the url of the result is not one: it names no host")
