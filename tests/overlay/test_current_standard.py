"""The standard with the model in the path: as the other one, where users look."""

import asyncio
import json
import pickle
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal

import kling
import pytest
from kling import Amount, Kling, models
from kling.mock import Balance, KlingMock
from kling_api.api.tasks import get_tasks

KEY = "mock-api-key"
PAIR = {"access_key": "mock-access-key", "secret_key": "mock-secret-key-of-32-bytes-or-more"}
TURBO = models.Kling30TurboTextToVideoRequest
V1 = models.TextToVideoRequest
FOX = "A fox crosses a frozen lake at dawn"
START, END = 1772323200000 - 86_400_000, 1772323200000 + 86_400_000


def turbo(**options):
    settings = models.Kling30TurboTextToVideoSettings(duration=5)
    return TURBO(prompt=FOX, settings=settings, options=models.TaskOptions(**options))


def v1(**options):
    return V1(model_name="kling-v3", prompt=FOX, duration="5", **options)


def element_video():
    return models.Kling30ImageToVideoRequest(
        contents=[
            models.PromptContent(text="@anna turns her head"),
            models.FirstFrameContent(url="https://example.org/portrait.png"),
            models.ElementContent(element_id="829836802793406551", id="anna"),
        ],
        settings=models.Kling30ImageToVideoSettings(resolution="1080p", audio="native"),
    )


REQUESTS = {"turbo": turbo(), "v1": v1(), "contents": element_video()}


@pytest.fixture
def client(kling_mock, either_kling):
    return either_kling(api_key=KEY, transport=kling_mock.transport)


@pytest.fixture(params=REQUESTS)
def request_of_either_standard(request):
    return REQUESTS[request.param]


def test_one_program_runs_both_standards(client, request_of_either_standard, tmp_path):
    task = client.create(request_of_either_standard)
    assert task.status == "submitted"
    assert client.retrieve(task.ref).id == task.id
    done = client.wait(task.ref, timeout=900)
    assert (done.status, done.ref) == ("succeeded", task.ref)
    [output] = done.outputs
    assert (output.kind, output.duration) == ("video", 5.041)
    [path] = client.download(done, tmp_path)
    assert path.name == f"{task.family}-{task.id}.mp4"
    assert path.read_bytes()[4:8] == b"ftyp"
    assert done.units == kling.estimate(request_of_either_standard).units
    assert done.charges == (Amount(done.units, "units"),)
    assert done.created_at < done.updated_at
    newest = next(iter(client.list(type(request_of_either_standard))))
    assert newest.ref == task.ref


def test_a_ref_says_which_standard_its_task_belongs_to(client):
    assert client.create(turbo()).ref.startswith("tasks/")
    assert client.create(v1()).ref.startswith("text_to_video/")


def test_a_task_is_found_by_the_id_that_its_creator_gave_it(client):
    task = client.create(turbo(external_task_id="fox-1"))

    assert client.retrieve("tasks/fox-1") == client.retrieve(task)
    assert client.retrieve(task).external_task_id == "fox-1"


@pytest.mark.parametrize("ref", ["tasks/893605946402811985", "tasks/fox-9"])
def test_an_unknown_task_is_not_found(client, ref):
    with pytest.raises(kling.NotFoundError, match=f"{ref} is not known here"):
        client.retrieve(ref)


def test_tasks_of_the_v1_standard_can_be_asked_for_in_the_current_one(client):
    task = client.create(v1())

    same = client.retrieve(f"tasks/{task.id}")
    assert (same.id, same.status) == (task.id, "submitted")


def test_a_task_that_fails_says_why(client, kling_mock):
    kling_mock.plan("submitted", "failed", message="Content policy")

    with pytest.raises(kling.TaskFailedError, match=r"tasks/.* failed: Content policy"):
        client.run(turbo())


def test_a_task_can_be_pickled(client):
    done = client.run(turbo())

    again = pickle.loads(pickle.dumps(done))
    assert (again.ref, again.outputs, again.charges) == (done.ref, done.outputs, done.charges)


