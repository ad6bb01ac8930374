"""The files that results lead to: as long, as large and of the shape that was asked for."""

import os
import wave
from array import array
from decimal import Decimal
from importlib.resources import files
from io import BytesIO
from itertools import product

import av
import httpx
import pytest
from kling.description import load
from kling.mock import KlingMock

# private: every sample, without a task for each.
from kling.mock._samples import (
    Look,
    Place,
    Samples,
    fill_example,
    videos,  # private: the sizes that there are
)

ROOT = "https://mock.test/media/1/"
SIZES = videos.sizes()
SAMPLES = {
    "video-1280x720-5s.mp4": "video/mp4",
    "video-1080x1920-10s.mp4": "video/mp4",
    "image-1024x576.png": "image/png",
    "image-576x1024.png": "image/png",
    "audio-5s.mp3": "audio/mpeg",
    "audio-5s.wav": "audio/wav",
    "audio-3.5s.wav": "audio/wav",
    "subtitles.srt": "application/x-subrip",
    "subtitles.ass": "text/x-ssa",
}
LENGTHS = ["0.1", "1", "3", "3.5", "5", "10", "15", "60", "300"]


def result(suffix, **asked):
    example = {"url": f"https://kling.test/a.{suffix}", "duration": "9.9"}
    return fill_example(example, 1, Place(Samples(), ROOT, Look.of(asked)), asked)


def file_of(suffix, **asked):
    return result(suffix, **asked)["url"].rpartition("/")[2]


def sample_reply(name, *headers):
    return Samples().reply(name, *headers)


def content(name):
    reply = sample_reply(f"1/url/{name}")
    assert reply.status == 200
    return reply.body


def seconds(body):
    with av.open(BytesIO(body)) as container:
        stream = container.streams[0]
        return stream.duration * stream.time_base


def test_the_parts_of_the_samples_are_small():
    # private: the files themselves.
    folder = files("kling.mock._samples") / "files"
    sizes = {file.name: len(file.read_bytes()) for file in folder.iterdir()}

    assert len(sizes) == len(SIZES) + 4
    assert sum(sizes.values()) < 135_000
    assert max(sizes.values()) < 16_000


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_video_plays_in_its_size(size):
    with av.open(BytesIO(content("video-{}x{}-1.1s.mp4".format(*size)))) as container:
        stream = container.streams.video[0]
        frames = list(container.decode(stream))

        assert (stream.codec_context.name, stream.pix_fmt) == ("h264", "yuv420p")
        assert stream.average_rate == 24
    assert len(frames) == stream.frames
    assert {(frame.width, frame.height) for frame in frames} == {size}
    first, other = (bytes(frames[number].planes[0]) for number in (0, 12))
    assert first != other, "nothing moves"
    assert bytes(frames[24].planes[0]) == first, "the second second is another one"


def test_a_video_of_many_seconds_plays_to_its_end():
    body = content("video-1280x720-15s.mp4")

    with av.open(BytesIO(body)) as container:
        times = [frame.time for frame in container.decode(video=0)]

    assert len(times) == 15 * 24 + 1
    assert times == sorted(times)
    assert times[-1] == 15
    with av.open(BytesIO(body)) as container:
        container.seek(int(9.5 * av.time_base))
        assert next(container.decode(video=0)).time == 9


def test_long_results_are_light():
    assert len(content("video-1280x720-60s.mp4")) < 12_000
    assert len(content("video-3840x2160-15s.mp4")) < 20_000
    assert len(content("image-4096x2304.png")) < 30_000
    assert len(content("audio-10s.mp3")) < 25_000


@pytest.mark.parametrize("size", [(1280, 720), (3840, 2160)], ids=str)
def test_a_video_can_begin_before_it_is_loaded(size):
    body = content("video-{}x{}-5s.mp4".format(*size))

    assert body[4:8] == b"ftyp"
    assert 0 < body.index(b"moov") < body.index(b"mdat")


@pytest.mark.parametrize("size", [(1024, 576), (576, 1024), (2048, 2048), (4096, 1755)], ids=str)
def test_a_picture_has_its_size(size):
    with av.open(BytesIO(content("image-{}x{}.png".format(*size)))) as container:
        (frame,) = container.decode(video=0)

    assert (frame.width, frame.height) == size
    pixels = frame.to_rgb().planes[0]
    assert len(set(bytes(pixels)[:: pixels.line_size])) > 8, "no sky"


