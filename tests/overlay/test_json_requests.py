"""Requests as JSON: by the name of an operation and a body, with the same rules and safety."""

import copy
import json

import kling
import pytest
from kling import BadRequestError, InvalidRequestError, Kling, KlingWarning, Task, Unlisted, models
from kling.description import load

BODY = {"model_name": "kling-v3", "prompt": "A fox at dawn"}
REQUEST = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn")
NAMES = ["createTextToVideoTask", "TextToVideoRequest", "text_to_video", "text-to-video"]
CREATES = [one for one in load().operations.values() if one.task]
# A session, in which something was selected.
NEEDS_SOMETHING_EARLIER = {"createMultiElementsTask"}
# Their requests are the same.
SHARING = {"createMultiElementsSelectionPreview", "deleteMultiElementsSelection"}
REF = "text_to_video/752604318974529536"


def example(operation):
    content = operation.node["requestBody"]["content"]["application/json"]
    return content["examples"]["minimal"]["value"]


@pytest.mark.parametrize("name", NAMES)
def test_an_operation_by_any_of_its_names_takes_a_body(either_kling, scripted, success, name):
    transport, given = scripted(success()), copy.deepcopy(BODY)

    task = either_kling(api_key="k", transport=transport).create(name, given)

    [sent] = transport.requests
    body = json.loads(sent.content)
    assert body.pop("external_task_id").startswith("kling-")
    assert (sent.method, sent.url.path, body) == ("POST", "/v1/videos/text2video", BODY)
    assert task.ref == REF
    assert given == BODY


@pytest.mark.parametrize("operation", CREATES, ids=lambda one: one.id)
@pytest.mark.filterwarnings("ignore::kling.KlingWarning")
def test_every_create_makes_a_task_that_can_be_kept(kling_mock, operation):
    client, body = Kling(transport=kling_mock.transport), example(operation)
    if operation.id in NEEDS_SOMETHING_EARLIER:
        with pytest.raises(BadRequestError):
            client.create(operation.id, body)
        return

    task = client.create(operation.id, body)

    assert Task.from_dict(json.loads(json.dumps(task.to_dict()))) == task


def test_what_breaks_rules_is_not_sent(either_kling, scripted, success):
    transport = scripted(success())
    client = either_kling(api_key="k", transport=transport)
    wrong = {"model_name": "kling-v2-6", "prompt": "A fox", "duration": "7"}

    for call in (client.create, client.run):
        with pytest.raises(InvalidRequestError) as caught:
            call("text_to_video", wrong)
        assert [one.rule for one in caught.value.problems] == ["text-to-video.duration-models"]

    with pytest.raises(InvalidRequestError, match="promt"):
        client.create("text_to_video", {**BODY, "promt": "A fox"})
    assert transport.requests == []


def test_values_are_read_as_kling_reads_them(scripted, success):
    transport = scripted(success())

    with pytest.warns(KlingWarning, match="duration"):
        Kling(api_key="k", transport=transport).create("text_to_video", {**BODY, "duration": 5})

    assert json.loads(transport.requests[0].content)["duration"] == "5"


def test_a_create_of_json_is_as_safe(either_kling, scripted, success):
    found = success(external_task_id="order-1")
    transport = scripted((502, "<html>bad gateway</html>"), found)
    client = either_kling(api_key="k", transport=transport)

    task = client.create("text_to_video", BODY, external_task_id="order-1", allow=())

    assert task.external_task_id in ("order-1", None)
    assert [one.method for one in transport.requests] == ["POST", "GET"]
    assert json.loads(transport.requests[0].content)["external_task_id"] == "order-1"


def test_it_can_be_run(either_kling, kling_mock):
    task = either_kling(transport=kling_mock.transport).run("text_to_video", BODY, timeout=600)

    assert task.status == "succeeded"


@pytest.mark.filterwarnings("ignore::kling.KlingWarning")
def test_a_path_with_a_body_is_an_unlisted(either_kling, scripted, success):
    transport = scripted(success())

    task = either_kling(api_key="k", transport=transport).create("/v1/videos/new-thing", BODY)

    assert transport.requests[0].url.path == "/v1/videos/new-thing"
    assert task.ref == "v1/videos/new-thing/752604318974529536"


def test_a_reply_is_had_with_it(scripted, success):
    client = Kling(api_key="k", transport=scripted(success()))

    assert client.with_raw_response.create("text_to_video", BODY).parsed.ref == REF


WRONG = {
    "name": (("text_to_vidoe", BODY), ValueError, "did you mean text_to_video"),
    "no create": (("getTextToVideoTask", BODY), ValueError, "creates no task"),
    "no body": (("text_to_video",), TypeError, "give the body too, .*; the body is missing"),
    "text": (("text_to_video", "{}"), TypeError, "give the body too, .*; this body is of type str"),
    "request": (
        ("text_to_video", REQUEST),
        TypeError,
        "give the body too, .*; this body is of type TextToVideoRequest",
    ),
    "two bodies": ((REQUEST, BODY), TypeError, "a request already contains its body"),
    "dict": ((BODY,), TypeError, "put the name of the operation before a dict"),
    "class": ((models.TextToVideoRequest, BODY), TypeError, "a body needs the name"),
}


