"""A worker: a thread with an event loop, which does jobs, and hands over those that have ended."""

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
from kling.batch.job_run import run_job
from kling.batch.jobs import ACTIVE, ENDED, Job, Status
from kling.batch.queues import make_queues, pause_queues
from kling.batch.record import Record
from kling.batch.settings import OTHER, Settings, kinds
from kling.batch.state import failure_reason
from kling.batch.transitions import Outcome

logger = logging.getLogger("kling")

POLL = 1.0
"""The poll interval, in seconds, for jobs that may start and for jobs that have ended."""
# How many threads to use for the database and for files, because both would block the event loop.
_THREADS = 4
# Seconds between two attempts to reach the state: at first, and at most.
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0

Role = Literal["run", "work"]
Deliver = Callable[[Job | BaseException | None], None]
"""Called with each job that has ended. When the worker ends, called with None or with an error."""


class Worker:
    """Works on a batch in a thread, until no job is left or `stop` is called.

    Args:
        record: the record of the batch.
        make_client: called within the event loop; returns the client, and whether to close it at
            the end.
        settings: the settings of the batch.
        role: "run" delivers the jobs of all workers, and ends when the batch is paused. "work"
            delivers only the jobs that this worker does, and waits while the batch is paused.
        deliver: see `Deliver`.
        on_update: called with each job whose status this worker changes.
    """

    def __init__(
        self,
        record: Record,
        make_client: Callable[[], tuple[AsyncKling, bool]],
        settings: Settings,
        role: Role,
        deliver: Deliver,
        on_update: Callable[[Job], None] | None,
    ) -> None:
        self._record, self._make_client, self._settings = record, make_client, settings
        self._role, self._deliver, self._on_update = role, deliver, on_update
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="kling-batch")
        # The id and the run of the job that each asyncio task does.
        self._running: dict[asyncio.Task[Any], tuple[str, int]] = {}
        # Gets the error if `on_update` raises one.
        self._update_error: asyncio.Future[None] | None = None
        self._client: AsyncKling | None = None
        # Cancels the work of the thread; None until its event loop runs.
        self._cancel_work: Callable[[], object] | None = None
        self._is_stopped = threading.Event()
        self._thread = threading.Thread(target=self._run_loop, name="kling-batch", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Start no more jobs, cancel the running ones, and wait until the thread has ended.

        The next worker continues the cancelled jobs.
        """
        self._is_stopped.set()
        if self._cancel_work is not None:
            with suppress(RuntimeError):  # the worker has ended already, and its loop is closed
                self._cancel_work()
        self._thread.join()

    def _run_loop(self) -> None:
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
        """Start the engine, which calls `_run_job`; deliver the jobs that end; close the engine."""
        from kling.batch.engine import Engine

        loop = asyncio.get_running_loop()
        this_task = asyncio.current_task()
        assert this_task is not None  # asyncio.run made it
        self._update_error = loop.create_future()
        self._cancel_work = lambda: loop.call_soon_threadsafe(this_task.cancel)
        if self._is_stopped.is_set():
            return
        engine = Engine(self._record.state, self._run_job)
        own_presence = presence.Presence(self._record, engine.recover)
        cancelled: dict[asyncio.Task[Any], tuple[str, int]] = {}
        try:
            self._client, is_ours = self._make_client()
            try:
                queues = await self._in_thread(self._prepare)
                # The engine may end a job before `_deliver_ended` begins. So read these earlier.
                old_runs = await self._in_thread(self._record.runs, ENDED)
                await self._in_thread(own_presence.enter)
                engine.launch(own_presence.id, queues, POLL)
                await self._in_thread(own_presence.beat)
                # An orphan is a job that has not ended, but that no worker does any more.
                await self._in_thread(self._record.requeue_orphans)
                heartbeats = asyncio.create_task(self._send_heartbeats(own_presence))
                try:
                    await self._deliver_ended(old_runs)
                finally:
                    heartbeats.cancel()
            finally:
                self._is_stopped.set()
                cancelled = dict(self._running)
                for task in cancelled:
                    task.cancel()
                await asyncio.gather(*cancelled, return_exceptions=True)
                if is_ours:
                    await self._client.close()
        finally:
            await loop.run_in_executor(self._threads, engine.close)
            # Wait for the threads: they are not cancelled, and may still be changing rows of jobs.
            await asyncio.to_thread(self._threads.shutdown)
            await asyncio.to_thread(self._record.release, dict(cancelled.values()))
            await asyncio.to_thread(own_presence.leave)

    def _prepare(self) -> list[str]:
        """Make the queues, and return the names of the queues from which to take jobs."""
        record, packages = self._record, self._record.packages()
        overwrite = self._role == "run"  # in the other role, the settings are those of the run
        make_queues(record, self._settings, packages, poll=POLL, overwrite=overwrite)
        # Return the queues of all kinds, because jobs of other kinds may be added later.
        return [record.queue_name(kind) for kind in [*kinds(), OTHER]]

    async def _send_heartbeats(self, own_presence: presence.Presence) -> None:
        while True:
            await asyncio.sleep(presence.BEAT)
            try:
                await self._in_thread(own_presence.beat)
                await self._in_thread(self._record.requeue_orphans, ["running"])
            except Exception:
                # Go on. If no heartbeat arrives for a long time, other workers take over the jobs.
                logger.warning("cannot reach the state of the batch", exc_info=True)

    async def _deliver_ended(self, old_runs: dict[str, int]) -> None:
        """Deliver each job when it has ended; return when no job is left.

        Args:
            old_runs: the runs that had ended before this worker started any job, by job id. They
                are not delivered, but a job that is retried ends again, in another run.
        """
        record = self._record
        old_tally: dict[Status, tuple[int, int]] = {}
        assert self._update_error is not None  # _work has made it
        while True:
            # First count the jobs, then read those that have ended. Reading them later makes sure
            # that every job that was counted as ended is delivered.
            tally, paused = await self._in_thread(lambda: (record.tally(), record.batch.paused))
            counts = {status: number for status, (number, _) in tally.items()}
            is_over = not any(counts[status] for status in ACTIVE)
            # If the batch is paused, `run` waits only for the jobs that are running.
            if self._role == "run" and paused is not None and not counts["running"]:
                is_over = True
            if self._role == "run" and tally != old_tally:
                old_tally = tally
                runs = await self._in_thread(record.runs, ENDED)
                new = [job_id for job_id, run in runs.items() if old_runs.get(job_id) != run]
                if new:
                    for job in await self._in_thread(record.jobs, None, new):
                        self._deliver(job)
                old_runs = runs
            if is_over:
                return
            # Pause, but raise the error of `on_update` at once.
            await asyncio.wait([self._update_error], timeout=POLL)
            if self._update_error.done():
                self._update_error.result()

    async def _run_job(self, job_id: str, run: int) -> None:
        """Do a run of a job. DBOS calls this method in the event loop of the worker."""
        if self._is_stopped.is_set():
            # The engine may still start jobs after the client was closed.
            raise asyncio.CancelledError
        # If the job is cancelled, the client need not log how to continue with its task.
        tasks_are_resumed.set(True)
        with self._tracked(job_id, run):
            record = self._record
            row = await self._in_thread(record.begin, job_id, run)
            await self._report_now(job_id)
            if row is None:  # the job must not be done now
                return
            try:
                assert self._client is not None  # made before the engine is launched
                outcome = await run_job(
                    row,
                    client=self._client,
                    settings=self._settings,
                    run_in_thread=self._in_thread,
                    on_created=lambda ref: self._in_thread(record.store_ref, job_id, run, ref),
                    sleep=asyncio.sleep,
                )
            except (Exception, asyncio.CancelledError) as error:
                if self._is_stopped.is_set():
                    raise
                # Whatever happened, end the job. Otherwise it would occupy its slot forever.
                logger.exception("%s: internal error in kling.batch", job_id)
                [stored_job] = await self._in_thread(record.jobs, None, [job_id])
                status: Status = "unfinished" if stored_job.ref else "doubt"
                outcome = Outcome(status, f"internal error in kling.batch: {type(error).__name__}")
            if outcome.pauses:
                await self._in_thread(partial(pause_queues, record, is_paused=True))
            job = await self._in_thread(record.end, job_id, run, outcome)
            if job is not None:
                self._report(job)

    async def _report_now(self, job_id: str) -> None:
        """Read a job and report it, unless `_report` would do nothing."""
        if self._on_update is not None or self._role == "work":
            for job in await self._in_thread(self._record.jobs, None, [job_id]):
                self._report(job)

    def _report(self, job: Job) -> None:
        """Call `on_update` with a job. In the role "work", also deliver the job if it has ended.

        In the role "run", `_deliver_ended` delivers it.
        """
        if self._role == "work" and job.ended:
            self._deliver(job)
        if self._on_update is None:
            return
        try:
            self._on_update(job)
        except BaseException as error:
            assert self._update_error is not None  # _work has made it
            if not self._update_error.done():
                self._update_error.set_exception(error)

    @contextmanager
    def _tracked(self, job_id: str, run: int) -> Iterator[None]:
        """Remember the asyncio task of a job, so that the worker can cancel it when it stops."""
        task = asyncio.current_task()
        assert task is not None  # DBOS starts one for each job
        self._running[task] = job_id, run
        try:
            yield
        finally:
            del self._running[task]

    async def _in_thread(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a blocking function in a thread; retry while the database cannot be reached."""
        from sqlalchemy.exc import InterfaceError, OperationalError

        loop, pause = asyncio.get_running_loop(), _FIRST_PAUSE
        while True:
            try:
                return await loop.run_in_executor(self._threads, lambda: function(*arguments))
            except (InterfaceError, OperationalError) as error:
                reason = failure_reason(error, is_file=self._record.state.is_file)
                logger.warning("cannot reach the state of the batch, trying again: %s", reason)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
