"""No server holds a call longer, or makes it larger, than the caller allows."""

import base64
import gzip
import inspect
import json
import math
import socket
import threading
import time
import tracemalloc
import zlib
from importlib.util import find_spec

import anyio
import httpx
import pytest
from hostile_server import DRIPS, PACE, REPLIES, HostileServer
from kling import (
    APIConnectionError,
    APIError,
    APITimeoutError,
    AsyncKling,
    Kling,
    KlingError,
    Task,
    TaskTimeoutError,
    models,
)
from kling_api.api.text_to_video import get_text_to_video_task

REQUEST = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn")
REF = "text_to_video/752604318974529536"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\4\0\0\0\4\0\x08\x02\0\0\0"
BACKENDS = ["asyncio", *(["trio"] if find_spec("trio") else [])]
# Seconds without a byte that are more than the pace of a drip, and seconds of a whole request.
SHORT = {"api_key": "secret-key", "timeout": 10 * PACE, "total_timeout": 0.4}
# Seconds that this machine may be late.
SLACK = 3.0


@pytest.fixture
def hostile():
    """Return a function that starts a hostile server, by the name of its reply."""
    servers = []

    def start(reply, **options):
        servers.append(HostileServer(REPLIES[reply], **options).__enter__())
        return servers[-1]

    yield start
    for server in servers:
        server.__exit__()


@pytest.fixture
def no_pauses(monkeypatch):
    # private: real pauses between attempts, or between looks for a task, would take half a minute.
    monkeypatch.setattr("kling._http.retries._FIRST_PAUSE", 0.001)
    # private: as above
    monkeypatch.setattr("kling._files.download_errors._MAX_RETRIES", 1)
    # private: as above
    monkeypatch.setattr("kling._creating.recovery._PAUSES", (0.0, 0.01))
    # private: as above
    monkeypatch.setattr("kling._creating.recovery._QUERY_TIMEOUT", 0.2)


class Timed:
    """Fails if what is within takes more seconds than it may."""

    def __init__(self, seconds):
        self._seconds = seconds

    def __enter__(self):
        self._began = time.monotonic()

    def __exit__(self, *_):
        assert time.monotonic() - self._began < self._seconds + SLACK


def done(url):
    videos = {"videos": [{"url": url}]}
    data = {"task_id": "1", "task_status": "succeed", "task_result": videos}
    return Task("text_to_video", models.Task.from_dict(data))


# --------------------------------------------------------------------------------- seconds


@pytest.mark.parametrize("reply", REPLIES)
def test_every_reply_ends_in_an_error_of_this_package(either_kling, hostile, no_pauses, reply):
    client = either_kling(base_url=hostile(reply).url, **SHORT)

    with Timed(2.0), pytest.raises(KlingError) as caught:
        client.create(REQUEST)

    assert (caught.value.may_exist, caught.value.not_created) == (True, False)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("reply", ["drip_of_head", "drip_of_body", "gzip_bomb"])
def test_so_it_is_in_each_event_loop(hostile, reply, backend):
    async def main(url):
        async with AsyncKling(base_url=url, **SHORT) as client:
            with pytest.raises(APIError):
                await get_text_to_video_task.asyncio("1", client=client.raw)

    with Timed(1.0):
        anyio.run(main, hostile(reply).url, backend=backend)


@pytest.mark.parametrize("reply", DRIPS)
def test_a_wait_ends_at_its_deadline(either_kling, hostile, reply):
    client = either_kling(base_url=hostile(reply).url, **{**SHORT, "total_timeout": 60})
    seen = Task(
        "text_to_video", models.Task.from_dict({"task_id": "1", "task_status": "processing"})
    )

    with Timed(1.0), pytest.raises(TaskTimeoutError):
        client.wait(seen, timeout=0.5, interval=0.01)
    with Timed(1.0), pytest.raises(APITimeoutError) as caught:
        client.wait(REF, timeout=0.5, interval=0.01)

    assert f"The task goes on: {REF}" in caught.value.__notes__


@pytest.mark.parametrize("backend", BACKENDS)
def test_waits_side_by_side_end_at_their_deadlines(hostile, backend):
    ended = []

    async def main(url):
        async def wait(number):
            timeout = 1.0 + number / 100
            with pytest.raises(APITimeoutError):
                await client.wait(f"text_to_video/{number}", timeout=timeout, interval=0.01)
            ended.append(time.monotonic() - began)

        async with AsyncKling(base_url=url, **{**SHORT, "total_timeout": 60}) as client:
            began = time.monotonic()
            async with anyio.create_task_group() as group:
                for number in range(30):
                    group.start_soon(wait, number)

    anyio.run(main, hostile("drip_of_body").url, backend=backend)

    assert min(ended) >= 1.0
    assert max(ended) < 1.0 + SLACK


