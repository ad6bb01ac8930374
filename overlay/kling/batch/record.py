"""What became of each job, and each step that changes it: one transaction, whoever takes it.

A job has a workflow of DBOS for each time that it is queued, its run. What does not name the
present run comes from somebody who has lost the job to another worker, and changes nothing.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kling._requests import create_of
from kling._tasks import Amount, Task
from kling.batch.adding import NewJob
from kling.batch.errors import BatchError, InvalidJobsError
from kling.batch.jobs import ACTIVE, STATUSES, Job, Status
from kling.batch.naming import external_id, file_stem
from kling.batch.rows import job_of
from kling.batch.settings import OTHER, Settings
from kling.batch.spending import added, settled, shortage, wanted
from kling.batch.state import FORMAT, State
from kling.description import FailureKind, Problem

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

WORKFLOW = "kling.job"
# Failures that another task may not have.
_PASSING: tuple[FailureKind, ...] = ("outage", "unknown")
_FEW = 500
_TRIED_AGAIN: tuple[Status, ...] = ("failed", "refused", "held", "unfinished")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run of a job has ended."""

    status: Status
    message: str = ""
    task: Task | None = None
    problems: Sequence[Problem] = ()
    kind: FailureKind | None = None
    files: Sequence[str] = ()
    pauses: bool = False
    """Whether it says that no other job can succeed either."""


