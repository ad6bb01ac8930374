"""Writes the heartbeats of a worker to the state, and queues the jobs of dead workers again."""

import os
import socket
import sys
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kling.batch.record import Record

if TYPE_CHECKING:
    from sqlalchemy import Row

BEAT = 10.0
"""Seconds between two heartbeats of a worker."""
DEAD = 40.0
"""A worker counts as dead if its last heartbeat is older than this, in seconds."""


class Presence:
    """Keeps the worker of this process in the list of all workers, a table of the state.

    Args:
        record: the record of the batch that the worker works on.
        recover: called with the ids of dead workers; it queues their jobs again.
    """

    def __init__(self, record: Record, recover: Callable[[list[str]], object]) -> None:
        self._state, self._record, self._recover = record.state, record, recover
        self._workers = record.state.tables.workers
        self._machine = machine()
        # DBOS stores this id with each job that the worker takes. If another worker ever had the
        # same id, the recovery of one would also queue the jobs of the other.
        self.id = f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:12]}"

    def enter(self) -> None:
        """Enter this worker in the list, before it gets any job."""
        self._beat_and_read_others()

    def beat(self) -> None:
        """Write a heartbeat, and queue the jobs of dead workers again."""
        # First read which workers hold jobs, then read the list. A worker is in the list before it
        # gets a job. So a worker that holds a job, but is not in the list now, has left.
        holders = self._record.holders()
        others, now = self._beat_and_read_others()
        dead = {
            worker.id
            for worker in others
            if worker.seen < now - DEAD
            or (worker.machine == self._machine and not is_alive(worker.pid))
        }
        # A worker may get a job while it leaves. Then it holds a job, but is not in the list.
        dead |= holders - {self.id, *(worker.id for worker in others)}
        if dead:
            self._recover([*dead])
            # Delete the dead workers last. If this worker ends before that, others find them.
            with self._state.writing() as connection:
                connection.execute(self._workers.delete().where(self._workers.c.id.in_(dead)))

    def _beat_and_read_others(self) -> "tuple[Sequence[Row[Any]], float]":
        """Write a heartbeat; return the rows of the other workers, and the time of the database."""
        workers = self._workers
        with self._state.writing() as connection:
            mine = workers.update().where(workers.c.id == self.id)
            # Write before reading the clock: SQLite waits here while another process writes, and a
            # time from before this wait would be too old.
            is_known = connection.execute(mine.values(pid=os.getpid())).rowcount
            now = self._state.now(connection)
            if is_known:
                connection.execute(mine.values(seen=now))
            else:
                row = {"id": self.id, "batch": self._record.key, "machine": self._machine}
                connection.execute(workers.insert().values(row | {"pid": os.getpid(), "seen": now}))
            return connection.execute(workers.select().where(workers.c.id != self.id)).all(), now

    def leave(self) -> None:
        """Mark this worker as dead, so that others take over its jobs at their next heartbeat."""
        with self._state.writing() as connection:
            mine = self._workers.update().where(self._workers.c.id == self.id)
            connection.execute(mine.values(seen=0.0))


def machine() -> str:
    """Return an id of the machine or container within which process ids are unique."""
    parts = [socket.gethostname()]
    with suppress(OSError):
        parts.append(Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip())
    with suppress(OSError):
        parts.append(str(Path("/proc/self/ns/pid").readlink()))
    return " ".join(parts)


def is_alive(pid: int) -> bool:
    """Whether a process with this id exists; True if that is not known."""
    if sys.platform == "win32":
        return True  # on Windows, os.kill would end the process
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # it exists, but this process may not send it a signal
    return True
