"""How long sounds are, by files that encoders wrote: what is not known refuses nothing."""

import base64
import io
import struct
import warnings
from pathlib import Path

import pytest
from encoders import sound, video
from kling import KlingWarning, media, validate_body
from media_files import wav

FILES = Path(__file__).parent / "sounds"
RATES = (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000)
PORTRAIT = "https://example.org/face.png"


def avatar(file):
    return {"image": PORTRAIT, "sound_file": base64.b64encode(file).decode()}


def lip_sync(file):
    face = {"face_id": "0", "sound_file": base64.b64encode(file).decode()}
    times = {"sound_start_time": 0, "sound_end_time": 2500, "sound_insert_time": 0}
    return {"session_id": "1", "face_choose": [face | times]}


BODIES = {"createAvatarTask": avatar, "createAdvancedLipSyncTask": lip_sync}


def problems_of(file, operation="createAvatarTask"):
    """Return what is said of a sound, and of nothing else."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", KlingWarning)
        return validate_body(operation, BODIES[operation](file))


def length(file):
    """Return the shortest and the longest that a sound may be, by what it says."""
    info = media.video(file)
    assert not info.is_estimated
    return info.seconds - info.padding, info.seconds


@pytest.mark.parametrize("operation", BODIES)
@pytest.mark.parametrize("name", ["tone3.aac", "tone3_16k.aac", "silent10.aac", "frag3.m4a"])
def test_a_sound_of_an_encoder_is_taken(operation, name):
    assert problems_of((FILES / name).read_bytes(), operation) == []


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("codec", [("aac", "adts"), ("libmp3lame", "mp3")], ids="-".join)
def test_frames_are_counted_at_every_rate(codec, rate, channels):
    file = sound(*codec, rate=rate, channels=channels, seconds=3)

    least, most = length(file)
    assert least <= 3 <= most < 3.3
    assert problems_of(file) == []


@pytest.mark.parametrize(
    ("codec", "rate", "seconds", "told"),
    [
        (("aac", "adts"), 8000, 1, "lasts 1."),
        (("aac", "adts"), 48000, 1.5, "lasts 1."),
        (("aac", "adts"), 16000, 59.9, ""),
        (("aac", "adts"), 8000, 61, "lasts 61."),
        (("aac", "adts"), 44100, 61, "lasts 61."),
        (("libmp3lame", "mp3"), 8000, 60, ""),
        (("libmp3lame", "mp3"), 24000, 61, "lasts 61."),
        (("libmp3lame", "mp3"), 44100, 1, "lasts 1."),
        (("aac", "ipod"), 44100, 1, "lasts 1.0 s"),
        (("aac", "ipod"), 16000, 60, ""),
        (("aac", "ipod"), 16000, 61, "lasts 61.0 s"),
    ],
)
def test_a_length_that_is_known_is_held_to_the_limits(codec, rate, seconds, told):
    problems = problems_of(sound(*codec, rate=rate, seconds=seconds), "createAdvancedLipSyncTask")

    assert [one.rule for one in problems] == ["x-kling-media"] * bool(told)
    assert all(told in one.message and "2 to 60 s" in one.message for one in problems)


FRAGMENTS = {
    "empty": "frag_keyframe+empty_moov",
    "own-offsets": "frag_keyframe+empty_moov+default_base_moof",
    "first-in-header": "frag_keyframe",
    "dash": "dash+delay_moov",
}


@pytest.mark.parametrize("streamed", [False, True], ids=["file", "pipe"])
@pytest.mark.parametrize("container", ["mp4", "ipod", "mov"])
@pytest.mark.parametrize("flags", FRAGMENTS.values(), ids=FRAGMENTS)
def test_fragments_are_summed(flags, container, streamed):
    options = {"movflags": flags, "frag_duration": "500000"}
    file = sound("aac", container, streamed=streamed and "empty" in flags, options=options)

    least, most = length(file)
    assert least <= 3 <= most < 3.1
    assert problems_of(file) == []


def test_a_recording_in_fragments_that_is_too_short_is_refused():
    options = {"movflags": "frag_keyframe+empty_moov"}

    [problem] = problems_of(sound("aac", "mp4", seconds=1, options=options))

    assert "lasts 1.0 s; it must last 2 to 300 s" in problem.message


def with_usual_length(file, ticks):
    """Return a fragmented file whose samples have the usual length, which only its header says."""
    for name, flag in ((b"tfhd", 8), (b"trun", 0x100)):
        at = -1
        while (at := file.find(name, at + 1)) >= 0:
            flags = struct.unpack_from(">I", file, at + 4)[0] & ~flag
            file = file[: at + 4] + struct.pack(">I", flags) + file[at + 8 :]
    at = file.index(b"trex")
    return file[: at + 16] + struct.pack(">I", ticks) + file[at + 20 :]


@pytest.mark.parametrize("flags", ["frag_keyframe+empty_moov", "frag_keyframe"])
def test_fragments_may_leave_their_length_to_the_header(flags):
    options = {"movflags": flags, "frag_duration": "500000"}

    info = media.video(with_usual_length(sound("aac", "mp4", options=options), 1024))

    assert 3 <= info.seconds < 3.1


@pytest.mark.parametrize("flags", ["frag_keyframe+empty_moov", "frag_keyframe"])
def test_fragments_of_no_known_length_are_not_refused(flags):
    options = {"movflags": flags, "frag_duration": "500000"}
    file = with_usual_length(sound("aac", "mp4", seconds=1, options=options), 0)

    assert media.video(file).seconds is None
    assert problems_of(file) == []


@pytest.mark.parametrize("size", [0, 0x7FFFF000, 0xFFFFFFFF], ids=hex)
@pytest.mark.parametrize("codec", ["pcm_s16le", "pcm_f32le", "pcm_mulaw"])
def test_a_wav_that_was_streamed_is_measured_by_what_is_there(codec, size):
    file = sound(codec, "wav", streamed=True, rate=16000)
    at = file.index(b"data") + 4
    file = (
        file[:4] + struct.pack("<I", size) + file[8:at] + struct.pack("<I", size) + file[at + 4 :]
    )

    info = media.video(file)

    assert (info.format, info.is_estimated) == ("wav", True)
    assert info.seconds == pytest.approx(3, abs=0.01)
    assert problems_of(file) == []


@pytest.mark.parametrize("seconds", [1, 70])
def test_a_length_that_is_estimated_is_a_warning_at_most(seconds):
    file = wav(seconds)
    at = file.index(b"data") + 4
    streamed = file[:at] + b"\xff\xff\xff\xff" + file[at + 4 :]

    with pytest.warns(KlingWarning, match=rf"seems to last {seconds}\.0 s; it must last 2 to 60 s"):
        assert validate_body("createAdvancedLipSyncTask", lip_sync(streamed)) == []


NO_SUMMARY = {"write_xing": "0"}
JOINED = {
    "mp3": lambda: sound("libmp3lame", "mp3") + sound("libmp3lame", "mp3"),
    "mp3-tagged": lambda: (
        sound("libmp3lame", "mp3") + b"TAG".ljust(128) + sound("libmp3lame", "mp3")
    ),
    "mp3-rates": lambda: sound("libmp3lame", "mp3") + sound("libmp3lame", "mp3", rate=16000),
    "mp3-without-summary": lambda: sound("libmp3lame", "mp3", options=NO_SUMMARY) * 2,
    "aac": lambda: sound("aac", "adts") * 2,
    "tag-and-aac": lambda: b"ID3\x04\0\0\0\0\0\x0a" + bytes(10) + sound("aac", "adts") * 2,
}


@pytest.mark.parametrize("make", JOINED.values(), ids=JOINED)
def test_files_that_were_joined_are_as_long_as_both(make):
    seconds = media.video(make()).seconds

    assert 6 <= seconds < 6.2


def test_two_short_sounds_are_long_enough_together():
    # The header of the first one says 1.2 s.
    short = sound("libmp3lame", "mp3", seconds=1.2)

    assert problems_of(short) != []
    assert problems_of(short * 2) == []


def test_a_variable_rate_without_a_summary_is_counted():
    file = sound(
        *("libmp3lame", "mp3"),
        options=NO_SUMMARY,
        codec_options={"flags": "+qscale", "global_quality": "400"},
    )

    assert 3 <= media.video(file).seconds < 3.1


def test_what_is_in_a_tag_is_no_sound():
    untagged = sound("libmp3lame", "mp3", options={"id3v2_version": "0"})
    size = bytes(len(untagged) >> shift & 127 for shift in (21, 14, 7, 0))
    file = b"ID3\x03\0\0" + size + untagged + untagged

    assert 3 <= media.video(file).seconds < 3.1


@pytest.mark.parametrize("hole", [100, 3000])
def test_a_hole_in_a_sound_is_stepped_over(hole):
    file = sound("libmp3lame", "mp3", options=NO_SUMMARY)
    middle = len(file) // 2

    info = media.video(file[:middle] + bytes(hole) + file[middle:])

    assert 2.9 < info.seconds < 3.1
    assert info.is_estimated is (hole > len(file) / 10)


def test_a_file_that_is_hardly_a_sound_is_not_refused_for_its_length():
    info = media.video(sound("aac", "adts", seconds=1)[:2000] + bytes(90_000))

    assert info.is_estimated


def test_what_looks_like_frames_everywhere_is_given_up():
    # Otherwise a file that was made to do so could keep a program busy for long.
    file = b"\xff\xfb\x90\xc4" + b"\xff\xe0\xe1" * 20_000 + sound("libmp3lame", "mp3")

    info = media.video(file)

    assert info.is_estimated
    assert info.seconds < 1


def test_a_frame_of_aac_may_have_several_blocks():
    frame = b"\xff\xf1\x50\x40\x01\x1f" + bytes([0xFC | 3, 0])

    assert media.video(frame * 100).seconds == pytest.approx(100 * 4096 / 44100)


def test_a_free_format_has_no_length():
    assert media.video(b"\xff\xfb\x00\xc4" + bytes(5000)).seconds is None


def test_a_cut_sound_is_as_long_as_what_is_left():
    file = sound("aac", "adts")

    assert media.video(file[: len(file) // 2]).seconds == pytest.approx(1.5, abs=0.3)


@pytest.mark.parametrize("make", [lambda: sound("aac", "adts"), video], ids=["aac", "mp4"])
def test_a_file_is_read_in_base64_as_it_is_without(make):
    from kling._media import Base64File, read_facts  # private: nothing outside shows both ways.

    data = make()
    file = Base64File(base64.b64encode(data).decode())

    assert read_facts(io.BufferedReader(file), file.size) == read_facts(io.BytesIO(data), len(data))
