"""Creates or finds the record of a batch in its state; adds, pauses, resumes and retries jobs."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any

from kling.batch.adding import NewJob
from kling.batch.errors import BatchError, InvalidJobsError
from kling.batch.jobs import ACTIVE, Status
from kling.batch.naming import file_stem
from kling.batch.settings import Settings
from kling.batch.state import State
from kling.batch.transitions import NOTHING_WRONG, Transitions
from kling.description import Problem

# The statuses of the jobs that `retry` takes by default.
_RETRIED: tuple[Status, ...] = ("failed", "refused", "held", "unfinished")
# The first values of these columns for a new job.
_NEW_ROW: dict[str, Any] = {
    "status": "queued",
    "run": 1,
    "tries": 0,
    "failures": 0,
    "sent": 0,
    "files": [],
    "charges": [],
    **NOTHING_WRONG,
}


class Record(Transitions):
    """The rows of one batch and of its jobs in the state, with all operations on them."""

    @classmethod
    def find(cls, state: State, name: str) -> "Record | None":
        """Return the record of a batch by its name; None if the state does not have it."""
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
    def find_or_create(cls, state: State, name: str) -> "Record":
        """Return the record of a batch by its name; create the batch if it does not exist."""
        batches = state.tables.batches
        with state.writing() as connection:
            # This update changes nothing, but takes a lock, because two processes may create the
            # batch at the same time.
            connection.execute(batches.update().where(batches.c.name == name).values(name=name))
            row = connection.execute(batches.select().where(batches.c.name == name)).first()
            if row is not None:
                return cls(state, row.key)
            key = uuid.uuid4().hex[:16]
            settings = Settings.default().to_dict()
            values = {"key": key, "name": name, "settings": settings, "spent": {}, "places": 0}
            connection.execute(batches.insert().values(values))
        return cls(state, key)

    def store_settings(self, settings: Settings) -> None:
        """Store the settings of the batch."""
        with self._locked() as connection:
            self._change_batch(connection, settings=settings.to_dict())

    def add(self, jobs: Sequence[tuple[str, NewJob]]) -> list[str]:
        """Add jobs, and return the ids of the new ones. If one is not valid, none is added.

        Raises:
            InvalidJobsError: a job with one of the ids exists with another request, or an id
                differs from another one only in upper and lower case.
        """
        new: dict[str, NewJob] = {}
        given = dict(jobs)
        with self._locked() as connection:
            stored: set[str] = set()
            digests: dict[str, str] = {}
            moved: list[str] = []  # ids of jobs whose stored body differs
            column = self._jobs.c
            for row in connection.execute(self._select(column.id, column.digest, column.body)):
                stored.add(row.id)
                digests[row.id] = row.digest
                if row.id in given and row.body != given[row.id].body:
                    moved.append(row.id)
            ids_by_stem = {file_stem(job_id).casefold(): job_id for job_id in stored}
            problems: dict[str, list[Problem]] = {}
            for job_id, job in jobs:
                # With setdefault, a job is also compared with the earlier ones in `jobs`.
                digest = digests.setdefault(job_id, job.digest)
                id_with_stem = ids_by_stem.setdefault(file_stem(job_id).casefold(), job_id)
                if digest != job.digest:
                    text = (
                        "a job with this id exists with another request; give this job another id"
                    )
                    problems[job_id] = [Problem("id", "", text)]
                elif id_with_stem != job_id:
                    text = (
                        f"the id differs from {id_with_stem} only in upper and lower case, so the "
                        "files of both may have the same name; give this job another id"
                    )
                    problems[job_id] = [Problem("id", "", text)]
                elif job_id not in stored:
                    new.setdefault(job_id, job)
            if problems:
                raise InvalidJobsError(problems)
            for job_id in moved:  # the digests are equal, so only the paths of files have changed
                self._change(connection, job_id, body=given[job_id].body)
            # `place` is the position of the first new job in the batch.
            place = self._batch_row(connection).places
            self._change_batch(connection, places=place + len(new))
            if new:
                rows_of_new = [
                    {"batch": self.key, "id": job_id, "place": place + n, **asdict(job), **_NEW_ROW}
                    for n, (job_id, job) in enumerate(new.items())
                ]
                connection.execute(self._jobs.insert(), rows_of_new)
            for n, (job_id, job) in enumerate(new.items(), start=place):
                self._enqueue(connection, job_id, job.package, job.model, n, run=1)
        return [*new]

    def pause(self, reason: str) -> None:
        """Store why the batch is paused."""
        with self._locked() as connection:
            self._change_batch(connection, paused=reason)

    def resume(self) -> list[str]:
        """Allow jobs to start again, and queue the held jobs; return the ids of the held jobs."""
        with self._locked() as connection:
            self._change_batch(connection, paused=None)
            select = self._select().where(self._jobs.c.status == "held")
            rows = connection.execute(select.order_by(self._jobs.c.place)).all()
            for row in rows:
                self._requeue(connection, row)
                self._change(connection, row.id, **NOTHING_WRONG)
        return [row.id for row in rows]

    def retry(self, ids: Collection[str] | None) -> list[str]:
        """Queue jobs again; see `Batch.retry`.

        Raises:
            KeyError: no job has one of the ids.
            BatchError: a job has not ended, or has succeeded.
        """
        with self._locked() as connection:
            rows = connection.execute(self._select().order_by(self._jobs.c.place)).all()
            found = {row.id: row for row in rows}
            if ids is None:
                ids = [row.id for row in rows if row.status in _RETRIED]
            for job_id in ids:
                if job_id not in found:
                    raise KeyError(f"there is no job {job_id}")
                if (status := found[job_id].status) in (*ACTIVE, "succeeded"):
                    raise BatchError(f"job {job_id} is {status}, so it cannot be retried")
            for job_id in ids:
                row = found[job_id]
                # A job in doubt keeps its external_task_id, so that the create returns the task
                # that may exist. Without an external_task_id, that task cannot be found.
                is_lost = row.status == "doubt" and row.external_task_id is None
                self._requeue(connection, row, new_task=row.status == "failed" or is_lost)
                self._change(connection, job_id, failures=0, **NOTHING_WRONG)
        return [*ids]
