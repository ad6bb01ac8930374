"""Callbacks, to a receiver that is no part of the project, as another language would write it."""

import asyncio
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from jsonschema import Draft202012Validator
from kling.description import load
from kling.mock import KlingMock, RealClock

# private: a queue of callbacks without a mock, for its limits.
from kling.mock._callbacks import Callbacks, Signer
from kling.mock._faults import Plans  # private: it takes them

TEXT = "/v1/videos/text2video"
BODY = {"model_name": "kling-v3", "prompt": "A fox at dawn"}


class Receiver:
    """A server that remembers what it was sent, and sets a cookie."""

    def __init__(self, status):
        receiver = self
        self.got = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.got.append((self.path, dict(self.headers), body))
                self.send_response(status)
                self.send_header("location", "http://198.51.100.7/")
                self.send_header("set-cookie", "secret=1; Path=/")
                self.end_headers()

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    def statuses(self):
        return [json.loads(body)["task_status"] for _, _, body in self.got]

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def receiver_of():
    made = []

    def make(status=200):
        made.append(Receiver(status))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def receiver(receiver_of):
    return receiver_of()


@pytest.fixture
def create(ask):
    return lambda url, **fields: ask("POST", TEXT, json=BODY | {"callback_url": url} | fields)


def test_each_change_of_status_is_told_with_the_bare_task(create, receiver, kling_mock, ask):
    task = create(f"{receiver.url}/hook?x=1", external_task_id="order-1").json()["data"]
    kling_mock.clock.advance(300)

    assert receiver.statuses() == ["submitted", "processing", "succeed"]
    document = ask("GET", f"{TEXT}/{task['task_id']}").json()["data"]
    path, headers, body = receiver.got[-1]
    assert path == "/hook?x=1"
    assert headers["content-type"] == "application/json; charset=utf-8"
    assert json.loads(body) == document


def test_the_body_is_as_described(create, receiver, kling_mock, bundle):
    create(receiver.url)
    kling_mock.clock.advance(300)
    schema = {"$ref": "#/components/schemas/Task", "components": bundle["components"]}

    for _, _, body in receiver.got:
        Draft202012Validator(schema).validate(json.loads(body))
    assert len(receiver.got) == 3


def test_it_comes_when_the_status_changes_and_not_before(create, receiver, kling_mock):
    create(receiver.url)
    seen = []
    for seconds in (0, 4.9, 0.1, 54.9, 0.1):
        kling_mock.clock.advance(seconds)
        seen.append(len(receiver.got))

    assert seen == [1, 1, 2, 2, 3]


def test_a_failure_is_told_with_its_reason(create, receiver, kling_mock):
    kling_mock.plan("submitted", "failed", message="Image pixel is invalid")
    create(receiver.url)
    kling_mock.clock.advance(300)

    said = json.loads(receiver.got[-1][2])
    assert (said["task_status"], said["task_status_msg"]) == ("failed", "Image pixel is invalid")


def test_an_end_by_hand_is_told_and_what_was_to_come_is_not(create, receiver, kling_mock):
    task = create(receiver.url).json()["data"]
    kling_mock.clock.advance(10)

    kling_mock.change(task["task_id"], "failed", "stopped")
    kling_mock.clock.advance(300)

    assert receiver.statuses() == ["submitted", "processing", "failed"]


def test_one_can_be_lost(create, receiver, kling_mock):
    kling_mock.plan(fault="lose")
    create(receiver.url)
    kling_mock.clock.advance(300)

    assert receiver.statuses() == ["processing", "succeed"]
    assert [one.outcome for one in kling_mock.deliveries] == ["lost, as planned", "200", "200"]


def test_one_can_come_twice(create, receiver, kling_mock):
    kling_mock.plan(fault="duplicate")
    create(receiver.url)
    kling_mock.clock.advance(300)

    assert receiver.statuses() == ["submitted", "submitted", "processing", "succeed"]


def test_one_can_come_out_of_order(create, receiver, kling_mock):
    kling_mock.plan(fault="delay", seconds=10)
    create(receiver.url)
    kling_mock.clock.advance(300)

    assert receiver.statuses() == ["processing", "submitted", "succeed"]


@pytest.mark.parametrize("url", ["", None])
def test_without_an_address_nobody_is_told(ask, kling_mock, url):
    body = BODY if url is None else BODY | {"callback_url": url}
    ask("POST", TEXT, json=body)
    kling_mock.clock.advance(300)

    assert kling_mock.deliveries == []


@pytest.mark.parametrize(
    "url",
    [
        "http://198.51.100.7/hook",
        "https://example.org/hook",
        "http://127.0.0.1.example.org/",
        "http://localhost.example.org/",
        "http://[2001:db8::1]/",
        "http://0.0.0.0/",
        "http://169.254.169.254/latest",
        "http://user@198.51.100.7/",
    ],
)
def test_no_foreign_host_is_called(create, kling_mock, url):
    create(url)

    [delivery] = kling_mock.deliveries
    assert delivery.outcome.startswith("not delivered: ")
    assert "--allow-callbacks-to" in delivery.outcome


@pytest.mark.parametrize("host", ["kling-receiver.invalid", "Kling-Receiver.INVALID"])
def test_a_host_can_be_allowed(kling_mock_options, ask_of, host):
    mock = KlingMock(**kling_mock_options, callbacks_to=[host])

    ask_of(mock)("POST", TEXT, json=BODY | {"callback_url": "http://kling-receiver.invalid/"})

    [delivery] = mock.deliveries
    assert delivery.outcome == "not delivered: ConnectError"


