"""The tables of the state.

This module is imported only when a state is opened, because importing SQLAlchemy is slow.
"""

import sqlalchemy as sa
from sqlalchemy import JSON, Column, Float, Index, Integer, String, Text
from sqlalchemy.schema import CreateSchema

_LOCK_SQLITE = "BEGIN IMMEDIATE"
# The number of the lock is arbitrary. It must not change, because all versions use the same lock.
_LOCK_POSTGRES = "select pg_advisory_xact_lock(7530411)"


class Tables:
    """The tables of this package. DBOS has its own tables in the same database.

    Args:
        schema: the name of the schema in Postgres; None for SQLite, which does not have schemas.
    """

    def __init__(self, schema: str | None) -> None:
        self._schema = schema
        self._all = tables = sa.MetaData(schema=schema)
        self.meta = sa.Table(
            "kling_batch_meta",
            tables,
            # The format of the tables, and the version of this package that made them.
            Column("format", Integer, primary_key=True),
            Column("version", String, nullable=False),
            # The version of DBOS that has last migrated its tables.
            Column("engine", String, nullable=False),
        )
        self.batches = sa.Table(
            "kling_batches",
            tables,
            # Random, so that two batches of the same name never share tasks at Kling.
            Column("key", String, primary_key=True),
            Column("name", String, nullable=False, unique=True),
            Column("settings", JSON, nullable=False),
            # Why the batch is paused; NULL if it is not.
            Column("paused", Text),
            # How much of the budget is used, by kind of package and by currency, as decimal texts.
            Column("spent", JSON, nullable=False),
            # How many jobs were added. The next job gets this number as its place.
            Column("places", Integer, nullable=False),
        )
        self.jobs = sa.Table(
            "kling_batch_jobs",
            tables,
            Column("batch", String, primary_key=True),
            Column("id", String, primary_key=True),
            # The position of the job in the order in which the jobs were added, from 0.
            Column("place", Integer, nullable=False),
            Column("operation", String, nullable=False),
            Column("package", String, nullable=False),
            Column("model", String, nullable=False),
            # The body of the request, with a path and a checksum instead of each file.
            Column("body", JSON, nullable=False),
            # A checksum of the request, without the paths.
            Column("digest", String, nullable=False),
            # The estimate that the budget uses.
            Column("price", JSON, nullable=False),
            Column("status", String, nullable=False),
            # The number of its last run. Each time that the job is queued, a new run begins.
            Column("run", Integer, nullable=False),
            # The number of its last task at Kling, from 1. A replay of the same create keeps it.
            Column("tries", Integer, nullable=False),
            # How many tasks have failed since the job was added or retried by hand.
            Column("failures", Integer, nullable=False),
            # What is reserved in the budget; NULL if nothing is reserved.
            Column("reserved", JSON(none_as_null=True)),
            # 1 if the create of the last task may have been sent, otherwise 0.
            Column("sent", Integer, nullable=False),
            Column("ref", String),
            Column("external_task_id", String),
            Column("files", JSON, nullable=False),
            Column("charges", JSON, nullable=False),
            Column("message", Text, nullable=False),
            Column("problems", JSON, nullable=False),
            Column("kind", String),
            Index("kling_batch_jobs_by_status", "batch", "status"),
        )
        self.workers = sa.Table(
            "kling_batch_workers",
            tables,
            Column("id", String, primary_key=True),
            Column("batch", String, nullable=False),
            Column("machine", String, nullable=False),
            Column("pid", Integer, nullable=False),
            # The time of the last heartbeat; 0 if the worker has left.
            Column("seen", Float, nullable=False),
        )

    def create(self, engine: sa.Engine) -> None:
        """Create missing tables, under a lock, because several processes may do so at once."""
        with engine.begin() as connection:
            connection.execute(sa.text(_LOCK_POSTGRES if self._schema else _LOCK_SQLITE))
            if self._schema:
                connection.execute(CreateSchema(self._schema, if_not_exists=True))
            self._all.create_all(connection)
