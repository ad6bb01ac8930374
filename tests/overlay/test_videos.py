"""A look at local files before they go anywhere, from Python and on the command line."""

import dataclasses
import io
import json
import pickle
import struct
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from command_line import cli
from encoders import sound, video
from kling import media, models
from kling.description import load
from media_files import jpeg_header, png, wav

MOTION = "motion_control.video_url"


def test_a_video_says_what_it_is(tmp_path):
    (tmp_path / "clip.mp4").write_bytes(video(width=640, height=360, fps=24, seconds=2))

    info = media.video(tmp_path / "clip.mp4")

    assert (info.kind, info.format, info.codec) == ("video", "mp4", "h264")
    assert (info.width, info.height, info.fps, info.seconds) == (640, 360, 24, 2)
    assert info.bytes == (tmp_path / "clip.mp4").stat().st_size
    assert str(info).startswith("mp4, h264, 640 x 360 px, 24 frames a second, 2.00 s, ")
    assert "width=640" in repr(info)
    assert pickle.loads(pickle.dumps(info)) == info


CODECS = {
    "h264-mov": (("libx264", "mov"), "mov", "h264"),
    "hevc": (("libx265", "mp4"), "mp4", "hevc"),
    "mpeg4": (("mpeg4", "mp4"), "mp4", "mpeg4"),
    "vp9": (("libvpx-vp9", "mp4"), "mp4", "vp9"),
}


@pytest.mark.parametrize(("form", "kind", "codec"), CODECS.values(), ids=CODECS)
def test_what_encoders_write_is_read(form, kind, codec):
    info = media.video(video(*form, seconds=1))

    assert (info.format, info.codec, info.width, info.height) == (kind, codec, 320, 240)
    assert (info.seconds, info.fps) == (pytest.approx(1, abs=0.05), pytest.approx(25, rel=0.05))


@pytest.mark.parametrize("flags", ["frag_keyframe+empty_moov", "frag_keyframe"])
def test_a_video_may_be_in_fragments(flags):
    info = media.video(video(options={"movflags": flags}))

    assert (info.seconds, info.fps, info.is_estimated) == (2, 25, False)


@pytest.mark.parametrize("flags", ["frag_keyframe+empty_moov", "frag_keyframe"])
def test_frames_in_fragments_may_differ_in_length(flags):
    info = media.video(video(uneven=True, options={"movflags": flags}))

    assert info.seconds == pytest.approx(2, abs=0.05)


def test_a_video_is_as_long_as_its_pictures_and_not_as_its_sound():
    file = video()
    at = file.index(b"mvhd") + 4 + 16

    info = media.video(file[:at] + struct.pack(">I", 9000) + file[at + 4 :])

    assert info.seconds == 2


def test_a_video_that_was_cut_off_is_not_known_to_be_that_long():
    file = video(options={"movflags": "frag_keyframe+empty_moov"})

    assert media.video(file[:-1]).is_estimated is True


def turned(file):
    """Return a video whose header turns it by 90 degrees, as telephones write it."""
    at = file.index(b"tkhd") + 4 + 40
    return (
        file[:at] + struct.pack(">9i", 0, 65536, 0, -65536, 0, 0, 0, 0, 1 << 30) + file[at + 36 :]
    )


def test_a_video_that_is_turned_has_the_sides_that_are_seen():
    info = media.video(turned(video(width=640, height=360)))

    assert (info.width, info.height) == (360, 640)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("webm", video("libvpx-vp9", "webm", seconds=0.2)),
        ("mkv", video("mpeg4", "matroska", seconds=0.2)),
        ("avi", video("mpeg4", "avi", seconds=0.2)),
        ("flv", video("flv1", "flv", seconds=0.2)),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_another_format_is_named(name, data):
    info = media.video(data)
    [problem] = info.problems_for(MOTION)

    assert (info.format, info.kind) == (name, "video")
    assert problem.message == f"video_url is in the format {name}, not mp4 or mov."
    assert (problem.rule, problem.field) == ("x-kling-media", "video_url")


def test_another_format_is_held_against_the_fields_of_its_kind():
    info = media.video(video("libvpx-vp9", "webm", seconds=0.2))

    assert [one.field for one in info.problems_for("motion_control")] == ["video_url"]


def test_any_format_of_a_video_is_taken_where_no_list_is_known(tmp_path):
    field = "drama_subtitles.source_video"
    webm = media.video(video("libvpx-vp9", "webm", seconds=0.2))
    (tmp_path / "a.wav").write_bytes(wav(2))

    assert webm.problems_for(field) == []
    assert [one.message.split(" must ")[-1] for one in webm.remarks_for(field)] == [
        "last 0 to 300 s."
    ]
    [remark] = media.video(b"hello").remarks_for(field)
    assert remark.message.endswith(".url is in a format that this version cannot read.")
    [problem] = media.video(tmp_path / "a.wav").problems_for(field)
    assert problem.message.endswith(".url is in the format wav, not a video.")


