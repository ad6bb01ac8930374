"""How values are read: what counts as another value, what does not, and what is said of it."""

import copy
import math
from typing import Any

import pytest
from kling.description import Conversion, canonical, load

DOCUMENT = load().document
TEXT = "TextToVideoRequest"
OMNI = "Kling30OmniVideoRequest"
SERIES = "OmniImageRequest"
FILTERED = "ListTasksRequest"
COMMERCE = "VideoCommerceRequest"


def read(schema: str, body: Any) -> tuple[Any, list[Conversion]]:
    return canonical(DOCUMENT, {"$ref": f"#/components/schemas/{schema}"}, body)


@pytest.mark.parametrize(
    ("schema", "body", "result", "message"),
    [
        (
            *(TEXT, {"duration": 5}, {"duration": "5"}),
            'duration is a number and counts as "5"; the documented form is a string.',
        ),
        (
            *(TEXT, {"duration": 5.0}, {"duration": "5"}),
            'duration is a number and counts as "5"; the documented form is a string.',
        ),
        (
            *(TEXT, {"cfg_scale": "0.5"}, {"cfg_scale": 0.5}),
            "cfg_scale is a string and counts as 0.5; the documented form is a number.",
        ),
        (
            *(TEXT, {"cfg_scale": "1"}, {"cfg_scale": 1}),
            "cfg_scale is a string and counts as 1; the documented form is a number.",
        ),
        (
            *(TEXT, {"multi_shot": "true"}, {"multi_shot": True}),
            "multi_shot is a string and counts as true; the documented form is true or false.",
        ),
        (
            *(TEXT, {"multi_shot": "False"}, {"multi_shot": False}),
            "multi_shot is a string and counts as false; the documented form is true or false.",
        ),
        (
            *("ImageGenerationRequest", {"n": "9"}, {"n": 9}),
            "n is a string and counts as 9; the documented form is a whole number.",
        ),
        # A number in a prompt may be private.
        (TEXT, {"prompt": 4711}, {"prompt": "4711"}, "prompt is a number and counts as a string."),
        (
            *(TEXT, {"external_task_id": 1.5}, {"external_task_id": "1.5"}),
            "external_task_id is a number and counts as a string.",
        ),
        # "4" where a number or "auto" is taken.
        (
            *(SERIES, {"series_amount": "4"}, {"series_amount": 4}),
            "series_amount is a string and counts as 4; the documented form is a whole number.",
        ),
        (TEXT, {"mode": None}, {}, "mode is null and counts as absent."),
        (TEXT, {"mode": ""}, {}, "mode is empty and counts as absent."),
        (TEXT, {"multi_shot": ""}, {}, "multi_shot is empty and counts as absent."),
        (TEXT, {"prompt": " \n\t"}, {}, "prompt is blank and counts as absent."),
        (TEXT, {"voice_list": None}, {}, "voice_list is null and counts as absent."),
        (SERIES, {"series_amount": ""}, {}, "series_amount is empty and counts as absent."),
        (
            *(FILTERED, {"filters": [{"values": [" "]}]}, {"filters": [{"values": [""]}]}),
            "values[0] is blank and counts as empty.",
        ),
    ],
)
def test_a_value_that_counts_as_another_is_named(
    schema: str, body: Any, result: Any, message: str
) -> None:
    given = copy.deepcopy(body)

    found, conversions = read(schema, body)

    assert repr(found) == repr(result)
    assert [one.message for one in conversions] == [message]
    assert body == given


@pytest.mark.parametrize(
    "body",
    [
        {"duration": 99},
        {"duration": True},
        {"duration": math.nan},
        {"duration": math.inf},
        {"prompt": math.nan},
        {"prompt": -math.inf},
        {"duration": 10**5000},
        {"duration": "5"},
        {"cfg_scale": "1.1"},
        {"cfg_scale": "half"},
        {"cfg_scale": " 0.5"},
        {"cfg_scale": "0x1"},
        {"cfg_scale": "٣"},
        {"cfg_scale": 1},
        {"cfg_scale": True},
        {"multi_shot": "yes"},
        {"multi_shot": 1},
        {"callback_url": 7},
        {"prompt": ["A fox"]},
        {"prompt": False},
        {"prompt": b"A fox"},
        {"voice_list": ""},
        {"voice_list": ({"voice_id": "1"},)},
        {"multi_prompt": [None, 1, "x"]},
        {"watermark_info": "true"},
        {"zzz": None},
        {"zzz": ""},
        {7: 7},
    ],
)
def test_whatever_else_is_wrong_or_right_stays_as_it_is(body: Any) -> None:
    found, conversions = read(TEXT, body)

    assert found is body
    assert conversions == []