@pytest.mark.parametrize(
    ("name", "code", "loud"), [("audio-5s.mp3", "f", 0.5), ("audio-5s.wav", "B", 192)]
)
def test_a_sound_is_heard_to_its_end(name, code, loud):
    with av.open(BytesIO(content(name))) as container:
        stream = container.streams.audio[0]
        frames = [array(code, bytes(frame.planes[0])) for frame in container.decode(stream)]

    samples = [sample for frame in frames for sample in frame]
    for second in range(5):
        assert max(samples[second * stream.rate :][: stream.rate]) > loud


@pytest.mark.parametrize("suffix", ["srt", "ass"])
def test_subtitles_can_be_read_and_end_within_the_video(suffix):
    with av.open(BytesIO(content(f"subtitles.{suffix}"))) as container:
        packets = [one for one in container.demux(subtitles=0) if one.size]

    assert [bytes(one).rpartition(b",")[2] for one in packets] == [
        b"The sun moves.",
        b"Five bells ring.",
    ]
    ends = [float((one.pts + one.duration) * one.time_base) for one in packets]
    assert 4 < max(ends) < seconds(content("video-1280x720-5s.mp4"))
    assert result(suffix)["url"] == f"{ROOT}url/subtitles.{suffix}"


def test_the_wav_is_plain_pcm():
    with wave.open(BytesIO(content("audio-5s.wav"))) as sound:
        assert (sound.getnchannels(), sound.getframerate()) == (1, 8000)


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("suffix", ["mp4", "mp3", "wav"])
def test_a_result_is_as_long_as_it_says_and_as_was_asked(suffix, length):
    made = result(suffix, duration=length)
    real = seconds(content(made["url"]))

    # Cut, not rounded.
    assert 0 <= float(real) - float(made["duration"]) < 0.001
    assert 0 <= float(real) - float(length) < 0.07


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (None, "5.041"),
        ("", "5.041"),
        ("soon", "5.041"),
        ([5], "5.041"),
        ("-3", "5.041"),
        ("1e9", "5.041"),
        ("0", "0.125"),
        ("3.14159", "3.125"),
        ("99999", "300.041"),
        (10, "10.041"),
        (True, "5.041"),
    ],
)
def test_a_length_that_no_result_has_gets_one_that_it_says(asked, said):
    made = result("mp4", duration=asked)

    assert made["duration"] == said
    assert 0 <= float(seconds(content(made["url"]))) - float(said) < 0.001


def enums(spec, schema):
    """Return the values that a request may have in its ratios, resolutions and modes."""
    found = {}
    for one in (schema, *(schema["properties"].get(name, {}) for name in ("settings", "input"))):
        for part in [one, *one.get("anyOf", [])]:
            whole = spec.schemas[part["$ref"].rpartition("/")[2]] if "$ref" in part else part
            for name in ("aspect_ratio", "resolution", "mode"):
                node = whole.get("properties", {}).get(name, {})
                node = spec.schemas[node["$ref"].rpartition("/")[2]] if "$ref" in node else node
                if "enum" in node:
                    found[name] = node["enum"]
    return found


def test_there_is_a_video_of_every_size_that_can_be_asked_for():
    spec, sides = load(), {"720p": 720, "1080p": 1080, "4k": 2160}
    sides |= {"std": 720, "pro": 1080}
    asked = set()
    for operation in spec.operations.values():
        if operation.task and operation.task["output"] == "video":
            lists = enums(spec, spec.schemas[operation.request])
            ratios = lists.get("aspect_ratio", ["16:9"])
            for field in lists.keys() & {"resolution", "mode"}:
                asked |= set(product(ratios, lists[field], [field]))

    assert len(asked) > 20
    for ratio, quality, field in asked:
        # Of lip sync the mode says something else.
        if quality in sides:
            width, height = Look.of({"aspect_ratio": ratio, field: quality}).nearest(SIZES)
            across, down = map(int, ratio.split(":"))
            assert (min(width, height), width * down) == (sides[quality], height * across)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({}, "1280x720"),
        ({"mode": "std"}, "1280x720"),
        ({"mode": "pro"}, "1920x1080"),
        ({"mode": "4k"}, "3840x2160"),
        ({"mode": "pro", "resolution": "720p"}, "1280x720"),
        ({"resolution": "1080P", "aspect_ratio": "9:16"}, "1080x1920"),
        ({"settings": {"resolution": "4k", "aspect_ratio": "1:1"}}, "2160x2160"),
        ({"input": {"mode": "pro"}}, "1920x1080"),
        ({"aspect_ratio": "21:9"}, "1680x720"),
        ({"aspect_ratio": "5:4"}, "960x720"),
        ({"aspect_ratio": "2:1"}, "1280x720"),
        ({"aspect_ratio": "21:9", "resolution": "4k"}, "3840x2160"),
        ({"resolution": "480p"}, "1280x720"),
        ({"resolution": 7, "settings": [], "input": "x"}, "1280x720"),
    ],
)
def test_a_video_has_the_size_that_is_nearest_to_the_one_asked_for(asked, name):
    assert file_of("mp4", **asked) == f"video-{name}-5s.mp4"


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({}, "1024x576"),
        ({"aspect_ratio": "1:1"}, "1024x1024"),
        ({"aspect_ratio": "3:4", "resolution": "2k"}, "1536x2048"),
        ({"aspect_ratio": "21:9", "resolution": "4K"}, "4096x1755"),
        ({"aspect_ratio": "auto", "resolution": "1k"}, "1024x576"),
        ({"aspect_ratio": "9999:1"}, "1024x128"),
        ({"aspect_ratio": "1:9999", "resolution": "9999k"}, "1024x8192"),
        ({"resolution": "1080p"}, "1024x576"),
    ],
)
def test_a_picture_has_the_shape_and_the_resolution_asked_for(asked, name):
    assert file_of("png", **asked) == f"image-{name}.png"
    assert sample_reply(f"image-{name}.png").status == 200


