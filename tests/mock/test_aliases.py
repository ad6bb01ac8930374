"""Paths that nobody has described, and that the mock is told to answer as described ones."""

import httpx
import pytest
from kling.mock import KlingMock, Package

SEGMENT = {"kling-4.0": "kling-3.0"}
NEW, KNOWN = "/text-to-video/kling-4.0", "/text-to-video/kling-3.0"
OLD_NEW, OLD_KNOWN = "/v1/videos/new-thing", "/v1/videos/text2video"
# Nothing of this is described, and parts have other types than there.
BODY = {
    "prompt": 7,
    "scene": {"a": [1, None]},
    "contents": "none",
    "settings": {"duration": 30, "aspect_ratio": "21:9", "resolution": ["8k"]},
    "options": {"external_task_id": "fox-1", "watermark_info": "yes", "callback_url": 3},
}


@pytest.fixture
def ask_with(kling_mock_options):
    """Return a function that makes a mock with aliases, and one that asks it."""

    def made(aliases, **options):
        mock = KlingMock(**kling_mock_options, aliases=aliases, **options)
        client = httpx.Client(transport=mock.transport, base_url="https://kling-mock.invalid")
        client.headers["Authorization"] = "Bearer mock-api-key"
        return mock, client

    return made


def test_a_segment_stands_for_another_in_every_path(ask_with, valid):
    _, client = ask_with(SEGMENT)

    for product in ("text-to-video", "image-to-video", "motion-control"):
        reply = client.post(f"/{product}/kling-4.0", json={})
        valid(reply, f"/{product}/kling-3.0")
        assert reply.headers["x-kling-mock-notes"] == (
            f"/{product}/kling-4.0 is an alias of /{product}/kling-3.0; its body was not checked."
        )
    assert client.post("/omni-video/kling-4.0", json={}).json()["code"] == 1201


def test_a_path_stands_for_one_path_and_what_is_below_it(ask_with, valid):
    mock, client = ask_with({OLD_NEW: OLD_KNOWN})

    task = valid(client.post(OLD_NEW, json={"external_task_id": "fox-1"}), OLD_KNOWN)

    shown = valid(client.get(f"{OLD_NEW}/fox-1"), f"{OLD_KNOWN}/1", "get")
    listed = valid(client.get(OLD_NEW, params={"pageSize": 5}), OLD_KNOWN, "get")
    assert [task["task_id"]] == [shown["task_id"]] == [one["task_id"] for one in listed]
    mock.clock.advance(600)
    ended = valid(client.get(f"{OLD_NEW}/{task['task_id']}"), f"{OLD_KNOWN}/1", "get")
    assert ended["task_status"] == "succeed"
    assert client.get(ended["task_result"]["videos"][0]["url"]).status_code == 200
    assert client.post("/v1/videos/new-things", json={}).json()["code"] == 1203


def test_only_what_makes_and_reads_tasks_is_below_an_alias(ask_with, valid):
    _, client = ask_with({"/v1/videos/new": "/v1/videos/multi-elements"})

    valid(client.post("/v1/videos/new", json={}), "/v1/videos/multi-elements")
    for below in ("add-selection", "init-selection"):
        assert client.post(f"/v1/videos/new/{below}", json={}).json()["code"] in (1202, 1203)


def test_a_task_of_an_alias_lives_as_one_of_the_known_path(ask_with, valid):
    mock, client = ask_with(SEGMENT)
    mock.plan("submitted", "processing", "failed", message="it is too dark")

    made = valid(client.post(NEW, json=BODY), KNOWN)
    mock.clock.advance(600)

    [task] = valid(client.get("/tasks?external_task_ids=fox-1"), "/tasks", "get")
    assert (task["id"], task["status"], task["message"]) == (made["id"], "failed", "it is too dark")


