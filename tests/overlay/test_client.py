import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from kling import (
    AsyncKling,
    InvalidRequestError,
    Kling,
    KlingWarning,
    NotFoundError,
    RateLimitError,
    TaskTimeoutError,
    models,
    validate,
    validate_body,
)
from kling_api.api.text_to_video import get_text_to_video_task, list_text_to_video_tasks

REQUEST = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn")
REFUSED = models.TextToVideoRequest(model_name="kling-v2-6", prompt="A fox", duration="7")
# kling-v3 and cfg_scale: sources dispute whether it is ignored.
ADVISED = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox", cfg_scale=0.5)


@pytest.fixture
def client(either_kling, kling_mock):
    return either_kling(transport=kling_mock.transport)


def test_a_new_task_is_submitted(client):
    task = client.create(REQUEST)

    assert (task.family, task.status, task.ended) == ("text_to_video", "submitted", False)
    assert task.ref == f"text_to_video/{task.id}"
    assert task.outputs == ()


@pytest.mark.parametrize(
    ("body", "family"),
    [
        (REQUEST, "text_to_video"),
        (
            models.ImageToVideoRequest(model_name="kling-v3", prompt="x", image="https://e.org/a"),
            "image_to_video",
        ),
        (
            models.AvatarRequest(image="https://e.org/a.png", sound_file="https://e.org/a.mp3"),
            "avatar",
        ),
    ],
    ids=["text_to_video", "image_to_video", "avatar"],
)
def test_every_request_goes_to_its_family(client, body, family):
    task = client.run(body)

    assert task.ref == f"{family}/{task.id}"
    assert task.status == "succeeded"


def test_a_task_is_found_again_by_itself_and_by_its_ref(client):
    task = client.create(REQUEST)

    assert client.retrieve(task).id == task.id
    assert client.retrieve(task.ref).id == task.id


@pytest.mark.parametrize("own_id", ["order-1", "a/b", "a b", "100%", "ä+ö", "?a=1&b#c", "a\\b"])
def test_a_task_is_found_by_the_id_of_the_caller(client, own_id):
    request = models.TextToVideoRequest(
        model_name="kling-v3", prompt="A fox", external_task_id=own_id
    )

    task = client.create(request)

    assert task.external_task_id == own_id
    assert client.retrieve(f"text_to_video/{own_id}").id == task.id


def test_an_unknown_task_is_not_found_and_named(client):
    with pytest.raises(NotFoundError, match="text_to_video/123") as caught:
        client.retrieve("text_to_video/123")

    assert (caught.value.code, caught.value.status_code) == (1201, 400)


def test_the_whole_road_takes_no_time(client, tmp_path):
    task = client.wait(client.create(REQUEST))
    paths = client.download(task, tmp_path)

    assert [path.name for path in paths] == [f"text_to_video-{task.id}.mp4"]
    assert paths[0].read_bytes()[4:8] == b"ftyp"


def test_run_creates_and_waits(client):
    task = client.run(REQUEST)

    assert task.status == "succeeded"
    assert task.outputs[0].kind == "video"
    assert task.outputs[0].duration == 5.041


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_path_before_v1_is_kept(scripted, success, slash):
    transport = scripted(success())
    client = Kling(api_key="k", base_url=f"https://www.kkiai.com/kling{slash}", transport=transport)

    client.retrieve(client.create(REQUEST))
    get_text_to_video_task.sync("1", client=client.raw)

    assert [str(request.url) for request in transport.requests] == [
        "https://www.kkiai.com/kling/v1/videos/text2video",
        "https://www.kkiai.com/kling/v1/videos/text2video/752604318974529536",
        "https://www.kkiai.com/kling/v1/videos/text2video/1",
    ]


def test_the_first_server_of_the_description_is_the_default(scripted, success):
    transport = scripted(success())

    Kling(api_key="k", transport=transport).create(REQUEST)

    assert transport.requests[0].url.host == "api-singapore.klingai.com"


