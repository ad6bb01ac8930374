"""Downloads that break off, are taken up again, and go several at a time."""

import asyncio
import base64
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec

import anyio
import httpx
import pytest
from interrupts import interruptible
from kling import (
    APIConnectionError,
    APIStatusError,
    AsyncKling,
    Kling,
    NotFoundError,
    Progress,
    Task,
    TaskError,
    models,
)

VIDEO = bytes(range(256)) * 400
ID = "752604318974529536"
NAME = f"text_to_video-{ID}.mp4"
PART = f"{NAME}.part"
OVERLAP = 64 * 1024
URL = "https://media.test/a?signature=5f2c81"
ETAG = '"v1"'
BACKENDS = ["asyncio", *(["trio"] if find_spec("trio") else [])]


def task(*urls, task_id=ID, status="succeed"):
    videos = [{"url": url} for url in urls]
    data = {"task_id": task_id, "task_status": status, "task_result": {"videos": videos}}
    return Task("text_to_video", models.Task.from_dict(data))


def tasks(count):
    return [task(f"https://media.test/{n}", task_id=str(10**17 + n)) for n in range(count)]


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


class Broken(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that ends with an error."""

    def __init__(self, body):
        self._body = body

    def __iter__(self):
        yield self._body
        raise httpx.ReadError("reset")

    async def __aiter__(self):
        for piece in self:
            yield piece


class Media:
    """A media host that sends so many bytes of what is asked for, reply by reply.

    Spans that have an end, of which samples are made, it sends whole and keeps apart.
    """

    def __init__(self, *portions, etag=ETAG, ranges=True, content=VIDEO):
        self._portions = list(portions)
        self.etag = etag
        self.content = content
        self._ranges = ranges
        self.ranges = []
        self.samples = []

    def __call__(self, request):
        asked = request.headers.get("range")
        if sample := re.fullmatch(r"bytes=(\d+)-(\d+)", asked or ""):
            self.samples.append(asked)
            return self._sample(*map(int, sample.groups()))
        self.ranges.append(asked)
        headers = {"etag": self.etag} if self.etag else {}
        start, status = 0, 200
        fits = request.headers.get("if-range", self.etag) == self.etag
        if asked and self._ranges and fits:
            start, status = int(re.fullmatch(r"bytes=(\d+)-", asked)[1]), 206
            end = len(self.content)
            headers["content-range"] = f"bytes {start}-{end - 1}/{end}"
            if start >= end:
                return httpx.Response(416, headers={"content-range": f"bytes */{end}"})
        body = self.content[start:]
        portion = self._portions.pop(0) if self._portions else len(body)
        headers["content-length"] = str(len(body))
        whole = portion >= len(body)
        stream = httpx.ByteStream(body) if whole else Broken(body[:portion])
        return httpx.Response(status, headers=headers, stream=stream)

    def _sample(self, start, last):
        if not self._ranges:
            return httpx.Response(200, stream=Unread())
        total = len(self.content)
        if start >= total:
            return httpx.Response(416, headers={"content-range": f"bytes */{total}"})
        body = self.content[start : last + 1]
        span = {"content-range": f"bytes {start}-{start + len(body) - 1}/{total}"}
        return httpx.Response(206, headers=span, stream=httpx.ByteStream(body))


@pytest.fixture
def download(either_kling, scripted, tmp_path):
    """Return a function that downloads from a script, which is then `download.transport`."""

    def run(what, *replies, **options):
        run.transport = scripted(*replies)
        client = either_kling(api_key="secret-key", transport=run.transport)
        method = client.download_all if isinstance(what, list) else client.download
        return method(what, tmp_path, **options)

    return run


# --------------------------------------------------------------------------- one file, many replies


def test_a_download_goes_on_where_it_broke_off(download, tmp_path):
    media = Media(1000, 5000)

    [path] = download(task(URL), media)

    assert path.read_bytes() == VIDEO
    assert media.ranges == [None, "bytes=1000-", "bytes=6000-"]
    assert [one.headers.get("if-range") for one in download.transport.requests] == [
        None,
        ETAG,
        ETAG,
    ]
    assert {one.headers["accept-encoding"] for one in download.transport.requests} == {"identity"}
    assert names_in(tmp_path) == [NAME]


def test_pauses_grow_until_bytes_come_again(download):
    media = Media(1000, 0, 0, 1000, 0)

    download(task(URL), media)

    waited = [round(seconds / 0.5) for seconds in download.transport.clock.sleeps]
    assert len(waited) == 5
    assert waited[0] == waited[3] == 1
    assert waited[1] == waited[4] == 2


def test_progress_resets_the_count_of_attempts(download, tmp_path):
    [path] = download(task(URL), Media(*[500] * 40))

    assert path.read_bytes() == VIDEO


WRONG = {
    "cut-at-one-place": Media(*[1000] + [0] * 99),
    "cut-at-one-place-without-ranges": Media(*[1000] * 99, ranges=False),
    "cut-and-another-place": lambda request: httpx.Response(
        206 if "range" in request.headers else 200,
        headers={"content-range": "bytes 5-9/10", "content-length": "10"},
        stream=Broken(b"12345"),
    ),
    "cut-and-out-of-range": lambda request: (
        httpx.Response(416)
        if "range" in request.headers
        else httpx.Response(200, headers={"content-length": "10"}, stream=Broken(b"12345"))
    ),
    "busy": lambda request: httpx.Response(429),
    "gateway": lambda request: httpx.Response(502),
    "silence": httpx.ConnectError("refused"),
    "range-nobody-asked-for": lambda request: httpx.Response(
        206, headers={"content-range": "bytes 0-4/10"}, content=b"12345"
    ),
    "out-of-a-range-nobody-asked-for": lambda request: httpx.Response(416),
    "empty-parts": lambda request: (
        httpx.Response(
            206 if "range" in request.headers else 200,
            headers={"content-length": "0", "content-range": "bytes 5-9/10"},
        )
        if "range" in request.headers
        else httpx.Response(200, headers={"content-length": "10"}, stream=Broken(b"12345"))
    ),
}


@pytest.mark.parametrize("reply", WRONG.values(), ids=WRONG)
def test_what_goes_wrong_again_and_again_ends(download, tmp_path, reply):
    with pytest.raises((APIConnectionError, APIStatusError)) as caught:
        download(task(URL), reply)

    assert len(download.transport.requests) <= 12
    assert "5f2c81" not in str(caught.value)
    assert NAME not in names_in(tmp_path)
    assert all((tmp_path / name).stat().st_size for name in names_in(tmp_path))


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_host_is_asked_again(download, status):
    [path] = download(task(URL), Media(1000), (status, b""), Media())

    assert path.read_bytes() == VIDEO


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_link_that_expires_in_the_middle_says_so_and_keeps_the_part(download, tmp_path, status):
    with pytest.raises(APIStatusError, match=r"HTTP .*30 days"):
        download(task(URL), Media(1000), (status, b""))

    assert (tmp_path / PART).read_bytes() == VIDEO[:1000]


def cut(headers, size=1000, content=VIDEO):
    return lambda _: httpx.Response(200, headers=headers, stream=Broken(content[:size]))


TOTAL = len(VIDEO)


def rest(headers, start=1000, content=VIDEO, body=None, total=TOTAL):
    span = {"content-range": f"bytes {start}-{len(content) - 1}/{total}"}
    body = content[start:] if body is None else body
    return lambda _: httpx.Response(206, headers={**span, **headers}, stream=httpx.ByteStream(body))


SAID = {"content-length": str(TOTAL)}
OTHERS = {
    "weak": ({**SAID, "etag": 'W/"1"'}, {"etag": 'W/"2"'}),
    "strong": ({**SAID, "etag": '"1"'}, {"etag": '"2"'}),
    "now-named": (SAID, {"etag": '"2"'}),
    "no-longer-named": ({**SAID, "etag": '"1"'}, {}),
    "dated": ({**SAID, "last-modified": "Mon"}, {"last-modified": "Tue"}),
    "no-longer-dated": ({**SAID, "last-modified": "Mon"}, {}),
}


@pytest.mark.parametrize("name", OTHERS)
def test_attempts_are_not_joined_if_the_content_changed(download, name):
    first, then = OTHERS[name]
    other = VIDEO[::-1]

    [path] = download(task(URL), cut(first), rest(then, content=other), Media(content=other))

    assert path.read_bytes() == other
    assert len(download.transport.requests) == 3


def test_attempts_are_not_joined_if_the_length_changed(download):
    other = VIDEO[::-1] + b"more"

    [path] = download(
        task(URL), cut(SAID), rest({}, content=other, total=len(other)), Media(content=other)
    )

    assert path.read_bytes() == other


def test_a_part_by_a_strong_name_needs_no_date(download):
    first = {**SAID, "etag": ETAG, "last-modified": "Mon"}

    [path] = download(task(URL), cut(first), rest({"etag": ETAG}))

    assert path.read_bytes() == VIDEO
    assert len(download.transport.requests) == 2


def test_a_length_that_was_said_is_not_forgotten(download):
    short = httpx.Response(200, stream=httpx.ByteStream(VIDEO[:500]))

    [path] = download(task(URL), cut(SAID), lambda _: short, Media(etag=None))

    assert path.read_bytes() == VIDEO
    assert len(download.transport.requests) == 3


def test_a_part_that_ends_early_is_not_complete(download):
    [path] = download(
        task(URL), cut({}), rest({}, body=VIDEO[1000:3000], total="*"), Media(etag=None)
    )

    assert path.read_bytes() == VIDEO


def test_a_host_without_ranges_sends_all_again(download):
    [path] = download(task(URL), Media(1000, 5000, ranges=False))

    assert path.read_bytes() == VIDEO


def test_another_content_begins_anew(download):
    changed = Media(etag='"v2"', content=VIDEO[::-1])

    [path] = download(task(URL), Media(1000), changed)

    assert path.read_bytes() == VIDEO[::-1]


def test_a_part_of_another_content_is_not_joined(download):
    changed = Media(etag='"v2"', content=VIDEO[::-1])
    [path] = download(
        task(URL),
        Media(1000),
        lambda request: httpx.Response(
            206,
            headers={"etag": '"v2"', "content-range": f"bytes 1000-{len(VIDEO) - 1}/{len(VIDEO)}"},
            content=VIDEO[::-1][1000:],
        ),
        changed,
    )

    assert path.read_bytes() == VIDEO[::-1]


@pytest.mark.parametrize("etag", ['W/"v1"', None, '"é"'])
def test_a_weak_name_for_the_content_is_not_relied_on(download, etag):
    [path] = download(task(URL), Media(1000, etag=etag and etag.replace("é", "e")))

    assert path.read_bytes() == VIDEO
    sent = download.transport.requests[1].headers.get("if-range")
    assert sent == ('"e"' if etag == '"é"' else None)


def test_the_link_is_followed_anew_at_each_attempt(download):
    media = Media(1000)
    hops = iter(["https://one.test/a", "https://two.test/a"])

    def host(request):
        if request.url.host == "media.test":
            return httpx.Response(302, headers={"location": next(hops)})
        return media(request)

    [path] = download(task(URL), host)

    assert path.read_bytes() == VIDEO
    hosts = [one.url.host for one in download.transport.requests]
    assert hosts == ["media.test", "one.test", "media.test", "two.test"]
    assert not any("authorization" in one.headers for one in download.transport.requests)


# ------------------------------------------------------------------------------ from call to call


def test_a_later_call_takes_up_what_an_earlier_one_left(download, tmp_path):
    (tmp_path / PART).write_bytes(VIDEO[:80000])
    media = Media()

    [path] = download(task(URL), media)

    # What is there is compared with the beginning of what comes.
    assert media.ranges == [f"bytes={80000 - OVERLAP}-"]
    assert path.read_bytes() == VIDEO
    assert names_in(tmp_path) == [NAME]


LARGE = random.Random(1).randbytes(2_000_000)


@pytest.mark.parametrize("wrong", [(0, 5000), (0, 1_400_000), (300_000, 1_300_000)])
def test_a_part_that_is_right_at_its_end_alone_is_not_taken_up(download, tmp_path, wrong):
    start, end = wrong
    part = LARGE[:start] + bytes(end - start) + LARGE[end:1_500_000]
    (tmp_path / PART).write_bytes(part)

    [path] = download(task(URL), Media(etag=None, content=LARGE))

    assert path.read_bytes() == LARGE


def test_a_part_is_compared_in_four_places_and_at_its_end(download, tmp_path):
    (tmp_path / PART).write_bytes(LARGE[:1_500_000])
    media = Media(etag=None, content=LARGE)

    [path] = download(task(URL), media)

    assert path.read_bytes() == LARGE
    assert media.ranges == [f"bytes={1_500_000 - OVERLAP}-"]
    spans = [tuple(map(int, one.removeprefix("bytes=").split("-"))) for one in media.samples]
    assert [last - first + 1 for first, last in spans] == [16384] * 4
    assert spans[0][0] == 0
    assert spans == sorted(spans)
    assert spans[3][1] < 1_500_000 - OVERLAP


def test_a_content_that_nothing_names_is_compared_within_a_call_too(download):
    other = LARGE[::-1]
    answers = iter([Media(1_000_000, etag=None, content=LARGE)])
    changed = Media(etag=None, content=other)

    [path] = download(task(URL), lambda request: next(answers, changed)(request))

    assert path.read_bytes() == other


def test_a_content_with_a_strong_name_is_compared_by_its_host(download):
    media = Media(1_000_000, content=LARGE)

    [path] = download(task(URL), media)

    assert path.read_bytes() == LARGE
    assert media.samples == []


@pytest.mark.parametrize("status", [403, 503])
def test_a_sample_that_is_refused_loses_no_part(download, tmp_path, status):
    (tmp_path / PART).write_bytes(LARGE[:1_500_000])
    refused = iter([httpx.Response(status)] * (1 if status == 503 else 99))
    media = Media(etag=None, content=LARGE)

    def host(request):
        return next(refused, None) or media(request)

    if status == 503:
        assert download(task(URL), host)[0].read_bytes() == LARGE
        assert media.ranges == [f"bytes={1_500_000 - OVERLAP}-"]
    else:
        with pytest.raises(APIStatusError, match="30 days"):
            download(task(URL), host)
        assert (tmp_path / PART).read_bytes() == LARGE[:1_500_000]


@pytest.mark.skipif(not hasattr(os, "link"), reason="makes hard links")
@pytest.mark.parametrize("name", [PART, f"{NAME}.00000000-1-00000000.part"])
def test_no_other_file_is_written_through_a_hard_link(download, tmp_path, name):
    other = tmp_path / "other"
    other.write_bytes(VIDEO[::-1][:80000])
    os.utime(other, (0, 0))
    os.link(other, tmp_path / name)
    media = Media()

    [path] = download(task(URL), media)

    assert path.read_bytes() == VIDEO
    assert other.read_bytes() == VIDEO[::-1][:80000]
    assert (media.samples, media.ranges) == ([], [None])


@pytest.mark.skipif(not hasattr(os, "link"), reason="makes hard links")
def test_a_link_that_takes_the_place_of_a_part_meanwhile_is_an_error(download, tmp_path):
    other = tmp_path / "other"
    other.write_bytes(b"of somebody else")

    def host(request):
        if request.headers.get("range"):
            [part] = tmp_path.glob("*.part")
            part.unlink()
            os.link(other, part)
            span = {"content-range": f"bytes 1000-{TOTAL - 1}/{TOTAL}", "etag": ETAG}
            return httpx.Response(206, headers=span, stream=httpx.ByteStream(VIDEO[1000:]))
        return cut({**SAID, "etag": ETAG})(request)

    with pytest.raises(OSError, match="link"):
        download(task(URL), host)

    assert other.read_bytes() == b"of somebody else"


@pytest.mark.parametrize("size", [1000, 80000, len(VIDEO), len(VIDEO) + 5])
@pytest.mark.parametrize("portions", [(), (10,), (70000,)])
def test_a_part_of_another_file_is_not_taken_up(download, tmp_path, size, portions):
    (tmp_path / PART).write_bytes((VIDEO[::-1] * 2)[:size])

    [path] = download(task(URL), Media(*portions))

    assert path.read_bytes() == VIDEO
    assert names_in(tmp_path) == [NAME]


def test_what_breaks_off_before_it_is_compared_is_compared_again(download, tmp_path):
    (tmp_path / PART).write_bytes(VIDEO[:80000])
    media = Media(10, 20)

    [path] = download(task(URL), media)

    assert media.ranges == [f"bytes={80000 - OVERLAP}-"] * 3
    assert path.read_bytes() == VIDEO


def test_a_redirect_that_is_packed_loses_no_part(download, tmp_path):
    (tmp_path / PART).write_bytes(VIDEO[:80000])
    packed = {"location": URL, "content-encoding": "gzip"}
    first = iter([httpx.Response(302, headers=packed), httpx.ConnectError("refused")])
    media = Media()

    def host(request):
        reply = next(first, None) or media(request)
        if isinstance(reply, Exception):
            raise reply
        return reply

    download(task(URL), host)

    assert media.ranges == [f"bytes={80000 - OVERLAP}-"]


OWNED = f"{NAME}.00000000-1-00000000.part"


@pytest.mark.parametrize(("age", "is_taken"), [(0, False), (3600, True)])
def test_what_another_host_writes_is_taken_over_only_when_it_is_old(
    download, tmp_path, age, is_taken
):
    owned = tmp_path / OWNED
    owned.write_bytes(VIDEO[:80000])
    os.utime(owned, (time.time() - age,) * 2)
    media = Media()

    [path] = download(task(URL), media)

    assert path.read_bytes() == VIDEO
    assert media.ranges == [f"bytes={80000 - OVERLAP}-" if is_taken else None]
    assert names_in(tmp_path) == [NAME] if is_taken else [NAME, OWNED]


def test_two_calls_for_one_file_do_not_meet(tmp_path):
    both = threading.Barrier(2, timeout=10)

    class Half(httpx.SyncByteStream):
        def __iter__(self):
            for start in range(0, len(VIDEO), len(VIDEO) // 4):
                both.wait()
                yield VIDEO[start : start + len(VIDEO) // 4]

    (tmp_path / PART).write_bytes(VIDEO[:80000])
    length = {"content-length": str(len(VIDEO))}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, headers=length, stream=Half()))
    client = Kling(api_key="k", transport=transport)
    with ThreadPoolExecutor(2) as threads:
        paths = list(threads.map(lambda _: client.download(task(URL), tmp_path), range(2)))

    assert paths == [[tmp_path / NAME]] * 2
    assert (tmp_path / NAME).read_bytes() == VIDEO
    assert names_in(tmp_path) == [NAME]


@pytest.mark.parametrize("of_before", [VIDEO, VIDEO + b"more"], ids=["whole", "too-long"])
def test_a_part_with_nothing_missing(download, tmp_path, of_before):
    (tmp_path / PART).write_bytes(of_before)
    media = Media()

    [path] = download(task(URL), media)

    assert path.read_bytes() == VIDEO
    assert names_in(tmp_path) == [NAME]
    assert len(media.ranges) == (1 if of_before == VIDEO else 2)


class Unread(httpx.SyncByteStream, httpx.AsyncByteStream):
    def __iter__(self):
        raise AssertionError("the body is not wanted")

    async def __aiter__(self):
        raise AssertionError("the body is not wanted")
        yield


@pytest.mark.parametrize("with_part", [False, True])
def test_a_file_that_is_there_is_not_fetched_again(download, tmp_path, with_part):
    (tmp_path / NAME).write_bytes(VIDEO)
    if with_part:
        (tmp_path / PART).write_bytes(VIDEO[:10])
    length = {"content-length": str(len(VIDEO))}
    told = []

    [path] = download(
        task(URL),
        lambda _: httpx.Response(200, headers=length, stream=Unread()),
        on_progress=told.append,
    )

    assert path.read_bytes() == VIDEO
    assert names_in(tmp_path) == [NAME]
    assert [one.done for one in told] == [len(VIDEO)]


@pytest.mark.parametrize("size", [len(VIDEO) - 1, len(VIDEO) + 1])
def test_a_file_of_another_length_is_replaced(download, tmp_path, size):
    (tmp_path / NAME).write_bytes(b"x" * size)

    [path] = download(task(URL), Media())

    assert path.read_bytes() == VIDEO


# ---------------------------------------------------------------------------------------- progress


def test_progress_is_told(download, tmp_path):
    told = []

    download(task(URL), Media(1000), on_progress=told.append)

    last = Progress(f"text_to_video/{ID}", tmp_path / NAME, len(VIDEO), len(VIDEO))
    assert told[-1] == last
    assert [(one.done, one.total) for one in told[:1]] == [(1000, len(VIDEO))]


def test_progress_is_told_ten_times_a_second_at_most(download):
    told = []

    class Clocked(httpx.SyncByteStream, httpx.AsyncByteStream):
        def __iter__(self):
            for _ in range(1000):
                download.transport.clock.advance(0.01)
                yield b"x"

        async def __aiter__(self):
            for piece in self:
                yield piece

    download(task(URL), lambda _: httpx.Response(200, stream=Clocked()), on_progress=told.append)

    assert 80 <= len(told) <= 102
    assert (told[0].total, told[-1].total) == (None, 1000)


def test_an_error_of_who_listens_is_theirs(download, tmp_path):
    def listen(progress):
        raise LookupError("of the caller")

    with pytest.raises(LookupError, match="of the caller"):
        download(task(URL), Media(), on_progress=listen)


class OwnError(BaseException):
    """Nothing that anybody else expects."""


@pytest.mark.parametrize(
    "error",
    [
        httpx.ReadError("mine"),
        APIConnectionError("mine"),
        asyncio.CancelledError("mine"),
        OwnError("mine"),
        ValueError("mine"),
    ],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.parametrize("count", [1, 6])
def test_whatever_who_listens_raises_is_theirs(download, error, count):
    calls = []

    def listen(progress):
        calls.append(progress)
        raise error

    with pytest.raises(type(error)) as caught:
        download(tasks(count), lambda _: httpx.Response(200, content=VIDEO), on_progress=listen)

    # asyncio makes an error of its own of a cancellation.
    assert caught.value is error or isinstance(error, asyncio.CancelledError)
    assert len(calls) == 1


def test_who_listens_may_download(tmp_path):
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=VIDEO))
    client = Kling(api_key="k", transport=transport)

    def listen(progress):
        client.download_all(tasks(3), tmp_path / progress.path.stem)

    client.download_all(tasks(20), tmp_path, at_once=20, on_progress=listen)

    assert len(list(tmp_path.rglob("*.mp4"))) == 80


# ----------------------------------------------------------------------------------- several files


@pytest.mark.parametrize("ids", [("a/b", "a_b"), ("ab", "AB")])
def test_two_tasks_of_one_name_are_refused(download, tmp_path, ids):
    with pytest.raises(ValueError, match=f"text_to_video/{ids[0]} and text_to_video/{ids[1]}"):
        download([task(URL, task_id=one) for one in ids], Media())

    assert download.transport.requests == []
    assert names_in(tmp_path) == []


def test_a_failed_task_that_is_given_twice_is_told_once(download):
    failed, other = (task(status="failed", task_id=one) for one in "12")

    with pytest.raises(TaskError) as caught:
        download([failed, other, failed, other], Media())

    assert len(caught.value.__notes__) == 1


def test_several_tasks_are_downloaded_in_order(download, tmp_path):
    many = tasks(9)

    paths = download([*many, many[0]], lambda request: httpx.Response(200, text=request.url.path))

    assert [path.read_text() for path in paths] == [*(f"/{n}" for n in range(9)), "/0"]
    assert len(download.transport.requests) == 9


def test_refs_are_looked_up(either_kling, kling_mock, tmp_path):
    client = either_kling(transport=kling_mock.transport)
    made = [client.run(models.TextToVideoRequest(prompt=f"A fox, {n}")) for n in range(3)]

    paths = client.download_all([made[0].ref, made[1], made[2].ref], tmp_path)

    assert [path.name for path in paths] == [f"text_to_video-{one.id}.mp4" for one in made]
    with pytest.raises(NotFoundError):
        client.download_all(["text_to_video/1"], tmp_path)
    assert client.download_all([], tmp_path) == []


def test_one_failure_does_not_stop_the_others(download, success, tmp_path):
    def host(request):
        if request.url.host != "media.test":
            return httpx.Response(200, json=success(task_status="processing"))
        bad = request.url.path in ("/1", "/3")
        return httpx.Response(403 if bad else 200, content=b"" if bad else VIDEO)

    many = tasks(6)
    many[4] = task(status="processing")
    with pytest.raises(APIStatusError, match="HTTP 403") as caught:
        download(many, host)

    assert len(names_in(tmp_path)) == 3
    first, second = caught.value.__notes__
    assert re.match(r"also: text_to_video-\d*3\.mp4: .*HTTP 403", first)
    assert re.match(r"also: .*processing .*nothing to download", second)


def test_the_first_failure_may_be_a_task_that_made_nothing(download, tmp_path):
    many = [task(status="failed"), *tasks(2)]

    with pytest.raises(TaskError, match="nothing to download") as caught:
        download(many, Media(), Media())

    assert caught.value.task == many[0]
    assert len(names_in(tmp_path)) == 2


@pytest.mark.parametrize("wrong", ["text_to_video/1", task(URL)])
def test_a_single_task_is_no_list(either_kling, scripted, tmp_path, wrong):
    with pytest.raises(TypeError, match="list"):
        either_kling(api_key="k", transport=scripted({})).download_all(wrong, tmp_path)


def test_no_file_at_a_time_is_refused(download):
    with pytest.raises(ValueError, match="at_once"):
        download(tasks(2), Media(), at_once=0)


class Crowd(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Holds each of `total` replies back until so many are under way at once.

    A machine under load changes nothing then. Where too few come, none is held back any longer.
    """

    def __init__(self, wanted, total):
        self.most = self.now = 0
        self._wanted, self._left, self._patience = wanted, total, 20_000
        self._lock = threading.Lock()

    def _begun(self):
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)

    def _is_complete(self):
        with self._lock:
            self._patience -= 1
            return self._patience < 0 or self.now >= min(self._wanted, self._left)

    def _ended(self):
        with self._lock:
            self.now -= 1
            self._left -= 1
        return httpx.Response(200, content=VIDEO)

    def handle_request(self, request):
        self._begun()
        while not self._is_complete():
            time.sleep(0.002)
        time.sleep(0.005)  # for one too many, if there is one
        return self._ended()

    async def handle_async_request(self, request):
        self._begun()
        while not self._is_complete():
            await anyio.sleep(0.002)
        await anyio.sleep(0.005)
        return self._ended()


