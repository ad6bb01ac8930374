"""A create that is sent again with its id gives the task that was paid for, whatever happened."""

import json
import subprocess
import sys

import httpx
import kling
import pytest
from hostile_service import OWN_ID, Service
from kling import models
from mock_control import control

FOX = "A fox at dawn"
KEY = {"api_key": "mock-api-key"}
REQUESTS = {
    "v1": models.TextToVideoRequest(model_name="kling-v3", prompt=FOX),
    "current": models.Kling30TurboTextToVideoRequest(prompt=FOX),
    "path": kling.Unlisted("/v1/videos/new-thing", {"prompt": FOX}),
    "solutions": kling.Unlisted("/solutions/new-thing", {"prompt": FOX}),
}
SPEECH = models.TextToSpeechRequest(text="Hello", voice_id="1", voice_language="en")

pytestmark = pytest.mark.filterwarnings("ignore::kling.KlingWarning")


@pytest.fixture(params=REQUESTS)
def standard(request):
    return request.param


@pytest.fixture
def service():
    return Service()


@pytest.fixture
def client(either_kling, service):
    return either_kling(**KEY, transport=service)


def id_in(request):
    body = json.loads(request.content)
    return body.get("external_task_id") or body.get("options", {}).get("external_task_id")


# Where the id goes.


def test_the_id_goes_where_the_standard_wants_it(client, service, standard):
    task = client.create(REQUESTS[standard], external_task_id=OWN_ID)

    [sent] = service.requests
    assert (id_in(sent), task.external_task_id) == (OWN_ID, OWN_ID)
    assert ("options" in json.loads(sent.content)) == (standard in ("current", "solutions"))


def test_extra_options_keep_the_id(client, service):
    extra = {"options": {"new_option": 1}, "new_field": 2}

    client.create(REQUESTS["current"], external_task_id=OWN_ID, extra=extra)

    body = json.loads(service.requests[0].content)
    assert body["options"] == {"new_option": 1, "external_task_id": OWN_ID}
    assert (body["new_field"], extra) == (2, {"options": {"new_option": 1}, "new_field": 2})


def test_the_same_id_twice_is_one(client, service):
    named = models.TextToVideoRequest(model_name="kling-v3", prompt=FOX, external_task_id=OWN_ID)
    extra = {"external_task_id": OWN_ID}

    client.create(named, external_task_id=OWN_ID, extra=extra)

    assert id_in(service.requests[0]) == OWN_ID


OTHER = models.TaskOptions(external_task_id="job-16")
REFUSED = {
    "two ids": (
        models.TextToVideoRequest(model_name="kling-v3", prompt=FOX, external_task_id="job-16"),
        {"external_task_id": OWN_ID},
        "there are two ids: external_task_id='job-17', and 'job-16' in the request",
    ),
    "two ids of the current standard": (
        models.Kling30TurboTextToVideoRequest(prompt=FOX, options=OTHER),
        {"external_task_id": OWN_ID},
        "there are two ids",
    ),
    "two ids, one on top": (
        REQUESTS["v1"],
        {"external_task_id": OWN_ID, "extra": {"external_task_id": "job-16"}},
        "there are two ids",
    ),
    "two ids, one in options on top": (
        REQUESTS["solutions"],
        {"external_task_id": OWN_ID, "extra": {"options": {"external_task_id": "job-16"}}},
        "there are two ids",
    ),
    "two ids, one where the other standard has it": (
        kling.Unlisted("/solutions/new-thing", {"external_task_id": "job-16"}),
        {"external_task_id": OWN_ID},
        "there are two ids",
    ),
    "an endpoint without one": (
        SPEECH,
        {"external_task_id": OWN_ID},
        "/v1/audio/tts takes no external_task_id",
    ),
    "an empty one": (REQUESTS["v1"], {"external_task_id": ""}, "external_task_id is blank"),
    "a blank one": (REQUESTS["v1"], {"external_task_id": " "}, "external_task_id is blank"),
    "none to reuse": (REQUESTS["v1"], {"reuse": True}, "reuse=True needs an external_task_id"),
    "none to reuse, ever": (SPEECH, {"reuse": True}, "reuse=True needs an external_task_id"),
    "one that cannot be asked for": (
        REQUESTS["current"],
        {"external_task_id": "a,b", "reuse": True},
        "no query can look for the external_task_id 'a,b'",
    ),
}


