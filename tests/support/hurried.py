"""Shorten the pauses of clients that use a mock on a port.

The tasks of a fast mock end at once, so clients need no long pauses. `python hurried.py FILE` and
`python hurried.py -m MODULE` run a program with short pauses.
"""

import runpy
import sys
import time
from typing import Any

# private: only a client of an in-process mock has a public way to make time pass faster.
from kling._http.clock import SystemClock

PAUSE = 0.01
"""The real duration of the longest pause, in seconds."""

_passed = 0.0


def hurry(set_attribute: Any = setattr) -> None:
    """Shorten pauses in this process; with `monkeypatch.setattr`, only until the test ends."""
    for replacement in (_monotonic, _sleep, _asleep):
        set_attribute(SystemClock, replacement.__name__[1:], replacement)


def _monotonic(_: SystemClock) -> float:
    return time.monotonic() + _passed


def _skip(seconds: float) -> float:
    global _passed
    _passed += max(0.0, seconds - PAUSE)
    return min(seconds, PAUSE)


def _sleep(_: SystemClock, seconds: float) -> None:
    time.sleep(_skip(seconds))


async def _asleep(_: SystemClock, seconds: float) -> None:
    import anyio

    await anyio.sleep(_skip(seconds))


if __name__ == "__main__":
    hurry()
    del sys.argv[0]
    if sys.argv[0] == "-m":
        del sys.argv[0]
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    else:
        runpy.run_path(sys.argv[0], run_name="__main__")
