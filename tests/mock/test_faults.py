"""Faults as another language meets them: a server, plain HTTP, and the switches below /_mock/."""

import json
import time
from collections import deque

import httpx
import pytest

TEXT = "/v1/videos/text2video"
BODY = {"model_name": "kling-v3", "prompt": "A fox at dawn"}
PATIENCE = 0.3


@pytest.fixture(scope="module")
def url(module_mock_process):
    """Return where a mock is whose tasks succeed in an instant."""
    return module_mock_process("--as-of", "2026-03-01", "--speed", "1e6").url


@pytest.fixture
def http(url):
    headers = {"Authorization": "Bearer mock-api-key"}
    with httpx.Client(base_url=url, headers=headers, timeout=PATIENCE, trust_env=False) as client:
        client.post("/_mock/reset", json={}, timeout=5).raise_for_status()
        yield client


@pytest.fixture
def plan(http):
    """Return a function that plans a fault."""

    def planned(**fields):
        reply = http.post("/_mock/plan", json=fields)
        assert reply.status_code == 200, reply.text

    return planned


@pytest.fixture
def create(http):
    return lambda **fields: http.post(TEXT, json=BODY | fields)


@pytest.fixture
def made(http):
    """Return a function: how many tasks there are."""
    return lambda: len(http.get(TEXT, timeout=5).json()["data"])


def codes(http):
    rows = http.get("/_mock/openapi.json", timeout=5).json()["components"]["schemas"]["ErrorCode"]
    return [(row["code"], row["status"]) for row in rows["x-kling-error"]]


def test_a_refusal_can_have_any_code_of_the_table(http, plan, create, made):
    for code, status in codes(http):
        plan(fault="refuse", code=code)
        reply = create()
        assert (reply.status_code, reply.json()["code"]) == (status, code)
        assert reply.json()["message"]
        assert reply.json()["request_id"]

    assert create().status_code == 200
    assert made() == 1


def test_a_refusal_can_come_with_http_200_and_with_other_words(plan, create, made):
    plan(fault="refuse", code=1303, status=200, message="busy")

    reply = create()

    assert (reply.status_code, reply.json()["code"]) == (200, 1303)
    assert reply.json()["message"] == "busy"
    assert made() == 0


def test_a_refusal_can_lie(plan, create, made):
    plan(fault="refuse", code=5000, when="after")

    assert create().status_code == 500
    assert made() == 1


def test_a_stall_before_makes_the_task_late(plan, create, made):
    plan(fault="stall", seconds=2)

    with pytest.raises(httpx.ReadTimeout):
        create()

    assert made() == 0
    deadline = time.monotonic() + 30
    while not made() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert made() == 1


def test_a_stall_after_has_made_the_task_already(plan, create, made):
    plan(fault="stall", seconds=0.8, when="after")

    with pytest.raises(httpx.ReadTimeout):
        create()

    assert made() == 1


def test_a_patient_client_gets_a_reply_out_of_a_stall(plan, create, made):
    plan(fault="stall", seconds=0.05)

    assert create().json()["code"] == 0
    assert made() == 1


@pytest.mark.parametrize(("when", "tasks"), [("before", 0), ("after", 1)])
def test_a_connection_can_close_without_a_word(plan, create, made, when, tasks):
    plan(fault="hang-up", when=when)

    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        create()

    assert made() == tasks


def test_a_connection_can_break_in_the_body(plan, create, made):
    plan(fault="cut", bytes=20)

    with pytest.raises(httpx.RemoteProtocolError, match=r"incomplete|without sending complete"):
        create()

    assert made() == 1


def test_a_gateway_can_answer_in_html(plan, create, made):
    plan(fault="html")

    reply = create()

    assert (reply.status_code, reply.headers["content-type"]) == (502, "text/html")
    assert b"Bad Gateway" in reply.content
    assert made() == 0


def test_a_reply_can_be_empty(plan, create, made):
    plan(fault="empty")

    reply = create()

    assert (reply.status_code, reply.content) == (200, b"")
    assert made() == 1


