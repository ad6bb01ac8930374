from datetime import date
from urllib.parse import quote

import pytest
from kling.mock import KlingMock

TEXT = "/v1/videos/text2video"
IMAGE = "/v1/videos/image2video"
AVATAR = "/v1/videos/avatar/image2video"
BODIES = {
    TEXT: {"model_name": "kling-v3", "prompt": "A fox at dawn"},
    IMAGE: {"model_name": "kling-v3", "prompt": "A fox", "image": "https://e.org/a.png"},
    AVATAR: {"image": "https://e.org/a.png", "sound_file": "https://e.org/a.mp3"},
}
NEW_YEAR_2026 = 1767225600.0
JSON = {"content-type": "application/json"}


def create(ask, path=TEXT, **fields):
    reply = ask("POST", path, json=BODIES[path] | fields)
    assert reply.status_code == 200, reply.text
    return reply.json()["data"]


@pytest.mark.parametrize("path", BODIES)
def test_a_good_request_makes_a_task(ask, path):
    assert create(ask, path)["task_status"] == "submitted"


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/v1", "/v1/videos", "/v1/videos/text3video", f"/x{TEXT}"),
        *(f"https://kling-mock.invalid{path}" for path in (f"/{TEXT}", "//", f"/{TEXT}/")),
        *("/v1//videos/text2video", "/v1/videos//text2video", f"{TEXT}//", f"{TEXT}//1"),
    ],
)
def test_an_unknown_path_is_1203(ask, refused, path):
    refused(ask("GET", path), 404, 1203)


@pytest.mark.parametrize(
    ("method", "path"),
    [*((method, TEXT) for method in ("PUT", "DELETE", "PATCH", "OPTIONS")), ("POST", f"{TEXT}/1")],
)
def test_a_wrong_method_is_1202(ask, refused, method, path):
    refused(ask(method, path), 404, 1202)


def test_a_slash_at_the_end_is_taken(ask):
    made = ask("POST", f"{TEXT}/", json=BODIES[TEXT]).json()["data"]

    assert ask("GET", f"{TEXT}/{made['task_id']}/").json()["data"]["task_id"] == made["task_id"]
    assert len(ask("GET", f"{TEXT}/").json()["data"]) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"prompt=A+fox",
        b'{"prompt": "\xff"}',
        b'{"model_name": "kling-v3", "prompt": "x", "cfg_scale": NaN}',
        b'{"model_name": "kling-v3", "prompt": "x", "cfg_scale": Infinity}',
        b"[" * 100_000,
        b'{"cfg_scale": ' + b"9" * 10_000 + b"}",
    ],
    ids=["empty", "half", "form", "not-utf8", "nan", "infinity", "deep", "huge"],
)
def test_a_body_that_is_not_json_is_1200(ask, refused, content):
    refused(ask("POST", TEXT, content=content, headers=JSON), 400, 1200)


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b"null",
        b"7",
        b'"A fox"',
        b'{"prompt": "\\ud800"}',
        b'{"\\ud800": "A fox"}',
        b'{"cfg_scale": 1e999}',
    ],
    ids=["list", "null", "number", "text", "surrogate", "surrogate-as-name", "infinite"],
)
def test_json_that_is_no_request_is_1201(ask, refused, content):
    refused(ask("POST", TEXT, content=content, headers=JSON), 400, 1201)


def test_no_depth_of_json_breaks_the_mock(ask):
    def status(depth):
        content = b'{"prompt": ' + b"[" * depth + b"]" * depth + b"}"
        return ask("POST", TEXT, content=content, headers=JSON).status_code

    # Python's own limit is 1000 calls, of which some are used up already.
    depths = [100, 300, *range(850, 1000), 2000]
    assert {status(depth) for depth in depths} == {400}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"content-type": "text/plain"},
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-type": "application/jsonp"},
        {"content-type": ""},
    ],
)
def test_another_content_type_is_1200(ask, refused, headers):
    content = b'{"model_name": "kling-v3", "prompt": "x"}'

    said = refused(ask("POST", TEXT, content=content, headers=headers), 400, 1200)

    assert "application/json" in said


