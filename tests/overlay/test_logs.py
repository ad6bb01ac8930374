"""The log `kling`: a line for each request, and what costs time."""

import logging
import re

import httpx
import kling
import pytest
from kling import Kling, models
from kling_api.api.text_to_video import list_text_to_video_tasks

PROMPT = "A fox crosses a frozen lake at dawn"
REQUEST = models.TextToVideoRequest(model_name="kling-v3", prompt=PROMPT, external_task_id="fox-1")
REF = "text_to_video/752604318974529536"
PATH = "/v1/videos/text2video"


@pytest.fixture
def lines(caplog):
    """Return a function that returns what was written, with the level that it was written at."""
    caplog.set_level(logging.DEBUG, "kling")

    def read(level=logging.DEBUG):
        return [
            f"{one.levelname} {one.getMessage()}"
            for one in caplog.records
            if one.name == "kling" and one.levelno >= level
        ]

    return read


def refused(code, status=429):
    return status, {"code": code, "message": PROMPT, "request_id": f"r-{code}"}


def test_each_request_has_a_line(either_kling, scripted, success, lines, caplog):
    client = either_kling(api_key="k", transport=scripted(success()))

    client.create(REQUEST)
    client.retrieve(REF)

    assert lines() == [
        f"DEBUG {PATH}: sending a create with external_task_id fox-1",
        f"DEBUG POST {PATH}: HTTP 200, code 0, request r-1, 0.000 s",
        f"DEBUG GET {PATH}/752604318974529536: HTTP 200, code 0, request r-1, 0.000 s",
    ]
    ids = [one.request_id for one in caplog.records if " request r-1" in one.getMessage()]
    assert ids == ["r-1", "r-1"]


def test_an_id_that_the_library_made_is_written_before_the_request_is_sent(scripted, lines):
    def look(request):
        sent.extend(lines())
        return httpx.Response(400, json=refused(1201)[1])

    sent = []
    request = models.TextToVideoRequest(model_name="kling-v3", prompt=PROMPT)
    with pytest.raises(kling.BadRequestError):
        Kling(api_key="k", transport=scripted(look)).create(request)

    [line] = sent
    assert re.fullmatch(
        rf"DEBUG {PATH}: sending a create with external_task_id kling-[0-9a-f]{{32}}", line
    )


def test_the_generated_client_is_logged_too(scripted, success, lines):
    page = {**success(), "data": []}
    client = Kling(api_key="k", transport=scripted(page))

    list_text_to_video_tasks.sync(client=client.raw.with_headers({"x": "y"}), page_size=5)

    assert lines() == [f"DEBUG GET {PATH}: HTTP 200, code 0, request r-1, 0.000 s"]


@pytest.mark.parametrize(
    ("reply", "came"),
    [
        (refused(1201, 400), "HTTP 400, code 1201, request r-1201"),
        ((502, b"<html>"), "HTTP 502"),
        (httpx.ReadTimeout("slow"), "APITimeoutError"),
        (httpx.ConnectError("no way"), "APIConnectionError"),
    ],
)
def test_a_failed_request_has_a_line(either_kling, scripted, lines, reply, came):
    client = either_kling(api_key="k", transport=scripted(reply))

    with pytest.raises(kling.APIError):
        client.retrieve(REF)

    assert lines()[0] == f"DEBUG GET {PATH}/752604318974529536: {came}, 0.000 s"


def test_a_download_has_a_line_without_the_query(either_kling, scripted, success, lines, tmp_path):
    video = {"id": "1", "url": "https://cdn.example/fox.mp4?signature=5f2c", "duration": "5"}
    done = success(task_status="succeed", task_result={"videos": [video]})
    client = either_kling(api_key="k", transport=scripted(done, (200, b"a video")))

    client.download(REF, tmp_path)

    assert lines()[1:] == ["DEBUG GET /fox.mp4: HTTP 200, 0.000 s"]


def test_what_is_sent_again_is_told(either_kling, scripted, success, lines):
    transport = scripted(refused(1302), success())

    either_kling(api_key="k", transport=transport).create(REQUEST)

    [pause] = transport.clock.sleeps
    assert lines(logging.INFO) == [
        f"INFO {PATH}: retrying in {pause:.1f} s (RateLimitError, HTTP 429, code 1302, "
        "request r-1302)"
    ]


def test_waiting_for_room_is_told_once(either_kling, scripted, success, lines):
    client = either_kling(api_key="k", transport=scripted(refused(1303), success()))

    client.create(REQUEST)

    assert lines(logging.INFO) == [
        f"INFO {PATH}: retrying when a slot is free (ConcurrencyLimitError, HTTP 429, code 1303, "
        "request r-1303)",
        "INFO waiting for a free slot; slots in use: 0",
    ]


def test_a_query_that_is_sent_again_is_told(either_kling, scripted, success, lines):
    transport = scripted(httpx.ConnectError("no way"), success())

    either_kling(api_key="k", transport=transport).retrieve(REF)

    [pause] = transport.clock.sleeps
    assert lines(logging.INFO) == [
        f"INFO {PATH}/{{id}}: sent again in {pause:.1f} s (APIConnectionError)"
    ]


@pytest.mark.parametrize("is_there", [True, False])
def test_a_task_in_doubt_is_looked_for(either_kling, scripted, success, lines, is_there):
    unknown = (400, {"code": 1201, "message": PROMPT, "request_id": "r-2"})
    transport = scripted(httpx.ReadTimeout("slow"), success() if is_there else unknown)

    try:
        either_kling(api_key="k", transport=transport).create(REQUEST)
    except kling.APIError:
        assert not is_there

    came = f"found external_task_id fox-1, {REF}"
    if not is_there:
        came = "found no task fox-1 (NotFoundError, HTTP 400, code 1201, request r-2)"
    assert lines(logging.INFO) == [
        f"INFO {PATH}: a task may exist; looking for external_task_id fox-1 (APITimeoutError)",
        f"INFO {PATH}: {came}",
    ]


def test_no_line_has_a_prompt(either_kling, scripted, lines):
    client = either_kling(api_key="k", transport=scripted(refused(5000, 500)))

    with pytest.raises(kling.InternalServerError):
        client.create(REQUEST)

    assert lines()
    assert not any(PROMPT in line for line in lines())


def test_by_default_nothing_is_written(scripted, success, capfd):
    Kling(api_key="k", transport=scripted(refused(1302), success())).create(REQUEST)

    assert capfd.readouterr().err == ""