def test_json_can_end_in_the_middle(plan, create, made):
    plan(fault="malformed")

    reply = create()

    assert reply.status_code == 200
    with pytest.raises(json.JSONDecodeError):
        reply.json()
    assert made() == 1


def test_a_body_can_drip(plan, http):
    plan(fault="drip", bytes_per_second=50, on="list")
    began = time.monotonic()

    reply = http.get(TEXT, timeout=5)

    assert reply.json()["data"] == []
    assert time.monotonic() - began > 0.9


def test_a_drip_is_too_slow_for_who_does_not_wait(plan, http):
    plan(fault="drip", bytes_per_second=1, on="list")

    with pytest.raises(httpx.ReadTimeout):
        http.get(TEXT)


@pytest.mark.parametrize("message", ["Image pixel is invalid", "The content violates the policy"])
def test_a_task_can_fail_late(plan, create, http, message):
    plan(statuses=["submitted", "processing", "failed"], message=message)
    task = create().json()["data"]

    said = http.get(f"{TEXT}/{task['task_id']}").json()["data"]

    assert (said["task_status"], said["task_status_msg"]) == ("failed", message)


def test_a_task_can_be_stuck(plan, create, http):
    plan(statuses=["submitted", "processing"])
    task = create().json()["data"]
    http.post("/_mock/clock", json={"advance": 86400})

    assert http.get(f"{TEXT}/{task['task_id']}").json()["data"]["task_status"] == "processing"


@pytest.fixture
def result(create, http):
    """Return a function: the url of the video of a new task."""

    def url():
        task = create().json()["data"]
        said = http.get(f"{TEXT}/{task['task_id']}").json()["data"]
        return said["task_result"]["videos"][0]["url"]

    return url


def test_a_download_can_break_and_be_taken_up(plan, http, result):
    url = result()
    whole = http.get(url).content
    plan(fault="cut", bytes=1000, on="download")
    got = bytearray()

    with http.stream("GET", url) as reply, pytest.raises(httpx.RemoteProtocolError):
        deque(map(got.extend, reply.iter_raw()))

    assert bytes(got) == whole[:1000]
    rest = http.get(url, headers={"Range": "bytes=1000-"})
    assert rest.status_code == 206
    assert bytes(got) + rest.content == whole


def test_a_result_is_gone_after_its_days(http, result):
    url = result()
    http.post("/_mock/clock", json={"advance": 30 * 86400 - 60})
    assert http.get(url).status_code == 200

    http.post("/_mock/clock", json={"advance": 120})

    assert http.get(url).status_code == 403


def test_a_result_can_be_gone_at_once(plan, http, result):
    url = result()
    plan(fault="expire", on="download")

    assert http.get(url).status_code == 403
    assert http.get(url).status_code == 200


def test_a_fault_can_come_several_times_and_only_to_one_operation(plan, http, create):
    plan(fault="refuse", code=1302, times=2, on="getTextToVideoTask")
    task = create().json()["data"]["task_id"]

    statuses = [http.get(f"{TEXT}/{task}").status_code for _ in range(3)]

    assert statuses == [429, 429, 200]


def test_a_fault_can_come_always_until_plans_are_cleared(plan, http):
    plan(fault="refuse", code=5001, times=None, on="any")
    assert {http.get(TEXT).status_code for _ in range(20)} == {503}

    http.post("/_mock/plans/clear", json={})

    assert http.get(TEXT).status_code == 200


def test_a_fault_can_come_to_a_share_of_the_calls(plan, http):
    plan(fault="refuse", code=5001, times=None, on="list", share=0.3)

    broken = sum(http.get(TEXT).status_code == 503 for _ in range(200))

    assert 30 < broken < 90


def test_faults_wait_for_their_turn(plan, create):
    plan(fault="refuse", code=1302)
    plan(fault="refuse", code=1303)

    assert [create().json()["code"] for _ in range(3)] == [1302, 1303, 0]
