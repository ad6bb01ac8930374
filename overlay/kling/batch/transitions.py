"""Each step of a job: one transaction, whoever takes it.

A job has a workflow of DBOS for each time that it is queued, its run. What does not name the
present run comes from somebody who has lost the job to another worker, and changes nothing.
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
from kling.batch.spending import added, settled, shortage, wanted
from kling.batch.state import FORMAT, State
from kling.description import FailureKind, Problem

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

WORKFLOW = "kling.job"
NOTHING_WRONG: dict[str, Any] = {"message": "", "problems": [], "kind": None}
# Failures that another task may not have.
_PASSING: tuple[FailureKind, ...] = ("outage", "unknown")
_LOST = (
    "the program ended while this was sent, and its endpoint has no id to look for the task by: it "
    "may exist, and be paid for"
)


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


class Transitions(Queries):
    """What becomes of the jobs of one batch while workers do them."""

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
            values: dict[str, Any] = {"status": "running", **NOTHING_WRONG}
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

    def _changing(self) -> Any:
        return _Changing(self.state, self._batches, self.key)

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
