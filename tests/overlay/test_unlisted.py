"""A request for what nobody has described is sent as it is, paid for once, and never lost."""

import copy
import json
import pickle
import re
import warnings
from pathlib import Path

import httpx
import kling
import pytest
from kling import Kling, KlingWarning, Unlisted, callbacks, models
from kling.mock import KlingMock, Package

KEY = {"api_key": "mock-api-key"}
PAIR = {"access_key": "mock-access-key", "secret_key": "mock-secret-key-of-32-bytes-or-more"}
# By standard: a path that is not described, what the mock answers as, and what the refs begin with.
PATHS = {
    "v1": ("/v1/videos/new-thing", "/v1/videos/text2video", "v1/videos/new-thing"),
    "current": ("/text-to-video/kling-4.0", "/text-to-video/kling-3.0", "tasks"),
    "solutions": ("/solutions/new-thing", "/solutions/virtual_try_on", "solutions"),
}
BODY = {"words": "A fox at dawn", "scene": [{"x": 1}]}
UNCHECKED = r"^POST \S+ is not in the description, so the request is not checked: Kling may refuse"


@pytest.fixture
def mock(kling_mock_options):
    aliases = {new: known for new, known, _ in PATHS.values()}
    return KlingMock(**kling_mock_options, aliases=aliases)