def test_an_object_that_holds_only_null_counts_as_absent() -> None:
    body, _ = read(TEXT, {"prompt": "A fox", "camera_control": {"type": None, "config": None}})

    assert body == {"prompt": "A fox"}
    assert read(TEXT, {"camera_control": {}}) == ({"camera_control": {}}, [])


@pytest.mark.parametrize(
    "body", [None, [], "x", 7, True, math.nan, object()], ids=lambda one: type(one).__name__
)
def test_what_is_no_object_stays_as_it_is(body: Any) -> None:
    assert read(TEXT, body) == (body, [])


def test_null_and_blank_text_stay_where_a_field_is_required() -> None:
    schema = "AvatarRequest"

    assert read(schema, {"image": None}) == ({"image": None}, [])
    # As empty text, which is refused.
    assert read(schema, {"image": "  "}) == ({"image": ""}, [])


def test_an_empty_text_and_a_null_that_kling_documents_go_without_a_word() -> None:
    body = {"negative_prompt": "", "camera_control": {"type": "down_back", "config": None}}

    assert read(TEXT, body) == ({"camera_control": {"type": "down_back"}}, [])


def test_a_number_is_never_a_medium_nor_an_id_that_may_be_a_number() -> None:
    for schema, body in [
        ("AvatarRequest", {"image": 7}),
        ("DeleteCustomElementRequest", {"element_id": 7}),
        ("DeleteCustomElementRequest", {"element_id": 0}),
        ("DeleteCustomElementRequest", {"element_id": "7"}),
        (SERIES, {"series_amount": 4}),
        (SERIES, {"series_amount": "auto"}),
        (SERIES, {"series_amount": "99"}),
    ]:
        assert read(schema, body) == (body, [])


def test_values_are_read_at_every_depth() -> None:
    body = {
        "contents": [
            {"type": "prompt", "text": 7},
            {"type": "first_frame", "url": "https://example.org/a.png", "id": ""},
            {"type": "nobody knows it", "text": 7},
        ],
        "settings": {"duration": "5", "multi_shot": "true"},
        "options": {"watermark_info": {"enabled": "false"}},
    }

    found, conversions = read(OMNI, body)

    assert found == {
        "contents": [
            {"type": "prompt", "text": "7"},
            {"type": "first_frame", "url": "https://example.org/a.png"},
            {"type": "nobody knows it", "text": 7},
        ],
        "settings": {"duration": 5, "multi_shot": True},
        "options": {"watermark_info": {"enabled": False}},
    }
    assert [one.field for one in conversions] == [
        "contents[0].text",
        "contents[1].id",
        "settings.duration",
        "settings.multi_shot",
        "options.watermark_info.enabled",
    ]


def test_another_name_that_kling_takes_counts_as_the_field() -> None:
    body = {"settings": {"voiceId": "male_calm_informative", "speechRate": "1.2"}}

    found, conversions = read(COMMERCE, body)

    assert found == {"settings": {"voice_id": "male_calm_informative", "speech_rate": 1.2}}
    assert conversions == [
        ("settings.voiceId", "voiceId is another name for voice_id, and counts as voice_id."),
        (
            "settings.speechRate",
            "speechRate is another name for speech_rate, and counts as speech_rate.",
        ),
        (
            "settings.speech_rate",
            "speech_rate is a string and counts as 1.2; the documented form is a number.",
        ),
    ]
    assert body == {"settings": {"voiceId": "male_calm_informative", "speechRate": "1.2"}}
    assert read(COMMERCE, found)[0] is found


@pytest.mark.parametrize(
    "settings",
    [
        {"voiceId": "female_warm_rich", "voice_id": "male_calm_informative"},
        {"voice_id": "male_calm_informative", "voiceId": "female_warm_rich"},
        {"voiceid": "female_warm_rich"},
    ],
)
def test_another_name_stays_where_kling_does_not_take_it_or_the_field_is_there_too(
    settings: Any,
) -> None:
    assert read(COMMERCE, {"settings": settings}) == ({"settings": settings}, [])
    body = {"prompt": "A fox", "aspectRatio": "16:9"}
    assert read(TEXT, body) == (body, [])


def test_what_is_right_is_shared_and_not_copied() -> None:
    picture = "A" * 10_000
    body = {
        "contents": [
            {"type": "first_frame", "url": picture},
            {"type": "prompt", "text": "A fox"},
        ],
        "settings": {"duration": "5"},
    }

    found, _ = read(OMNI, body)

    assert found["contents"] is body["contents"]
    assert found["contents"][0]["url"] is picture
    assert body["settings"] == {"duration": "5"}
    assert read(OMNI, found)[0] is found
