"""The table of codes alone says whether a create made a task, and whether to ask again."""

import httpx
import kling
import pytest
from kling import models
from kling.description import ErrorCode, load

REQUEST = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn")
CODES = load().errors.values()
SETTLED = [row for row in CODES if row.retry in ("never", "new-token")]
OPEN = [row for row in CODES if row.retry == "in-doubt"]
# Between codes of the table, and after them.
UNKNOWN = [(1250, 400), (1250, 429), (1399, 500), (9999, 400)]


def code_of(row):
    return str(row.code)


@pytest.fixture
def client(either_kling, kling_mock):
    return either_kling(api_key="mock-api-key", transport=kling_mock.transport)


def methods(kling_mock):
    """Return the methods of all requests, oldest first."""
    return [one["method"] for one in kling_mock.state()["requests"]][::-1]


def refusing(code, status):
    """Return a transport's reply that refuses a create and finds no task."""

    def reply(request):
        body = {"code": code if request.method == "POST" else 1201, "message": "no"}
        return httpx.Response(status if request.method == "POST" else 400, json=body)

    return reply


@pytest.mark.parametrize("row", SETTLED, ids=code_of)
def test_a_code_that_settles_it_needs_no_look(client, kling_mock, row):
    kling_mock.plan(fault="refuse", code=row.code)

    with pytest.raises(kling.APIStatusError) as caught:
        client.create(REQUEST)
    assert (caught.value.not_created, methods(kling_mock)) == (True, ["POST"])


@pytest.mark.parametrize("row", OPEN, ids=code_of)
def test_a_code_that_leaves_it_open_needs_one(client, kling_mock, row):
    kling_mock.plan(fault="refuse", code=row.code, when="after")

    assert client.create(REQUEST).id == kling_mock.state()["tasks"][0]["id"]
    assert methods(kling_mock) == ["POST", "GET"]


@pytest.mark.parametrize(("code", "status"), UNKNOWN)
def test_a_code_that_the_table_lacks_leaves_it_open(scripted, either_kling, code, status):
    transport = scripted(refusing(code, status))

    with pytest.raises(kling.APIStatusError) as caught:
        either_kling(api_key="k", transport=transport).create(REQUEST)
    assert caught.value.code == code
    assert [one.method for one in transport.requests] == ["POST"] + ["GET"] * 6


def test_a_new_code_changes_nothing_about_its_neighbors(monkeypatch, client, kling_mock):
    new = ErrorCode(1050, 500, "server", "in-doubt", "a new kind of failure", "look it up")
    monkeypatch.setitem(load().errors, new.code, new)
    kling_mock.plan(fault="refuse", code=1102)
    before = kling_mock.clock.time()

    with pytest.raises(kling.InsufficientBalanceError) as caught:
        client.create(REQUEST)
    assert caught.value.not_created
    assert (methods(kling_mock), kling_mock.clock.time()) == (["POST"], before)


def test_a_new_code_that_leaves_it_open_is_looked_for(monkeypatch, client, kling_mock):
    new = ErrorCode(1050, 500, "server", "in-doubt", "a new kind of failure", "look it up")
    monkeypatch.setitem(load().errors, new.code, new)
    kling_mock.plan(fault="refuse", code=1050, when="after")

    assert client.create(REQUEST).id == kling_mock.state()["tasks"][0]["id"]


def test_a_token_is_signed_anew_only_for_the_codes_that_the_table_names(
    monkeypatch, either_kling, scripted, success
):
    new = ErrorCode(1005, 401, "authentication", "new-token", "a new reason", "sign another")
    monkeypatch.setitem(load().errors, new.code, new)
    refusal = (401, {"code": 1005, "message": "no"})
    transport = scripted(refusal, success())
    pair = {"access_key": "a", "secret_key": "s" * 32}

    either_kling(**pair, transport=transport).create(REQUEST)

    assert len(transport.requests) == 2
