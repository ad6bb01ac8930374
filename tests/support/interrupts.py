"""Interrupt processes, also from a test run that ignores interrupts itself."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def children_take_interrupts() -> Iterator[None]:
    """Let the processes that start here take SIGINT.

    A job in the background of a script ignores it, and so does everything that the job starts.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
