"""Which hosts and pages may use what is below /_mock/ of a mock on a port."""

import httpx
import pytest
from kling.description import load
from kling.mock import Keys, ManualClock, serve

# private: only a mock on a port looks at the Host, and a port of its own for each case takes long.
from kling.mock._api import Settings
from kling.mock._engine import Engine  # private: the same
from kling.mock._exchange import Call  # private: the same
from kling.mock._serving import Server, Visitors  # private: the same

JSON = {"content-type": "application/json"}
NEAR = [
    "localhost",
    "LocalHost:8000",
    "localhost.:8000",
    "mine.localhost:8000",
    "127.0.0.1:8000",
    "127.9.9.9",
    "[::1]:8000",
]
TOLD = ["kling-mock:8000", "KLING-mock", "listens.test:8000", "mock.example.org", "kling-mock."]
FAR = ["evil.example", "evil.example:8000", "x.kling-mock", "127.0.0.1.evil.example", "notlocal"]


@pytest.fixture(scope="module")
def server():
    engine = Engine(load(), clock=ManualClock(1.78e9), keys=Keys(), settings=Settings())
    visitors = Visitors("Listens.test", ["Kling-Mock"], "https://mock.example.org/below")
    return Server(engine, visitors)


def status(server, method, path, **headers):
    reply = server.handle(Call(method, path, headers={**JSON, **headers}, body=b"{}"))
    return reply.status


@pytest.mark.parametrize("host", [*NEAR, *TOLD, "203.0.113.5:8000", "[2001:db8::1]", ""])
def test_a_host_that_leads_here_may_use_it(server, host):
    assert status(server, "GET", "/_mock/state", host=host) == 200
    assert status(server, "POST", "/_mock/reset", host=host) == 200


@pytest.mark.parametrize("host", [*FAR, "[::1", ":8000", "::1", "evil.example."])
@pytest.mark.parametrize("path", ["", "state", "docs", "openapi.json", "files/image-1024x1024.png"])
def test_another_may_not_and_is_told_what_allows_it(server, host, path):
    reply = server.handle(Call("GET", f"/_mock/{path}", headers={"host": host}))

    assert reply.status == 403
    assert b"--allow-host " in reply.body


def test_what_is_said_names_the_host_as_the_option_takes_it(server):
    call = Call("GET", "/_mock/state", headers={"host": "Compose-Name:8000"})

    assert b"--allow-host compose-name allows it" in server.handle(call).body


@pytest.mark.parametrize("host", FAR)
def test_what_is_klings_is_served_by_any_name(server, host):
    key = {"authorization": "Bearer mock-api-key"}

    assert status(server, "GET", "/v1/videos/text2video", host=host, **key) == 200
    assert status(server, "GET", "/_mock/media/1/image-1024x1024.png", host=host) == 200


@pytest.mark.parametrize(
    "origin",
    ["http://localhost:8000", "http://localhost:3000", "http://127.0.0.1", "https://kling-mock"],
)
def test_a_page_from_here_may_post(server, origin):
    assert status(server, "POST", "/_mock/reset", host="localhost:8000", origin=origin) == 200


def test_a_page_from_the_same_address_may_post(server):
    origin, host = "http://203.0.113.5:8000", "203.0.113.5:8000"

    assert status(server, "POST", "/_mock/reset", host=host, origin=origin) == 200


@pytest.mark.parametrize(
    "origin",
    [
        *(f"https://{host}" for host in FAR),
        *("null", "http://203.0.113.5:8000", "localhost:8000", "http://", "http://[::1"),
        "http://localhost:8000@evil.example",
    ],
)
def test_a_page_of_another_site_may_not_post(server, origin):
    assert status(server, "POST", "/_mock/reset", host="localhost:8000", origin=origin) == 403
    assert status(server, "GET", "/_mock/state", host="localhost:8000", origin=origin) == 200


@pytest.mark.parametrize("name", ["http://kling-mock", "kling-mock:8000", "*", "", "a b", "a/b"])
def test_an_allowed_host_is_a_name(kling_command, name):
    done = kling_command("mock", "--port", "0", "--allow-host", name)

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == f"Error: {name!r} is not a host name; a host name looks like kling-mock\n"


def test_allowed_hosts_are_a_list():
    with pytest.raises(TypeError, match=r'such as \["kling-mock"\]'):
        serve(announce=print, port=0, allow_hosts="kling-mock")


def test_the_options_reach_the_port(mock_process):
    options = ("--host", "0.0.0.0", "--allow-host", "kling-mock")
    mock = mock_process(*options)
    port = mock.url.rpartition(":")[2]

    def get(host):
        return httpx.get(f"http://127.0.0.1:{port}/_mock/state", headers={"host": host}).status_code

    assert [get(host) for host in ("kling-mock", "evil.example")] == [200, 403]
