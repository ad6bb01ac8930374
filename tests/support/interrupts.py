"""Let tests interrupt processes even if the test run itself ignores interrupts."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def interruptible() -> Iterator[None]:
    """Let this process, and the processes that it starts, react to SIGINT.

    A background job of a script ignores it, and so does every process that the job starts.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
