"""The products under /solutions: as others, where users look, and read by a query of their own."""

import asyncio
import json
import pickle
from collections import Counter
from datetime import UTC, datetime

import kling
import pytest
from kling import AsyncKling, callbacks, models
from kling.description import load

KEY = "mock-api-key"
PAIR = {"access_key": "mock-access-key", "secret_key": "mock-secret-key-of-32-bytes-or-more"}
TRY_ON = models.VirtualTryOn30Request
TURBO = models.Kling30TurboTextToVideoRequest(prompt="A fox at dawn")
TEXT = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox at dawn")
SEARCH = models.ListSolutionTasksRequest
UNKNOWN = "893605946402811985"
SPEC = load()
CREATES = {
    one.request: one
    for one in SPEC.operations.values()
    if one.task and SPEC.task_family(one) == "solutions"
}
# What each product makes: the kind, the ending of the file, and whether its length is told.
MADE = {
    "ApparelReplicationRequest": [
        ("product_image", ".png", False),
        ("model_images", ".png", False),
        ("product_video", ".mp4", False),
    ],
    "DramaSubtitlesRequest": [
        ("subbed_video", ".mp4", True),
        ("srt", ".srt", False),
        ("ass", ".ass", False),
    ],
    "GoodsStudioRequest": [("video", ".mp4", True)],
    "VideoCommerceRequest": [("video", ".mp4", True)],
    "VirtualTryOn30Request": [("image", ".png", False)],
}
PACKAGES = {
    **dict.fromkeys(MADE, "video"),
    "VirtualTryOn30Request": "image",
}
# How a file of each ending begins.
BEGINNINGS = {".png": b"\x89PNG", ".mp4": b"\0\0\0", ".srt": b"1\n00:", ".ass": b"[Script Info]"}


def request_of(name, **options):
    """Return the shortest request of a product, with options."""
    content = CREATES[name].node["requestBody"]["content"]["application/json"]
    body = content["examples"]["minimal"]["value"]
    return getattr(models, name).from_dict({**body, **({"options": options} if options else {})})


def try_on(**options):
    return request_of("VirtualTryOn30Request", **options)


@pytest.fixture
def client(kling_mock, either_kling):
    return either_kling(api_key=KEY, transport=kling_mock.transport)


@pytest.fixture(params=CREATES)
def product(request):
    return request.param


def asked(kling_mock):
    """Return how often each operation was asked for."""
    return Counter(one["operation"] for one in kling_mock.state()["requests"])


def test_every_product_is_in_the_tables_of_this_file():
    assert CREATES.keys() == MADE.keys() == PACKAGES.keys()


def test_a_task_is_made_waited_for_and_downloaded(client, product, tmp_path):
    made = client.create(request_of(product))
    assert (made.ref, made.status) == (f"solutions/{made.id}", "submitted")
    assert client.retrieve(made.ref).id == made.id

    done = client.wait(made.ref, timeout=3600)

    assert (done.ref, done.status, done.message) == (made.ref, "succeeded", "")
    outputs = [(one.kind, one.duration is not None) for one in done.outputs]
    assert outputs == [(kind, has_length) for kind, _, has_length in MADE[product]]
    paths = client.download(done, tmp_path)
    assert [path.suffix for path in paths] == [ending for _, ending, _ in MADE[product]]
    for path in paths:
        assert path.stem.startswith(f"solutions-{made.id}")
        assert path.read_bytes().startswith(BEGINNINGS[path.suffix])
    assert done.created_at < done.updated_at
    assert pickle.loads(pickle.dumps(done)).outputs == done.outputs


def test_what_no_source_prices_is_charged_nothing_by_the_mock(client, product):
    request = request_of(product)

    estimate, done = kling.estimate(request), client.run(request, timeout=3600)

    assert (estimate.units, estimate.package) == (None, PACKAGES[product])
    assert (done.units, done.charges) == (None, ())


