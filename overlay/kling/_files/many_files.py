"""Downloading the files of several tasks, several files at the same time."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kling._files.download_errors import nothing_to_download, same_name_error
from kling._files.one_file import ReportSize, ResultFile, fetch_file
from kling._http import AsyncHTTPClient, Clock, HTTPClient, Options, Steps
from kling._server_text import note, visible
from kling._tasks import FileNamer, Task, named_files
from kling.errors import TaskError

if TYPE_CHECKING:
    from anyio import CapacityLimiter

DEFAULT_AT_ONCE = 4
# The most files that one client downloads at the same time, in all its calls together.
_MAX_AT_ONCE = 8
# Seconds between two progress reports for one file.
_REPORT_INTERVAL = 0.1


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of the download of one file."""

    ref: str
    """The ref of the task that made the file."""
    path: Path
    """The path at which the file is saved."""
    done: int
    """Bytes received."""
    total: int | None
    """Bytes of the whole file; None until the server says how many."""


OnProgress = Callable[[Progress], None]
"""A callback for progress, called by one thread at a time. An exception that it raises ends the
download and reaches the caller unchanged.

The callback may itself download with the same client, but must not wait for another thread that
downloads with this client.
"""


class DownloadPlan:
    """The files to download in one call, and the outcome of each download."""

    def __init__(
        self,
        tasks: Sequence[Task],
        folder: Path,
        *,
        at_once: int,
        max_bytes: int | None,
        on_progress: OnProgress | None,
        clock: Clock,
        sent_with: Options,
        name: str | FileNamer | None = None,
    ) -> None:
        if at_once < 1:
            raise ValueError(f"at_once must be at least 1, not {at_once}")
        # `not >=` instead of `<`, so that NaN is refused too: every comparison with NaN is false.
        if max_bytes is not None and not max_bytes >= 1:
            raise ValueError(f"max_bytes must be at least 1, not {max_bytes}")
        # In the order of the tasks: the path of each file; for a task without files, an error.
        self._results: list[Path | TaskError] = []
        files: dict[Path, ResultFile] = {}
        # Names that differ only in upper and lower case count as equal, as in some file systems.
        by_name: dict[str, ResultFile] = {}
        for task in tasks:
            named = [
                ResultFile(task.ref, url, path) for url, path in named_files(task, folder, name)
            ]
            for file in named:
                other = by_name.setdefault(file.path.name.casefold(), file)
                # The same task may be given twice. Its files are downloaded once.
                if (other.ref, other.url) != (file.ref, file.url):
                    raise same_name_error(other.ref, file.ref, file.path.name)
                files[file.path] = file
            self._results += [file.path for file in named]
            if not named:
                self._results.append(nothing_to_download(task))
        if files:
            _make_folder(folder)
        self.at_once = min(at_once, len(files))
        self._waiting = deque(files.values())
        self._done: set[Path] = set()
        self._failed: dict[Path, Exception] = {}
        self._callback_error: BaseException | None = None
        self._max_bytes = max_bytes
        self._on_progress = on_progress
        self._lock = threading.Lock()
        self._clock = clock
        self.sent_with = sent_with
        self._is_stopped = False

    def next_file(self) -> ResultFile | None:
        """Return a file whose download has not begun; None if there are no more."""
        try:
            return self._waiting.popleft()
        except IndexError:
            return None

    def fetch_steps(self, file: ResultFile) -> Steps[None]:
        """Download a file. A failure is stored, so that the other downloads continue."""
        try:
            size = yield from fetch_file(file, self._reporter(file), self._max_bytes)
            self._done.add(file.path)
            self._report(Progress(file.ref, file.path, size, size))
        except Exception as error:
            self._failed[file.path] = error

    def stop(self) -> None:
        """Start no further download, and end those that are running."""
        self._waiting.clear()
        self._is_stopped = True

    def raise_callback_error(self) -> None:
        """Raise the error of the callback, if it raised one."""
        if self._callback_error is not None:
            raise self._callback_error

    def results(self) -> Steps[list[Path]]:
        """Return the paths of the files, in the order of the tasks.

        Raises:
            Exception: a download failed. This is the first failure; notes describe the others.
        """
        # Makes this function a generator, so that the client can remove tracebacks in `carry_out`.
        yield from ()
        failures: dict[str, Exception] = {}
        for result in self._results:
            if isinstance(result, TaskError):
                failures.setdefault(str(result), result)
            elif error := self._failed.get(result):
                failures.setdefault(f"{result.name}: {error}", error)
        if failures:
            first, *others = failures
            for other in others:
                note(failures[first], f"also: {other}")
            raise failures[first]
        return [path for path in self._results if isinstance(path, Path) and path in self._done]

    def _reporter(self, file: ResultFile) -> ReportSize:
        next_report = self._clock.monotonic()

        def report(done: int, total: int | None) -> None:
            nonlocal next_report
            if self._is_stopped:
                raise _Stopped
            now = self._clock.monotonic()
            if self._on_progress and now >= next_report:
                next_report = now + _REPORT_INTERVAL
                self._report(Progress(file.ref, file.path, done, total))

        return report

    def _report(self, progress: Progress) -> None:
        if self._on_progress:
            with self._lock:
                if self._is_stopped:
                    raise _Stopped
                try:
                    self._on_progress(progress)
                except BaseException as error:
                    # Raised later. Raised here, it could count as a failed download.
                    self._callback_error = error
                    self.stop()
                else:
                    return
            raise _Stopped


