"""Downloading one result file: what to request, how to resume, and when the file is complete."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from kling._files.download_errors import header_error, is_temporary, retry_pauses, status_error
from kling._files.part_files import Content, Part, check_space, is_strong, size_on_disk
from kling._files.redirects import is_compressed, parse_number, request_file, span_of
from kling._files.samples import OtherContentError, Sample, sample_spans
from kling._http import Pause, Response, Steps, retry_pause
from kling.errors import APIConnectionError, APIError

# If an earlier call wrote the partial file, this many of its last bytes are downloaded again, and
# compared.
_OVERLAP = 64 * 1024
# If max_bytes is not given, a compressed body may have at most this many bytes when decompressed:
# its Content-Length times this factor, plus the slack.
_MAX_GROWTH, _SLACK = 50, 16 * 1024 * 1024
# Samples are explained in the module `samples`. If the reply to a request for a sample has one of
# these statuses, but not the sample, we start from the beginning. Other statuses are errors.
_NOT_THE_SAMPLE = (
    HTTPStatus.OK,
    HTTPStatus.PARTIAL_CONTENT,
    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
)

ReportSize = Callable[[int, int | None], None]
"""Called with the bytes received so far, and with the total if it is known."""


class ResultFile(NamedTuple):
    """A file of a task: its URL, and the path to save it at."""

    ref: str
    url: str
    path: Path


def fetch_file(file: ResultFile, report: ReportSize, max_bytes: int | None) -> Steps[int]:
    """Download a file, resume after an interruption, and return the size in bytes.

    Args:
        file: the file.
        report: called with the progress.
        max_bytes: the most bytes that the file may have; None for no limit, except on the growth
            of a compressed body.

    Raises:
        APIError: the file is gone or too large, or several retries in a row made no progress.
        OSError: the file cannot be written.
    """
    part = Part(file.path)
    try:
        return (yield from _with_retries(file, part, report, max_bytes))
    except _TooLargeError:
        part.discard()
        raise
    except BaseException:
        part.keep_for_later()
        raise


def _with_retries(
    file: ResultFile, part: Part, report: ReportSize, max_bytes: int | None
) -> Steps[int]:
    furthest, pauses = 0, retry_pauses()
    while True:
        attempt = _Attempt(file, part, report, max_bytes)
        problem = yield from attempt.run()
        if problem is None:
            return attempt.finish()
        # Only bytes that no attempt has reached before count as progress, because a server may
        # break off at the same place every time. After progress, we count retries from 0 again.
        if attempt.size > furthest:
            furthest, pauses = attempt.size, retry_pauses()
        pause = next(pauses, None)
        if pause is None:
            raise problem
        yield Pause(retry_pause(pause, problem))


class _Attempt:
    """One request for the missing rest of a file."""

    def __init__(
        self, file: ResultFile, part: Part, report: ReportSize, max_bytes: int | None
    ) -> None:
        self.size = 0
        """Bytes of the file that have been written."""
        self._file = file
        self._part = part
        self._report = report
        self._max_bytes = max_bytes
        self._start = max(0, part.size - (_OVERLAP if part.unverified else 0))
        """The position in the file from which bytes are requested."""
        self._total: int | None = None
        """Bytes of the whole file; None if no reply has stated it."""
        self._end: int | None = None
        """The end of the span in a partial reply; None in a reply with the whole file."""
        self._header_error: APIError | None = None
        self._has_writer = False
        """Whether `_open_body` accepted a body and returned a writer for it."""
        self._is_compressed = False
        self._is_already_saved = False
        """Whether a file of the right size already has the final name."""

    def run(self) -> Steps[APIError | None]:
        """Send the request; return None if the file is complete, or else a temporary error.

        Raises:
            APIError: the error is permanent.
        """
        problem = yield from self._check_samples()
        if problem is not None:
            return problem
        reply = yield from self._request_rest()
        if self._is_already_saved:
            self._part.discard()
            return None
        if isinstance(reply, APIError):
            # A compressed body cannot be resumed, because a range would count compressed bytes, and
            # the partial file has decompressed bytes.
            if self._is_compressed or isinstance(reply, OtherContentError):
                self._part.discard()
            return reply
        if self._header_error:
            return self._header_error
        if self._has_writer:
            return self._check_complete(reply)
        return self._error_without_body(reply)

    def finish(self) -> int:
        """Give the complete file its final name, and return its size."""
        if not self._is_already_saved:
            self._part.path.replace(self._file.path)
        return size_on_disk(self._file.path)

    def _check_samples(self) -> Steps[APIError | None]:
        """Discard the partial file if samples show that it belongs to a different file.

        Return a temporary error if the samples cannot be fetched.
        """
        content = self._part.content
        if content and is_strong(content.etag):
            # No sample is needed: with If-Range, the host itself compares the ETag.
            return None
        for span in sample_spans(self._start):
            sample = Sample(self._part.path, span)
            headers = {"Range": sample.range}
            reply = yield from request_file(self._file.url, headers, sample.open_body)
            if sample.is_same:
                continue
            if not isinstance(reply, APIError) and reply.status_code not in _NOT_THE_SAMPLE:
                # An error status says nothing about the content.
                return self._error_without_body(reply)
            if isinstance(reply, APIError) and not isinstance(reply, OtherContentError):
                # The connection failed.
                return reply
            # The host has other bytes, or no such span: the partial file is of a different file.
            self._part.discard()
            self._start = 0
            break
        return None

    def _request_rest(self) -> Steps[Response | APIError]:
        headers = {}
        if self._start:
            headers["Range"] = f"bytes={self._start}-"
            if self._part.content and is_strong(self._part.content.etag):
                headers["If-Range"] = self._part.content.etag
        return (yield from request_file(self._file.url, headers, self._open_body, self._on_chunk))

    def _open_body(self, reply: Response) -> AbstractContextManager[Callable[[bytes], None]] | None:
        """Return a writer for the body of a reply; None to skip the body."""
        status, earlier = reply.status_code, self._part.content
        if status not in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
            return None
        has_compression = is_compressed(reply)
        length = parse_number(reply.headers.get("content-length", ""))
        has_unknown_end = has_compression and length is None
        self._header_error = header_error(reply, has_unknown_end=has_unknown_end)
        if self._header_error:
            return None
        file_size = None if has_compression else length
        content = Content(
            reply.headers.get("etag", ""), reply.headers.get("last-modified", ""), file_size
        )
        start = 0
        if status == HTTPStatus.PARTIAL_CONTENT:
            start, self._end, total = span_of(reply)
            content = content._replace(total=total)
            if has_compression or not self._continues_part(content, start):
                return None
        # If this reply does not state the total, we use the total of an earlier reply.
        self._total = content.total or None
        if self._total is None and earlier:
            self._total = earlier.total
        self._is_already_saved = bool(self._total) and size_on_disk(self._file.path) == self._total
        if self._is_already_saved:
            return None
        self._part.content = content._replace(total=self._total)
        self._part.min_total = max(self._part.min_total, self._end or 0)
        self._has_writer, self._is_compressed, self.size = True, has_compression, start
        if has_compression and length is not None and self._max_bytes is None:
            self._max_bytes = length * _MAX_GROWTH + _SLACK
        # The end of the bytes to write, as far as the reply states it.
        needed = self._total or self._end or length or 0
        if self._max_bytes is not None and needed > self._max_bytes:
            raise APIError(f"the file has {needed} bytes, but max_bytes allows {self._max_bytes}")
        check_space(self._file.path, needed - start)
        return self._writing()

    def _continues_part(self, content: Content, start: int) -> bool:
        """Whether a partial reply is the requested rest of the partial file."""
        # The partial file has at least `on_disk` bytes, so a file with fewer is a different one.
        end, on_disk = self._end or 0, max(self._part.unverified, self._start)
        is_requested_span = self._start > 0 and start == self._start and start < end
        fits_total = not content.total or max(end, on_disk) <= content.total
        return is_requested_span and fits_total and not content.differs_from(self._part.content)

    @contextmanager
    def _writing(self) -> Iterator[Callable[[bytes], None]]:
        part = self._part
        with part.open() as file:
            if not self.size:
                # The body begins at the first byte, so it replaces the partial file. This file is
                # truncated only if needed, because some file systems write a truncated file to the
                # disk when it is closed.
                if part.size:
                    file.truncate(0)
                part.unverified = 0
            file.seek(self.size)

            def write(chunk: bytes) -> None:
                # Bytes that the partial file already has. They are compared instead of written.
                overlap = chunk[: max(0, part.unverified - self.size)]
                if overlap and file.read(len(overlap)) != overlap:
                    raise OtherContentError("the partial file belongs to a different file")
                if self._max_bytes is not None and self.size + len(chunk) > self._max_bytes:
                    raise _TooLargeError(
                        f"the file has more than {self._max_bytes} bytes, the limit of this "
                        "download (max_bytes)"
                    )
                file.write(chunk[len(overlap) :])
                self.size += len(chunk)
                if self.size >= part.unverified:
                    part.unverified = 0

            yield write

    def _on_chunk(self) -> None:
        self._report(self.size, self._total or self._part.min_total or None)

    def _check_complete(self, reply: Response) -> APIError | None:
        """Return an error if the file is not complete after the end of a body, or else None."""
        if not self.size:
            return APIConnectionError("the download is empty")
        part, length = self._part, parse_number(reply.headers.get("content-length", ""))
        expected = self._total or part.min_total
        # The Content-Length of a compressed body counts compressed bytes.
        is_cut = self.size < expected or (
            self._is_compressed and reply.num_bytes_downloaded != length
        )
        # Beyond the end of the whole file, or of the span in the reply.
        is_too_long = any(end and self.size > end for end in (self._total, self._end))
        # All bytes arrived, but fewer than an earlier call wrote: the file is a different one.
        is_unverified = part.unverified > 0 and not is_cut
        if is_too_long or is_unverified or (is_cut and self._is_compressed):
            part.discard()
        if is_too_long or is_unverified or is_cut:
            return APIConnectionError(f"the download ended after {self.size} of {expected} bytes")
        return None

    def _error_without_body(self, reply: Response) -> APIError:
        """Return a temporary error for a reply whose body is not written.

        Raises:
            APIStatusError: the error is permanent.
        """
        status, error = reply.status_code, status_error(reply)
        is_out_of_range = status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
        if self._start and (is_out_of_range or status == HTTPStatus.PARTIAL_CONTENT):
            # The host has no such span, or sent another one. So the partial file belongs to a
            # different file, and the next attempt starts from the beginning.
            self._part.discard()
        elif not is_temporary(reply):
            raise error
        return error


class _TooLargeError(APIError):
    """The body has more bytes than allowed."""