@pytest.mark.parametrize("ratio", [None, "", "0:1", "1:0", "-1:1", "16:9 ", 1.5, ["1:1"], {}])
def test_what_is_no_ratio_leaves_the_first_shape(ratio):
    assert file_of("mp4", aspect_ratio=ratio) == "video-1280x720-5s.mp4"


@pytest.mark.parametrize(
    ("path", "body", "names"),
    [
        ("/v1/videos/text2video", {"duration": "10"}, ["video-1280x720-10s.mp4"]),
        (
            "/v1/videos/text2video",
            {"mode": "pro", "aspect_ratio": "9:16", "duration": "3"},
            ["video-1080x1920-3s.mp4"],
        ),
        (
            "/v1/images/generations",
            {"aspect_ratio": "1:1", "resolution": "2k", "n": 3},
            ["image-2048x2048.png"] * 3,
        ),
    ],
)
def test_a_task_makes_what_it_was_asked_for(ask, kling_mock, path, body, names):
    request = {"model_name": "kling-v3", "prompt": "A fox"} | body
    task = ask("POST", path, json=request).json()["data"]
    kling_mock.clock.advance(3600)

    result = ask("GET", f"{path}/{task['task_id']}").json()["data"]["task_result"]
    [entries] = result.values()

    assert [one["url"].rpartition("/")[2] for one in entries] == names
    if "duration" in body:
        assert entries[0]["duration"] == f"{body['duration']}.041"


def test_a_task_of_the_current_standard_makes_what_it_was_asked_for(ask, kling_mock):
    settings = {"duration": 7, "resolution": "1080p", "aspect_ratio": "1:1"}
    body = {"prompt": "A fox", "settings": settings}
    task = ask("POST", "/text-to-video/kling-3.0", json=body).json()["data"]
    kling_mock.clock.advance(3600)

    [shown] = ask("GET", "/tasks", params={"task_ids": task["id"]}).json()["data"]

    [video] = shown["outputs"]
    assert video["url"].endswith("/video-1080x1080-7s.mp4")
    assert video["duration"] == "7.041"


def test_what_is_charged_by_the_second_is_as_long_as_it_is_charged(ask, kling_mock):
    for length in ("3", "15"):
        body = {"model_name": "kling-v3", "prompt": "A fox", "duration": length}
        ask("POST", "/v1/videos/text2video", json=body)
    kling_mock.clock.advance(3600)

    long, short = kling_mock.state()["tasks"]

    lengths = [float(one["units"]) for one in (long, short)]
    assert lengths[0] / lengths[1] == 15 / 3
    assert [one["outputs"][0]["url"].rpartition("-")[2] for one in (long, short)] == [
        "15s.mp4",
        "3s.mp4",
    ]


def test_of_a_file_that_decides_the_length_the_result_has_five_seconds(ask, kling_mock):
    body = {
        "image": "https://example.org/ada.png",
        "sound_file": "https://example.org/speech.mp3",
    }
    task = ask("POST", "/v1/videos/avatar/image2video", json=body).json()["data"]
    kling_mock.clock.advance(3600)

    shown = ask("GET", f"/v1/videos/avatar/image2video/{task['task_id']}").json()["data"]

    [video] = shown["task_result"]["videos"]
    assert video["duration"] == "5.041"
    assert video["url"].endswith("-5s.mp4")


