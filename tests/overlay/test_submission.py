"""A create is paid for once at most, and what was paid for is never lost."""

import asyncio
import json
import re

import httpx
import kling
import pytest
from kling import models
from mock_control import control

KEY = "mock-api-key"
FOX = "A fox crosses a frozen lake at dawn"
REQUESTS = {
    "v1": models.TextToVideoRequest(model_name="kling-v3", prompt=FOX),
    "current": models.Kling30TurboTextToVideoRequest(prompt=FOX),
}
WITHOUT_ID = models.TextToSpeechRequest  # answers at once, and leaves nothing to look for


@pytest.fixture(params=REQUESTS)
def request_of_either_standard(request):
    return REQUESTS[request.param]


class Counting(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """The mock's transport, counting the creates that leave, answered or not."""

    def __init__(self, inner):
        self._inner = inner
        self.clock = inner.clock
        self.posts = 0

    def handle_request(self, request):
        self.posts += request.method == "POST"
        return self._inner.handle_request(request)

    async def handle_async_request(self, request):
        self.posts += request.method == "POST"
        return await self._inner.handle_async_request(request)


@pytest.fixture
def counting(kling_mock):
    return Counting(kling_mock.transport)


@pytest.fixture
def client(counting, either_kling):
    return either_kling(api_key=KEY, transport=counting)


def made(kling_mock):
    """Return how many tasks there are, each of which is paid for."""
    return len(kling_mock.state()["tasks"])


def posted(kling_mock):
    """Return how often a create arrived at the mock."""
    return sum(
        one["operation"] is not None and one["operation"].startswith("create")
        for one in kling_mock.state()["requests"]
    )


# Faults of a create that was carried out all the same.
DOUBTS = {
    "stall": {"fault": "stall", "seconds": 90, "when": "after"},
    "hang-up": {"fault": "hang-up", "when": "after"},
    "html": {"fault": "html", "when": "after"},
    "5000": {"fault": "refuse", "code": 5000, "when": "after"},
    "5001": {"fault": "refuse", "code": 5001, "when": "after"},
    "5002": {"fault": "refuse", "code": 5002, "when": "after"},
    "empty": {"fault": "empty"},
    "empty-502": {"fault": "empty", "status": 502},
    "malformed": {"fault": "malformed"},
    "cut": {"fault": "cut", "bytes": 20},
}


@pytest.mark.parametrize("fault", DOUBTS.values(), ids=DOUBTS)
def test_a_task_that_was_made_is_found_and_not_made_again(
    client, counting, kling_mock, request_of_either_standard, fault
):
    kling_mock.plan(**fault)

    task = client.create(request_of_either_standard)

    assert (made(kling_mock), counting.posts) == (1, 1)
    assert task.id == kling_mock.state()["tasks"][0]["id"]
    assert client.wait(task).status == "succeeded"


@pytest.mark.parametrize("fault", DOUBTS.values(), ids=DOUBTS)
def test_a_task_that_is_hard_to_find_is_found(client, counting, kling_mock, fault):
    kling_mock.plan(**fault)
    kling_mock.plan(fault="hang-up", on="get", times=2)
    kling_mock.plan(fault="html", on="get")
    kling_mock.plan(fault="refuse", code=1302, on="get")

    assert client.create(REQUESTS["v1"]).id == kling_mock.state()["tasks"][0]["id"]
    assert (made(kling_mock), counting.posts) == (1, 1)


# The same faults, before anything was carried out: that no task is found settles nothing.
OPEN = {
    "5000": {"fault": "refuse", "code": 5000},
    "5001": {"fault": "refuse", "code": 5001},
    "hang-up": {"fault": "hang-up", "when": "before"},
    "html": {"fault": "html"},
    "5002": {"fault": "refuse", "code": 5002},
    "empty": {"fault": "empty", "when": "before"},
}


@pytest.mark.parametrize("fault", OPEN.values(), ids=OPEN)
def test_failure_and_no_task_leave_it_open_and_say_how_to_look_again(
    client, kling_mock, request_of_either_standard, fault
):
    kling_mock.plan(**fault)

    with pytest.raises(kling.APIError) as caught:
        client.create(request_of_either_standard)
    error = caught.value
    assert (error.not_created, error.may_exist) == (False, True)
    name = type(request_of_either_standard).__name__
    assert f"client.recover(models.{name}, {error.external_task_id!r})" in error.__notes__[0]
    assert (made(kling_mock), posted(kling_mock)) == (0, 1)
    with pytest.raises(kling.NotFoundError):
        client.recover(type(request_of_either_standard), error)


def test_what_cannot_be_looked_for_may_exist(client, kling_mock):
    kling_mock.plan(fault="hang-up", when="after")
    kling_mock.plan(fault="hang-up", on="get", times=None)

    with pytest.raises(kling.APIConnectionError) as caught:
        client.create(REQUESTS["v1"])
    assert caught.value.may_exist
    assert isinstance(caught.value.__cause__, kling.APIConnectionError)

    # Later it is found: nothing that was paid for is lost.
    control(kling_mock, "plans/clear")
    for named in (caught.value, caught.value.external_task_id):
        found = client.recover(models.TextToVideoRequest, named)
        assert found.id == kling_mock.state()["tasks"][0]["id"]
    assert made(kling_mock) == posted(kling_mock) == 1


def test_an_error_that_names_no_task_is_not_looked_for(client):
    error = kling.APIConnectionError("no reply")

    with pytest.raises(ValueError, match="this error has no external_task_id to look for: it "):
        client.recover(models.TextToVideoRequest, error)


def test_a_task_that_appears_late_is_recovered(scripted, either_kling, success):
    unknown = (400, {"code": 1201, "message": "no"})
    transport = scripted(unknown, unknown, success(task_id="7"))

    task = either_kling(api_key=KEY, transport=transport).recover(
        models.TextToVideoRequest, "order-4711"
    )

    assert (task.id, len(transport.requests)) == ("7", 3)
    assert transport.clock.sleeps == [0, 1, 2]


@pytest.mark.parametrize("code", [1302, 1303])
def test_what_is_refused_for_the_moment_goes_again_with_the_same_id(
    client, kling_mock, request_of_either_standard, code
):
    kling_mock.plan(fault="refuse", code=code, times=3)

    task = client.create(request_of_either_standard)

    assert made(kling_mock) == 1
    assert posted(kling_mock) == 4
    assert task.status == "submitted"


@pytest.mark.parametrize(
    ("code", "kind"), [(1302, kling.RateLimitError), (1303, kling.ConcurrencyLimitError)]
)
def test_what_is_refused_for_too_long_is_not_created(client, kling_mock, code, kind):
    kling_mock.plan(fault="refuse", code=code, times=None)
    before = kling_mock.clock.time()

    with pytest.raises(kind) as caught:
        client.create(REQUESTS["v1"], create_timeout=120)
    assert caught.value.not_created
    assert 120 <= kling_mock.clock.time() - before <= 150
    assert 5 < posted(kling_mock) < 20
    assert made(kling_mock) == 0


@pytest.mark.parametrize("code", [1000, 1102, 1103, 1200, 1201, 1203, 1300, 1304])
def test_a_refusal_that_does_not_pass_is_raised_at_once(client, kling_mock, code):
    kling_mock.plan(fault="refuse", code=code)

    with pytest.raises(kling.APIStatusError) as caught:
        client.create(REQUESTS["v1"])
    assert (caught.value.code, caught.value.not_created) == (code, True)
    assert (made(kling_mock), posted(kling_mock)) == (0, 1)


def test_nothing_was_sent_where_nobody_was_reached(either_kling):
    client = either_kling(api_key=KEY, base_url="http://127.0.0.1:9")

    with pytest.raises(kling.APIConnectionError) as caught:
        client.create(REQUESTS["v1"])
    assert (caught.value.not_created, caught.value.may_exist) == (True, False)


def bodies(transport):
    return [json.loads(one.content) for one in transport.requests if one.method == "POST"]


def test_an_id_is_made_up_and_is_unlike_kling_s(scripted, either_kling, success):
    transport = scripted(success())
    client = either_kling(api_key=KEY, transport=transport)
    for _ in range(2):
        client.create(REQUESTS["v1"])
    transport_of_current = scripted({"code": 0, "data": {"id": "1", "status": "submitted"}})
    either_kling(api_key=KEY, transport=transport_of_current).create(REQUESTS["current"])

    ids = [body["external_task_id"] for body in bodies(transport)]
    [current] = bodies(transport_of_current)
    ids.append(current["options"]["external_task_id"])
    assert len(set(ids)) == 3
    assert all(re.fullmatch("kling-[0-9a-f]{32}", one) for one in ids)
    assert "external_task_id" not in REQUESTS["v1"].to_dict()


def test_an_id_of_the_caller_stays(scripted, either_kling, success):
    transport = scripted(success())
    client = either_kling(api_key=KEY, transport=transport)

    client.create(
        models.TextToVideoRequest(prompt=FOX, model_name="kling-v3", external_task_id="a")
    )
    client.create(REQUESTS["v1"], extra={"external_task_id": "b"})
    client.create(models.TextToVideoRequest(prompt=FOX, model_name="kling-v3", external_task_id=""))
    ids = [body["external_task_id"] for body in bodies(transport)]
    assert ids[:2] == ["a", "b"]
    assert ids[2].startswith("kling-")


def test_where_an_endpoint_takes_no_id_doubt_is_told_and_nothing_is_looked_for(
    scripted, either_kling
):
    request = next(
        one
        for one in kling.description.load().operations.values()
        if one.task and one.makes_task and not one.task["external_id"]
    )
    example = request.node["requestBody"]["content"]["application/json"]["examples"]["minimal"]
    body = getattr(models, request.request).from_dict(example["value"])
    transport = scripted(httpx.ReadTimeout("silence"))

    with pytest.raises(kling.APITimeoutError) as caught:
        either_kling(api_key=KEY, transport=transport).create(body)
    assert (caught.value.may_exist, caught.value.external_task_id) == (True, None)
    assert len(transport.requests) == 1
    assert "external_task_id" not in bodies(transport)[0]


class Interrupted(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Takes a request, and is interrupted before there is a reply."""

    def __init__(self, error):
        self._error = error

    def handle_request(self, request):
        raise self._error

    async def handle_async_request(self, request):
        raise self._error


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_who_interrupts_a_create_is_told_how_to_look_for_the_task(either_kling, error):
    request = models.TextToVideoRequest(
        model_name="kling-v3", prompt=FOX, external_task_id="order-4711"
    )

    with pytest.raises(error) as caught:
        either_kling(api_key=KEY, transport=Interrupted(error())).create(request)

    [note] = caught.value.__notes__
    assert "client.recover(models.TextToVideoRequest, 'order-4711')" in note


def test_a_create_that_takes_too_long_for_its_caller_says_how_to_look_for_the_task(kling_mock):
    class Slow(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request):
            response = await kling_mock.transport.handle_async_request(request)
            await asyncio.sleep(60)
            return response

    async def main():
        async with kling.AsyncKling(api_key=KEY, transport=Slow()) as client:
            with pytest.raises(TimeoutError) as caught:
                await asyncio.wait_for(client.create(REQUESTS["v1"]), 0.05)
            [note] = caught.value.__cause__.__notes__
            found = re.search("'(kling-[0-9a-f]+)'", note)[1]
        async with kling.AsyncKling(api_key=KEY, transport=kling_mock.transport) as client:
            return await client.recover(models.TextToVideoRequest, found)

    assert asyncio.run(main()).id == kling_mock.state()["tasks"][0]["id"]


@pytest.mark.parametrize("status", [408, 425, 429, 499])
def test_what_a_gateway_says_of_a_request_that_it_passed_on_is_no_refusal(
    client, kling_mock, status
):
    kling_mock.plan(fault="html", status=status, when="after")

    assert client.create(REQUESTS["v1"]).id == kling_mock.state()["tasks"][0]["id"]
    assert (made(kling_mock), posted(kling_mock)) == (1, 1)


@pytest.mark.parametrize("status", [401, 403, 404, 413])
def test_what_a_gateway_refuses_was_not_made(client, kling_mock, status):
    kling_mock.plan(fault="html", status=status)

    with pytest.raises(kling.APIStatusError) as caught:
        client.create(REQUESTS["v1"])
    assert caught.value.not_created
    assert posted(kling_mock) == 1


def test_an_id_that_was_taken_by_the_first_attempt_is_the_task(client, kling_mock):
    # Kling says that it refused it, and made it all the same.
    kling_mock.plan(fault="refuse", code=1302, when="after")

    assert client.create(REQUESTS["v1"]).id == kling_mock.state()["tasks"][0]["id"]
    assert (made(kling_mock), posted(kling_mock)) == (1, 2)


@pytest.mark.filterwarnings("ignore::kling.KlingWarning")
@pytest.mark.parametrize(
    ("standard", "own_id"), [("v1", ".."), ("v1", "."), ("current", "a,b"), ("current", "..")]
)
def test_an_id_that_cannot_be_asked_for_leaves_it_open(client, kling_mock, standard, own_id):
    kling_mock.plan(fault="refuse", code=5000, when="after")
    extra = {"external_task_id": own_id}

    with pytest.raises(kling.InternalServerError) as caught:
        client.create(REQUESTS[standard], extra=extra if standard == "v1" else {"options": extra})
    assert (caught.value.may_exist, caught.value.external_task_id) == (True, own_id)


@pytest.mark.filterwarnings("ignore::kling.KlingWarning")
def test_an_id_that_looks_like_kling_s_is_found(client, kling_mock, request_of_either_standard):
    kling_mock.plan(fault="refuse", code=5000, when="after")
    extra = {"external_task_id": "752604318974599999"}
    if request_of_either_standard is REQUESTS["current"]:
        extra = {"options": extra}

    found = client.create(request_of_either_standard, extra=extra)
    assert found.id == kling_mock.state()["tasks"][0]["id"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"interval": 0},
        {"interval": float("nan")},
        {"timeout": None},
        {"timeout": -1},
        {"timeout": float("nan")},
    ],
    ids=str,
)
def test_run_looks_at_its_arguments_before_it_pays(client, kling_mock, wrong):
    with pytest.raises((TypeError, ValueError)):
        client.run(REQUESTS["v1"], **wrong)

    assert made(kling_mock) == 0


def test_a_create_that_is_answered_at_once_needs_no_query(client, kling_mock):
    request = WITHOUT_ID(text="Hello", voice_id="genshin_vindi2", voice_language="en")
    seen = []

    task = client.run(request, on_created=seen.append, on_update=seen.append)

    assert (task.status, task.outputs[0].kind) == ("succeeded", "audio")
    assert seen == [task, task]
    assert client.wait(task) == task
    assert client.wait_all([task]) == [task]
    assert [one["operation"] for one in kling_mock.state()["requests"]] == [
        "createTextToSpeechAudio"
    ]


def test_who_interrupts_a_run_is_told_what_goes_on(client, kling_mock):
    def interrupt(task):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as caught:
        client.run(REQUESTS["v1"], on_update=interrupt)

    assert caught.value.__notes__ == [
        f"The task goes on: text_to_video/{kling_mock.state()['tasks'][0]['id']}"
    ]


def named(own_id, prompt=FOX, standard="v1"):
    if standard == "v1":
        return models.TextToVideoRequest(
            model_name="kling-v3", prompt=prompt, external_task_id=own_id
        )
    return models.Kling30TurboTextToVideoRequest(
        prompt=prompt, options=models.TaskOptions(external_task_id=own_id)
    )


@pytest.mark.parametrize("standard", REQUESTS)
def test_an_id_that_an_earlier_program_used_may_exist_and_is_found(client, kling_mock, standard):
    request = named("order-4711", standard=standard)
    made_before = client.create(request)

    with pytest.raises(kling.BadRequestError, match="already exists") as caught:
        client.create(request)

    error = caught.value
    assert (error.not_created, error.may_exist) == (False, True)
    assert f"client.recover(models.{type(request).__name__}, 'order-4711')" in error.__notes__[0]
    assert client.recover(type(request), error.external_task_id).id == made_before.id
    assert made(kling_mock) == 1


def gets(kling_mock):
    return sum(one["method"] == "GET" for one in kling_mock.state()["requests"])


def test_an_id_that_is_free_was_not_what_is_wrong(client, kling_mock):
    kling_mock.plan(fault="refuse", code=1201)
    before = kling_mock.clock.time()

    with pytest.raises(kling.BadRequestError) as caught:
        client.create(named("order-4711"))

    error = caught.value
    assert (error.not_created, error.may_exist) == (True, False)
    assert error.__cause__ is None
    assert (gets(kling_mock), kling_mock.clock.time()) == (1, before)


def test_an_id_that_was_made_up_needs_no_look(client, kling_mock):
    kling_mock.plan(fault="refuse", code=1201)

    with pytest.raises(kling.BadRequestError) as caught:
        client.create(REQUESTS["v1"])
    assert caught.value.not_created
    assert gets(kling_mock) == 0


def test_an_id_that_cannot_be_looked_for_just_now_may_be_taken(client, kling_mock):
    client.create(named("order-4711"))
    kling_mock.plan(fault="hang-up", on="get", times=None)

    with pytest.raises(kling.BadRequestError) as caught:
        client.create(named("order-4711"))
    assert (caught.value.not_created, caught.value.may_exist) == (False, True)
    assert isinstance(caught.value.__cause__, kling.APIConnectionError)


def test_the_reply_to_another_create_is_not_believed(scripted, either_kling, success):
    transport = scripted(
        success(task_id="1", task_info={"external_task_id": "order-1"}),
        success(task_id="2", task_info={"external_task_id": "order-2"}),
    )
    client = either_kling(api_key=KEY, transport=transport)

    assert client.create(named("order-2")).id == "2"
    assert [one.method for one in transport.requests] == ["POST", "GET"]


def test_the_reply_to_another_create_is_named_where_nothing_is_found(
    scripted, either_kling, success
):
    other = success(task_id="1", task_info={"external_task_id": "order-1"})
    client = either_kling(api_key=KEY, transport=scripted(other))

    with pytest.raises(kling.APIStatusError, match="another create, text_to_video/1") as caught:
        client.create(named("order-2"))
    assert (caught.value.may_exist, caught.value.external_task_id) == (True, "order-2")


def goes_on(kling_mock):
    return f"The task goes on: text_to_video/{kling_mock.state()['tasks'][0]['id']}"


def test_a_listener_that_fails_leaves_a_note_of_what_goes_on(client, kling_mock):
    def fail(task):
        raise LookupError("of the listener")

    with pytest.raises(LookupError) as caught:
        client.run(REQUESTS["v1"], on_update=fail)

    assert goes_on(kling_mock) in caught.value.__notes__


def test_a_client_that_is_closed_in_a_run_leaves_a_note_of_what_goes_on(kling_mock):
    client = kling.Kling(api_key=KEY, transport=kling_mock.transport)

    with pytest.raises(RuntimeError, match="closed") as caught:
        client.run(REQUESTS["v1"], on_update=lambda task: client._http.close())

    assert goes_on(kling_mock) in caught.value.__notes__


def test_an_async_client_that_is_closed_in_a_run_leaves_a_note_of_what_goes_on(kling_mock):
    async def main():
        client = kling.AsyncKling(api_key=KEY, transport=kling_mock.transport)
        closing = []

        def close(task):
            closing.append(asyncio.ensure_future(client._http.aclose()))

        await client.run(REQUESTS["v1"], on_update=close)

    with pytest.raises(RuntimeError, match="closed") as caught:
        asyncio.run(main())

    assert goes_on(kling_mock) in caught.value.__notes__