def test_a_task_is_found_by_the_id_that_its_creator_gave_it(client, product):
    made = client.create(request_of(product, external_task_id="coat-1"))

    assert client.retrieve("solutions/coat-1").id == made.id
    found = client.recover(getattr(models, product), "coat-1")
    assert (found.ref, found.external_task_id) == (made.ref, "coat-1")


def test_a_task_whose_reply_was_lost_is_found_and_not_made_again(client, product, kling_mock):
    kling_mock.plan(fault="hang-up", on="create", when="after")

    task = client.create(request_of(product))

    [made] = kling_mock.state()["tasks"]
    assert task.ref == f"solutions/{made['id']}"
    assert made["external_task_id"].startswith("kling-")
    assert asked(kling_mock) == {CREATES[product].id: 1, "getSolutionTasks": 1}


def test_a_task_that_cannot_be_looked_up_may_exist_and_is_recovered_later(client, kling_mock):
    kling_mock.plan(fault="hang-up", on="create", when="after")
    kling_mock.plan(fault="html", on="getSolutionTasks", times=6)

    with pytest.raises(kling.APIError) as caught:
        client.create(try_on())

    assert caught.value.may_exist
    assert "client.recover(models.VirtualTryOn30Request, 'kling-" in caught.value.__notes__[0]
    task = client.recover(TRY_ON, caught.value)
    assert task.external_task_id == caught.value.external_task_id


def test_an_id_that_was_used_before_is_refused_and_its_task_is_found(client, kling_mock):
    first = client.create(try_on(external_task_id="coat-1"))
    old = client.create(
        models.Kling30TurboTextToVideoRequest.from_dict(
            {"prompt": "A fox", "options": {"external_task_id": "fox-1"}}
        )
    )

    with pytest.raises(kling.BadRequestError, match="already exists") as caught:
        client.create(try_on(external_task_id="coat-1"))
    assert caught.value.may_exist
    assert client.recover(TRY_ON, caught.value).ref == first.ref
    # An account uses an id once, whatever its standard; this one leads to no task of /solutions.
    with pytest.raises(kling.BadRequestError, match="already exists"):
        client.create(try_on(external_task_id="fox-1"))
    assert [one["id"] for one in kling_mock.state()["tasks"]] == [old.id, first.id]


@pytest.mark.parametrize("ref", [f"solutions/{UNKNOWN}", "solutions/coat-9"])
def test_an_unknown_task_is_not_found(client, ref):
    for call in (client.retrieve, client.wait, lambda one: client.retrieve_all([one])):
        with pytest.raises(kling.NotFoundError, match=f"{ref} is not known here"):
            call(ref)
    with pytest.raises(kling.NotFoundError):
        client.recover(TRY_ON, ref.partition("/")[2])


def test_each_query_knows_its_own_tasks_alone(client):
    picture, video = client.create(try_on()), client.create(TURBO)

    for ref in (f"tasks/{picture.id}", f"solutions/{video.id}"):
        with pytest.raises(kling.NotFoundError, match="is not known here"):
            client.retrieve(ref)


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        ("virtual_try_on_30/1", "the refs of virtual_try_on_30 tasks begin with solutions/"),
        ("virtual-try-on-30/1", "the refs of virtual_try_on_30 tasks begin with solutions/"),
        ("solution_tasks/1", r"did you mean solutions\?"),
        ("solutions/", "a ref consists of a family and an id"),
        ("solutions/a,b", "its id contains a comma"),
    ],
)
def test_what_is_no_ref_says_what_is_one(client, ref, said):
    with pytest.raises(ValueError, match=said):
        client.retrieve(ref)


def test_an_own_id_with_a_comma_cannot_be_asked_for(client):
    with pytest.raises(ValueError, match="no query can look for"):
        client.recover(TRY_ON, "a,b")


