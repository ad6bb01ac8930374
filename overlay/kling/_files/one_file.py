"""One result file: what to ask for next, where the reply belongs, and when it is complete."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from kling._files.following import followed, is_packed, number, span_of
from kling._files.no_files import fault, may_pass, pauses_of_file, refusal
from kling._files.part_files import Content, Part, check_space, is_strong, size_of
from kling._files.samples import OtherContentError, Sample, spans_of
from kling._http import Pause, Response, Steps, retry_pause
from kling.errors import APIConnectionError, APIError

# Bytes at the end of what another call left that are fetched again, to see that they are the same.
_OVERLAP = 64 * 1024
# How much more than its Content-Length a packed body may unpack to: so many times, and bytes.
_GROWTH, _SLACK = 50, 16 * 1024 * 1024
_OTHER = (
    HTTPStatus.OK,
    HTTPStatus.PARTIAL_CONTENT,
    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
)

Tell = Callable[[int, int | None], None]
"""Is told how many bytes there are, and how many there will be if that is known."""


class ResultFile(NamedTuple):
    """A file of a task, there and here."""

    ref: str
    url: str
    path: Path


def fetch_file(file: ResultFile, tell: Tell, most: int | None) -> Steps[int]:
    """Fetch a file, go on where it broke off, and return its size in bytes.

    Args:
        file: what to fetch.
        tell: is told of its progress.
        most: bytes that it may have; None for as many as its host says.

    Raises:
        APIError: it is gone, or too large, or attempt after attempt brought nothing new.
        OSError: it cannot be written.
    """
    part = Part(file.path)
    try:
        return (yield from _fetched(file, part, tell, most))
    except _TooLargeError:
        part.drop()
        raise
    except BaseException:
        part.leave()
        raise


def _fetched(file: ResultFile, part: Part, tell: Tell, most: int | None) -> Steps[int]:
    furthest, pauses = 0, pauses_of_file()
    while True:
        attempt = _Attempt(file, part, tell, most)
        problem = yield from attempt.carried_out()
        if problem is None:
            return attempt.finish()
        # New is what goes further than ever, for a server may break off at one place for ever.
        if attempt.size > furthest:
            furthest, pauses = attempt.size, pauses_of_file()
        pause = next(pauses, None)
        if pause is None:
            raise problem
        yield Pause(retry_pause(pause, problem))


class _Attempt:
    """One request for what is missing of a file, and what comes of it."""

    def __init__(self, file: ResultFile, part: Part, tell: Tell, most: int | None) -> None:
        self.size = 0
        """Bytes of the file after a body was written."""
        self._file = file
        self._part = part
        self._tell = tell
        self._most = most
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
        problem = yield from self._compared()
        if problem is not None:
            return problem
        reply = yield from self._asked()
        if self._is_there:
            self._part.drop()
            return None
        if isinstance(reply, APIError):
            # What was unpacked cannot go on by the length of what is packed.
            if self._is_packed or isinstance(reply, OtherContentError):
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

    def _compared(self) -> Steps[APIError | None]:
        """Begin anew if what is here is of another file, as far as samples show.

        Return an error that may pass, if it cannot be told.
        """
        content = self._part.content
        if content and is_strong(content.etag):
            # Then the host itself compares.
            return None
        for span in spans_of(self._start):
            sample = Sample(self._part.path, span)
            headers = {"Range": sample.range}
            reply = yield from followed(self._file.url, headers, sample.opened)
            if sample.is_same:
                continue
            if not isinstance(reply, APIError) and reply.status_code not in _OTHER:
                return self._refusal(reply)
            if isinstance(reply, APIError) and not isinstance(reply, OtherContentError):
                return reply
            self._part.drop()
            self._start = 0
            break
        return None

    def _asked(self) -> Steps[Response | APIError]:
        headers = {}
        if self._start:
            headers["Range"] = f"bytes={self._start}-"
            if self._part.content and is_strong(self._part.content.etag):
                headers["If-Range"] = self._part.content.etag
        return (yield from followed(self._file.url, headers, self._opened, self._grown))

    def _opened(self, reply: Response) -> AbstractContextManager[Callable[[bytes], None]] | None:
        """Return what takes the body of a reply; None if it is not wanted."""
        status, known = reply.status_code, self._part.content
        if status not in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
            return None
        packed, length = is_packed(reply), number(reply.headers.get("content-length", ""))
        self._fault = fault(reply, packed and length is None)
        if self._fault:
            return None
        whole = None if packed else length
        content = Content(
            reply.headers.get("etag", ""), reply.headers.get("last-modified", ""), whole
        )
        start = 0
        if status == HTTPStatus.PARTIAL_CONTENT:
            start, self._end, total = span_of(reply)
            content = content._replace(total=total)
            if packed or not self._goes_on(content, start):
                return None
        # A total that was known stays so, but for a reply that says another one.
        self._total = content.total or (known and known.total)
        self._is_there = bool(self._total) and size_of(self._file.path) == self._total
        if self._is_there:
            return None
        self._part.content = content._replace(total=self._total)
        self._part.least = max(self._part.least, self._end or 0)
        self._is_written, self._is_packed, self.size = True, packed, start
        if packed and length is not None and self._most is None:
            self._most = length * _GROWTH + _SLACK
        needed = self._total or self._end or length or 0
        if self._most is not None and needed > self._most:
            raise APIError(f"the file has {needed} bytes, and max_bytes allows {self._most}")
        check_space(self._file.path, needed - start)
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
                # Some file systems write a file to the disk when it is closed after this.
                if part.size:
                    file.truncate(0)
                part.unproven = 0
            file.seek(self.size)

            def write(chunk: bytes) -> None:
                again = chunk[: max(0, part.unproven - self.size)]
                if again and file.read(len(again)) != again:
                    raise OtherContentError("what an earlier download left is of another file")
                if self._most is not None and self.size + len(chunk) > self._most:
                    raise _TooLargeError(f"the file has more than {self._most} bytes")
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
        part, length = self._part, number(reply.headers.get("content-length", ""))
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
        status, error = reply.status_code, refusal(reply)
        is_out_of_range = status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
        if self._start and (is_out_of_range or status == HTTPStatus.PARTIAL_CONTENT):
            # What is here does not belong to what is there; it begins anew.
            self._part.drop()
        elif not may_pass(reply):
            raise error
        return error


class _TooLargeError(APIError):
    """More has come than may."""
