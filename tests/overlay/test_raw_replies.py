"""What came back: ids of requests, replies beside results, replies of errors, tasks as JSON."""

import json
import pickle

import httpx
import kling
import pytest
from kling import (
    APIStatusError,
    AsyncKling,
    AuthenticationError,
    ErrorResponse,
    InvalidRequestError,
    Kling,
    NotFoundError,
    RawResponse,
    Task,
    models,
)

REF = "text_to_video/752604318974529536"
REQUEST = models.TextToVideoRequest(
    model_name="kling-v3", prompt="A fox at dawn", external_task_id="order-1"
)
CURRENT = models.Kling30TurboTextToVideoRequest(prompt="A fox at dawn")
SOLUTION = models.VirtualTryOn30Request(
    contents=[
        models.TryOnProductContent(url="https://example.org/coat.png"),
        models.TryOnPersonContent(url="https://example.org/person.png"),
    ]
)
UNLISTED = kling.Unlisted("/v1/videos/new-thing", {"prompt": "A fox"})


# -------------------------------------------------------------------------- ids of requests


def test_a_task_has_the_id_of_its_request(either_kling, scripted, success):
    client = either_kling(api_key="k", transport=scripted(success()))

    assert client.create(REQUEST).request_id == "r-1"
    assert client.retrieve(REF).request_id == "r-1"
    assert client.recover(REF).request_id == "r-1"


def test_the_tasks_of_a_page_have_the_id_of_the_request_for_the_page(
    either_kling, scripted, success
):
    page = {**success(), "data": [success()["data"]]}
    client = either_kling(api_key="k", transport=scripted(page))

    assert [one.request_id for one in client.list(models.TextToVideoRequest)] == ["r-1"]


def test_the_id_is_no_part_of_what_a_task_is(scripted, success):
    other = {**success(), "request_id": "r-2"}
    client = Kling(api_key="k", transport=scripted(success(), other))

    first, second = client.retrieve(REF), client.retrieve(REF)

    assert (first.request_id, second.request_id) == ("r-1", "r-2")
    assert first == second
    assert hash(first) == hash(second)
    assert pickle.loads(pickle.dumps(first)).request_id == "r-1"


@pytest.mark.parametrize("said", [None, 7, "", "no id: it has spaces", "x" * 65])
def test_what_is_no_id_is_none(scripted, success, said):
    client = Kling(api_key="k", transport=scripted({**success(), "request_id": said}))

    assert client.retrieve(REF).request_id is None


# ------------------------------------------------------------------------ the reply of a call


def raw_of(client):
    """Return with_raw_response of either client, to be called without await."""
    if isinstance(client, Kling):
        return client.with_raw_response
    wrapped = type(client).__new__(type(client))
    wrapped._client = client._client.with_raw_response
    return wrapped