def test_twenty_tasks_share_a_query_and_both_standards_are_waited_for_together(client, kling_mock):
    requests = [try_on()] * 45 + [TURBO, TEXT]
    refs = [client.create(one).ref for one in requests]
    before = asked(kling_mock)

    done = client.wait_all(refs, timeout=3600)

    assert [(one.ref, one.status) for one in done] == [(ref, "succeeded") for ref in refs]
    queries = asked(kling_mock) - before
    assert queries.keys() == {"getSolutionTasks", "getTasks"}
    # 45 tasks of /solutions take three queries a round, and the two others one.
    before = asked(kling_mock)
    assert [one.ref for one in client.retrieve_all(refs)] == refs
    assert asked(kling_mock) - before == {"getSolutionTasks": 3, "getTasks": 1}


def test_tasks_come_as_they_end(client, kling_mock):
    done = client.create(try_on())
    kling_mock.plan("submitted", "failed", message="Internal error")
    failed = client.create(try_on())

    ended = [(task.ref, task.message) for task in client.as_completed([done, failed.ref])]

    assert ended == [(failed.ref, "Internal error"), (done.ref, "")]


def test_a_task_that_fails_says_why(client, kling_mock):
    kling_mock.plan("submitted", "failed", message="Failure to pass the risk control system")

    with pytest.raises(kling.TaskFailedError, match=r"solutions/.* failed: Failure to pass") as got:
        client.run(try_on())
    assert got.value.kind == "policy"


def test_a_list_goes_on_by_its_cursor(client, kling_mock):
    refs = [client.create(try_on()).ref for _ in range(5)]
    client.create(TURBO)

    assert [task.ref for task in client.list(TRY_ON, page_size=3)] == refs[::-1]
    assert asked(kling_mock)["listSolutionTasks"] == 2
    assert [task.ref for task in client.list(SEARCH(limit=2))] == refs[::-1]
    assert asked(kling_mock)["listSolutionTasks"] == 5


def test_the_list_of_one_standard_has_no_tasks_of_the_other(client):
    picture = client.create(try_on())
    video = client.create(TURBO)
    other = client.create(
        models.ImageGenerationRequest(model_name="kling-v3", prompt="A fox at dawn")
    )

    assert [task.ref for task in client.list(SEARCH())] == [picture.ref]
    found = [task.id for task in client.list(models.ListTasksRequest())]
    assert found == [other.id, video.id]
    # A class of the current standard stands for all that makes videos too.
    assert [task.ref for task in client.list(type(TURBO))] == [video.ref]


def test_a_search_finds_by_status_and_time(client, kling_mock):
    kling_mock.plan("submitted", "failed")
    failed = client.create(try_on())
    done = client.create(try_on())
    client.wait_all([failed, done])
    running = client.create(try_on())
    begin = int(failed.created_at.timestamp() * 1000)
    end = int(running.created_at.timestamp() * 1000)

    def found(*statuses, **span):
        one = models.SolutionTaskFilter(key="status", values=list(statuses))
        return [task.id for task in client.list(SEARCH(filters=[one], **span))]

    assert found("failed") == [failed.id]
    assert found("succeeded") == found("succeed") == [done.id]
    assert found("submitted", "processing", "failed") == [running.id, failed.id]
    # The beginning counts in, the end does not.
    assert found(start_time=begin, end_time=end) == [done.id, failed.id]
    assert found(start_time=begin + 1, end_time=end + 1) == [running.id]


def test_a_wrong_search_is_refused_before_it_is_sent(client, kling_mock):
    wrong = SEARCH(start_time=2, end_time=1, limit=501)

    with pytest.raises(kling.InvalidRequestError) as caught:
        list(client.list(wrong))
    assert {one.field for one in caught.value.problems} == {"start_time", "limit"}
    with pytest.raises(kling.InvalidRequestError, match="limit"):
        list(client.list(TRY_ON, page_size=501))
    assert kling_mock.state()["counts"]["requests"] == 0


