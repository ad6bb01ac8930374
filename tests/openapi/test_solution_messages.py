"""What Kling's pages of the products under /solutions say of each mistake is what is told of it."""

import copy
from typing import Any

import pytest
from kling.description import Rules, load, words_on

SPEC = load()
IMAGE = {"type": "ref_image", "url": "https://example.org/a.png"}
TITLE = {"type": "goods_title", "text": "Umbrella"}
ABOUT = {"type": "goods_description", "text": "Light"}
INFO = {"type": "product_info", "text": "Shirt"}
VIDEO = {"type": "source_video", "url": "https://example.org/a.mp4"}
PRODUCT = {"type": "product_image", "url": "https://example.org/a.png"}
BGM = {"type": "bgm", "url": "https://example.org/a.mp3"}
VOICE = {"type": "voice", "voice_id": "calm_sales_man"}
AVATAR = {"type": "avatar_id", "text": "avatar_anna_female"}
PICTURE = {"type": "avatar_image", "url": "https://example.org/a.png"}
SCRIPT = {"type": "speech_script", "text": "Look around"}
WORD = {"type": "glossary", "source": "宋棠", "target": "Song Tang"}
NEEDED = {"resolution": "720p", "aspect_ratio": "9:16", "duration": 15}


def said(create: str, contents: list[Any], settings: dict[str, Any] | None = None) -> list[str]:
    operation = SPEC.operations[create]
    schema = {"$ref": f"#/components/schemas/{operation.request}"}
    rules = Rules(SPEC, schema)
    body, _ = rules.canonical(
        {"contents": copy.deepcopy(contents), **({"settings": settings} if settings else {})}
    )
    return [words_on(SPEC, operation, schema, one, body) for one in rules.problems(body)]


APPAREL = "createApparelReplicationTask"


@pytest.mark.parametrize(
    ("contents", "settings", "message"),
    [
        (
            [INFO, PRODUCT],
            {},
            "Reference video is missing. Please upload a reference video.",
        ),
        ([INFO, VIDEO], {}, "Product image is missing. Please upload a product image."),
        (
            [VIDEO, PRODUCT],
            {},
            "Product description is missing. Please provide a product description.",
        ),
        ([INFO, VIDEO, PRODUCT, BGM, BGM], {}, "Only one bgm item is allowed in contents."),
        *(
            (
                [INFO, VIDEO, PRODUCT, bgm],
                {},
                "bgm is provided but url is empty. Please provide a BGM file URL or remove bgm to "
                "use the system default BGM.",
            )
            for bgm in ({"type": "bgm"}, BGM | {"url": ""})
        ),
        *(
            (
                [INFO, VIDEO, PRODUCT, voice],
                {},
                "Invalid voice_id. Please select a valid voice from the voice library.",
            )
            for voice in ({"type": "voice"}, VOICE | {"voice_id": ""}, VOICE | {"voice_id": "x"})
        ),
        ([INFO, VIDEO, PRODUCT, VOICE, VOICE], {}, "Only one voice item is allowed in contents."),
        (
            [INFO, VIDEO, PRODUCT],
            {"resolution": "720P"},
            "Unsupported resolution. Only 720P and 1080P are supported.",
        ),
        (
            [INFO, VIDEO, PRODUCT],
            {"aspect_ratio": "9:21"},
            "aspect_ratio only supports 9:16, 2:3, 3:4, 1:1, 4:3, 3:2, 16:9 and 21:9.",
        ),
    ],
)
def test_of_apparel_replication(
    contents: list[Any], settings: dict[str, Any], message: str
) -> None:
    assert said(APPAREL, contents, settings) == [message]


@pytest.mark.parametrize(
    ("contents", "settings", "message"),
    [
        ([TITLE], {}, "Product image is missing. Please upload a product image."),
        ([IMAGE], {}, "Product title is missing. Please provide a product title."),
        ([TITLE, *[IMAGE] * 6], {}, "At most 5 ref_image items are allowed in contents."),
        ([IMAGE, TITLE, TITLE], {}, "Only one goods_title item is allowed in contents."),
        (
            [IMAGE, TITLE | {"text": "x" * 201}],
            {},
            "goods_title exceeds the 200-character limit.",
        ),
        (
            [IMAGE, TITLE, ABOUT, ABOUT],
            {},
            "Only one goods_description item is allowed in contents.",
        ),
        (
            [IMAGE, TITLE, ABOUT | {"text": "x" * 2001}],
            {},
            "goods_description exceeds the 2000-character limit.",
        ),
        (
            [IMAGE, TITLE],
            {"resolution": "4k"},
            "Unsupported resolution. Only 720p and 1080p are supported.",
        ),
        (
            [IMAGE, TITLE],
            {"aspect_ratio": "4:3"},
            "aspect_ratio only supports 9:16, 1:1 and 16:9.",
        ),
        (
            [IMAGE, TITLE],
            {"duration": 20},
            "Unsupported duration. Only 15, 30 and 60 seconds are supported.",
        ),
    ],
)
def test_of_goods_studio(contents: list[Any], settings: dict[str, Any], message: str) -> None:
    assert said("createGoodsStudioTask", contents, NEEDED | settings) == [message]


