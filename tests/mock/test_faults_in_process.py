"""The same faults without a network, where a clock stands still: sync and async alike."""

import anyio
import httpx
import pytest
from kling import AsyncKling, models

# private: the pieces of a slow body, without waiting for them.
from kling.mock._exchange import Reply, pieces_of

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


@pytest.mark.parametrize("beyond", [0, 1000])
def test_nothing_breaks_behind_the_end_of_a_body(kling_mock, call, beyond):
    size = len(call("GET", TEXT).content)
    kling_mock.plan(fault="cut", bytes=size + beyond, on="list")

    assert len(call("GET", TEXT).content) == size


@pytest.mark.parametrize(("rate", "seconds"), [(1.5, 66), (3.3, 30), (99.5, 1), (100, 0)])
def test_a_drip_is_as_slow_as_planned(rate, seconds):
    body = bytes(range(100))

    pieces = list(pieces_of(Reply(200, body, {}, bytes_per_second=rate)))

    assert b"".join(pieces) == body
    assert len(pieces) - 1 == seconds
    assert {len(piece) for piece in pieces[:-1]} <= {int(rate), int(rate) + 1}


def test_who_waits_for_ever_can_be_cancelled(kling_mock):
    kling_mock.plan("submitted")

    async def wait():
        request = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn")
        async with AsyncKling(transport=kling_mock.transport) as client:
            with anyio.move_on_after(0.2) as scope:
                await client.run(request, timeout=1e6)
        return scope.cancelled_caught

    assert anyio.run(wait)
