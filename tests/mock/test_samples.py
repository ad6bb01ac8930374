import wave
from array import array
from importlib.resources import files
from io import BytesIO

import av
import pytest

# private: every sample, without a task for each.
from kling.mock._samples import filled, sample_reply

ROOT = "https://mock.test/media/1/"
SIZES = {"16x9": (1280, 720), "9x16": (720, 1280), "1x1": (720, 720)}
SAMPLES = {
    **{f"video-{shape}.mp4": "video/mp4" for shape in SIZES},
    **{f"image-{shape}.png": "image/png" for shape in SIZES},
    "audio.mp3": "audio/mpeg",
    "audio.wav": "audio/wav",
    "subtitles.srt": "application/x-subrip",
    "subtitles.ass": "text/x-ssa",
}
NEAREST = [
    ("16:9", "16x9"),
    ("9:16", "9x16"),
    ("1:1", "1x1"),
    ("4:3", "16x9"),
    ("3:4", "9x16"),
    ("3:2", "16x9"),
    ("2:3", "9x16"),
    ("21:9", "16x9"),
    ("5:4", "1x1"),
    ("auto", "16x9"),
]


def result(suffix, **echo):
    return filled({"url": f"https://kling.test/a.{suffix}", "duration": "9.9"}, 1, ROOT, echo)


def content(name):
    reply = sample_reply(f"1/url/{name}")
    assert reply.status == 200
    return reply.body


def seconds(name):
    with av.open(BytesIO(content(name))) as container:
        stream = container.streams[0]
        return stream.duration * stream.time_base


def test_there_is_nothing_but_the_samples_and_they_are_small():
    # private: the files themselves.
    folder = files("kling.mock._samples") / "files"
    sizes = {file.name: len(file.read_bytes()) for file in folder.iterdir()}

    assert sizes.keys() == SAMPLES.keys()
    assert sum(sizes.values()) < 150_000
    assert max(size for name, size in sizes.items() if name.endswith(".mp4")) < 30_000


@pytest.mark.parametrize(("shape", "size"), SIZES.items())
def test_a_video_plays_in_its_shape(shape, size):
    with av.open(BytesIO(content(f"video-{shape}.mp4"))) as container:
        stream = container.streams.video[0]
        frames = list(container.decode(stream))

        assert (stream.codec_context.name, stream.pix_fmt) == ("h264", "yuv420p")
    assert len(frames) == stream.frames
    assert {(frame.width, frame.height) for frame in frames} == {size}


@pytest.mark.parametrize("shape", SIZES)
def test_a_video_can_begin_before_it_is_loaded(shape):
    body = content(f"video-{shape}.mp4")

    assert body[4:8] == b"ftyp"
    assert 0 < body.index(b"moov") < body.index(b"mdat")


@pytest.mark.parametrize("shape", SIZES)
def test_something_moves_in_a_video(shape):
    with av.open(BytesIO(content(f"video-{shape}.mp4"))) as container:
        first, *_, last = (bytes(frame.planes[0]) for frame in container.decode(video=0))

    assert first != last


@pytest.mark.parametrize(("shape", "size"), SIZES.items())
def test_a_picture_has_its_shape(shape, size):
    with av.open(BytesIO(content(f"image-{shape}.png"))) as container:
        (frame,) = container.decode(video=0)

    assert (frame.width, frame.height) == size


@pytest.mark.parametrize(
    ("name", "code", "loud"), [("audio.mp3", "f", 0.5), ("audio.wav", "B", 192)]
)
def test_a_sound_is_heard(name, code, loud):
    with av.open(BytesIO(content(name))) as container:
        frames = [array(code, bytes(frame.planes[0])) for frame in container.decode(audio=0)]

    assert max(map(max, frames)) > loud


@pytest.mark.parametrize("suffix", ["srt", "ass"])
def test_subtitles_can_be_read_and_end_within_the_video(suffix):
    with av.open(BytesIO(content(f"subtitles.{suffix}"))) as container:
        packets = [one for one in container.demux(subtitles=0) if one.size]

    assert [bytes(one).rpartition(b",")[2] for one in packets] == [
        b"The sun rises.",
        b"Five bells ring.",
    ]
    ends = [float((one.pts + one.duration) * one.time_base) for one in packets]
    assert 4 < max(ends) < seconds("video-16x9.mp4")
    assert result(suffix)["url"] == f"{ROOT}url/subtitles.{suffix}"


def test_the_wav_is_plain_pcm():
    with wave.open(BytesIO(content("audio.wav"))) as sound:
        assert (sound.getnchannels(), sound.getframerate()) == (1, 8000)


