"""Headers, parameters and timeouts of one call, and clients with other options."""

import io
import threading
import traceback
from datetime import UTC, datetime

import httpx
import pytest
from kling import AsyncKling, InternalServerError, Kling, NotFoundError, Task, models
from kling_api.api.text_to_video import get_text_to_video_task

REF = "text_to_video/752604318974529536"
URL = "https://media.test/a.mp4"
REQUEST = models.TextToVideoRequest(
    model_name="kling-v3", prompt="A fox at dawn", external_task_id="order-1"
)
NOW = int(datetime(2026, 11, 1, tzinfo=UTC).timestamp() * 1000)
SPAN = models.ListPackageDeductionsRequest(start_time=NOW, end_time=NOW + 1)
OPTIONS = {
    "extra_headers": {"X-Trace": "t-1"},
    "extra_query": {"trace": 1},
    "request_timeout": httpx.Timeout(7, connect=3),
}
RESULT = {"videos": [{"id": "1", "url": URL, "duration": "5"}]}


@pytest.fixture
def done(success):
    return success(task_status="succeed", task_result=RESULT)


def media(request):
    return httpx.Response(200, content=b"video")


CALLS = {
    "create": lambda client, folder: client.create(REQUEST, **OPTIONS),
    "run": lambda client, folder: client.run(REQUEST, **OPTIONS),
    "wait": lambda client, folder: client.wait(REF, **OPTIONS),
    "wait_all": lambda client, folder: client.wait_all([REF], **OPTIONS),
    "as_completed": lambda client, folder: list(client.as_completed([REF], **OPTIONS)),
    "retrieve": lambda client, folder: client.retrieve(REF, **OPTIONS),
    "retrieve_all": lambda client, folder: client.retrieve_all([REF], **OPTIONS),
    "recover": lambda client, folder: client.recover(REF, **OPTIONS),
    "list": lambda client, folder: list(client.list(models.TextToVideoRequest, **OPTIONS)),
    "deductions": lambda client, folder: list(client.deductions(SPAN, **OPTIONS)),
    "account": lambda client, folder: client.account(**OPTIONS),
    "download": lambda client, folder: client.download(REF, folder, **OPTIONS),
    "read": lambda client, folder: client.read(REF, **OPTIONS),
    "read_into": lambda client, folder: client.read_into(REF, io.BytesIO(), **OPTIONS),
    "download_all": lambda client, folder: client.download_all([REF], folder, **OPTIONS),
}


@pytest.mark.parametrize(("name", "call"), CALLS.items(), ids=CALLS)
def test_every_method_takes_them(either_kling, scripted, done, tmp_path, name, call):
    def reply(request):
        if request.url.host == "media.test":
            return media(request)
        data = {"list": [done["data"]], "deductions": {"result": {"detail": []}}}
        return httpx.Response(200, json={**done, "data": data.get(name, done["data"])})

    transport = scripted(reply)

    call(either_kling(api_key="k", transport=transport), tmp_path)

    of_api = [one for one in transport.requests if one.url.host != "media.test"]
    of_media = [one for one in transport.requests if one.url.host == "media.test"]
    assert of_api
    for one in of_api:
        assert (one.headers["x-trace"], one.url.params["trace"]) == ("t-1", "1")
    for one in of_media:
        assert str(one.url) == URL
        assert "x-trace" not in one.headers
    for one in transport.requests:
        timeout = one.extensions["timeout"]
        assert (timeout["connect"], timeout["read"] <= 7) == (3, True)
    assert bool(of_media) == name.startswith(("download", "read"))


def test_all_methods_are_in_that_test():
    public = (getattr(Kling, name) for name in dir(Kling) if not name.startswith("_"))
    taking = {one.__name__ for one in public if "options" in getattr(one, "__annotations__", ())}

    assert taking == {*CALLS}


def test_those_of_a_call_go_before_those_of_the_client_and_end_with_it(
    either_kling, scripted, success
):
    transport = scripted(success())
    client = either_kling(
        api_key="k", default_headers={"X-Trace": "0", "X-Team": "a"}, transport=transport
    )

    client.retrieve(REF, extra_headers={"x-trace": "1"})
    client.retrieve(REF)

    assert [one.headers.get_list("x-trace") for one in transport.requests] == [["1"], ["0"]]
    assert [one.headers["x-team"] for one in transport.requests] == ["a", "a"]


def test_the_deadline_of_a_wait_keeps_its_meaning(either_kling, scripted, done):
    transport = scripted(done)
    client = either_kling(api_key="k", timeout=50, transport=transport)

    client.wait(REF, timeout=20, request_timeout=7)
    client.wait(REF, timeout=20)

    first, second = (one.extensions["timeout"]["read"] for one in transport.requests)
    assert first == 7
    assert 7 < second <= 20


def test_a_create_has_the_time_of_its_own_request(either_kling, scripted, success):
    transport = scripted(success())

    either_kling(api_key="k", timeout=5, transport=transport).create(
        REQUEST, create_timeout=0, request_timeout=90
    )

    assert transport.requests[0].extensions["timeout"]["read"] > 80


WRONG = {
    "unknown": ({"extra_header": {"X": "s3cret"}}, TypeError, "extra_header is not an argument"),
    "authorization": (
        {"extra_headers": {"Authorization": "s3cret"}},
        ValueError,
        "extra_headers must not contain Authorization",
    ),
    "header": ({"extra_headers": {"X": "s3cret\n"}}, ValueError, "extra_headers: X contains a"),
    "query": ({"extra_query": {"a": ["s3cret"]}}, TypeError, "extra_query: a must be a string"),
    "timeout": ({"request_timeout": 0}, ValueError, "request_timeout must be more than 0 seconds"),
}


