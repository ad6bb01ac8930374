"""Queries about one batch and its jobs."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from kling.batch.jobs import STATUSES, Job, Status
from kling.batch.rows import job_of
from kling.batch.settings import OTHER
from kling.batch.state import State

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

# How many ids of workflows one query may name.
_MOST_IDS = 500


class Queries:
    """The queries about one batch.

    Args:
        state: the state that has the batch.
        key: the key of the batch, a random text by which all tables refer to it.
    """

    def __init__(self, state: State, key: str) -> None:
        self.state, self.key = state, key
        self._jobs, self._batches = state.tables.jobs, state.tables.batches

    def queue_name(self, package: str) -> str:
        """Return the name of the queue for a kind of package."""
        return f"kling:{self.key}:{package or OTHER}"

    @property
    def batch(self) -> "Row[Any]":
        """The row of the batch, read from the state each time."""
        with self.state.engine.connect() as connection:
            return self._batch_row(connection)

    def jobs(self, status: Status | None = None, ids: Collection[str] | None = None) -> list[Job]:
        """Return the jobs in the order in which they were added.

        Args:
            status: return only jobs with this status.
            ids: return only jobs with these ids.
        """
        select = self._select().order_by(self._jobs.c.place)
        if status is not None:
            select = select.where(self._jobs.c.status == status)
        if ids is not None:
            select = select.where(self._jobs.c.id.in_(ids))
        with self.state.engine.connect() as connection:
            return [job_of(row) for row in connection.execute(select)]

    def packages(self) -> list[str]:
        """Return the kinds of packages that pay for the jobs. "" means that a kind is not known."""
        with self.state.engine.connect() as connection:
            return [*connection.execute(self._select(self._jobs.c.package).distinct()).scalars()]

    def runs(self, statuses: Iterable[Status]) -> dict[str, int]:
        """Return the number of the last run for each job with one of these statuses, by job id."""
        select = self._select(self._jobs.c.id, self._jobs.c.run)
        select = select.where(self._jobs.c.status.in_(statuses))
        with self.state.engine.connect() as connection:
            return {row.id: row.run for row in connection.execute(select)}

    def counts(self) -> dict[Status, int]:
        """Return the number of jobs with each status."""
        return {status: number for status, (number, _) in self.tally().items()}

    def tally(self) -> dict[Status, tuple[int, int]]:
        """Return, for each status, how many jobs have it, and the sum of their run numbers.

        Whenever a job ends, one of these numbers changes. If a job that failed is retried and fails
        again, the number of failed jobs is the same as before, but the sum of runs is greater.
        """
        from sqlalchemy import func

        status = self._jobs.c.status
        select = self._select(status, func.count(), func.sum(self._jobs.c.run)).group_by(status)
        with self.state.engine.connect() as connection:
            found = {row[0]: (row[1], row[2]) for row in connection.execute(select)}
        return {name: found.get(name, (0, 0)) for name in STATUSES}

    def holders(self) -> set[str]:
        """Return the ids of the workers that DBOS has given jobs to."""
        pending = self.state.client.list_workflows(
            status="PENDING",
            workflow_id_prefix=f"{self.key}/",
            load_input=False,
            load_output=False,
        )
        return {workflow.executor_id for workflow in pending if workflow.executor_id}

    def _unended_workflows(self, ids: list[str]) -> dict[str, str]:
        """Return the status in DBOS of each workflow that has not ended, by its id.

        Args:
            ids: the ids of the workflows. If there are more than `_MOST_IDS`, the result also has
                other workflows of the batch.
        """
        selection: dict[str, Any] = {"workflow_ids": ids}
        if len(ids) > _MOST_IDS:
            selection = {"workflow_id_prefix": f"{self.key}/"}
        found = self.state.client.list_workflows(
            status=["ENQUEUED", "PENDING", "DELAYED"],
            load_input=False,
            load_output=False,
            **selection,
        )
        return {workflow.workflow_id: workflow.status for workflow in found}

    def _select(self, *columns: Any) -> Any:
        """Return a query for columns of the jobs of the batch; without columns, for all columns."""
        from sqlalchemy import select

        return select(*(columns or (self._jobs,))).where(self._jobs.c.batch == self.key)

    def _batch_row(self, connection: "Connection") -> "Row[Any]":
        where = self._batches.c.key == self.key
        return connection.execute(self._batches.select().where(where)).one()

    def _job_row(self, connection: "Connection", job_id: str) -> "Row[Any] | None":
        return connection.execute(self._select().where(self._jobs.c.id == job_id)).first()

    def _workflow_id(self, job_id: str, run: int) -> str:
        return f"{self.key}/{job_id}~{run}"
