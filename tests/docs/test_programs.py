"""What the pages show is run as it is printed, in a folder of its own, against one mock."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import httpx
import hurried
import pytest
from command_line import cli
from kling import Kling, models
from kling.mock import LIMITS
from media_files import png
from pages import ROOT, blocks

# Its programs need arguments; tests/check/test_contract_page.py runs them.
CONTRACTS = "docs/how-to/contract-tests.md"
PYTHON = [(page, text) for page, text in blocks("python") if page != CONTRACTS]
RECEIVERS = [(page, text) for page, text in PYTHON if "Starlette(" in text]
PROGRAMS = [
    (page, text)
    for page, text in PYTHON
    if "def test_" not in text
    and (page, text) not in RECEIVERS
    and "my_kling" not in text  # test_regenerate.py makes it first
]
TESTS = [text for _, text in PYTHON if "def test_" in text]
SHELL = [text for _, text in blocks("sh")]
PRINTED = {text for _, text in blocks("text")}


@pytest.fixture(scope="module")
def mock_url() -> Iterator[str]:
    # The models of the pages are alive on this day, whatever day it is.
    options = ("--port", "0", "--speed", "6000", "--as-of", "2026-11-01")
    command = [sys.executable, "-m", "kling", "mock", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().split()[-1]
        server.terminate()


def printed_by(program: str, url: str, folder: Path) -> str:
    """Run a program as a user would, but for the seconds that it waits for."""
    (folder / "program.py").write_text(program, encoding="utf-8")
    command = [sys.executable, "-W", "error", hurried.__file__, "program.py"]
    return run(command, folder, KLING_BASE_URL=url, KLING_API_KEY="mock-api-key")


def run(command: list[str], folder: Path, **environment: str) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize(
    "program",
    [text for _, text in PROGRAMS],
    ids=[f"{page} {number}" for number, (page, _) in enumerate(PROGRAMS)],
)
def test_a_program_of_the_pages_runs(program: str, mock_url: str, tmp_path: Path) -> None:
    for name in ("portrait", "morning", "evening"):
        (tmp_path / f"{name}.png").write_bytes(png(300, 400))

    printed = printed_by(program, mock_url, tmp_path)

    assert "download" not in program or ".mp4" in printed
    if "kling.validate" in program:
        assert printed in PRINTED


def test_the_tests_of_the_pages_pass(tmp_path: Path) -> None:
    for number, program in enumerate(TESTS):
        (tmp_path / f"test_{number}.py").write_text(program, encoding="utf-8")

    assert f"{len(TESTS)} passed" in run([sys.executable, "-m", "pytest", "-q"], tmp_path)


def test_the_receiver_of_the_pages_takes_what_the_mock_signs(tmp_path: Path) -> None:
    (tmp_path / "receiver.py").write_text(RECEIVERS[0][1])
    secret = "whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI="
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/kling"
    receiver = ["uvicorn", "receiver:app", "--port", str(port), "--log-level", "critical"]
    mock = ["kling", "mock", "--port", "0", "--speed", "1000", "--webhook-secret", secret]
    environment = {**os.environ, "KLING_WEBHOOK_SECRET": secret}
    pipe: dict[str, Any] = {"stdout": subprocess.PIPE, "text": True, "cwd": tmp_path}
    python = [sys.executable, "-m"]
    with (
        subprocess.Popen([*python, *receiver], env=environment, **pipe) as receiving,
        subprocess.Popen([*python, *mock], **pipe) as mocking,
    ):
        try:
            assert answer(url, b"{}") == 400
            base_url = mocking.stdout.readline().split()[-1]
            with Kling(api_key="mock-api-key", base_url=base_url) as client:
                options = models.TaskOptions(callback_url=url)
                new = models.Kling30TurboTextToVideoRequest(prompt="A fox", options=options)
                old = models.TextToVideoRequest(
                    model_name="kling-v3", prompt="A fox", callback_url=url
                )
                for request in (new, old):
                    task = client.create(request)
                    told = [receiving.stdout.readline().split()[1:] for _ in range(3)]
                    words = ("submitted", "processing", "succeeded")
                    assert told == [[task.id, word] for word in words]
        finally:
            receiving.terminate()
            mocking.terminate()


def answer(url: str, body: bytes) -> int:
    """Post to a server that may not be there yet, and return the status of its answer."""
    deadline = time.monotonic() + 20
    while True:
        try:
            return httpx.post(url, content=body).status_code
        except httpx.ConnectError:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_every_command_of_the_pages_is_known() -> None:
    commands = set(re.findall(r"^kling ([a-z-]+)", "\n".join(SHELL), re.MULTILINE))

    assert commands - {*cli.list_commands(click.Context(cli))} == set()
    assert commands


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_the_calls_with_curl_are_answered(mock_url: str, tmp_path: Path) -> None:
    (calls,) = (text for text in SHELL if text.startswith("curl"))

    printed = run(["bash", "-ec", calls.replace("http://127.0.0.1:8000", mock_url)], tmp_path)

    assert printed.count('"message": "SUCCEED"') == 2
    assert '"code": 1303, "times": 2' in printed.replace('"on": "create", "when": "before", ', "")
    assert '"now": ' in printed


def test_the_page_of_the_mock_says_what_it_does_not_do() -> None:
    page = (ROOT / "docs" / "how-to" / "mock.md").read_text("utf-8")

    # The page breaks long lines.
    assert " ".join(f"- {limit}" for limit in LIMITS) in " ".join(page.split())


def test_a_program_with_an_id_of_its_own_that_runs_again_makes_no_second_task(
    mock_url: str, tmp_path: Path
) -> None:
    [program] = [text for _, text in PROGRAMS if "order-4711" in text]

    first, again = (printed_by(program, mock_url, tmp_path) for _ in range(2))

    assert first == again