@pytest.mark.parametrize(("at_once", "most"), [(1, 1), (3, 3), (50, 8)])
def test_so_many_go_at_a_time(either_kling, tmp_path, at_once, most):
    crowd = Crowd(most, total=20)

    either_kling(api_key="k", transport=crowd).download_all(tasks(20), tmp_path, at_once=at_once)

    assert crowd.most == most


@pytest.mark.parametrize("backend", BACKENDS)
def test_all_calls_of_a_client_share_its_room(tmp_path, backend):
    crowd = Crowd(8, total=40)

    async def main():
        async with (
            AsyncKling(api_key="k", transport=crowd) as client,
            anyio.create_task_group() as group,
        ):
            for one in tasks(40):
                group.start_soon(client.download, one, tmp_path)

    anyio.run(main, backend=backend)
    assert crowd.most == 8
    assert len(names_in(tmp_path)) == 40


def test_threads_share_the_room_of_a_client(tmp_path):
    crowd = Crowd(8, total=40)
    client = Kling(api_key="k", transport=crowd)

    with ThreadPoolExecutor(20) as threads:
        list(threads.map(lambda one: client.download(one, tmp_path), tasks(40)))

    assert crowd.most == 8


def test_a_client_lives_on_in_another_event_loop(tmp_path):
    client = AsyncKling(api_key="k", transport=Crowd(1, total=40))

    for _ in range(2):
        anyio.run(client.download_all, tasks(20), tmp_path)


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_cancelled_download_of_several_ends_at_once(tmp_path, backend):
    class Endless(httpx.AsyncByteStream):
        async def __aiter__(self):
            yield VIDEO
            written.append(self)
            await anyio.sleep_forever()

    async def main():
        transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=Endless()))
        with anyio.fail_after(30):
            async with (
                AsyncKling(api_key="k", transport=transport) as client,
                anyio.create_task_group() as group,
            ):
                group.start_soon(client.download_all, tasks(20), tmp_path)
                while len(written) < 4:
                    await anyio.sleep(0.005)
                group.cancel_scope.cancel()

    written = []
    anyio.run(main, backend=backend)

    assert [(tmp_path / name).read_bytes() == VIDEO for name in names_in(tmp_path)] == [True] * 4
    assert {name.rpartition(".")[2] for name in names_in(tmp_path)} == {"part"}


