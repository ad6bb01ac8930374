"""A user who knows better overrules one rule; whatever is refused otherwise stays refused."""

import json

import pytest
from kling import InvalidRequestError, KlingWarning, models, validate, validate_body

SILENT = "text-to-video.sound-models"
LENGTHS = "text-to-video.duration-models"
# kling-v2-6 makes sound in mode pro only, and takes no 7 s.
BROKEN = models.TextToVideoRequest(
    model_name="kling-v2-6", prompt="A fox at dawn", sound="on", duration="7"
)
TYPO = {"model_name": "kling-v3", "prompt": "A fox", "negative_promt": "people"}


@pytest.fixture
def client(either_kling, scripted, success):
    transport = scripted(success(task_status="succeed"))
    return either_kling(api_key="k", transport=transport), transport


@pytest.mark.parametrize("method", ["create", "run"])
def test_allowed_rules_only_warn(client, method):
    kling, transport = client

    with pytest.warns(KlingWarning) as warned:
        task = getattr(kling, method)(BROKEN, allow={SILENT, LENGTHS})

    assert task.id == "752604318974529536"
    assert sorted(str(one.message).rpartition("[")[2] for one in warned) == [
        f"{LENGTHS}]",
        f"{SILENT}]",
    ]
    sent = json.loads(transport.requests[0].content)
    assert (sent["sound"], sent["duration"]) == ("on", "7")


def test_the_other_rules_refuse_as_before(client):
    kling, transport = client

    with pytest.raises(InvalidRequestError) as caught:
        kling.create(BROKEN, allow={SILENT})

    assert [one.rule for one in caught.value.problems] == [LENGTHS]
    assert transport.requests == []


def test_one_call_that_allows_leaves_the_next_strict(client):
    kling, _ = client
    with pytest.warns(KlingWarning):
        kling.create(BROKEN, allow=[SILENT, LENGTHS])

    with pytest.raises(InvalidRequestError):
        kling.create(BROKEN)


def test_validation_warns_of_what_is_allowed_and_returns_the_rest():
    with pytest.warns(KlingWarning, match=SILENT):
        assert [one.rule for one in validate(BROKEN, allow={SILENT})] == [LENGTHS]
    with pytest.warns(KlingWarning, match="negative_promt"):
        assert validate_body("text_to_video", TYPO, allow={"unknown-field"}) == []


def test_a_medium_may_be_allowed_too():
    body = {"image": "no picture", "audio_id": "1"}
    [problem] = validate_body("avatar", body)
    assert (problem.rule, problem.evidence) == ("x-kling-media", "documented")

    with pytest.warns(KlingWarning, match="image"):
        assert validate_body("avatar", body, allow={"x-kling-media"}) == []


def test_what_json_cannot_carry_stays_refused(client):
    kling, transport = client

    with pytest.raises(InvalidRequestError):
        kling.create(
            models.TextToVideoRequest(model_name="kling-v3", prompt=b"A fox"),
            allow={"unknown-field"},
        )
    assert transport.requests == []


def test_an_id_of_advice_changes_nothing():
    body = {"model_name": "kling-v2-6", "prompt": "A fox", "cfg_scale": 0.5}

    with pytest.warns(KlingWarning, match="cfg_scale"):
        assert validate_body("text_to_video", body, allow={"text-to-video.cfg-scale-models"}) == []


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("text-to-video.sound-model", "did you mean text-to-video.sound-models?"),
        ("unknown-fields", "did you mean unknown-field?"),
        ("enum", "in Python, extra= sends a value that violates a keyword"),
        ("nonsense.at-all", "docs/reference/rules.md lists all"),
    ],
)
def test_an_unknown_rule_is_told_at_once(client, name, hint):
    kling, transport = client

    for refuse in (
        lambda: validate(BROKEN, allow={name}),
        lambda: validate_body("text_to_video", TYPO, allow={name}),
        lambda: kling.create(BROKEN, allow={name}),
    ):
        with pytest.raises(ValueError, match=f"there is no rule {name}; ") as caught:
            refuse()
        assert hint in str(caught.value)
    assert transport.requests == []


@pytest.mark.parametrize("allow", ["unknown-field", [1], {None}])
def test_what_is_no_set_of_ids_is_refused(allow):
    with pytest.raises(TypeError, match="allow must be a set of rule ids"):
        validate(BROKEN, allow=allow)


# -------------------------------------------------------- what was seen to be refused, and what not


