"""The tables of a state. Imported only where there is one, since SQLAlchemy is large."""

import sqlalchemy as sa
from sqlalchemy import JSON, Column, Float, Index, Integer, String, Text
from sqlalchemy.schema import CreateSchema

_BEGIN = "BEGIN IMMEDIATE"
# Any number, as long as it is always the same.
_LOCK = 7_530_411


class Tables:
    """What is kept of batches, beside the tables of DBOS.

    Args:
        schema: of Postgres, where they are; None in SQLite, which has none.
    """

    def __init__(self, schema: str | None) -> None:
        self._schema = schema
        self._all = data = sa.MetaData(schema=schema)
        self.meta = sa.Table(
            "kling_batch_meta",
            data,
            Column("format", Integer, primary_key=True),
            Column("version", String, nullable=False),
            # The version of DBOS that its own tables were last brought to.
            Column("engine", String, nullable=False),
        )
        self.batches = sa.Table(
            "kling_batches",
            data,
            # Drawn when the batch is made: two of the same name never share tasks at Kling.
            Column("key", String, primary_key=True),
            Column("name", String, nullable=False, unique=True),
            Column("settings", JSON, nullable=False),
            Column("paused", Text),
            # What counts against the budget, by kind of package and by currency, as texts.
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
            # What is sent, with a path and a checksum in the place of each file.
            Column("body", JSON, nullable=False),
            Column("digest", String, nullable=False),
            Column("price", JSON, nullable=False),
            Column("status", String, nullable=False),
            # The number of its workflow: another one each time it is queued.
            Column("run", Integer, nullable=False),
            # The number of its task at Kling; what is sent again as the same task has the same.
            Column("tries", Integer, nullable=False),
            # How many tasks have failed since somebody last asked for the job.
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
        """Make those that are missing, one process after the other."""
        with engine.begin() as connection:
            one_by_one = f"select pg_advisory_xact_lock({_LOCK})" if self._schema else _BEGIN
            connection.execute(sa.text(one_by_one))
            if self._schema:
                connection.execute(CreateSchema(self._schema, if_not_exists=True))
            self._all.create_all(connection)
