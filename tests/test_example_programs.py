"""Every program of examples/ is run as it stands, in a folder of its own, against a mock."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from media_files import png

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.py"))
# Those that print what they have made; the service is asked for it.
PROGRAMS = [one for one in EXAMPLES if one.stem != "service"]
# What a program needs of the mock beside its defaults, by the name of its file.
OPTIONS = {"unlisted.py": ["--alias", "kling-4.0=kling-3.0"]}
# What a program finds in its folder, by the name of its file.
INPUTS = {
    "batch_pictures.py": {
        "pictures.csv": b"image,prompt\nfox.png,The fox looks up\nhare.png,The hare runs\n",
        "fox.png": png(400, 400),
        "hare.png": png(400, 400),
    }
}
# What a program is warned of; the others are warned of nothing.
WARNINGS = {"unlisted.py": "KlingWarning: POST /text-to-video/kling-4.0 is not in the description"}


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
    for name, content in INPUTS.get(program.name, {}).items():
        (folder / name).write_bytes(content)
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


def test_a_table_of_pictures_becomes_a_file_for_each(tmp_path: Path) -> None:
    [program] = [one for one in PROGRAMS if one.stem == "batch_pictures"]

    printed = run(program, tmp_path)

    assert sorted(Path(line).name for line in printed.splitlines()) == ["fox.mp4", "hare.mp4"]
    assert len(program.read_text(encoding="utf-8").splitlines()) <= 25


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


@contextlib.contextmanager
def service(folder: Path, mock: str) -> Iterator[httpx.Client]:
    """Start the service, which answers once it is ready, and kill it in the end."""
    [program] = [one for one in EXAMPLES if one.stem == "service"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "service:app", "--port", str(port)]
    with (
        subprocess.Popen(
            [*command, "--app-dir", program.parent, "--log-level", "error"],
            cwd=folder,
            env={**os.environ, "KLING_BASE_URL": mock, "KLING_API_KEY": "mock-api-key"},
        ) as process,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client,
    ):
        while True:
            with contextlib.suppress(httpx.ConnectError):
                client.get("/videos/nothing")
                break
            assert process.poll() is None
            time.sleep(0.05)
        yield client
        process.kill()


def test_a_service_checks_bodies_and_resumes_after_it_was_killed(tmp_path: Path) -> None:
    fox = {"model_name": "kling-v3", "prompt": "A fox at dawn"}
    with serving("--speed", "10") as mock:
        with service(tmp_path, mock) as client:
            wrong = client.post("/videos/fox", json={**fox, "duration": "99"})
            made = [client.post("/videos/fox", json=fox) for _ in range(2)]
            before = client.get("/videos/fox").json()
        with service(tmp_path, mock) as client:
            deadline = time.monotonic() + 60
            while (after := client.get("/videos/fox").json())["status"] != "succeeded":
                assert time.monotonic() < deadline, after
                time.sleep(0.2)
            assert client.get("/videos/wolf").status_code == 404
        paid = tasks(mock)

    assert wrong.status_code == 400
    assert wrong.json()["problems"][0].startswith("duration")
    assert [one.status_code for one in made] == [202, 202]
    assert made[0].json() == made[1].json() == {"ref": before["ref"]}
    assert before["status"] != "succeeded"
    assert len(after["urls"]) == len(paid) == 1


def test_every_example_program_is_linked_from_the_readme() -> None:
    readme = (EXAMPLES[0].parents[1] / "README.md").read_text(encoding="utf-8")

    assert all(f"](examples/{program.name})" in readme for program in EXAMPLES)