@pytest.mark.parametrize(("given", "kind", "told"), WRONG.values(), ids=WRONG)
def test_what_is_no_request_is_said(either_kling, scripted, success, given, kind, told):
    transport = scripted(success())
    client = either_kling(api_key="k", transport=transport)

    for call in (client.create, client.run, kling.validate):
        if call is kling.validate and given[0] == "getTextToVideoTask":
            told = "takes no body"
        with pytest.raises(kind, match=told) as caught:
            call(*given)
        assert "A fox" not in str(caught.value)

    assert transport.requests == []


# ---------------------------------------------------------------------------- checks and lists


def test_a_body_is_checked_as_its_request_is():
    wrong = {"model_name": "kling-v2-6", "prompt": "A fox", "duration": "7"}

    found = kling.validate("text-to-video", wrong)

    assert [one.rule for one in found] == ["text-to-video.duration-models"]
    assert found == kling.validate(models.TextToVideoRequest(**wrong))
    assert found == kling.validate_body("createTextToVideoTask", wrong)


def test_a_rule_may_be_overruled_there_too():
    wrong = {"model_name": "kling-v2-6", "prompt": "A fox", "duration": "7"}

    with pytest.warns(KlingWarning, match="duration"):
        found = kling.validate("text_to_video", wrong, allow={"text-to-video.duration-models"})

    assert found == []


@pytest.mark.parametrize("name", [*NAMES, "listTextToVideoTasks", "getTextToVideoTask"])
def test_tasks_are_listed_by_a_name(either_kling, scripted, success, name):
    transport = scripted({**success(), "data": [success()["data"]]})

    tasks = list(either_kling(api_key="k", transport=transport).list(name, page_size=5))

    assert [one.ref for one in tasks] == [REF]
    assert transport.requests[0].url.path == "/v1/videos/text2video"
    assert transport.requests[0].url.params["pageSize"] == "5"


def test_tasks_of_the_current_standard_are_listed_by_a_name(kling_mock):
    client = Kling(transport=kling_mock.transport)
    made = client.create("kling_30_turbo_text_to_video", {"prompt": "A fox at dawn"})

    by_class = list(client.list(models.Kling30TurboTextToVideoRequest))

    assert [one.ref for one in client.list("kling_30_turbo_text_to_video")] == [made.ref]
    assert by_class[0].ref == made.ref


@pytest.mark.parametrize("name", ["listTasks", "tasks", "ListTasksRequest"])
def test_a_search_takes_a_body(either_kling, kling_mock, name):
    client = either_kling(transport=kling_mock.transport)
    made = [client.create("text_to_video", BODY).id for _ in range(3)]
    failed = {"filters": [{"key": "status", "values": ["failed"]}]}

    assert {one.id for one in client.list(name)} == {*made}
    assert {one.id for one in client.list(name, {"limit": 1})} == {*made}
    assert list(client.list(name, failed)) == []
    with pytest.raises(InvalidRequestError):
        list(client.list(name, {"limit": 0}))


@pytest.mark.parametrize(
    ("given", "kind", "told"),
    [
        (("text_to_vidoe",), ValueError, "did you mean text_to_video"),
        (("account_costs",), ValueError, "does not belong to a family that has tasks"),
        (("text_to_video", {}), TypeError, "only a search, such as listTasks, takes a body"),
        (
            (models.TextToVideoRequest, {}),
            TypeError,
            "only a search, such as listTasks, takes a body",
        ),
    ],
)
def test_what_cannot_be_listed_is_said_at_once(scripted, success, given, kind, told):
    with pytest.raises(kind, match=told):
        Kling(api_key="k", transport=scripted(success())).list(*given)


# --------------------------------------------------------------------------------------- look-ups


@pytest.mark.parametrize("name", NAMES)
def test_a_request_class_is_found_by_any_name(name):
    assert kling.request_class(name) is models.TextToVideoRequest


@pytest.mark.parametrize(
    "operation",
    [one for one in load().operations.values() if one.request],
    ids=lambda one: one.id,
)
def test_a_request_class_and_its_operation_lead_to_each_other(operation):
    found = kling.request_class(operation.id)

    assert found.__name__ == operation.request
    if operation.id in SHARING:
        with pytest.raises(ValueError, match=r"may mean .* or .*; use one of these names"):
            kling.operation_of(found)
        return
    assert kling.operation_of(found) == operation.id
    body = example(operation)
    assert kling.operation_of(found.from_dict(body)) == operation.id


@pytest.mark.filterwarnings("ignore::kling.KlingWarning")
def test_the_name_of_an_unlisted_is_its_path(scripted, success):
    request = Unlisted("/v1/videos/new-thing", BODY)
    client = Kling(api_key="k", transport=scripted(success()))

    assert kling.operation_of(request) == "/v1/videos/new-thing"
    task = client.create(kling.operation_of(request), request.to_dict())
    assert task.family == "v1/videos/new-thing"


def test_what_has_no_class_and_no_operation_is_said():
    with pytest.raises(ValueError, match="did you mean text_to_video"):
        kling.request_class("text_to_vidoe")
    with pytest.raises(ValueError, match="takes no body"):
        kling.request_class("getTextToVideoTask")
    with pytest.raises(TypeError, match="Shot is not a request"):
        kling.operation_of(models.Shot)
    with pytest.raises(TypeError, match="dict is not a request"):
        kling.operation_of(BODY)