def test_a_query_of_a_longer_wait_holds_no_shorter_one(hostile):
    ended = []

    async def main(url):
        async def wait(ref, seconds):
            with pytest.raises(APITimeoutError, match=r"no reply in time|no complete reply"):
                await client.wait(ref, timeout=seconds, interval=0.01)
            ended.append((ref, time.monotonic() - began))

        async with AsyncKling(base_url=url, **{**SHORT, "total_timeout": 60}) as client:
            began = time.monotonic()
            async with anyio.create_task_group() as group:
                group.start_soon(wait, "text_to_video/1", 4.5)
                group.start_soon(wait, "text_to_video/2", 1.0)

    anyio.run(main, hostile("drip_of_body").url)

    assert [ref for ref, _ in ended] == ["text_to_video/2", "text_to_video/1"]
    assert ended[0][1] < 1.0 + SLACK


def test_a_slow_reply_is_waited_for_after_a_deadline_that_has_just_passed(
    either_kling, success, scripted
):
    transport = scripted(success(), success(task_status="succeed"))
    client = either_kling(api_key="k", transport=transport)
    seen = client.create(REQUEST)

    # The last look begins at the deadline, and has seconds of its own.
    assert client.wait(seen, timeout=0.5).status == "succeeded"
    [last] = transport.requests[1:]
    assert last.extensions["timeout"]["read"] == pytest.approx(5.0, abs=0.1)


def test_a_create_ends_at_its_deadline(either_kling, hostile, no_pauses):
    client = either_kling(base_url=hostile("drip_of_body").url, **{**SHORT, "total_timeout": 60})

    with (
        Timed(2.0),
        pytest.raises(APITimeoutError, match=r"no complete reply within [01](\.\d+)? s") as caught,
    ):
        client.create(REQUEST, create_timeout=1.0)

    assert caught.value.may_exist


def test_a_create_has_the_time_of_one_pause_at_least(either_kling, hostile, no_pauses):
    options = {**SHORT, "timeout": 1.5, "total_timeout": 60}
    client = either_kling(base_url=hostile("drip_of_body").url, **options)

    # A little of the pause is over when the request is sent.
    with Timed(2.5), pytest.raises(APITimeoutError, match=r"no complete reply within 1\.[45]\d? s"):
        client.create(REQUEST, create_timeout=0)


def test_a_server_that_hardly_reads_holds_no_create(either_kling, hostile, no_pauses):
    # More than the buffers of both sides take.
    picture = base64.b64encode(PNG + bytes(7_400_000)).decode()
    request = models.ImageToVideoRequest(model_name="kling-v3", image=picture, prompt="A fox")
    options = {**SHORT, "timeout": 2.0}
    client = either_kling(base_url=hostile("drip_of_body", reads=20_000).url, **options)

    with Timed(2.0), pytest.raises(APITimeoutError) as caught:
        client.create(request)

    assert caught.value.may_exist


@pytest.mark.parametrize("reply", ["drip_of_head", "drip_of_interim_replies", "endless_head"])
def test_the_head_of_a_download_has_a_deadline(either_kling, hostile, no_pauses, tmp_path, reply):
    server = hostile(reply)
    client = either_kling(base_url=server.url, **SHORT)

    with Timed(3.0), pytest.raises(KlingError):
        client.download(done(f"{server.url}/a"), tmp_path)

    assert [*tmp_path.iterdir()] == []


def test_a_download_may_go_on_for_longer_than_a_reply(either_kling, tmp_path):
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 30\r\nConnection: close\r\n\r\n"
    with HostileServer(lambda: iter([head, *[b"x", b""] * 30])) as server, Timed(4.0):
        client = either_kling(base_url=server.url, **SHORT)
        [path] = client.download(done(f"{server.url}/a"), tmp_path)

    assert path.read_bytes() == b"x" * 30


def test_the_whole_may_take_as_long_as_one_pause(either_kling, hostile, no_pauses):
    options = {**SHORT, "timeout": 1.5, "total_timeout": 0.1}
    client = either_kling(base_url=hostile("drip_of_body").url, **options)

    with Timed(4.0), pytest.raises(APITimeoutError, match=r"no complete reply within 1\.5 s"):
        client.create(REQUEST)


# ------------------------------------------------------------------------ a transport that is given


class Dripping(httpx.SyncByteStream, httpx.AsyncByteStream):
    def __init__(self, clock):
        self._clock = clock

    def __iter__(self):
        for _ in range(10_000):
            self._clock.advance(1)
            yield b" "

    async def __aiter__(self):
        for piece in self:
            yield piece


