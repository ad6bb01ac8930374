"""The state: the database of a batch, which has the tables of this package and those of DBOS."""

import json
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kling.batch.disks import network_drive
from kling.batch.errors import BatchError
from kling.errors import KlingWarning

if TYPE_CHECKING:
    import sqlalchemy as sa
    from dbos import DBOSClient

FORMAT = 1
"""The version of the format of the state.

DBOS gets it as the version of the program. So a worker with another format does not take the jobs.
"""
APPLICATION = "kling-batch"
SCHEMA = "kling_batch"
"""The schema of all tables in Postgres, so that other programs can use the same database."""
_MISSING = "kling.batch needs the extra batch: pip install 'kling-openapi[batch]'"
# Seconds to wait while another process writes to the file.
_BUSY_TIMEOUT = 30


class State:
    """An open database.

    Args:
        place: the path of an SQLite file, or the URL of a database.

    Raises:
        ImportError: the extra `batch` is not installed.
        BatchError: the database cannot be opened, or a later version made it.
        TypeError: the place is neither a path nor a URL.
        ValueError: the URL is not of SQLite or Postgres, or the folder does not exist.
    """

    def __init__(self, place: str | Path) -> None:
        try:
            import sqlalchemy as sa

            from kling.batch.tables import Tables
        except ImportError as error:
            raise ImportError(_MISSING) from error
        self.url = _url(place)
        self.is_file = self.url.startswith("sqlite")
        self._path = Path(sa.make_url(self.url).database or "") if self.is_file else None
        if self._path is not None and (kind := network_drive(self._path)):
            warnings.warn(
                f"{self._path.name} is on a network drive ({kind}), where SQLite may lose data: "
                "move it to a local disk, or use Postgres",
                KlingWarning,
                stacklevel=4,
            )
        self.tables = Tables(None if self.is_file else SCHEMA)
        self.engine: sa.Engine = _engine(self.url)
        self._migrate()

    @property
    def default_name(self) -> str:
        """The name of the file without its extension; empty for Postgres."""
        return self._path.stem if self._path else ""

    @cached_property
    def client(self) -> "DBOSClient":
        """The client of DBOS, which puts jobs into queues, but does not run them."""
        from dbos import DBOSClient

        return DBOSClient(
            system_database_engine=self.engine,
            dbos_system_schema=SCHEMA,
            serializer=serializer(),
            application_name=APPLICATION,
        )

    @contextmanager
    def writing(self) -> Iterator["sa.Connection"]:
        """Open a transaction: everything in it is written, or nothing."""
        with self.engine.begin() as connection:
            yield connection

    def now(self, connection: "sa.Connection") -> float:
        """Return the time of the database, which all workers share, in Unix seconds."""
        import sqlalchemy as sa

        now = _SQLITE_NOW if self.is_file else _POSTGRES_NOW
        return float(connection.execute(sa.text(f"select {now}")).scalar_one())

    def close(self) -> None:
        """Close the connections."""
        if "client" in self.__dict__:
            self.client.destroy()
        self.engine.dispose()

    def _migrate(self) -> None:
        """Create missing tables, and refuse a state of a later version."""
        import sqlalchemy as sa

        meta, this_version = self.tables.meta, version("kling-openapi")
        try:
            row = None
            if sa.inspect(self.engine).has_table(meta.name, meta.schema):
                with self.engine.connect() as connection:
                    row = connection.execute(sa.select(meta)).first()
            if row is not None and row.format > FORMAT:
                raise BatchError(
                    f"this state was made by kling-openapi {row.version}, and {this_version} "
                    f"cannot read its newer format: install version {row.version} or later"
                )
            if row is None or row.engine != version("dbos"):
                self._make_tables(this_version, is_new=row is None)
        except sa.exc.DBAPIError as error:
            where = self._path or sa.make_url(self.url).render_as_string(hide_password=True)
            reason = failure_reason(error, is_file=self.is_file)
            raise BatchError(f"cannot open the state {where}: {reason}") from None

    def _make_tables(self, this_version: str, *, is_new: bool) -> None:
        """Create our tables, and migrate those of DBOS to the installed version of DBOS."""
        import sqlalchemy as sa
        from dbos import DBOS

        with silence_dbos():
            DBOS.migrate(self.url, schema=SCHEMA)
        # The column `engine` has the version of DBOS, to find out when to migrate its tables again.
        meta, dbos_version = self.tables.meta, version("dbos")
        if is_new:
            self.tables.create(self.engine)
        if self.is_file:
            with self.engine.connect() as connection:
                # In this mode, readers do not wait for a writer. The file keeps the mode.
                connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        with self.writing() as connection:
            has_row = connection.execute(sa.update(meta).values(engine=dbos_version)).rowcount
            if not has_row:
                row = {"format": FORMAT, "version": this_version, "engine": dbos_version}
                connection.execute(meta.insert().values(row))


