"""Every program of examples/ is run as it stands, in a folder of its own, against a mock."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

PROGRAMS = sorted((Path(__file__).parents[1] / "examples").glob("*.py"))
# What a program needs of the mock beside its defaults, by the name of its file.
OPTIONS = {"unlisted.py": ["--alias", "kling-4.0=kling-3.0"]}
# What a program is warned of; the others are warned of nothing.
WARNINGS = {"unlisted.py": "KlingWarning: POST /text-to-video/kling-4.0 is not described"}


@contextlib.contextmanager
def serving(*options: str) -> Iterator[str]:
    """Serve a mock with these options, and give its url."""
    mock = [sys.executable, "-m", "kling", "mock", "--port", "0", *options]
    with subprocess.Popen(mock, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().split()[-1]
        finally:
            server.terminate()


def started(program: Path, folder: Path, url: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "default" if program.name in WARNINGS else "error", program],
        cwd=folder,
        env={**os.environ, "KLING_BASE_URL": url, "KLING_API_KEY": "mock-api-key"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str], program: Path) -> str:
    """Return what a program prints, which ends well."""
    printed, told = process.communicate()
    assert process.returncode == 0, printed + told
    warning = WARNINGS.get(program.name, "")
    assert (warning in told, bool(told)) == (True, bool(warning)), told
    return printed


def run(program: Path, folder: Path, *options: str) -> str:
    """Run a program against a mock with these options, and return what it prints."""
    with serving("--speed", "600", *options) as url:
        return ended(started(program, folder, url), program)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.stem)
def test_an_example_program_prints_the_files_that_it_has_made(
    program: Path, tmp_path: Path
) -> None:
    printed = run(program, tmp_path, *OPTIONS.get(program.name, []))

    files = [tmp_path / line for line in printed.splitlines()]
    assert files
    assert all(file.stat().st_size > 100 for file in files)


def test_virtual_try_on_ends_in_a_picture(tmp_path: Path) -> None:
    [program] = [one for one in PROGRAMS if one.stem == "try_on"]

    [path] = run(program, tmp_path).splitlines()

    assert (tmp_path / path).read_bytes().startswith(b"\x89PNG")


def test_a_request_that_nobody_described_is_paid_for_once_although_its_program_is_killed(
    tmp_path: Path,
) -> None:
    [program] = [one for one in PROGRAMS if one.stem == "unlisted"]
    with serving("--speed", "60", *OPTIONS["unlisted.py"]) as url:
        with started(program, tmp_path, url) as killed:
            while not tasks(url):
                time.sleep(0.05)
            killed.kill()
        printed = ended(started(program, tmp_path, url), program)
        [task] = tasks(url)

    assert killed.returncode != 0
    assert (task["status"], task["external_task_id"]) == ("succeed", "fox-at-dawn-1")
    assert [(tmp_path / line).exists() for line in printed.splitlines()] == [True]


def tasks(url: str) -> list[dict[str, Any]]:
    """Return the tasks of a mock, each of which is paid for."""
    found: list[dict[str, Any]] = httpx.get(f"{url}/_mock/state").json()["tasks"]
    return found


def test_every_example_program_is_linked_from_the_readme() -> None:
    readme = (PROGRAMS[0].parents[1] / "README.md").read_text(encoding="utf-8")

    assert all(f"](examples/{program.name})" in readme for program in PROGRAMS)
