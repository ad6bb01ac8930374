"""Which workers are alive: each says so in the state, and takes over from those that do not."""

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
"""Seconds between two signs of life."""
DEAD = 40.0
"""Seconds without a sign after which a worker counts as dead, by the clock of the database."""


class Presence:
    """The worker that this process is, among the others.

    Args:
        record: of the batch that it works on.
        recover: is given the ids of workers that are dead, and queues again what they had.
    """

    def __init__(self, record: Record, recover: Callable[[list[str]], object]) -> None:
        self._state, self._record, self._recover = record.state, record, recover
        self._workers = record.state.tables.workers
        self._machine = machine()
        # Of no other process, ever: else it would be given what another one still does.
        self.id = f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:12]}"

    def enter(self) -> None:
        """Say that this worker is there, before it is given any job."""
        self._others()

    def beat(self) -> None:
        """Say that this worker is alive, and take over from those that are dead."""
        # First, for who has a job has been in the list of workers before.
        holders = self._record.holders()
        others, now = self._others()
        gone = {
            one.id
            for one in others
            if one.seen < now - DEAD or (one.machine == self._machine and not is_alive(one.pid))
        }
        # A worker that was given a job in the very moment in which it left is in no list.
        gone |= holders - {self.id, *(one.id for one in others)}
        if gone:
            self._recover([*gone])
            # Only now: whoever dies between the two leaves the list to the next one.
            with self._state.writing() as connection:
                connection.execute(self._workers.delete().where(self._workers.c.id.in_(gone)))

    def _others(self) -> "tuple[Sequence[Row[Any]], float]":
        """Write down that this worker is alive; return the others, and the time."""
        workers = self._workers
        with self._state.writing() as connection:
            mine = workers.update().where(workers.c.id == self.id)
            # Before its clock is read, for SQLite then waits for whoever writes.
            is_known = connection.execute(mine.values(pid=os.getpid())).rowcount
            now = self._state.now(connection)
            if is_known:
                connection.execute(mine.values(seen=now))
            else:
                row = {"id": self.id, "batch": self._record.key, "machine": self._machine}
                connection.execute(workers.insert().values(row | {"pid": os.getpid(), "seen": now}))
            return connection.execute(workers.select().where(workers.c.id != self.id)).all(), now

    def leave(self) -> None:
        """Say that this worker is gone, so that others take over at their next beat."""
        with self._state.writing() as connection:
            mine = self._workers.update().where(self._workers.c.id == self.id)
            connection.execute(mine.values(seen=0.0))


def machine() -> str:
    """Return the name of what gives process ids their meaning: a machine, or a container in it."""
    said = [socket.gethostname()]
    with suppress(OSError):
        said.append(Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip())
    with suppress(OSError):
        said.append(str(Path("/proc/self/ns/pid").readlink()))
    return " ".join(said)


def is_alive(pid: int) -> bool:
    """Whether there is a process with this id here; True where that cannot be said."""
    if sys.platform == "win32":
        return True  # there, the way to ask would end it
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
