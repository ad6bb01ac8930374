"""Let tests interrupt processes even if the test run itself ignores interrupts."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def interruptible() -> Iterator[None]:
    """Let this process, and the processes that it starts, react to SIGINT.

    If a script runs the tests as a background job, they ignore SIGINT, and so do the processes
    that they start.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
