"""The files of several tasks, some at a time."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kling._files.no_files import no_files
from kling._files.one_file import ResultFile, Tell, fetch_file
from kling._http import AsyncHTTPClient, Clock, HTTPClient, Options, Steps
from kling._server_text import note, visible
from kling._tasks import FileNamer, Task, named_files
from kling.errors import TaskError

if TYPE_CHECKING:
    from anyio import CapacityLimiter

DEFAULT_AT_ONCE = 4
# Files that all calls of one client together fetch at a time.
_ROOM = 8
# Seconds between two reports on one file.
_REPORTS = 0.1


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the download of one file is."""

    ref: str
    """The ref of the task that made it."""
    path: Path
    """What it will be called here."""
    done: int
    """Bytes that are here."""
    total: int | None
    """Bytes that it has; None until the server says it."""


OnProgress = Callable[[Progress], None]
"""Is called by one thread at a time. What it raises ends the download, and leaves it as it is.

It may download over the same client itself, but must not wait for a thread that does.
"""


class Plan:
    """What is to be fetched, and what has come of it."""

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
            raise ValueError(f"at_once is how many files are fetched at a time, not {at_once}")
        # NaN is not less than 1 either.
        if max_bytes is not None and not max_bytes >= 1:
            raise ValueError(f"max_bytes is how many bytes a file may have, not {max_bytes}")
        self._results: list[Path | TaskError] = []
        files: dict[Path, ResultFile] = {}
        # There are disks to which capitals are small letters.
        by_name: dict[str, ResultFile] = {}
        for task in tasks:
            named = [ResultFile(task.ref, *one) for one in named_files(task, folder, name)]
            for file in named:
                other = by_name.setdefault(file.path.name.casefold(), file)
                if other.ref != file.ref:
                    raise ValueError(
                        visible(f"{other.ref} and {file.ref} would both become {file.path.name}")
                    )
                if other.url != file.url:
                    raise ValueError(
                        f"two files of {file.ref} would become {file.path.name}; {{n}} in the name "
                        "tells them apart"
                    )
                files[file.path] = file
            self._results += [file.path for file in named] or [no_files(task)]
        if files:
            _make(folder)
        self.workers = min(at_once, len(files))
        self._waiting = deque(files.values())
        self._done: set[Path] = set()
        self._failed: dict[Path, Exception] = {}
        self._raised: BaseException | None = None
        self._max_bytes = max_bytes
        self._on_progress = on_progress
        self._lock = threading.Lock()
        self._clock = clock
        self.sent_with = sent_with
        self._is_stopped = False

    def next(self) -> ResultFile | None:
        """Return a file that nobody has begun to fetch; None if there is none."""
        try:
            return self._waiting.popleft()
        except IndexError:
            return None

    def fetching(self, file: ResultFile) -> Steps[None]:
        """Fetch a file; its failure is kept for later, for the others go on."""
        try:
            size = yield from fetch_file(file, self._teller(file), self._max_bytes)
            self._done.add(file.path)
            self._report(Progress(file.ref, file.path, size, size))
        except Exception as error:
            self._failed[file.path] = error

    def stop(self) -> None:
        """Fetch no more."""
        self._waiting.clear()
        self._is_stopped = True

    def check(self) -> None:
        """Raise what the listener raised, if it did."""
        if self._raised is not None:
            raise self._raised

    def settled(self) -> Steps[list[Path]]:
        """Return the files, in order.

        Raises:
            Exception: the first failure, with a note for each of the others.
        """
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
        return [one for one in self._results if isinstance(one, Path) and one in self._done]

    def _teller(self, file: ResultFile) -> Tell:
        due = self._clock.monotonic()

        def tell(done: int, total: int | None) -> None:
            nonlocal due
            if self._is_stopped:
                raise _Stopped
            now = self._clock.monotonic()
            if self._on_progress and now >= due:
                due = now + _REPORTS
                self._report(Progress(file.ref, file.path, done, total))

        return tell

    def _report(self, progress: Progress) -> None:
        if self._on_progress:
            with self._lock:
                if self._is_stopped:
                    raise _Stopped
                try:
                    self._on_progress(progress)
                except BaseException as error:
                    # By itself it would be taken for a failure of the download.
                    self._raised = error
                    self.stop()
                else:
                    return
            raise _Stopped


class _Stopped(BaseException):
    """Nobody waits for the file any more."""


class Downloads:
    """Fetches files over a client."""

    def __init__(self, http: HTTPClient) -> None:
        self._http = http
        self._room = threading.BoundedSemaphore(_ROOM)
        self._here = threading.local()

    def fetch(self, plan: Plan) -> None:
        """Fetch everything of a plan."""
        try:
            if plan.workers <= 1 or self._is_within:
                self._work(plan)
            else:
                self._work_together(plan)
        except _Stopped:
            pass
        finally:
            plan.stop()
        plan.check()

    @property
    def _is_within(self) -> bool:
        """Whether a listener calls: it has a room, and would wait for another one for ever."""
        return getattr(self._here, "is_within", False)

    def _work_together(self, plan: Plan) -> None:
        from queue import SimpleQueue

        ended: SimpleQueue[BaseException | None] = SimpleQueue()

        def work() -> None:
            try:
                self._work(plan)
            except BaseException as error:
                ended.put(error)
            else:
                ended.put(None)

        for _ in range(plan.workers):
            # Those of an executor would keep an interrupted program from ending.
            threading.Thread(target=work, daemon=True).start()
        for _ in range(plan.workers):
            if error := ended.get():
                raise error

    def _work(self, plan: Plan) -> None:
        is_within = self._is_within
        while file := plan.next():
            with nullcontext() if is_within else self._room:
                self._here.is_within = True
                try:
                    self._http.carry_out(plan.fetching(file), plan.sent_with)
                finally:
                    self._here.is_within = is_within


class AsyncDownloads:
    """The same for async clients."""

    def __init__(self, http: AsyncHTTPClient) -> None:
        self._http = http
        self._room: Any = None

    async def fetch(self, plan: Plan) -> None:
        """Fetch everything of a plan."""
        import anyio

        if plan.workers <= 1:
            with suppress(_Stopped):
                await self._work(plan)
        else:
            async with anyio.create_task_group() as group:

                async def work() -> None:
                    try:
                        await self._work(plan)
                    except _Stopped:
                        group.cancel_scope.cancel()

                for _ in range(plan.workers):
                    group.start_soon(work)
        plan.check()

    async def _work(self, plan: Plan) -> None:
        while file := plan.next():
            async with self._room_here():
                await self._http.carry_out(plan.fetching(file), plan.sent_with)

    def _room_here(self) -> "CapacityLimiter":
        """Return the limiter of this event loop; a client may live in several, one by one."""
        from anyio import CapacityLimiter
        from anyio.lowlevel import RunVar

        self._room = self._room or RunVar("kling downloads")
        try:
            limiter: CapacityLimiter = self._room.get()
        except LookupError:
            limiter = CapacityLimiter(_ROOM)
            self._room.set(limiter)
        return limiter


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except UnicodeEncodeError as error:
        raise ValueError(f"no folder can be called {visible(str(folder))}") from error