def test_the_bytes_of_a_sample_are_always_the_same():
    # private: what is remembered of them.
    from kling.mock._samples import sample_files

    before = {name: content(name) for name in SAMPLES}
    sample_files._make_sample.cache_clear()  # private: the same

    assert {name: content(name) for name in SAMPLES} == before
    assert sample_files._make_sample.cache_info().maxsize <= 32  # private: the same


@pytest.mark.parametrize(("name", "content_type"), SAMPLES.items())
def test_a_file_says_what_it_is(name, content_type):
    reply = sample_reply(name)

    assert reply.headers["content-type"] == content_type
    assert reply.headers["accept-ranges"] == "bytes"
    assert reply.headers["etag"].startswith('"')


def test_files_have_etags_of_their_own():
    assert len({sample_reply(name).headers["etag"] for name in SAMPLES}) == len(SAMPLES)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "video.mp4",
        "..",
        "../__init__.py",
        "audio-5s.mp3/",
        "x",
        "bell.wav",
        "video-1280x720.h264",
        "video-1280x721-5s.mp4",
        "video-1280x720-0s.mp4",
        "video-1280x720-301s.mp4",
        "video-1280x720-5.mp4",
        "audio-999s.wav",
        "audio-5s.mp4",
        "image-9999x9999.png",
        "image-0001x1000.png",
        "subtitles.png",
    ],
)
@pytest.mark.parametrize("asked", ["", "bytes=0-1"])
def test_an_unknown_file_is_not_there(name, asked):
    assert sample_reply(name, asked).status == 404


WHOLE = content("audio-5s.wav")
LAST = len(WHOLE) - 1


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=100-199", 100, 199),
        ("bytes=1000-", 1000, LAST),
        ("bytes=0-", 0, LAST),
        (f"bytes={LAST}-", LAST, LAST),
        ("bytes=10-99999999999999999999", 10, LAST),
        ("Bytes=100-199", 100, 199),
        ("bytes=-1", LAST, LAST),
        ("bytes=-500", LAST - 499, LAST),
        ("bytes=-99999999999999999999", 0, LAST),
    ],
)
def test_a_part_is_served(asked, first, last):
    reply = sample_reply("1/audio-5s.wav", asked)

    assert reply.status == 206
    assert reply.body == WHOLE[first : last + 1]
    assert reply.headers == {
        **sample_reply("audio-5s.wav").headers,
        "content-range": f"bytes {first}-{last}/{len(WHOLE)}",
    }


@pytest.mark.parametrize(
    "asked", [f"bytes={len(WHOLE)}-", "bytes=99999999999999999999-", "bytes=-0"]
)
def test_a_part_behind_the_end_is_not_there(asked):
    reply = sample_reply("audio-5s.wav", asked)

    assert (reply.status, reply.headers["content-range"]) == (416, f"bytes */{len(WHOLE)}")
    assert reply.body != WHOLE


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,5-6", "bytes=-", "bytes=5-1", "bytes=a-b", "lines=0-1", "bytes", "0-1"]
)
def test_what_is_no_single_range_gets_the_whole_file(asked):
    reply = sample_reply("audio-5s.wav", asked)

    assert (reply.status, reply.body) == (200, WHOLE)
    assert "content-range" not in reply.headers


def test_a_download_goes_on_only_with_the_same_file():
    etag = sample_reply("audio-5s.wav").headers["etag"]

    same = sample_reply("audio-5s.wav", "bytes=9-", etag)
    other = sample_reply("audio-5s.wav", "bytes=9-", sample_reply("audio-5s.mp3").headers["etag"])

    assert (same.status, same.body) == (206, WHOLE[9:])
    assert (other.status, other.body) == (200, WHOLE)


@pytest.fixture
def given(tmp_path):
    """Return a function that writes a file, and returns its path."""

    def write(name, body):
        path = tmp_path / name
        path.write_bytes(body)
        return path

    return write


