"""Downloading small results into memory instead of a folder."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from http import HTTPStatus

from kling._files.download_errors import (
    header_error,
    is_temporary,
    nothing_to_download,
    retry_pauses,
    status_error,
)
from kling._files.redirects import is_compressed, parse_number, request_file
from kling._http import Pause, Response, Steps, retry_pause
from kling._tasks import Task
from kling.errors import APIConnectionError, APIError

DEFAULT_MAX_READ = 64 * 1024 * 1024


def read_results(task: Task, max_bytes: int, only: int | None = None) -> Steps[list[bytes]]:
    """Return the content of the files of a task.

    Args:
        task: a task that has ended.
        max_bytes: the most bytes that each file may have.
        only: the number of the file to return, counted from 1; None returns all files.

    Raises:
        TaskError: the task has no files.
        APIError: a file cannot be downloaded, or is too large.
        ValueError: the task has no file with this number, or `max_bytes` is less than 1.
    """
    if not isinstance(max_bytes, int) or max_bytes < 1:
        raise ValueError(f"max_bytes must be a whole number of at least 1, not {max_bytes}")
    urls = [output.url for output in task.outputs if output.url]
    if not urls:
        raise nothing_to_download(task)
    if only is not None and not 0 < only <= len(urls):
        raise ValueError(f"{task.ref} has {len(urls)} files, numbered from 1, but no file {only}")
    if only is not None:
        urls = [urls[only - 1]]
    contents: list[bytes] = []
    for url in urls:
        content = yield from _download(url, max_bytes)
        contents.append(content)
    return contents


def _download(url: str, max_bytes: int) -> Steps[bytes]:
    pauses = retry_pauses()
    while True:
        body = _Body(max_bytes)
        reply = yield from request_file(url, {}, body.open_body)
        problem = reply if isinstance(reply, APIError) else body.problem_with(reply)
        if problem is None:
            return bytes(body.content)
        pause = next(pauses, None)
        if pause is None:
            raise problem
        yield Pause(retry_pause(pause, problem))


class _Body:
    """A body in memory. A retry starts from the beginning, because the body is small."""

    def __init__(self, max_bytes: int) -> None:
        self.content = bytearray()
        self._max_bytes = max_bytes
        self._header_error: APIError | None = None
        self._has_writer = False
        """Whether `open_body` accepted a body and returned a writer for it."""

    def open_body(self, reply: Response) -> AbstractContextManager[Callable[[bytes], None]] | None:
        """Return a writer for the body of a reply; None to skip the body."""
        if reply.status_code != HTTPStatus.OK:
            return None
        length = parse_number(reply.headers.get("content-length", ""))
        # The content of a compressed body may end before its last bytes have arrived. Without a
        # Content-Length, nothing shows that bytes are missing.
        has_unknown_end = is_compressed(reply) and length is None
        self._header_error = header_error(reply, has_unknown_end=has_unknown_end)
        if self._header_error:
            return None
        # A body without Content-Length is measured while it arrives.
        if (length or 0) > self._max_bytes:
            raise APIError(f"the file has {length} bytes, but max_bytes allows {self._max_bytes}")
        self._has_writer = True
        return self._writing()

    def problem_with(self, reply: Response) -> APIError | None:
        """Return a temporary error if the file is not complete, or else None.

        Raises:
            APIStatusError: the error is permanent.
        """
        if self._header_error:
            return self._header_error
        if not self._has_writer:
            if is_temporary(reply):
                return status_error(reply)
            raise status_error(reply)
        length = parse_number(reply.headers.get("content-length", ""))
        if not self.content:
            return APIConnectionError("the download is empty")
        # The Content-Length of a compressed body counts compressed bytes.
        received = reply.num_bytes_downloaded if is_compressed(reply) else len(self.content)
        if length is not None and received != length:
            return APIConnectionError(f"the download ended after {received} of {length} bytes")
        return None

    @contextmanager
    def _writing(self) -> Iterator[Callable[[bytes], None]]:
        def write(chunk: bytes) -> None:
            if len(self.content) + len(chunk) > self._max_bytes:
                raise APIError(
                    f"the file has more than the {self._max_bytes} bytes that max_bytes allows"
                )
            self.content += chunk

        yield write
