"""The tasks of the mock, in a database."""

import json
import sqlite3
import sys
import weakref
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from kling.description import Operation, Spec
from kling.mock._exchange import Refused
from kling.mock._tasks.charges import Charge, Purchase
from kling.mock._tasks.task_life import FIRST_ID, Life, MockTask

# Of a longer text, which is media in Base64, only the beginning is kept.
_LONGEST_TEXT = 4096
# How many tasks may be there beyond those to keep, for one by one takes twice the time.
_BATCH = 100
_VERSION = 5
_SCHEMA = f"""
PRAGMA user_version = {_VERSION};
CREATE TABLE IF NOT EXISTS tasks (
    number INTEGER PRIMARY KEY AUTOINCREMENT, family TEXT, external_id TEXT UNIQUE, record TEXT,
    told INTEGER, ends REAL
);
CREATE INDEX IF NOT EXISTS by_family ON tasks (family, number);
CREATE TABLE IF NOT EXISTS purchases (
    number INTEGER PRIMARY KEY AUTOINCREMENT, task_id TEXT, operation TEXT, time REAL, charge TEXT
);
CREATE TABLE IF NOT EXISTS memory (name TEXT PRIMARY KEY, value TEXT);
"""
# How many of the tasks that were asked for last are at hand without the database.
_AT_HAND = 1000
_REMEMBER = "INSERT OR REPLACE INTO memory VALUES (?, ?)"
# Under which name the memory has how many tasks were made before the last reset.
_BEFORE = "before"