# ------------------------------------------------------------------------------------ real sockets


class CutsConnections(BaseHTTPRequestHandler):
    """Sends a third of what is missing, and then hangs up, or says nothing more."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        asked = self.headers.get("Range", "bytes=0-")
        start, _, last = asked.removeprefix("bytes=").partition("-")
        start, body = int(start), VIDEO[int(start) : int(last or len(VIDEO)) + 1]
        self.send_response(206 if "Range" in self.headers else 200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.send_header("ETag", ETAG)
        if "Range" in self.headers:
            end = start + len(body) - 1
            self.send_header("Content-Range", f"bytes {start}-{end}/{len(VIDEO)}")
        self.end_headers()
        self.server.asked.append(asked)
        whole = bool(last) or len(body) < 1000
        self.wfile.write(body if whole else body[: len(body) // 3])
        self.wfile.flush()
        if self.server.stalls:
            self.server.over.wait(30)
        self.close_connection = True

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), CutsConnections) as server:
        server.asked, server.stalls, server.over = [], False, threading.Event()
        server.url = f"http://127.0.0.1:{server.server_port}/a"
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.over.set()
        server.shutdown()


def test_a_connection_that_breaks_again_and_again(either_kling, server, tmp_path, monkeypatch):
    # private: real pauses between attempts would take minutes.
    monkeypatch.setattr("kling._files.download_errors._FIRST_PAUSE", 0.001)

    client = either_kling(api_key="k", allow_private_media=True)
    [path] = client.download(task(server.url), tmp_path)

    assert path.read_bytes() == VIDEO
    assert len(server.asked) > 5


INTERRUPTED = """
import sys
from kling import Kling, Task, models
# private: real pauses between the many attempts that this server wants would take seconds.
from kling._files import download_errors

