"""Where a mock is served, and how it ends: soon, quietly, and with its state in one file."""

import contextlib
import itertools
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

import httpx
import pytest

no_interrupt = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no SIGINT for one process"
)
TEXT = "/v1/videos/text2video"
BODY = {"model_name": "kling-v3", "prompt": "A fox at dawn"}
KEY = {"Authorization": "Bearer mock-api-key"}


def connected(mock):
    address = urlsplit(mock.url)
    return socket.create_connection((address.hostname, address.port), timeout=5)


def slow_call(mock, plan):
    httpx.post(f"{mock.url}/_mock/plan", json=plan | {"on": "list"}).raise_for_status()
    connection = connected(mock)
    connection.sendall(f"GET {TEXT} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    return connection


SLOW = {
    "stall": {"fault": "stall", "seconds": 600},
    "drip": {"fault": "drip", "bytes_per_second": 1},
}


@no_interrupt
def test_an_interrupt_ends_it_whoever_waits(mock_process):
    # All side by side: each takes a second to end.
    mocks = {case: mock_process() for case in itertools.product(SLOW, [1, 2], [False, True])}
    with contextlib.ExitStack() as stack:
        calls = {
            case: stack.enter_context(slow_call(mock, SLOW[case[0]]))
            for case, mock in mocks.items()
        }
        time.sleep(0.3)
        for (_, _, is_gone), connection in calls.items():
            if is_gone:
                connection.close()
        for number in (1, 2):
            for (_, interrupts, _), mock in mocks.items():
                if number <= interrupts:
                    mock.process.send_signal(signal.SIGINT)
            time.sleep(0.1)
        ends = {case: mock.process.communicate(timeout=10) for case, mock in mocks.items()}

    for case, (out, err) in ends.items():
        assert (mocks[case].process.returncode, err) == (0, ""), case
        assert out.endswith("Kling mock stopped\n"), case


@no_interrupt
def test_an_interrupt_ends_it_while_a_receiver_hangs(mock_process):
    with socket.create_server(("127.0.0.1", 0)) as hole:
        mock = mock_process()
        url = f"http://127.0.0.1:{hole.getsockname()[1]}/"
        for _ in range(3):
            body = BODY | {"callback_url": url}
            httpx.post(f"{mock.url}{TEXT}", json=body, headers=KEY).raise_for_status()
        mock.process.send_signal(signal.SIGINT)
        _, err = mock.process.communicate(timeout=5)

    assert (mock.process.returncode, err) == (0, "")


IN_THE_BACKGROUND = """
import signal
import sys

signal.signal(signal.SIGINT, signal.SIG_IGN)
sys.argv = ["kling", "mock", "--port", "0"]
from kling.__main__ import main
main()
"""


@no_interrupt
def test_an_interrupt_ends_it_where_a_script_has_started_it_in_the_background():
    command = [sys.executable, "-c", IN_THE_BACKGROUND]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        httpx.get(f"{process.stdout.readline().split()[-1]}/_mock/state").raise_for_status()
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=5)

    assert (process.returncode, out.splitlines()[-1]) == (0, "Kling mock stopped")


@no_interrupt
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_file_alone_holds_the_tasks(mock_process, tmp_path, number):
    mock = mock_process("--state", str(tmp_path / "mock.db"))
    for _ in range(3):
        httpx.post(f"{mock.url}{TEXT}", json=BODY, headers=KEY).raise_for_status()
    mock.process.send_signal(number)
    mock.process.wait(5)
    shutil.copy(tmp_path / "mock.db", tmp_path / "copy.db")

    other = mock_process("--state", str(tmp_path / "copy.db"))

    assert len(httpx.get(f"{other.url}{TEXT}", headers=KEY).json()["data"]) == 3


def test_a_request_that_breaks_off_is_not_carried_out(mock_process):
    mock = mock_process()
    httpx.post(f"{mock.url}{TEXT}", json=BODY, headers=KEY).raise_for_status()
    head = "Host: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"
    with connected(mock) as connection:
        connection.sendall(f"POST /_mock/reset HTTP/1.1\r\n{head}".encode())
        time.sleep(0.2)
    time.sleep(0.2)

    assert len(httpx.get(f"{mock.url}/_mock/state").json()["tasks"]) == 1


