"""Results as callers want them: announced once created, under names of their choice, in memory."""

import io
import json
import re

import httpx
import pytest
from kling import APIConnectionError, APIError, APIStatusError, KlingError, TaskError, models

REF = "text_to_video/7526"
URLS = ["https://media.test/a.mp4", "https://media.test/b.mp4?sign=x"]
REQUEST = models.TextToVideoRequest(
    model_name="kling-v3", prompt="A fox at dawn", external_task_id="order-1"
)
CONTENT = {"/a.mp4": b"first video", "/b.mp4": b"second video"}


def reply_of(success, *urls, **options):
    videos = [{"id": str(n), "url": url, "duration": "5"} for n, url in enumerate(urls)]
    return success(task_id="7526", task_status="succeed", task_result={"videos": videos}, **options)


@pytest.fixture
def served(scripted, success):
    """Return a function that makes a transport: the API says these urls, and media are there."""

    def make(*urls, media=None):
        def reply(request):
            if request.url.host != "media.test":
                return httpx.Response(200, json=reply_of(success, *urls))
            if media:
                return media(request)
            return httpx.Response(200, content=CONTENT[request.url.path])

        return scripted(reply)

    return make


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


# ------------------------------------------------------------------------------------ on_created


def test_a_run_tells_of_its_task_before_it_asks_for_it(either_kling, scripted, success):
    seen = []
    transport = scripted(success(), success(task_status="succeed"))

    def note(task):
        seen.append((task.ref, task.status, len(transport.requests)))

    task = either_kling(api_key="k", transport=transport).run(REQUEST, on_created=note)

    assert seen == [(task.ref, "submitted", 1)]


def test_so_it_does_where_the_task_is_of_an_earlier_create(either_kling, kling_mock):
    client, seen = either_kling(transport=kling_mock.transport), []
    made = client.create(REQUEST)

    client.run(REQUEST, reuse=True, on_created=lambda task: seen.append(task.ref))

    assert seen == [made.ref]


def test_what_the_listener_raises_says_that_the_task_goes_on(either_kling, scripted, success):
    transport = scripted(success())

    def fail(task):
        raise LookupError("no database")

    with pytest.raises(LookupError) as caught:
        either_kling(api_key="k", transport=transport).run(REQUEST, on_created=fail)

    assert caught.value.__notes__[0] == "The task goes on: text_to_video/752604318974529536"
    assert len(transport.requests) == 1


def test_nobody_is_told_of_a_create_that_failed(either_kling, scripted):
    seen = []

    with pytest.raises(KlingError):
        either_kling(api_key="k", transport=scripted((400, {"code": 1200, "message": "no"}))).run(
            REQUEST, on_created=seen.append
        )

    assert seen == []


# ------------------------------------------------------------------------------------------ names

NAMES = {
    "default": (None, ["text_to_video-7526-1.mp4", "text_to_video-7526-2.mp4"]),
    "template": ("{id}-{n}{ext}", ["7526-1.mp4", "7526-2.mp4"]),
    "numbers": ("scene {n:03}{ext}", ["scene 001.mp4", "scene 002.mp4"]),
    "family": ("{family}.{n}", ["text_to_video.1", "text_to_video.2"]),
    "function": (
        lambda task, output, n: f"{task.external_task_id or task.id} {output.kind} {n}.mov",
        ["7526 video 1.mov", "7526 video 2.mov"],
    ),
}


@pytest.mark.parametrize(("name", "expected"), NAMES.values(), ids=NAMES)
def test_files_are_called_as_one_likes(either_kling, served, tmp_path, name, expected):
    client = either_kling(api_key="k", transport=served(*URLS))

    paths = client.download(REF, tmp_path, name=name)

    assert [path.name for path in paths] == expected
    assert [path.read_bytes() for path in paths] == [*CONTENT.values()]
    assert names_in(tmp_path) == sorted(expected)


def test_a_file_of_another_name_that_is_complete_stays(either_kling, served, tmp_path):
    def media(request):
        headers = {"content-length": str(len(CONTENT[request.url.path]))}
        return httpx.Response(200, content=CONTENT[request.url.path], headers=headers)

    transport = served(URLS[0], media=media)
    client = either_kling(api_key="k", transport=transport)

    [path] = client.download(REF, tmp_path, name="fox{ext}")
    before = path.stat().st_mtime_ns
    [again] = client.download_all([REF], tmp_path, name="fox{ext}")

    assert again == path
    assert path.stat().st_mtime_ns == before
    assert names_in(tmp_path) == ["fox.mp4"]


WRONG = {
    "place": (
        "{ref}.mp4",
        ValueError,
        r"template \('ref'\); the placeholders are {family}, {id}, {n}, {ext}$",
    ),
    "brace": ("{id.mp4", ValueError, "is not a valid template"),
    "position": ("{}.mp4", ValueError, "is not a valid template"),
    "same": ("{id}{ext}", ValueError, r"two files of .* would both be saved as 7526.mp4; put {n}"),
    "capitals": (
        lambda task, output, n: "ab"[n - 1].upper() + "x" if n == 1 else "aX",
        ValueError,
        "would both be saved as",
    ),
    "folder": ("../{id}-{n}", ValueError, "is not a file name that every"),
    "inner": ("a\\{n}", ValueError, "is not a file name"),
    "dots": ("..", ValueError, "is not a file name"),
    "empty": ("", ValueError, "is not a file name"),
    "stream": ("{n}:x", ValueError, "is not a file name"),
    "line": ("{n}\n", ValueError, "is not a file name"),
    "path": (lambda task, output, n: 7, TypeError, "the name of a file must be a string, not int"),
}


