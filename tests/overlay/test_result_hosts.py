"""Where results may lead: not to this machine or its network, unless the API is there."""

import socket
import threading
import time
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec

import anyio
import httpx
import pytest
from kling import APIConnectionError, APIError, APITimeoutError, AsyncKling, Kling, Task, models

VIDEO = b"\0\0\0\x18ftypmp42"
BACKENDS = ["asyncio", *(["trio"] if find_spec("trio") else [])]
PRIVATE = [
    "127.0.0.1",
    "127.255.255.254",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "169.254.169.254",
    "[::1]",
    "[fc00::1]",
    "[fdff::1]",
    "[fe80::1]",
    "[febf::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:a00:1]",
    "2130706433",
    "0x7f000001",
    "127.1",
    "0x7f.1",
    "localhost",
    "LOCALHOST.",
    "studio.localhost",
    "127.0.0.1.",
    # Systems connect to themselves.
    "0.0.0.0",
    "0",
    "[::]",
]
PUBLIC = [
    "126.255.255.255",
    "11.0.0.1",
    "172.15.255.255",
    "172.32.0.1",
    "192.169.0.1",
    "169.253.0.1",
    "8.8.8.8",
    "[2001:db8::1]",
    "[fec0::1]",
    "[::ffff:8.8.8.8]",
    # What proxies answer that make addresses up.
    "198.18.0.1",
    "100.64.0.1",
    "localhost.example.org",
    "10.example.org",
]


def task(url):
    videos = {"videos": [{"url": url}]}
    data = {"task_id": "1", "task_status": "succeed", "task_result": videos}
    return Task("text_to_video", models.Task.from_dict(data))


def video(_):
    return httpx.Response(200, content=VIDEO)


def redirect(target):
    return lambda _: httpx.Response(302, headers={"location": target})


# ------------------------------------------------------------------------- what a URL itself names


@pytest.mark.parametrize("host", PRIVATE)
def test_an_address_of_this_machine_or_its_network_is_refused(
    either_kling, scripted, tmp_path, host
):
    transport = scripted(video)
    client = either_kling(api_key="k", transport=transport)

    with pytest.raises(APIError, match=r"this machine or its network; .*allow_private_media"):
        client.download(task(f"http://{host}/a?sig=5f2c81"), tmp_path)

    assert transport.requests == []
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("host", PRIVATE)
def test_no_hop_of_a_redirect_leads_there(either_kling, scripted, tmp_path, host):
    transport = scripted(
        redirect("https://media.test/b"), redirect(f"http://{host}:8080/c?sig=5f2c81"), video
    )
    client = either_kling(api_key="secret-key", transport=transport)

    with pytest.raises(APIError, match="allow_private_media") as caught:
        client.download(task("https://media.test/a"), tmp_path)

    assert "5f2c81" not in str(caught.value)
    assert [request.url.path for request in transport.requests] == ["/a", "/b"]
    assert not any("authorization" in request.headers for request in transport.requests)


@pytest.mark.parametrize("host", PUBLIC)
def test_every_other_address_and_every_name_may_be_asked(either_kling, scripted, tmp_path, host):
    client = either_kling(api_key="k", transport=scripted(video))

    [path] = client.download(task(f"http://{host}/a"), tmp_path)

    assert path.read_bytes() == VIDEO


@pytest.mark.parametrize(
    "options",
    [
        {"allow_private_media": True},
        {"base_url": "http://127.0.0.1:8000"},
        {"base_url": "http://localhost:8000"},
        {"base_url": "https://192.168.0.7"},
        {"base_url": "http://kling-mock:8000"},
    ],
    ids=str,
)
def test_they_are_allowed_on_demand_or_where_the_api_is(either_kling, scripted, tmp_path, options):
    client = either_kling(api_key="k", transport=scripted(video), **options)

    [path] = client.download(task("http://10.0.0.1/a"), tmp_path)

    assert path.read_bytes() == VIDEO


# --------------------------------------------------------------------- what a name turns out to be


class Files(BaseHTTPRequestHandler):
    """A media host that has every file; as a proxy, it has those of every host."""

    def do_GET(self):
        self.server.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Length", str(len(VIDEO)))
        self.end_headers()
        self.wfile.write(VIDEO)

    def log_message(self, *_):
        pass


@pytest.fixture
def host():
    with ThreadingHTTPServer(("127.0.0.1", 0), Files) as server:
        server.asked = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def names(monkeypatch):
    """Return a dict of names and their addresses, which is all that name servers know."""
    known = {}
    real = socket.getaddrinfo

    def getaddrinfo(name, port, *args, **options):
        name = name.decode() if isinstance(name, bytes) else name
        if not name[0].isdigit() and name not in known:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        addresses = known.get(name, [name])
        return [found for one in addresses for found in real(one, port, *args, **options)]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return known


