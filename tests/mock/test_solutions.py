"""The products under /solutions over plain HTTP, as another language would use them."""

import json

import httpx
import jwt
import pytest
from kling.description import load
from kling.mock import KlingMock, Package

APPAREL = "/solutions/e-commerce/clothing_dupe"
GOODS = "/solutions/e-commerce/goods_studio"
COMMERCE = "/solutions/talking_agent"
SUBTITLES = "/solutions/drama_subtitle"
TRY_ON = "/solutions/virtual_try_on"
TURBO = "/text-to-video/kling-3.0-turbo"
NOWHERE = "http://127.0.0.1:9/"
START = 1772323200000
SPEC = load()
CREATES = {
    one.path: one
    for one in SPEC.operations.values()
    if one.task and SPEC.task_family(one) == "solutions"
}
# The name of the id in the reply of a create, the word for a success, and the types of outputs.
SHAPES = {
    APPAREL: ("id", "succeeded", ["product_image", "model_images", "product_video"]),
    GOODS: ("id", "succeeded", ["video"]),
    COMMERCE: ("id", "succeeded", ["video"]),
    SUBTITLES: ("id", "succeeded", ["subbed_video", "srt", "ass"]),
    TRY_ON: ("task_id", "succeed", ["image"]),
}
WATERMARKS = {
    **dict.fromkeys((GOODS, COMMERCE, TRY_ON), "watermark"),
    APPAREL: "watermark_info",
}
TOLD_AT_THE_END_ALONE = {SUBTITLES}


def body_of(path, **options):
    content = CREATES[path].node["requestBody"]["content"]["application/json"]
    return {**content["examples"]["minimal"]["value"], **({"options": options} if options else {})}


@pytest.fixture(params=CREATES)
def path(request):
    return request.param


def create(ask, path=TRY_ON, **options):
    return ask("POST", path, json=body_of(path, **options)).json()["data"]


def created_id(ask, path=TRY_ON, **options):
    return create(ask, path, **options)[SHAPES[path][0]]


def tasks(ask, **params):
    return ask("GET", "/solutions", params=params).json()["data"]


def search(ask, **body):
    return ask("POST", "/solutions", json=body).json()["data"]


def test_every_product_is_in_the_tables_of_this_file():
    assert CREATES.keys() == SHAPES.keys()


def test_a_task_is_made_and_read_in_the_spelling_of_its_page(ask, kling_mock, path):
    id_name, success, types = SHAPES[path]
    made = create(ask, path, external_task_id="coat-1")
    assert made.keys() == {id_name, "status", "create_time", "update_time", "external_id"}
    assert (made["status"], made["external_id"]) == ("submitted", "coat-1")
    kling_mock.clock.advance(3600)

    [task] = tasks(ask, task_ids=made[id_name])

    assert (task["id"], task["status"], task["message"]) == (made[id_name], success, "")
    assert [one["type"] for one in task["outputs"]] == types
    assert "billing" not in task  # no source states what it costs
    assert tasks(ask, external_task_ids="coat-1") == [task]


def test_every_output_leads_to_a_file(ask, kling_mock, path):
    made = created_id(ask, path)
    kling_mock.clock.advance(3600)
    [task] = tasks(ask, task_ids=made)

    with httpx.Client(transport=kling_mock.transport) as plain:
        for output in task["outputs"]:
            reply = plain.get(output["url"])
            assert reply.status_code == 200
            ending = output["url"].rpartition(".")[2]
            assert reply.headers["content-type"] == CONTENT_TYPES[ending]
            assert output.keys() - {"type", "url", "duration"} == set()
            if output["type"] in ("srt", "ass"):
                assert ending == output["type"]


CONTENT_TYPES = {
    "png": "image/png",
    "mp4": "video/mp4",
    "srt": "application/x-subrip",
    "ass": "text/x-ssa",
}


def test_a_copy_with_a_watermark_is_asked_for_under_the_name_of_the_page(ask, kling_mock, path):
    if path not in WATERMARKS:  # the page has no such option
        assert ask("POST", path, json=body_of(path, watermark={})).status_code == 400
        return
    made = created_id(ask, path, **{WATERMARKS[path]: {"enabled": True}})
    kling_mock.clock.advance(3600)

    [task] = tasks(ask, task_ids=made)
    assert all(one["watermark_url"] for one in task["outputs"])