@pytest.mark.parametrize("value", ["application/json; charset=utf-8", "Application/JSON"])
def test_a_content_type_may_be_written_differently(ask, value):
    content = b'{"model_name": "kling-v3", "prompt": "x"}'

    assert ask("POST", TEXT, content=content, headers={"content-type": value}).status_code == 200


@pytest.mark.parametrize(
    ("path", "fields", "rule", "message"),
    [
        (TEXT, {"prompt": ""}, "text-to-video.prompt-required", "prompt must not be empty"),
        (TEXT, {"mode": "4K"}, "enum", 'mode must be one of "std", "pro", "4k", not "4K"'),
        (TEXT, {"duration": 99}, "type", "not a number"),
        (TEXT, {"durations": "5"}, "unknown-field", "did you mean duration?"),
        (TEXT, {"prompt": "x" * 2501}, "maxLength", "at most 2500 characters, not 2501"),
        (IMAGE, {"image": ""}, "image-to-video.image-required", "image or image_tail"),
        (AVATAR, {"audio_id": "1"}, "avatar.one-sound", "exactly one of audio_id and sound_file"),
    ],
)
def test_a_broken_rule_is_1201_with_its_message_and_its_id(
    ask, refused, path, fields, rule, message
):
    reply = ask("POST", path, json=BODIES[path] | fields)

    said = refused(reply, 400, 1201)

    assert reply.headers["x-kling-mock-rules"] == rule
    assert message in said


def test_all_broken_rules_are_named_once_each(ask, refused):
    body = {"model_name": "kling-v2-6", "prompt": "", "duration": "7", "x": 1, "y": 2}

    reply = ask("POST", TEXT, json=body)

    refused(reply, 400, 1201)
    assert reply.headers["x-kling-mock-rules"].split(", ") == [
        "unknown-field",
        "text-to-video.prompt-required",
        "text-to-video.duration-models",
    ]


def test_a_refused_request_makes_nothing(ask):
    ask("POST", TEXT, json={"prompt": "", "external_task_id": "order-1"})

    assert ask("GET", TEXT).json()["data"] == []
    assert create(ask, external_task_id="order-1")


RETIRED = [
    (TEXT, {"model_name": "kling-v1"}),
    (TEXT, {"model_name": "kling-v2-1-master"}),
    (TEXT, {}),
    (IMAGE, {"model_name": "kling-v1-5"}),
    (IMAGE, {"model_name": "kling-v2-1"}),
    (IMAGE, {}),
]


@pytest.mark.parametrize(("path", "model"), RETIRED)
def test_a_model_lives_until_the_day_of_its_retirement(ask_of, refused, path, model):
    body = {key: value for key, value in BODIES[path].items() if key != "model_name"} | model
    before, after = (
        ask_of(KlingMock(as_of=day, now=NEW_YEAR_2026))
        for day in (date(2026, 9, 14), date(2026, 9, 15))
    )

    assert before("POST", path, json=body).status_code == 200
    said = refused(after("POST", path, json=body), 404, 1203)

    name = model.get("model_name", "kling-v1")
    kling = f"The model '{name}' has been discontinued and is no longer available."
    assert said == f"{kling} (model_name {name} was retired on 2026-09-15)"


def test_without_a_day_the_clock_decides_at_midnight_utc(ask_of):
    mock = KlingMock(now=1789430399.0)  # 2026-09-14 23:59:59 UTC
    ask = ask_of(mock)

    assert ask("POST", TEXT, json={"prompt": "A fox"}).status_code == 200
    mock.clock.advance(1)
    assert ask("POST", TEXT, json={"prompt": "A fox"}).status_code == 404


@pytest.mark.parametrize(("path", "body"), BODIES.items())
def test_living_models_stay_after_it(ask_of, path, body):
    ask = ask_of(KlingMock(as_of=date(2026, 9, 15), now=NEW_YEAR_2026))

    assert ask("POST", path, json=body).status_code == 200


def test_a_broken_rule_counts_before_a_retired_model(ask_of, refused):
    ask = ask_of(KlingMock(as_of=date(2026, 9, 15), now=NEW_YEAR_2026))

    refused(ask("POST", TEXT, json={"model_name": "kling-v1", "prompt": ""}), 400, 1201)


