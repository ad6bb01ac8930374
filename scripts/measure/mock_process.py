"""A mock in another process, and the memory that it takes."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

API_KEY = "mock-api-key"
MEGABYTE = 1e6


@contextmanager
def running(*options: str, errors: IO[Any] | None = None) -> Iterator[tuple[int, str]]:
    """Start a mock on a free port, yield the id of its process and its URL, then stop the mock.

    Args:
        options: options of `kling mock`.
        errors: a file for the stderr of the mock. If None, the mock uses that of this process.

    Raises:
        RuntimeError: the mock did not start, or ended too early.
    """
    command = [sys.executable, "-m", "kling", "mock", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True) as process:
        try:
            assert process.stdout is not None  # it is a pipe
            url = process.stdout.readline().strip().rpartition(" ")[2]
            if not url:
                raise RuntimeError("the mock did not start")
            yield process.pid, url
            if process.poll() is not None:
                raise RuntimeError(f"the mock ended by itself, with exit code {process.returncode}")
        finally:
            process.terminate()


def resident(process: int) -> float:
    """Return the megabytes of memory that a process uses now.

    Raises:
        RuntimeError: the process has ended.
    """
    status = Path("/proc", str(process), "status")
    try:
        if not Path("/proc").is_dir():  # as on macOS
            command = ["ps", "-o", "rss=", "-p", str(process)]
            text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        else:
            lines = status.read_text(encoding="ascii").splitlines()
            text = next(line for line in lines if line.startswith("VmRSS:")).split()[1]
    except (OSError, StopIteration, subprocess.CalledProcessError) as error:
        # A process that has just ended may still have a status file, but without a line VmRSS.
        raise RuntimeError(f"the process {process} has ended") from error
    return int(text) * 1024 / MEGABYTE
