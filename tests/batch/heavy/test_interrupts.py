"""Ctrl-C in the middle of `kling batch run`, and the command that it prints."""

import os
import shutil
import signal
import subprocess
import sys

import httpx
import hurried
import pytest
from interrupts import interruptible

no_interrupt = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no SIGINT for one process"
)


@no_interrupt
def test_ctrl_c_says_which_command_continues_and_that_pays_for_nothing_twice(
    mock_process, empty_state, tmp_path
):
    server = mock_process("--speed", "40")
    shutil.copy(empty_state, tmp_path / "clips.sqlite")
    rows = [f"job-{number},A fox,kling-v3" for number in range(8)]
    (tmp_path / "clips.csv").write_text("\n".join(["id,prompt,model_name", *rows]))
    command = ["batch", "run", "clips.csv", "--operation", "text_to_video", "--yes"]

    with interruptible():
        process = started(command, tmp_path, server.url)
    for line in process.stdout:
        if "succeeded" in line:
            break
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)

    assert process.returncode == 1
    assert "Traceback" not in told, told
    assert "client.recover" not in told
    again = told.splitlines()[-1].partition("To continue: kling ")[2]
    assert again == "batch run clips.csv --operation text_to_video --yes"
    with started(again.split(), tmp_path, server.url) as process:
        _, told = process.communicate(timeout=60)
    assert process.returncode == 0, told
    assert told.endswith("8 jobs: 8 succeeded\n")
    assert len(list((tmp_path / "out").iterdir())) == 8
    assert len(httpx.get(f"{server.url}/_mock/state").json()["tasks"]) == 8


def started(command, folder, url):
    return subprocess.Popen(
        [sys.executable, hurried.__file__, "-m", "kling", *command],
        cwd=folder,
        env={**os.environ, "KLING_BASE_URL": url, "KLING_API_KEY": "mock-api-key"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
