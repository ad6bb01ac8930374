"""A server that says when it wants to be asked again is asked then, if there is time for it."""

from email.utils import formatdate

import httpx
import pytest
from kling import (
    APIStatusError,
    ConcurrencyLimitError,
    InternalServerError,
    Kling,
    RateLimitError,
    TaskTimeoutError,
    models,
)

REF = "text_to_video/752604318974529536"
URL = "https://media.test/a.mp4"
REQUEST = models.TextToVideoRequest(
    model_name="kling-v3", prompt="A fox at dawn", external_task_id="order-1"
)
NOW = 1772323200.0
DONE = {
    "task_status": "succeed",
    "task_result": {"videos": [{"id": "1", "url": URL, "duration": "5"}]},
}


def later(after, code=1302, status=429, **headers):
    body = {"code": code, "message": "later", "request_id": "r-1"} if code else "<html>later</html>"
    headers = {"retry-after": after, **headers}

    def reply(request):
        if code:
            return httpx.Response(status, json=body, headers=headers)
        return httpx.Response(status, text=body, headers=headers)

    return reply


def of(success, **data):
    return lambda request: httpx.Response(200, json=success(**data))


FORMS = {
    "seconds": ("7", {}),
    "a date by the server's clock": (
        formatdate(NOW - 3600 + 7, usegmt=True),
        {"date": formatdate(NOW - 3600, usegmt=True)},
    ),
    "a date by our clock": (formatdate(NOW + 7, usegmt=True), {}),
}


@pytest.mark.parametrize(("after", "headers"), FORMS.values(), ids=FORMS)
def test_a_query_goes_again_when_the_server_wants_it(
    either_kling, scripted, success, after, headers
):
    transport = scripted(later(after, **headers), success())

    either_kling(api_key="k", transport=transport).retrieve(REF)

    assert transport.clock.sleeps == [7]


@pytest.mark.parametrize(
    ("code", "status"), [(5000, 500), (None, 503), (None, 502)], ids=["5000", "503", "502"]
)
def test_so_it_does_after_other_failures_that_may_pass(
    either_kling, scripted, success, code, status
):
    transport = scripted(later("9", code, status), success())

    either_kling(api_key="k", transport=transport).retrieve(REF)

    assert transport.clock.sleeps == [9]


@pytest.mark.parametrize(
    "after", ["", "soon", "-5", "1e3", "12345678901", "0", formatdate(NOW - 60, usegmt=True)]
)
def test_what_makes_no_sense_or_is_over_changes_nothing(either_kling, scripted, success, after):
    transport = scripted(later(after), success())

    either_kling(api_key="k", transport=transport).retrieve(REF)

    [slept] = transport.clock.sleeps
    assert 0.4 <= slept <= 0.6


def test_a_query_that_would_wait_for_too_long_ends_at_once_and_says_so(either_kling, scripted):
    transport = scripted(later("3600"))

    with pytest.raises(RateLimitError, match=r"a pause of 3600 s \(Retry-After\).* 60 s") as e:
        either_kling(api_key="k", transport=transport).retrieve(REF)

    assert e.value.retry_after == 3600
    assert transport.clock.sleeps == []
    assert len(transport.requests) == 1


def test_an_error_without_the_header_says_nothing_of_it(either_kling, scripted):
    transport = scripted((401, {"code": 1002, "message": "no"}))

    with pytest.raises(APIStatusError) as caught:
        either_kling(api_key="k", transport=transport).retrieve(REF)

    assert caught.value.retry_after is None


# ----------------------------------------------------------------------------------------- creates


@pytest.mark.parametrize("code", [1302, 1303])
def test_a_create_goes_again_when_kling_wants_it(either_kling, scripted, success, code):
    transport = scripted(later("40", code), success())

    task = either_kling(api_key="k", transport=transport).create(REQUEST)

    assert task.ref == REF
    slept = transport.clock.time() - NOW
    assert 40 <= slept <= 42
    assert [one.method for one in transport.requests] == ["POST", "POST"]
    assert transport.requests[0].content == transport.requests[1].content


