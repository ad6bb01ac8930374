"""Kling's words first, and the mock's explanation behind them."""

from datetime import date

import pytest
from kling import description
from kling.description import Message
from kling.mock import KlingMock, Package

TEXT = "/v1/videos/text2video"
BODY = {"model_name": "kling-v3", "prompt": "A fox at dawn"}
OMNI = {
    "contents": [{"type": "prompt", "text": "A heron lifts off a pond"}],
    "settings": {"aspect_ratio": "16:9", "resolution": "720p", "duration": 5},
}
IMAGE = {"image": "https://e.org/a.png", "prompt": "A fox", "mode": "pro"}
MOTION = {
    "image_url": "https://e.org/a.png",
    "video_url": "https://e.org/a.mp4",
    "mode": "std",
    "character_orientation": "video",
}
LIPS = {"mode": "text2video", "video_id": "1", "text": "Hello", "voice_id": "oversea_male1"}
ELEMENT = {"element_name": "Fox", "element_description": "A fox"}


def without(body, *names):
    return {name: value for name, value in body.items() if name not in names}


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("/v1/videos/motion-control", without(MOTION, "video_url"), "videoUrl: must not be blank"),
        ("/v1/videos/motion-control", without(MOTION, "mode"), "video mode must be specified"),
        (
            "/v1/videos/motion-control",
            without(MOTION, "character_orientation"),
            "character orientation must be specified",
        ),
        ("/v1/videos/lip-sync", {"input": without(LIPS, "mode")}, "input.mode: must not be null"),
        (
            "/v1/videos/lip-sync",
            {"input": LIPS | {"mode": "x"}},
            "input.mode value 'x' is invalid, allowed values: text2video, audio2video",
        ),
        (
            "/v1/videos/lip-sync",
            {"input": without(LIPS, "video_id")},
            "video_id or video_url is required",
        ),
        ("/v1/videos/lip-sync", {"input": without(LIPS, "text")}, "text is required"),
        (
            "/v1/videos/lip-sync",
            {"input": LIPS | {"voice_speed": 3}},
            "input.voiceSpeed: must be less than or equal to 2.0",
        ),
        (
            "/v1/general/advanced-custom-elements",
            ELEMENT | {"reference_type": "image_refer"},
            "Missing element frontal image",
        ),
        (
            "/v1/general/advanced-custom-elements",
            ELEMENT | {"reference_type": "video_refer", "element_video_list": {"refer_videos": []}},
            "The number of element videos must be 1",
        ),
        (
            TEXT,
            BODY | {"model_name": "kling-v1-6", "camera_control": {"type": "down_back"}},
            "camera_control is only supported in std mode with 5s duration and kling-v1",
        ),
        (
            "/v1/videos/image2video",
            IMAGE
            | {"model_name": "kling-v2-6", "mode": "std", "image_tail": "https://e.org/b.png"},
            "model/mode/duration(kling-v2-6/std/5) is not supported with image_tail",
        ),
        (
            "/omni-video/kling-3.0-omni",
            OMNI | {"settings": {"aspect_ratio": "16:9", "resolution": "480p"}},
            "video resolution value '480p' is invalid",
        ),
        (
            "/omni-video/kling-3.0-omni",
            OMNI | {"settings": {"aspect_ratio": "16:9", "audio": "loud"}},
            "settings.audio value 'loud' is invalid, allowed values: native, off, original",
        ),
        ("/omni-video/kling-3.0-omni", OMNI | {"contents": []}, "contents cannot be empty"),
    ],
)
def test_a_broken_rule_has_klings_words_and_ours(ask_of, refused, path, body, said):
    reply = ask_of(KlingMock(as_of=date(2026, 8, 1)))("POST", path, json=body)

    message = refused(reply, 400, 1201)
    assert message.startswith(f"{said} (")
    rule = reply.headers["x-kling-mock-rules"].split(", ")[0]
    # Our words name the rule that is broken; a keyword of JSON Schema they say in a sentence.
    assert message.endswith(f"[{rule}])") if "." in rule else message.endswith(".)")


@pytest.mark.parametrize("fields", [{"seed": 7}, {"prompt": ""}, {"negative_prompt": [3]}])
def test_without_words_of_klings_there_are_ours_alone(ask, refused, fields):
    message = refused(ask("POST", TEXT, json=BODY | fields), 400, 1201)

    assert message.startswith(next(iter(fields)))


def test_the_words_are_those_of_the_first_problem_that_has_some(ask, refused):
    body = BODY | {"seed": 7, "mode": "fast"}

    message = refused(ask("POST", TEXT, json=body), 400, 1201)

    assert message.startswith("mode value 'fast' is invalid (")
    assert "seed is not a field here" in message