@pytest.mark.parametrize(("name", "kind", "told"), WRONG.values(), ids=WRONG)
def test_a_name_that_makes_no_file_is_refused_before_anything_is_fetched(
    either_kling, served, tmp_path, name, kind, told
):
    transport = served(*URLS)

    with pytest.raises(kind, match=told):
        either_kling(api_key="k", transport=transport).download(REF, tmp_path, name=name)

    assert [one.url.host for one in transport.requests if one.url.host == "media.test"] == []
    assert names_in(tmp_path) == []


def test_two_tasks_may_not_have_one_name(either_kling, served, tmp_path):
    client = either_kling(api_key="k", transport=served(URLS[0]))
    tasks = [client.retrieve(REF), client.retrieve("avatar/7526")]

    with pytest.raises(
        ValueError, match=r"text_to_video/7526 and avatar/7526 would both .*; put {family} and {id}"
    ):
        client.download_all(tasks, tmp_path, name="{id}{ext}")


# --------------------------------------------------------------------------------------- in memory


def test_results_are_read_into_memory(either_kling, served, tmp_path):
    client = either_kling(api_key="k", transport=served(*URLS))

    assert client.read(REF) == [*CONTENT.values()]
    assert client.read(client.retrieve(REF), max_bytes=12) == [*CONTENT.values()]


def test_one_result_is_written_into_an_open_file(either_kling, served):
    client, file = either_kling(api_key="k", transport=served(*URLS)), io.BytesIO(b"")

    assert client.read_into(REF, file, number=2) == len(b"second video")
    assert client.read_into(REF, file) == len(b"first video")

    assert file.getvalue() == b"second videofirst video"


def test_no_credential_goes_to_the_host(either_kling, served):
    transport = served(URLS[0])

    either_kling(api_key="k", transport=transport).read(REF)

    assert "authorization" not in transport.requests[-1].headers
    assert str(transport.requests[-1].url) == URLS[0]


@pytest.mark.parametrize("is_told", [True, False], ids=["told", "not told"])
def test_a_result_that_is_too_large_is_not_kept(either_kling, served, is_told):
    def chunks():
        for _ in range(1000):
            given.append(1)
            yield b"x" * 10

    given, headers = [], {"content-length": "10000"} if is_told else {}

    def media(request):
        if is_async:
            return httpx.Response(200, content=achunks(), headers=headers)
        return httpx.Response(200, content=chunks(), headers=headers)

    async def achunks():
        for one in chunks():
            yield one

    is_async = either_kling.__name__ == "BlockingKling"
    client, file = either_kling(api_key="k", transport=served(URLS[0], media=media)), io.BytesIO()

    with pytest.raises(APIError, match="max_bytes allows"):
        client.read(REF, max_bytes=95)
    with pytest.raises(APIError, match="max_bytes allows"):
        client.read_into(REF, file, max_bytes=95)

    assert len(given) <= (0 if is_told else 20)
    assert file.getvalue() == b""


def test_what_breaks_off_is_fetched_anew(either_kling, served):
    replies = iter(
        [
            httpx.ReadError("broken"),
            httpx.Response(503, text="busy"),
            httpx.Response(200, content=b"video"),
        ]
    )

    def media(request):
        reply = next(replies)
        if isinstance(reply, Exception):
            raise reply
        return reply

    client = either_kling(api_key="k", transport=served(URLS[0], media=media))

    assert client.read(REF) == [b"video"]


FAULTS = {
    "gone": ({"status_code": 404}, APIStatusError, "HTTP 404; Kling deletes results 30"),
    "page": ({"html": "<p>"}, APIStatusError, "with text/html"),
    "empty": ({"headers": {"content-length": "0"}}, APIConnectionError, "empty"),
    "cut": (
        {"content": b"vid", "headers": {"content-length": "5"}},
        APIConnectionError,
        "ended after 3 of 5 bytes",
    ),
}


@pytest.mark.parametrize(("reply", "kind", "told"), FAULTS.values(), ids=FAULTS)
def test_what_is_no_file_is_an_error(either_kling, served, reply, kind, told):
    def media(request):
        return httpx.Response(**{"status_code": 200, **reply})

    client = either_kling(api_key="k", transport=served(URLS[0], media=media))

    with pytest.raises(kind, match=re.escape(told)):
        client.read(REF)


def test_a_task_without_files_is_said(either_kling, scripted, success):
    client = either_kling(api_key="k", transport=scripted(success()))

    with pytest.raises(TaskError, match="has nothing to download"):
        client.read(REF)
    with pytest.raises(TaskError):
        client.read_into(REF, io.BytesIO())


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_number_that_no_file_has_is_said(either_kling, served, number):
    client = either_kling(api_key="k", transport=served(*URLS))

    with pytest.raises(ValueError, match=f"has 2 files, numbered from 1, but no file {number}"):
        client.read_into(REF, io.BytesIO(), number=number)


@pytest.mark.parametrize("most", [0, -1, 1.5])
def test_a_bound_is_a_whole_number(either_kling, served, most):
    with pytest.raises(ValueError, match="max_bytes must be a whole number"):
        either_kling(api_key="k", transport=served(*URLS)).read(REF, max_bytes=most)


def test_the_mock_s_results_are_what_a_download_writes(either_kling, kling_mock, tmp_path):
    client = either_kling(transport=kling_mock.transport)
    task = client.run(REQUEST)

    [path] = client.download(task, tmp_path)

    assert client.read(task) == [path.read_bytes()]
    assert json.dumps(task.to_dict())
