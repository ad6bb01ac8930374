"""Interrupt processes, also from a test run that ignores interrupts itself."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def interruptible() -> Iterator[None]:
    """Let this process, and those that start here, take SIGINT.

    A job in the background of a script ignores it, and so does everything that the job starts.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
