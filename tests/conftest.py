"""Shared by all tests: a fixed date, no KLING_ environment variables, and a mock process."""

import contextlib
import functools
import gc
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date

# Imported early, so that gc.freeze below includes it.
import hypothesis  # noqa: F401 (only loaded)
import pytest
from interrupts import interruptible

from scripts.family import Family

SETTINGS = (
    "KLING_API_KEY",
    "KLING_ACCESS_KEY",
    "KLING_SECRET_KEY",
    "KLING_BASE_URL",
    "KLINGAI_API_KEY",
)


def pytest_addoption(parser):
    parser.addoption("--family", metavar="SLUG", help="run only the tests that name this family")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """Run one worker more than there are processors, because many tests wait for processes."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Hide objects that live until the end of the run from the garbage collector, to save time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        gc.enable()


def pytest_collection_modifyitems(config, items):
    if slug := config.getoption("--family"):
        family = Family.named(slug)
        mine = [
            item
            for item in items
            if family.is_named_in(item.name) or item.get_closest_marker("every_family")
        ]
        config.hook.pytest_deselected(items=[item for item in items if item not in mine])
        items[:] = mine


@pytest.fixture(autouse=True)
def _no_settings_of_the_machine(monkeypatch):
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    # Tests connect only to loopback, which needs no proxy.
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def kling_mock_options():
    return {"as_of": date(2026, 3, 1), "now": 1772323200.0}


@dataclass
class MockProcess:
    url: str
    lines: list[str]
    process: subprocess.Popen[str]


@pytest.fixture
def mock_process():
    """Return a function that starts `kling mock` on a free port; it is stopped after the test."""
    with contextlib.ExitStack() as stack:
        yield functools.partial(_started, stack)


@pytest.fixture(scope="module")
def module_mock_process():
    """Do the same for all tests of a module."""
    with contextlib.ExitStack() as stack:
        yield functools.partial(_started, stack)


def _started(stack, *options):
    command = [sys.executable, "-m", "kling", "mock", "--port", "0", *options]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with interruptible():
        process = stack.enter_context(subprocess.Popen(command, **pipes, encoding="utf-8"))
    stack.callback(process.kill)
    lines = []
    for line in iter(process.stdout.readline, ""):
        lines.append(line.rstrip())
        if "/_mock/" in line:
            break
    return MockProcess(lines[0].rpartition(" ")[2], lines, process)
