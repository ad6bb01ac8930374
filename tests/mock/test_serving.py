"""Where a mock is served, and how it ends: soon, quietly, and with its state in one file."""

import shutil
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

import httpx
import pytest

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
    time.sleep(0.3)
    return connection


SLOW = [{"fault": "stall", "seconds": 600}, {"fault": "drip", "bytes_per_second": 1}]


@pytest.mark.parametrize("plan", SLOW, ids=lambda plan: plan["fault"])
@pytest.mark.parametrize("interrupts", [1, 2])
@pytest.mark.parametrize("gone", [False, True])
def test_an_interrupt_ends_it_whoever_waits(mock_process, plan, interrupts, gone):
    mock = mock_process()
    with slow_call(mock, plan) as connection:
        if gone:
            connection.close()
        for _ in range(interrupts):
            mock.process.send_signal(signal.SIGINT)
            time.sleep(0.1)
        out, err = mock.process.communicate(timeout=5)

    assert (mock.process.returncode, err) == (0, "")
    assert out.endswith("Kling mock stopped\n")


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
    head = "Host: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"
    with connected(mock) as connection:
        connection.sendall(f"POST /_mock/reset HTTP/1.1\r\n{head}".encode())
        time.sleep(0.2)
    time.sleep(0.2)

    assert len(httpx.get(f"{mock.url}/_mock/state").json()["tasks"]) == 1


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

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"Error: {url} is no URL; write one such as https://mock.example.org\n"


BROKEN = """
from kling.mock import serve
from kling.mock._server import Server

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
