"""A batch as a user sees it."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kling._requests import Request
from kling.batch.jobs import Job, Status

if TYPE_CHECKING:
    from kling._client import AsyncKling
    from kling._cost import Budget
    from kling._cost.budget import Number

CONCURRENCY: Mapping[str, int] = {"video": 5, "image": 9}

Body = tuple[str, Mapping[str, Any]]
"""The name of an operation, and the JSON of the request; a `pathlib.Path` in it is a medium."""


class Batch:
    """Jobs in a state that outlives the process, and what works on them.

    One process works on one batch at a time. Several processes work on the same one if each says
    `run` or `work`; with Postgres also from several machines. Making, adding and reading need no
    credentials.

    Args:
        state: a file of SQLite, made if there is none; or the URL of a database of Postgres, such
            as "postgresql://user@host/name". It holds prompts, and neither keys nor media.
        name: of the batch, of which a database may hold several; by default that of the file.
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
        raise NotImplementedError

    @property
    def name(self) -> str:
        """What the batch is called in its state."""
        raise NotImplementedError

    @property
    def paused(self) -> str | None:
        """Why no job is started; None while jobs are."""
        raise NotImplementedError

    @property
    def spent(self) -> dict[str, Any]:
        """What counts against the budget so far, with what may yet be charged; {} without one."""
        raise NotImplementedError

    def add(self, job_id: str, request: Request | Body) -> bool:
        """Add a job; return whether it is new. The same job again does nothing.

        Args:
            job_id: the caller's own name of it.
            request: one of `kling.models`, an `Unlisted`, or the name of an operation and its body.
                Media are URLs, or `kling.batch.file`.

        Raises:
            InvalidJobsError: the request breaks rules, or a job with this id has another one.
            TypeError: it is no request.
        """
        raise NotImplementedError

    def add_all(self, jobs: Iterable[tuple[str, Request | Body]]) -> list[str]:
        """Add jobs, all of them or none; return the ids of those that are new.

        Args:
            jobs: pairs of an id and a request, as for `add`.

        Raises:
            InvalidJobsError: what is wrong, of all of them.
            TypeError: one of them is no request.
        """
        raise NotImplementedError

    def jobs(self, status: Status | None = None) -> list[Job]:
        """Return the jobs, as they were added; of a status, if one is given."""
        raise NotImplementedError

    def job(self, job_id: str) -> Job:
        """Return one job.

        Raises:
            KeyError: there is none with this id.
        """
        raise NotImplementedError

    def counts(self) -> dict[Status, int]:
        """Return how many jobs there are by status, those without any included."""
        raise NotImplementedError

    def run(self) -> Iterator[Job]:
        """Work on the batch until no job is left, and yield jobs as they end, whoever did them.

        It ends early when the batch is paused, once the jobs that run have ended: see `paused`.
        What had ended before is not yielded; `jobs` has it. Whoever stops iterating, as Ctrl-C
        does, leaves the jobs that run to the next run, which goes on with the same tasks.

        Raises:
            BatchError: another batch runs in this process, or the process uses DBOS otherwise.
            CredentialsError: there are no credentials.
        """
        raise NotImplementedError

    def arun(self) -> AsyncIterator[Job]:
        """Do what `run` does, in the running event loop of asyncio."""
        raise NotImplementedError

    def work(self) -> Iterator[Job]:
        """Join as one more worker, with the settings of the batch; yield the jobs done here.

        It waits while the batch is paused, and ends when no job is left.

        Raises:
            BatchError: see `run`; or there is no such batch.
        """
        raise NotImplementedError

    def awork(self) -> AsyncIterator[Job]:
        """Do what `work` does, in the running event loop of asyncio."""
        raise NotImplementedError

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
        raise NotImplementedError

    def pause(self) -> None:
        """Start no more jobs, on any machine; those that run go on to their end."""
        raise NotImplementedError

    def resume(self) -> list[str]:
        """Let jobs start again, and queue those again that are held; return their ids."""
        raise NotImplementedError

    def export(self) -> Iterator[dict[str, Any]]:
        """Yield what became of each job as a flat row, for CSV or JSON lines.

        Its columns are id, operation, status, tries, ref, external_task_id, files (paths, separated
        by a semicolon and a space), units, money, currency, kind and message.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Close the connections to the state."""
        raise NotImplementedError

    def __enter__(self) -> "Batch":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
