"""Heartbeats of the workers in the state, and how the jobs of dead workers are taken over."""

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
"""Seconds without a heartbeat, by the clock of the database, after which a worker is dead."""


class Presence:
    """The worker of this process, in the list of all workers.

    Args:
        record: the record of the batch that it works on.
        recover: called with the ids of dead workers; it queues their jobs again.
    """

    def __init__(self, record: Record, recover: Callable[[list[str]], object]) -> None:
        self._state, self._record, self._recover = record.state, record, recover
        self._workers = record.state.tables.workers
        self._machine = machine()
        # Unique forever, because recovery hands out jobs by this id.
        self.id = f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:12]}"

    def enter(self) -> None:
        """Enter this worker in the list, before it gets any job."""
        self._others()

    def beat(self) -> None:
        """Write a heartbeat, and queue the jobs of dead workers again."""
        # Read the holders first, then the list. A worker enters the list before it gets a job, so a
        # holder that is not in the list has left it.
        holders = self._record.holders()
        others, now = self._others()
        gone = {
            worker.id
            for worker in others
            if worker.seen < now - DEAD
            or (worker.machine == self._machine and not is_alive(worker.pid))
        }
        # A worker that got a job at the moment it left may no longer be in the list.
        gone |= holders - {self.id, *(worker.id for worker in others)}
        if gone:
            self._recover([*gone])
            # Delete them last: if this worker dies before, the next one still finds them.
            with self._state.writing() as connection:
                connection.execute(self._workers.delete().where(self._workers.c.id.in_(gone)))

    def _others(self) -> "tuple[Sequence[Row[Any]], float]":
        """Write a heartbeat; return the other workers, and the time of the database."""
        workers = self._workers
        with self._state.writing() as connection:
            mine = workers.update().where(workers.c.id == self.id)
            # Write before reading the clock: SQLite waits here while another process writes.
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
        return True
    return True
