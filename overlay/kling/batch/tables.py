"""The tables of a state. This module is imported late, because SQLAlchemy is large."""

import sqlalchemy as sa
from sqlalchemy import JSON, Column, Float, Index, Integer, String, Text
from sqlalchemy.schema import CreateSchema

_BEGIN = "BEGIN IMMEDIATE"
# The id of the lock of Postgres, an arbitrary number that must not change.
_LOCK = 7_530_411


class Tables:
    """The tables of this project, next to those of DBOS.

    Args:
        schema: the schema of Postgres; None for SQLite, which does not have schemas.
    """

    def __init__(self, schema: str | None) -> None:
        self._schema = schema
        self._all = data = sa.MetaData(schema=schema)
        self.meta = sa.Table(
            "kling_batch_meta",
            data,
            Column("format", Integer, primary_key=True),
            Column("version", String, nullable=False),
            # The version of DBOS to which its tables were last migrated.
            Column("engine", String, nullable=False),
        )
        self.batches = sa.Table(
            "kling_batches",
            data,
            # Random, so that two batches of the same name never share tasks at Kling.
            Column("key", String, primary_key=True),
            Column("name", String, nullable=False, unique=True),
            Column("settings", JSON, nullable=False),
            Column("paused", Text),
            # What counts against the budget, by kind of package and by currency, as decimal texts.
            Column("spent", JSON, nullable=False),
            Column("places", Integer, nullable=False),
        )
        self.jobs = sa.Table(
            "kling_batch_jobs",
            data,
            Column("batch", String, primary_key=True),
            Column("id", String, primary_key=True),
            Column("place", Integer, nullable=False),
            Column("operation", String, nullable=False),
            Column("package", String, nullable=False),
            Column("model", String, nullable=False),
            # The body of the request, with a path and a checksum instead of each file.
            Column("body", JSON, nullable=False),
            Column("digest", String, nullable=False),
            Column("price", JSON, nullable=False),
            Column("status", String, nullable=False),
            # The number of its present run, which grows each time that the job is queued.
            Column("run", Integer, nullable=False),
            # The number of its task at Kling. A replay of the same create keeps it.
            Column("tries", Integer, nullable=False),
            # How many tasks have failed since the job was added or retried by hand.
            Column("failures", Integer, nullable=False),
            Column("reserved", JSON(none_as_null=True)),
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
            data,
            Column("id", String, primary_key=True),
            Column("batch", String, nullable=False),
            Column("machine", String, nullable=False),
            Column("pid", Integer, nullable=False),
            Column("seen", Float, nullable=False),
        )

    def create(self, engine: sa.Engine) -> None:
        """Create missing tables, under a lock, because several processes may do so."""
        with engine.begin() as connection:
            one_by_one = f"select pg_advisory_xact_lock({_LOCK})" if self._schema else _BEGIN
            connection.execute(sa.text(one_by_one))
            if self._schema:
                connection.execute(CreateSchema(self._schema, if_not_exists=True))
            self._all.create_all(connection)
