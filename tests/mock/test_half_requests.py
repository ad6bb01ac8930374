"""What becomes of requests that never end, or end too late, at a mock on a port."""

import contextlib
import json
import re
import socket
import subprocess
import sys
import time

import httpx
import pytest

TEXT = "/v1/videos/text2video"
BODY = b'{"model_name": "kling-v3", "prompt": "A fox at dawn"}'
LINES = (
    f"POST {TEXT} HTTP/1.1",
    "Host: localhost",
    "Authorization: Bearer mock-api-key",
    "Content-Type: application/json",
)
HEAD = "\r\n".join([*LINES, ""]).encode()
WHOLE = HEAD + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY
SERVE = """
import sys
{before}
from kling.mock import serve
serve(announce=lambda line: print(line, flush=True), port=0, idle_timeout={idle})
"""
# Of the two that uvicorn has for HTTP, the second is for Windows.
PROTOCOLS = {"httptools": "", "h11": "sys.modules['httptools'] = None"}
FEW = """
from kling.mock._listening import incomplete_requests  # private: the limit is too high for a test
incomplete_requests.MAX_SILENT, incomplete_requests._GRACE = 3, 0.2
"""


@contextlib.contextmanager
def served(before, idle=1):
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    command = [sys.executable, "-c", SERVE.format(before=before, idle=idle)]
    with subprocess.Popen(command, **pipes, encoding="utf-8") as process:
        try:
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()
            _, err = process.communicate(timeout=10)
        assert err == ""


@pytest.fixture(scope="module", params=PROTOCOLS)
def protocol(request):
    return request.param


@pytest.fixture(scope="module")
def url(protocol):
    with served(PROTOCOLS[protocol]) as url:
        yield url


@pytest.fixture
def connect(url):
    """Return a function that connects to the mock."""
    with contextlib.ExitStack() as stack:
        yield lambda: stack.enter_context(connected(url))


def connected(url):
    return socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=10)


def rest(connection):
    """Return all that comes until the connection is closed."""
    got = b""
    with contextlib.suppress(ConnectionError):
        while data := connection.recv(65536):
            got += data
    return got


def said(got, status):
    """Return the message of the only reply."""
    assert got.startswith(b"HTTP/1.1 %d " % status), got
    return json.loads(got.partition(b"\r\n\r\n")[2])["message"]


HALVES = {
    "line": b"POST /v1",
    "head": HEAD,
    "no body": HEAD + b"Content-Length: 5\r\n\r\n",
    "half a body": HEAD + b"Content-Length: 5\r\n\r\n[",
    "half a chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n[",
}


@pytest.mark.parametrize("half", HALVES)
def test_half_a_request_is_closed_with_a_reason(connect, half):
    connection, begin = connect(), time.monotonic()
    connection.sendall(HALVES[half])

    assert (
        said(rest(connection), 408) == "the request is incomplete: nothing more arrived within 1 s"
    )
    assert 0.9 < time.monotonic() - begin < 5


def test_the_second_request_of_a_connection_is_closed_too(connect):
    connection = connect()
    connection.sendall(WHOLE)
    time.sleep(0.3)
    connection.sendall(HALVES["head"])

    statuses = re.findall(rb"HTTP/1.1 (\d+)", rest(connection))
    assert statuses == [b"200", b"408"]


def test_a_head_that_drips_is_closed(connect):
    connection, begin = connect(), time.monotonic()
    with contextlib.suppress(ConnectionError):
        for byte in HEAD * 9:
            connection.sendall(bytes([byte]))
            time.sleep(0.05)
            assert time.monotonic() - begin < 5

    assert time.monotonic() - begin > 0.9


@pytest.mark.parametrize("begin", [b"", WHOLE], ids=["from the first", "after a request"])
def test_an_idle_connection_is_closed_without_a_word(connect, begin):
    connection = connect()
    connection.sendall(begin)

    assert rest(connection).count(b"HTTP/1.1") == bool(begin)


