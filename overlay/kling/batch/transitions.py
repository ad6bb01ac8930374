"""The transitions of a job between its statuses, each in one transaction.

Each time that a job is queued, it gets a new run, which is one DBOS workflow. A worker gives the
number of its run in each call. If the job has another run by now, another worker has taken the job,
and the call changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kling._requests import create_of
from kling._tasks import Amount, Task
from kling.batch.jobs import ACTIVE, Job, Status
from kling.batch.naming import external_id
from kling.batch.queries import Queries
from kling.batch.rows import job_of
from kling.batch.settings import Settings
from kling.batch.spending import added, price_in_budget, settled, shortage
from kling.batch.state import FORMAT, State
from kling.description import FailureKind, Problem

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

WORKFLOW = "kling.job"
NOTHING_WRONG: dict[str, Any] = {"message": "", "problems": [], "kind": None}
# The kinds of failures after which a new task may succeed.
_TRANSIENT: tuple[FailureKind, ...] = ("outage", "unknown")
_LOST_CREATE = (
    "the program ended while the create was in flight: a task may exist, and may be charged. It "
    "cannot be looked up, because the endpoint does not take an external_task_id"
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run of a job ended."""

    status: Status
    message: str = ""
    task: Task | None = None
    problems: Sequence[Problem] = ()
    kind: FailureKind | None = None
    files: Sequence[str] = ()
    pauses: bool = False
    """Whether to pause the batch, because other jobs would fail for the same reason."""


