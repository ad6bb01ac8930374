"""Where an address leads, and what is sent to a server that may cost money."""

import threading
from datetime import date
from decimal import Decimal

import httpx
import pytest
from gateway import DAY, Gateway
from kling.check import run
from kling.check.bodies import Bodies
from kling.check.guard import CheckBudget, Place, address

# private: so many requests are on their way when the first reply arrives
from kling.check.inquiry import PARALLEL
from kling.description import load
from kling.mock import KlingMock


@pytest.mark.parametrize(
    "url",
    [
        "https://api-singapore.klingai.com",
        "http://api-singapore.klingai.com",
        "https://API-SINGAPORE.klingai.com",
        " https://api-singapore.klingai.com ",
        "https://api-singapore.klingai.com.",
        "https://api-singapore.klingai.com:8443/v2",
        "https://api\uff0dsingapore.klingai\u3002com",
        "https://api.klingai.com",
        "https://klingai.com",
    ],
)
def test_kling_is_known_however_its_address_is_written(url):
    assert address(url).place is Place.KLING


def test_a_gateway_of_a_dialect_is_known():
    assert address("https://WWW.kkiai.com/kling").place is Place.GATEWAY


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "LocalHost", "a.localhost", "127.0.0.1", "127.1.2.3", "127.1"),
        *("2130706433", "0x7f.1", "0x7f000001", "[::1]", "[::ffff:127.0.0.1]"),
    ],
)
def test_this_machine_is_known_however_its_address_is_written(host):
    assert address(f"http://{host}:8000").place is Place.HERE


@pytest.mark.parametrize(
    "host",
    [
        *("localhost.example.org", "127.0.0.1.example.org", "10.0.0.1", "0.0.0.0", "[::2]"),
        *("notklingai.com", "klingai.com.example.org", "localhosts", "fade", "3232235777"),
    ],
)
def test_no_other_host_passes_for_kling_or_this_machine(host):
    assert address(f"http://{host}").place is Place.ELSEWHERE


def test_what_is_asked_is_the_host_that_was_judged():
    found = address("https://Gateway.Example.org:8443/kling/")

    assert found.url == "https://gateway.example.org:8443/kling"
    assert found.origin == "https://gateway.example.org:8443"


@pytest.mark.parametrize(
    "url",
    [
        *("", "127.0.0.1:8000", "ftp://127.0.0.1", "http://", "http:///x", "http://a b"),
        *("http://127.0.0.1\\@api.klingai.com", "http://127.0.0.1:99999", "http://a/?b=1"),
        *("https://user:secret@a", "https://127.0.0.1@api-singapore.klingai.com"),
        *("http://a/#b", "http://[::1", "http://%31", "http://[::1%25eth0]/", "http://a..b"),
    ],
)
def test_what_two_programs_could_read_differently_is_refused(url):
    with pytest.raises(ValueError, match="address"):
        address(url)


class Pretender(httpx.BaseTransport):
    """A gateway that says it is a mock, and cannot know the nonce."""

    def __init__(self, said):
        self._gateway = Gateway()
        self._said = said
        self.created = self._gateway.created

    def handle_request(self, request):
        if request.url.path == "/_mock/identity":
            return httpx.Response(200, json=self._said)
        return self._gateway.handle_request(request)


@pytest.mark.parametrize("said", [{"kling_mock": "0" * 32}, {"kling_mock": True}, [], {}, "mock"])
def test_a_server_that_only_says_it_is_a_mock_creates_nothing(said):
    gateway = Pretender(said)

    report = run(
        "http://127.0.0.1:8000",
        api_key="mock-api-key",
        transport=gateway,
        parts=["stories"],
        only=["text_to_video"],
        as_of=DAY,
    )

    assert (report.server, gateway.created) == ("a server on this machine", [])
    assert report.findings == ()


def test_a_mock_of_ours_needs_no_permission_and_no_key(monkeypatch):
    monkeypatch.setenv("KLING_API_KEY", "a key for Kling")
    mock = KlingMock(as_of=date(2026, 9, 14), speed=6000)

    report = run(
        "http://127.0.0.1:8000",
        transport=mock.transport,
        parts=["stories"],
        only=["text_to_video"],
    )

    assert report.server == "a kling mock on this machine"
    assert (report.findings, report.unreachable) == ((), "")
    assert report.created == len(mock.state()["tasks"]) > 0
    assert report.units == {"video": Decimal("1.5") * report.created}


class Mixed(httpx.BaseTransport):
    """A gateway that passes some requests on to a mock, /_mock among them, and others to Kling."""

    def __init__(self, is_for_kling):
        self._mock = KlingMock(speed=6000).transport
        self._kling = Gateway()
        self._is_for_kling = is_for_kling
        self.created = self._kling.created

    def handle_request(self, request):
        is_for_kling = self._is_for_kling(request)
        return (self._kling if is_for_kling else self._mock).handle_request(request)


def check_of(gateway):
    return run(
        "http://127.0.0.1:8000",
        transport=gateway,
        parts=["refusals", "stories"],
        only=["text_to_video"],
        as_of=DAY,
    )


def test_a_gateway_that_passes_only_its_own_pages_to_a_mock_is_no_mock(monkeypatch):
    monkeypatch.setenv("KLING_API_KEY", "mock-api-key")
    gateway = Mixed(lambda request: not request.url.path.startswith("/_mock"))

    report = check_of(gateway)

    assert (report.server, gateway.created) == ("a server on this machine", [])
    assert report.unreachable == ""


def test_the_first_reply_that_the_mock_did_not_give_ends_the_check():
    gateway = Mixed(lambda request: request.method == "POST")

    report = check_of(gateway)

    assert report.exit_code == 2
    assert "but another server answered POST /v1/" in report.unreachable
    assert len(gateway.created) <= PARALLEL


@pytest.fixture
def budget():
    spec = load()
    return CheckBudget(spec, Bodies(spec, "test", DAY), Decimal(10), is_mock=False)


CREATE = load().operations["createTextToVideoTask"]
# 0.8 units a second.
FOX = {"model_name": "kling-v3", "prompt": "A fox", "mode": "pro", "duration": "10"}


def test_units_that_another_request_only_holds_are_waited_for(budget):
    held = budget.reserve(CREATE, FOX)
    threading.Timer(0.1, lambda: budget.end_reservation(held, is_spent=False)).start()

    assert held == budget.reserve(CREATE, FOX) == Decimal(8)


def test_units_that_are_spent_are_not_given_again(budget):
    held = budget.reserve(CREATE, FOX)
    threading.Timer(0.1, lambda: budget.end_reservation(held, is_spent=True)).start()

    assert budget.reserve(CREATE, FOX) is None
    assert "--spend" in budget.why_not_sent


def test_what_no_source_prices_counts_as_the_dearest_that_one_does(budget):
    dearest = {**FOX, "duration": "15", "mode": "4k"}

    assert budget.cost(CREATE, {**FOX, "duration": 7.5j}) == budget.cost(CREATE, dearest) == 45


def test_what_was_made_is_counted_with_what_it_costs(budget):
    budget.count(CREATE, FOX)
    budget.count(CREATE, {"model_name": "kling-v1", "prompt": "A fox"})

    assert (budget.created, budget.units, budget.unpriced) == (2, {"video": Decimal(8)}, 1)
