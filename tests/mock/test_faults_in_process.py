"""The same faults without a network, where a clock stands still: sync and async alike."""

import anyio
import httpx
import pytest

TEXT = "/v1/videos/text2video"
BODY = {"model_name": "kling-v3", "prompt": "A fox at dawn"}
KEY = {"Authorization": "Bearer mock-api-key"}


@pytest.fixture(params=["sync", "async"])
def call(request, kling_mock):
    """Return a function that makes a call through a client, sync or async."""
    options = {
        "transport": kling_mock.transport,
        "base_url": "https://kling-mock.invalid",
        "headers": KEY,
        "timeout": 10,
    }

    def sync_call(*arguments, **fields):
        with httpx.Client(**options) as client:
            return client.request(*arguments, **fields)

    async def async_call(*arguments, **fields):
        async with httpx.AsyncClient(**options) as client:
            return await client.request(*arguments, **fields)

    def run(*arguments, **fields):
        return anyio.run(lambda: async_call(*arguments, **fields))

    return sync_call if request.param == "sync" else run


@pytest.fixture
def create(call):
    return lambda: call("POST", TEXT, json=BODY)


def test_a_stall_is_a_timeout_that_takes_no_time(kling_mock, create):
    kling_mock.plan(fault="stall", seconds=60)
    began = kling_mock.clock.time()

    with pytest.raises(httpx.ReadTimeout):
        create()

    assert kling_mock.clock.time() - began == 10
    assert kling_mock.state()["counts"]["tasks"] == 0
    kling_mock.clock.advance(49.9)
    assert kling_mock.state()["counts"]["tasks"] == 0
    kling_mock.clock.advance(0.2)
    assert kling_mock.state()["counts"]["tasks"] == 1


def test_a_stall_after_has_made_the_task(kling_mock, create):
    kling_mock.plan(fault="stall", seconds=60, when="after")

    with pytest.raises(httpx.ReadTimeout):
        create()

    assert kling_mock.state()["counts"]["tasks"] == 1


def test_a_stall_that_is_waited_for_ends(kling_mock, create, call):
    kling_mock.plan(fault="stall", seconds=9)
    assert create().status_code == 200

    kling_mock.plan(fault="stall", seconds=900)
    assert call("POST", TEXT, json=BODY, timeout=None).status_code == 200


def test_a_connection_closes_without_a_word(kling_mock, create):
    kling_mock.plan(fault="hang-up")

    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        create()

    assert kling_mock.state()["counts"]["tasks"] == 0


def test_a_connection_breaks_in_the_body(kling_mock, create):
    kling_mock.plan(fault="cut", bytes=20)

    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message"):
        create()

    assert kling_mock.state()["counts"]["tasks"] == 1


def test_a_drip_takes_its_time(kling_mock, call):
    kling_mock.plan(fault="drip", bytes_per_second=10, on="list")
    began = kling_mock.clock.time()

    reply = call("GET", TEXT)

    pieces = -(-len(reply.content) // 10)
    assert kling_mock.clock.time() - began == pieces - 1


@pytest.mark.parametrize(
    ("fields", "status", "content"),
    [
        ({"fault": "html"}, 502, b"<html>"),
        ({"fault": "html", "status": 520}, 520, b"<html>"),
        ({"fault": "empty"}, 200, b""),
        ({"fault": "empty", "status": 503}, 503, b""),
        ({"fault": "malformed"}, 200, b'{"code": 0'),
        ({"fault": "refuse", "code": 1303}, 429, b'{"code": 1303'),
    ],
)
def test_a_wrong_reply_is_a_reply(kling_mock, create, fields, status, content):
    kling_mock.plan(**fields)

    reply = create()

    assert reply.status_code == status
    assert reply.content.startswith(content)
    assert content or not reply.content
