"""The public class `Batch`."""

from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from kling._requests import Request
from kling.batch.adding import Body, id_problem, new_job
from kling.batch.client_source import ClientSource
from kling.batch.errors import BatchError, InvalidJobsError
from kling.batch.iteration import aiterate, iterate
from kling.batch.jobs import STATUSES, Job, Status
from kling.batch.queues import make_queues, pause_queues
from kling.batch.record import Record
from kling.batch.rows import exported
from kling.batch.settings import Overrides, Settings
from kling.batch.state import State
from kling.batch.worker import POLL, Deliver, Role, Worker
from kling.description import Problem

if TYPE_CHECKING:
    from kling._client import AsyncKling
    from kling._cost import Budget
    from kling._cost.budget import Number

_PAUSED = "it was paused by hand"


class Batch:
    """Many jobs, stored in a file or a database. This file or database is the batch's state.

    A process works on one batch at a time. Several processes can work on the same batch: each calls
    `run` or `work`. With Postgres, they may be on several machines. You need credentials only to
    run a batch, not to create it, to add jobs, or to read them.

    The state stores `out`, `concurrency`, `budget`, `tries` and `naming`. If one of them is None,
    the batch uses the value of the last run; in the first run, it uses the default.

    Args:
        state: an SQLite file, which is created if it does not exist; or the URL of a Postgres
            database, such as "postgresql://user@host/name". The state contains prompts, but no keys
            and no media.
        name: the name of the batch, because a database may hold several. The default is the name of
            the only batch in the file; for a new file, the name of the file.
        client: an AsyncKling, or a function that returns one. It must not have a budget or a
            concurrency of its own. Nothing else may use the client at the same time. At the end,
            the batch closes the client that the function returned, but not one that you passed.
            The default is a client with the credentials of the environment.
        out: the folder for the files, which is created if it does not exist. The default is to
            download nothing.
        concurrency: how many jobs of one model may run at the same time, over all workers: a
            number, or a number for each kind of package. The default is {"video": 5, "image": 9}.
            With a mapping, it is 1 for kinds that are not in it, and for an `Unlisted`.
        budget: how much the batch may spend in all its runs together: a mapping such as
            {"video": 200, "image": 50, "USD": 30}, or a `Budget`. The batch takes only the limits
            from a `Budget`, not the amounts that are already spent. The default is no limit.
        tries: how many tasks may be created for a job. A further task is created only if the last
            one has failed. The default is 2.
        naming: the names of the files, such as "{id}-{n}{ext}". {id} is the id of the job, {n} the
            number of the file in its job, {family} the family, and {ext} the extension. The default
            is "{id}". If {ext} is missing, it is added at the end. If {n} is missing, "-{n}" is
            added for jobs with several files.
        on_update: a function that is called with a job whenever this process changes the status of
            the job. It is called in another thread than `run`, and must not block.

    Raises:
        ImportError: the extra `batch` is not installed.
        BatchError: a later version of this package made the state; or `name` is missing, and the
            state is a database or has several batches.
        TypeError: an argument has the wrong type.
        ValueError: the value of an argument is not valid.
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
        self._client, self._on_update = ClientSource(client), on_update
        self._overrides = Overrides.checked(concurrency, budget, tries, naming, out)

    @property
    def name(self) -> str:
        """The name of the batch in its state."""
        return self._name

    @property
    def paused(self) -> str | None:
        """Why the batch is paused; None if it is not."""
        reason = self._record.batch.paused
        return None if reason is None else str(reason)

    @property
    def spent(self) -> dict[str, Any]:
        """How much of the budget is used, by limit: what was charged, and what is reserved."""
        return {name: Decimal(amount) for name, amount in self._record.batch.spent.items()}

    def add(self, job_id: str, request: Request | Body) -> bool:
        """Add a job; return whether it is new. Adding the same job again does nothing.

        Args:
            job_id: your id for the job.
            request: a model of `kling.models`, an `Unlisted`, or a pair of the name of an operation
                and its body. Give media as URLs, or with `kling.batch.file`.

        Raises:
            InvalidJobsError: the request breaks rules, or a job with this id exists with another
                request.
            TypeError: the request has another type.
            ValueError: no operation that creates a task has the given name, or several have it.
        """
        return bool(self.add_all([(job_id, request)]))

    def add_all(self, jobs: Iterable[tuple[str, Request | Body]]) -> list[str]:
        """Add jobs, and return the ids of the new ones. If one is not valid, none is added.

        Args:
            jobs: pairs of an id and a request, as for `add`.

        Raises:
            InvalidJobsError: some jobs are not valid. The error has the problems of all of them.
            TypeError: a request has the wrong type.
            ValueError: no operation that creates a task has a given name, or several have it.
        """
        new, problems = [], dict[str, list[Problem]]()
        for job_id, request in jobs:
            if message := id_problem(job_id):
                problems[job_id] = [Problem("id", "", message)]
                continue
            job, job_problems = new_job(request)
            if job is None:
                problems.setdefault(job_id, []).extend(job_problems)
            else:
                new.append((job_id, job))
        if problems:
            raise InvalidJobsError(problems)
        record = self._record
        added = record.add(new)
        if added:
            packages = {job.package for _, job in new}
            make_queues(record, self._settings, packages, poll=POLL, overwrite=False)
        return added

    def jobs(self, status: Status | None = None) -> list[Job]:
        """Return the jobs in the order in which they were added.

        Args:
            status: return only jobs with this status.

        Raises:
            ValueError: no job can have this status.
        """
        if status is not None and status not in STATUSES:
            raise ValueError(f"status must be one of {', '.join(STATUSES)}, not {status!r}")
        return self._record.jobs(status)

    def job(self, job_id: str) -> Job:
        """Return one job.

        Raises:
            KeyError: there is no job with this id.
        """
        jobs = self._record.jobs(ids=[job_id])
        if not jobs:
            raise KeyError(f"there is no job {job_id}")
        return jobs[0]

    def counts(self) -> dict[Status, int]:
        """Return how many jobs have each status. For a status that no job has, this is 0."""
        return self._record.counts()

    def run(self) -> Generator[Job, None, None]:
        """Work on the batch until no job is left; yield each job when it has ended.

        Jobs that other processes do are yielded too. Jobs that ended before this run are not
        yielded; `jobs` returns them. If the batch is paused, the iteration ends when the running
        jobs have ended; `paused` says why. If you stop the iteration, or press Ctrl-C, the next run
        continues with the tasks of the running jobs.

        Raises:
            BatchError: another batch runs in this process, the process uses DBOS for something
                else, or no file can be saved in `out`.
            CredentialsError: the environment does not have credentials.
        """
        return iterate(partial(self._worker, "run"))

    def arun(self) -> AsyncGenerator[Job, None]:
        """Do what `run` does, in the running event loop of asyncio."""
        return aiterate(partial(self._worker, "run"))

    def work(self) -> Generator[Job, None, None]:
        """Work on a batch that another process runs; yield only the jobs that this process does.

        The iteration waits while the batch is paused, and ends when no job is left.

        Raises:
            BatchError: see `run`; or the state does not have this batch.
        """
        return iterate(partial(self._worker, "work"))

    def awork(self) -> AsyncGenerator[Job, None]:
        """Do what `work` does, in the running event loop of asyncio."""
        return aiterate(partial(self._worker, "work"))

    def retry(self, ids: Iterable[str] | None = None) -> list[str]:
        """Queue again the jobs that have not succeeded; return their ids. The next `run` does them.

        An unfinished job continues with its task. A job in doubt is sent with the same
        external_task_id, so that Kling returns the first task if there is one. For other jobs, a
        new task is created.

        Args:
            ids: the ids of the jobs. The default is all jobs that are failed, refused, held or
                unfinished. You must give the ids of jobs in doubt, because an endpoint that does
                not take an external_task_id may create a second task.

        Raises:
            KeyError: no job has one of the ids.
            BatchError: a job has not ended, or has succeeded.
            TypeError: ids is a single text.
        """
        if isinstance(ids, str):
            raise TypeError('ids must be a list of texts, such as ["scene-1"], not a single text')
        return self._record.retry(None if ids is None else [*dict.fromkeys(ids)])  # each id once

    def pause(self) -> None:
        """Start no more jobs, on any machine. Running jobs continue to their end."""
        pause_queues(self._record, is_paused=True)
        self._record.pause(_PAUSED)

    def resume(self) -> list[str]:
        """Start jobs again, and queue the held jobs; return the ids of the held jobs."""
        ids = self._record.resume()
        pause_queues(self._record, is_paused=False)
        return ids

    def export(self) -> Iterator[dict[str, Any]]:
        """Yield the outcome of each job as a flat row, for CSV or JSON lines.

        The columns are id, operation, status, tries, ref, external_task_id, files (paths, separated
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
        return Record.find_or_create(self._state, self._name)

    @property
    def _settings(self) -> Settings:
        return self._overrides.applied_to(Settings(**self._record.batch.settings))

    def _worker(self, role: Role, deliver: Deliver) -> Worker:
        if role == "work" and Record.find(self._state, self._name) is None:
            raise BatchError(f"this state has no batch with the name '{self._name}'")
        record, settings = self._record, self._settings
        settings.check_folder()
        if role == "run":
            record.store_settings(settings)
        return Worker(record, self._client.open, settings, role, deliver, self._on_update)


def _default_name(state: State) -> str:
    """Return the name of the batch to use if the caller gives no name.

    Raises:
        BatchError: the state has several batches, or is a database that may have several.
    """
    if not state.is_file:
        raise BatchError("a database may hold several batches: give the name of this batch")
    names = Record.names(state)
    if not names or state.default_name in names:
        return state.default_name
    if len(names) > 1:
        raise BatchError(f"this state has several batches; give a name: {' or '.join(names)}")
    # The file was renamed, but its batch was not. A new batch would pay for the same jobs again.
    return names[0]
