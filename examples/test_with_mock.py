"""Test a program that uses Kling, with failures that Kling cannot show you on demand.

Run it with: pytest test_with_mock.py
The fixture kling_mock comes with kling-openapi. Its clock is virtual, so no test really waits.
"""

from pathlib import Path

import pytest
from kling import Kling, TaskFailedError, models
from kling.mock import KlingMock


def make_clip(client: Kling, prompt: str, folder: Path) -> Path:
    """Make a video and return its file: this stands for the program under test."""
    request = models.TextToVideoRequest(model_name="kling-v3", prompt=prompt, duration="8")
    [path] = client.download(client.run(request), folder)
    return path


@pytest.fixture
def client(kling_mock: KlingMock) -> Kling:
    return Kling(transport=kling_mock.transport)


def test_the_clip_has_the_requested_length(
    client: Kling, kling_mock: KlingMock, tmp_path: Path
) -> None:
    path = make_clip(client, "A fox", tmp_path)

    requests = kling_mock.state()["requests"]
    [create] = [request for request in requests if request["method"] == "POST"]
    assert create["body"]["duration"] == "8"
    assert path.read_bytes()[4:8] == b"ftyp"


def test_a_refused_prompt_is_reported(client: Kling, kling_mock: KlingMock, tmp_path: Path) -> None:
    kling_mock.plan("submitted", "failed", message="the prompt is not allowed")

    with pytest.raises(TaskFailedError, match="the prompt is not allowed"):
        make_clip(client, "A fox", tmp_path)


def test_a_lost_reply_does_not_pay_twice(
    client: Kling, kling_mock: KlingMock, tmp_path: Path
) -> None:
    kling_mock.plan(fault="hang-up", when="after")

    make_clip(client, "A fox", tmp_path)

    assert len(kling_mock.state()["tasks"]) == 1


def test_a_busy_account_is_retried(client: Kling, kling_mock: KlingMock, tmp_path: Path) -> None:
    kling_mock.plan(fault="refuse", code=1303, times=2)

    assert make_clip(client, "A fox", tmp_path).exists()
