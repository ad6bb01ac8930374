"""What the account has bought and what is left of it: `Kling.account`."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from kling import APIStatusError, BadRequestError
from kling.mock import KlingMock

PACKAGE = {
    "resource_pack_name": "Video Generation - 1,000 entries",
    "resource_pack_id": "509f3fd3d4ab4a3f9eec5db27aa44f27",
    "resource_pack_type": "decreasing_total",
    "total_quantity": 1000.0,
    "remaining_quantity": 118.5,
    "purchase_time": 1772323200000,
    "effective_time": 1772323200000,
    "invalid_time": 1803859200000,
    "status": "online",
}


def costs(*packages, **inner):
    infos = {"resource_pack_subscribe_infos": list(packages)}
    return {"code": 0, "request_id": "r-1", "data": {"code": 0, "msg": "success", **infos, **inner}}


def test_an_account_says_what_is_left_and_until_when(either_kling, scripted):
    ended = {**PACKAGE, "status": "expired"}
    transport = scripted(costs(PACKAGE, ended))

    account = either_kling(api_key="k", transport=transport).account()

    [package] = account.usable
    assert len(account.packages) == 2
    assert package.name == PACKAGE["resource_pack_name"]
    assert (package.left.value, package.left.unit) == (Decimal("118.5"), "units")
    assert str(package.total) == "1000.0 Kling units"
    assert package.usable_from == datetime(2026, 3, 1, tzinfo=UTC)
    assert package.usable_until == datetime(2027, 3, 1, tzinfo=UTC)
    assert account.read_at == datetime.fromtimestamp(transport.clock.time(), UTC)
    assert account.lag == timedelta(hours=12)
    [asked] = transport.requests
    assert asked.url.path == "/account/costs"
    span = [int(asked.url.params[name]) for name in ("start_time", "end_time")]
    assert span[1] == transport.clock.time() * 1000
    assert span[1] - span[0] == timedelta(days=365) / timedelta(milliseconds=1)


def test_kling_is_asked_no_oftener_than_it_allows(either_kling, scripted):
    transport = scripted(costs(PACKAGE))
    client = either_kling(api_key="k", transport=transport)

    first = client.account()
    transport.clock.advance(0.9)
    assert client.account() is first
    since = datetime(2026, 1, 1, tzinfo=UTC)
    assert client.account(since=since) is not first
    transport.clock.advance(1.1)
    assert client.account(since=since).read_at - first.read_at == timedelta(seconds=2)

    assert len(transport.requests) == 3
    begun = transport.requests[-1].url.params["start_time"]
    assert int(begun) == since.timestamp() * 1000


@pytest.mark.parametrize("said", [None, "many", True])
def test_what_kling_does_not_say_is_none(either_kling, scripted, said):
    strange = {"resource_pack_name": said, "total_quantity": said, "invalid_time": said}
    transport = scripted(costs(strange, {}))

    account = either_kling(api_key="k", transport=transport).account()

    assert [(one.total, one.left) for one in account.packages] == [(None, None)] * 2
    assert account.packages[1].name == account.packages[1].status == ""
    assert account.packages[1].usable_until is None
    assert account.usable == ()


@pytest.mark.parametrize("data", [{}, {"resource_pack_subscribe_infos": None}])
def test_an_account_without_packages_is_empty(either_kling, scripted, data):
    client = either_kling(api_key="k", transport=scripted({"code": 0, "data": data}))

    assert client.account().packages == ()


def test_the_second_code_of_the_reply_counts(either_kling, scripted):
    refused = costs(code=1201, msg="start_time is wrong\x1b[2J")
    client = either_kling(api_key="k", transport=scripted(refused))

    with pytest.raises(BadRequestError, match=r"^start_time is wrong") as caught:
        client.account()

    assert caught.value.code == 1201
    assert caught.value.request_id == "r-1"
    assert "(code 1201 in data, HTTP 200)" in str(caught.value)
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize("data", [None, [], {"resource_pack_subscribe_infos": [1]}, "x"])
def test_a_reply_that_cannot_be_read_is_an_error(either_kling, scripted, data):
    client = either_kling(api_key="k", transport=scripted({"code": 0, "data": data}))

    with pytest.raises(APIStatusError, match="cannot be read"):
        client.account()


def test_the_mock_has_packages(either_kling):
    mock = KlingMock()
    client = either_kling(api_key="mock-api-key", transport=mock.transport)

    assert client.account().packages == client.account().packages