def test_the_environment_can_name_the_server(scripted, success, monkeypatch):
    monkeypatch.setenv("KLING_BASE_URL", "https://of-the-environment.test")
    transport = scripted(success())

    Kling(api_key="k", transport=transport).create(REQUEST)
    Kling(api_key="k", transport=transport, base_url="https://argument.test").create(REQUEST)

    hosts = [request.url.host for request in transport.requests]
    assert hosts == ["of-the-environment.test", "argument.test"]


def test_a_line_end_after_the_server_of_the_environment_is_removed(scripted, success, monkeypatch):
    # As with keys: files of settings are often read with their line ends.
    monkeypatch.setenv("KLING_BASE_URL", "https://of-the-environment.test\r\n")
    transport = scripted(success())

    Kling(api_key="k", transport=transport).create(REQUEST)

    assert transport.requests[0].url.host == "of-the-environment.test"


@pytest.mark.parametrize("method", ["create", "run"])
def test_a_refused_request_is_not_sent(either_kling, scripted, success, method):
    transport = scripted(success())

    with pytest.raises(InvalidRequestError, match="duration"):
        getattr(either_kling(api_key="k", transport=transport), method)(REFUSED)

    assert transport.requests == []


def test_a_request_can_be_validated_without_a_client():
    assert validate(REQUEST) == []
    assert [problem.rule for problem in validate(REFUSED)] == ["text-to-video.duration-models"]


class TextToVideoRequest(models.TextToVideoRequest):
    """One of another client, or of a user."""


class AvatarsRequest:
    """A name that is nearly right."""


NO_REQUESTS = {
    "dict": (
        {"prompt": "A fox"},
        r"the name of the operation before a dict, .*models.TextToVideoRequest\(\*\*fields\)",
    ),
    "class": (models.AvatarRequest, r"an instance, models.AvatarRequest\(\.\.\.\), not the class$"),
    "other": (
        models.WatermarkInfo(enabled=True),
        "^WatermarkInfo is .* are, for example, .*; kling operations",
    ),
    "str": ("A fox", "^with the name of an operation, give the body too, .*; the body is missing"),
    "none": (None, "^NoneType is not a request .* are, for example, .*; kling operations"),
    "foreign": (TextToVideoRequest(prompt="x"), r"did you mean TextToVideoRequest\?$"),
    "near": (AvatarsRequest(), r"did you mean AvatarRequest\?$"),
}


@pytest.mark.parametrize(("wrong", "said"), NO_REQUESTS.values(), ids=NO_REQUESTS)
def test_what_is_no_request_is_a_type_error_that_says_what_to_do(scripted, success, wrong, said):
    transport = scripted(success())

    with pytest.raises(TypeError, match=said) as created:
        Kling(api_key="k", transport=transport).create(wrong)
    with pytest.raises(TypeError, match=said) as validated:
        validate(wrong)

    assert transport.requests == []
    assert max(len(str(one.value)) for one in (created, validated)) < 200


def test_a_body_that_is_a_model_is_a_type_error_that_says_what_to_do():
    with pytest.raises(TypeError, match=r"use kling\.validate .*to_dict\(\)"):
        validate_body("createTextToVideoTask", REQUEST)


def test_an_operation_without_a_body_is_an_error_that_is_no_wall():
    with pytest.raises(ValueError, match=r"family text2video; did you mean text_to_video\?$"):
        validate_body("text2video", {})
    with pytest.raises(ValueError, match="; kling operations lists all names") as caught:
        validate_body("nonsense", {})
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize("name", ["TextToVideoRequest", "text_to_video", "text-to-video"])
def test_a_body_may_be_for_a_request_or_for_the_create_of_a_family(name):
    [problem] = validate_body(name, {"prompt": "A fox", "model_name": "kling-v3", "durtion": "5"})

    assert problem.field == "durtion"


def test_a_family_means_its_create_of_a_task_before_others_that_take_a_body():
    [unknown] = validate_body("custom_voice", {"voice_id": "1", "voice_name": "Ann"})[:1]

    assert (unknown.field, unknown.rule) == ("voice_id", "unknown-field")


