"""Whatever a reply repeats of a request is what was asked for."""

import copy
from datetime import date

import httpx
import pytest
from every_field import SPEC, fields_of, right_bodies
from kling.mock import KlingMock

HEADERS = {"Authorization": "Bearer mock-api-key"}
NOWHERE = "http://localhost:9/"
# Names of replies that are names of requests too, and repeat nothing.
OWN = {
    "duration": "of the file, a frame longer than what was asked for",
    "element_frontal_image": "where a copy is, not what was given",
    "frontal_image": "a copy too",
    "image_url": "a copy too",
    "video_url": "a copy too",
    "type": "of a part of a request, or of an output",
}
# What repeats something under another name, and has a test of its own below; the rest of the names
# is Kling's own: ids, dates, amounts, files, and how far a task is.
OTHER_NAMES = {"id", "url", "external_id", "model_name", "name", "description"}
KLINGS_OWN = """
    amount api_key_name balance_after_deduction balance_before_deduction base64 cash_type
    charge_type code count counts create_time created_at currency deduction_amount deduction_time
    element_type
    duration_mp3 duration_wav effective_time end_time face_image final_unit_deduction fps group_id
    has_more height index invalid_time is_contain list_price message mp3_duration mp3_url msg
    next_cursor normalized_video object_id original_duration owned_by package_id package_type
    product_function product_type purchase_time quota refer_video_input remaining_quantity
    request_id resource_pack_id resource_pack_name resource_pack_type role start_time status
    task_id task_status task_status_msg total_frame total_quantity tracking_output trial_url
    unit_after_deduction unit_before_deduction update_time updated_at url_1 url_2 url_3 url_mp3
    url_wav video video_cover video_sound voice_control wav_duration wav_url watermark_url width
"""