@pytest.mark.parametrize("name", [name for name in SAMPLES if name[-3:] in ("mp4", "mp3", "wav")])
def test_a_result_is_as_long_as_it_says(name):
    shape = name.removesuffix(".mp4").removeprefix("video-").replace("x", ":")
    made = result(name[-3:], aspect_ratio=shape)

    assert made["url"] == f"{ROOT}url/{name}"
    # Cut, not rounded.
    assert 0 <= seconds(name) - float(made["duration"]) < 0.001


@pytest.mark.parametrize(("ratio", "shape"), NEAREST)
def test_a_result_has_the_shape_that_is_nearest_to_the_one_asked_for(ratio, shape):
    assert result("mp4", aspect_ratio=ratio)["url"] == f"{ROOT}url/video-{shape}.mp4"
    assert result("png", aspect_ratio=ratio)["url"] == f"{ROOT}url/image-{shape}.png"


@pytest.mark.parametrize("ratio", [None, "", "0:1", "1:0", "-1:1", "16:9 ", 1.5, ["1:1"], {}])
def test_what_is_no_ratio_leaves_the_first_shape(ratio):
    assert result("mp4", aspect_ratio=ratio)["url"].endswith("/video-16x9.mp4")


def test_without_a_ratio_a_result_lies():
    assert result("mp4")["url"].endswith("/video-16x9.mp4")
    assert result("jpeg")["url"].endswith("/image-16x9.png")


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("/v1/videos/text2video", {"model_name": "kling-v3", "prompt": "A fox"}, "videos"),
        ("/v1/images/generations", {"model_name": "kling-v3", "prompt": "A fox"}, "images"),
    ],
)
@pytest.mark.parametrize(("ratio", "shape"), [("9:16", "9x16"), ("1:1", "1x1"), (None, "16x9")])
def test_a_task_makes_what_it_was_asked_for(ask, kling_mock, path, body, kind, ratio, shape):
    body = body | ({"aspect_ratio": ratio} if ratio else {})
    task = ask("POST", path, json=body).json()["data"]
    kling_mock.clock.advance(3600)

    shown = ask("GET", f"{path}/{task['task_id']}").json()["data"]["task_result"][kind]

    assert {one["url"].rpartition("/")[2].partition(".")[0] for one in shown} == {
        f"{kind.removesuffix('s')}-{shape}"
    }


@pytest.mark.parametrize(("name", "content_type"), SAMPLES.items())
def test_a_file_says_what_it_is(name, content_type):
    reply = sample_reply(name)

    assert reply.headers["content-type"] == content_type
    assert reply.headers["accept-ranges"] == "bytes"
    assert reply.headers["etag"].startswith('"')


def test_files_have_etags_of_their_own():
    assert len({sample_reply(name).headers["etag"] for name in SAMPLES}) == len(SAMPLES)


@pytest.mark.parametrize("name", ["", "video.mp4", "..", "../__init__.py", "audio.mp3/", "x"])
@pytest.mark.parametrize("asked", ["", "bytes=0-1"])
def test_an_unknown_file_is_not_there(name, asked):
    assert sample_reply(name, asked).status == 404


WHOLE = content("audio.wav")
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
    reply = sample_reply("1/audio.wav", asked)

    assert reply.status == 206
    assert reply.body == WHOLE[first : last + 1]
    assert reply.headers == {
        **sample_reply("audio.wav").headers,
        "content-range": f"bytes {first}-{last}/{len(WHOLE)}",
    }


@pytest.mark.parametrize(
    "asked", [f"bytes={len(WHOLE)}-", "bytes=99999999999999999999-", "bytes=-0"]
)
def test_a_part_behind_the_end_is_not_there(asked):
    reply = sample_reply("audio.wav", asked)

    assert (reply.status, reply.headers["content-range"]) == (416, f"bytes */{len(WHOLE)}")
    assert reply.body != WHOLE


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,5-6", "bytes=-", "bytes=5-1", "bytes=a-b", "lines=0-1", "bytes", "0-1"]
)
def test_what_is_no_single_range_gets_the_whole_file(asked):
    reply = sample_reply("audio.wav", asked)

    assert (reply.status, reply.body) == (200, WHOLE)
    assert "content-range" not in reply.headers


def test_a_download_goes_on_only_with_the_same_file():
    etag = sample_reply("audio.wav").headers["etag"]

    same = sample_reply("audio.wav", "bytes=9-", etag)
    other = sample_reply("audio.wav", "bytes=9-", sample_reply("audio.mp3").headers["etag"])

    assert (same.status, same.body) == (206, WHOLE[9:])
    assert (other.status, other.body) == (200, WHOLE)