CALLS = {
    "create": lambda raw: raw.create(REQUEST, create_timeout=5),
    "retrieve": lambda raw: raw.retrieve(REF),
    "retrieve_all": lambda raw: raw.retrieve_all([REF]),
    "recover": lambda raw: raw.recover(models.TextToVideoRequest, "order-1"),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_call_is_had_with_its_reply(either_kling, scripted, success, call):
    body = success(external_task_id="order-1")

    def reply(request):
        return httpx.Response(200, json=body, headers={"X-Quota-Left": "7"})

    client = either_kling(api_key="k", transport=scripted(reply))

    found = call(raw_of(client))

    assert isinstance(found, RawResponse)
    assert (found.status_code, found.request_id) == (200, "r-1")
    assert found.headers["x-quota-left"] == "7"
    [task] = found.parsed if isinstance(found.parsed, list) else [found.parsed]
    assert task.ref == REF


def test_of_a_create_in_doubt_the_last_reply_is_had(either_kling, scripted, success):
    found = {**success(external_task_id="order-1"), "request_id": "r-2"}
    transport = scripted((502, "<html>bad gateway</html>"), found)

    reply = raw_of(either_kling(api_key="k", transport=transport)).create(REQUEST)

    assert (reply.status_code, reply.request_id) == (200, "r-2")


def test_options_of_a_call_and_of_a_client_count(scripted, success):
    transport = scripted(success())
    client = Kling(api_key="k", transport=transport).with_options(default_headers={"X-Team": "a"})

    client.with_raw_response.retrieve(REF, extra_query={"a": 1})

    assert transport.requests[0].headers["x-team"] == "a"
    assert transport.requests[0].url.params["a"] == "1"


def test_what_is_refused_is_the_same_error(either_kling, scripted, success):
    transport = scripted(success())
    refused = models.TextToVideoRequest(model_name="kling-v2-6", prompt="A fox", duration="7")

    with pytest.raises(InvalidRequestError):
        raw_of(either_kling(api_key="k", transport=transport)).create(refused)

    assert transport.requests == []


def test_where_nothing_is_asked_there_is_no_reply(scripted, success):
    with pytest.raises(ValueError, match="no reply"):
        Kling(api_key="k", transport=scripted(success())).with_raw_response.retrieve_all([])


def test_both_clients_have_the_same_raw_calls():
    calls = [
        {name for name in dir(one.with_raw_response) if not name.startswith("_")}
        for one in (Kling(api_key="k"), AsyncKling(api_key="k"))
    ]

    assert calls == [{*CALLS}, {*CALLS}]


# ------------------------------------------------------------------------ the reply of an error


def test_an_error_has_the_reply(either_kling, scripted):
    body = {"code": 1002, "message": "bad key", "request_id": "r-1"}

    def reply(request):
        return httpx.Response(401, json=body, headers={"Retry-After": "5", "X-Trace": "t"})

    with pytest.raises(AuthenticationError) as caught:
        either_kling(api_key="k", transport=scripted(reply)).retrieve(REF)

    response = caught.value.response
    assert isinstance(response, ErrorResponse)
    assert response.status_code == 401
    assert (response.headers["retry-after"], response.headers["x-trace"]) == ("5", "t")
    assert json.loads(response.body) == body
    assert pickle.loads(pickle.dumps(caught.value)).response == response


def test_a_gateway_s_page_can_be_read_there(scripted):
    page = f"<html><b>Blocked</b>\x1b[31m{'A' * 300}{'x y ' * 3000}</html>"

    with pytest.raises(APIStatusError) as caught:
        Kling(api_key="k", max_retries=0, transport=scripted((403, page))).retrieve(REF)

    body = caught.value.response.body
    assert body.startswith("<html><b>Blocked</b>")
    assert "\x1b" not in body
    assert "AAA" not in body
    assert len(body) < 2100


def test_a_success_that_cannot_be_read_has_its_reply(scripted):
    strange = (200, {"code": 0, "message": "", "data": {"of": "key-of-today"}})

    with pytest.raises(APIStatusError, match="cannot be read") as caught:
        Kling(api_key="key-of-today", transport=scripted(strange)).retrieve(REF)

    assert caught.value.response.status_code == 200
    assert '"of":"***"' in caught.value.response.body


def test_secrets_are_taken_out_of_it(either_kling, scripted):
    sent = {"X-Api-Token": "token-of-gateway", "X-Team": "trailers"}

    def echo(request):
        said = f"{dict(request.headers)} {request.url}"
        headers = {"X-Echo": said, "Set-Cookie": "session=s3cret-of-gateway"}
        return httpx.Response(403, json={"code": 1103, "message": said}, headers=headers)

    client = either_kling(
        api_key="key-of-kling",
        default_headers=sent,
        default_query={"api_key": "key-of-gateway"},
        transport=scripted(echo),
    )

    with pytest.raises(kling.PermissionDeniedError) as caught:
        client.retrieve(REF)

    known = f"{caught.value} {vars(caught.value)} {pickle.dumps(caught.value)!r}"
    assert "trailers" in known
    for secret in ("token-of-gateway", "key-of-kling", "key-of-gateway", "s3cret-of-gateway"):
        assert secret not in known, secret


def test_an_unknown_task_has_the_reply_that_says_so(either_kling, scripted):
    refused = (400, {"code": 1201, "message": "no such task", "request_id": "r-1"})

    with pytest.raises(NotFoundError) as caught:
        either_kling(api_key="k", transport=scripted(refused)).retrieve(REF)

    assert "no such task" in caught.value.response.body


def test_an_error_of_no_single_reply_has_none(scripted, success):
    other = success(task_id="1")

    with pytest.raises(NotFoundError) as caught:
        Kling(api_key="k", transport=scripted(other)).retrieve(REF)

    assert caught.value.response is None


# ------------------------------------------------------------------------------- tasks as JSON


@pytest.mark.parametrize(
    "request_", [REQUEST, CURRENT, SOLUTION, UNLISTED], ids=["v1", "current", "solution", "path"]
)
@pytest.mark.filterwarnings("ignore::kling.KlingWarning")
def test_a_task_can_be_kept_as_json(request_, kling_mock, scripted, success):
    if request_ is UNLISTED:
        client = Kling(api_key="k", transport=scripted(success(task_status="succeed")))
    else:
        client = Kling(transport=kling_mock.transport)
    task = client.run(request_)

    again = Task.from_dict(json.loads(json.dumps(task.to_dict())))

    assert again == task
    assert type(again.raw) is type(task.raw)
    for name in ("ref", "status", "outputs", "charges", "request_id", "external_task_id"):
        assert getattr(again, name) == getattr(task, name), name
    assert client.retrieve(again).ref == task.ref


def test_what_could_not_be_read_is_kept_too(scripted, success):
    odd = success(
        task_status="succeed", task_result={"videos": [{"id": "1", "url": 7}, "?"]}, new=1
    )
    task = Kling(api_key="k", transport=scripted(odd)).retrieve(REF)

    again = Task.from_dict(json.loads(json.dumps(task.to_dict())))

    assert again.raw["new"] == 1
    assert again.outputs == task.outputs
    assert again.raw["task_result"] == task.raw["task_result"]


def test_the_first_form_stays_readable():
    kept = {
        "format": 1,
        "ref": "text_to_video/7526",
        "family": "text_to_video",
        "request_id": "r-1",
        "reply": {
            "task_id": "7526",
            "task_status": "succeed",
            "task_result": {"videos": [{"id": "1", "url": "https://x.test/a.mp4"}]},
            "later": True,
        },
    }

    task = Task.from_dict(kept)

    assert (task.ref, task.status, task.request_id) == ("text_to_video/7526", "succeeded", "r-1")
    assert task.outputs[0].url == "https://x.test/a.mp4"
    assert task.to_dict() == kept


STRANGE = {
    "later": (
        {"format": 2},
        ValueError,
        "by a later version of kling-openapi: its format is 2",
    ),
    "no format": (
        {"task_id": "1"},
        ValueError,
        "does not come from Task.to_dict: its format is not a number",
    ),
    "true": ({"format": True}, ValueError, "its format is not a number"),
    "no reply": ({"format": 1, "family": "avatar"}, ValueError, "does not come from Task.to_dict"),
    "no task": ({"format": 1, "family": "a", "reply": {}}, ValueError, "does not come from"),
    "text": ('{"format": 1}', TypeError, "takes the dict that Task.to_dict returned, not str"),
}


@pytest.mark.parametrize(("kept", "kind", "told"), STRANGE.values(), ids=STRANGE)
def test_what_no_task_was_made_of_is_refused(kept, kind, told):
    with pytest.raises(kind, match=told):
        Task.from_dict(kept)