def test_a_name_that_may_mean_several_operations_lists_them():
    told = r"may mean createBasicElement or deleteBasicElement; use one of these names$"
    with pytest.raises(ValueError, match=told):
        validate_body("basic_element", {})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("watermark_info", {"enabled": True}),
        ("camera_control", {"type": "down_back"}),
        ("multi_prompt", [{"index": 1, "prompt": "x", "duration": "5"}]),
    ],
)
def test_a_dict_where_a_model_belongs_is_explained(scripted, success, field, value):
    request = models.TextToVideoRequest(model_name="kling-v3", prompt="x", **{field: value})

    with pytest.raises(TypeError, match=r"TextToVideoRequest.*model"):
        Kling(api_key="k", transport=scripted(success())).create(request)


@pytest.mark.parametrize(
    "ref", ["", "752604318974529536", "text_to_video", "text_to_video/", "/1", "video/1"]
)
@pytest.mark.parametrize("method", ["retrieve", "wait"])
def test_a_wrong_ref_is_a_value_error_that_shows_a_right_one(scripted, success, method, ref):
    transport = scripted(success())

    with pytest.raises(ValueError, match=r"as in text_to_video/[0-9]+; for a path"):
        getattr(Kling(api_key="k", transport=transport), method)(ref)

    assert transport.requests == []


@pytest.mark.parametrize("ref", [752604318974529536, None, b"text_to_video/1"])
def test_a_ref_that_is_no_text_is_a_type_error(scripted, success, ref):
    with pytest.raises(TypeError, match="ref"):
        Kling(api_key="k", transport=scripted(success())).retrieve(ref)


@pytest.mark.parametrize("method", ["create", "run"])
def test_advice_points_at_the_line_of_the_caller(scripted, success, method):
    client = Kling(api_key="k", transport=scripted(success(task_status="succeed")))

    with pytest.warns(
        KlingWarning, match=r"cfg_scale .*\[text-to-video.cfg-scale-on-kling-v3\]"
    ) as w:
        getattr(client, method)(ADVISED)

    assert [warning.filename for warning in w] == [__file__]


def test_advice_points_at_the_line_of_an_async_caller(scripted, success):
    async def main():
        client = AsyncKling(api_key="k", transport=scripted(success(task_status="succeed")))
        await client.create(ADVISED)
        await client.run(ADVISED)

    with pytest.warns(KlingWarning) as warned:
        asyncio.run(main())

    assert [warning.filename for warning in warned] == [__file__, __file__]


def test_advice_that_is_made_an_error_keeps_a_request_from_being_sent(scripted, success):
    transport = scripted(success())

    # Warnings are errors here.
    with pytest.raises(KlingWarning):
        Kling(api_key="k", transport=transport).create(ADVISED)

    assert transport.requests == []


def test_a_field_that_is_not_known_yet_is_sent_with_a_warning(either_kling, scripted, success):
    transport = scripted(success())
    client = either_kling(api_key="k", transport=transport)

    with pytest.warns(KlingWarning, match="seed is not a field") as warned:
        client.create(REQUEST, extra={"seed": 7, "prompt": "A hare at dawn"})

    assert len(warned) == 1
    sent = json.loads(transport.requests[0].content)
    assert sent.pop("external_task_id")
    assert sent == {"model_name": "kling-v3", "prompt": "A hare at dawn", "seed": 7}
    assert REQUEST.prompt == "A fox at dawn"


def test_tasks_are_listed_newest_first_over_all_pages(client):
    made = [client.create(REQUEST).id for _ in range(70)]

    for page_size in (7, 30, 100):
        listed = client.list(models.TextToVideoRequest, page_size=page_size)
        assert [task.id for task in listed] == made[::-1]
    assert list(client.list(models.AvatarRequest)) == []


def test_a_task_that_is_made_meanwhile_shows_no_other_twice(kling_mock):
    client = Kling(transport=kling_mock.transport)
    made = [client.create(REQUEST).id for _ in range(20)]

    listed = []
    for task in client.list(models.TextToVideoRequest, page_size=5):
        listed.append(task.id)
        client.create(REQUEST)

    assert listed == made[::-1]