def test_a_body_may_take_longer_in_pieces(connect):
    connection = connect()
    connection.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(BODY))
    for start in range(0, len(BODY), 12):
        time.sleep(0.4)
        connection.sendall(BODY[start : start + 12])

    assert connection.recv(65536).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("more", [b"", WHOLE, HALVES["half a body"]], ids=["", "whole", "half"])
def test_who_waits_for_a_reply_is_not_closed(connect, url, more):
    httpx.post(f"{url}/_mock/plan", json={"fault": "stall", "seconds": 1.5}).raise_for_status()
    connection = connect()
    connection.sendall(WHOLE + more)

    assert connection.recv(65536).startswith(b"HTTP/1.1 200 ")


def test_of_too_many_the_longest_silent_ones_are_closed():
    with (
        served(FEW, idle=60) as few,
        httpx.Client(base_url=few) as kept,
        contextlib.ExitStack() as stack,
    ):
        halves = []
        for _ in range(6):
            halves.append(stack.enter_context(connected(few)))
            halves[-1].sendall(HEAD)
            # Once this is answered, the half before it has been read.
            kept.get("/_mock/state").raise_for_status()
        time.sleep(0.3)
        kept.get("/_mock/state").raise_for_status()

        stack.enter_context(connected(few))

        closed = [said(rest(one), 408) for one in halves[:3]]
        assert closed == ["the request is incomplete: more than 3 connections are waiting"] * 3
        halves[5].setblocking(False)
        with pytest.raises(BlockingIOError):
            halves[5].recv(1)


LINE = b"X-A: " + b"a" * 994 + b"\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
# What begins, and what comes again and again.
ENDLESS = {
    "header": (HEAD + b"X-A: ", b"a" * 1000),
    "headers": (HEAD, LINE),
    "path": (b"GET /", b"a" * 1000),
    "trailers": (CHUNKED + b"1\r\n{\r\n0\r\n", LINE),
    "body": (HEAD + b"Content-Length: 600000000\r\n\r\n", b" " * 1000),
}


@pytest.mark.parametrize("part", ENDLESS)
def test_what_is_too_long_is_refused_before_it_ends(protocol, connect, part):
    begin, again = ENDLESS[part]
    connection, sent = connect(), 0
    connection.sendall(begin)
    with contextlib.suppress(ConnectionError):
        while sent < 200_000_000:
            connection.sendall(again * 64)
            sent += len(again) * 64

    # What nobody read is on the way.
    assert sent < 20_000_000
    got = rest(connection)
    if part == "body":
        assert said(got, 413) == "the body is larger than 536870912 bytes"
    elif protocol == "httptools" and sys.platform != "win32":
        assert said(got, 431) == "the head has more than 65536 bytes"
    else:
        assert got.startswith(b"HTTP/1.1 400 ")


HEADS = {
    "header": lambda size: HEAD + b"X-A: " + b"a" * (size - len(HEAD) - 5) + b"\r\n\r\n",
    "headers": lambda size: HEAD + LINE * ((size - len(HEAD)) // len(LINE)) + b"\r\n",
    "path": lambda size: b"GET /" + b"a" * size + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "offer": lambda size: (
        HEAD
        + b"Connection: Upgrade\r\nUpgrade: h2c\r\nX-A: "
        + b"a" * (size - len(HEAD))
        + b"\r\n\r\n"
    ),
}


@pytest.mark.parametrize("form", HEADS)
def test_a_head_that_comes_at_once_is_no_longer_either(protocol, connect, form):
    statuses = []
    for size in (60_000, 70_000):
        connection = connect()
        connection.sendall(HEADS[form](size) + WHOLE)
        statuses.append(connection.recv(12)[-3:])

    # 1001 and 1200, for they have no credentials or no body.
    assert statuses[0] in (b"401", b"400")
    if protocol == "httptools" and sys.platform != "win32":
        assert statuses[1] == b"431"