@pytest.mark.parametrize(
    ("path", "settings", "shape"),
    [
        (COMMERCE, {"resolution": "720p"}, "720x1280-5s"),
        (COMMERCE, {"aspect_ratio": "16:9", "resolution": "1080p"}, "1920x1080-5s"),
        (COMMERCE, {"aspectRatio": "16:9", "resolution": "720p"}, "1280x720-5s"),
        (GOODS, {"aspect_ratio": "1:1", "resolution": "720p", "duration": 30}, "720x720-30s"),
        (APPAREL, {"aspect_ratio": "2:3", "resolution": "1080p"}, "1080x1620-5s"),
    ],
)
def test_a_video_is_as_it_was_asked_for(ask, kling_mock, path, settings, shape):
    body = body_of(path)
    made = ask("POST", path, json={**body, "settings": {**body.get("settings", {}), **settings}})
    assert made.status_code == 200
    kling_mock.clock.advance(3600)

    [task] = tasks(ask, task_ids=made.json()["data"]["id"])
    assert task["outputs"][-1]["url"].endswith(f"/video-{shape}.mp4")


def test_lenient_keeps_the_other_spelling_of_a_setting(ask_of):
    ask = ask_of(KlingMock(lenient=True))
    settings = {"bgmEnabled": True, "bgmLoud": True}

    reply = ask("POST", COMMERCE, json={**body_of(COMMERCE), "settings": settings})

    notes = reply.headers["x-kling-mock-notes"]
    assert "settings.bgmLoud is unknown and was ignored" in notes
    assert "bgmEnabled is unknown" not in notes
    assert "settings.bgmEnabled" in notes


def test_ids_that_are_not_known_are_left_out(ask):
    made = created_id(ask)

    assert [one["id"] for one in tasks(ask, task_ids=f"893605946402811985,{made}")] == [made]
    assert tasks(ask, task_ids="893605946402811985") == tasks(ask, external_task_ids="coat") == []


def test_exactly_one_kind_of_ids_is_taken(ask, refused):
    refused(ask("GET", "/solutions"), 400, 1201)

    both = {"task_ids": created_id(ask), "external_task_ids": "coat-1"}
    assert "not both" in refused(ask("GET", "/solutions", params=both), 400, 1201)


@pytest.mark.parametrize("name", ["task_ids", "external_task_ids"])
def test_more_than_20_ids_are_refused(ask, refused, name):
    ids = [str(n) for n in range(21)]

    refused(ask("GET", "/solutions", params={name: ",".join(ids)}), 400, 1201)
    assert tasks(ask, **{name: ",".join(ids[:20])}) == []


def test_tasks_of_solutions_and_all_others_are_shown_apart(ask):
    picture = created_id(ask, external_task_id="coat-1")
    body = {"prompt": "A fox", "options": {"external_task_id": "fox-1"}}
    video = ask("POST", TURBO, json=body).json()["data"]["id"]
    old = {"model_name": "kling-v3", "prompt": "A fox"}
    older = ask("POST", "/v1/videos/text2video", json=old).json()["data"]["task_id"]

    assert [one["id"] for one in search(ask)["result"]] == [picture]
    every = ask("POST", "/tasks", json={}).json()["data"]["result"]
    assert [one["id"] for one in every] == [older, video]
    assert tasks(ask, task_ids=video) == tasks(ask, external_task_ids="fox-1") == []
    for params in ({"task_ids": picture}, {"external_task_ids": "coat-1"}):
        assert ask("GET", "/tasks", params=params).json()["data"] == []


def test_a_list_goes_on_by_its_cursor_and_the_times_do_not_count_beside_it(ask):
    ids = [created_id(ask) for _ in range(5)][::-1]

    page = search(ask, limit=2, start_time=START - 1000, end_time=START + 1000)
    found = [*page["result"]]
    while page["has_more"]:
        assert page["count"] == 2
        page = search(ask, cursor=page["next_cursor"], limit=2, start_time=1, end_time=2)
        found += page["result"]
    assert [one["id"] for one in found] == ids
    assert search(ask, start_time=1, end_time=2) == {"count": 0, "has_more": False}


@pytest.mark.parametrize(("limit", "count"), [(0, 1), (-1, 1), (-(2**31), 1), (2, 2), (500, 3)])
def test_a_limit_of_0_and_less_counts_as_1(ask, limit, count):
    for _ in range(3):
        create(ask)

    assert search(ask, limit=limit)["count"] == count


def test_500_tasks_come_without_a_limit_and_more_cannot_be_had(ask, refused):
    for _ in range(501):
        create(ask)

    page = search(ask)
    assert (page["count"], page["has_more"]) == (500, True)
    assert search(ask, cursor=page["next_cursor"])["count"] == 1
    refused(ask("POST", "/solutions", json={"limit": 501}), 400, 1201)


