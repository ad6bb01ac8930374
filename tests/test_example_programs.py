"""Every program of examples/ runs unchanged against a mock, each in an empty folder."""

import base64
import contextlib
import json
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
from kling import Kling, models
from media_files import png, wav

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.py"))
# The others do not only print the paths of their results, and have tests of their own below.
OTHERS = ("service", "callback_server", "estimate_and_budget", "latest_tasks", "test_with_mock")
PROGRAMS = [one for one in EXAMPLES if one.stem not in OTHERS]
# Options of the mock, by the name of the program.
OPTIONS = {"unlisted.py": ["--alias", "kling-4.0=kling-3.0"]}
# Files in the folder, by the name of the program.
INPUTS = {
    "end_frame.py": {"morning.png": png(400, 400), "evening.png": png(400, 400)},
    "talking_avatar.py": {"portrait.png": png(400, 400), "speech.wav": wav(5)},
    "batch_pictures.py": {
        "pictures.csv": b"image,prompt\nfox.png,The fox looks up\nhare.png,The hare runs\n",
        "fox.png": png(400, 400),
        "hare.png": png(400, 400),
    },
}
# The only warnings, by the name of the program.
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


def started(
    program: Path, folder: Path, url: str, *arguments: str, **environment: str
) -> subprocess.Popen[str]:
    warnings = "default" if program.name in WARNINGS else "error"
    keys = {"KLING_BASE_URL": url, "KLING_API_KEY": "mock-api-key"}
    return subprocess.Popen(
        [sys.executable, "-W", warnings, program, *arguments],
        cwd=folder,
        env={**os.environ, **keys, **environment},
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


def example(stem: str) -> Path:
    [program] = [one for one in EXAMPLES if one.stem == stem]
    return program


def made_videos(url: str, count: int) -> list[str]:
    """Make videos at a mock, and return their refs, the newest first."""
    request = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox")
    with Kling(api_key="mock-api-key", base_url=url) as client:
        return [client.run(request, interval=0.05).ref for _ in range(count)][::-1]


def test_an_end_frame_is_sent_as_the_file_has_it(tmp_path: Path) -> None:
    for name, content in INPUTS["end_frame.py"].items():
        (tmp_path / name).write_bytes(content)
    with serving("--speed", "600") as url:
        ended(started(example("end_frame"), tmp_path, url), example("end_frame"))
        requests = httpx.get(f"{url}/_mock/state").json()["requests"]
    [create] = [one["body"] for one in requests if one["method"] == "POST"]

    assert create.keys() >= {"image", "image_tail"}
    assert create["mode"] == "pro"


def test_a_storyboard_is_one_task(tmp_path: Path) -> None:
    with serving("--speed", "600") as url:
        ended(started(example("multi_shot"), tmp_path, url), example("multi_shot"))
        requests = httpx.get(f"{url}/_mock/state").json()["requests"]
    [create] = [one["body"] for one in requests if one["method"] == "POST"]

    assert [shot["duration"] for shot in create["multi_prompt"]] == ["4", "3", "3"]
    assert create["duration"] == "10"


def test_an_order_is_paid_for_once_although_its_program_is_killed(tmp_path: Path) -> None:
    program = example("resume")
    with serving("--speed", "60") as url:
        with started(program, tmp_path, url, "order-1") as killed:
            while not tasks(url):
                time.sleep(0.05)
            killed.kill()
        printed = ended(started(program, tmp_path, url, "order-1"), program)
        (tmp_path / "order-1.ref").unlink()  # as if it was killed before it stored the ref
        again = ended(started(program, tmp_path, url, "order-1"), program)
        [task] = tasks(url)

    assert task["external_task_id"] == "order-1"
    assert printed == again
    assert [(tmp_path / line).exists() for line in printed.splitlines()] == [True]


def test_a_budget_stops_the_program_before_it_is_exceeded(tmp_path: Path) -> None:
    program = example("estimate_and_budget")
    with serving("--speed", "600") as url:
        first, refused, *done, left = ended(started(program, tmp_path, url), program).splitlines()
        made = tasks(url)

    assert first.startswith("all 3 requests: 9 units of the video package")
    assert refused.startswith("not sent: ")
    assert [line.split()[1:] for line in done] == [["succeeded", "3", "Kling", "units"]] * 2
    assert left.split() == ["left:", "1.0", "video"]
    assert len(made) == 2


def test_the_newest_tasks_are_listed_and_downloaded(tmp_path: Path) -> None:
    with serving("--speed", "6000") as url:
        refs = made_videos(url, 3)
        with started(example("latest_tasks"), tmp_path, url, "2") as process:
            printed, listed = process.communicate()

    assert process.returncode == 0, listed
    assert [line.split()[2:] for line in listed.splitlines()] == [
        [ref, "succeeded"] for ref in refs[:2]
    ]
    names = {Path(line).name for line in printed.splitlines()}
    assert names == {f"{ref.replace('/', '-')}.mp4" for ref in refs[:2]}
    assert all((tmp_path / line).exists() for line in printed.splitlines())


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def test_the_callback_server_downloads_what_a_signed_callback_names(tmp_path: Path) -> None:
    secret = f"whsec_{base64.b64encode(b'x' * 24).decode()}"
    port = free_port()
    address = f"http://127.0.0.1:{port}/kling"
    with serving("--speed", "600", "--webhook-secret", secret) as url:
        server = started(
            example("callback_server"), tmp_path, url, str(port), KLING_WEBHOOK_SECRET=secret
        )
        with server:
            try:
                forged = post_when_ready(address, json.dumps({"task_id": "1"}), server)
                with Kling(api_key="mock-api-key", base_url=url) as client:
                    request = models.TextToVideoRequest(
                        model_name="kling-v3", prompt="A fox", callback_url=address
                    )
                    ref = client.create(request).ref
                assert server.stdout is not None
                path = server.stdout.readline().strip()
            finally:
                server.kill()

    assert forged == 400
    assert Path(path).name.endswith(f"-{ref.partition('/')[2]}.mp4")
    assert (tmp_path / path).stat().st_size > 100


def post_when_ready(address: str, body: str, server: subprocess.Popen[str]) -> int:
    """Post a body as soon as a server listens, and return the status of its reply."""
    while True:
        with contextlib.suppress(httpx.ConnectError):
            return httpx.post(address, content=body, timeout=30).status_code
        assert server.poll() is None
        time.sleep(0.05)


def test_the_tests_with_the_mock_pass_and_can_fail(tmp_path: Path) -> None:
    program = example("test_with_mock")
    copy = tmp_path / program.name
    text = program.read_text(encoding="utf-8")

    def outcome(changed: str) -> str:
        copy.write_text(changed, encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", copy]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        return done.stdout.splitlines()[-1]

    assert outcome(text).startswith("4 passed")
    assert outcome(text.replace('duration="8"', 'duration="5"')).startswith("1 failed, 3 passed")


def test_every_example_program_is_listed_and_says_how_to_run_it() -> None:
    readme = (EXAMPLES[0].parent / "README.md").read_text(encoding="utf-8")

    root = (EXAMPLES[0].parents[1] / "README.md").read_text(encoding="utf-8")

    assert "](examples/README.md)" in root
    assert all(f"]({program.name})" in readme for program in EXAMPLES)
    for program in EXAMPLES:
        text = program.read_text(encoding="utf-8")
        assert program.name in text or program.stem == "service"
        assert len(text.splitlines()) <= 80
