"""What takes too long for every change: `make soak` runs it, and shows its figures."""

import random
import signal
import time
from contextlib import ExitStack

from batch_rig import peaks

RANDOM = random.Random(2311)
FAULTS = [
    # None of these makes a task fail, so each job is to be paid for once in the end.
    {"fault": "refuse", "code": 1303, "share": 0.05, "times": None},
    {"fault": "refuse", "code": 1302, "share": 0.05, "times": None},
    {"fault": "hang-up", "when": "after", "share": 0.03, "times": None},
    {"fault": "html", "status": 502, "on": "get", "share": 0.05, "times": None},
    {"fault": "cut", "bytes": 2000, "on": "download", "share": 0.1, "times": None},
]
MODELS = ("kling-v3", "kling-v2-6")


def test_300_jobs_with_faults_and_ten_kills(rig_on, tmp_path):
    rig = rig_on(tmp_path / "clips.sqlite")
    rig.plan(*FAULTS)
    rig.add(300, models=MODELS)
    began = time.monotonic()

    for _ in range(10):
        rig.killed(after=RANDOM.uniform(0.5, 6.0))
    last = rig.finish()[-1].split()

    print(f"\n300 jobs, faults, 10 kills: {time.monotonic() - began:.0f} s")
    print(f"the last run: {last[1]} jobs, {last[4]} MB, {last[5]} s of CPU")
    rig.check(300)
    mock = rig.mock()
    print(f"requests: {mock['counts']['requests']}; refusals: {mock['refusals']}")
    assert max(peaks(mock).values()) <= 5


def test_memory_is_flat_over_2000_jobs(rig_on, tmp_path):
    rig = rig_on(tmp_path / "clips.sqlite", concurrency=100, speed=300)
    rig.add(2000)
    began = time.monotonic()

    lines = [line.split() for line in rig.finish(concurrency=100)]

    by_number = {int(line[1]): int(line[4]) for line in lines}
    cpu = float(lines[-1][5])
    print(f"\n2,000 jobs: {time.monotonic() - began:.0f} s, {cpu:.0f} s of CPU")
    print(f"MB after 500, 1,000, 2,000: {[by_number[one] for one in (500, 1000, 2000)]}")
    print(f"ms of CPU for each job: {cpu / 2:.1f}")
    rig.check(2000)
    assert by_number[2000] - by_number[500] < 15


def test_three_workers_of_which_one_is_killed_for_ever(rig_on, database):
    # As long as in life: a minute is what a user is promised.
    rig = rig_on(database, speed=60)
    rig.add(240, models=MODELS)

    with ExitStack() as stack:
        first = stack.enter_context(rig.worker("run", machine="a"))
        first.stdout.readline()
        for name in ("b", "c"):
            dying = stack.enter_context(rig.worker("work", machine=name))
        for _ in range(10):
            assert dying.stdout.readline()
        dying.send_signal(signal.SIGKILL)
        killed = time.time()
        lines = first.stdout.read().splitlines()

    assert first.wait() == 0
    rig.check(240)
    mock = rig.mock()
    assert peaks(mock) == dict.fromkeys(MODELS, 5)
    assert mock["refusals"] == {}
    ended = [float(line.split()[0]) - killed for line in lines]
    per_minute = [sum(1 for one in ended if low <= one < low + 15) for low in range(-30, 240, 15)]
    print(f"\nended in each 15 s, from 30 s before the kill on: {per_minute}")