def test_a_list_is_filtered_by_status_alone_in_either_spelling(ask, refused, kling_mock):
    kling_mock.plan("submitted", "failed")
    failed = created_id(ask)
    done = created_id(ask)
    kling_mock.clock.advance(600)
    new = created_id(ask)

    def found(*statuses):
        page = search(ask, filters=[{"key": "status", "values": list(statuses)}])
        return [one["id"] for one in page.get("result", [])]

    assert found("failed") == [failed]
    assert found("succeed") == found("succeeded") == [done]
    assert found("submitted", "failed") == [new, failed]
    assert found("processing") == []
    for wrong in ({"key": "product_type", "values": ["image"]}, {"key": "status", "values": ["x"]}):
        refused(ask("POST", "/solutions", json={"filters": [wrong]}), 400, 1201)


def test_a_cursor_of_another_list_is_refused(ask, refused):
    for path in (TRY_ON, TRY_ON):
        create(ask, path)
        ask("POST", TURBO, json={"prompt": "A fox"})
    own = search(ask, limit=1)["next_cursor"]
    other = ask("POST", "/tasks", json={"limit": 1}).json()["data"]["next_cursor"]

    assert search(ask, cursor=own)["count"] == 1
    refused(ask("POST", "/solutions", json={"cursor": other}), 400, 1201)
    refused(ask("POST", "/tasks", json={"cursor": own}), 400, 1201)


def test_an_external_id_is_used_once_in_all_standards(ask, refused):
    create(ask, external_task_id="coat-1")

    again = ask("POST", TRY_ON, json=body_of(TRY_ON, external_task_id="coat-1"))
    assert "already exists" in refused(again, 400, 1201)
    body = {"prompt": "A fox", "options": {"external_task_id": "coat-1"}}
    assert "already exists" in refused(ask("POST", TURBO, json=body), 400, 1201)


@pytest.mark.parametrize(
    ("method", "path"), [("POST", TRY_ON), ("GET", "/solutions?task_ids=1"), ("POST", "/solutions")]
)
def test_an_access_token_is_refused(ask, refused, method, path):
    claims = {"iss": "mock-access-key", "exp": START // 1000 + 1800, "nbf": START // 1000 - 5}
    token = jwt.encode(claims, "mock-secret-key-of-32-bytes-or-more")
    body = {} if method == "POST" else None

    refused(ask(method, path, authorization=f"Bearer {token}", json=body), 401, 1002)


def test_an_unknown_product_is_an_unknown_path_and_no_unknown_model(ask, refused):
    message = refused(ask("POST", "/solutions/nothing", json={}), 404, 1203)

    assert "/solutions/virtual_try_on" not in message


def test_callbacks_tell_the_bare_task_as_the_query_shows_it(ask_of, path):
    mock = KlingMock(now=START / 1000)
    ask = ask_of(mock)
    made = created_id(ask, path, callback_url=NOWHERE, external_task_id="coat-1")
    mock.clock.advance(3600)

    told = [json.loads(one.body) for one in mock.deliveries]
    statuses = ["submitted", "processing", SHAPES[path][1]]
    if path in TOLD_AT_THE_END_ALONE:
        statuses = statuses[-1:]
    assert [one["status"] for one in told] == statuses
    assert told[-1] == tasks(ask, task_ids=made)[0]


def test_a_task_that_fails_tells_it_and_why(ask, kling_mock, path):
    kling_mock.plan("submitted", "processing", "failed", message="Internal error")
    create(ask, path, callback_url=NOWHERE)
    kling_mock.clock.advance(3600)

    last = json.loads(kling_mock.deliveries[-1].body)
    assert (last["status"], last["message"]) == ("failed", "Internal error")
    assert last.get("outputs", []) == []


def test_a_task_occupies_a_slot_of_its_package(ask_of, refused, path):
    kind = CREATES[path].task["package"]
    mock = KlingMock(packages=[Package(kind, 1, 100)], now=START / 1000)
    ask = ask_of(mock)
    create(ask, path)

    refused(ask("POST", path, json=body_of(path)), 429, 1303)
    [slot] = mock.state()["slots"]
    assert (slot["package"], slot["used"]) == (kind, 1)


def test_the_state_shows_the_task_and_its_files(ask, kling_mock, path):
    made = created_id(ask, path, external_task_id="coat-1")
    kling_mock.clock.advance(3600)

    [task] = kling_mock.state()["tasks"]
    assert (task["id"], task["operation"]) == (made, CREATES[path].id)
    assert (task["external_task_id"], task["status"], task["model"]) == ("coat-1", "succeed", None)
    assert task["package"] == CREATES[path].task["package"]
    assert [one["kind"] for one in task["outputs"]] == SHAPES[path][2]