CALLS = {
    "create": lambda client: client.create(try_on()),
    "retrieve": lambda client: client.retrieve(f"solutions/{UNKNOWN}"),
    "retrieve_all": lambda client: client.retrieve_all([f"solutions/{UNKNOWN}"]),
    "wait": lambda client: client.wait(f"solutions/{UNKNOWN}"),
    "list": lambda client: [*client.list(TRY_ON)],
    "search": lambda client: [*client.list(SEARCH())],
    "recover": lambda client: client.recover(TRY_ON, "coat-1"),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_an_access_key_pair_is_refused_before_anything_is_sent(scripted, either_kling, call):
    transport = scripted({})

    with pytest.raises(kling.CredentialsError, match="takes only an API key"):
        call(either_kling(**PAIR, transport=transport))
    assert transport.requests == []


@pytest.mark.parametrize("id_name", ["id", "task_id"])
@pytest.mark.parametrize("word", ["succeeded", "succeed"])
def test_a_reply_may_spell_its_id_and_a_success_in_either_way(
    scripted, either_kling, tmp_path, id_name, word
):
    times = {"create_time": 1788595200000, "update_time": 1788595260000}
    made = {id_name: "9", "status": "submitted", **times}
    outputs = [{"type": "image", "url": "https://m.test/9.png"}]
    done = {id_name: "9", "status": word, "outputs": outputs, **times}
    replies = ({"code": 0, "data": made}, {"code": 0, "data": [done]})
    client = either_kling(api_key=KEY, transport=scripted(*replies, b"a picture"))

    task = client.run(try_on(), timeout=60)

    assert (task.ref, task.status) == ("solutions/9", "succeeded")
    assert task.updated_at == datetime.fromtimestamp(1788595260, UTC)
    assert [path.name for path in client.download(task, tmp_path)] == ["solutions-9.png"]


def test_a_callback_is_read_as_a_task_of_the_product(kling_mock, client, product):
    kling_mock.set_webhook_secrets([SECRET])
    url = "http://127.0.0.1:9/"
    made = client.create(request_of(product, callback_url=url, external_task_id="coat-1"))
    kling_mock.clock.advance(3600)

    *_, last = kling_mock.deliveries
    event = callbacks.verify(
        last.body, last.headers, SECRET, request=getattr(models, product), now=last.at
    )

    assert (event.task.ref, event.task.status) == (made.ref, "succeeded")
    assert event.task.external_task_id == "coat-1"
    assert event.task == client.retrieve(made.ref)


SECRET = "whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI="
CALLBACK = {"id": "9", "status": "succeeded", "create_time": 1, "update_time": 2}
SPELLED = {"task_id": "9", "status": "succeed", "create_time": 1, "update_time": 2}
V1_CALLBACK = {"task_id": "9", "task_status": "succeed", "task_status_msg": ""}


@pytest.mark.parametrize(
    ("body", "request_type", "ref"),
    [
        (CALLBACK, TRY_ON, "solutions/9"),
        (SPELLED, TRY_ON, "solutions/9"),
        # Without a class nothing says that it is of /solutions.
        (CALLBACK, None, "tasks/9"),
        (SPELLED, None, "tasks/9"),
        (V1_CALLBACK, None, "tasks/9"),
        (CALLBACK, models.TextToVideoRequest, "tasks/9"),
        (SPELLED, models.TextToVideoRequest, "tasks/9"),
        (V1_CALLBACK, models.TextToVideoRequest, "text_to_video/9"),
        (CALLBACK, models.Kling30TurboTextToVideoRequest, "tasks/9"),
    ],
)
def test_a_callback_may_spell_its_id_in_either_way(body, request_type, ref):
    event = callbacks.parse(json.dumps(body).encode(), request=request_type)

    assert (event.task.ref, event.task.status) == (ref, "succeeded")


def test_many_are_asked_for_by_asyncio(kling_mock):
    async def main():
        async with AsyncKling(api_key=KEY, transport=kling_mock.transport) as client:
            return await asyncio.gather(*(client.run(try_on()) for _ in range(21)))

    assert {task.status for task in asyncio.run(main())} == {"succeeded"}
