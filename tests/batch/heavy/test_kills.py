"""Workers are killed while they work: each job is still paid for once, and has its file."""

import random
import signal
import time

from batch_rig import peaks

RANDOM = random.Random(23)


def test_a_batch_survives_three_kills(rig_on, tmp_path):
    rig = rig_on(tmp_path / "clips.sqlite")
    rig.add(60, models=("kling-v3", "kling-v2-6"))

    for _ in range(3):
        rig.killed(after=RANDOM.uniform(0.1, 1.5))
    began = time.monotonic()
    rig.finish()

    # The process of the dead worker is gone, so nobody waits for its heartbeat.
    print(f"60 jobs, 3 kills; the last run took {time.monotonic() - began:.1f} s")
    rig.check(60)
    assert peaks(rig.mock()) == {"kling-v3": 5, "kling-v2-6": 5}


def test_creates_that_were_carried_out_and_not_recorded_are_not_repeated(rig_on, tmp_path):
    rig = rig_on(tmp_path / "clips.sqlite")
    rig.plan({"fault": "stall", "seconds": 60, "when": "after", "times": 5})
    rig.add(10)
    with rig.worker() as process:
        deadline = time.monotonic() + 60
        while rig.mock()["counts"]["tasks"] < 5:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        process.send_signal(signal.SIGKILL)
    with rig.open() as batch:
        assert not any(job.ref for job in batch.jobs())

    rig.finish()

    rig.check(10)