def test_a_host_that_knows_no_pages_is_not_asked_for_ever(either_kling, scripted, success):
    page = {**success(), "data": [success()["data"]]}
    # Kling itself has no more than 1000 pages.
    enough = AssertionError("asks without an end")
    client = either_kling(api_key="k", transport=scripted(*[page] * 1000, enough))

    assert len(list(client.list(models.TextToVideoRequest, page_size=1))) == 1


def test_only_requests_have_lists(client):
    with pytest.raises(TypeError, match="WatermarkInfo is not a request"):
        list(client.list(models.WatermarkInfo))


def test_a_page_of_an_impossible_size_is_an_error(client):
    with pytest.raises(ValueError, match=r"pageSize must be .* 1 to 500"):
        list(client.list(models.TextToVideoRequest, page_size=501))


def test_the_raw_client_has_the_credentials(kling_mock):
    client = Kling(transport=kling_mock.transport)
    task = client.create(REQUEST)

    reply = list_text_to_video_tasks.sync(client=client.raw)

    assert [one.task_id for one in reply.data] == [task.id]


def test_the_raw_client_has_the_credentials_with_await(kling_mock):
    async def main():
        client = AsyncKling(transport=kling_mock.transport)
        task = await client.create(REQUEST)
        return task, await list_text_to_video_tasks.asyncio(client=client.raw)

    task, reply = asyncio.run(main())

    assert [one.task_id for one in reply.data] == [task.id]


def test_the_raw_client_is_not_sent_out_without_credentials():
    # The functions of the other kind would make a client of their own, with no key and no timeout.
    options = {"api_key": "k", "base_url": "http://127.0.0.1:9"}

    with pytest.raises((RuntimeError, TypeError), match="AsyncKling"):
        asyncio.run(get_text_to_video_task.asyncio("1", client=Kling(**options).raw))
    with pytest.raises((RuntimeError, TypeError), match="Kling"):
        get_text_to_video_task.sync("1", client=AsyncKling(**options).raw)


def test_the_raw_client_raises_the_errors_of_this_package(scripted):
    refusal = (429, {"code": 1302, "message": "slow down", "request_id": "r-1"})
    client = Kling(api_key="k", transport=scripted(refusal))

    with pytest.raises(RateLimitError, match="slow down"):
        get_text_to_video_task.sync("1", client=client.raw)


def test_closing_a_client_leaves_a_given_transport_open(scripted, success):
    transport = scripted(success())

    with Kling(api_key="k", transport=transport) as client:
        client.create(REQUEST)
    Kling(api_key="k", transport=transport).close()

    assert not transport.closed
    assert Kling(api_key="k", transport=transport).create(REQUEST).status == "submitted"


def test_closing_a_client_closes_its_own_connections():
    with Kling(api_key="k") as client:
        assert not client.raw.get_httpx_client().is_closed

    assert client.raw.get_httpx_client().is_closed


def test_no_request_may_hang_for_ever():
    with Kling(api_key="k") as client:
        timeout = client.raw.get_httpx_client().timeout

    assert None not in timeout.as_dict().values()


def test_the_timeout_of_a_request_can_be_chosen():
    with Kling(api_key="k", timeout=7) as client:
        assert client.raw.get_httpx_client().timeout == httpx.Timeout(7)


def test_a_client_can_be_shared_between_threads(client, tmp_path):
    def work(number):
        own_id = f"order-{number}"
        request = models.TextToVideoRequest(
            model_name="kling-v3", prompt="A fox", external_task_id=own_id
        )
        # Whenever one thread sleeps, the clock of the mock moves on for all of them.
        task = client.run(request, timeout=1e6)
        assert task.external_task_id == own_id
        return client.download(task, tmp_path)[0]

    with ThreadPoolExecutor(8) as pool:
        paths = list(pool.map(work, range(40)))

    assert len(set(paths)) == 40
    assert {path.stat().st_size for path in paths} == {paths[0].stat().st_size}