download_errors._FIRST_PAUSE = 0.001

def task(number):
    result = {"videos": [{"url": sys.argv[1]}]}
    data = {"task_id": str(number), "task_status": "succeed", "task_result": result}
    return Task("text_to_video", models.Task.from_dict(data))

with Kling(api_key="k", allow_private_media=True) as client:
    client.download_all([task(n) for n in range(int(sys.argv[2]))], "out")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals")
@pytest.mark.parametrize("how", [signal.SIGINT, getattr(signal, "SIGKILL", None)])
@pytest.mark.parametrize("count", [1, 6])
def test_a_process_that_is_stopped_ends_and_leaves_its_parts(server, tmp_path, how, count):
    server.stalls = True
    command = [sys.executable, "-c", INTERRUPTED, server.url, str(count)]

    def begun():
        return [path for path in tmp_path.glob("out/*") if path.stat().st_size]

    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with interruptible():
        process = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE)
    with process:
        try:
            deadline = time.monotonic() + 20
            while len(begun()) < min(count, 4) and time.monotonic() < deadline:
                time.sleep(0.02)
            process.send_signal(how)
            process.wait(10)
        finally:
            process.kill()
    server.stalls = False
    names = names_in(tmp_path / "out")

    assert len(names) == min(count, 4)
    assert all(name.endswith(".part") for name in names)
    if count == 1:
        size = (tmp_path / "out" / names[0]).stat().st_size
        assert VIDEO[:size] == (tmp_path / "out" / names[0]).read_bytes()
    # Nobody writes them any more, so the next process goes on with them.
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, timeout=60)
    files = list((tmp_path / "out").iterdir())
    assert [path.suffix for path in files] == [".mp4"] * count
    assert {path.read_bytes() for path in files} == {VIDEO}