@pytest.mark.parametrize(("request_", "options", "words"), REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("method", ["create", "run"])
def test_it_is_refused_before_anything_is_sent(client, service, method, request_, options, words):
    with pytest.raises(ValueError, match=words):
        getattr(client, method)(request_, **options)
    assert service.requests == []


def test_an_id_is_a_text(client, service):
    with pytest.raises(TypeError, match="external_task_id must be a str, not int"):
        client.create(REQUESTS["v1"], external_task_id=17)
    assert service.requests == []


# Which task it gives.


@pytest.mark.parametrize("delay", [0, 20])
def test_the_second_call_returns_the_first_task(client, service, standard, delay):
    service.delay = delay
    first = client.create(REQUESTS[standard], external_task_id=OWN_ID, reuse=True)

    again = client.create(REQUESTS[standard], external_task_id=OWN_ID, reuse=True)

    assert (again.ref, again.external_task_id) == (first.ref, OWN_ID)
    assert len(service.paid()) == 1


def test_an_id_in_the_request_will_do(client, service):
    request = kling.Unlisted("/v1/videos/new-thing", {"external_task_id": OWN_ID})

    assert client.create(request, reuse=True).id == client.create(request, reuse=True).id


def test_without_reuse_the_second_call_is_refused(client, service, standard):
    first = client.create(REQUESTS[standard], external_task_id=OWN_ID)

    with pytest.raises(kling.BadRequestError, match="already exists") as caught:
        client.create(REQUESTS[standard], external_task_id=OWN_ID)

    assert (caught.value.may_exist, caught.value.task) == (True, first)


def test_a_first_task_that_nobody_finds_may_exist(client, service):
    client.create(REQUESTS["v1"], external_task_id=OWN_ID)
    service.delay = 3600

    with pytest.raises(kling.BadRequestError, match="recover finds its task") as caught:
        client.create(REQUESTS["v1"], external_task_id=OWN_ID, reuse=True)

    assert (caught.value.may_exist, caught.value.task) == (True, None)


@pytest.mark.parametrize("code", [1102, 1103, 1200, 1203, 1301, 1302, 1303])
def test_the_first_task_is_found_though_another_one_is_refused(client, service, code):
    first = client.create(REQUESTS["v1"], external_task_id=OWN_ID)
    service.creates = [f"refused-code-{code}"]
    before = service.clock.time()

    again = client.create(REQUESTS["v1"], external_task_id=OWN_ID, reuse=True)

    assert (again.id, service.clock.time()) == (first.id, before)


@pytest.mark.parametrize("code", [1102, 1301])
@pytest.mark.parametrize("looks", ["right", "code-5000"])
def test_a_refusal_of_a_free_id_is_a_refusal(client, service, code, looks):
    service.creates, service.looks = [f"refused-code-{code}"], [looks]

    with pytest.raises(kling.APIStatusError) as caught:
        client.create(REQUESTS["v1"], external_task_id=OWN_ID, reuse=True)

    assert (caught.value.code, caught.value.not_created) == (code, True)


def test_a_task_that_has_failed_is_returned_as_it_is(either_kling, kling_mock):
    client = either_kling(**KEY, transport=kling_mock.transport)
    kling_mock.plan("failed", message="Image pixel is invalid")
    first = client.create(REQUESTS["v1"], external_task_id=OWN_ID)
    control(kling_mock, "clock", {"advance": 3600})

    again = client.create(REQUESTS["v1"], external_task_id=OWN_ID, reuse=True)

    assert (again.id, again.status) == (first.id, "failed")
    with pytest.raises(kling.TaskFailedError):
        client.run(REQUESTS["v1"], external_task_id=OWN_ID, reuse=True)
    other = client.create(REQUESTS["v1"], external_task_id=kling.next_try(OWN_ID), reuse=True)
    assert (other.external_task_id, other.status) == ("job-17~2", "submitted")


@pytest.mark.parametrize(
    ("given", "following"),
    [
        ("job-17", "job-17~2"),
        ("job-17~2", "job-17~3"),
        ("job-17~9", "job-17~10"),
        ("a~b", "a~b~2"),
        ("a~", "a~~2"),
        ("a~02", "a~02~2"),
        ("a~2~3", "a~2~4"),
    ],
)
def test_the_next_try_has_an_id_of_its_own(given, following):
    assert kling.next_try(given) == following


# What recover takes.


@pytest.fixture
def lost(client, service, standard):
    """Return the error of a create whose task was not to be seen."""
    service.delay, service.creates = 60, ["timeout after"]
    with pytest.raises(kling.APITimeoutError) as caught:
        client.create(REQUESTS[standard], external_task_id=OWN_ID)
    service.clock.sleep(60)
    return caught.value


NAMES = {
    "v1": [models.TextToVideoRequest, "createTextToVideoTask"],
    "current": [models.Kling30TurboTextToVideoRequest, "createKling30TurboTextToVideoTask"],
    "path": ["/v1/videos/new-thing"],
    "solutions": ["/solutions/new-thing"],
}
FAMILIES = {
    "v1": "text_to_video",
    "current": "tasks",
    "path": "v1/videos/new-thing",
    "solutions": "solutions",
}


def test_recover_takes_an_error_a_ref_or_what_creates_and_an_id(client, service, standard, lost):
    [paid] = service.paid()
    family = FAMILIES[standard]
    ways = [(lost,), (f"{family}/{OWN_ID}",), (f" {family}/{paid.id}\n",)]
    ways += [(one, named) for one in NAMES[standard] for named in (OWN_ID, lost)]

    found = {client.recover(*way).ref for way in ways}

    assert found == {f"{family}/{paid.id}"}


@pytest.mark.parametrize(
    ("way", "kind"),
    [
        ((kling.APIError("no"),), ValueError),
        ((models.TextToVideoRequest, kling.APIError("no")), ValueError),
        (("text_to_video",), ValueError),
        (("tasks/a,b",), ValueError),
        ((models.TextToVideoRequest,), TypeError),
        (("createNothing", "job-17"), TypeError),
        (("getTasks", "job-17"), TypeError),
        (("createTextToSpeechTask", "job-17"), (TypeError, ValueError)),
    ],
    ids=str,
)
def test_what_names_no_task_is_refused(client, service, way, kind):
    with pytest.raises(kind):
        client.recover(*way)
    assert service.requests == []


def test_recover_by_a_ref_is_patient_and_takes_no_other_task(client, service, standard):
    service.delay, service.looks = 20, ["other", "right"]
    made = client.create(REQUESTS[standard], external_task_id=OWN_ID)

    assert client.recover(made.ref) == made
    with pytest.raises(kling.NotFoundError):
        client.recover(f"{FAMILIES[standard]}/job-18")


# Real programs, killed at every point.

PROGRAM = """
import sys
import time

import httpx
import kling
from kling import models

point, own_id = sys.argv[1:]


class Stopping(httpx.BaseTransport):
    def __init__(self):
        self.inner = httpx.HTTPTransport()

    def handle_request(self, request):
        if point == "unsent" or point == "looking" and request.method == "GET":
            stop()
        if point == "halfway":
            body, request.headers["content-length"] = request.content, "9999"
            request = httpx.Request("POST", request.url, headers=request.headers, stream=Half(body))
        response = self.inner.handle_request(request)
        if point == "answered":
            stop()
        response.read()
        if point == "read":
            stop()
        return response


class Half(httpx.SyncByteStream):
    def __init__(self, body):
        self.body = body

    def __iter__(self):
        yield self.body[:20]
        stop()


def stop(*_):
    print("here", flush=True)
    time.sleep(600)


request = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn")
with kling.Kling(transport=Stopping()) as client:
    client.run(request, external_task_id=own_id, reuse=True, on_update=stop)
"""
POINTS = ("unsent", "halfway", "answered", "read", "looking", "waiting")


@pytest.fixture(scope="module")
def far_mock(module_mock_process):
    return module_mock_process("--speed", "50").url


@pytest.mark.parametrize("point", POINTS)
def test_a_program_that_is_killed_and_runs_again_pays_once(far_mock, monkeypatch, point):
    own_id = f"{OWN_ID}-{point}"
    monkeypatch.setenv("KLING_API_KEY", KEY["api_key"])
    monkeypatch.setenv("KLING_BASE_URL", far_mock)
    plan = {"fault": "hang-up", "when": "after", "on": "create"}
    if point == "looking":
        httpx.post(f"{far_mock}/_mock/plan", json=plan).raise_for_status()

    command = [sys.executable, "-c", PROGRAM, point, own_id]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout.readline() == "here\n"
        program.kill()
    before = tasks_of(far_mock, own_id)
    with kling.Kling() as client:
        task = client.create(REQUESTS["v1"], external_task_id=own_id, reuse=True)
        again = client.create(REQUESTS["v1"], external_task_id=own_id, reuse=True)

    assert before == [] if point in ("unsent", "halfway") else before == [task.id]
    assert tasks_of(far_mock, own_id) == [task.id] == [again.id]


def tasks_of(url, own_id):
    found = httpx.get(f"{url}/_mock/state").raise_for_status().json()["tasks"]
    return [one["id"] for one in found if one["external_task_id"] == own_id]
