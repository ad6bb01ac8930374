"""A worker of a batch as a program, which tests can kill. It prints a line for each finished job.

The arguments are the state, the name of the batch, the folder for files, and the method of Batch
that the worker calls: run or work.
"""

import resource
import sys
import time
from pathlib import Path

from kling.batch import Batch, presence, worker

# The worker looks for jobs often, because the tasks of a fast mock end soon.
worker.POLL = 0.25


def main(state: str, name: str, out: str, role: str, *settings: str) -> None:
    """Run jobs until no job is left.

    Args:
        state: the state of the batch.
        name: the name of the batch.
        out: the folder for files.
        role: run or work.
        settings: concurrency=5, for example. dead=9 sets the seconds without a heartbeat after
            which a worker counts as dead. machine=b makes the worker act as if it was on another
            machine, on which other workers cannot check its process.
    """
    values = dict(setting.split("=") for setting in settings)
    if dead := values.get("dead"):
        presence.DEAD, presence.BEAT = float(dead), float(dead) / 4
    if other := values.get("machine"):
        presence.machine = lambda: other
    concurrency = int(values.get("concurrency", 5))
    done = 0
    with Batch(state, name=name, out=out, concurrency=concurrency) as batch:
        for job in getattr(batch, role)():
            done += 1
            used = resource.getrusage(resource.RUSAGE_SELF)
            cpu = used.ru_utime + used.ru_stime
            print(
                f"{time.time():.2f} {done} {job.id} {job.status} {_resident()} {cpu:.1f}",
                flush=True,
            )


def _resident() -> int:
    """Return the megabytes of memory that the process has now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() // 2**20


if __name__ == "__main__":
    main(*sys.argv[1:])
