import gzip
import re
import sys
from pathlib import Path

import httpx
import pytest
from kling import APIConnectionError, APIError, APIStatusError, Kling, Task, TaskError, models

VIDEO = b"\0\0\0\x18ftypmp42" + b"frame" * 2000
ID = "752604318974529536"
NAME = f"text_to_video-{ID}.mp4"


def task(*urls, task_id=ID, status="succeed", **video):
    videos = [{"url": url, **video} for url in urls]
    data = {"task_id": task_id, "task_status": status, "task_result": {"videos": videos}}
    return Task("text_to_video", models.Task.from_dict(data))


def content(request):
    return httpx.Response(200, content=VIDEO)


@pytest.fixture
def download(either_kling, scripted, tmp_path):
    """Return a function that downloads a task with these replies."""

    def run(task, *replies, folder=tmp_path):
        client = either_kling(api_key="secret-key", transport=scripted(*replies))
        return client.download(task, folder)

    return run


class Pieces(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body in two pieces; between them something happens."""

    def __init__(self, between):
        self._between = between

    def __iter__(self):
        yield VIDEO[:5000]
        self._between()
        yield VIDEO[5000:]

    async def __aiter__(self):
        for piece in self:
            yield piece


def pieces(between):
    return lambda request: httpx.Response(200, stream=Pieces(between))


def failing(error):
    def between():
        raise error

    return pieces(between)


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_has_its_name_only_when_it_is_complete(download, tmp_path):
    during = []

    paths = download(
        task("https://media.test/a"), pieces(lambda: during.extend(names_in(tmp_path)))
    )

    [part] = during
    assert re.fullmatch(re.escape(NAME) + r"\.[0-9a-f]{8}-\d+-[0-9a-f]{8}\.part", part)
    assert paths == [tmp_path / NAME]
    assert names_in(tmp_path) == [NAME]
    assert paths[0].read_bytes() == VIDEO


CUTS = {
    "error": failing(httpx.ReadError("connection reset")),
    "timeout": failing(httpx.ReadTimeout("slow")),
    "too-short": lambda request: httpx.Response(
        200, headers={"content-length": str(len(VIDEO) + 1)}, content=VIDEO
    ),
    "too-long": lambda request: httpx.Response(200, headers={"content-length": "7"}, content=VIDEO),
    "broken-gzip": lambda request: httpx.Response(
        200, headers={"content-encoding": "gzip"}, stream=httpx.ByteStream(VIDEO)
    ),
}


# Of these nothing can be taken up again.
USELESS = {"too-long", "broken-gzip"}


@pytest.mark.parametrize("of_before", [None, b"of before"], ids=["new", "replaced"])
@pytest.mark.parametrize("name", CUTS)
def test_a_broken_download_gives_no_file_its_name(download, tmp_path, name, of_before):
    if of_before:
        (tmp_path / NAME).write_bytes(of_before)

    with pytest.raises(APIConnectionError):
        download(task("https://media.test/a"), CUTS[name])

    part = [] if name in USELESS else [f"{NAME}.part"]
    assert names_in(tmp_path) == ([NAME, *part] if of_before else part)
    assert not of_before or (tmp_path / NAME).read_bytes() == of_before


def test_a_download_that_is_interrupted_keeps_what_it_has(download, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        download(task("https://media.test/a"), failing(KeyboardInterrupt()))

    assert names_in(tmp_path) == [f"{NAME}.part"]
    assert (tmp_path / f"{NAME}.part").read_bytes() == VIDEO[:5000]


@pytest.mark.skipif(sys.platform == "win32", reason="limits what a process may write")
def test_a_full_disk_is_an_os_error(download, tmp_path):
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (6000, before[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            download(task("https://media.test/a"), content)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert not (tmp_path / NAME).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="makes links")
def test_a_link_in_the_place_of_a_part_is_not_followed(download, tmp_path):
    other = tmp_path / "other"
    other.write_bytes(b"x" * 200_000)
    (tmp_path / f"{NAME}.part").symlink_to(other)

    [path] = download(task("https://media.test/a"), content)

    assert path.read_bytes() == VIDEO
    assert other.read_bytes() == b"x" * 200_000


@pytest.mark.parametrize(
    "kind", ["text/html", "Text/HTML; charset=utf-8", "application/json", "application/xml"]
)
def test_a_page_is_no_result(download, tmp_path, kind):
    page = httpx.Response(200, headers={"content-type": kind}, content=b"<html>")

    [path] = download(task("https://media.test/a"), lambda _: page, content)
    path.unlink()

    assert names_in(tmp_path) == []
    with pytest.raises(APIStatusError, match="instead of media"):
        download(task("https://media.test/a"), lambda _: page)
    assert names_in(tmp_path) == []


def test_a_name_that_is_taken_by_a_folder_is_an_os_error(download, tmp_path):
    (tmp_path / NAME).mkdir()

    with pytest.raises(OSError, match=re.escape(NAME)):
        download(task("https://media.test/a"), content)

    assert names_in(tmp_path) == [NAME, f"{NAME}.part"]


def test_a_folder_that_is_a_file_is_an_os_error(download, tmp_path):
    (tmp_path / "out").write_bytes(b"")

    with pytest.raises(OSError, match="out"):
        download(task("https://media.test/a"), content, folder=tmp_path / "out")


@pytest.mark.parametrize(
    "task_id", ["../../x", "a/b", "a\\b", "CON", "..", "a:b", "a\nb", "ä" * 9, "1" * 300, "~", "*"]
)
@pytest.mark.parametrize("url", ["https://media.test/../../etc/passwd", "https://media.test/x.exe"])
def test_names_are_made_of_the_family_and_the_id_alone(download, tmp_path, task_id, url):
    [path] = download(task(url, task_id=task_id), content)

    assert path.parent == tmp_path
    assert re.fullmatch(r"text_to_video-[A-Za-z0-9_]{1,100}\.mp4", path.name)
    assert names_in(tmp_path) == [path.name]


def test_a_name_that_the_server_proposes_is_not_taken(download, tmp_path):
    headers = {"content-disposition": 'attachment; filename="../evil.sh"'}

    download(
        task("https://media.test/a"),
        lambda _: httpx.Response(200, headers=headers, content=VIDEO),
    )

    assert names_in(tmp_path) == [NAME]


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_result_that_is_gone_says_how_long_results_are_kept(download, tmp_path, status):
    with pytest.raises(APIStatusError, match=f"HTTP {status}.*30 days") as caught:
        download(task("https://media.test/a"), (status, b"<html>"))

    assert caught.value.status_code == status
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("status", [204, 206, 304, 400, 500, 503])
def test_every_other_status_is_an_error_without_that_hint(download, tmp_path, status):
    with pytest.raises(APIStatusError, match=f"HTTP {status}") as caught:
        download(task("https://media.test/a"), (status, b""))

    assert "30 days" not in str(caught.value)
    assert names_in(tmp_path) == []


def redirect(target):
    return lambda request: httpx.Response(302, headers={"location": target})


def test_media_hosts_see_no_credentials(either_kling, scripted, success, tmp_path):
    result = {"videos": [{"url": "https://media.test/a"}]}
    transport = scripted(
        success(task_status="succeed", task_result=result),
        redirect("https://elsewhere.test/b"),
        content,
    )

    client = either_kling(api_key="secret-key", transport=transport)
    client.download(f"text_to_video/{ID}", tmp_path)

    api, *media = transport.requests
    assert api.headers["authorization"] == "Bearer secret-key"
    assert [str(one.url) for one in media] == ["https://media.test/a", "https://elsewhere.test/b"]
    assert [one for one in media if "secret-key" in str(one.headers.raw)] == []
    assert [one for one in media if "authorization" in one.headers] == []
    assert (tmp_path / NAME).read_bytes() == VIDEO


def test_media_hosts_see_no_cookies_of_the_api(either_kling, scripted, success, tmp_path):
    result = {"videos": [{"url": "https://media.kling.test/a"}]}
    reply = success(task_status="succeed", task_result=result)
    cookie = {"set-cookie": "session=s3cret; Domain=kling.test; Path=/"}
    transport = scripted(
        lambda _: httpx.Response(200, headers=cookie, json=reply),
        redirect("https://api.kling.test/b"),
        content,
    )

    client = either_kling(api_key="k", base_url="https://api.kling.test", transport=transport)
    client.download(f"text_to_video/{ID}", tmp_path)

    assert [one for one in transport.requests if "cookie" in one.headers] == []


def test_not_even_the_host_of_the_api_sees_them_for_media(scripted, tmp_path):
    transport = scripted(content)
    client = Kling(api_key="secret-key", base_url="https://api.test", transport=transport)

    client.download(task("https://api.test/media/a"), tmp_path)

    assert "authorization" not in transport.requests[0].headers


def only_http(request):
    """Answer like the network does: with nothing but HTTP."""
    if request.url.host == "media.test" and request.url.path == "/moved":
        return httpx.Response(302, headers={"location": request.url.params["to"]})
    return httpx.HTTPTransport().handle_request(request)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://media.test/a", "data:,x"])
def test_what_is_not_http_is_refused(download, tmp_path, target):
    with pytest.raises(APIConnectionError, match="the URL of the result"):
        download(task(f"https://media.test/moved?to={target}"), only_http)
    with pytest.raises(APIConnectionError, match=f"the scheme {target.partition(':')[0]};"):
        download(task(target), only_http)

    assert names_in(tmp_path) == []


def test_redirects_without_an_end_are_an_error(download, tmp_path):
    with pytest.raises(APIConnectionError, match="redirect"):
        download(task("https://media.test/a"), redirect("https://media.test/a"))

    assert names_in(tmp_path) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://[::1",
        "https://media.test:99999/a",
        "https://exa mple.test/a",
        "https:///a",
        "\0",
        "//",
    ],
)
def test_a_url_that_is_none_is_an_error_of_this_package(download, tmp_path, url):
    with pytest.raises(APIError):
        download(task(url), only_http)

    assert names_in(tmp_path) == []


def test_the_signature_of_a_url_is_not_shown(download):
    url = "https://media.test/a?signature=5f2c81"

    with pytest.raises(APIError) as refused:
        download(task(url), (403, b""))
    with pytest.raises(APIError) as broken:
        download(task(url), failing(httpx.ReadError("reset")))

    assert "media.test/a" in str(broken.value)
    assert "5f2c81" not in f"{refused.value} {broken.value}"


def test_a_compressed_reply_is_unpacked(download, tmp_path):
    packed = gzip.compress(VIDEO)
    headers = {"content-encoding": "gzip", "content-length": str(len(packed))}

    [path] = download(
        task("https://media.test/a"),
        lambda _: httpx.Response(200, headers=headers, stream=httpx.ByteStream(packed)),
    )

    assert path.read_bytes() == VIDEO


def test_a_compressed_reply_without_a_length_is_refused(download, tmp_path):
    packed = gzip.compress(VIDEO)[:-20]

    with pytest.raises(APIConnectionError, match="compressed"):
        download(
            task("https://media.test/a"),
            lambda _: httpx.Response(
                200, headers={"content-encoding": "gzip"}, stream=httpx.ByteStream(packed)
            ),
        )

    assert names_in(tmp_path) == []


def test_a_compressed_reply_that_is_cut_is_refused(download, tmp_path):
    packed = gzip.compress(VIDEO)
    headers = {"content-encoding": "gzip", "content-length": str(len(packed))}

    with pytest.raises(APIConnectionError, match="ended after"):
        download(
            task("https://media.test/a"),
            lambda _: httpx.Response(200, headers=headers, stream=httpx.ByteStream(packed[:-4])),
        )

    assert names_in(tmp_path) == []


def test_several_outputs_are_numbered(download, tmp_path):
    urls = [f"https://media.test/{number}" for number in range(3)]

    paths = download(task(*urls), lambda request: httpx.Response(200, text=request.url.path))

    assert [path.name for path in paths] == [f"text_to_video-{ID}-{n}.mp4" for n in (1, 2, 3)]
    assert [path.read_text() for path in paths] == ["/0", "/1", "/2"]


def test_an_output_without_a_url_is_left_out(download):
    paths = download(task(None, "https://media.test/a", ""), content)

    assert [path.name for path in paths] == [NAME]


@pytest.mark.parametrize("status", ["submitted", "processing", "failed", "succeed"])
def test_a_task_without_a_result_is_a_task_error(download, success, status):
    unfinished = task(status=status)

    with pytest.raises(TaskError, match=f"text_to_video/{ID} .*nothing to download") as caught:
        download(unfinished, success(task_status=status))

    told = caught.value.task
    assert (told.ref, told.status) == (unfinished.ref, unfinished.status)


def test_an_unfinished_task_makes_no_folder(download, success, tmp_path):
    with pytest.raises(TaskError):
        download(
            task(status="processing"), success(task_status="processing"), folder=tmp_path / "out"
        )

    assert names_in(tmp_path) == []


def test_the_copy_with_a_watermark_is_not_downloaded(scripted, tmp_path):
    transport = scripted(content)
    done = task("https://media.test/a", watermark_url="https://media.test/watermark")

    Kling(api_key="k", transport=transport).download(done, tmp_path)

    assert done.outputs[0].watermark_url == "https://media.test/watermark"
    assert [request.url.path for request in transport.requests] == ["/a"]
    assert names_in(tmp_path) == [NAME]


@pytest.mark.parametrize("kind", [str, Path])
def test_a_folder_is_made_and_may_be_text_or_a_path(download, tmp_path, kind):
    folder = tmp_path / "a" / "b"

    paths = download(task("https://media.test/a"), content, folder=kind(folder))

    assert paths == [folder / NAME]


def test_a_relative_folder_is_one_of_the_working_directory(download, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert download(task("https://media.test/a"), content, folder="out") == [Path("out") / NAME]
    assert names_in(tmp_path / "out") == [NAME]


def test_a_file_of_before_is_replaced(download, tmp_path):
    (tmp_path / NAME).write_bytes(b"of before")

    [path] = download(task("https://media.test/a"), content)

    assert path.read_bytes() == VIDEO


def test_a_file_without_a_byte_is_none(download, tmp_path):
    with pytest.raises(APIConnectionError, match="empty"):
        download(task("https://media.test/a"), (200, b""))

    assert names_in(tmp_path) == []
