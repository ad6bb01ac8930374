"""Values of another type than the documented one: sent in the documented form, with a warning."""

import json
import warnings

import pytest
from kling import InvalidRequestError, KlingWarning, models, validate, validate_body

FOX = {"model_name": "kling-v3", "prompt": "A fox at dawn"}
TELLING = {"duration": 5, "cfg_scale": "0.5", "multi_shot": "false", "voice_list": None}
SENT = {"duration": "5", "cfg_scale": 0.5, "multi_shot": False}
# As its pages show them, but for prompts and pictures.
KLINGS_STORYBOARD = {
    "model_name": "kling-v3",
    "image": "https://example.org/a.png",
    "prompt": "",
    "multi_shot": "true",
    "shot_type": "customize",
    "multi_prompt": [
        {"index": 1, "prompt": "Two friends under a streetlight", "duration": "5"},
        {"index": 2, "prompt": "A runner in a forest", "duration": "10"},
    ],
    "negative_prompt": "",
    "duration": "15",
    "mode": "pro",
    "sound": "on",
    "callback_url": "",
    "external_task_id": "",
}
KLINGS_PICTURES = {
    "model_name": "kling-v3",
    "prompt": "Merge all the characters from the images into the <<<object_2>>> diagram",
    "element_list": [{"element_id": "160"}, {"element_id": "161"}, {"element_id": "159"}],
    "image": "https://example.org/a.png",
    "resolution": "2k",
    "n": "9",
    "aspect_ratio": "3:2",
    "external_task_id": "",
    "callback_url": "",
}


@pytest.fixture
def client(either_kling, scripted, success):
    transport = scripted(success(task_status="succeed"), success(task_status="succeed"))
    return either_kling(api_key="k", transport=transport), transport


def converted(caught):
    """Return the fields that warnings are about, which are all about conversions."""
    texts = [str(one.message) for one in caught]
    assert all(text.endswith(" [type-conversion]") for text in texts), texts
    return [text.partition(" ")[0].rstrip(":") for text in texts]


@pytest.mark.parametrize("method", ["create", "run"])
def test_a_model_takes_the_wrong_type_and_the_right_one_is_sent(client, method):
    kling, transport = client
    request = models.TextToVideoRequest(
        **FOX,
        **TELLING,
        watermark_info=models.WatermarkInfo(enabled="true"),
        external_task_id="job-1",
    )

    with pytest.warns(KlingWarning) as caught:
        getattr(kling, method)(request)

    about = [one for one in caught if str(one.message).endswith(" [type-conversion]")]
    assert sorted(converted(about)) == [
        "cfg_scale",
        "duration",
        "multi_shot",
        "voice_list",
        "watermark_info.enabled",
    ]
    assert json.loads(transport.requests[0].content) == {
        **FOX,
        **SENT,
        "watermark_info": {"enabled": True},
        "external_task_id": "job-1",
    }
    assert (request.duration, request.voice_list) == (5, None)


def test_parts_of_contents_are_read_by_their_type(client):
    kling, transport = client
    request = models.Kling30OmniVideoRequest(
        contents=[
            models.PromptContent(text=7),
            models.FirstFrameContent(url="https://example.org/a.png", id=1),
        ],
        settings=models.Kling30OmniVideoSettings(duration="7", multi_shot="false"),
        options=None,
    )

    with pytest.warns(KlingWarning):
        kling.create(request)

    sent = json.loads(transport.requests[0].content)
    assert sent["contents"] == [
        {"type": "prompt", "text": "7"},
        {"type": "first_frame", "url": "https://example.org/a.png", "id": "1"},
    ]
    assert sent["settings"] == {"duration": 7, "multi_shot": False}


@pytest.mark.parametrize(
    ("operation", "body", "field"),
    [
        ("image_to_video", KLINGS_STORYBOARD, "multi_shot"),
        ("image_generation", KLINGS_PICTURES, "n"),
    ],
)
def test_klings_own_examples_pass_with_advice_and_the_field_says_why(operation, body, field):
    with pytest.warns(KlingWarning) as caught:
        problems = validate_body(operation, body)

    assert problems == []
    assert converted(one for one in caught if field in str(one.message)) == [field]


@pytest.mark.parametrize("blank", ["", " ", "\n\t"])
def test_blank_text_is_refused_only_where_text_is_required(blank):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        optional = validate_body("text_to_video", FOX | {"negative_prompt": blank})
        needed = validate_body("text_to_video", FOX | {"prompt": blank})
        required = validate_body(
            "kling_30_turbo_text_to_video", {"prompt": blank, "settings": {"duration": 5}}
        )

    assert optional == []
    assert [one.rule for one in needed] == ["text-to-video.prompt-required"]
    assert [(one.rule, one.field) for one in required] == [("minLength", "prompt")]
    # Kling's own examples have empty texts for what they leave out.
    assert converted(caught) == ([] if not blank else ["negative_prompt", "prompt"])


def test_no_warning_shows_what_may_be_private():
    secret = 47110815

    with pytest.warns(KlingWarning) as caught:
        validate(models.TextToVideoRequest(model_name="kling-v3", prompt=secret))

    assert converted(caught) == ["prompt"]
    assert str(secret) not in str(caught[0].message)


def test_what_cannot_be_converted_is_still_refused(client):
    kling, transport = client
    request = models.TextToVideoRequest(**FOX, duration=99)

    with pytest.raises(InvalidRequestError, match="duration must be one of"):
        kling.create(request)

    assert transport.requests == []


def test_a_value_given_as_extra_is_sent_as_it_is(client):
    kling, transport = client
    request = models.TextToVideoRequest(**FOX, duration=5, mode=None)

    with pytest.warns(KlingWarning) as caught:
        kling.create(request, extra={"duration": 10})

    sent = json.loads(transport.requests[0].content)
    assert (sent["duration"], "mode" in sent) == (10, False)
    converted, forced = sorted((str(one.message) for one in caught), reverse=True)
    assert converted.endswith(" [type-conversion]")
    assert forced.startswith("duration must be one of ")


def test_the_filter_of_a_list_is_sent_in_the_documented_form(either_kling, scripted):
    nothing = {"code": 0, "message": "", "request_id": "r", "data": {"tasks": []}}
    transport = scripted(nothing)
    kling = either_kling(api_key="k", transport=transport)

    list(kling.list(models.ListTasksRequest(limit="5")))

    assert json.loads(transport.requests[0].content) == {"limit": 5}
