"""`kling account` and `kling doctor`: what they say of a server, and how they end."""

import json
import time
from email.utils import formatdate

import httpx
import pytest
from click.testing import CliRunner
from command_line import cli
from kling import Kling
from kling.description import load
from kling.mock import KlingMock, Package

KEY = "mock-api-key"
PAIR = {"access_key": "mock-access-key", "secret_key": "mock-secret-key-of-32-bytes-or-more"}


@pytest.fixture
def run(monkeypatch):
    """Return a function that runs a command whose client is made with these options."""

    def of(*arguments, **options):
        # private: the command makes its client of the environment alone.
        monkeypatch.setattr("kling._cli.account_commands.Kling", lambda: Kling(**options))
        done = CliRunner().invoke(cli, arguments, prog_name="kling")
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        for secret in (KEY, *PAIR.values()):
            assert secret not in done.output
        return done

    return of


def findings(done):
    return {one["about"]: (one["level"], one["said"]) for one in json.loads(done.stdout)}


@pytest.fixture
def mock():
    return KlingMock(packages=[Package("video", concurrency=5, units=100)])


def test_the_account_is_shown_with_what_is_left(run, mock):
    done = run("account", api_key=KEY, transport=mock.transport)

    assert done.exit_code == 0
    assert done.stdout.startswith("online      100.0 of 100.0 units left until ")
    assert done.stderr == "The remaining units may be 12 hours out of date.\n"
    [package] = json.loads(run("account", "--json", api_key=KEY, transport=mock.transport).stdout)
    assert (package["left"], package["total"], package["status"]) == ("100.0", "100.0", "online")


def test_an_account_without_packages_says_so(run, scripted):
    transport = scripted({"code": 0, "data": {"resource_pack_subscribe_infos": []}})
    done = run("account", api_key=KEY, transport=transport)

    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.startswith("no resource packages\n")


def test_a_healthy_connection_ends_with_0(run, mock):
    done = run("doctor", "--json", api_key=KEY, transport=mock.transport)
    said = findings(done)

    assert done.exit_code == 0
    assert {level for level, _ in said.values()} == {"ok", "note"}
    assert said["credentials"] == ("ok", "an API key")
    assert said["/v1 standard"] == said["current standard"] == ("ok", "answers")
    assert said["package"][1].startswith("100.0 of 100.0 units left until ")
    lines = run("doctor", api_key=KEY, transport=mock.transport).stdout.splitlines()
    assert lines[0].split(maxsplit=2) == ["ok", "credentials", "an API key"]
    assert len(lines) == len(said)


def test_a_pair_of_keys_has_one_standard_only(run, mock):
    said = findings(run("doctor", "--json", **PAIR, transport=mock.transport))

    assert said["credentials"][1].startswith("an access key pair")
    assert said["/v1 standard"] == ("ok", "answers")
    assert said["current standard"] == (
        "note",
        "needs an API key; an access key pair is not accepted there",
    )


def test_credentials_that_are_refused_end_the_check(run, mock):
    done = run("doctor", "--json", api_key="of-somebody-else", transport=mock.transport)

    assert done.exit_code == 1
    assert findings(done)["credentials"][0] == "wrong"
    assert "may be wrong, deleted or for another host" in findings(done)["credentials"][1]
    assert "/v1 standard" not in findings(done)


def test_missing_credentials_are_said_first(run, monkeypatch):
    for name in ("KLING_API_KEY", "KLING_ACCESS_KEY", "KLING_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    done = run("doctor", "--json")

    assert done.exit_code == 1
    [(level, said)] = findings(done).values()
    assert level == "wrong"
    assert "KLING_API_KEY" in said


def test_a_host_that_is_not_there_ends_the_check(run, scripted):
    transport = scripted(httpx.ConnectError("refused"))
    done = run(
        "doctor", "--json", api_key=KEY, base_url="https://gateway.example.org", transport=transport
    )

    assert done.exit_code == 1
    assert list(findings(done)) == ["credentials", "host", "connection"]
    level, said = findings(done)["host"]
    assert level == "note"
    assert all(host in said for host in load().hosts)


@pytest.mark.parametrize(
    ("ahead", "level", "words"),
    [
        (0, "ok", "agrees"),
        (-300, "wrong", "s ahead of the clock of the server; set the clock"),
        (300, "wrong", "s behind the clock of the server"),
        (None, "note", "have no date"),
    ],
)
def test_a_wrong_clock_is_said(run, ahead, level, words):
    def answer(request):
        headers = {} if ahead is None else {"date": formatdate(time.time() + ahead, usegmt=True)}
        data = {} if request.url.path == "/account/costs" else []
        return httpx.Response(200, headers=headers, json={"code": 0, "data": data})

    transport = httpx.MockTransport(answer)
    done = run("doctor", "--json", api_key=KEY, transport=transport)

    found, said = findings(done)["clock"]
    assert found == level
    assert words in said
    assert done.exit_code == ("wrong" in {one for one, _ in findings(done).values()})


def test_a_server_with_one_standard_is_told(run):
    def answer(request):
        if request.url.path == "/account/costs":
            return httpx.Response(200, json={"code": 0, "data": {}})
        if request.url.path.startswith("/v1/"):
            return httpx.Response(200, json={"code": 0, "data": []})
        return httpx.Response(404, json={"code": 1203, "message": "no such path"})

    done = run("doctor", "--json", api_key=KEY, transport=httpx.MockTransport(answer))

    assert done.exit_code == 1
    assert findings(done)["/v1 standard"] == ("ok", "answers")
    assert findings(done)["current standard"][0] == "wrong"
    assert "no such path" in findings(done)["current standard"][1]