def offer(name, chunked=False, size=0):
    """Return a create by a client that would rather go on in HTTP/2, as Java's does."""
    body = json.dumps(BODY | {"external_task_id": name}).encode().ljust(size)
    length = f"Content-Length: {len(body)}"
    if chunked:
        length = "Transfer-Encoding: chunked"
        body = b"".join(b"%x\r\n%b\r\n" % (len(one), one) for one in (body[:9], body[9:], b""))
    head = (
        f"POST {TEXT} HTTP/1.1",
        *("Connection: Upgrade, HTTP2-Settings", "Host: x", "HTTP2-Settings: AAEAAEAA", length),
        *("Upgrade: h2c", f"Authorization: {KEY['Authorization']}", "X-Empty:"),
        *("Content-Type: application/json", "", ""),
    )
    return "\r\n".join(head).encode() + body


def replies(connection):
    """Yield the bodies of replies as they come."""
    with connection.makefile("rb") as file:
        while file.readline().startswith(b"HTTP/1.1 200"):
            headers = [line.lower().split() for line in iter(file.readline, b"\r\n")]
            yield json.loads(file.read(int(dict(headers)[b"content-length:"])))


def at(*marks):
    """Return a function that cuts what is sent after each mark."""
    return lambda sent: re.split("|".join(f"(?<={mark})" for mark in marks).encode(), sent)


CUTS = {
    "not at all": lambda sent: [sent],
    "in the offer": at("Upgr"),
    "after the head": at("\r\n\r\n"),
    "all over": at("P", "Upgr", "h2", "c\r", "\r\n\r", "fox"),
}


@pytest.fixture(scope="module")
def kept_mock(module_mock_process):
    return module_mock_process()


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("form", [{}, {"chunked": True}, {"size": 300_000}], ids=str)
def test_who_offers_to_go_on_in_http2_is_answered_in_http1(kept_mock, cut, form):
    names = [f"{number} {cut} {form}" for number in range(3)]
    with connected(kept_mock) as connection:
        coming = replies(connection)
        for piece in CUTS[cut](b"".join(offer(name, **form) for name in names)):
            connection.sendall(piece)
            time.sleep(0.003)
        made = [next(coming)["data"] for _ in names]
        # What has no offer is read as ever, on the same connection.
        line = f"GET {TEXT} HTTP/1.1\r\nAuthorization: {KEY['Authorization']}"
        connection.sendall(f"{line}\r\nHost: x\r\n\r\n".encode())
        listed = next(coming)["data"]

    assert [task["task_info"]["external_task_id"] for task in made] == names
    assert [task["task_id"] for task in listed[:3]] == [task["task_id"] for task in made[::-1]]


@no_interrupt
def test_an_offer_that_ends_the_connection_is_answered(mock_process):
    mock = mock_process()
    with connected(mock) as connection:
        connection.sendall(offer("last").replace(b"Connection: ", b"Connection: close, "))

        assert [one["message"] for one in replies(connection)] == ["SUCCEED"]
    mock.process.send_signal(signal.SIGINT)
    assert mock.process.communicate(timeout=5)[1] == ""


def test_connect_is_refused(mock_process):
    with connected(mock_process()) as connection:
        connection.sendall(b"CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n")

        assert connection.recv(99).startswith(b"HTTP/1.1 4")


def test_it_can_listen_on_ipv6(mock_process):
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("no IPv6 here")
    mock = mock_process("--host", "::1", "--speed", "1e6")

    assert mock.url.startswith("http://[::1]:")
    made = httpx.post(f"{mock.url}{TEXT}", json=BODY, headers=KEY).json()["data"]
    done = httpx.get(f"{mock.url}{TEXT}/{made['task_id']}", headers=KEY).json()["data"]
    assert httpx.get(done["task_result"]["videos"][0]["url"]).content[4:8] == b"ftyp"


@pytest.mark.parametrize(
    "url", ["nonsense", "mock.example.org", "ftp://mock.example.org", "http://"]
)
def test_a_public_url_is_a_url(kling_command, url):
    done = kling_command("mock", "--port", "0", "--public-url", url)

    assert (done.exit_code, done.stdout) == (1, "")
    example = "https://mock.example.org"
    assert done.stderr == f"Error: {url!r} is not a URL; a public URL looks like {example}\n"


BROKEN = """
from kling.mock import serve
from kling.mock._serving import Server  # private: a defect has to be put in

def handle(self, call):
    raise ZeroDivisionError("a defect")

Server.handle = handle
serve(announce=lambda line: print(line, flush=True), port=0)
"""


def test_a_defect_is_printed_and_answered_with_500():
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", BROKEN], **pipes, text=True) as process:
        try:
            url = process.stdout.readline().split()[-1]
            status = httpx.get(url).status_code
        finally:
            process.terminate()
        _, err = process.communicate(timeout=5)

    assert status == 500
    assert err.startswith("Traceback")
    assert err.endswith("ZeroDivisionError: a defect\n")