@pytest.mark.parametrize("seconds", [7.0, 100.0])
def test_a_body_of_a_given_transport_ends_at_the_deadline(either_kling, scripted, seconds):
    transport = scripted(lambda _: httpx.Response(200, stream=Dripping(transport.clock)))
    client = either_kling(api_key="k", transport=transport)
    began = transport.clock.monotonic()

    with pytest.raises(APITimeoutError):
        client.wait(REF, timeout=seconds)

    assert transport.clock.monotonic() - began == pytest.approx(seconds, abs=1.1)


def test_a_given_transport_is_told_how_long_it_may_wait(either_kling, kling_mock):
    client = either_kling(transport=kling_mock.transport)
    task = client.create(REQUEST)
    kling_mock.plan(fault="stall", seconds=9000, on="get")
    began = kling_mock.clock.time()

    with pytest.raises(TaskTimeoutError):
        client.wait(task, timeout=20, interval=15)

    assert kling_mock.clock.time() - began == pytest.approx(20, abs=0.1)


# ----------------------------------------------------------------------------------- bytes


def packed(body, name="gzip", wbits=zlib.MAX_WBITS | 16):
    packer = zlib.compressobj(wbits=wbits)
    stream = httpx.ByteStream(packer.compress(body) + packer.flush())
    return lambda _: httpx.Response(200, headers={"content-encoding": name}, stream=stream)


@pytest.mark.parametrize(
    ("name", "wbits"),
    [("gzip", 31), ("GZIP", 31), ("identity, gzip", 31), ("deflate", 15), ("deflate", -15)],
)
def test_a_packed_reply_is_unpacked(either_kling, scripted, success, name, wbits):
    body = httpx.Response(200, json=success(task_status_msg="long " * 100_000)).content
    client = either_kling(api_key="k", transport=scripted(packed(body, name, wbits)))

    assert client.retrieve(REF).status == "submitted"


@pytest.mark.parametrize("spare", [0, -1])
def test_a_reply_may_have_so_many_bytes_and_no_more(either_kling, scripted, success, spare):
    body = httpx.Response(200, json=success(task_status_msg="long " * 1000)).content
    transport = scripted(packed(body), lambda _: httpx.Response(200, stream=httpx.ByteStream(body)))
    client = either_kling(api_key="k", transport=transport, max_reply_bytes=len(body) + spare)

    for _ in range(2):
        if spare < 0:
            with pytest.raises(APIError, match=f"the {len(body) - 1} bytes that max_reply_bytes"):
                client.retrieve(REF)
        else:
            assert client.retrieve(REF).status == "submitted"


def test_a_reply_that_is_too_large_is_not_asked_for_again(either_kling, scripted):
    transport = scripted(packed(bytes(20_000_000)))

    with pytest.raises(APIError, match="max_reply_bytes"):
        either_kling(api_key="k", transport=transport).retrieve(REF)

    assert len(transport.requests) == 1


@pytest.mark.parametrize("name", ["gzip, gzip", "deflate,gzip", "br, gzip", "gzip," * 8000])
def test_what_is_packed_several_times_is_refused(either_kling, scripted, success, name):
    transport = scripted(packed(b"{}", name))

    with pytest.raises(APIError, match="compressed"):
        either_kling(api_key="k", transport=transport).retrieve(REF)


def test_only_what_is_unpacked_here_is_asked_for(scripted, success, either_kling):
    transport = scripted(success(), packed(b"{}", "br"))
    client = either_kling(api_key="k", transport=transport)
    client.retrieve(REF)

    assert transport.requests[0].headers["accept-encoding"] == "gzip, deflate"
    with pytest.raises(APIConnectionError, match="compressed with br, which was not requested"):
        client.create(REQUEST)


def test_what_comes_before_the_body_is_bounded_too(either_kling, hostile):
    options = {**SHORT, "timeout": 5, "total_timeout": 60}
    client = either_kling(base_url=hostile("endless_interim_replies").url, **options)

    with Timed(5), pytest.raises(APIError, match="262144 bytes came before the body"):
        client.retrieve(REF)


@pytest.mark.parametrize(
    "reply", ["gzip_bomb", "endless_chunks", "ten_terabytes", "gzip_of_nothing"]
)
def test_no_reply_lives_in_memory(either_kling, hostile, reply):
    most = 4_000_000
    options = {**SHORT, "total_timeout": 60, "max_reply_bytes": most}
    client = either_kling(base_url=hostile(reply).url, **options)
    # What is imported for a call is no part of it.
    with pytest.raises(KlingError):
        client.retrieve(REF)

    tracemalloc.start()
    try:
        with pytest.raises(APIError, match="max_reply_bytes"):
            client.retrieve(REF)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 2 * most