def omni(*contents, **settings):
    return {"contents": list(contents), "settings": settings}


HERON = {"type": "prompt", "text": "A heron lifts off a pond"}
FIRST = {"type": "first_frame", "url": "https://example.org/a.png"}
LAST = {"type": "last_frame", "url": "https://example.org/b.png"}
FEATURE = {"type": "feature_video", "url": "https://example.org/v.mp4"}
BASE = {"type": "base_video", "url": "https://example.org/v.mp4"}


@pytest.mark.parametrize(
    ("operation", "body", "rule"),
    [
        (
            "kling_30_omni_video",
            omni(HERON, aspect_ratio="16:9", audio="original"),
            "kling-30-omni-video.original-needs-video",
        ),
        (
            "kling_30_omni_video",
            omni(HERON, FIRST, audio="original"),
            "kling-30-omni-video.original-needs-video",
        ),
        (
            "kling_30_omni_video",
            omni(HERON, FEATURE, audio="off"),
            "kling-30-omni-video.aspect-ratio-required",
        ),
        (
            "kling_30_omni_video",
            omni(HERON, BASE, audio="original"),
            "kling-30-omni-video.base-video-multi-shot",
        ),
    ],
)
def test_what_somebody_saw_kling_refuse_is_refused(operation, body, rule):
    [problem] = validate_body(operation, body)

    assert (problem.rule, problem.evidence) == (rule, "live")
    assert problem.sources


@pytest.mark.parametrize(
    ("operation", "body", "field"),
    [
        (
            "kling_30_omni_video",
            omni({"type": "prompt", "text": " \n"}, aspect_ratio="16:9"),
            "contents[0].text",
        ),
        ("kling_30_text_to_video", {"prompt": "\t "}, "prompt"),
        ("image_generation", {"model_name": "kling-v3", "prompt": " "}, "prompt"),
        ("text_to_video", {"model_name": "kling-v3", "prompt": "\u3000"}, "prompt"),
    ],
)
@pytest.mark.filterwarnings("ignore::kling.KlingWarning")
def test_blank_text_is_refused_where_text_is_needed(operation, body, field):
    [problem] = validate_body(operation, body)

    assert problem.field == field
    assert "must not be empty" in problem.message


@pytest.mark.parametrize(
    ("operation", "body", "advice"),
    [
        (
            "kling_o1_video",
            omni({"type": "prompt", "text": "Dawn turns to dusk"}, FIRST, LAST, duration=7),
            "kling-o1-video.duration-with-both-frames",
        ),
        (
            "kling_30_turbo_text_to_video",
            {"prompt": HERON["text"], "settings": {"duration": 5, "audio": "native"}},
            "kling-30-turbo-text-to-video.audio-undocumented",
        ),
        (
            "kling_30_turbo_image_to_video",
            omni(FIRST, audio="off"),
            "kling-30-turbo-image-to-video.audio-undocumented",
        ),
        (
            "kling_30_omni_video",
            omni(HERON, {"type": "image", "url": "https://example.org/a.png"}, aspect_ratio="1:1"),
            "kling-30-omni-video.ignored-types",
        ),
        (
            "kling_30_text_to_video",
            {"prompt": "镜头 1, 3, 狐狸; 镜头 2, 3, 湖;", "settings": {"duration": 5}},
            "kling-30-text-to-video.storyboard",
        ),
        (
            "text_to_video",
            {"model_name": "kling-v2-5-turbo", "prompt": "A fox", "cfg_scale": 0.8},
            "text-to-video.cfg-scale-models",
        ),
    ],
)
def test_what_nobody_saw_kling_refuse_is_advised(operation, body, advice):
    with pytest.warns(KlingWarning, match=rf"\[{advice}\]"):
        assert validate_body(operation, body) == []


@pytest.mark.parametrize("prompt", ["A fox; then a lake", "shot 1, 5, a fox; then it rests"])
def test_prose_with_a_semicolon_is_no_broken_storyboard(prompt):
    # Warnings are errors here.
    assert validate_body("kling_30_text_to_video", {"prompt": prompt}) == []


def test_the_range_of_cfg_scale_stays_a_rule():
    body = {
        "model_name": "kling-v2-1-master",
        "image": "https://example.org/fox.png",
        "prompt": "A fox",
        "cfg_scale": 5,
    }
    with pytest.warns(KlingWarning):
        [problem] = validate_body("image_to_video", body)

    assert (problem.rule, problem.field) == ("maximum", "cfg_scale")