@pytest.mark.parametrize(
    ("contents", "settings", "message"),
    [
        *(
            (
                contents,
                settings,
                "Exactly one avatar source is required: provide avatar_image (with voiceId) or "
                "avatar_id, not both.",
            )
            for contents, settings in (([SCRIPT], {}), ([SCRIPT, AVATAR, AVATAR], {}))
        ),
        ([SCRIPT, PICTURE], {}, "voiceId is required when uploading an avatar_image."),
        ([AVATAR], {}, "speech_script is required for single-person videos."),
        (
            [AVATAR, SCRIPT, TITLE],
            {},
            "Product image is missing. Please upload at least one product image.",
        ),
        (
            [AVATAR, SCRIPT, IMAGE],
            {},
            "goods_title is required when product content is provided.",
        ),
        (
            [AVATAR, SCRIPT],
            {"speech_rate": 0.9},
            "speechRate only supports 0.8, 1.0 and 1.2.",
        ),
        (
            [AVATAR, SCRIPT, IMAGE, TITLE],
            {"speechRate": 1.2},
            "Speech rate adjustment not supported in Video Commerce.",
        ),
        (
            [AVATAR, SCRIPT],
            {"resolution": "480p"},
            "Unsupported resolution. Only 720p and 1080p are supported.",
        ),
        (
            [AVATAR, SCRIPT],
            {"aspect_ratio": "1:1"},
            "aspect_ratio only supports 9:16 and 16:9.",
        ),
    ],
)
def test_of_video_commerce(contents: list[Any], settings: dict[str, Any], message: str) -> None:
    assert said("createVideoCommerceTask", contents, settings) == [message]


@pytest.mark.parametrize(
    ("contents", "settings", "message"),
    [
        ([WORD], {}, "Source video is missing. Please provide a source video URL."),
        ([VIDEO, VIDEO], {}, "Only one source_video item is allowed in contents."),
        *(
            (
                [video],
                {},
                "source_video is missing. Please provide exactly one source_video.",
            )
            for video in ({"type": "source_video"}, VIDEO | {"url": ""}, VIDEO | {"url": "a.mp4"})
        ),
        ([VIDEO, *[WORD] * 201], {}, "Glossary exceeds the limit of 200 entries."),
        *(
            (
                [VIDEO, WORD | word],
                {},
                "Each glossary entry must be non-empty and no longer than 100 characters.",
            )
            for word in ({"source": ""}, {"target": " "}, {"target": "x" * 101})
        ),
        *(
            ([VIDEO], wrong, "margin_v, font_size and target_cps must be positive integers.")
            for wrong in (
                {"margin_v": "wide"},
                {"font_size": 1.5},
                {"target_cps": []},
                {"margin_v": 0},
            )
        ),
        (
            [VIDEO],
            {"target_cps": 21},
            "target_cps out of range. Please provide a value between 10 and 20.",
        ),
        (
            [VIDEO],
            {"margin_v": 4097},
            "margin_v out of range. Please provide a value between 1 and 4096.",
        ),
        (
            [VIDEO],
            {"font_size": 513},
            "font_size out of range. Please provide a value between 1 and 512.",
        ),
    ],
)
def test_of_drama_subtitles(contents: list[Any], settings: dict[str, Any], message: str) -> None:
    assert said("createDramaSubtitlesTask", contents, settings) == [message]


def test_kling_has_no_words_for_what_its_pages_do_not_speak_of() -> None:
    assert said(APPAREL, [INFO, INFO, VIDEO, PRODUCT]) == [""]
    assert said("createGoodsStudioTask", [IMAGE, TITLE | {"text": ""}], NEEDED) == [""]
