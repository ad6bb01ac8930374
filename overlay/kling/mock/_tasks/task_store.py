"""The tasks of the mock, in an SQLite database."""

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
from kling.mock._exchange import EncodedJson, Refused
from kling.mock._tasks.charges import Charge, Purchase
from kling.mock._tasks.task_life import FIRST_ID, Life, MockTask

# Longer strings in a request are media in Base64; only their beginning is kept.
_LONGEST_TEXT = 4096
# After how many creates old tasks are deleted. To delete them one by one would take twice as long.
_DELETE_EVERY = 100
# Files of another version are refused. The column `told` contains for how many statuses of the task
# a callback was sent.
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
# How many of the most recently read tasks are cached in memory.
_CACHE_SIZE = 1000
_STORE_VALUE = "INSERT OR REPLACE INTO memory VALUES (?, ?)"
# The name of the stored value that counts the tasks made before the last reset.
_FIRST_NUMBER = "before"


class Tasks:
    """All tasks, in a database that no other process may use at the same time.

    Args:
        spec: the description that the tasks follow.
        path: the file of the database; in memory if None.
        keep: how many tasks to keep without a file, in addition to those in flight. A file keeps
            all tasks.

    Raises:
        ValueError: the file is damaged, in use, not writable, or was not made by this version.
    """

    def __init__(self, spec: Spec, path: Path | None, keep: int) -> None:
        self._spec = spec
        self._keep = keep if path is None else None
        try:
            # The caller holds a lock, so the threads never use the connection at the same time.
            self._db = sqlite3.connect(
                path or ":memory:", isolation_level=None, check_same_thread=False, timeout=0
            )
            # Nobody closes a mock that runs in the user's process, so Python closes the database.
            weakref.finalize(self, self._db.close)
            self._db.execute("PRAGMA locking_mode=EXCLUSIVE").close()
            self._check_file()
            # With a write-ahead log (WAL), a killed process loses nothing, and a commit does not
            # wait for the disk.
            self._db.execute("PRAGMA journal_mode=WAL").close()
            self._db.execute("PRAGMA synchronous=NORMAL").close()
            self._db.executescript(_SCHEMA)
            # An earlier version of the description may have given a family another name.
            self._db.executemany(
                "UPDATE tasks SET family = ? WHERE family = ?",
                [(family, former) for former, family in spec.former_families.items()],
            )
            self._fails_to_write = False
            self._cache: dict[int, MockTask] = {}
            self._next = self._last_number() + 1
            self._first_number = self.remembered(_FIRST_NUMBER) or 0
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
        """Make a task, and store it; if there is a file, the task is in the file afterwards.

        Raises:
            Refused: 5000, the file cannot be written; nothing was changed. All methods that write
                raise it.
        """
        task = MockTask(self._next, operation, body, now, life, base_url, charge)
        record = _record_of(task)
        if len(record) > _LONGEST_TEXT:
            task = replace(task, body=_truncated(body))
            record = _record_of(task)
        row = (task.number, operation.family, task.external_id or None, record, task.end)
        self._write("INSERT INTO tasks VALUES (?, ?, ?, ?, 0, ?)", row)
        self._next += 1
        if self._keep is not None and self._next % _DELETE_EVERY == 0:
            old = (self._next - self._keep, now)
            self._db.execute("DELETE FROM tasks WHERE number < ? AND ends <= ?", old)
            self._cache.clear()
        return task

    def buy(self, task_id: str, operation: Operation, now: float, charge: Charge) -> None:
        """Store the charge of a call that makes no task."""
        row = (task_id, operation.id, now, json.dumps(charge.to_json()))
        with self._writing():
            inserted = self._db.execute("INSERT INTO purchases VALUES (NULL, ?, ?, ?, ?)", row)
        number = inserted.lastrowid
        if self._keep is not None and number and number % _DELETE_EVERY == 0:
            self._db.execute("DELETE FROM purchases WHERE number <= ?", (number - self._keep,))

    def purchases(self) -> Iterator[Purchase]:
        """Yield the charges of calls that make no task, oldest first."""
        query = "SELECT task_id, operation, time, charge FROM purchases ORDER BY number"
        for task_id, operation, time, charge in self._db.execute(query):
            paid = Charge.from_json(json.loads(charge))
            assert paid is not None  # purchases are only stored with a charge
            yield Purchase(task_id, self._spec.operations[operation], time, paid)

    def refuse_used(self, external_id: str) -> None:
        """Refuse an external_task_id that was used before, in any family."""
        if external_id and self._first("external_id = ?", external_id[:_LONGEST_TEXT]):
            raise Refused(1201, event="used-external-id", value=external_id)

    def get(self, family: str, task_id: str) -> MockTask:
        """Return a task by its id or its external_task_id.

        Raises:
            Refused: the family has no such task.
        """
        task = self.by_id(task_id) or self.by_external_id(task_id)
        if task is None or task.operation.family != family:
            raise Refused(1201, event="unknown-task", value=task_id)
        return task

    def by_id(self, task_id: str) -> MockTask | None:
        """Return a task by its id, in any family."""
        has_digits = task_id.isascii() and task_id.isdecimal()
        is_id = has_digits and len(task_id) == len(str(FIRST_ID))
        return self.by_number(int(task_id) - FIRST_ID) if is_id else None

    def by_number(self, number: int) -> MockTask | None:
        """Return a task by its number, in any family."""
        task = self._cache.get(number)
        if task is None and (task := self._first("number = ?", number)):
            if len(self._cache) >= _CACHE_SIZE:
                self._cache.clear()
            self._cache[number] = task
        return task

    def by_external_id(self, external_id: str) -> MockTask | None:
        """Return a task by its external_task_id, in any family."""
        return self._first("external_id = ?", external_id)

    def older(self, number: int | None) -> Iterator[MockTask]:
        """Yield the tasks with smaller numbers, newest first; all tasks if `number` is None."""
        return self._select(
            "number < ? ORDER BY number DESC", self._next if number is None else number
        )

    def page(self, family: str, page: int, size: int) -> list[int]:
        """Return the numbers of a family's tasks on a page, newest first; the first page is 1."""
        query = "SELECT number FROM tasks WHERE family = ? ORDER BY number DESC LIMIT ? OFFSET ?"
        return [number for (number,) in self._db.execute(query, (family, size, (page - 1) * size))]

    def newest(self, count: int, page: int = 1) -> list[MockTask]:
        """Return a page of `count` tasks, newest first; the first page is 1."""
        where = "true ORDER BY number DESC LIMIT ? OFFSET ?"
        return list(self._select(where, count, (page - 1) * count))

    def all(self) -> Iterator[MockTask]:
        """Yield every task, oldest first."""
        return self._select("true ORDER BY number")

    @property
    def count(self) -> int:
        """How many tasks were made since the last reset."""
        return self._next - self._first_number

    def change(self, task: MockTask) -> None:
        """Store the changed life of a task."""
        row = (_record_of(task), task.end, task.number)
        self._write("UPDATE tasks SET record = ?, ends = ? WHERE number = ?", row)
        self._cache.pop(task.number, None)

    def set_notified(self, task: MockTask, count: int) -> None:
        """Store for how many statuses of a task a callback was sent."""
        # A delayed callback must not lower the number that a later callback has stored.
        row = (count, task.number)
        self._write("UPDATE tasks SET told = max(told, ?) WHERE number = ?", row)
        self._cache.pop(task.number, None)

    def clear(self, keep: Collection[str]) -> None:
        """Forget all tasks, and all values except those named in `keep`; ids are never reused."""
        kept = {name: self.remembered(name) for name in keep}
        with self._writing(), self._db:
            self._db.execute("BEGIN")
            self._db.execute("DELETE FROM tasks")
            self._db.execute("DELETE FROM purchases")
            self._db.execute("DELETE FROM memory")
            self._db.executemany(_STORE_VALUE, _rows({**kept, _FIRST_NUMBER: self._next}))
        self._cache.clear()
        self._first_number = self._next

    def remember(self, values: Mapping[str, Any]) -> None:
        """Store JSON values by name, either all or none; an `EncodedJson` is not encoded again."""
        with self._writing(), self._db:
            self._db.execute("BEGIN")
            self._db.executemany(_STORE_VALUE, _rows(values))

    def remembered(self, name: str) -> Any:
        """Return the value that is stored under a name; None if nothing is."""
        row = self._db.execute("SELECT value FROM memory WHERE name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else None

    def close(self) -> None:
        """Close the database, which merges its write-ahead log into the file."""
        self._db.close()

    def _write(self, statement: str, row: Sequence[Any]) -> None:
        with self._writing():
            self._db.execute(statement, row)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Turn a failed write into a refusal; print only the first failure after a success."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if not self._fails_to_write:
                self._fails_to_write = True
                print(f"Kling mock: the --state file cannot be written: {error}", file=sys.stderr)
            why = f"the mock cannot write its state file, so nothing was done: {error}"
            raise Refused(5000, why) from error
        self._fails_to_write = False

    def _check_file(self) -> None:
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        (tables,) = self._db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if tables and version != _VERSION:
            raise sqlite3.DatabaseError("it was not made by this version; give another file")
        (found,) = self._db.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError("it is damaged")

    def _last_number(self) -> int:
        # Not the highest stored number: the ids of deleted tasks must not be reused.
        row = self._db.execute("SELECT seq FROM sqlite_sequence").fetchone()
        return int(row[0]) if row else -1

    def _first(self, where: str, *values: Any) -> MockTask | None:
        return next(self._select(where, *values), None)

    def _select(self, where: str, *values: Any) -> Iterator[MockTask]:
        query = f"SELECT number, record, told FROM tasks WHERE {where}"  # noqa: S608 (our words)
        for number, record, notified in self._db.execute(query, values):
            operation, body, created, statuses, begins, message, base_url, paid, *planned = (
                json.loads(record)
            )
            results, info = planned or ((), {})  # `planned` is empty if nothing is planned
            life = Life(tuple(statuses), tuple(begins), message, tuple(results), info)
            made_by, charge = self._spec.operations[operation], Charge.from_json(paid)
            yield MockTask(number, made_by, body, created, life, base_url, charge, notified)


def _rows(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (name, value.text if isinstance(value, EncodedJson) else json.dumps(value))
        for name, value in values.items()
    ]


def _record_of(task: MockTask) -> str:
    life = task.life
    statuses = (life.statuses, life.begins, life.message)
    paid = task.charge.to_json() if task.charge else None
    planned = (life.results, life.task_info) if life.results or life.task_info else ()
    values = (task.operation.id, task.body, task.created, *statuses, task.base_url, paid, *planned)
    return json.dumps(values)


def _truncated(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _truncated(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_truncated(inner) for inner in value]
    return value[:_LONGEST_TEXT] if isinstance(value, str) else value