@pytest.mark.parametrize("code", [1302, 1303])
def test_a_create_that_has_less_time_ends_at_once(either_kling, scripted, code):
    transport = scripted(later("40", code))

    with pytest.raises((RateLimitError, ConcurrencyLimitError), match="a pause of 40 s") as caught:
        either_kling(api_key="k", transport=transport).create(REQUEST, create_timeout=30)

    assert caught.value.not_created
    assert "only 30 s are" in str(caught.value)
    assert (len(transport.requests), transport.clock.sleeps) == (1, [])


def test_room_is_not_tried_before_the_time_that_kling_said(either_kling, scripted, success):
    replies = iter([of(success, task_id="1"), later("50", 1303), of(success, task_id="2")])
    when = []

    def reply(request):
        if request.method == "GET":
            return httpx.Response(200, json=success(task_id="1", **DONE))
        when.append(transport.clock.time() - NOW)
        return next(replies)(request)

    transport = scripted(reply)
    client = either_kling(api_key="k", transport=transport)
    request = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox")

    client.create(request)
    client.create(request)

    # The task that runs ends at once, which makes room, and yet the server wants some time.
    _, second, third = when
    assert third - second >= 50


def test_a_gateway_s_wish_is_heeded_when_its_create_is_looked_for(either_kling, scripted, success):
    found = of(success, external_task_id="order-1")
    transport = scripted(later("6", None, 503), later("11", None, 503), found)

    task = either_kling(api_key="k", transport=transport).create(REQUEST)

    assert task.ref == REF
    assert [one.method for one in transport.requests] == ["POST", "GET", "GET"]
    assert transport.clock.sleeps[-1] == 11


# ------------------------------------------------------------------------------ waits, downloads


def test_a_wait_asks_when_the_server_wants_it(either_kling, scripted, success):
    transport = scripted(later("30"), success(**DONE))

    task = either_kling(api_key="k", transport=transport).wait(REF, timeout=100)

    assert task.status == "succeeded"
    assert 30 <= transport.clock.time() - NOW <= 31
    assert len(transport.requests) == 2


def test_who_joins_a_wait_does_not_ask_before(scripted, success):
    transport = scripted(later("30"), success(**DONE))
    client, sleep, joined = Kling(api_key="k", transport=transport), transport.clock.sleep, []

    def join(seconds):
        # The first wait has its answer, and pauses.
        if len(transport.requests) == 1 and not joined:
            joined.append(None)
            assert client.wait(REF, timeout=100).status == "succeeded"
            joined.append(transport.clock.time() - NOW)
        sleep(seconds)

    transport.clock.sleep = join

    client.wait(REF, timeout=100)

    assert joined[1] >= 30
    assert len(transport.requests) == 2


def test_a_wait_that_has_less_time_ends_at_once_and_says_so(either_kling, scripted, success):
    transport = scripted(success(), later("500"))

    with pytest.raises(
        TaskTimeoutError, match=r"after [12]\.?\d? s.*a pause of 500 s .*only 9\d"
    ) as caught:
        either_kling(api_key="k", transport=transport).wait(REF, timeout=100)

    assert caught.value.task.ref == REF
    assert isinstance(caught.value.__cause__, RateLimitError)
    assert transport.clock.time() - NOW < 10
    assert len(transport.requests) == 2


def test_so_it_does_for_a_task_that_nobody_has_seen(either_kling, scripted):
    transport = scripted(later("500", 5000, 500))

    with pytest.raises(InternalServerError, match="a pause of 500 s") as caught:
        either_kling(api_key="k", transport=transport).wait_all([REF, f"{REF}1"], timeout=100)

    assert "The task goes on" in " ".join(caught.value.__notes__)
    assert transport.clock.time() - NOW < 10


def test_a_download_goes_on_when_its_host_wants_it(either_kling, scripted, success, tmp_path):
    transport = scripted(
        success(**DONE),
        later("17", None, 503),
        lambda request: httpx.Response(200, content=b"video"),
    )

    [path] = either_kling(api_key="k", transport=transport).download(REF, tmp_path)

    assert path.read_bytes() == b"video"
    assert transport.clock.sleeps == [17]


def test_a_download_whose_host_wants_an_hour_ends(either_kling, scripted, success, tmp_path):
    transport = scripted(success(**DONE), later("3600", None, 503))

    with pytest.raises(APIStatusError, match="a pause of 3600 s"):
        either_kling(api_key="k", transport=transport).download(REF, tmp_path)
