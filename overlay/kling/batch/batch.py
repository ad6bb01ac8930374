"""A batch as a user sees it."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Self

from kling._client import AsyncKling
from kling._requests import Request
from kling.batch.adding import Body, id_problem, new_job
from kling.batch.errors import BatchError, InvalidJobsError
from kling.batch.jobs import STATUSES, Job, Status
from kling.batch.queues import make_queues, pause_queues
from kling.batch.record import Record
from kling.batch.rows import exported
from kling.batch.settings import Settings, Wishes
from kling.batch.state import State
from kling.batch.worker import POLL, Role, Worker
from kling.description import Problem

if TYPE_CHECKING:
    from kling._cost import Budget
    from kling._cost.budget import Number

_PAUSED = "somebody paused it"


class Batch:
    """Jobs in a state that outlives the process, and what works on them.

    One process works on one batch at a time. Several processes work on the same one if each says
    `run` or `work`; with Postgres also from several machines. Making, adding and reading need no
    credentials.

    Args:
        state: a file of SQLite, made if there is none; or the URL of a database of Postgres, such
            as "postgresql://user@host/name". It holds prompts, and neither keys nor media.
        name: of the batch, of which a database may hold several; by default that of the one
            in the file, and of a new one that of the file.
        client: what to send through: an AsyncKling without a budget or a concurrency of its own,
            used by nothing else meanwhile; or a function that returns one, which is closed at the
            end. By default one with the credentials of the environment.
        out: a folder for the files, made if there is none. Without one nothing is downloaded.
        concurrency: how many jobs may run at a time for one model, by kind of package, over all
            workers. Of a kind that is not named, and of an `Unlisted`, one runs at a time. None, as
            the other settings that follow: what the batch was last run with, or {"video": 5,
            "image": 9} at first.
        budget: how much the batch may spend, in all its runs together: a `Budget`, of which only
            the limits count, or {"video": 200, "image": 50, "USD": 30}. None: what it was last
            run with, or no limit at first.
        tries: how many tasks a job may try: 2 at first.
        naming: what files are called, such as "{id}-{n}{ext}": of {id}, the job's; {n}, the number
            of the file in its job; {family}; {ext}. "{id}" at first; what has no {ext} gets it, and
            what has no {n} gets it where a job has several files.
        on_update: called with a job whenever this process changes its status; in another thread
            than `run`. It must not block.

    Raises:
        ImportError: the extra `batch` is not installed.
        BatchError: the state was made by a later version, or the name is missing.
        TypeError: an argument is of another type than it should be.
        ValueError: an argument makes no sense.
    """

    def __init__(
        self,
        state: str | Path,
        *,
        name: str | None = None,
        client: "AsyncKling | Callable[[], AsyncKling] | None" = None,
        out: str | Path | None = None,
        concurrency: Mapping[str, int] | int | None = None,
        budget: "Budget | Mapping[str, Number] | None" = None,
        tries: int | None = None,
        naming: str | None = None,
        on_update: Callable[[Job], None] | None = None,
    ) -> None:
        self._state = State(state)
        self._name = name or _default_name(self._state)
        self._client, self._on_update = _checked(client), on_update
        self._wishes = Wishes.of(concurrency, budget, tries, naming, out)

    @property
    def name(self) -> str:
        """What the batch is called in its state."""
        return self._name

    @property
    def paused(self) -> str | None:
        """Why no job is started; None while jobs are."""
        return None if (why := self._record.batch.paused) is None else str(why)

    @property
    def spent(self) -> dict[str, Any]:
        """What counts against the budget so far, with what may yet be charged; {} without one."""
        return {name: Decimal(one) for name, one in self._record.batch.spent.items()}

    def add(self, job_id: str, request: Request | Body) -> bool:
        """Add a job; return whether it is new. The same job again does nothing.

        Args:
            job_id: the caller's own name of it.
            request: one of `kling.models`, an `Unlisted`, or the name of an operation and its body.
                Media are URLs, or `kling.batch.file`.

        Raises:
            InvalidJobsError: the request breaks rules, or a job with this id has another one.
            TypeError: it is not a request.
        """
        return bool(self.add_all([(job_id, request)]))

    def add_all(self, jobs: Iterable[tuple[str, Request | Body]]) -> list[str]:
        """Add jobs, all of them or none; return the ids of those that are new.

        Args:
            jobs: pairs of an id and a request, as for `add`.

        Raises:
            InvalidJobsError: what is wrong, of all of them.
            TypeError: one of them is not a request.
        """
        new, problems = [], dict[str, list[Problem]]()
        for job_id, request in jobs:
            if said := id_problem(job_id):
                problems[job_id] = [Problem("id", "", said)]
                continue
            job, found = new_job(request)
            if job is None:
                problems.setdefault(job_id, []).extend(found)
            else:
                new.append((job_id, job))
        if problems:
            raise InvalidJobsError(problems)
        added, record = self._record.add(new), self._record
        if added:
            packages = {job.package for _, job in new}
            make_queues(record, self._settings, packages, poll=POLL, anew=False)
        return added

    def jobs(self, status: Status | None = None) -> list[Job]:
        """Return the jobs, as they were added; of a status, if one is given."""
        if status is not None and status not in STATUSES:
            raise ValueError(f"a status is one of {', '.join(STATUSES)}, not {status!r}")
        return self._record.jobs(status)

    def job(self, job_id: str) -> Job:
        """Return one job.

        Raises:
            KeyError: there is none with this id.
        """
        found = self._record.jobs(ids=[job_id])
        if not found:
            raise KeyError(f"there is no job {job_id}")
        return found[0]

    def counts(self) -> dict[Status, int]:
        """Return how many jobs there are by status, those without any included."""
        return self._record.counts()

    def run(self) -> Generator[Job, None, None]:
        """Work on the batch until no job is left, and yield jobs as they end, whoever did them.

        It ends early when the batch is paused, once the jobs that run have ended: see `paused`.
        What had ended before is not yielded; `jobs` has it. Whoever stops iterating, as Ctrl-C
        does, leaves the jobs that run to the next run, which goes on with the same tasks.

        Raises:
            BatchError: another batch runs in this process, the process uses DBOS otherwise, or no
                file can be saved in `out`.
            CredentialsError: there are no credentials.
        """
        return self._iterate("run")

    def arun(self) -> AsyncGenerator[Job, None]:
        """Do what `run` does, in the running event loop of asyncio."""
        return self._aiterate("run")

    def work(self) -> Generator[Job, None, None]:
        """Join as one more worker, with the settings of the batch; yield the jobs done here.

        It waits while the batch is paused, and ends when no job is left.

        Raises:
            BatchError: see `run`; or there is no such batch.
        """
        return self._iterate("work")

    def awork(self) -> AsyncGenerator[Job, None]:
        """Do what `work` does, in the running event loop of asyncio."""
        return self._aiterate("work")

    def retry(self, ids: Iterable[str] | None = None) -> list[str]:
        """Queue jobs again that have not succeeded; return their ids. `run` then does them.

        A job with a task that may still succeed goes on with it; one in doubt asks for its task by
        the same id first; of the others a new task is tried.

        Args:
            ids: which; by default all that failed, were refused, are held or unfinished. Those in
                doubt must be named, for an endpoint without ids may then make a second task.

        Raises:
            KeyError: there is no job with such an id.
            BatchError: one of those that are named has not ended, or has succeeded.
        """
        if isinstance(ids, str):
            raise TypeError('ids are several texts, such as ["scene-1"], not a single one')
        return self._record.retry(None if ids is None else [*dict.fromkeys(ids)])

    def pause(self) -> None:
        """Start no more jobs, on any machine; those that run go on to their end."""
        pause_queues(self._record, is_paused=True)
        self._record.pause(_PAUSED)

    def resume(self) -> list[str]:
        """Let jobs start again, and queue those again that are held; return their ids."""
        ids = self._record.resume()
        pause_queues(self._record, is_paused=False)
        return ids

    def export(self) -> Iterator[dict[str, Any]]:
        """Yield what became of each job as a flat row, for CSV or JSON lines.

        Its columns are id, operation, status, tries, ref, external_task_id, files (paths, separated
        by a semicolon and a space), units, money, currency, kind and message.
        """
        return map(exported, self.jobs())

    def close(self) -> None:
        """Close the connections to the state."""
        self._state.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def _record(self) -> Record:
        return Record.of(self._state, self._name)

    @property
    def _settings(self) -> Settings:
        return self._wishes.over(Settings(**self._record.batch.settings))

    def _worker(self, role: Role, deliver: Callable[[Job | BaseException | None], None]) -> Worker:
        if role == "work" and Record.find(self._state, self._name) is None:
            raise BatchError(f"there is no batch {self._name} in this state to work on")
        record, settings = self._record, self._settings
        settings.check_out()
        if role == "run":
            record.keep(settings)
        return Worker(record, self._make_client, settings, role, deliver, self._on_update)

    def _make_client(self) -> tuple[AsyncKling, bool]:
        """Return the client, within the event loop that uses it, and whether to close it."""
        if self._client is None:
            return AsyncKling(), True
        if isinstance(self._client, AsyncKling):
            return self._client, False
        return _checked_client(self._client()), True

    def _iterate(self, role: Role) -> Generator[Job, None, None]:
        ended: SimpleQueue[Job | BaseException | None] = SimpleQueue()
        worker = self._worker(role, ended.put)
        worker.start()
        try:
            while (one := ended.get()) is not None:
                if isinstance(one, BaseException):
                    raise one
                yield one
        finally:
            worker.stop()

    async def _aiterate(self, role: Role) -> AsyncGenerator[Job, None]:
        loop = asyncio.get_running_loop()
        ended: asyncio.Queue[Job | BaseException | None] = asyncio.Queue()

        def deliver(one: Job | BaseException | None) -> None:
            loop.call_soon_threadsafe(ended.put_nowait, one)

        worker = await asyncio.to_thread(self._worker, role, deliver)
        worker.start()
        try:
            while (one := await ended.get()) is not None:
                if isinstance(one, BaseException):
                    raise one
                yield one
        finally:
            await asyncio.shield(asyncio.to_thread(worker.stop))


def _default_name(state: State) -> str:
    """Return what a batch is called that the caller gives no name.

    Raises:
        BatchError: there may be several.
    """
    if not state.is_file:
        raise BatchError("a database may hold several batches: give this one a name")
    names = Record.names(state)
    if not names or state.default_name in names:
        return state.default_name
    if len(names) > 1:
        raise BatchError(f"this state has several batches, {', '.join(names)}: name one of them")
    # The file has been renamed, and what was paid for must not become another batch.
    return names[0]


def _checked(client: object) -> Any:
    if client is None or callable(client):
        return client
    return _checked_client(client)


def _checked_client(client: object) -> AsyncKling:
    """Return a client that a batch can use.

    Raises:
        TypeError: it is something else.
        ValueError: it has a budget of its own.
    """
    if not isinstance(client, AsyncKling):
        kind = type(client).__name__
        raise TypeError(
            f"a batch sends through an AsyncKling, or a function that returns one, not {kind}"
        )
    if client.budget is not None:
        raise ValueError("give the budget to the batch, which keeps it in its state")
    return client