@pytest.mark.parametrize("data", [b"", b"hello", bytes(5000), b"\x1f\x8b" + bytes(99)])
def test_what_cannot_be_read_is_unknown_and_no_refusal(data):
    info = media.video(data)

    assert (info.format, info.kind, info.seconds) == (None, None, None)
    assert str(info).startswith("unknown format")
    assert info.problems_for(MOTION) == []
    [remark] = info.remarks_for(MOTION)
    assert (
        remark.message
        == "video_url is in a format that this version cannot read; it must be mp4 or mov."
    )


def test_a_broken_video_is_no_exception_and_no_refusal():
    file = video(width=640, height=640, fps=24, seconds=3)

    for cut in (*range(0, 120, 7), *range(120, len(file), 499)):
        info = media.video(file[:cut])
        assert all("format" in one.message for one in info.problems_for(MOTION))
    for place in range(0, len(file), 97):
        media.video(file[:place] + bytes(8) + file[place + 8 :]).remarks_for(MOTION)
        media.video(file[:place] + b"\xff" * 8 + file[place + 8 :]).remarks_for(MOTION)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"width": 640, "height": 360, "fps": 24, "seconds": 3}, []),
        ({"width": 640, "height": 360, "fps": 24, "seconds": 30.04}, []),
        ({"width": 640, "height": 320}, ["is 640 x 320 px; each side must have at least 340 px"]),
        ({"width": 3852, "height": 340}, ["each side must have at most 3850 px"]),
        ({"width": 640, "height": 360, "seconds": 2}, ["lasts 2.0 s; it must last 3 to 30 s"]),
        ({"width": 360, "height": 360, "seconds": 31, "fps": 10}, ["it must last 3 to 30 s"]),
    ],
)
def test_a_video_is_held_against_the_limits_of_the_field(options, told):
    problems = media.video(video(**{"seconds": 3, **options})).problems_for(MOTION)

    assert len(problems) == len(told)
    assert all(text in one.message for text, one in zip(told, problems, strict=True))


@pytest.mark.parametrize(
    ("fps", "told"),
    [
        (Fraction(24000, 1001), []),
        (60, []),
        (Fraction(60000, 1001), []),
        (15, ["video_url has 15 frames per second; Kling accepts 24 to 60."]),
        (90, ["video_url has 90 frames per second; Kling accepts 24 to 60."]),
    ],
)
def test_frames_a_second_are_held_against_the_limits(fps, told):
    info = media.video(video(width=720, height=720, fps=fps, seconds=3))

    assert [one.message for one in info.problems_for("multi_elements.video_url")] == told


@pytest.mark.parametrize(
    ("family", "width", "height", "seconds", "told"),
    [
        ("kling_30_omni_video", 3840, 2160, 15.5, []),
        ("kling_30_omni_video", 3842, 2160, 3, ["width times height must be at most 8294400 px"]),
        ("kling_o1_video", 2160, 2160, 10, []),
        ("kling_o1_video", 2162, 1080, 10, ["each side must have at most 2160 px"]),
        ("kling_o1_video", 2160, 1080, 10.5, ["it must last 3 to 10 s"]),
    ],
)
def test_each_omni_model_has_limits_of_its_own(family, width, height, seconds, told):
    small = media.video(video(width=720, height=720, seconds=3))
    info = dataclasses.replace(small, width=width, height=height, seconds=seconds)

    for part in ("feature_video", "base_video"):
        problems = info.problems_for(f"{family}.{part}")
        assert len(problems) == len(told)
        assert all(text in one.message for text, one in zip(told, problems, strict=True))


def test_the_size_of_the_file_is_held_against_the_limits(tmp_path):
    path = tmp_path / "clip.mp4"
    path.write_bytes(video(width=360, height=360, seconds=3))
    with path.open("r+b") as file:
        file.truncate(100 * 1024 * 1024 + 1)

    [problem] = media.video(path).problems_for(MOTION)

    assert problem.message == "video_url has 104857601 bytes; Kling accepts at most 100 MiB."


@pytest.mark.parametrize(
    "name", ["motion-control", "motion_control", "createMotionControlTask", "MotionControlRequest"]
)
def test_every_name_of_an_operation_will_do(name):
    info = media.video(video(seconds=1, width=360, height=360))

    [problem] = info.problems_for(name)
    assert problem.field == "video_url"
    assert info.problems_for(models.MotionControlRequest) == [problem]