class Counting(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """The transport of a mock, counting the creates that leave, answered or not."""

    def __init__(self, inner):
        self._inner = inner
        self.clock = inner.clock
        self.posts = 0

    def handle_request(self, request):
        self.posts += request.method == "POST"
        return self._inner.handle_request(request)

    async def handle_async_request(self, request):
        self.posts += request.method == "POST"
        return await self._inner.handle_async_request(request)


@pytest.fixture
def counting(mock):
    return Counting(mock.transport)


@pytest.fixture
def client(counting, either_kling):
    return either_kling(**KEY, transport=counting)


@pytest.fixture(params=PATHS)
def standard(request):
    return request.param


@pytest.fixture
def path(standard):
    return PATHS[standard][0]


def create(client, request, call="create", **options):
    """Create a task, which warns exactly once."""
    with pytest.warns(KlingWarning, match=UNCHECKED) as told:
        task = getattr(client, call)(request, **options)
    assert len(told) == 1
    return task


def posts(mock):
    return [one for one in mock.state()["requests"] if one["method"] == "POST"]


def own_id(body):
    return body.get("options", body).get("external_task_id")


def test_it_is_sent_once_as_it_is_but_for_an_id(mock, client, standard, path):
    task = create(client, Unlisted(path, BODY))

    [sent] = posts(mock)
    holder = {} if standard == "v1" else {"options": {"external_task_id": task.external_task_id}}
    top = {"external_task_id": task.external_task_id} if standard == "v1" else {}
    assert sent["path"] == path
    assert sent["body"] == {**BODY, **holder, **top}
    assert re.fullmatch("kling-[0-9a-f]{32}", task.external_task_id)
    assert task.ref == f"{PATHS[standard][2]}/{task.id}"


@pytest.mark.parametrize("given", ["order-1", 1])
def test_an_id_of_the_caller_stays(mock, client, standard, path, given):
    own = {"external_task_id": given}

    create(client, Unlisted(path, own if standard == "v1" else {"options": own}))

    assert own_id(posts(mock)[0]["body"]) == given


@pytest.mark.parametrize("given", ["order-1", 1])
def test_an_id_in_the_other_place_is_the_caller_s_too(mock, client, standard, path, given):
    own = {"external_task_id": given}
    body = {"options": own} if standard == "v1" else own

    made = create(client, Unlisted(path, body))

    assert own_id(posts(mock)[0]["body"]) == given
    assert made.external_task_id == str(given)
    with pytest.raises(kling.APIError):
        create(client, Unlisted(path, body))
    assert mock.state()["counts"]["tasks"] == 1


def test_options_that_are_null_take_an_id(mock, client):
    create(client, Unlisted("/text-to-video/kling-4.0", {"options": None}))

    assert posts(mock)[0]["body"]["options"]["external_task_id"].startswith("kling-")


@pytest.mark.parametrize("options", ["none", []])
def test_where_an_id_belongs_may_be_what_it_likes(scripted, either_kling, success, options):
    transport = scripted({"code": 0, "data": {"id": "7", "status": "submitted"}})
    body = {"options": options}

    create(either_kling(**KEY, transport=transport), Unlisted("/text-to-video/kling-4.0", body))

    assert json.loads(transport.requests[0].content) == body


def test_below_v1_a_field_named_options_is_nothing_special(mock, client):
    task = create(client, Unlisted("/v1/videos/new-thing", {"options": {"a": 1}}))

    assert posts(mock)[0]["body"] == {
        "options": {"a": 1},
        "external_task_id": task.external_task_id,
    }


def test_a_run_waits_and_the_result_is_downloaded(client, standard, path, tmp_path):
    task = create(client, Unlisted(path, BODY), "run")

    [file] = client.download(task, tmp_path)
    assert task.status == "succeeded"
    assert file.parent == tmp_path
    assert file.name.startswith(PATHS[standard][2].replace("/", "-"))


def test_a_ref_is_good_after_a_restart(mock, client, path, either_kling, tmp_path):
    made = create(client, Unlisted(path, BODY))
    anew = either_kling(**KEY, transport=mock.transport)

    assert anew.retrieve(made.ref).id == made.id
    assert anew.wait(made.ref).ref == made.ref
    assert [file.exists() for file in anew.download(made.ref, tmp_path)] == [True]
    assert anew.retrieve(pickle.loads(pickle.dumps(made))).id == made.id


def test_a_caller_s_id_stands_for_the_id_in_a_ref(client, standard, path):
    own = {"external_task_id": "order-1"}
    made = create(client, Unlisted(path, own if standard == "v1" else {"options": own}))

    assert client.retrieve(f"{PATHS[standard][2]}/order-1").id == made.id


def test_tasks_of_all_kinds_are_waited_for_together(mock, either_kling):
    client = either_kling(**KEY, transport=mock.transport)
    tasks = [create(client, Unlisted(path, BODY)) for path, _, _ in PATHS.values() for _ in "12345"]
    tasks.append(client.create(models.TextToVideoRequest(model_name="kling-v3", prompt="A fox")))

    ended = client.wait_all(tasks)

    assert [task.ref for task in ended] == [task.ref for task in tasks]
    assert {task.status for task in ended} == {"succeeded"}
    looks = [one["path"] for one in mock.state()["requests"] if one["method"] == "GET"]
    # Whether /tasks has them, nobody knows, so each is asked for at its own path.
    assert any(one.startswith("/v1/videos/new-thing/") for one in looks)


def test_an_access_key_pair_is_left_to_kling(mock, either_kling):
    client = either_kling(**PAIR, transport=mock.transport)

    assert create(client, Unlisted("/v1/videos/new-thing", BODY), "run").status == "succeeded"
    with (
        pytest.warns(KlingWarning, match=UNCHECKED),
        pytest.raises(kling.AuthenticationError, match="does not support AK/SK"),
    ):
        client.create(Unlisted("/text-to-video/kling-4.0", BODY))


def test_each_create_warns_once(client, path):
    for _ in "12":
        create(client, Unlisted(path, BODY))


def test_a_described_path_is_sent_too_and_the_warning_names_the_class_that_is_checked(client):
    request = Unlisted("/v1/videos/text2video", {"model_name": "kling-v3", "prompt": "A fox"})

    with pytest.warns(KlingWarning) as told:
        task = client.create(request)

    [warning] = told
    assert str(warning.message).startswith(
        "POST /v1/videos/text2video is in the description: use models.TextToVideoRequest, "
        "which is checked before it is sent. An Unlisted is not checked: "
    )
    assert client.wait(task).ref == f"v1/videos/text2video/{task.id}"
    with pytest.warns(KlingWarning, match="models.Kling30OmniVideoRequest, which is checked"):
        kling.validate(Unlisted("/omni-video/kling-v3-omni", {}))


def test_to_validate_it_says_that_nothing_is_checked(path):
    with pytest.warns(KlingWarning, match=UNCHECKED) as told:
        assert kling.validate(Unlisted(path, {"n": 10**9}), allow={"unknown-field"}) == []
    assert len(told) == 1


def test_more_fields_come_on_top(mock, client, path):
    create(client, Unlisted(path, BODY), extra={"words": "A hare", "n": 1})

    assert {"words": "A hare", "n": 1}.items() <= posts(mock)[0]["body"].items()


def test_what_json_cannot_carry_and_rules_that_are_none_are_refused_before_it_is_sent(mock, client):
    request = Unlisted("/text-to-video/kling-4.0", BODY)

    with pytest.raises(kling.InvalidRequestError, match=r"(?s)^/text-to-video/.*style is of"):
        client.create(request, extra={"style": b"bytes"})
    with pytest.raises(ValueError, match="there is no rule unknown-fields"):
        client.create(request, allow={"unknown-fields"})
    with pytest.raises(TypeError, match="extra must be a mapping"):
        client.create(request, extra=[1])
    assert posts(mock) == []


# Doubt and money.

DOUBTS = {
    "stall": {"fault": "stall", "seconds": 90, "when": "after"},
    "hang-up": {"fault": "hang-up", "when": "after"},
    "html": {"fault": "html", "when": "after"},
    "5000": {"fault": "refuse", "code": 5000, "when": "after"},
    "malformed": {"fault": "malformed"},
}
OPEN = {
    "hang-up": {"fault": "hang-up", "when": "before"},
    "5000": {"fault": "refuse", "code": 5000},
    "5002": {"fault": "refuse", "code": 5002},
}


@pytest.mark.parametrize("fault", DOUBTS.values(), ids=DOUBTS)
def test_a_task_that_was_made_is_found_and_not_made_again(mock, client, counting, path, fault):
    mock.plan(**fault)

    task = create(client, Unlisted(path, BODY))

    assert [one["id"] for one in mock.state()["tasks"]] == [task.id]
    assert counting.posts == 1
    assert client.wait(task).status == "succeeded"


@pytest.mark.parametrize("fault", OPEN.values(), ids=OPEN)
def test_that_it_is_not_found_proves_nothing(mock, client, path, fault):
    mock.plan(**fault)

    with pytest.warns(KlingWarning, match=UNCHECKED), pytest.raises(kling.APIError) as caught:
        client.create(Unlisted(path, BODY))

    error = caught.value
    assert (error.not_created, error.may_exist) == (False, True)
    assert f"client.recover({path!r}, {error.external_task_id!r})" in error.__notes__[0]
    assert (mock.state()["tasks"], len(posts(mock))) == ([], 1)
    with pytest.raises(kling.NotFoundError):
        client.recover(path, error)


def test_it_is_recovered_by_path_and_id(client, path):
    made = create(client, Unlisted(path, BODY))

    found = client.recover(path, made.external_task_id)

    assert (found.ref, found.id) == (made.ref, made.id)


@pytest.mark.parametrize("given", ["order-1", 1])
def test_a_program_that_runs_again_finds_its_task(mock, client, standard, path, given):
    own = {"external_task_id": given}
    request = Unlisted(path, own if standard == "v1" else {"options": own})
    made = create(client, request)

    with pytest.warns(KlingWarning, match=UNCHECKED), pytest.raises(kling.APIError) as caught:
        client.create(request)

    assert caught.value.may_exist
    assert client.recover(request.path, caught.value).id == made.id
    assert len(mock.state()["tasks"]) == 1


@pytest.mark.parametrize("code", [1302, 1303])
def test_what_is_refused_for_the_moment_goes_again_with_the_same_id(mock, client, path, code):
    mock.plan(fault="refuse", code=code, times=3)

    create(client, Unlisted(path, BODY))

    ids = {own_id(one["body"]) for one in posts(mock)}
    assert (len(posts(mock)), len(ids), len(mock.state()["tasks"])) == (4, 1, 1)


@pytest.mark.parametrize("code", [1003, 1004])
def test_after_a_token_was_refused_it_goes_once_more_with_the_same_id(
    scripted, either_kling, success, code
):
    transport = scripted((401, {"code": code, "message": "no"}), success())
    client = either_kling(**PAIR, transport=transport)

    create(client, Unlisted("/v1/videos/new-thing", BODY))

    first, second = transport.requests
    assert first.content == second.content


@pytest.mark.parametrize("code", [1200, 1201, 1203, 1301])
def test_a_refusal_is_raised_at_once(mock, client, path, code):
    mock.plan(fault="refuse", code=code)

    with pytest.warns(KlingWarning, match=UNCHECKED), pytest.raises(kling.APIError) as caught:
        client.create(Unlisted(path, BODY))

    assert (caught.value.not_created, len(posts(mock))) == (True, 1)


def test_a_path_that_kling_has_not_costs_nothing(kling_mock, either_kling):
    client = either_kling(**KEY, transport=kling_mock.transport)

    with pytest.warns(KlingWarning, match=UNCHECKED), pytest.raises(kling.APIError) as caught:
        client.create(Unlisted("/text-to-video/kling-4.0", BODY))

    assert caught.value.not_created


def test_a_reply_with_another_s_id_is_not_taken_for_one_s_own(scripted, either_kling, success):
    transport = scripted(success(task_info={"external_task_id": "another"}))

    with pytest.warns(KlingWarning, match=UNCHECKED), pytest.raises(kling.APIError) as caught:
        either_kling(**KEY, transport=transport).create(Unlisted("/v1/videos/new-thing", BODY))

    assert caught.value.may_exist


# What it occupies.


@pytest.mark.parametrize(
    ("concurrency", "most"),
    [(1, 1), (2, 2), ({"video": 1, "image": 1, "try-on": 1}, 4), (None, 4)],
    ids=["one", "two", "by kind", "unknown"],
)
def test_one_number_holds_it_back_and_numbers_by_kind_do_not(mock, concurrency, most):
    client = Kling(**KEY, transport=mock.transport, concurrency=concurrency)
    running = []

    for _ in "1234":
        create(client, Unlisted("/v1/videos/new-thing", BODY))
        tasks = mock.state()["tasks"]
        running.append(sum(one["status"] in ("submitted", "processing") for one in tasks))

    assert max(running) == most


def test_paths_of_one_model_share_their_room(kling_mock_options):
    aliases = {"kling-4.0": "kling-3.0"}
    mock = KlingMock(**kling_mock_options, aliases=aliases)
    client = Kling(**KEY, transport=mock.transport, concurrency=1)

    for path in ("/text-to-video/kling-4.0", "/image-to-video/kling-4.0"):
        create(client, Unlisted(path, BODY))

    first, second = reversed(mock.state()["tasks"])
    assert first["status"] == "succeed"
    assert second["status"] == "submitted"


def test_kling_s_refusals_teach_how_many_there_may_be(kling_mock_options):
    aliases = {"kling-4.0": "kling-3.0"}
    package = [Package("video", 1)]
    mock = KlingMock(**kling_mock_options, aliases=aliases, packages=package)
    client = Kling(**KEY, transport=mock.transport)

    for _ in "123":
        create(client, Unlisted("/text-to-video/kling-4.0", BODY))

    assert len(mock.state()["tasks"]) == 3


# Callbacks.


def test_a_callback_has_a_ref_that_can_be_retrieved(mock, client, standard, path):
    own = {"callback_url": "http://localhost:9/"}
    made = create(client, Unlisted(path, own if standard == "v1" else {"options": own}))
    client.wait(made)

    event = callbacks.parse(mock.deliveries[-1].body, request=path)

    assert event.task.ref == made.ref
    assert client.retrieve(event.task).id == made.id


def test_a_callback_of_the_current_standard_needs_no_path(mock, client):
    body = {"options": {"callback_url": "http://localhost:9/"}}
    made = create(client, Unlisted("/text-to-video/kling-4.0", body))

    assert callbacks.parse(mock.deliveries[0].body).task.ref == made.ref
    assert callbacks.parse(mock.deliveries[0].body, request="/v1/videos/x").task.ref == made.ref


# What is no request, no path, no ref.

WRONG_PATHS = {
    "no slash": (
        "text-to-video/kling-4.0",
        "begins with a slash, such as /text-to-video/kling-4.0",
    ),
    "nothing": ("", "begins with a slash"),
    "a URL": (
        "https://key:secret@api.klingai.com/v1/videos",
        "^give a path, .*, not a URL; base_url sets",
    ),
    "a host": ("//api.klingai.com/v1/videos", "words between single slashes"),
    "a query": ("/v1/videos/new?a=b", "has a query string"),
    "a fragment": ("/v1/videos/new#a", "has a query string"),
    "dots": ("/v1/videos/../images", "contains . or .. between slashes"),
    "a dot": ("/v1/./videos", "contains . or .. between slashes"),
    "coded dots": ("/v1/%2e%2e/images", "words between single slashes"),
    "a slash at the end": ("/v1/videos/new/", "words between single slashes"),
    "a space": ("/v1/videos/new thing", "words between single slashes"),
    "a line": ("/v1/videos/new\n", "words between single slashes"),
    "a brace": ("/v1/videos/{id}", "words between single slashes"),
    "the root": ("/", "words between single slashes"),
}


@pytest.mark.parametrize(("path", "words"), WRONG_PATHS.values(), ids=WRONG_PATHS)
def test_what_is_no_path_is_refused_with_what_would_be_one(client, path, words):
    with pytest.raises(ValueError, match=words) as caught:
        Unlisted(path, {})
    assert "secret" not in str(caught.value)
    if "/" in path:
        with pytest.raises(ValueError, match=words):
            client.recover(path, "order-1")
        with pytest.raises(ValueError, match=words):
            callbacks.parse(b"{}", request=path)


WRONG_BODIES = {
    "a list": ([], TypeError, "the body must be a mapping of field names to values, not list"),
    "a text": ("{}", TypeError, "not str"),
    "nothing": (None, TypeError, "not NoneType"),
    "a request": (models.Shot(index=1, prompt="x", duration="5"), TypeError, "not Shot"),
    "bytes": (
        {"a": [{"url": b"x"}]},
        TypeError,
        r"^a\[0\].url is of the Python type bytes; give a media file as a string",
    ),
    "a file": (
        {"a": Path("x.png")},
        TypeError,
        "a is of the Python type .*Path; give a media file as a string",
    ),
    "a model": (
        {"a": models.Shot(index=1, prompt="x", duration="5")},
        TypeError,
        "a is of the Python type Shot",
    ),
    "a number as name": ({"a": {1: 2}}, TypeError, "the name of a field must be a string, not 1"),
    "no number": ({"a": float("nan")}, ValueError, "a must be a finite number"),
    "half a pair": ({"a": "\ud800"}, ValueError, "a contains half of a surrogate pair"),
}


@pytest.mark.parametrize(("body", "kind", "words"), WRONG_BODIES.values(), ids=WRONG_BODIES)
def test_what_is_no_body_is_refused_with_what_would_be_one(body, kind, words):
    with pytest.raises(kind, match=words):
        Unlisted("/text-to-video/kling-4.0", body)


def test_a_body_without_end_is_refused():
    body = {}
    body["a"] = body

    with pytest.raises(ValueError, match="a is nested too deeply"):
        Unlisted("/text-to-video/kling-4.0", body)
    with pytest.raises(TypeError, match="the path must be a string"):
        Unlisted(7, {})


def test_it_cannot_be_changed():
    body = {"a": [1], "b": ("c", {"d": None})}
    request = Unlisted("/text-to-video/kling-4.0", body)

    body["a"].append(2)
    request.body["a"].append(3)
    request.to_dict()["b"][1]["d"] = 4
    for name in ("path", "body", "_body", "new"):
        with pytest.raises(AttributeError, match="cannot be changed"):
            setattr(request, name, {})

    assert request.body == request.to_dict() == {"a": [1], "b": ["c", {"d": None}]}


def test_it_shows_its_path_and_never_its_body():
    request = Unlisted("/text-to-video/kling-4.0", {"prompt": "private"})

    assert repr(request) == str(request) == "Unlisted('/text-to-video/kling-4.0', ...)"


def test_it_can_be_compared_copied_and_pickled():
    request = Unlisted("/text-to-video/kling-4.0", BODY)

    for other in (copy.copy(request), copy.deepcopy(request), pickle.loads(pickle.dumps(request))):
        assert (other, hash(other)) == (request, hash(request))
    assert request != Unlisted("/text-to-video/kling-4.0", {})
    assert request != Unlisted("/text-to-video/kling-4.1", BODY)
    assert request != BODY


@pytest.mark.parametrize("wrong", [Unlisted, Unlisted("/v1/videos/new", {})], ids=["class", "one"])
def test_where_a_class_belongs_the_path_does_it(client, wrong):
    with pytest.raises(TypeError, match="give the path of the Unlisted"):
        client.recover(wrong, "order-1")
    with pytest.raises(TypeError):
        client.create(Unlisted)


@pytest.mark.parametrize(
    "which", ["/v1/videos/new-thing", Unlisted("/v1/videos/new", {}), Unlisted]
)
def test_there_is_no_list_of_a_path(client, which):
    with pytest.raises(TypeError, match=r"models.ListTasksRequest|give the path"):
        list(client.list(which))


@pytest.mark.parametrize(
    "ref",
    [
        "v1/7",
        "v1/",
        "v1//7",
        "v1/../7",
        "v1/videos/..",
        "v1/a/../7",
        "v1/a b/7",
        "v1/a?b/7",
        "v2/a/7",
    ],
)
def test_what_is_no_ref_is_refused(client, ref):
    with pytest.raises(
        ValueError,
        match=r"^a ref consists of a family and an id, .*; for a path that belongs to no",
    ):
        client.retrieve(ref)


def test_an_id_in_a_ref_is_sent_as_one_step(scripted, either_kling, success):
    transport = scripted(success(task_id="7"))

    either_kling(**KEY, transport=transport).retrieve("v1/videos/new-thing/a?b c")

    assert transport.requests[0].url.raw_path == b"/v1/videos/new-thing/a%3Fb%20c"


def test_no_warning_comes_of_what_is_read(client, path):
    made = create(client, Unlisted(path, BODY))

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        client.wait(made.ref)
        client.recover(path, made.external_task_id)


def test_a_gateway_with_a_path_of_its_own_is_asked_below_it(success):
    urls = []

    def answer(request):
        urls.append(str(request.url))
        return httpx.Response(200, json=success(task_status="succeed"))

    with Kling(
        **KEY, base_url="https://gate.example/kling", transport=httpx.MockTransport(answer)
    ) as client:
        task = create(client, Unlisted("/v1/videos/new-thing", BODY))
        client.retrieve(task)

    assert urls == [
        "https://gate.example/kling/v1/videos/new-thing",
        f"https://gate.example/kling/v1/videos/new-thing/{task.id}",
    ]