CALLS = {
    "create": lambda client: client.create(turbo()),
    "retrieve": lambda client: client.retrieve("tasks/893605946402811985"),
    "retrieve_all": lambda client: client.retrieve_all(["tasks/893605946402811985"]),
    "wait": lambda client: client.wait("tasks/893605946402811985"),
    "list": lambda client: [*client.list(TURBO)],
    "search": lambda client: [*client.list(models.ListTasksRequest())],
    "deductions": lambda client: [
        *client.deductions(models.ListPackageDeductionsRequest(start_time=START, end_time=END))
    ],
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_an_access_key_pair_is_refused_before_anything_is_sent(scripted, either_kling, call):
    transport = scripted({})
    client = either_kling(**PAIR, transport=transport)

    with pytest.raises(kling.CredentialsError) as caught:
        call(client)
    assert "takes only an API key" in str(caught.value)
    assert "https://kling.ai/dev/api-key" in str(caught.value)
    assert "KLING_API_KEY" in str(caught.value)
    assert transport.requests == []


def test_the_generated_client_refuses_it_too(scripted):
    transport = scripted({})
    client = Kling(**PAIR, transport=transport, base_url="https://gateway.example/kling")

    with pytest.raises(kling.CredentialsError):
        get_tasks.sync(client=client.raw, task_ids=["1"])
    assert transport.requests == []


def test_an_access_key_pair_does_for_the_v1_standard(kling_mock, either_kling):
    client = either_kling(**PAIR, transport=kling_mock.transport)

    refs = [client.create(v1()).ref for _ in range(3)]
    before = kling_mock.state()["counts"]["requests"]
    assert [task.ref for task in client.retrieve_all(refs)] == refs
    assert kling_mock.state()["counts"]["requests"] - before == 3


@pytest.mark.parametrize("call", [CALLS["create"], CALLS["retrieve"]])
def test_what_kling_says_of_a_wrong_key_is_not_all_that_is_said(kling_mock, either_kling, call):
    client = either_kling(api_key="wrong", transport=kling_mock.transport)

    with pytest.raises(kling.AuthenticationError) as caught:
        call(client)
    assert caught.value.code == 1002
    text = str(caught.value)
    assert "does not support AK/SK" in text
    for cause in ("wrong, deleted", "for another host", "accepts only API keys"):
        assert cause in text


def counted(kling_mock):
    """Return how often each operation was asked for."""
    return Counter(one["operation"] for one in kling_mock.state()["requests"])


def test_waiting_for_200_tasks_takes_ten_requests_a_round(client, kling_mock):
    tasks = [client.create(turbo()) for _ in range(200)]
    before, rounds = kling_mock.state()["counts"]["requests"], []

    def saw(task):
        if task is tasks[0] or task.ref == tasks[0].ref:
            rounds.append(task.status)

    done = client.wait_all([task.ref for task in tasks], interval=600, on_update=saw)

    assert [task.ref for task in done] == [task.ref for task in tasks]
    assert {task.status for task in done} == {"succeeded"}
    # One round finds them submitted, and one, ten minutes later, succeeded.
    assert rounds == ["submitted", "succeeded"]
    assert kling_mock.state()["counts"]["requests"] - before == 20


def test_many_of_both_standards_are_asked_for_together_and_come_in_order(client, kling_mock):
    refs = []
    for number in range(25):
        refs.append(client.create(turbo()).ref)
        refs.append(client.create(v1(external_task_id=f"fox-{number}")).ref)
    by_own_id = [f"text_to_video/fox-{number}" for number in range(3)]
    before = counted(kling_mock)

    found = client.retrieve_all([*refs, *by_own_id, refs[0]])

    assert [task.ref for task in found] == [*refs, *(refs[1::2][:3]), refs[0]]
    # 50 by Kling's ids, and 3 by the caller's own, which cannot stand in one query with them.
    assert (counted(kling_mock) - before)["getTasks"] == 4


def test_two_refs_of_one_task_are_both_answered(client, kling_mock):
    task = client.create(v1())
    refs = [task.ref, f"tasks/{task.id}"]
    before = kling_mock.state()["counts"]["requests"]

    assert [one.ref for one in client.retrieve_all(refs)] == refs
    assert kling_mock.state()["counts"]["requests"] - before == 1


def test_an_own_id_of_digits_is_found(client):
    client.create(turbo(external_task_id="42"))
    client.create(v1(external_task_id="77"))

    found = client.retrieve_all(["tasks/42", "text_to_video/77"])
    assert [one.external_task_id for one in found] == ["42", "77"]
    assert client.retrieve("tasks/42").external_task_id == "42"


def test_an_own_id_with_a_comma_harms_nobody_else(client):
    with pytest.warns(kling.KlingWarning, match="should not contain a comma"):
        client.create(v1(external_task_id="a,b"))
    other = client.create(turbo(external_task_id="fox")).ref

    found = client.retrieve_all(["text_to_video/a,b", other])
    assert [one.external_task_id for one in found] == ["a,b", "fox"]
    with pytest.raises(ValueError, match="tasks/a,b cannot be queried: its id contains a comma"):
        client.retrieve_all([other, "tasks/a,b"])


def test_a_host_without_the_current_standard_is_asked_by_the_other(client, kling_mock):
    task = client.create(v1())
    kling_mock.plan(fault="refuse", code=1203, on="getTasks", times=None)

    assert client.wait_all([task])[0].status == "succeeded"
    with pytest.raises(kling.NotFoundError):
        client.wait_all(["tasks/893605946402811985"])


@pytest.mark.parametrize("one", ["tasks/1", b"tasks/1", 7, None])
def test_a_single_task_is_no_list_of_tasks(client, one):
    for call in (client.retrieve_all, client.wait_all):
        with pytest.raises(TypeError):
            call(one)


@pytest.mark.parametrize("ref", ["kling_3_0_turbo_text_to_video/1", "text_to_speech/1", "tasks/"])
def test_what_is_no_ref_says_what_is_one(client, ref):
    for call in (client.retrieve, lambda one: client.retrieve_all([one])):
        with pytest.raises(ValueError, match=r"the refs of|is answered at once|a ref consists of"):
            call(ref)


def test_a_task_that_is_left_out_of_one_reply_is_waited_for(scripted, either_kling):
    known = {"id": "893605946402811985", "status": "processing"}
    done = {**known, "status": "succeeded"}
    transport = scripted(*parts([known], [], [done]))
    client = either_kling(api_key=KEY, transport=transport)

    [task] = client.wait_all([f"tasks/{known['id']}"])
    assert task.status == "succeeded"


def test_what_leaves_no_task_cannot_be_listed(client):
    with pytest.raises(TypeError, match=r"there are no tasks to list|creates a task"):
        list(client.list(models.TextToSpeechRequest))


def test_a_dict_among_the_contents_is_refused_with_an_example(client):
    wrong = models.Kling30ImageToVideoRequest(contents=[{"type": "prompt", "text": "A fox"}])

    with pytest.raises(TypeError) as caught:
        client.create(wrong)
    assert "contents=[models.PromptContent(...)]" in str(caught.value)
    assert "A fox" not in str(caught.value)


def test_of_many_one_that_is_not_known_is_named(client):
    ref = client.create(turbo()).ref

    with pytest.raises(kling.NotFoundError, match="tasks/fox-9 is not known"):
        client.retrieve_all([ref, "tasks/fox-9"])


def test_nothing_to_ask_for_asks_for_nothing(client, kling_mock):
    assert client.retrieve_all([]) == client.wait_all([]) == []
    assert kling_mock.state()["counts"]["requests"] == 0


def test_waiting_for_all_does_not_stop_at_one_that_fails(client, kling_mock):
    kling_mock.plan("submitted", "failed", message="Content policy")
    tasks = [client.create(turbo()) for _ in range(3)]

    done = client.wait_all(tasks)

    assert [task.status for task in done] == ["failed", "succeeded", "succeeded"]
    assert done[0].message == "Content policy"


def test_waiting_for_all_ends_in_time_and_names_who_is_left(client, kling_mock):
    kling_mock.plan("submitted", "processing")
    kling_mock.plan("submitted")
    tasks = [client.create(turbo()) for _ in range(3)]

    with pytest.raises(kling.TaskTimeoutError) as caught:
        client.wait_all(tasks, timeout=900)
    assert caught.value.task.ref == tasks[0].ref
    assert tasks[1].ref in caught.value.__notes__[0]
    assert tasks[2].ref not in caught.value.__notes__[0]


def test_waiting_for_all_outlives_queries_that_fail(client, kling_mock):
    tasks = [client.create(turbo()) for _ in range(30)]
    kling_mock.plan(fault="hang-up", on="getTasks", times=2)
    kling_mock.plan(fault="html", on="getTasks")

    assert {task.status for task in client.wait_all(tasks)} == {"succeeded"}


def test_waiting_for_all_says_what_goes_on_when_it_cannot(client, kling_mock):
    tasks = [client.create(turbo()) for _ in range(30)]
    kling_mock.plan(fault="refuse", code=1100, on="getTasks")

    with pytest.raises(kling.PermissionDeniedError) as caught:
        client.wait_all(tasks)
    [note] = caught.value.__notes__
    ref = note.removeprefix("The task goes on: ").removesuffix(", and 29 more")
    assert ref in [task.ref for task in tasks]


@pytest.mark.parametrize("size", [1, 7, 8, 100])
def test_a_search_goes_through_every_part_once(client, size):
    refs = [client.create(turbo()).ref for _ in range(8)]

    found = [task.ref for task in client.list(models.ListTasksRequest(limit=size))]
    assert found == refs[::-1]


def test_a_search_finds_by_status_product_and_time(client, kling_mock):
    kling_mock.plan("submitted", "failed")
    failed = client.create(turbo())
    picture = client.create(
        models.ImageGenerationRequest(model_name="kling-v3", prompt=FOX, callback_url="")
    )
    client.wait_all([failed, picture])

    def found(start=None, end=None, **filters):
        request = models.ListTasksRequest(
            filters=[models.TaskFilter(key=key, values=values) for key, values in filters.items()]
        )
        if start:
            request.start_time, request.end_time = start, end
        return [task.id for task in client.list(request)]

    assert found(status=["failed"]) == [failed.id]
    assert found(status=["succeeded", "failed"]) == [picture.id, failed.id]
    assert found(product_type=["image"], status=["succeeded"]) == [picture.id]
    assert found(product_type=["try_on"]) == []
    assert found(START, END) == [picture.id, failed.id]
    assert found(str(START), str(START + 1)) == []


def test_a_wrong_search_is_refused_before_it_is_sent(client, kling_mock):
    wrong = models.ListTasksRequest(
        start_time=2, end_time=1, filters=[models.TaskFilter(key="status", values=["succeed"])]
    )

    with pytest.raises(kling.InvalidRequestError) as caught:
        list(client.list(wrong))
    assert [one.rule for one in caught.value.problems] == [
        "tasks.filter-statuses",
        "tasks.times-in-order",
    ]
    assert kling_mock.state()["counts"]["requests"] == 0


@pytest.mark.parametrize("size", [0, 501])
def test_a_page_size_has_limits_here_too(client, size):
    with pytest.raises(kling.InvalidRequestError, match="limit"):
        list(client.list(TURBO, page_size=size))


def parts(*datas):
    return [{"code": 0, "message": "SUCCEED", "request_id": "r", "data": data} for data in datas]


def entry(number):
    return {"id": str(number), "status": "processing"}


def test_the_next_part_is_asked_for_with_the_cursor_and_without_times(scripted, either_kling):
    transport = scripted(
        *parts(
            {"result": [entry(1)], "count": 1, "next_cursor": "abc", "has_more": True},
            {"count": 0, "has_more": False},
        )
    )
    client = either_kling(api_key=KEY, transport=transport)
    status = models.TaskFilter(key="status", values=["processing"])
    request = models.ListTasksRequest(start_time=1, end_time=9, limit=1, filters=[status])

    assert [task.id for task in client.list(request)] == ["1"]
    bodies = [json.loads(one.content) for one in transport.requests]
    same = {"limit": 1, "filters": [{"key": "status", "values": ["processing"]}]}
    assert bodies == [{"start_time": 1, "end_time": 9, **same}, {"cursor": "abc", **same}]


@pytest.mark.parametrize(
    "more", [{"has_more": True}, {"has_more": True, "next_cursor": ""}, {"next_cursor": "b"}, {}]
)
def test_a_list_that_does_not_say_how_to_go_on_ends(scripted, either_kling, more):
    transport = scripted(*parts({"result": [entry(1)], **more}))

    assert len(list(either_kling(api_key=KEY, transport=transport).list(TURBO))) == 1


def test_cursors_that_go_in_a_circle_are_not_followed_for_ever(scripted, either_kling):
    circle = [
        {"result": [entry(number)], "next_cursor": name, "has_more": True}
        for number, name in ((1, "a"), (2, "b"), (1, "a"), (3, "c"))
    ]
    transport = scripted(*parts(*circle))

    found = list(either_kling(api_key=KEY, transport=transport).list(TURBO))
    assert [task.id for task in found] == ["1", "2"]


def test_a_host_that_ignores_cursors_is_not_asked_for_ever(scripted, either_kling):
    same = {"result": [entry(1)], "next_cursor": "abc", "has_more": True}
    transport = scripted(*parts(same))

    assert len(list(either_kling(api_key=KEY, transport=transport).list(TURBO))) == 1


@pytest.mark.parametrize(
    "data",
    [None, [], {"result": [{}]}, {"result": "x"}, {"result": [{"id": "1"}]}, {"result": [7]}],
)
def test_a_part_that_cannot_be_read_is_an_error(scripted, either_kling, data):
    transport = scripted(*parts(data))

    with pytest.raises(kling.APIStatusError, match="cannot be read"):
        list(either_kling(api_key=KEY, transport=transport).list(TURBO))


def test_a_detail_in_another_form_does_not_lose_a_task(scripted, either_kling):
    odd = {**entry(893605946402811985), "outputs": "none", "billing": 7, "create_time": "soon"}
    transport = scripted(*parts([{**odd, "id": 893605946402811985}]))

    task = either_kling(api_key=KEY, transport=transport).retrieve("tasks/893605946402811985")
    assert (task.id, task.status, task.outputs, task.charges) == (
        "893605946402811985",
        "processing",
        (),
        (),
    )


def test_an_id_and_a_status_may_be_spelled_as_in_the_v1_standard(scripted, either_kling):
    said = {"task_id": "9", "status": "succeed", "create_time": 1788595200000, "external_id": "a"}
    transport = scripted({"code": 0, "data": said}, *parts([said]))
    client = either_kling(api_key=KEY, transport=transport)

    for task in (client.create(turbo(external_task_id="a")), client.retrieve("tasks/9")):
        assert (task.ref, task.status, task.external_task_id) == ("tasks/9", "succeeded", "a")
        assert task.created_at == datetime.fromtimestamp(1788595200, UTC)
        assert pickle.loads(pickle.dumps(task)) == task


def test_outputs_of_every_kind_are_told(scripted, either_kling):
    outputs = [
        {"type": "video", "id": "1", "url": "u1", "watermark_url": "w", "duration": "5.1"},
        {"type": "image", "url": "u2", "group_id": "g"},
        {"type": "audio", "id": "3", "mp3_url": "u3", "wav_url": "x", "mp3_duration": "2.5"},
        {"type": "voice", "id": "4", "url": "u4", "name": "Anna", "owned_by": "kling"},
        {"type": "element", "id": "5", "name": "Anna", "status": "succeeded"},
        {"type": "hologram", "id": "6", "url": "u6"},
        {"type": "audio", "id": "7", "wav_url": "u7", "wav_duration": "3"},
        {"type": "video", "id": "8", "watermark_url": "u8"},
    ]
    transport = scripted(*parts([{**entry(9), "status": "succeeded", "outputs": outputs}]))

    task = either_kling(api_key=KEY, transport=transport).retrieve("tasks/9")
    assert [(one.kind, one.id, one.url, one.duration) for one in task.outputs] == [
        ("video", "1", "u1", 5.1),
        ("image", None, "u2", None),
        ("audio", "3", "u3", 2.5),
        ("voice", "4", "u4", None),
        ("element", "5", None, None),
        ("hologram", "6", "u6", None),
        ("audio", "7", "u7", 3),
        ("video", "8", "u8", None),
    ]


@pytest.mark.parametrize(
    ("output", "kind", "name"),
    [
        ({"url": "https://m.test/9.mp4", "duration": 6}, "video", "tasks-9.mp4"),
        ({"url": "https://m.test/9.MOV?sign=a.png"}, "video", "tasks-9.mov"),
        ({"type": None, "url": "https://m.test/9.webp"}, "image", "tasks-9.webp"),
        ({"type": "", "url": "https://m.test/9.wav"}, "audio", "tasks-9.wav"),
        ({"type": 7, "mp3_url": "https://m.test/9.mp3"}, "audio", "tasks-9.mp3"),
        ({"url": "https://m.test/9"}, "unknown", "tasks-9"),
        ({"url": "https://m.test/9.srt?sign=1"}, "srt", "tasks-9.srt"),
        ({"type": "ass", "url": "https://m.test/9"}, "ass", "tasks-9.ass"),
        ({"type": "srt", "url": "https://m.test/9"}, "srt", "tasks-9.srt"),
        ({"type": "subbed_video", "url": "https://m.test/9"}, "subbed_video", "tasks-9.mp4"),
        ({"type": "product_video", "url": "https://m.test/9"}, "product_video", "tasks-9.mp4"),
        ({"type": "model_images", "url": "https://m.test/9"}, "model_images", "tasks-9.png"),
        ({"type": "product_image", "url": "https://m.test/9"}, "product_image", "tasks-9.png"),
        ({"url": "https://m.test/9.mp4", "tags": "x", "references": [7]}, "video", "tasks-9.mp4"),
    ],
)
def test_an_output_is_downloaded_under_the_ending_of_its_url_or_of_its_type(
    scripted, either_kling, tmp_path, output, kind, name
):
    found = parts([{**entry(9), "status": "succeeded", "outputs": [output]}])
    client = either_kling(api_key=KEY, transport=scripted(*found, b"the file"))

    task = client.retrieve("tasks/9")

    assert [one.kind for one in task.outputs] == [kind]
    assert [path.name for path in client.download(task, tmp_path)] == [name]


@pytest.mark.parametrize("outputs", ["none", ["https://m.test/9.mp4"], [None], {"url": "x"}])
def test_what_was_made_in_another_form_is_in_raw_and_the_error_says_so(
    scripted, either_kling, tmp_path, outputs
):
    transport = scripted(*parts([{**entry(9), "status": "succeeded", "outputs": outputs}]))
    client = either_kling(api_key=KEY, transport=transport)

    task = client.retrieve("tasks/9")

    assert task.raw["outputs"] == pickle.loads(pickle.dumps(task)).raw["outputs"] == outputs
    with pytest.raises(kling.TaskError, match=r"reply has nothing to download; see task\.raw"):
        client.download(task, tmp_path)


def test_an_entry_in_another_form_does_not_lose_its_neighbors(scripted, either_kling):
    outputs = [7, {"url": "https://m.test/9.mp4"}]
    transport = scripted(*parts([{**entry(9), "outputs": outputs, "billing": [7, {"amount": 1}]}]))

    task = either_kling(api_key=KEY, transport=transport).retrieve("tasks/9")

    assert [one.url for one in task.outputs] == ["https://m.test/9.mp4"]
    assert [one.value for one in task.charges] == [1]
    assert task.raw["outputs"] == outputs


def test_units_and_money_are_told_apart(scripted, either_kling):
    billing = [
        {"charge_type": "voucher", "amount": "9"},
        {"amount": "9"},
        {"charge_type": "cash", "amount": "3", "currency": "USD", "cash_type": "test_balance"},
        {"charge_type": "unit", "amount": "8", "package_type": "video"},
        {"charge_type": "cash", "amount": "0.70", "currency": "USD", "cash_type": "balance"},
        {"charge_type": "cash", "amount": "0.10"},
        {"charge_type": "unit", "amount": "0.5"},
        {"charge_type": "unit"},
        {"amount": "4.5", "package_type": "video"},
        {"charge_type": "", "amount": 1, "package_type": "image"},
        {"charge_type": None, "amount": "0.20", "currency": "CNY"},
        {"amount": "0.30", "cash_type": "test_balance", "currency": "USD"},
        {"amount": "0.40", "cash_type": "balance"},
    ]
    transport = scripted(*parts([{**entry(9), "billing": billing}]))

    task = either_kling(api_key=KEY, transport=transport).retrieve("tasks/9")
    assert task.units == Decimal("14.0")
    assert [str(one) for one in task.charges] == [
        "9 voucher",
        "9 (Kling did not state whether units or money)",
        "3 test USD",
        "8 Kling units",
        "0.70 USD",
        "0.10 (Kling did not state the currency)",
        "0.5 Kling units",
        "4.5 Kling units",
        "1 Kling units",
        "0.20 CNY",
        "0.30 test USD",
        "0.40 (Kling did not state the currency)",
    ]


@pytest.mark.parametrize("amount", ["0", "0.00", 0, 0.0])
@pytest.mark.parametrize("label", [{"charge_type": "unit"}, {"package_type": "video"}])
def test_a_charge_of_zero_is_zero(scripted, either_kling, amount, label):
    transport = scripted(*parts([{**entry(9), "billing": [{"amount": amount, **label}]}]))

    task = either_kling(api_key=KEY, transport=transport).retrieve("tasks/9")

    assert task.units == Decimal(0)
    assert task.charges == (Amount(Decimal(str(amount)), "units"),)


@pytest.mark.parametrize("request_type", [models.ListPackageDeductionsRequest])
def test_a_deduction_without_labels_is_told(scripted, either_kling, request_type):
    transport = scripted(*parts({"result": {"detail": [{"deduction_amount": "0"}]}}))

    [found] = either_kling(api_key=KEY, transport=transport).deductions(request_type(cursor="abc"))

    assert (found.task_id, found.amount, found.time) == ("", Amount(Decimal(0), "units"), None)


LEDGERS = [
    (models.ListPackageDeductionsRequest, "units"),
    (models.ListBalanceDeductionsRequest, "USD"),
]


@pytest.mark.parametrize(("request_type", "unit"), LEDGERS)
def test_deductions_say_what_was_taken_and_in_what(either_kling, request_type, unit):
    balance = Balance.parse("USD:50") if unit == "USD" else None
    mock = KlingMock(balance=balance, now=START / 1000 + 86_400)
    client = either_kling(api_key=KEY, transport=mock.transport)
    each = Decimal("0.56" if balance else "4.0")
    done = [client.run(turbo()) for _ in range(5)]
    client.create(turbo())
    later = END + 86_400_000

    request = request_type(start_time=START, end_time=later, limit=2)
    deductions = list(client.deductions(request))

    assert [one.task_id for one in deductions] == [task.id for task in done[::-1]]
    assert sum(one.amount for one in deductions) == Amount(5 * each, unit)
    first = deductions[0]
    assert first.before - first.after == first.amount == Amount(each, unit)
    assert first.list_price == (None if unit == "units" else Amount(each, unit))
    assert first.time.tzinfo is UTC
    assert first.time > datetime(2026, 2, 28, tzinfo=UTC)
    assert first.raw.model_name == "kling-3.0-turbo"


@pytest.mark.parametrize(("request_type", "unit"), LEDGERS)
def test_a_ledger_without_a_span_is_refused_before_it_is_sent(client, request_type, unit):
    with pytest.raises(kling.InvalidRequestError, match="start_time and end_time must be given"):
        list(client.deductions(request_type()))


def test_what_asks_for_no_deductions_is_a_type_error(client):
    with pytest.raises(TypeError, match="ListTasksRequest does not list deductions; use List"):
        list(client.deductions(models.ListTasksRequest()))


@pytest.mark.parametrize("data", [None, {"result": 7}, {"result": {"detail": [7]}}])
def test_a_ledger_that_cannot_be_read_is_an_error(scripted, either_kling, data):
    client = either_kling(api_key=KEY, transport=scripted(*parts(data)))

    with pytest.raises(kling.APIStatusError, match="cannot be read"):
        list(client.deductions(models.ListBalanceDeductionsRequest(cursor="abc")))


def test_lists_in_queries_are_separated_by_commas(kling_mock):
    client = Kling(api_key=KEY, transport=kling_mock.transport)
    ids = [client.create(turbo()).id for _ in range(2)]

    assert [one.id for one in get_tasks.sync(client=client.raw, task_ids=ids).data] == ids


def test_many_are_asked_for_by_asyncio_without_a_thread(kling_mock):
    async def main():
        async with kling.AsyncKling(api_key=KEY, transport=kling_mock.transport) as client:
            tasks = await asyncio.gather(*(client.create(turbo()) for _ in range(21)))
            return await client.wait_all(tasks)

    assert {task.status for task in asyncio.run(main())} == {"succeeded"}


def test_a_request_of_one_model_is_told_what_the_model_does_not_do():
    problems = kling.validate(
        models.Kling26ImageToVideoRequest(
            contents=[
                models.PromptContent(text="She smiles"),
                models.FirstFrameContent(url="https://example.org/a.png"),
                models.LastFrameContent(url="https://example.org/b.png"),
            ],
            settings=models.Kling26ImageToVideoSettings(resolution="720p", audio="native"),
        )
    )

    assert {problem.rule for problem in problems} == {
        "kling-26-image-to-video.audio-resolution",
        "kling-26-image-to-video.last-frame-resolution",
        "kling-26-image-to-video.last-frame-silent",
    }