@pytest.mark.parametrize("path", [TEXT, IMAGE])
def test_an_external_task_id_is_taken_once(ask, refused, path):
    create(ask, TEXT, external_task_id="order-1")

    said = refused(
        ask("POST", path, json=BODIES[path] | {"external_task_id": "order-1"}), 400, 1201
    )

    assert said == "External_task_id order-1 already exists"


def test_an_empty_external_task_id_is_none(ask):
    for _ in range(2):
        create(ask, external_task_id="")

    assert [one["task_info"] for one in ask("GET", TEXT).json()["data"]] == [{}, {}]


@pytest.mark.parametrize("task_id", ["1", "752604318974529999", "order-1", "%20", "%FF", "..."])
def test_an_unknown_task_is_1201(ask, refused, task_id):
    said = refused(ask("GET", f"{TEXT}/{task_id}"), 400, 1201)

    assert said.startswith("Task not found by id/external id: ")


def test_a_task_of_another_family_is_not_found(ask, refused):
    task = create(ask, TEXT, external_task_id="order-1")

    refused(ask("GET", f"{IMAGE}/{task['task_id']}"), 400, 1201)
    refused(ask("GET", f"{IMAGE}/order-1"), 400, 1201)
    assert ask("GET", f"{TEXT}/order-1").status_code == 200


@pytest.mark.parametrize(
    "own_id", ["order-1", "a/b", "a b", "100%", "%41", "ä+ö", "?a=1&b#c", "狐"]
)
def test_a_task_is_found_by_the_id_of_the_caller(ask, own_id):
    task = create(ask, external_task_id=own_id)

    found = ask("GET", f"{TEXT}/{quote(own_id, safe='')}").json()["data"]

    assert found["task_id"] == task["task_id"]
    assert found["task_info"] == {"external_task_id": own_id}


@pytest.mark.parametrize("name", ["pageNum", "pageSize"])
@pytest.mark.parametrize(
    "value", ["0", "-1", "1001", "x", "", " ", "1.5", "1e2", "1_0", "٣", "9" * 99]
)
def test_a_page_that_cannot_be_is_1200(ask, refused, name, value):
    said = refused(ask("GET", TEXT, params={name: value}), 400, 1200)

    assert name in said


@pytest.mark.parametrize(("name", "largest"), [("pageNum", 1000), ("pageSize", 500)])
def test_pages_have_limits(ask, refused, name, largest):
    assert ask("GET", TEXT, params={name: 1}).status_code == 200
    assert ask("GET", TEXT, params={name: largest}).status_code == 200
    said = refused(ask("GET", TEXT, params={name: largest + 1}), 400, 1200)

    assert f"from 1 to {largest}" in said


def test_a_parameter_that_is_given_twice_is_1200(ask, refused):
    refused(ask("GET", f"{TEXT}?pageNum=1&pageNum=2"), 400, 1200)


def test_a_parameter_that_is_not_known_is_ignored(ask):
    assert ask("GET", TEXT, params={"page": "x", "id": "1"}).status_code == 200


def test_pages_show_every_task_once_and_the_newest_first(ask, kling_mock):
    made = []
    for number in range(70):
        made.append(create(ask, TEXT)["task_id"])
        create(ask, IMAGE)
        kling_mock.clock.advance(number)

    pages = [
        [one["task_id"] for one in ask("GET", TEXT, params=page).json()["data"]]
        for page in ({}, {"pageNum": 2}, {"pageNum": 3}, {"pageNum": 4})
    ]
    sevens = [
        one["task_id"]
        for number in range(1, 11)
        for one in ask("GET", TEXT, params={"pageNum": number, "pageSize": 7}).json()["data"]
    ]

    assert [len(page) for page in pages] == [30, 30, 10, 0]
    assert [task_id for page in pages for task_id in page] == made[::-1]
    assert sevens == made[::-1]
    assert len(ask("GET", TEXT, params={"pageSize": 500}).json()["data"]) == 70


def test_a_list_shows_tasks_as_they_are_now(ask, kling_mock):
    create(ask)
    kling_mock.clock.advance(60)

    [task] = ask("GET", TEXT).json()["data"]

    assert task["task_status"] == "succeed"
    assert task["task_result"]["videos"][0]["url"]