def test_a_long_value_is_not_repeated(ask, refused):
    message = refused(ask("POST", TEXT, json=BODY | {"mode": "secret " * 9}), 400, 1201)

    assert "secret" not in message


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (1001, "Authorization is empty"),
        (1002, "The token was expected to have 3 parts, but got 0"),
        (1102, "Account balance not enough"),
        (1303, "parallel task over resource pack limit"),
        (1302, "too many requests"),
        (5000, "internal error"),
    ],
)
def test_a_planned_code_comes_with_its_words(kling_mock, ask, code, said):
    kling_mock.plan(fault="refuse", code=code)

    assert ask("POST", TEXT, json=BODY).json()["message"] == said


def test_a_planned_message_stays_as_it_is(kling_mock, ask):
    kling_mock.plan(fault="refuse", code=1303, message="later")

    assert ask("POST", TEXT, json=BODY).json()["message"] == "later"


@pytest.mark.parametrize(("package", "code"), [("video:0:9", 1303), ("video:1:0", 1102)])
def test_a_plan_and_a_quota_say_the_same(ask_of, package, code):
    by_quota = KlingMock(packages=[Package.parse(package)])
    by_plan = KlingMock()
    by_plan.plan(fault="refuse", code=code)

    said = [ask_of(mock)("POST", TEXT, json=BODY).json() for mock in (by_quota, by_plan)]

    assert [one["code"] for one in said] == [code, code]
    assert said[0]["message"] == said[1]["message"]


@pytest.mark.parametrize(
    ("product", "known"),
    [
        ("omni-video", "kling-3.0-omni"),
        ("text-to-video", "kling-2.6"),
        ("image-to-video", "kling-3.0"),
    ],
)
def test_an_unknown_model_in_the_path_is_not_supported(ask, refused, product, known):
    path = f"/{product}/kling-v3-1-omni"
    message = refused(ask("POST", path, json=OMNI), 400, 1201)

    assert message.startswith(
        f"model is not supported (there is no path {path}; the similar paths are "
    )
    assert f"/{product}/{known}" in message
    assert "kling-v3-omni" not in message


@pytest.mark.parametrize("path", ["/omni-video", "/omni-video/a/b", "/omnivideo/kling-3.0-omni"])
def test_another_unknown_path_is_not_found(ask, refused, path):
    assert refused(ask("POST", path, json=OMNI), 404, 1203) == (
        f"No message available (there is no path {path})"
    )


def test_an_alias_answers_as_the_path_does(kling_mock, ask, refused):
    made = ask("POST", "/omni-video/kling-v3-omni", json=OMNI).json()["data"]
    kling_mock.clock.advance(3600)

    (task,) = ask("GET", "/tasks", params={"task_ids": made["id"]}).json()["data"]
    assert task["status"] == "succeeded"
    assert kling_mock.state()["requests"][-1]["operation"] == "createKling30OmniVideoTask"
    # The rules hold there too.
    broken = OMNI | {"settings": {"resolution": "720p"}}
    refused(ask("POST", "/omni-video/kling-v3-omni", json=broken), 400, 1201)
    refused(ask("GET", "/omni-video/kling-v3-omni"), 404, 1202)


CLOSED = "/v1/videos/multi-image2video"


@pytest.mark.parametrize("body", [{}, {"model_name": "kling-v9"}, {"image_list": []}])
def test_a_closed_api_says_so_whatever_is_asked(ask_of, refused, body):
    ask = ask_of(KlingMock(as_of=date(2026, 9, 15)))

    message = refused(ask("POST", CLOSED, json=body), 404, 1203)

    assert message.startswith("This API is no longer available (")
    # What was made before can still be read.
    assert ask("GET", CLOSED).json()["data"] == []


def test_before_its_day_a_closed_api_is_open(ask_of):
    body = {"prompt": "A fox", "image_list": [{"image": "https://e.org/a.png"}]}
    reply = ask_of(KlingMock(as_of=date(2026, 9, 14)))("POST", CLOSED, json=body)

    assert reply.json()["code"] == 0


def test_a_scene_that_is_gone_is_not_called_a_model(ask_of, refused):
    body = {"effect_scene": "hug", "input": {"images": ["https://e.org/a.png"] * 2}}
    reply = ask_of(KlingMock(as_of=date(2026, 1, 30)))("POST", "/v1/videos/effects", json=body)

    assert refused(reply, 404, 1203) == "effect_scene hug was retired on 2026-01-30"


def test_a_bundle_without_messages_still_answers(bundle, ask_of, refused):
    del bundle["components"]["schemas"]["ErrorCode"]["x-kling-messages"]
    ask = ask_of(KlingMock(document=bundle))

    assert refused(ask("POST", TEXT, json=BODY | {"mode": "x"}), 400, 1201).startswith("mode must")
    assert refused(ask("GET", f"{TEXT}/1"), 400, 1201)


def test_every_message_says_who_saw_it():
    messages = description.load().messages

    assert len(messages) > 60
    assert all(isinstance(one, Message) and one.sources for one in messages)