OPTIONS = {"api_key": "k", "base_url": "https://api.example.org", "timeout": 0.3}


def test_a_name_that_leads_there_is_refused(either_kling, host, names, tmp_path):
    names |= {"media.example.org": ["127.0.0.1"]}
    url = f"http://media.example.org:{host.server_port}/a"

    with pytest.raises(APIError, match=r"media\.example\.org has the address 127\.0\.0\.1"):
        either_kling(**OPTIONS).download(task(url), tmp_path)
    assert host.asked == []

    [path] = either_kling(**OPTIONS, allow_private_media=True).download(task(url), tmp_path)
    assert path.read_bytes() == VIDEO


@pytest.mark.parametrize("backend", BACKENDS)
def test_so_it_is_in_each_event_loop(backend, host, names, tmp_path):
    names |= {"media.example.org": ["127.0.0.1"]}
    url = f"http://media.example.org:{host.server_port}/a"

    async def main(*, is_allowed):
        async with AsyncKling(**OPTIONS, allow_private_media=is_allowed) as client:
            return await client.download(task(url), tmp_path)

    with pytest.raises(APIError, match=r"media\.example\.org has the address 127\.0\.0\.1"):
        anyio.run(partial(main, is_allowed=False), backend=backend)
    assert host.asked == []
    assert anyio.run(partial(main, is_allowed=True), backend=backend)


def test_a_name_may_lead_there_if_that_of_the_api_does(either_kling, host, names, tmp_path):
    names |= {"media.example.org": ["127.0.0.1"], "api.example.org": ["10.0.0.1"]}
    url = f"http://media.example.org:{host.server_port}/a"

    [path] = either_kling(**OPTIONS).download(task(url), tmp_path)

    assert path.read_bytes() == VIDEO


def test_of_several_addresses_only_those_of_the_internet_are_tried(
    either_kling, host, names, tmp_path, monkeypatch
):
    # private: attempt after attempt would take a quarter of a minute.
    monkeypatch.setattr("kling._files.download_errors._MAX_RETRIES", 0)
    names |= {"media.example.org": ["127.0.0.1", "192.0.2.1"]}
    url = f"http://media.example.org:{host.server_port}/a"

    with pytest.raises(APIConnectionError) as caught:
        either_kling(**OPTIONS).download(task(url), tmp_path)

    assert "allow_private_media" not in str(caught.value)
    assert host.asked == []


def test_a_name_without_an_address_is_a_connection_error(
    either_kling, names, tmp_path, monkeypatch
):
    # private: attempt after attempt would take a quarter of a minute.
    monkeypatch.setattr("kling._files.download_errors._MAX_RETRIES", 0)

    with pytest.raises(APIConnectionError, match="ConnectError"):
        either_kling(**OPTIONS).download(task("http://media.example.org/a"), tmp_path)


@pytest.fixture
def no_answer(monkeypatch):
    """Let every look-up of a name take seconds."""
    over = threading.Event()

    def getaddrinfo(*args, **_):
        # trio first asks whether the name is a number.
        if not [*args, 0, 0, 0, 0][5] & socket.AI_NUMERICHOST:
            over.wait(5)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    yield
    over.set()


def test_a_look_up_of_a_name_has_the_time_of_a_connection(no_answer):
    began = time.monotonic()

    with pytest.raises(APITimeoutError), Kling(max_retries=0, **OPTIONS) as client:
        client.retrieve("text_to_video/1")

    assert time.monotonic() - began < 4


@pytest.mark.parametrize("backend", BACKENDS)
def test_it_has_no_more_in_an_event_loop(no_answer, backend):
    async def main():
        began = time.monotonic()
        async with AsyncKling(max_retries=0, **OPTIONS) as client:
            with pytest.raises(APITimeoutError):
                await client.retrieve("text_to_video/1")
        return time.monotonic() - began

    assert anyio.run(main, backend=backend) < 4


def test_behind_a_proxy_names_are_its_own_affair(either_kling, host, tmp_path, monkeypatch):
    monkeypatch.delenv("NO_PROXY")
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{host.server_port}")
    client = either_kling(**OPTIONS)

    [path] = client.download(task("http://media.example.org/a"), tmp_path)

    assert path.read_bytes() == VIDEO
    assert host.asked == ["http://media.example.org/a"]
    with pytest.raises(APIError, match="allow_private_media"):
        client.download(task("http://192.168.0.7/a"), tmp_path / "other")
    assert len(host.asked) == 1


def test_a_mock_on_a_port_has_its_files_there(mock_process, tmp_path):
    mock = mock_process("--speed", "1000")
    request = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox")

    with Kling(api_key="mock-api-key", base_url=mock.url) as client:
        [path] = client.download(client.run(request, interval=0.1), tmp_path)

    assert path.stat().st_size
