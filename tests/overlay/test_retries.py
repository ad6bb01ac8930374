"""Queries cost nothing: after what may pass they go again, in growing pauses, with a bound."""

import httpx
import kling
import pytest
from kling import models

REF = "text_to_video/752604318974529536"
PASSING = {
    "connection": httpx.ConnectError("refused"),
    "timeout": httpx.ReadTimeout("slow"),
    "cut": httpx.RemoteProtocolError("cut"),
    "5000": (500, {"code": 5000, "message": "internal error"}),
    "5001": (503, {"code": 5001, "message": "maintenance"}),
    "5002": (504, {"code": 5002, "message": "timeout"}),
    "1302": (429, {"code": 1302, "message": "slow down"}),
    "502": (502, b"<html>Bad Gateway</html>"),
    "429": (429, b"slow down"),
    "empty": b"",
    "html": b"<html>",
    "cut JSON": b'{"code": 0, "data": {"task_',
}
LASTING = {
    "1002": (401, {"code": 1002, "message": "no"}),
    "1102": (429, {"code": 1102, "message": "no"}),
    "1201": (400, {"code": 1201, "message": "no"}),
    "1304": (429, {"code": 1304, "message": "no"}),
    "403": (403, b"<html>"),
    "404": (404, b"<html>"),
}
SEARCH = models.ListTasksRequest(limit=5)
READS = {
    "retrieve": lambda client: client.retrieve(REF),
    "list": lambda client: list(client.list(models.TextToVideoRequest)),
    "search": lambda client: list(client.list(SEARCH)),
    "deductions": lambda client: list(
        client.deductions(models.ListPackageDeductionsRequest(start_time=1, end_time=2))
    ),
}


def good(request):
    task = {"task_id": "752604318974529536", "task_status": "submitted"}
    data = task
    if request.method == "POST":
        data = {"result": [], "has_more": False}
    elif "pageSize" in str(request.url):
        data = [task]
    return httpx.Response(200, json={"code": 0, "data": data})


@pytest.mark.parametrize("failure", PASSING.values(), ids=PASSING)
@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_what_may_pass_is_asked_for_again(either_kling, scripted, read, failure):
    transport = scripted(*[failure] * 3, good)

    read(either_kling(api_key="k", transport=transport))

    assert len(transport.requests) == 4
    assert len({(one.method, one.url, one.content) for one in transport.requests}) == 1


@pytest.mark.parametrize("failure", PASSING.values(), ids=PASSING)
def test_pauses_grow_and_end(either_kling, scripted, failure):
    transport = scripted(failure)

    with pytest.raises(kling.APIError):
        READS["retrieve"](either_kling(api_key="k", transport=transport))

    assert len(transport.requests) == 6
    for pause, ideal in zip(transport.clock.sleeps, [0.5, 1, 2, 4, 8], strict=True):
        assert 0.8 * ideal <= pause <= 1.2 * ideal


def test_two_who_begin_together_do_not_stay_together(either_kling, scripted):
    sleeps = []
    for _ in range(2):
        transport = scripted(httpx.ConnectError("refused"))
        with pytest.raises(kling.APIConnectionError):
            READS["retrieve"](either_kling(api_key="k", transport=transport))
        sleeps.append(tuple(transport.clock.sleeps))

    assert sleeps[0] != sleeps[1]


@pytest.mark.parametrize("failure", LASTING.values(), ids=LASTING)
@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_what_lasts_is_not_asked_for_again(either_kling, scripted, read, failure):
    transport = scripted(failure)

    with pytest.raises(kling.APIStatusError):
        read(either_kling(api_key="k", transport=transport))

    assert len(transport.requests) == 1


def test_a_part_of_a_list_that_fails_loses_no_task(kling_mock, either_kling):
    client = either_kling(api_key="mock-api-key", transport=kling_mock.transport)
    request = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn")
    made = {client.create(request).ref for _ in range(25)}
    kling_mock.plan(fault="hang-up", on="list", share=0.4, times=None)

    found = [task.ref for task in client.list(models.TextToVideoRequest, page_size=3)]

    assert sorted(found) == sorted(made)