def test_a_client_is_described_by_its_server(scripted):
    client = Kling(api_key="k", base_url="https://api.test/kling", transport=scripted({}))

    assert repr(client) == "<Kling https://api.test/kling/>"


def test_changes_of_the_raw_client_stay_its_own(scripted, success, tmp_path):
    result = {"videos": [{"url": "https://media.test/a"}]}
    transport = scripted(
        {"code": 0, "data": []},
        success(task_status="succeed", task_result=result),
        lambda request: httpx.Response(200, content=b"video"),
    )
    client = Kling(api_key="k", transport=transport)
    list_text_to_video_tasks.sync(client=client.raw)

    client.raw.with_headers({"X-Secret": "s3cret"}).with_cookies({"session": "s3cret"})
    client.download("text_to_video/752604318974529536", tmp_path)

    assert [one for one in transport.requests if "s3cret" in str(one.headers.raw)] == []


WRONG = {
    "text": ({"timeout": "60"}, "timeout must be a number of seconds or an httpx.Timeout, not str"),
    "none": (
        {"timeout": None},
        "timeout must be a number of seconds or an httpx.Timeout, not NoneType",
    ),
    "negative": ({"timeout": -5}, "timeout must be more than 0 seconds, not -5"),
    "zero": ({"timeout": 0}, "timeout .* not 0"),
    "nan": ({"timeout": float("nan")}, "timeout .* not nan"),
    "endless": ({"timeout": float("inf")}, "timeout .* not inf"),
    "object": ({"transport": object()}, "transport .* not object"),
    "class": ({"transport": httpx.MockTransport}, "transport .* not the class MockTransport"),
}


@pytest.mark.parametrize("which", [Kling, AsyncKling])
@pytest.mark.parametrize(("options", "told"), WRONG.values(), ids=WRONG)
def test_a_client_is_not_made_with_what_it_cannot_send_with(which, options, told):
    with pytest.raises((TypeError, ValueError), match=f"^{told}$|^{told}"):
        which(api_key="k", **options)


@pytest.mark.parametrize(
    ("which", "transport"),
    [(Kling, httpx.AsyncHTTPTransport()), (AsyncKling, httpx.HTTPTransport())],
    ids=["sync", "async"],
)
def test_a_client_is_not_made_with_a_transport_of_the_other_kind(which, transport):
    with pytest.raises(TypeError, match=f"not {type(transport).__name__}"):
        which(api_key="k", transport=transport)


@pytest.mark.parametrize("is_set", [False, True], ids=["argument", "environment"])
@pytest.mark.parametrize("which", [Kling, AsyncKling])
@pytest.mark.parametrize(
    ("base_url", "told"),
    [
        ("http://host.test/?q=1", "must not contain [?] or #"),
        ("http://host.test?", "must not contain [?] or #"),
        ("http://host.test/#top", "must not contain [?] or #"),
        ("http://host.test:99999", "must have a port from 1 to 65535, not 99999"),
        ("http://host.test:0", "must have a port from 1 to 65535, not 0"),
    ],
)
def test_a_base_url_that_leads_nowhere_is_refused(monkeypatch, which, base_url, told, is_set):
    if is_set:
        monkeypatch.setenv("KLING_BASE_URL", base_url)

    with pytest.raises(ValueError, match=f"^the base URL {told}"):
        which(api_key="k", base_url=None if is_set else base_url)


def test_a_ref_may_be_a_line_of_a_file(client, tmp_path):
    task = client.create(REQUEST)
    line = f" {task.ref}\r\n"

    assert client.retrieve(line).ref == task.ref
    assert [one.ref for one in client.retrieve_all([line, task])] == [task.ref] * 2
    with pytest.raises(TaskTimeoutError):
        client.wait_all([line], timeout={line: 0})
    assert client.wait(line).ref == task.ref
    assert [one.ref for one in client.wait_all([line])] == [task.ref]
    assert len(client.download_all([line], tmp_path)) == 1
    with pytest.raises(NotFoundError) as caught:
        client.wait("text_to_video/123\n")
    assert "\n" not in str(caught.value)
