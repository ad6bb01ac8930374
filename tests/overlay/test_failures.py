"""Why a task failed, in one word."""

import asyncio
import json

import pytest
from kling import AsyncKling, Kling, Task, TaskFailedError, callbacks, description, models

REQUEST = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn")
SAID = [
    ("Failure to pass the risk control system", "policy"),
    ("failure to pass the RISK control system.", "policy"),
    ("Task failed: Failure to pass the risk control system, try again", "policy"),
    ("Image pixel is invalid", "media"),
    ("The source video exceeds the 500MB size limit.", "media"),
    ("Something went wrong when we tried to get the contents of the file.", "media"),
    ("there is no human in the video", "media"),
    ("video resolution value '480p' is invalid", "input"),
    ("Element id not found: 315187972322559", "input"),
    ("mode value 'x' is invalid", "input"),
    ("Internal error, please contact Kling customer service.", "outage"),
    ("", "unknown"),
    ("The wind was too strong", "unknown"),
    ("Account balance not enough", "unknown"),
]


def v1(status, message):
    return {"task_id": "7", "task_status": status, "task_status_msg": message}


def current(status, message):
    return {"id": "7", "status": status, "message": message, "create_time": 1, "update_time": 1}


def task(raw):
    model = models.Task if "task_id" in raw else models.UnifiedTask
    return Task("text_to_video" if "task_id" in raw else "tasks", model.from_dict(raw))


@pytest.mark.parametrize("form", [v1, current])
@pytest.mark.parametrize(("message", "kind"), SAID)
def test_the_message_says_what_kind_of_failure_it_is(form, message, kind):
    failed = task(form("failed", message))

    assert failed.failure == kind
    assert TaskFailedError(failed).kind == kind


@pytest.mark.parametrize("status", ["submitted", "processing", "succeed", "succeeded", "paused"])
def test_what_has_not_failed_has_no_kind(status):
    assert task(v1(status, "Image pixel is invalid")).failure is None


@pytest.mark.parametrize(
    "message",
    [one for one in description.load().messages if "failure" in one.when.get("events", ())],
    ids=lambda one: one.text[:30],
)
def test_every_message_of_a_failure_has_its_kind(message):
    assert task(v1("failed", message.text)).failure == message.kind


def test_both_clients_raise_with_a_kind(kling_mock):
    with Kling(api_key=kling_mock.keys.api_key, transport=kling_mock.transport) as client:
        kling_mock.plan("failed", message="Image pixel is invalid")
        with pytest.raises(TaskFailedError) as caught:
            client.run(REQUEST, timeout=900)

    assert (caught.value.kind, caught.value.task.failure) == ("media", "media")


def test_the_async_client_raises_with_a_kind(kling_mock):
    async def run():
        options = {"api_key": kling_mock.keys.api_key, "transport": kling_mock.transport}
        async with AsyncKling(**options) as client:
            await client.run(REQUEST, timeout=900)

    kling_mock.plan("failed", message="Failure to pass the risk control system")
    with pytest.raises(TaskFailedError) as caught:
        asyncio.run(run())

    assert caught.value.kind == "policy"


@pytest.mark.parametrize("form", [v1, current])
def test_a_callback_has_it_too(form):
    body = json.dumps(form("failed", "Internal error, please contact Kling customer service."))

    assert callbacks.parse(body.encode()).task.failure == "outage"


def test_a_message_is_shown_without_what_moves_the_cursor():
    error = TaskFailedError(task(v1("failed", "no\x1b[2J\nroot: ok")))

    assert str(error) == r"text_to_video/7 failed: no\x1b[2J\nroot: ok"
    assert error.task.message == "no\x1b[2J\nroot: ok"