@pytest.mark.parametrize(
    "body",
    [
        {},
        BODY,
        {"settings": 3, "options": []},
        {"settings": {"duration": 10**30}, "n": 10**9, "watermark_info": "yes"},
        {"contents": [{"type": "middle_frame", "url": 1}], "options": {"watermark_info": [1]}},
        {"a.b": {"": 1}, "x[0]": {"": [[]]}},
    ],
)
@pytest.mark.parametrize("known", [KNOWN, OLD_KNOWN, "/v1/images/generations"])
def test_no_body_is_refused_and_each_makes_a_task_that_ends(ask_with, valid, body, known):
    new = f"{known}-new"
    mock, client = ask_with({new: known})

    valid(client.post(new, json=body), known)
    mock.clock.advance(3600)

    [task] = mock.state()["tasks"]
    assert task["status"] == "succeed"
    assert task["outputs"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", 1200),
        (b"[{}]", 1201),
        (b'{"\\ud800": 1}', 1201),
        (b'{"deep": ' + b"[" * 100 + b"]" * 100 + b"}", 1201),
    ],
)
def test_only_an_object_of_json_is_a_body(ask_with, content, code):
    _, client = ask_with(SEGMENT)

    reply = client.post(NEW, content=content, headers={"content-type": "application/json"})

    assert reply.json()["code"] == code
    assert client.post(NEW, content=b"{}").json()["code"] == 1200


def test_what_has_the_known_form_is_understood(ask_with):
    mock, client = ask_with({"/v1/images/new": "/v1/images/generations"})

    client.post("/v1/images/new", json={"n": "3", "new": 1, "external_task_id": "fox-1"})
    mock.clock.advance(600)

    [task] = mock.state()["tasks"]
    assert (task["slots"], len(task["outputs"]), task["external_task_id"]) == (3, 3, "fox-1")


def test_an_alias_knows_no_retirement_and_no_end(kling_mock_options, ask_with, valid):
    kling_mock_options["as_of"] = kling_mock_options["as_of"].replace(month=11)
    closed = "/v1/videos/multi-image2video"
    _, client = ask_with({"new": "multi-image2video", OLD_NEW: OLD_KNOWN})
    retired = {"model_name": "kling-v1", "prompt": "A fox"}

    assert client.post(OLD_KNOWN, json=retired).json()["code"] == 1203
    valid(client.post(OLD_NEW, json=retired), OLD_KNOWN)
    assert client.post(closed, json={}).json()["code"] == 1203
    valid(client.post("/v1/videos/new", json={}), closed)


def test_credentials_quotas_and_external_ids_are_those_of_the_known_path(ask_with, valid):
    _, client = ask_with(SEGMENT, packages=[Package("video", 1, 10)])
    no_key = {"Authorization": "Bearer a.b.c"}

    assert client.post(NEW, json={}, headers=no_key).json()["code"] == 1002
    valid(client.post(NEW, json={}), KNOWN)
    assert client.post(NEW, json={}).json()["code"] == 1303
    assert client.post(KNOWN, json={"prompt": "A fox"}).json()["code"] == 1303


def test_an_external_id_is_taken_once(ask_with):
    _, client = ask_with(SEGMENT)
    own_id = {"options": {"external_task_id": "fox-1"}}
    client.post(NEW, json=own_id)

    assert client.post(NEW, json=own_id).json()["code"] == 1201


def test_the_known_path_and_a_live_alias_keep_their_rules(ask_with):
    _, client = ask_with(SEGMENT | {"kling-4.0-omni": "kling-3.0-omni"})

    for path in (KNOWN, "/omni-video/kling-v3-omni", "/omni-video/kling-3.0-omni"):
        reply = client.post(path, json={"new": 1})
        assert reply.json()["code"] == 1201
        assert "unknown-field" in reply.headers["x-kling-mock-rules"]


def test_a_plan_for_the_operation_concerns_its_aliases(ask_with):
    mock, client = ask_with(SEGMENT)
    mock.plan(fault="refuse", code=1303, on="createKling30TextToVideoTask")

    assert client.post(NEW, json={}).json()["code"] == 1303