class _Stopped(BaseException):
    """Raised inside a download to end it, after `DownloadPlan.stop` was called."""


class Downloads:
    """Downloads files with a client."""

    def __init__(self, http: HTTPClient) -> None:
        self._http = http
        # A slot is the right to download one file.
        self._slots = threading.BoundedSemaphore(_MAX_AT_ONCE)
        self._thread = threading.local()

    def fetch(self, plan: DownloadPlan) -> None:
        """Download all files of a plan."""
        try:
            if plan.at_once <= 1 or self._holds_slot:
                self._work(plan)
            else:
                self._work_in_threads(plan)
        except _Stopped:
            pass
        finally:
            # If this thread was interrupted, the other threads must end too.
            plan.stop()
        plan.raise_callback_error()

    @property
    def _holds_slot(self) -> bool:
        """Whether this thread holds a slot. It does while it runs the callback of a download.

        If the callback starts a download, the download uses the same slot. If it waited for a
        second slot, it could wait forever.
        """
        return getattr(self._thread, "holds_slot", False)

    def _work_in_threads(self, plan: DownloadPlan) -> None:
        from queue import SimpleQueue

        ended: SimpleQueue[BaseException | None] = SimpleQueue()

        def work() -> None:
            try:
                self._work(plan)
            except BaseException as error:
                ended.put(error)
            else:
                ended.put(None)

        for _ in range(plan.at_once):
            # Not an executor: an interrupted program would wait for the threads of an executor.
            threading.Thread(target=work, daemon=True).start()
        for _ in range(plan.at_once):
            if error := ended.get():
                raise error

    def _work(self, plan: DownloadPlan) -> None:
        # In the callback of a download, this thread holds the slot of that download already.
        holds_slot = self._holds_slot
        while file := plan.next_file():
            with nullcontext() if holds_slot else self._slots:
                self._thread.holds_slot = True
                try:
                    self._http.carry_out(plan.fetch_steps(file), plan.sent_with)
                finally:
                    self._thread.holds_slot = holds_slot


class AsyncDownloads:
    """Does the same as `Downloads`, for async clients."""

    def __init__(self, http: AsyncHTTPClient) -> None:
        self._http = http
        # The limiter of each event loop. Created on first use, so that anyio is imported late.
        self._limiters: Any = None

    async def fetch(self, plan: DownloadPlan) -> None:
        """Download all files of a plan."""
        import anyio

        if plan.at_once <= 1:
            with suppress(_Stopped):
                await self._work(plan)
        else:
            async with anyio.create_task_group() as group:

                async def work() -> None:
                    try:
                        await self._work(plan)
                    except _Stopped:
                        group.cancel_scope.cancel()

                for _ in range(plan.at_once):
                    group.start_soon(work)
        plan.raise_callback_error()

    async def _work(self, plan: DownloadPlan) -> None:
        while file := plan.next_file():
            async with self._limiter():
                await self._http.carry_out(plan.fetch_steps(file), plan.sent_with)

    def _limiter(self) -> "CapacityLimiter":
        """Return the limiter of this event loop. A client may be used in several loops, in turn."""
        from anyio import CapacityLimiter
        from anyio.lowlevel import RunVar

        self._limiters = self._limiters or RunVar("kling downloads")
        try:
            limiter: CapacityLimiter = self._limiters.get()
        except LookupError:
            limiter = CapacityLimiter(_MAX_AT_ONCE)
            self._limiters.set(limiter)
        return limiter


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except UnicodeEncodeError as error:
        raise ValueError(f"{visible(str(folder))} is not a valid name for a folder") from error
