"""Which workers are alive: each says so in the state, and takes over from those that do not."""

import os
import socket
import sys
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kling.batch.state import State

BEAT = 10.0
"""Seconds between two signs of life."""
DEAD = 40.0
"""Seconds without a sign after which a worker counts as dead, by the clock of the database."""


class Presence:
    """The worker that this process is, among the others.

    Args:
        state: where they all say that they are alive.
        batch: the key of the batch that it works on.
        recover: is given the ids of workers that are dead, and queues again what they had.
    """

    def __init__(self, state: State, batch: str, recover: Callable[[list[str]], object]) -> None:
        self._state, self._batch, self._recover = state, batch, recover
        self._workers = state.tables.workers
        self._machine = machine()
        # Of no other process, ever: else it would be given what another one still does.
        self.id = f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:12]}"

    def beat(self) -> None:
        """Say that this worker is alive, and take over from those that are dead."""
        workers = self._workers
        with self._state.writing() as connection:
            mine = workers.update().where(workers.c.id == self.id)
            # Before its clock is read, for SQLite then waits for whoever writes.
            is_known = connection.execute(mine.values(pid=os.getpid())).rowcount
            now = self._state.now(connection)
            if is_known:
                connection.execute(mine.values(seen=now))
            else:
                row = {"id": self.id, "batch": self._batch, "machine": self._machine}
                connection.execute(workers.insert().values(row | {"pid": os.getpid(), "seen": now}))
            others = connection.execute(workers.select().where(workers.c.id != self.id)).all()
        gone = [
            one.id
            for one in others
            if one.seen < now - DEAD or (one.machine == self._machine and not is_alive(one.pid))
        ]
        if gone:
            self._recover(gone)
            # Only now: whoever dies between the two leaves the list to the next one.
            with self._state.writing() as connection:
                connection.execute(workers.delete().where(workers.c.id.in_(gone)))

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