def test_hosts_are_no_text(kling_mock_options):
    with pytest.raises(TypeError, match="list of hosts"):
        KlingMock(**kling_mock_options, callbacks_to="example.org")


def test_no_receiver_sees_a_cookie(create, receiver_of, kling_mock):
    receivers = [receiver_of(), receiver_of()]
    for receiver in receivers:
        create(receiver.url)
    kling_mock.clock.advance(300)

    sent = [headers for receiver in receivers for _, headers, _ in receiver.got]
    assert len(sent) == 6
    assert not any("cookie" in map(str.lower, headers) for headers in sent)


def test_one_can_be_sent_while_an_event_loop_runs(create, receiver, kling_mock):
    async def advance():
        kling_mock.clock.advance(300)

    create(receiver.url)
    asyncio.run(advance())

    assert receiver.statuses() == ["submitted", "processing", "succeed"]


@pytest.mark.parametrize("status", [204, 302, 307, 500])
def test_whatever_the_receiver_answers_it_is_sent_once(receiver_of, create, kling_mock, status):
    receiver = receiver_of(status)
    kling_mock.plan("submitted")
    create(receiver.url)

    assert len(receiver.got) == 1
    assert [one.outcome for one in kling_mock.deliveries] == [str(status)]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "http://[::1",
        "http://127.0.0.1:99999/",
        "http://localhost\0/",
        "http://",
    ],
)
def test_a_receiver_that_is_not_there_harms_nobody(create, kling_mock, url):
    assert create(url).status_code == 200

    [delivery] = kling_mock.deliveries
    assert delivery.outcome.startswith("not delivered: ")


def test_a_server_sends_them_too(mock_process, receiver):
    mock = mock_process("--as-of", "2026-03-01", "--speed", "1000")
    headers = {"Authorization": "Bearer mock-api-key"}

    body = BODY | {"callback_url": receiver.url}
    for _ in range(5):
        httpx.post(f"{mock.url}{TEXT}", json=body, headers=headers).raise_for_status()
    deadline = time.monotonic() + 10
    while receiver.statuses().count("succeed") < 5 and time.monotonic() < deadline:
        time.sleep(0.02)

    by_task = {}
    for _, _, body in receiver.got:
        task = json.loads(body)
        by_task.setdefault(task["task_id"], []).append(task["task_status"])
    assert list(by_task.values()) == [["submitted", "processing", "succeed"]] * 5
    last = json.loads(receiver.got[-1][2])
    assert last["task_result"]["videos"][0]["url"].startswith(f"{mock.url}/_mock/media/")


@pytest.fixture
def unserved():
    """Return a function of a function: the url of a port that does that to each connection."""
    servers = []

    def serve(handle):
        server = ThreadingHTTPServer(("127.0.0.1", 0), handle)
        server.daemon_threads = True
        server.block_on_close = False
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def silence(connection, *address):
    time.sleep(30)


def endless(connection, *address):
    connection.recv(65536)
    try:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65536)
    except OSError:
        pass


def dripping(connection, *address):
    try:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            connection.sendall(b"a: b\r\n")
            time.sleep(0.02)
    except OSError:
        pass


def test_an_answer_without_an_end_is_not_waited_for(unserved, create, kling_mock):
    create(unserved(endless))

    assert [one.outcome for one in kling_mock.deliveries] == ["200"]


@pytest.mark.parametrize("handle", [silence, dripping])
def test_a_receiver_has_some_seconds_in_all(unserved, create, kling_mock, monkeypatch, handle):
    # private: fewer seconds than a receiver has.
    monkeypatch.setattr("kling.mock._exchange.over_httpx.CALLBACK_TIMEOUT", 0.2)
    create(unserved(handle))

    assert [one.outcome for one in kling_mock.deliveries] == [
        "not delivered: no answer within 0.2 seconds"
    ]


def test_receivers_that_hang_hold_nobody_up(mock_process, unserved, receiver):
    mock = mock_process("--as-of", "2026-03-01", "--speed", "1e6")
    headers = {"Authorization": "Bearer mock-api-key"}
    began = time.monotonic()
    with httpx.Client(trust_env=False) as client:
        for url in [*(unserved(silence) for _ in range(20)), receiver.url]:
            body = BODY | {"callback_url": url}
            client.post(f"{mock.url}{TEXT}", json=body, headers=headers).raise_for_status()
    # One after another, the twenty would take a hundred seconds.
    while len(receiver.got) < 3 and time.monotonic() < began + 60:
        time.sleep(0.02)

    assert receiver.statuses() == ["submitted", "processing", "succeed"]


def test_no_more_than_so_many_wait_for_a_receiver(unserved, monkeypatch):
    # private: fewer seconds, and a shorter queue, than a server has.
    monkeypatch.setattr("kling.mock._exchange.over_httpx.CALLBACK_TIMEOUT", 0.2)
    # private: the same.
    monkeypatch.setattr("kling.mock._callbacks.callbacks._MAX_QUEUED", 2)
    callbacks = Callbacks(RealClock(), Plans(load()), Signer(load()), threads=True)
    url = unserved(silence)
    for number in range(4):
        callbacks.send(str(number), "submitted", f"{url}{number}", {})
    deadline = time.monotonic() + 5
    while callbacks.count < 4 and time.monotonic() < deadline:
        time.sleep(0.02)

    refused, waited = list(callbacks.deliveries)[:2], list(callbacks.deliveries)[2:]
    assert [one.task for one in refused] == ["2", "3"]
    assert {one.outcome for one in refused} == {
        "not delivered: 2 other callbacks wait for this receiver"
    }
    assert [one.task for one in waited] == ["0", "1"]