@pytest.mark.parametrize(
    ("data", "place", "field"),
    [
        (png(299, 300), "motion_control", "image_url"),
        (jpeg_header(299, 300), "kling_30_omni_video", "contents.first_frame.url"),
        (png(299, 300), "kling_30_omni_video.last_frame", "contents.last_frame.url"),
        (png(299, 300), "image_to_video.dynamic_masks[0].mask", "dynamic_masks.mask"),
        (wav(1), "avatar", "sound_file"),
        (wav(1), "custom_voice", "voice_url"),
        (sound("aac", "adts", seconds=1), "advanced_lip_sync", "face_choose.sound_file"),
        (video(seconds=1), "custom_voice", "voice_url"),
        (video(seconds=1), "multi_elements", "video_url"),
        (video(seconds=1, width=720, height=720), "omni_video", "video_list.video_url"),
        (
            video(seconds=1, width=720, height=720),
            "kling_30_omni_video",
            "contents.feature_video.url",
        ),
        (png(300, 300), "motion_control.video_url", "video_url"),
        (video(seconds=1), "image_to_video", "image"),
    ],
)
def test_a_file_is_held_against_the_fields_that_it_may_be_for(data, place, field):
    problems = media.video(data).problems_for(place)

    assert field in {one.field for one in problems}
    assert all(one.message.startswith(f"{one.field} ") for one in problems)


def test_every_field_for_media_has_a_place():
    takes = [one for one in load().operations.values() if one.request and one.verb == "create"]
    data = png(10, 10)

    found = 0
    for operation in takes:
        try:
            found += bool(media.video(data).problems_for(operation.id))
        except ValueError as error:
            assert "takes no media" in str(error)  # noqa: PT017 (some have none)
    assert found > 20


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (
            "motion_control.sound",
            "motion_control has no media field sound; its media fields are image_url, video_url",
        ),
        ("text_to_video", "text_to_video takes no media; valid names are, for example, kling_25"),
        ("no_such_family", "there is no operation or family no_such_family"),
        ("motion_kontrol", "did you mean motion_control"),
    ],
)
def test_a_place_that_takes_no_media_is_a_value_error(place, told):
    with pytest.raises(ValueError, match=told):
        media.video(png(300, 300)).problems_for(place)


def test_a_url_is_not_looked_at():
    with pytest.raises(ValueError, match="put it into the request"):
        media.video("https://example.org/dance.mp4")


@pytest.mark.parametrize("wrong", [None, 7, ["a.mp4"]])
def test_what_is_no_file_is_a_type_error(wrong):
    with pytest.raises(TypeError, match="must be a path, bytes or an open file"):
        media.video(wrong)


def test_a_file_that_is_not_there_is_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        media.video(tmp_path / "nowhere.mp4")


def test_an_open_file_is_left_where_it_was():
    file = io.BytesIO(video(seconds=1))
    file.seek(3)

    assert media.video(file).seconds == 1
    assert file.tell() == 3


# ----------------------------------------------------------------------------- the command


def check_media(*arguments):
    return CliRunner().invoke(cli, ["check-media", *map(str, arguments)], prog_name="kling")


@pytest.fixture
def clip(tmp_path):
    path = tmp_path / "clip.mp4"
    path.write_bytes(video(width=640, height=360, fps=24, seconds=3))
    return path


def test_the_command_says_what_a_file_is_and_that_it_fits(clip):
    answer = check_media(clip, "--for", "motion-control")

    assert answer.exit_code == 0, answer.stderr
    first, second = answer.stdout.splitlines()
    assert first.startswith(f"{clip}: mp4, h264, 640 x 360 px, 24 frames a second, 3.00 s, ")
    assert second == "video_url: no problem found"


def test_the_command_says_what_is_wrong_a_line_a_problem(clip):
    answer = check_media(clip, "--for", "kling_30_omni_video.base_video")

    assert answer.exit_code == 1
    assert answer.stdout.splitlines()[1:] == [
        "contents.base_video.url is 640 x 360 px; each side must have at least 700 px. "
        "[x-kling-media]"
    ]


def test_the_command_warns_of_what_it_cannot_read(tmp_path):
    path = Path(tmp_path / "clip.bin")
    path.write_bytes(bytes(100))

    answer = check_media(path, "--for", MOTION)

    assert answer.exit_code == 0
    assert "Warning: video_url is in a format that this version cannot read" in answer.stderr


def test_programs_read_json(clip):
    answer = check_media(clip, "--for", "createKlingO1VideoTask", "--json")

    said = json.loads(answer.stdout)
    assert (said["kind"], said["format"], said["seconds"], said["width"]) == (
        "video",
        "mp4",
        3,
        640,
    )
    assert said["fields"] == ["contents.feature_video.url"]
    assert [one["field"] for one in said["problems"]] == said["fields"]


def test_a_place_that_is_none_is_a_usage_error(clip):
    answer = check_media(clip, "--for", "avatar.video")

    assert answer.exit_code == 2
    assert (
        "avatar has no media field video; its media fields are image, sound_file" in answer.stderr
    )
