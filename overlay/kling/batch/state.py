"""Where a batch is kept: tables of our own, beside those of DBOS, in one database."""

import json
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kling.batch.disks import is_shared
from kling.batch.errors import BatchError
from kling.errors import KlingWarning

if TYPE_CHECKING:
    import sqlalchemy as sa
    from dbos import DBOSClient

FORMAT = 1
"""The number of the form that the state has. It is also the version of our workflows for DBOS, so
that workers of another form leave them alone."""
APPLICATION = "kling-batch"
SCHEMA = "kling_batch"
"""In Postgres, where several programs may share a database."""
_MISSING = "batches need more than the client: pip install 'kling-openapi[batch]'"
# Seconds to wait while another process writes.
_BUSY = 30


class State:
    """A database, opened.

    Args:
        place: the path of a file of SQLite, or the URL of a database.

    Raises:
        ImportError: the extra `batch` is not installed.
        BatchError: it cannot be opened, or a later version made it.
        ValueError: it is the URL of something else.
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
        if self._path is not None and (kind := is_shared(self._path)):
            warnings.warn(
                f"{self._path.name} is on a disk of the network ({kind}), where SQLite may lose "
                "data: put it on a disk of this machine, or use Postgres",
                KlingWarning,
                stacklevel=4,
            )
        self.tables = Tables(None if self.is_file else SCHEMA)
        self.engine: sa.Engine = _engine(self.url)
        self._migrate()

    @property
    def default_name(self) -> str:
        """What a batch is called here unless the caller says it; empty in a database for many."""
        return self._path.stem if self._path else ""

    @cached_property
    def client(self) -> "DBOSClient":
        """What queues jobs without ever taking one: only `launch` does."""
        from dbos import DBOSClient

        return DBOSClient(
            system_database_engine=self.engine,
            dbos_system_schema=SCHEMA,
            serializer=serializer(),
            application_name=APPLICATION,
        )

    @contextmanager
    def writing(self) -> Iterator["sa.Connection"]:
        """Open a transaction; what is written in it is there as a whole or not at all."""
        with self.engine.begin() as connection:
            yield connection

    def now(self, connection: "sa.Connection") -> float:
        """Return the time by the clock of the database, which all share, in Unix seconds."""
        import sqlalchemy as sa

        said = "(julianday('now') - 2440587.5) * 86400.0" if self.is_file else _POSTGRES_NOW
        return float(connection.execute(sa.text(f"select {said}")).scalar_one())

    def close(self) -> None:
        """Close the connections."""
        if "client" in self.__dict__:
            self.client.destroy()
        self.engine.dispose()

    def _migrate(self) -> None:
        """Make the tables where they are missing, and refuse those of a later version."""
        import sqlalchemy as sa

        meta, here = self.tables.meta, version("kling-openapi")
        try:
            row = None
            if sa.inspect(self.engine).has_table(meta.name, meta.schema):
                with self.engine.connect() as connection:
                    row = connection.execute(sa.select(meta)).first()
            if row is not None and row.format > FORMAT:
                raise BatchError(
                    f"this state was made by kling-openapi {row.version}, whose form is newer "
                    f"than that of {here}: install that version or a later one"
                )
            if row is None or row.engine != version("dbos"):
                self._make_tables(here, is_new=row is None)
        except sa.exc.DBAPIError as error:
            where = self._path or sa.make_url(self.url).render_as_string(hide_password=True)
            said = why_unreachable(error, is_file=self.is_file)
            raise BatchError(f"the state {where} cannot be opened ({said})") from None

    def _make_tables(self, here: str, *, is_new: bool) -> None:
        """Make our tables, and bring those of DBOS to the form that is installed."""
        import sqlalchemy as sa
        from dbos import DBOS

        with quiet():
            DBOS.migrate(self.url, schema=SCHEMA)
        meta, engine = self.tables.meta, version("dbos")
        if is_new:
            self.tables.create(self.engine)
        if self.is_file:
            with self.engine.connect() as connection:
                # The file keeps it: each change is written once, and whoever reads does not wait.
                connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        with self.writing() as connection:
            is_known = connection.execute(sa.update(meta).values(engine=engine)).rowcount
            if not is_known:
                made = {"format": FORMAT, "version": here, "engine": engine}
                connection.execute(meta.insert().values(made))


# What Postgres and its driver say of why; the rest of their texts may hold the password.
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


def why_unreachable(error: "sa.exc.DBAPIError", *, is_file: bool) -> str:
    """Return why a state cannot be reached, without anything secret."""
    text = str(error.orig)
    if is_file:
        return text
    return next((one for one in _REASONS if one in text.lower()), type(error.orig).__name__)


_POSTGRES_NOW = "extract(epoch from clock_timestamp())"


def serializer() -> Any:
    """Return what writes the inputs and outcomes of workflows: JSON, which any version can read."""
    from dbos import Serializer

    class Json(Serializer):
        def serialize(self, data: Any) -> str:
            return json.dumps(data, default=lambda one: type(one).__name__)

        def deserialize(self, serialized_data: str) -> Any:
            return json.loads(serialized_data)

        def name(self) -> str:
            return "kling_json"

    return Json()


@contextmanager
def quiet() -> Iterator[None]:
    """Keep DBOS from writing to the terminal meanwhile; a handler of the caller's gets its log."""
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
    """Return the URL of a database.

    Raises:
        TypeError, ValueError: it is the place of none.
    """
    if isinstance(place, str):
        kind, is_url, rest = place.partition("://")
        if is_url and kind in ("postgresql", "postgres", "postgresql+psycopg"):
            return f"postgresql+psycopg://{rest}"
        if is_url and kind != "sqlite":
            raise ValueError(
                f"a state is a file of SQLite, or a database of Postgres (postgresql://...), "
                f"not one of {kind}"
            )
        place = Path(rest.removeprefix("/") if is_url else place)
    if not isinstance(place, Path):
        raise TypeError(f"a state is a path or a URL, not {type(place).__name__}")
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
        # Whoever begins to write waits for the others first, and not in the middle.
        connection.isolation_level = "IMMEDIATE"
        connection.execute(f"PRAGMA busy_timeout={_BUSY * 1000}")
        connection.execute("PRAGMA foreign_keys=ON")

    return engine