@pytest.mark.parametrize(("options", "kind", "told"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_before_anything_is_sent(
    either_kling, scripted, success, options, kind, told
):
    transport = scripted(success())
    client = either_kling(api_key="k", transport=transport)

    with pytest.raises(kind, match=told) as caught:
        client.create(REQUEST, **options)

    assert transport.requests == []
    ours = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    of_kling = [one for one in ours.stack if "/overlay/kling/" in one.filename]
    assert "s3cret" not in "".join(str(one.locals) for one in of_kling)


@pytest.mark.parametrize("name", ["list", "as_completed"])
def test_a_walk_is_refused_when_it_is_called(name):
    client = Kling(api_key="k")
    given = models.TextToVideoRequest if name == "list" else [REF]

    with pytest.raises(ValueError, match="request_timeout"):
        getattr(client, name)(given, request_timeout=-1)


# ------------------------------------------------------------------------------------------- views


def test_a_client_with_other_options_leaves_the_first_as_it_is(scripted, success):
    transport = scripted(success())
    client = Kling(api_key="k", default_headers={"X-Team": "a"}, transport=transport)
    other = client.with_options(
        timeout=9, default_headers={"X-Tag": "b"}, default_query={"tag": "c"}
    )

    other.retrieve(REF)
    client.retrieve(REF)
    get_text_to_video_task.sync("1", client=other.raw)
    get_text_to_video_task.sync("1", client=client.raw)

    for changed, same in zip(transport.requests[::2], transport.requests[1::2], strict=True):
        assert (changed.headers["x-team"], changed.headers["x-tag"]) == ("a", "b")
        assert changed.url.params["tag"] == "c"
        assert "x-tag" not in same.headers
        assert "tag" not in same.url.params
    timeouts = [one.extensions["timeout"]["read"] for one in transport.requests]
    assert timeouts == [9, 60, 9, 60]
    assert isinstance(other, Kling)
    assert repr(other) == repr(client)


@pytest.mark.parametrize("times", [0, 2])
def test_a_client_with_other_retries_sends_queries_as_often(either_kling, scripted, times):
    transport = scripted((500, {"code": 5000, "message": "busy"}))
    client = either_kling(api_key="k", transport=transport)

    view = getattr(client, "_client", client).with_options(max_retries=times)
    if isinstance(view, AsyncKling):
        client._client = view
    else:
        client = view
    with pytest.raises(InternalServerError):
        client.retrieve(REF)

    assert len(transport.requests) == 1 + times


def test_what_no_client_can_have_no_view_can_have():
    with pytest.raises(ValueError, match="max_retries must be a whole number"):
        Kling(api_key="k").with_options(max_retries=-1)
    with pytest.raises(ValueError, match="default_headers must not contain Authorization"):
        Kling(api_key="k").with_options(default_headers={"Authorization": "x"})


def test_closing_one_closes_both():
    client = Kling(api_key="k", base_url="http://127.0.0.1:9")
    with client.with_options(max_retries=0):
        pass

    with pytest.raises(RuntimeError, match="closed"):
        client.retrieve(REF)


def test_both_count_the_same_slots(scripted, success):
    def reply(request):
        if request.method == "POST":
            number = sum(one.method == "POST" for one in transport.requests)
            return httpx.Response(200, json=success(task_id=f"{number}"))
        is_one = request.url.path.endswith("/1")
        return httpx.Response(
            200, json=success(task_id="1" if is_one else "2", task_status="succeed")
        )

    transport = scripted(reply)
    client = Kling(api_key="k", concurrency=1, transport=transport)
    request = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox")

    client.create(request)
    client.with_options(max_retries=1).create(request)

    # It asked for the task of the first one before it sent its own create.
    assert [one.method for one in transport.requests] == ["POST", "GET", "POST"]


def waits(client_of, refs):
    """Wait for each of some tasks in a thread of its own."""
    found: list[Task] = []

    def wait(ref):
        client, options = client_of(ref)
        found.append(client.wait(ref, **options))

    threads = [threading.Thread(target=wait, args=(ref,)) for ref in refs]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return found


def test_waits_share_queries_only_with_those_that_want_them_sent_alike(scripted, success):
    asked = []

    def reply(request):
        ids = request.url.params.get("task_ids", request.url.path.rpartition("/")[2]).split(",")
        asked.append((request.headers.get("x-tenant"), ids))
        if any(not one.startswith(str(request.headers.get("x-tenant"))) for one in ids):
            return httpx.Response(200, json=success(task_id="0"))
        if "/tasks" not in request.url.path or len(ids) == 1:
            return httpx.Response(200, json=success(task_id=ids[0], task_status="succeed"))
        tasks = [{"id": one, "status": "succeeded", "outputs": []} for one in ids]
        return httpx.Response(200, json={"code": 0, "message": "", "data": tasks})

    client = Kling(api_key="k", transport=scripted(reply))
    refs = [f"text_to_video/{tenant}{n}" for tenant in "12" for n in range(3)]

    found = waits(
        lambda ref: (client, {"extra_headers": {"X-Tenant": ref.partition("/")[2][0]}}), refs
    )

    assert {one.status for one in found} == {"succeeded"}
    assert len(found) == 6
    assert {tenant for tenant, _ in asked} == {"1", "2"}


def test_a_watch_of_other_headers_ends_with_its_waits(scripted, done):
    client = Kling(api_key="k", transport=scripted(done))

    for n in range(50):
        client.wait(REF, extra_headers={"X-Trace": str(n)})

    # private: nothing else shows what is kept of calls that are over.
    assert len(client._watches) == 1


def test_an_unknown_task_is_unknown_with_options_too(either_kling, kling_mock):
    client = either_kling(transport=kling_mock.transport)

    with pytest.raises(NotFoundError):
        client.retrieve("text_to_video/123", request_timeout=5)