def test_a_file_of_ones_own_is_served_as_every_result_of_its_kind(
    ask_of, given, kling_mock_options
):
    video = given("mine", content("video-720x720-12s.mp4"))
    picture = given("mine.txt", b"\xff\xd8\xff\xe0 not a whole picture")
    mock = KlingMock(media=[video, str(picture)], **kling_mock_options)
    ask = ask_of(mock)
    body = {"model_name": "kling-v3", "prompt": "A fox"}
    ask("POST", "/v1/videos/text2video", json=body)
    ask("POST", "/v1/images/generations", json=body | {"n": 2})
    ask("POST", "/v1/audio/text-to-audio", json={"prompt": "Rain", "duration": 3})
    mock.clock.advance(3600)

    sound, pictures, made = mock.state()["tasks"]

    assert [one["url"].rpartition("/")[2] for one in sound["outputs"]] == [
        "audio-3s.mp3",
        "audio-3s.wav",
    ]
    assert [one["url"].rpartition("/")[2] for one in pictures["outputs"]] == ["image.jpg"] * 2
    task = ask("GET", f"/v1/videos/text2video/{made['id']}").json()["data"]
    [entry] = task["task_result"]["videos"]
    # Its own length, not the one that was asked for.
    assert entry["duration"] == "12.041"
    served = httpx.Client(transport=mock.transport).get(entry["url"])
    assert served.content == video.read_bytes()
    assert served.headers["content-type"] == "video/mp4"
    assert served.headers["etag"]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("video", "video-1280x720-8s.mp4"),
        ("audio", "audio-8s.wav"),
        ("audio", "audio-8s.mp3"),
        ("image", "image-1024x576.png"),
    ],
)
def test_a_file_is_known_by_what_is_in_it_and_its_length_is_said(given, kind, name):
    samples = Samples([given("anything", content(name))])
    suffix = name.rpartition(".")[2]

    assert samples.name(suffix, Look()) == f"{kind}.{suffix}"
    if kind != "image":
        real = seconds(content(name))
        assert 0 <= float(real) - float(samples.duration(suffix, Look())) < 0.001


def test_an_mp3_with_a_count_of_its_frames_is_as_long_as_that(given, tmp_path):
    path = tmp_path / "real.mp3"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libmp3lame", rate=44100, layout="mono")
        stream.codec_context.options = {"compression_level": "9", "q": "5"}
        stream.codec_context.qscale = True
        for number in range(200):
            frame = av.AudioFrame("s16p", "mono", 1152)
            frame.planes[0].update(bytes((number * place) % 251 for place in range(2304)))
            frame.sample_rate, frame.pts = 44100, number * 1152
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))

    said = float(Samples([path]).duration("mp3", Look()))

    assert abs(said - 200 * 1152 / 44100) < 0.06


@pytest.mark.parametrize(
    "body",
    [
        b"\0\0\0\x18ftypmp42",
        b"\0\0\0\x08ftyp\0\0\0\0moov",
        b"\0\0\0\x08ftyp\0\0\0\x08moov",
        b"RIFF\0\0\0\0WAVE",
        b"ID3",
        b"ID3\4\0\0\0\0\0\0",
        b"\xff\xfb",
        b"\xff\xfb\xff\xff",
        b"\xff\xfb\0\0",
        b"OggS",
    ],
)
def test_of_a_file_that_does_not_say_its_length_the_one_asked_for_is_said(given, body):
    samples = Samples([given("broken", body)])
    suffix = "mp4" if b"ftyp" in body else "mp3"

    assert samples.duration(suffix, Look(seconds=Decimal(8))).startswith("8.0")


@pytest.mark.parametrize("body", [b"", b"hello", b"<html>", b"\0" * 100])
def test_what_is_no_medium_is_refused(given, body):
    with pytest.raises(ValueError, match=r"notes\.txt is not a video, image or audio file"):
        KlingMock(media=[given("notes.txt", body)])


def test_two_files_of_a_kind_one_text_and_a_file_that_is_not_there_are_refused(given, tmp_path):
    one, other = (given(name, content("audio-5s.wav")) for name in ("a", "b"))

    with pytest.raises(ValueError, match="is a second audio file; give one file of each kind"):
        KlingMock(media=[one, other])
    with pytest.raises(TypeError, match="media must be a list of files"):
        KlingMock(media=str(one))
    with pytest.raises(ValueError, match="gone cannot be read: No such file"):
        KlingMock(media=[tmp_path / "gone"])


def test_a_file_that_is_too_large_to_keep_is_refused(given):
    path = given("long.mp4", b"\0\0\0\x18ftypmp42")
    os.truncate(path, 200 * 10**6 + 1)

    with pytest.raises(ValueError, match=r"long\.mp4 is larger than 200 megabytes"):
        KlingMock(media=[path])


def test_the_command_takes_media_and_says_what_is_wrong(kling_command, given):
    done = kling_command("mock", "--media", str(given("notes.txt", b"hello")))

    assert done.exit_code == 1
    assert "notes.txt is not a video, image or audio file" in done.output