class Tasks:
    """All tasks, in a database that nobody else may use meanwhile.

    Args:
        spec: the description that they were made by.
        path: where to keep them; in memory if None.
        keep: how many to keep in memory, beside all that run; a file keeps all.

    Raises:
        ValueError: the file is none of this version's, or in use.
    """

    def __init__(self, spec: Spec, path: Path | None, keep: int) -> None:
        self._spec = spec
        self._keep = keep if path is None else None
        try:
            # The server has a lock of its own.
            self._db = sqlite3.connect(
                path or ":memory:", isolation_level=None, check_same_thread=False, timeout=0
            )
            # Who uses a mock in process has no reason to close it.
            weakref.finalize(self, self._db.close)
            self._db.execute("PRAGMA locking_mode=EXCLUSIVE").close()
            self._refuse_unfit()
            # A killed process loses nothing that way, and a commit needs no wait for the disk.
            self._db.execute("PRAGMA journal_mode=WAL").close()
            self._db.execute("PRAGMA synchronous=NORMAL").close()
            self._db.executescript(_SCHEMA)
            self._db.executemany(
                "UPDATE tasks SET family = ? WHERE family = ?",
                [(family, former) for former, family in spec.former_families.items()],
            )
            self._fails_to_write = False
            self._at_hand: dict[int, MockTask] = {}
            self._next = self._last_number() + 1
            self._before = self.remembered(_BEFORE) or 0
        except sqlite3.Error as error:
            raise ValueError(f"{path} cannot hold the state of the mock: {error}") from error

    def create(
        self,
        operation: Operation,
        body: Mapping[str, Any],
        now: float,
        life: Life,
        base_url: str,
        charge: Charge | None = None,
    ) -> MockTask:
        """Make a task; once this returns, a file has it.

        Raises:
            Refused: 5000, as from all that writes, when the file takes no more; it stays as it was.
        """
        task = MockTask(self._next, operation, body, now, life, base_url, charge)
        record = _written(task)
        if len(record) > _LONGEST_TEXT:
            task = replace(task, body=_shortened(body))
            record = _written(task)
        row = (task.number, operation.family, task.external_id or None, record, task.end)
        self._write("INSERT INTO tasks VALUES (?, ?, ?, ?, 0, ?)", row)
        self._next += 1
        if self._keep is not None and self._next % _BATCH == 0:
            old = (self._next - self._keep, now)
            self._db.execute("DELETE FROM tasks WHERE number < ? AND ends <= ?", old)
            self._at_hand.clear()
        return task

    def buy(self, task_id: str, operation: Operation, now: float, charge: Charge) -> None:
        """Keep what made no task, and was charged at once."""
        row = (task_id, operation.id, now, json.dumps(charge.dumped()))
        with self._writing():
            kept = self._db.execute("INSERT INTO purchases VALUES (NULL, ?, ?, ?, ?)", row)
        number = kept.lastrowid
        if self._keep is not None and number and number % _BATCH == 0:
            self._db.execute("DELETE FROM purchases WHERE number <= ?", (number - self._keep,))

    def purchases(self) -> Iterator[Purchase]:
        """Yield what was bought without a task, oldest first."""
        query = "SELECT task_id, operation, time, charge FROM purchases ORDER BY number"
        for task_id, operation, time, charge in self._db.execute(query):
            paid = Charge.loaded(json.loads(charge))
            assert paid is not None  # nothing else is kept
            yield Purchase(task_id, self._spec.operations[operation], time, paid)

    def refuse_used(self, external_id: str) -> None:
        """Refuse an external_task_id that was used before, by whatever family."""
        if external_id and self._first("external_id = ?", external_id[:_LONGEST_TEXT]):
            raise Refused(1201, event="used-external-id", value=external_id)

    def get(self, family: str, task_id: str) -> MockTask:
        """Find a task by its id or its external id.

        Raises:
            Refused: the family has no such task.
        """
        task = self.by_id(task_id) or self.by_external_id(task_id)
        if task is None or task.operation.family != family:
            raise Refused(1201, event="unknown-task", value=task_id)
        return task

    def by_id(self, task_id: str) -> MockTask | None:
        """Find a task by its id, whatever its family."""
        if not (task_id.isascii() and task_id.isdecimal() and len(task_id) == len(str(FIRST_ID))):
            return None
        return self.by_number(int(task_id) - FIRST_ID)

    def by_number(self, number: int) -> MockTask | None:
        """Find a task by its number, whatever its family."""
        task = self._at_hand.get(number)
        if task is None and (task := self._first("number = ?", number)):
            if len(self._at_hand) >= _AT_HAND:
                self._at_hand.clear()
            self._at_hand[number] = task
        return task

    def by_external_id(self, external_id: str) -> MockTask | None:
        """Find a task by the caller's own id, whatever its family."""
        return self._first("external_id = ?", external_id)

    def older(self, number: int | None) -> Iterator[MockTask]:
        """Yield the tasks made before one, newest first; all tasks if it is None."""
        return self._select(
            "number < ? ORDER BY number DESC", self._next if number is None else number
        )

    def page(self, family: str, page: int, size: int) -> list[int]:
        """Return the numbers of a page of tasks of a family, newest first; the first page is 1."""
        query = "SELECT number FROM tasks WHERE family = ? ORDER BY number DESC LIMIT ? OFFSET ?"
        return [number for (number,) in self._db.execute(query, (family, size, (page - 1) * size))]

    def newest(self, count: int, page: int = 1) -> list[MockTask]:
        """Return a page of so many tasks, newest first; the first page is 1."""
        where = "true ORDER BY number DESC LIMIT ? OFFSET ?"
        return list(self._select(where, count, (page - 1) * count))

    def all(self) -> Iterator[MockTask]:
        """Yield every task, oldest first."""
        return self._select("true ORDER BY number")

    @property
    def count(self) -> int:
        """How many were made since the last reset."""
        return self._next - self._before

    def change(self, task: MockTask) -> None:
        """Keep the life of a task, which is another one."""
        row = (_written(task), task.end, task.number)
        self._write("UPDATE tasks SET record = ?, ends = ? WHERE number = ?", row)
        self._at_hand.pop(task.number, None)

    def tell(self, task: MockTask, told: int) -> None:
        """Note of how many statuses the callback_url of a task was told."""
        # A callback that comes late is older than what was told since.
        row = (told, task.number)
        self._write("UPDATE tasks SET told = max(told, ?) WHERE number = ?", row)
        self._at_hand.pop(task.number, None)

    def clear(self, but: Collection[str]) -> None:
        """Forget every task, and what is remembered under other names; no id comes again."""
        kept = {name: self.remembered(name) for name in but}
        with self._writing(), self._db:
            self._db.execute("BEGIN")
            self._db.execute("DELETE FROM tasks")
            self._db.execute("DELETE FROM purchases")
            self._db.execute("DELETE FROM memory")
            self._db.executemany(_REMEMBER, _rows({**kept, _BEFORE: self._next}))
        self._at_hand.clear()
        self._before = self._next

    def remember(self, things: Mapping[str, Any]) -> None:
        """Keep what JSON can hold, each under its name; all of it or nothing."""
        with self._writing(), self._db:
            self._db.execute("BEGIN")
            self._db.executemany(_REMEMBER, _rows(things))

    def remembered(self, name: str) -> Any:
        """Return what is kept under a name; None if there is nothing."""
        row = self._db.execute("SELECT value FROM memory WHERE name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else None

    def close(self) -> None:
        """Close the database, which puts all of it into its one file."""
        self._db.close()

    def _write(self, statement: str, row: Sequence[Any]) -> None:
        with self._writing():
            self._db.execute(statement, row)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Refuse what cannot be kept; say so once, until something can be kept again."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if not self._fails_to_write:
                self._fails_to_write = True
                print(f"Kling mock: --state cannot be written: {error}", file=sys.stderr)
            why = f"the mock cannot write its file, and did nothing: {error}"
            raise Refused(5000, why) from error
        self._fails_to_write = False

    def _refuse_unfit(self) -> None:
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        (tables,) = self._db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if tables and version != _VERSION:
            raise sqlite3.DatabaseError("it was not made by this version")
        (found,) = self._db.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError("it is damaged")

    def _last_number(self) -> int:
        # Not the highest one that is there: forgotten tasks keep their ids to themselves.
        row = self._db.execute("SELECT seq FROM sqlite_sequence").fetchone()
        return int(row[0]) if row else -1

    def _first(self, where: str, *values: Any) -> MockTask | None:
        return next(self._select(where, *values), None)

    def _select(self, where: str, *values: Any) -> Iterator[MockTask]:
        query = f"SELECT number, record, told FROM tasks WHERE {where}"  # noqa: S608 (our words)
        for number, record, told in self._db.execute(query, values):
            operation, body, created, statuses, begins, message, base_url, paid, *planned = (
                json.loads(record)
            )
            results, info = planned or ((), {})
            life = Life(tuple(statuses), tuple(begins), message, tuple(results), info)
            made_by, charge = self._spec.operations[operation], Charge.loaded(paid)
            yield MockTask(number, made_by, body, created, life, base_url, charge, told)


def _rows(things: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(name, json.dumps(value)) for name, value in things.items()]


def _written(task: MockTask) -> str:
    life = task.life
    parts = (life.statuses, life.begins, life.message)
    paid = task.charge.dumped() if task.charge else None
    planned = (life.results, life.task_info) if life.results or life.task_info else ()
    whole = (task.operation.id, task.body, task.created, *parts, task.base_url, paid, *planned)
    return json.dumps(whole)


def _shortened(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _shortened(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_shortened(one) for one in value]
    return value[:_LONGEST_TEXT] if isinstance(value, str) else value