def test_a_cut_download_of_the_mock_is_taken_up(either_kling, kling_mock, tmp_path):
    client = either_kling(transport=kling_mock.transport)
    done = client.run(models.TextToVideoRequest(prompt="A fox"))
    [whole] = client.download(done, tmp_path / "whole")
    kling_mock.plan(fault="cut", bytes=1000, times=3, on="download")
    kling_mock.plan(fault="refuse", code=5001, on="download")

    [path] = client.download(done, tmp_path)

    assert path.read_bytes() == whole.read_bytes()


def test_an_expired_file_of_the_mock_says_so(either_kling, kling_mock, tmp_path):
    client = either_kling(transport=kling_mock.transport)
    done = client.run(models.TextToVideoRequest(prompt="A fox"))
    kling_mock.plan(fault="expire", on="download")

    with pytest.raises(APIStatusError, match="30 days"):
        client.download(done, tmp_path)
    assert names_in(tmp_path) == []


# -------------------------------------------------------------------------------- what goes out


@pytest.mark.parametrize("prompt", ["A fox", "狐狸 🦊"])
def test_a_long_body_arrives_as_it_is(either_kling, scripted, success, prompt):
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\4\0\0\0\4\0\x08\x02\0\0\0"
    request = models.ImageToVideoRequest(
        image=base64.b64encode(png + bytes(10**6)).decode(), prompt=prompt
    )
    transport = scripted(success())

    either_kling(api_key="k", transport=transport).create(request)

    [sent] = transport.requests
    body = json.loads(sent.content)
    assert (body["image"], body["prompt"]) == (request.image, prompt)
    assert int(sent.headers["content-length"]) == len(sent.content)
    assert "transfer-encoding" not in sent.headers
    assert sent.headers["content-type"] == "application/json"
    assert sent.headers["authorization"] == "Bearer k"


@pytest.mark.parametrize("credentials", ["api_key", "access_key"])
def test_tasks_that_had_not_ended_are_looked_up(either_kling, kling_mock, tmp_path, credentials):
    pair = {"access_key": "mock-access-key", "secret_key": "mock-secret-key-of-32-bytes-or-more"}
    keys = {"api_key": "mock-api-key"} if credentials == "api_key" else pair
    client = either_kling(transport=kling_mock.transport, **keys)
    made = [client.create(models.TextToVideoRequest(prompt=f"A fox, {n}")) for n in range(3)]
    client.wait_all(made)

    paths = client.download_all([made[0], made[1].ref, made[2], made[0]], tmp_path)

    names = [f"text_to_video-{one.id}.mp4" for one in (*made, made[0])]
    assert [path.name for path in paths] == names
    assert [path.name for path in client.download(made[1], tmp_path)] == names[1:2]


def test_a_task_that_has_ended_is_not_looked_up(download):
    download([task(URL)], Media())

    assert [str(one.url) for one in download.transport.requests] == [URL]
