"""One worker: an event loop in a thread of its own, which does jobs and says which have ended."""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, Literal

from kling._client import AsyncKling
from kling._http import tasks_are_resumed
from kling.batch import presence
from kling.batch.doing import do
from kling.batch.jobs import ACTIVE, ENDED, Job, Status
from kling.batch.queues import make_queues, pause_queues
from kling.batch.record import Record
from kling.batch.settings import OTHER, Settings, kinds
from kling.batch.state import why_unreachable
from kling.batch.transitions import Outcome

logger = logging.getLogger("kling")

POLL = 1.0
"""Seconds between two looks for jobs that may start, and for those that have ended."""
# Threads for the database and for files.
_THREADS = 4
_LONGEST_PAUSE = 30.0

Role = Literal["run", "work"]


class Worker:
    """Works on a batch in a thread, until no job is left or it is stopped.

    Args:
        record: of the batch.
        make_client: returns the client, within the event loop, and whether to close it.
        settings: what it is run with.
        role: run yields what anybody did, and ends where the batch is paused; work yields what is
            done here, and waits.
        deliver: is given each job that has ended, and at the end None or what went wrong.
        on_update: is given each job whose status changes here.
    """

    def __init__(
        self,
        record: Record,
        make_client: Callable[[], tuple[AsyncKling, bool]],
        settings: Settings,
        role: Role,
        deliver: Callable[[Job | BaseException | None], None],
        on_update: Callable[[Job], None] | None,
    ) -> None:
        self._record, self._make_client, self._settings = record, make_client, settings
        self._role, self._deliver, self._on_update = role, deliver, on_update
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="kling-batch")
        self._running: dict[asyncio.Task[Any], tuple[str, int]] = {}
        self._failed: asyncio.Future[None] | None = None
        self._client: AsyncKling | None = None
        self._stop: Callable[[], object] | None = None
        self._is_stopped = threading.Event()
        self._thread = threading.Thread(target=self._live, name="kling-batch", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Start no more jobs, leave those that run to the next worker, and return then."""
        self._is_stopped.set()
        if self._stop is not None:
            with suppress(RuntimeError):  # its loop is closed: it has ended by itself
                self._stop()
        self._thread.join()

    def _live(self) -> None:
        try:
            asyncio.run(self._work())
        except asyncio.CancelledError:
            self._deliver(None)
        except BaseException as error:
            self._deliver(error)
        else:
            self._deliver(None)
        finally:
            self._threads.shutdown(wait=False, cancel_futures=True)

    async def _work(self) -> None:
        from kling.batch.engine import Engine

        loop = asyncio.get_running_loop()
        me = asyncio.current_task()
        assert me is not None  # asyncio.run made it
        self._failed = loop.create_future()
        self._stop = lambda: loop.call_soon_threadsafe(me.cancel)
        if self._is_stopped.is_set():
            return
        engine = Engine(self._record.state, self._do)
        here = presence.Presence(self._record, engine.recover)
        left: dict[asyncio.Task[Any], tuple[str, int]] = {}
        try:
            self._client, is_ours = self._make_client()
            try:
                queues = await self._elsewhere(self._prepare)
                await self._elsewhere(here.enter)
                engine.launch(here.id, queues, POLL)
                await self._elsewhere(here.beat)
                await self._elsewhere(self._record.mend)
                beating = asyncio.create_task(self._beat(here))
                try:
                    await self._watch()
                finally:
                    beating.cancel()
            finally:
                self._is_stopped.set()
                left = dict(self._running)
                for task in left:
                    task.cancel()
                await asyncio.gather(*left, return_exceptions=True)
                if is_ours:
                    await self._client.close()
        finally:
            await loop.run_in_executor(self._threads, engine.close)
            await loop.run_in_executor(self._threads, self._record.release, dict(left.values()))
            await loop.run_in_executor(self._threads, here.leave)

    def _prepare(self) -> list[str]:
        """Make the queues, and return the names of those to take from."""
        record, packages = self._record, self._record.packages()
        is_first = self._role == "run"
        make_queues(record, self._settings, packages, poll=POLL, anew=is_first)
        # Also those of kinds that somebody may add yet.
        return [record.queue(kind) for kind in [*kinds(), OTHER]]

    async def _beat(self, here: presence.Presence) -> None:
        while True:
            await asyncio.sleep(presence.BEAT)
            try:
                await self._elsewhere(here.beat)
                await self._elsewhere(self._record.mend, ["running"])
            except Exception:
                # Without the database nothing goes on anyway; the others may think us dead.
                logger.warning("the state cannot be reached", exc_info=True)

    async def _watch(self) -> None:
        """Deliver jobs as they end; return when there is nothing left to do."""
        record, seen = self._record, await self._elsewhere(self._record.runs, ENDED)
        known: dict[Status, tuple[int, int]] = {}
        assert self._failed is not None  # before this
        while True:
            # In this order: what is over by the first look has ended by the second one.
            tally, paused = await self._elsewhere(lambda: (record.tally(), record.batch.paused))
            is_over = not sum(tally[status][0] for status in ACTIVE)
            if self._role == "run":
                is_over = is_over or (paused is not None and not tally["running"][0])
            if self._role == "run" and tally != known:
                known = tally
                ended = await self._elsewhere(record.runs, ENDED)
                new = [job_id for job_id, run in ended.items() if seen.get(job_id) != run]
                for job in await self._elsewhere(record.jobs, None, new) if new else []:
                    self._deliver(job)
                seen = ended
            if is_over:
                return
            await asyncio.wait([self._failed], timeout=POLL)
            if self._failed.done():
                self._failed.result()

    async def _do(self, job_id: str, run: int) -> None:
        """Do a run of a job: what DBOS calls, in this event loop."""
        if self._is_stopped.is_set():
            # The engine hands jobs out until it is closed, and the client is closed before.
            raise asyncio.CancelledError
        tasks_are_resumed.set(True)
        with self._noted(job_id, run):
            record = self._record
            row = await self._elsewhere(record.begin, job_id, run)
            if row is None:
                await self._tell(job_id)
                return
            await self._tell(job_id)
            try:
                assert self._client is not None  # before the engine is launched
                outcome = await do(
                    row,
                    client=self._client,
                    settings=self._settings,
                    elsewhere=self._elsewhere,
                    made=lambda ref: self._elsewhere(record.made, job_id, run, ref),
                    sleep=asyncio.sleep,
                )
            except (Exception, asyncio.CancelledError) as error:
                if self._is_stopped.is_set():
                    raise
                # Whatever it was, a job that nobody ends would hold its slot for ever.
                logger.exception("%s: an error of kling.batch", job_id)
                known = await self._elsewhere(record.jobs, None, [job_id])
                status: Status = "unfinished" if known[0].ref else "doubt"
                outcome = Outcome(status, f"an error of kling.batch: {type(error).__name__}")
            if outcome.pauses:
                await self._elsewhere(partial(pause_queues, record, is_paused=True))
            job = await self._elsewhere(record.end, job_id, run, outcome)
            if job is not None:
                self._told(job)

    async def _tell(self, job_id: str) -> None:
        if self._on_update is not None or self._role == "work":
            for job in await self._elsewhere(self._record.jobs, None, [job_id]):
                self._told(job)

    def _told(self, job: Job) -> None:
        if self._role == "work" and job.ended:
            self._deliver(job)
        if self._on_update is None:
            return
        try:
            self._on_update(job)
        except BaseException as error:
            assert self._failed is not None  # before this
            if not self._failed.done():
                self._failed.set_exception(error)

    @contextmanager
    def _noted(self, job_id: str, run: int) -> Iterator[None]:
        """Know the running task, so that it can be stopped with the worker."""
        task = asyncio.current_task()
        assert task is not None  # DBOS makes one for each job
        self._running[task] = job_id, run
        try:
            yield
        finally:
            del self._running[task]

    async def _elsewhere(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a function that blocks in a thread, again and again while the database is gone."""
        from sqlalchemy.exc import InterfaceError, OperationalError

        loop, pause = asyncio.get_running_loop(), 0.5
        while True:
            try:
                return await loop.run_in_executor(self._threads, lambda: function(*arguments))
            except (InterfaceError, OperationalError) as error:
                said = why_unreachable(error, is_file=self._record.state.is_file)
                logger.warning("the state cannot be reached, trying again: %s", said)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