class Record:
    """The jobs of one batch.

    Args:
        state: where they are.
        key: of the batch.
    """

    def __init__(self, state: State, key: str) -> None:
        self.state, self.key = state, key
        self._jobs, self._batches = state.tables.jobs, state.tables.batches

    @classmethod
    def find(cls, state: State, name: str) -> "Record | None":
        """Return that of the batch of a name; None if there is none."""
        batches = state.tables.batches
        with state.engine.connect() as connection:
            row = connection.execute(batches.select().where(batches.c.name == name)).first()
        return None if row is None else cls(state, row.key)

    @classmethod
    def names(cls, state: State) -> list[str]:
        """Return the names of the batches of a state."""
        from sqlalchemy import select

        with state.engine.connect() as connection:
            return [*connection.execute(select(state.tables.batches.c.name)).scalars()]

    @classmethod
    def of(cls, state: State, name: str) -> "Record":
        """Return that of the batch of a name, which is made if there is none."""
        batches = state.tables.batches
        with state.writing() as connection:
            # The lock first: two processes may both be the first one.
            connection.execute(batches.update().where(batches.c.name == name).values(name=name))
            row = connection.execute(batches.select().where(batches.c.name == name)).first()
            if row is not None:
                return cls(state, row.key)
            key = uuid.uuid4().hex[:16]
            settings = Settings.first().to_dict()
            first = {"key": key, "name": name, "settings": settings, "spent": {}, "places": 0}
            connection.execute(batches.insert().values(first))
        return cls(state, key)

    def queue(self, package: str) -> str:
        """Return the name of the queue for a kind of package."""
        return f"kling:{self.key}:{package or OTHER}"

    @property
    def batch(self) -> "Row[Any]":
        """The row of the batch as it is now."""
        with self.state.engine.connect() as connection:
            return self._batch(connection)

    def keep(self, settings: Settings) -> None:
        """Keep what the batch is run with."""
        with self._changing() as connection:
            self._change_batch(connection, settings=settings.to_dict())

    def add(self, jobs: Sequence[tuple[str, NewJob]]) -> list[str]:
        """Add jobs, all or none, and return the ids of those that are new.

        Raises:
            InvalidJobsError: jobs with these ids have other requests.
        """
        new: dict[str, NewJob] = {}
        with self._changing() as connection:
            given, known = dict(jobs), dict[str, str]()
            moved: list[str] = []
            column = self._jobs.c
            for row in connection.execute(self._select(column.id, column.digest, column.body)):
                known[row.id] = row.digest
                if row.id in given and row.body != given[row.id].body:
                    moved.append(row.id)
            stems = {file_stem(job_id).casefold(): job_id for job_id in known}
            problems: dict[str, list[Problem]] = {}
            for job_id, job in jobs:
                other = stems.setdefault(file_stem(job_id).casefold(), job_id)
                if known.setdefault(job_id, job.digest) != job.digest:
                    text = "a job with this id has another request; give this one another id"
                    problems[job_id] = [Problem("id", "", text)]
                elif other != job_id:
                    text = f"{other} differs from this id only in capitals, as files may not"
                    problems[job_id] = [Problem("id", "", text)]
                elif stems[file_stem(job_id).casefold()] == job_id:
                    new.setdefault(job_id, job)
            if problems:
                raise InvalidJobsError(problems)
            had = {row.id for row in connection.execute(self._select(self._jobs.c.id))}
            new = {job_id: job for job_id, job in new.items() if job_id not in had}
            for job_id in moved:  # the same files in another folder
                self._change(connection, job_id, body=given[job_id].body)
            place = self._batch(connection).places
            self._change_batch(connection, places=place + len(new))
            if new:
                rows_of_new = [
                    {"batch": self.key, "id": job_id, "place": place + n, **asdict(job), **_FRESH}
                    for n, (job_id, job) in enumerate(new.items())
                ]
                connection.execute(self._jobs.insert(), rows_of_new)
            for n, (job_id, job) in enumerate(new.items(), start=place):
                self._enqueue(connection, job_id, job.package, job.model, n, 1)
        return [*new]

    def jobs(self, status: Status | None = None, ids: Collection[str] | None = None) -> list[Job]:
        """Return jobs as they were added: all, or those with a status, or with these ids."""
        select = self._select().order_by(self._jobs.c.place)
        if status is not None:
            select = select.where(self._jobs.c.status == status)
        if ids is not None:
            select = select.where(self._jobs.c.id.in_(ids))
        with self.state.engine.connect() as connection:
            return [job_of(row) for row in connection.execute(select)]

    def packages(self) -> list[str]:
        """Return the kinds of packages that jobs need; "" where it is unknown."""
        with self.state.engine.connect() as connection:
            return [*connection.execute(self._select(self._jobs.c.package).distinct()).scalars()]

    def runs(self, statuses: Iterable[Status]) -> dict[str, int]:
        """Return the present run of each job with one of these statuses, by its id."""
        select = self._select(self._jobs.c.id, self._jobs.c.run)
        select = select.where(self._jobs.c.status.in_(statuses))
        with self.state.engine.connect() as connection:
            return {row.id: row.run for row in connection.execute(select)}

    def counts(self) -> dict[Status, int]:
        """Return how many jobs there are by status."""
        return {status: number for status, (number, _) in self.tally().items()}

    def tally(self) -> dict[Status, tuple[int, int]]:
        """Return how many jobs there are by status, and the sum of their runs.

        Of those that have ended it changes whenever one of them ends.
        """
        from sqlalchemy import func

        status = self._jobs.c.status
        select = self._select(status, func.count(), func.sum(self._jobs.c.run)).group_by(status)
        with self.state.engine.connect() as connection:
            found = {row[0]: (row[1], row[2]) for row in connection.execute(select)}
        return {one: found.get(one, (0, 0)) for one in STATUSES}

    def begin(self, job_id: str, run: int) -> "Row[Any] | None":
        """Take a job, and return it as it is to be done; None if it is not to be done now."""
        with self._changing() as connection:
            row = self._row(connection, job_id)
            if row is None or row.run != run or row.status not in ACTIVE:
                return None
            batch = self._batch(connection)
            if batch.paused is not None:
                self._requeue(connection, row)
                return None
            values: dict[str, Any] = {"status": "running", **_NOTHING_WRONG}
            if row.ref is None and row.reserved is None:
                said = self._reserve(connection, batch, row, values)
                if said:
                    values |= {"status": "held", "message": said}
                    self._change(connection, job_id, **values)
                    return None
            takes_id = bool((create_of(row.operation).task or {})["external_id"])
            if row.ref is None and not row.sent:
                own_id = external_id(self.key, job_id, row.tries + 1) if takes_id else None
                values |= {"sent": 1, "tries": row.tries + 1, "external_task_id": own_id}
            elif row.ref is None and not takes_id:
                # It was sent, and nothing tells whether that made a task.
                values |= {"status": "doubt", "message": _LOST}
            self._change(connection, job_id, **values)
            is_lost = values["status"] == "doubt"
            return None if is_lost else self._row(connection, job_id)

    def made(self, job_id: str, run: int, ref: str) -> None:
        """Keep the ref of the task that was made for a job."""
        with self._changing() as connection:
            row = self._row(connection, job_id)
            if row is not None and row.run == run:
                self._change(connection, job_id, ref=ref)

    def end(self, job_id: str, run: int, outcome: Outcome) -> Job | None:
        """Keep how a run has ended; queue the job again if another task may do better.

        Returns the job, or None if somebody else has it by now.
        """
        with self._changing() as connection:
            row = self._row(connection, job_id)
            if row is None or row.run != run or row.status not in ACTIVE:
                return None
            batch, task = self._batch(connection), outcome.task
            values: dict[str, Any] = {
                "status": outcome.status,
                "message": outcome.message,
                "problems": [asdict(one) for one in outcome.problems],
                "kind": outcome.kind,
                "files": [*outcome.files],
                "reserved": self._settle(connection, batch, row, outcome),
            }
            if task is not None:
                values |= {"ref": task.ref, "charges": _charges(task.charges)}
            failures = row.failures + (outcome.status == "failed")
            values["failures"] = failures
            if outcome.status in ("refused", "held"):
                # There is no task with this id, so the next try may have it.
                values |= {"sent": 0, "tries": row.tries - row.sent, "external_task_id": None}
            self._change(connection, job_id, **values)
            if outcome.pauses:
                self._change_batch(connection, paused=outcome.message)
            tries = Settings(**batch.settings).tries
            if outcome.status == "failed" and outcome.kind in _PASSING and failures < tries:
                self._requeue(connection, row, anew=True)
            changed = self._row(connection, job_id)
        assert changed is not None  # it is in the same transaction
        return job_of(changed)

    def pause(self, why: str) -> None:
        """Keep why no job is started."""
        with self._changing() as connection:
            self._change_batch(connection, paused=why)

    def resume(self) -> list[str]:
        """Let jobs be started, and queue those that are held; return their ids."""
        with self._changing() as connection:
            self._change_batch(connection, paused=None)
            select = self._select().where(self._jobs.c.status == "held")
            rows = connection.execute(select.order_by(self._jobs.c.place)).all()
            for row in rows:
                self._requeue(connection, row)
                self._change(connection, row.id, **_NOTHING_WRONG)
        return [row.id for row in rows]

    def retry(self, ids: Collection[str] | None) -> list[str]:
        """Queue jobs again; see `Batch.retry`."""
        with self._changing() as connection:
            rows = connection.execute(self._select().order_by(self._jobs.c.place)).all()
            found = {row.id: row for row in rows}
            if ids is None:
                ids = [row.id for row in rows if row.status in _TRIED_AGAIN]
            for job_id in ids:
                if job_id not in found:
                    raise KeyError(f"there is no job {job_id}")
                if (status := found[job_id].status) in (*ACTIVE, "succeeded"):
                    raise BatchError(f"{job_id} is {status}, and cannot be tried again")
            for job_id in ids:
                row = found[job_id]
                # In doubt, the same id leads to the task that there may be; some have no id.
                is_lost = row.status == "doubt" and row.external_task_id is None
                self._requeue(connection, row, anew=row.status == "failed" or is_lost)
                self._change(connection, job_id, failures=0, **_NOTHING_WRONG)
        return [*ids]

    def release(self, runs: Mapping[str, int]) -> None:
        """Call jobs queued that a worker leaves behind; it keeps their workflows for the next."""
        with self._changing() as connection:
            for job_id, run in runs.items():
                row = self._row(connection, job_id)
                if row is not None and row.run == run and row.status == "running":
                    self._change(connection, job_id, status="queued")

    def mend(self, statuses: Iterable[Status] = ACTIVE) -> None:
        """Call jobs queued that nobody does any more, after a kill or a fault of DBOS.

        Args:
            statuses: of the jobs to look at.
        """
        # In this order: who ends a job does so before its workflow ends.
        runs = self.runs(statuses)
        flows = self._flows([self._workflow(*one) for one in runs.items()]) if runs else {}
        found = {job_id: flows.get(self._workflow(job_id, run)) for job_id, run in runs.items()}
        with self._changing() as connection:
            for job_id in (one for one, flow in found.items() if flow != "PENDING"):
                row = self._row(connection, job_id)
                if row is None or row.run != runs[job_id] or row.status not in ACTIVE:
                    continue
                if found[job_id] is None:
                    self._requeue(connection, row)
                elif row.status == "running":
                    # Taken from a worker that is gone; whoever has it next says that it runs.
                    self._change(connection, job_id, status="queued")

    def holders(self) -> set[str]:
        """Return the ids of the workers that have jobs."""
        held = self.state.client.list_workflows(
            status="PENDING",
            workflow_id_prefix=f"{self.key}/",
            load_input=False,
            load_output=False,
        )
        return {one.executor_id for one in held if one.executor_id}

    def _flows(self, ids: list[str]) -> dict[str, str]:
        """Return what DBOS says of those of these workflows that have not ended."""
        many = {"workflow_id_prefix": f"{self.key}/"}  # a query cannot hold all of their ids
        found = self.state.client.list_workflows(
            status=["ENQUEUED", "PENDING", "DELAYED"],
            load_input=False,
            load_output=False,
            **({"workflow_ids": ids} if len(ids) <= _FEW else many),
        )
        return {one.workflow_id: one.status for one in found}

    def _changing(self) -> Any:
        return _Changing(self.state, self._batches, self.key)

    def _select(self, *columns: Any) -> Any:
        from sqlalchemy import select

        return select(*(columns or (self._jobs,))).where(self._jobs.c.batch == self.key)

    def _batch(self, connection: "Connection") -> "Row[Any]":
        where = self._batches.c.key == self.key
        return connection.execute(self._batches.select().where(where)).one()

    def _row(self, connection: "Connection", job_id: str) -> "Row[Any] | None":
        return connection.execute(self._select().where(self._jobs.c.id == job_id)).first()

    def _change_batch(self, connection: "Connection", **values: Any) -> None:
        where = self._batches.c.key == self.key
        connection.execute(self._batches.update().where(where).values(values))

    def _change(self, connection: "Connection", job_id: str, **values: Any) -> None:
        update = self._jobs.update().where(
            self._jobs.c.batch == self.key, self._jobs.c.id == job_id
        )
        connection.execute(update.values(values))

    def _workflow(self, job_id: str, run: int) -> str:
        return f"{self.key}/{job_id}~{run}"

    def _enqueue(
        self, connection: "Connection", job_id: str, package: str, model: str, place: int, run: int
    ) -> None:
        self.state.client.enqueue_in_transaction(
            connection,
            {
                "workflow_name": WORKFLOW,
                "queue_name": self.queue(package),
                "workflow_id": self._workflow(job_id, run),
                "queue_partition_key": model,
                "priority": place + 1,
                "app_version": str(FORMAT),
            },
            job_id,
            run,
        )

    def _requeue(self, connection: "Connection", row: "Row[Any]", *, anew: bool = False) -> None:
        values: dict[str, Any] = {"status": "queued", "run": row.run + 1}
        if anew:
            values |= {"sent": 0, "ref": None, "external_task_id": None}
        self._change(connection, row.id, **values)
        self._enqueue(connection, row.id, row.package, row.model, row.place, row.run + 1)

    def _reserve(
        self, connection: "Connection", batch: "Row[Any]", row: "Row[Any]", values: dict[str, Any]
    ) -> str:
        """Set aside what a job may cost; return why it cannot be, empty where it can."""
        limits = Settings(**batch.settings).budget
        if limits is None:
            return ""
        amounts = wanted(row.price, limits)
        said = amounts if isinstance(amounts, str) else shortage(amounts, limits, batch.spent)
        if isinstance(amounts, str) or said:
            return said
        self._change_batch(connection, spent=added(batch.spent, amounts))
        values["reserved"] = amounts
        return ""

    def _settle(
        self, connection: "Connection", batch: "Row[Any]", row: "Row[Any]", outcome: Outcome
    ) -> dict[str, str] | None:
        """Count what was charged in the place of what was reserved; return what stays reserved."""
        if row.reserved is None:
            return None
        task = outcome.task
        if task is not None and task.ended:
            taken = settled(task, row.reserved, row.price)
        elif outcome.status in ("refused", "held"):
            taken = {}
        else:  # it may be charged yet
            return dict(row.reserved)
        spent = added(added(batch.spent, row.reserved, -1), taken)
        self._change_batch(connection, spent=spent)
        return None


class _Changing:
    """A transaction that first takes the batch, so that all of them come one after the other."""

    def __init__(self, state: State, batches: Any, key: str) -> None:
        self._writing = state.writing()
        self._lock = batches.update().where(batches.c.key == key).values(key=key)

    def __enter__(self) -> "Connection":
        connection = self._writing.__enter__()
        connection.execute(self._lock)
        return connection

    def __exit__(self, *error: Any) -> bool | None:
        return self._writing.__exit__(*error)


def _charges(charges: Iterable[Amount]) -> list[list[str]]:
    return [[str(one.value), one.unit] for one in charges]


_LOST = (
    "the program ended while this was sent, and its endpoint has no id to look for the task by: it "
    "may exist, and be paid for"
)
_NOTHING_WRONG: dict[str, Any] = {"message": "", "problems": [], "kind": None}
_FRESH: dict[str, Any] = {
    "status": "queued",
    "run": 1,
    "tries": 0,
    "failures": 0,
    "sent": 0,
    "files": [],
    "charges": [],
    **_NOTHING_WRONG,
}
