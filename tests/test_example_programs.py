"""Every program of examples/ is run as it stands, in a folder of its own, against a mock."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAMS = sorted((Path(__file__).parents[1] / "examples").glob("*.py"))
# What a program needs of the mock beside its defaults, by the name of its file.
OPTIONS: dict[str, list[str]] = {}


def run(program: Path, folder: Path, *options: str) -> str:
    """Run a program against a mock with these options, and return what it prints."""
    mock = [sys.executable, "-m", "kling", "mock", "--port", "0", "--speed", "600", *options]
    with subprocess.Popen(mock, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        url = server.stdout.readline().split()[-1]
        try:
            done = subprocess.run(
                [sys.executable, "-W", "error", program],
                cwd=folder,
                env={**os.environ, "KLING_BASE_URL": url, "KLING_API_KEY": "mock-api-key"},
                capture_output=True,
                text=True,
                check=False,
            )
        finally:
            server.terminate()
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    return done.stdout


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


def test_every_example_program_is_linked_from_the_readme() -> None:
    readme = (PROGRAMS[0].parents[1] / "README.md").read_text(encoding="utf-8")

    assert all(f"](examples/{program.name})" in readme for program in PROGRAMS)
