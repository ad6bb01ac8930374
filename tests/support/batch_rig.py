"""A batch whose mock and workers are processes that tests can kill, and checks of its result."""

import hashlib
import os
import signal
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import httpx
from batch_jobs import fox
from kling import Kling
from kling.batch import Batch

KEY = "mock-api-key"
PROGRAM = Path(__file__).with_name("batch_worker.py")


class Rig:
    """A batch, the mock that it uses, and its workers.

    Args:
        url: the URL of the mock.
        state: the file or the URL of the database that stores the batch.
        out: the folder for downloaded files.
    """

    def __init__(self, url, state, out):
        self.url, self.state, self.out = url, str(state), out
        self.name = "clips"

    def add(self, number, models=("kling-v3",)):
        """Add this number of jobs, which use the models in turn."""
        with self.open() as batch:
            requests = (fox(n, model_name=models[n % len(models)]) for n in range(number))
            batch.add_all((f"j{n}", one) for n, one in enumerate(requests))

    def open(self):
        return Batch(self.state, name=self.name)

    @contextmanager
    def worker(self, role="run", **settings):
        """Start a worker; kill it at the end if it is still running."""
        words = [f"{name}={value}" for name, value in settings.items()]
        command = [sys.executable, str(PROGRAM), self.state, self.name, str(self.out), role, *words]
        environment = {**os.environ, "KLING_BASE_URL": self.url, "KLING_API_KEY": KEY}
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdout=pipe, env=environment, text=True) as process:
            try:
                yield process
            finally:
                if process.poll() is None:
                    process.kill()

    def killed(self, after, **settings):
        """Start a worker, and kill it `after` seconds after its first line of output."""
        with self.worker(**settings) as process:
            process.stdout.readline()
            with StillRunning(after):
                process.wait(after)
            process.send_signal(signal.SIGKILL)

    def finish(self, **settings):
        """Run the batch until no job is left; return the lines that the worker printed."""
        with self.worker(**settings) as process:
            lines = process.stdout.read().splitlines()
        assert process.returncode == 0
        return lines

    def mock(self):
        """Return the state of the mock."""
        return httpx.get(f"{self.url}/_mock/state", timeout=30).json()

    def plan(self, *plans):
        """Send plans to the mock, such as faults."""
        httpx.post(f"{self.url}/_mock/plan", json=list(plans), timeout=30).raise_for_status()

    def check(self, number, samples=20):
        """Check that each job has exactly one task and one file, with the right bytes."""
        with self.open() as batch:
            jobs = batch.jobs()
        assert Counter(job.status for job in jobs) == {"succeeded": number}
        assert self.mock()["counts"]["tasks"] == number, "tasks were paid for twice"
        assert len({job.ref for job in jobs}) == number
        files = sorted(path.name for path in Path(self.out).iterdir())
        assert files == sorted(f"{job.id}.mp4" for job in jobs)
        with Kling(base_url=self.url, api_key=KEY) as client:
            for job in jobs[:: max(1, number // samples)]:
                [content] = client.read(job.ref)
                assert digest(job.files[0].read_bytes()) == digest(content)
        sizes = {path.stat().st_size for path in Path(self.out).iterdir()}
        assert 0 not in sizes


class StillRunning:
    """Expects the exception TimeoutExpired, which means that a process is still running."""

    def __init__(self, seconds):
        self.seconds = seconds

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        assert kind is subprocess.TimeoutExpired, f"the worker ended within {self.seconds} s"
        return True


def digest(content):
    return hashlib.sha256(content).hexdigest()


def peaks(mock):
    """Return how many tasks of each model ran at the same time at most."""
    return {peak["model"]: peak["tasks"] for peak in mock["peak"]}
