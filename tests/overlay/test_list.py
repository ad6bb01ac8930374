"""Lists: page by page, as far as they are read."""

import asyncio
import contextlib
from itertools import islice

import httpx
import pytest
from kling import (
    APIConnectionError,
    APIStatusError,
    AsyncKling,
    InvalidRequestError,
    Kling,
    NotFoundError,
    models,
)

TEXT = models.TextToVideoRequest
REQUEST = TEXT(model_name="kling-v3", prompt="A fox at dawn")
IMAGE = models.ImageToVideoRequest(
    model_name="kling-v3", image="https://e.org/a.png", prompt="She smiles"
)


class Counting(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Passes requests on, and keeps the queries of those for a list."""

    def __init__(self, transport):
        self._transport = transport
        self.clock = transport.clock
        self.queries = []

    def handle_request(self, request):
        if request.method == "GET":
            self.queries.append(dict(request.url.params))
        return self._transport.handle_request(request)

    async def handle_async_request(self, request):
        return self.handle_request(request)


@pytest.fixture
def counting(kling_mock):
    return Counting(kling_mock.transport)


@pytest.fixture(params=["sync", "async"])
def listed(request):
    """Return a function that lists with either client, as many tasks as it is told to."""

    def of(transport, *args, first=None, **options):
        if request.param == "sync":
            with Kling(api_key="mock-api-key", transport=transport) as client:
                return list(islice(client.list(*args, **options), first))

        async def main():
            tasks = []
            async with AsyncKling(api_key="mock-api-key", transport=transport) as client:
                if first == 0:
                    return tasks
                async for task in client.list(*args, **options):
                    tasks.append(task)
                    if len(tasks) == first:
                        break
            return tasks

        return asyncio.run(main())

    return of


def made(transport, number, request=REQUEST):
    """Make tasks, and return their ids, newest first."""
    client = Kling(api_key="mock-api-key", transport=transport)
    return [client.create(request).id for _ in range(number)][::-1]


@pytest.mark.parametrize(
    ("tasks", "requests"),
    # A full page does not say that it is the last one.
    [(0, 1), (1, 1), (9, 1), (10, 2), (11, 2), (20, 3), (70, 8)],
)
def test_all_tasks_come_newest_first(kling_mock, counting, listed, tasks, requests):
    ids = made(kling_mock.transport, tasks)

    assert [task.id for task in listed(counting, TEXT, page_size=10)] == ids
    assert counting.queries == [
        {"pageNum": str(page), "pageSize": "10"} for page in range(1, requests + 1)
    ]


@pytest.mark.parametrize(("page_size", "requests"), [(1, 8), (6, 2), (7, 2), (8, 1), (500, 1)])
def test_a_page_may_have_any_size(kling_mock, counting, listed, page_size, requests):
    ids = made(kling_mock.transport, 7)

    assert [task.id for task in listed(counting, TEXT, page_size=page_size)] == ids
    assert len(counting.queries) == requests


def test_seventy_tasks_need_one_request(kling_mock, counting, listed):
    ids = made(kling_mock.transport, 70)

    assert [task.id for task in listed(counting, TEXT)] == ids
    assert counting.queries == [{"pageNum": "1", "pageSize": "100"}]


@pytest.mark.parametrize(("first", "requests"), [(0, 0), (1, 1), (10, 1), (11, 2), (35, 4)])
def test_a_page_is_fetched_when_it_is_needed(kling_mock, counting, listed, first, requests):
    ids = made(kling_mock.transport, 70)

    tasks = listed(counting, TEXT, page_size=10, first=first)

    assert [task.id for task in tasks] == ids[:first]
    assert len(counting.queries) == requests


def test_tasks_are_those_of_the_family_alone(kling_mock, listed):
    texts = made(kling_mock.transport, 2)
    images = made(kling_mock.transport, 3, IMAGE)

    assert [task.id for task in listed(kling_mock.transport, TEXT)] == texts
    found = listed(kling_mock.transport, models.ImageToVideoRequest)
    assert [task.ref for task in found] == [f"image_to_video/{one}" for one in images]
    assert listed(kling_mock.transport, models.AvatarRequest) == []


def test_listed_tasks_have_their_results(kling_mock, listed):
    made(kling_mock.transport, 2)
    kling_mock.clock.advance(300)

    tasks = listed(kling_mock.transport, TEXT)

    assert [task.status for task in tasks] == ["succeeded", "succeeded"]
    assert all(task.outputs[0].url for task in tasks)


def test_two_lists_do_not_disturb_each_other(kling_mock):
    ids = made(kling_mock.transport, 5)
    client = Kling(transport=kling_mock.transport)

    pairs = zip(client.list(TEXT, page_size=2), client.list(TEXT, page_size=3), strict=True)

    assert [(one.id, other.id) for one, other in pairs] == [(one, one) for one in ids]


def test_no_task_comes_twice_when_new_ones_are_made_meanwhile(kling_mock):
    ids = made(kling_mock.transport, 25)
    client = Kling(transport=kling_mock.transport)

    seen = []
    for task in client.list(TEXT, page_size=5):
        if len(seen) % 4 == 0 and len(seen) < 20:
            client.create(REQUEST)
        seen.append(task.id)

    assert len(set(seen)) == len(seen)
    assert [one for one in seen if one in ids] == ids


def test_nor_with_await(kling_mock):
    ids = made(kling_mock.transport, 25)

    async def main():
        seen = []
        async with AsyncKling(transport=kling_mock.transport) as client:
            async for task in client.list(TEXT, page_size=5):
                if len(seen) % 4 == 0 and len(seen) < 20:
                    await client.create(REQUEST)
                seen.append(task.id)
        return seen

    seen = asyncio.run(main())

    assert len(set(seen)) == len(seen)
    assert [one for one in seen if one in ids] == ids


def test_a_page_of_nothing_new_does_not_end_the_list(kling_mock):
    ids = made(kling_mock.transport, 12)
    client = Kling(transport=kling_mock.transport)

    tasks = client.list(TEXT, page_size=5)
    seen = [next(tasks).id for _ in range(5)]
    made(kling_mock.transport, 5)
    seen += [task.id for task in tasks]

    assert seen == ids


@pytest.mark.parametrize(
    "wrong",
    [models.Shot, models.WatermarkInfo, models.Task, dict, Kling],
    ids=lambda one: one.__name__,
)
def test_a_class_that_is_no_request_is_a_type_error(counting, listed, wrong):
    with pytest.raises(TypeError, match=f"{wrong.__name__} is not a request .* kling operations"):
        listed(counting, wrong)

    assert counting.queries == []


@pytest.mark.parametrize("wrong", [REQUEST, None, 7])
def test_what_is_no_class_is_a_type_error_too(counting, listed, wrong):
    meant = "did you mean TextToVideoRequest" if wrong is REQUEST else "kling operations"
    with pytest.raises(TypeError, match=f"^a .* is not a request .*; .*{meant}"):
        listed(counting, wrong)

    assert counting.queries == []


@pytest.mark.parametrize("page_size", [0, -1, 501])
def test_a_page_that_is_too_small_or_too_large_names_the_limit(kling_mock, listed, page_size):
    with pytest.raises((APIStatusError, ValueError), match=r"page.?[sS]ize.* 1 to 500"):
        listed(kling_mock.transport, TEXT, page_size=page_size)


@pytest.mark.parametrize("page_size", [0, -1])
def test_a_page_without_tasks_never_asks_without_an_end(scripted, listed, page_size):
    # Kling's reaction is not documented; it might take its default of 30.
    def nothing(request):
        assert len(transport.requests) < 20, "asks without an end"
        return httpx.Response(200, json={"code": 0, "message": "", "data": []})

    transport = scripted(nothing)

    with contextlib.suppress(ValueError):
        assert listed(transport, TEXT, page_size=page_size) == []


def test_a_page_size_is_given_by_name(kling_mock):
    with pytest.raises(TypeError, match="only a search, such as listTasks, takes a body"):
        Kling(transport=kling_mock.transport).list(TEXT, 10)


# What is wrong is said by the call, before anybody iterates.
WRONG = {
    "class": (TypeError, lambda client: client.list(models.Shot)),
    "no list": (TypeError, lambda client: client.list(models.TextToSpeechRequest)),
    "page": (ValueError, lambda client: client.list(TEXT, page_size=501)),
    "search": (
        InvalidRequestError,
        lambda client: client.list(models.ListTasksRequest(limit=0)),
    ),
    "no deductions": (TypeError, lambda client: client.deductions(REQUEST)),
    "deductions": (
        InvalidRequestError,
        lambda client: client.deductions(
            models.ListPackageDeductionsRequest(start_time=2, end_time=1)
        ),
    ),
    "wait for a ref": (ValueError, lambda client: client.as_completed(["7526"])),
    "wait for nothing": (TypeError, lambda client: client.as_completed([None])),
    "interval": (ValueError, lambda client: client.as_completed([], interval=0)),
    "timeout": (ValueError, lambda client: client.as_completed([], timeout=float("nan"))),
}


@pytest.mark.parametrize(("kind", "call"), WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("client_class", [Kling, AsyncKling])
def test_wrong_arguments_are_refused_by_the_call(counting, client_class, kind, call):
    client = client_class(api_key="mock-api-key", transport=counting)

    with pytest.raises(kind):
        call(client)

    assert counting.queries == []


def page(*ids):
    tasks = [{"task_id": one, "task_status": "submitted"} for one in ids]
    return {"code": 0, "message": "SUCCEED", "request_id": "r-1", "data": tasks}


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (httpx.ConnectError("refused"), APIConnectionError),
        ((500, b"<html>"), APIStatusError),
        ((404, {"code": 1203, "message": "no"}), NotFoundError),
        ({"code": 0, "data": None}, APIStatusError),
        ({"code": 0, "data": {"task_id": "1", "task_status": "submitted"}}, APIStatusError),
        ({"code": 0, "data": "text"}, APIStatusError),
        ({"code": 0, "data": [None]}, APIStatusError),
        ({"code": 0, "data": [{}]}, APIStatusError),
        ({"code": 0}, APIStatusError),
    ],
    ids=["down", "html", "code", "null", "object", "text", "null-task", "empty-task", "missing"],
)
def test_a_page_that_cannot_be_had_is_an_error(scripted, listed, reply, kind):
    with pytest.raises(kind):
        listed(scripted(reply), TEXT)


def test_what_was_read_before_a_broken_page_is_not_lost(scripted):
    tasks = Kling(api_key="k", transport=scripted(page("1", "2"), (500, b""))).list(
        TEXT, page_size=2
    )

    assert [next(tasks).id, next(tasks).id] == ["1", "2"]
    with pytest.raises(APIStatusError):
        next(tasks)


def test_a_server_that_gives_less_than_it_was_asked_for_ends_the_list(scripted, listed):
    transport = scripted(page("1", "2"), page("3"))

    assert [task.id for task in listed(transport, TEXT, page_size=3)] == ["1", "2"]
    assert len(transport.requests) == 1


def test_a_server_that_repeats_its_page_for_ever_does_not_hang_the_caller(scripted, listed):
    # Such as a gateway that does not know pageNum.
    def same(request):
        assert len(transport.requests) < 20, "asks without an end"
        return httpx.Response(200, json=page("1", "2"))

    transport = scripted(same)

    assert [task.id for task in listed(transport, TEXT, page_size=2)] == ["1", "2"]


def test_the_pages_end_where_the_description_says(scripted, listed):
    # pageNum goes up to 1000; the next one would be refused.
    def full(request):
        number = int(request.url.params["pageNum"])
        assert number <= 1000, "asks for a page that there cannot be"
        return httpx.Response(200, json=page(str(number)))

    tasks = listed(scripted(full), TEXT, page_size=1)

    assert [task.id for task in tasks] == [str(number) for number in range(1, 1001)]
