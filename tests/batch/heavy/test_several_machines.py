"""Several workers share a batch in Postgres; one is killed, and never comes back."""

import signal
import time
from contextlib import ExitStack

from batch_rig import peaks

DEAD = 8.0
"""Seconds without a sign of life; in life 40."""


def test_the_jobs_of_a_dead_worker_are_done_by_the_other_one(rig_on, database):
    rig = rig_on(database)
    rig.add(60, models=("kling-v3", "kling-v2-6"))

    with ExitStack() as stack:
        living = stack.enter_context(rig.worker("run", dead=DEAD, machine="a"))
        living.stdout.readline()
        dying = stack.enter_context(rig.worker("work", dead=DEAD, machine="b"))
        for _ in range(3):
            assert dying.stdout.readline()
        dying.send_signal(signal.SIGKILL)
        killed = time.time()
        lines = living.stdout.read().splitlines()

    assert living.wait() == 0
    rig.check(60)
    assert peaks(rig.mock()) == {"kling-v3": 5, "kling-v2-6": 5}
    assert rig.mock()["refusals"] == {}
    ended = [float(line.split()[0]) - killed for line in lines]
    print(f"{len(ended)} jobs, the last one {ended[-1]:.1f} s after the kill")