def leaves(value, name=""):
    """Yield each name of a body with its value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, name)
    else:
        yield name, value


def reply_names(node, seen=frozenset()):
    """Yield the names of the values that a schema may have."""
    if (ref := node.get("$ref")) in seen:
        return
    node, seen = dict(SPEC.resolve(node)), seen | {ref} if ref else seen
    for name, inner in node.get("properties", {}).items():
        resolved = SPEC.resolve(inner)
        if not {"properties", "items"} & resolved.keys():
            yield name
        yield from reply_names(inner, seen)
    nodes = [node["items"]] if "items" in node else []
    for inner in [*nodes, *node.get("anyOf", ()), *node.get("allOf", ())]:
        yield from reply_names(inner, seen)


CREATES = [one for one in SPEC.operations.values() if one.request and one.verb == "create"]


class Asker:
    """A mock that has been asked for one thing."""

    def __init__(self, path, body, **options):
        self.mock = KlingMock(**options)
        self.http = httpx.Client(
            transport=self.mock.transport, base_url=self.mock.transport.url, headers=HEADERS
        )
        self.created = self.http.post(path, json=body)

    def ended(self):
        self.mock.clock.advance(3600)
        [task, *_] = self.mock.state()["tasks"]
        return task["id"]

    def get(self, path, **params):
        return self.http.get(path, params=params).json()["data"]


def replies(create, body):
    """Yield the reply to a create, and those that show its task at its end."""
    asker = Asker(create.path, body, now=1.78e9)
    if asker.created.status_code != 200:
        return
    yield asker.created.json()["data"]
    if create.task:
        task, query = asker.ended(), SPEC.query_of(create)
        if "{id}" in query.path:
            yield asker.get(query.path.replace("{id}", task))
            yield asker.get(query.path.partition("/{")[0])
        else:
            yield asker.get(query.path, task_ids=task)


def test_every_field_of_every_reply_has_been_looked_at():
    content = [one.node["responses"]["200"]["content"] for one in SPEC.operations.values()]
    names = {name for one in content for name in reply_names(one["application/json"]["schema"])}
    repeated = {field.name for one in CREATES for field in fields_of(one)}

    assert names - repeated - OTHER_NAMES - OWN.keys() - set(KLINGS_OWN.split()) == set()
    assert {*KLINGS_OWN.split(), *OTHER_NAMES, *OWN} - names == set()


@pytest.mark.parametrize("create", CREATES, ids=lambda one: one.id)
def test_what_has_a_name_of_the_request_is_what_was_asked_for(create):
    names = {field.name for field in fields_of(create)} - OWN.keys() - OTHER_NAMES
    for body in copy.deepcopy(right_bodies(create)[:4]):
        if create.task and "external_task_id" in names:
            options = body.get("options", body)
            options["external_task_id"] = "mine"
        asked = {}
        for name, value in leaves(body):
            asked.setdefault(name, []).append(str(value))
        for reply in replies(create, body):
            for name, value in leaves(reply):
                assert name not in asked.keys() & names or str(value) in asked[name], name


VIDEO = "https://example.org/talk.mp4"
MADE_BEFORE = "829836802793406551"
EXTEND, LIP_SYNC = "/v1/videos/video-extend", "/v1/videos/lip-sync"
FACES, ADVANCED = "/v1/videos/identify-face", "/v1/videos/advanced-lip-sync"
TEXT, SOUND = "/v1/videos/text2video", "/v1/audio/video-to-audio"
SPEECH = {"mode": "text2video", "text": "Welcome", "voice_id": "girlfriend_1_speech02"}
FACE = {"face_id": "0", "sound_file": "https://example.org/a.mp3"}
FACE |= {"sound_start_time": 0, "sound_end_time": 3000, "sound_insert_time": 0}


def parent_of(asker, path, body):
    """Return the parent video of a new task, when it has ended and as it is called back."""
    made = asker.http.post(path, json=body | {"callback_url": NOWHERE}).json()
    task = made["data"]["task_id"]
    asker.ended()
    said = asker.get(f"{path}/{task}")["task_info"]["parent_video"]
    told = asker.http.get("/_mock/state").json()["tasks"][0]["callbacks"]
    assert [one["status"] for one in told][-1] == "succeed"
    assert said["id"] != asker.get(f"{path}/{task}")["task_result"]["videos"][0].get("id")
    return said


def with_face(asker, video):
    session = asker.http.post(FACES, json=video).json()["data"]["session_id"]
    return {"session_id": session, "face_choose": [FACE]}


# How each family is told which video to begin with.
BEGINS = {
    EXTEND: lambda asker, video: video,
    SOUND: lambda asker, video: video,
    LIP_SYNC: lambda asker, video: {"input": SPEECH | video},
    ADVANCED: with_face,
}


@pytest.fixture
def asker():
    """Return a mock of a day when all of these families took creates, and a video that it made."""
    body = {"model_name": "kling-v1-6", "prompt": "A fox", "aspect_ratio": "9:16"}
    return Asker(TEXT, body, as_of=date(2025, 12, 1), now=1.78e9)


def test_every_family_with_a_parent_video_is_tried():
    examples = {one.path: str(one.node) for one in SPEC.operations.values() if one.verb == "get"}

    assert {path[:-5] for path, text in examples.items() if "parent_video" in text} == set(BEGINS)


@pytest.mark.parametrize("path", BEGINS)
def test_a_parent_video_is_the_one_that_was_asked_for(asker, path):
    [video] = asker.get(f"{TEXT}/{asker.ended()}")["task_result"]["videos"]

    said = parent_of(asker, path, BEGINS[path](asker, {"video_id": video["id"]}))

    assert said == {name: video[name] for name in ("id", "url", "duration")}
    assert "720x1280" in said["url"]


@pytest.mark.parametrize("path", BEGINS)
def test_a_parent_video_that_the_mock_does_not_know_keeps_its_id(asker, path):
    said = parent_of(asker, path, BEGINS[path](asker, {"video_id": MADE_BEFORE}))

    assert said["id"] == MADE_BEFORE
    assert asker.http.get(said["url"]).content[4:8] == b"ftyp"


@pytest.mark.parametrize("path", [path for path in BEGINS if path != EXTEND])
def test_a_parent_video_from_elsewhere_keeps_its_url(asker, path):
    said = parent_of(asker, path, BEGINS[path](asker, {"video_url": VIDEO}))

    assert said["url"] == VIDEO
    assert said["id"].isdecimal()


@pytest.mark.parametrize("asked", [True, False])
def test_a_watermark_is_shown_if_it_was_asked_for(asker, asked):
    body = {"image": "https://example.org/a.png", "sound_file": "https://example.org/a.mp3"}
    path = "/v1/videos/avatar/image2video"
    task = asker.http.post(path, json=body | {"watermark_info": {"enabled": asked}}).json()["data"]
    asker.ended()

    said = asker.get(f"{path}/{task['task_id']}")

    assert said["watermark_info"] == {"enabled": asked}
    assert ("watermark_url" in said["task_result"]["videos"][0]) is asked


IMAGES = {
    "frontal_image": "https://example.org/a.png",
    "refer_images": [{"image_url": f"https://example.org/{number}.png"} for number in range(3)],
}
ELEMENT = {
    "element_name": "Fox",
    "element_description": "A red fox",
    "reference_type": "image_refer",
    "element_image_list": IMAGES,
}
OF_VIDEO = {
    "reference_type": "video_refer",
    "element_video_list": {"refer_videos": [{"video_url": VIDEO}]},
}
TAGS = {"tag_list": [{"tag_id": "o_103"}, {"tag_id": "o_106"}]}


def element_of(**fields):
    path = "/v1/general/advanced-custom-elements"
    asker = Asker(path, ELEMENT | fields, now=1.78e9)
    [element] = asker.get(f"{path}/{asker.ended()}")["task_result"]["elements"]
    assert asker.created.json()["code"] == 0
    return element


def test_an_element_has_the_images_that_were_asked_for():
    element = element_of()

    assert (element["element_name"], element["element_description"]) == ("Fox", "A red fox")
    assert len({one["image_url"] for one in element["element_image_list"]["refer_images"]}) == 3
    assert (element["element_video_list"], element["element_voice_info"]) == ({}, {})
    assert element["tag_list"] == []


def test_an_element_has_the_tags_and_the_voice_that_were_asked_for():
    element = element_of(**TAGS, element_voice_id="829824295735410756")

    assert [(one["id"], one["name"]) for one in element["tag_list"]] == [
        ("o_103", "Animal"),
        ("o_106", "Scene"),
    ]
    assert element["element_voice_info"]["voice_id"] == "829824295735410756"


def test_an_element_of_a_video_shows_a_video():
    element = element_of(**OF_VIDEO)

    assert element["reference_type"] == "video_refer"
    assert element["element_image_list"] == {}
    [video] = element["element_video_list"]["refer_videos"]
    assert video["video_url"].endswith(".mp4")


def test_a_basic_element_has_the_tags_and_as_many_images_as_were_asked_for():
    body = {"element_name": "Fox", "element_description": "A red fox", **TAGS}
    body |= {"element_frontal_image": IMAGES["frontal_image"]}
    body |= {"element_refer_list": IMAGES["refer_images"]}
    asker = Asker("/v1/general/custom-elements", body, now=1.78e9)

    [element] = asker.get("/v1/general/custom-elements")

    assert element == asker.created.json()["data"]
    assert [one["id"] for one in element["tag_list"]] == ["o_103", "o_106"]
    assert len(element["element_refer_list"]) == 3


OMNI = {"contents": [{"type": "prompt", "text": "A fox"}]}
CHARGED = [
    (TEXT, {"model_name": "kling-v2-6", "prompt": "A fox"}, ("720p", "off", False)),
    (
        TEXT,
        {"model_name": "kling-v2-6", "prompt": "A fox", "mode": "pro", "sound": "on"},
        ("1080p", "native", False),
    ),
    (
        "/omni-video/kling-3.0-omni",
        OMNI | {"settings": {"resolution": "4k", "audio": "native", "aspect_ratio": "16:9"}},
        ("4k", "native", False),
    ),
    (SOUND, {"video_url": VIDEO}, (None, None, None)),
]


@pytest.mark.parametrize(("path", "body", "expected"), CHARGED)
def test_a_deduction_says_what_was_paid_for(path, body, expected):
    asker = Asker(path, body, now=1.78e9)
    assert asker.created.json()["code"] == 0, asker.created.text
    asker.ended()

    span = {"start_time": 0, "end_time": 2 * 10**12}
    reply = asker.http.post("/account/billing/package", json=span)
    [row] = reply.json()["data"]["result"]["detail"]

    names = ("resolution", "video_sound", "refer_video_input")
    assert tuple(row.get(name) for name in names) == expected