# Parts of the error texts of Postgres and its driver. The whole texts are not shown, because they
# may contain the password.
_REASONS = (
    "connection refused",
    "password authentication failed",
    "no password supplied",
    "does not exist",
    "failed to resolve host",
    "timeout expired",
    "permission denied",
    "too many clients",
)


def failure_reason(error: "sa.exc.DBAPIError", *, is_file: bool) -> str:
    """Return why a state cannot be reached, without secrets."""
    text = str(error.orig)
    if is_file:
        return text
    return next(
        (reason for reason in _REASONS if reason in text.lower()), type(error.orig).__name__
    )


_SQLITE_NOW = "(julianday('now') - 2440587.5) * 86400.0"
_POSTGRES_NOW = "extract(epoch from clock_timestamp())"


def serializer() -> Any:
    """Return the serializer for workflows. It writes JSON, which every version can read."""
    from dbos import Serializer

    class Json(Serializer):
        def serialize(self, data: Any) -> str:
            # An object that is not JSON, such as an exception, is stored as the name of its type.
            return json.dumps(data, default=lambda value: type(value).__name__)

        def deserialize(self, serialized_data: str) -> Any:
            return json.loads(serialized_data)

        def name(self) -> str:
            return "kling_json"

    return Json()


@contextmanager
def silence_dbos() -> Iterator[None]:
    """Keep DBOS from writing to the terminal. If its log has a handler, change nothing."""
    log, silent = logging.getLogger("dbos"), logging.NullHandler()
    if log.handlers:
        yield
        return
    before = log.level, log.propagate
    log.addHandler(silent)
    log.propagate = False
    log.setLevel(logging.WARNING)
    try:
        yield
    finally:
        log.removeHandler(silent)
        log.level, log.propagate = before


def _url(place: str | Path) -> str:
    """Return the URL of a database for SQLAlchemy.

    Raises:
        TypeError: the place is neither a path nor a URL.
        ValueError: the URL is not of SQLite or Postgres, or the folder does not exist.
    """
    if isinstance(place, str):
        kind, separator, rest = place.partition("://")
        is_url = bool(separator)
        if is_url and kind in ("postgresql", "postgres", "postgresql+psycopg"):
            return f"postgresql+psycopg://{rest}"
        if is_url and kind != "sqlite":
            raise ValueError(
                f"the state must be an SQLite file, or a Postgres database (postgresql://...), "
                f"not {kind}"
            )
        # In a URL, the first slash is not part of the path: sqlite:///jobs.db is in this folder.
        place = Path(rest.removeprefix("/") if is_url else place)
    if not isinstance(place, Path):
        raise TypeError(f"the state must be a path or a URL, not {type(place).__name__}")
    if not place.absolute().parent.is_dir():
        raise ValueError(f"there is no folder {place.absolute().parent} for the state")
    return f"sqlite:///{place.absolute()}"


def _engine(url: str) -> "sa.Engine":
    import sqlalchemy as sa

    if not url.startswith("sqlite"):
        return sa.create_engine(url, pool_size=10, max_overflow=5, pool_pre_ping=True)
    engine = sa.create_engine(url)

    @sa.event.listens_for(engine, "connect")
    def connected(connection: Any, _: object) -> None:
        # A transaction waits for other writers when it begins, not in the middle.
        connection.isolation_level = "IMMEDIATE"
        connection.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT * 1000}")
        connection.execute("PRAGMA foreign_keys=ON")

    return engine