class Transitions(Queries):
    """What workers do to the jobs of one batch."""

    def begin(self, job_id: str, run: int) -> "Row[Any] | None":
        """Mark a job as running and return its row; return None if the job must not be done now."""
        with self._locked() as connection:
            row = self._job_row(connection, job_id)
            if row is None or row.run != run or row.status not in ACTIVE:
                return None
            batch = self._batch_row(connection)
            if batch.paused is not None:
                self._requeue(connection, row)
                return None
            values: dict[str, Any] = {"status": "running", **NOTHING_WRONG}
            if row.ref is None and row.reserved is None:  # no task, and no amount reserved for one
                refusal = self._reserve(connection, batch, row, values)
                if refusal:
                    values |= {"status": "held", "message": refusal}
                    self._change(connection, job_id, **values)
                    return None
            takes_id = bool((create_of(row.operation).task or {})["external_id"])
            if row.ref is None and not row.sent:  # this run sends the create of a new task
                own_id = external_id(self.key, job_id, row.tries + 1) if takes_id else None
                values |= {"sent": 1, "tries": row.tries + 1, "external_task_id": own_id}
            elif row.ref is None and not takes_id:
                # An earlier worker has sent the create. Nobody can find out whether Kling has made
                # a task for it.
                values |= {"status": "doubt", "message": _LOST_CREATE}
            # Otherwise there is a task, or the same create is sent again, which returns its task.
            self._change(connection, job_id, **values)
            is_lost = values["status"] == "doubt"
            return None if is_lost else self._job_row(connection, job_id)

    def store_ref(self, job_id: str, run: int, ref: str) -> None:
        """Store the ref of the task that was created for a job."""
        with self._locked() as connection:
            row = self._job_row(connection, job_id)
            if row is not None and row.run == run:
                self._change(connection, job_id, ref=ref)

    def end(self, job_id: str, run: int, outcome: Outcome) -> Job | None:
        """Store the outcome of a run; queue the job again if a new task may succeed.

        Returns:
            The job; None if another worker has the job now.
        """
        with self._locked() as connection:
            row = self._job_row(connection, job_id)
            if row is None or row.run != run or row.status not in ACTIVE:
                return None
            batch, task = self._batch_row(connection), outcome.task
            values: dict[str, Any] = {
                "status": outcome.status,
                "message": outcome.message,
                "problems": [asdict(problem) for problem in outcome.problems],
                "kind": outcome.kind,
                "files": [*outcome.files],
                "reserved": self._settle(connection, batch, row, outcome),
            }
            if task is not None:
                values |= {"ref": task.ref, "charges": _charges(task.charges)}
            failures = row.failures + 1 if outcome.status == "failed" else row.failures
            values["failures"] = failures
            if outcome.status in ("refused", "held"):
                # No task was made, so the next create can have the same number of the try, and
                # with it the same external_task_id. `sent` is 1 if this try was counted.
                values |= {"sent": 0, "tries": row.tries - row.sent, "external_task_id": None}
            self._change(connection, job_id, **values)
            if outcome.pauses:
                self._change_batch(connection, paused=outcome.message)
            tries = Settings(**batch.settings).tries
            if outcome.status == "failed" and outcome.kind in _TRANSIENT and failures < tries:
                self._requeue(connection, row, new_task=True)
            changed = self._job_row(connection, job_id)
        assert changed is not None  # the transaction has just written it
        return job_of(changed)

    def release(self, runs: Mapping[str, int]) -> None:
        """Mark jobs as queued, because their worker stops. Their workflows stay as they are.

        Args:
            runs: the number of the run of each job, by the id of the job.
        """
        with self._locked() as connection:
            for job_id, run in runs.items():
                row = self._job_row(connection, job_id)
                if row is not None and row.run == run and row.status == "running":
                    self._change(connection, job_id, status="queued")

    def requeue_orphans(self, statuses: Iterable[Status] = ACTIVE) -> None:
        """Find the jobs that no worker does any more, and mark them as queued.

        A worker that was killed leaves such jobs behind, and so does an error of DBOS.

        Args:
            statuses: check only jobs with these statuses.
        """
        # First read the jobs, then their workflows. A job ends before its workflow ends. So if the
        # workflow has ended, but the job had not ended, no worker does the job.
        runs = self.runs(statuses)
        if not runs:
            return
        ids = {job_id: self._workflow_id(job_id, run) for job_id, run in runs.items()}
        workflows = self._unended_workflows([*ids.values()])
        with self._locked() as connection:
            for job_id, run in runs.items():
                workflow_status = workflows.get(ids[job_id])
                if workflow_status == "PENDING":  # a worker does the job
                    continue
                row = self._job_row(connection, job_id)
                if row is None or row.run != run or row.status not in ACTIVE:
                    continue
                if workflow_status is None:
                    self._requeue(connection, row)
                elif row.status == "running":
                    # The worker of the job is gone, and DBOS has queued the workflow again.
                    self._change(connection, job_id, status="queued")

    def _locked(self) -> Any:
        return _LockedTransaction(self.state, self._batches, self.key)

    def _change_batch(self, connection: "Connection", **values: Any) -> None:
        where = self._batches.c.key == self.key
        connection.execute(self._batches.update().where(where).values(values))

    def _change(self, connection: "Connection", job_id: str, **values: Any) -> None:
        update = self._jobs.update().where(
            self._jobs.c.batch == self.key, self._jobs.c.id == job_id
        )
        connection.execute(update.values(values))

    def _enqueue(
        self, connection: "Connection", job_id: str, package: str, model: str, place: int, run: int
    ) -> None:
        self.state.client.enqueue_in_transaction(
            connection,
            {
                "workflow_name": WORKFLOW,
                "queue_name": self.queue_name(package),
                "workflow_id": self._workflow_id(job_id, run),
                "queue_partition_key": model,
                "priority": place + 1,
                "app_version": str(FORMAT),
            },
            job_id,
            run,
        )

    def _requeue(
        self, connection: "Connection", row: "Row[Any]", *, new_task: bool = False
    ) -> None:
        """Queue a job for a new run, in which it continues with its task or tries a new one."""
        values: dict[str, Any] = {"status": "queued", "run": row.run + 1}
        if new_task:
            values |= {"sent": 0, "ref": None, "external_task_id": None}
        self._change(connection, row.id, **values)
        self._enqueue(connection, row.id, row.package, row.model, row.place, row.run + 1)

    def _reserve(
        self, connection: "Connection", batch: "Row[Any]", row: "Row[Any]", values: dict[str, Any]
    ) -> str:
        """Reserve what a job may cost; return why this is not possible, or an empty text.

        The reserved amounts are added to the changes of the row, `values`.
        """
        limits = Settings(**batch.settings).budget
        if limits is None:
            return ""
        amounts = price_in_budget(row.price, limits)
        if isinstance(amounts, str):
            return amounts
        if short := shortage(amounts, limits, batch.spent):
            return short
        self._change_batch(connection, spent=added(batch.spent, amounts))
        values["reserved"] = amounts
        return ""

    def _settle(
        self, connection: "Connection", batch: "Row[Any]", row: "Row[Any]", outcome: Outcome
    ) -> dict[str, str] | None:
        """Replace what was reserved for a job with what was charged; return what stays reserved."""
        if row.reserved is None:
            return None
        task = outcome.task
        if task is not None and task.ended:
            charged = settled(task, row.reserved, row.price)
        elif outcome.status in ("refused", "held"):
            charged = {}
        else:  # the task may still be charged
            return dict(row.reserved)
        # `spent` includes what is reserved.
        spent = added(added(batch.spent, row.reserved, -1), charged)
        self._change_batch(connection, spent=spent)
        return None


class _LockedTransaction:
    """A transaction that locks the row of the batch first. Other such transactions wait."""

    def __init__(self, state: State, batches: Any, key: str) -> None:
        self._writing = state.writing()
        # This update changes nothing, but locks the row.
        self._lock = batches.update().where(batches.c.key == key).values(key=key)

    def __enter__(self) -> "Connection":
        connection = self._writing.__enter__()
        connection.execute(self._lock)
        return connection

    def __exit__(self, *error: Any) -> bool | None:
        return self._writing.__exit__(*error)


def _charges(charges: Iterable[Amount]) -> list[list[str]]:
    return [[str(amount.value), amount.unit] for amount in charges]