def test_a_page_that_comes_with_a_refused_token_is_bounded_too(either_kling, scripted):
    def page(request):
        reply = packed(bytes(20_000_000))(request)
        reply.status_code = 401
        return reply

    pair = {"access_key": "of-no-one", "secret_key": "a-secret-key-of-32-bytes-or-more"}
    with pytest.raises(APIError, match="max_reply_bytes"):
        either_kling(transport=scripted(page), **pair).retrieve(REF)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"total_timeout": 0}, "total_timeout .* not 0"),
        ({"total_timeout": float("inf")}, "total_timeout .* not inf"),
        ({"total_timeout": "60"}, "total_timeout .* not str"),
        ({"max_reply_bytes": 0}, "max_reply_bytes .* not 0"),
        ({"max_reply_bytes": 1.5}, "max_reply_bytes .* not 1.5"),
    ],
)
@pytest.mark.parametrize("which", [Kling, AsyncKling])
def test_bounds_that_are_none_are_refused(which, options, told):
    with pytest.raises((TypeError, ValueError), match=told):
        which(api_key="k", **options)


@pytest.mark.parametrize("which", [Kling, AsyncKling])
def test_there_are_bounds_by_default(which):
    options = inspect.signature(which).parameters

    assert options["total_timeout"].default == 300
    assert options["max_reply_bytes"].default == 16 * 1024**2
    assert options["allow_private_media"].default is False


# ----------------------------------------------------------------------------- bytes of downloads


@pytest.mark.parametrize("headers", [{"content-length": "1000"}, {}], ids=["said", "unsaid"])
def test_a_file_may_have_so_many_bytes_and_no_more(either_kling, scripted, tmp_path, headers):
    def reply(_):
        return httpx.Response(200, headers=headers, stream=httpx.ByteStream(bytes(1000)))

    transport = scripted(reply)
    client = either_kling(api_key="k", transport=transport)
    task = done("https://media.test/a")

    with pytest.raises(APIError, match=r"max_bytes|more than 999"):
        client.download(task, tmp_path, max_bytes=999)
    assert [*tmp_path.iterdir()] == []
    assert len(transport.requests) == 1
    [path] = client.download_all([task], tmp_path, max_bytes=1000)
    assert path.stat().st_size == 1000


@pytest.mark.parametrize("most", [0, -1, math.nan])
def test_the_most_bytes_are_more_than_none(either_kling, tmp_path, most):
    with pytest.raises(ValueError, match="max_bytes"):
        either_kling(api_key="k").download(done("https://media.test/a"), tmp_path, max_bytes=most)


def test_a_packed_file_that_grows_out_of_all_proportion_is_refused(
    either_kling, scripted, tmp_path
):
    bomb = gzip.compress(bytes(100_000_000))
    headers = {"content-encoding": "gzip", "content-length": str(len(bomb))}
    transport = scripted(
        lambda _: httpx.Response(200, headers=headers, stream=httpx.ByteStream(bomb))
    )
    client = either_kling(api_key="k", transport=transport)

    tracemalloc.start()
    try:
        with pytest.raises(APIError, match="more than"):
            client.download(done("https://media.test/a"), tmp_path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert [*tmp_path.iterdir()] == []
    assert peak < 10_000_000


def test_a_file_without_room_is_not_begun(either_kling, scripted, tmp_path):
    headers = {"content-length": str(10**15)}
    transport = scripted(lambda _: httpx.Response(200, headers=headers, stream=Dripping(None)))

    with pytest.raises(OSError, match=rf"needs {10**15} bytes, but only \d+ are free") as caught:
        either_kling(api_key="k", transport=transport).download(
            done("https://media.test/a"), tmp_path
        )

    assert caught.value.filename == str(tmp_path)
    assert [*tmp_path.iterdir()] == []


def test_a_connection_that_the_server_has_closed_is_not_used_again(success):
    body = json.dumps(success()).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    taken = []

    def serve_once_each(listener):
        for _ in range(2):
            connection, _ = listener.accept()
            with connection:
                taken.append(connection.recv(65536))
                connection.sendall(f"{head}\r\n\r\n".encode() + body)

    async def ask_twice(port):
        url = f"http://127.0.0.1:{port}"
        async with AsyncKling(api_key="k", base_url=url, max_retries=0) as client:
            await client.retrieve("text_to_video/1")
            # The end of the first connection is on its way.
            await anyio.sleep(0.05)
            await client.retrieve("text_to_video/1")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve_once_each, args=(listener,), daemon=True)
        thread.start()
        anyio.run(ask_twice, listener.getsockname()[1])
        thread.join(5)

    assert len(taken) == 2