WRONG = {
    "nothing": ("", "kling-3.0", "'' is not a path or a segment"),
    "two segments": ("a/b", "kling-3.0", "'a/b' is not a path or a segment"),
    "a climb": ("/text-to-video/..", KNOWN, "is not a path or a segment"),
    "a query": ("/text-to-video/new?a=b", KNOWN, "is not a path or a segment"),
    "two kinds": ("kling-4.0", KNOWN, "both must be paths, or both must be segments"),
    "an unknown segment": (
        "kling-4.0",
        "kling-3.1",
        "kling-3.1 is not in the description; did you",
    ),
    "an unknown path": (
        NEW,
        "/text-to-video/kling-3.1",
        "kling-3.1 is not in the description; did",
    ),
    "a part of a path": ("/v2/videos", "/v1/videos", "/v1/videos is not in the description"),
    "a described path": (KNOWN, "/text-to-video/kling-2.6", f"{KNOWN} is in the description"),
    "a described segment": ("kling-2.6", "kling-3.0", "kling-2.6 is in the description"),
    "a live alias": ("kling-v3-omni", "kling-3.0", "kling-v3-omni is in the description"),
    "a task": (f"{OLD_KNOWN}/1", OLD_KNOWN, f"{OLD_KNOWN}/1 is in the description"),
    "no tasks": ("/account/fees", "/account/costs", "no operation of /account/costs creates tasks"),
    "only a query": ("jobs", "tasks", "no operation of tasks creates tasks"),
}


@pytest.mark.parametrize(("new", "known", "words"), WRONG.values(), ids=WRONG)
def test_a_wrong_alias_is_refused_in_one_line(new, known, words):
    with pytest.raises(ValueError, match=r"^the alias ") as error:
        KlingMock(aliases={new: known})
    assert f"the alias {new}={known}: " in str(error.value)
    assert words in str(error.value)


def test_two_aliases_do_not_share_a_path():
    with pytest.raises(ValueError, match=f"{NEW} is an alias already"):
        KlingMock(aliases=SEGMENT | {NEW: "/text-to-video/kling-2.6"})


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["kling-4.0"], "--alias takes NEW=KNOWN, such as kling-4.0=kling-3.0, not 'kling-4.0'"),
        (["kling-4.0=kling-9"], "the alias kling-4.0=kling-9: kling-9 is not in the description; "),
        (["a=kling-3.0", "a=kling-2.6"], "--alias maps a to both kling-3.0 and kling-2.6"),
    ],
)
def test_the_command_ends_with_one_line_and_2(kling_command, options, words):
    done = kling_command("mock", *(f"--alias={one}" for one in options))

    assert (done.exit_code, done.stdout) == (2, "")
    usage, _, line = done.stderr.partition("\n\n")
    assert usage.startswith("Usage: kling mock [OPTIONS]\n")
    assert line.startswith(f"Error: {words}")
    assert line.count("\n") == 1


def test_the_command_serves_aliases_and_names_them(mock_process, valid):
    server = mock_process("--alias", "kling-4.0=kling-3.0", "--alias", f"{OLD_NEW}={OLD_KNOWN}")

    header = {"Authorization": "Bearer mock-api-key"}
    for path, known in ((NEW, KNOWN), (OLD_NEW, OLD_KNOWN)):
        valid(httpx.post(f"{server.url}{path}", json={}, headers=header), known)
    for new, known in (("kling-4.0", "kling-3.0"), (OLD_NEW, OLD_KNOWN)):
        line = f"  {new} is an alias of {known}; the rules of {known} do not apply to it"
        assert line in server.lines


def test_a_dialect_has_aliases_of_its_own(ask_with, valid):
    _, client = ask_with(SEGMENT, dialect="current-only")

    valid(client.post(NEW, json={}), KNOWN)
    with pytest.raises(ValueError, match="text2video is not in the description"):
        KlingMock(aliases={"new": "text2video"}, dialect="current-only")


@pytest.mark.parametrize(
    ("new", "known", "wrong"),
    [
        ("/_mock/plan", KNOWN, "belong to the mock itself"),
        ("_mock", "text-to-video", "belong to the mock itself"),
        ("/v1/videos/new", KNOWN, "would belong to different standards"),
        ("/solutions/odd", KNOWN, "would belong to different standards"),
        ("/text-to-video/odd", OLD_KNOWN, "would belong to different standards"),
        ("v2", "v1", "would belong to different standards"),
    ],
)
def test_an_alias_whose_tasks_could_not_be_found_is_refused(kling_mock_options, new, known, wrong):
    with pytest.raises(ValueError, match=wrong):
        KlingMock(**kling_mock_options, aliases={new: known})
