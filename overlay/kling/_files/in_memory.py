"""Small results that are wanted in memory, and not in a folder."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from http import HTTPStatus

from kling._files.following import followed, is_packed, number
from kling._files.no_files import fault, may_pass, no_files, pauses_of_file, refusal
from kling._http import Pause, Response, Steps, retry_pause
from kling._tasks import Task
from kling.errors import APIConnectionError, APIError

DEFAULT_MAX_READ = 64 * 1024 * 1024


def read_results(task: Task, most: int, only: int | None = None) -> Steps[list[bytes]]:
    """Return what a task made, file by file.

    Args:
        task: has ended.
        most: bytes that each file may have.
        only: the number of the one file that is wanted, from 1; None for all.

    Raises:
        TaskError: it has made nothing.
        APIError: a file could not be had, or is too large.
        ValueError: there is no such number, or no byte is allowed.
    """
    if not isinstance(most, int) or most < 1:
        raise ValueError(f"max_bytes is how many bytes a file may have, not {most}")
    urls = [output.url for output in task.outputs if output.url]
    if not urls:
        raise no_files(task)
    if only is not None and not 0 < only <= len(urls):
        raise ValueError(f"{task.ref} has {len(urls)} files, numbered from 1, and none is {only}")
    contents: list[bytes] = []
    for url in urls if only is None else urls[only - 1 : only]:
        contents += [(yield from _fetched(url, most))]
    return contents


def _fetched(url: str, most: int) -> Steps[bytes]:
    pauses = pauses_of_file()
    while True:
        body = _Body(most)
        reply = yield from followed(url, {}, body.opened)
        problem = reply if isinstance(reply, APIError) else body.shortcoming(reply)
        if problem is None:
            return bytes(body.content)
        if (pause := next(pauses, None)) is None:
            raise problem
        yield Pause(retry_pause(pause, problem))


class _Body:
    """A body that is kept in memory; what broke off is fetched anew, for it is small."""

    def __init__(self, most: int) -> None:
        self.content = bytearray()
        self._most = most
        self._fault: APIError | None = None
        self._is_written = False

    def opened(self, reply: Response) -> AbstractContextManager[Callable[[bytes], None]] | None:
        """Return what takes the body of a reply; None if it is not wanted."""
        if reply.status_code != HTTPStatus.OK:
            return None
        length = number(reply.headers.get("content-length", ""))
        self._fault = fault(reply, is_packed(reply) and length is None)
        if self._fault:
            return None
        if (length or 0) > self._most:
            raise APIError(f"the file has {length} bytes, and max_bytes allows {self._most}")
        self._is_written = True
        return self._writing()

    def shortcoming(self, reply: Response) -> APIError | None:
        """Return why there is no complete file, if that may pass; None if there is one.

        Raises:
            APIStatusError: it does not pass.
        """
        if self._fault:
            return self._fault
        if not self._is_written:
            if may_pass(reply):
                return refusal(reply)
            raise refusal(reply)
        length = number(reply.headers.get("content-length", ""))
        if not self.content:
            return APIConnectionError("the download is empty")
        came = reply.num_bytes_downloaded if is_packed(reply) else len(self.content)
        if length is not None and came != length:
            return APIConnectionError(f"the download was cut after {came} of {length} bytes")
        return None

    @contextmanager
    def _writing(self) -> Iterator[Callable[[bytes], None]]:
        def write(chunk: bytes) -> None:
            if len(self.content) + len(chunk) > self._most:
                raise APIError(f"the file has more than {self._most} bytes, which max_bytes allows")
            self.content += chunk

        yield write
