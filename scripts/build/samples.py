"""Make the parts of the mock's samples: one second of video in each size, a bell, and subtitles."""

import io
import math
import wave
from collections.abc import Iterable
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Any

import av

FOLDER = Path(__file__).parents[2] / "overlay" / "kling" / "mock" / "_samples" / "files"
RATIOS = ((16, 9), (9, 16), (1, 1), (4, 3), (3, 4), (3, 2), (2, 3), (21, 9))
# The shorter side of a video, and the ratios that this resolution offers.
SIDES = {720: RATIOS, 1080: RATIOS, 2160: RATIOS[:3]}
# Frames per second, as in Kling's videos.
FRAMES = 24

Colour = tuple[int, int, int]
Rows = list[bytearray]

ZENITH: Colour = (38, 50, 104)
HORIZON: Colour = (250, 168, 120)
SUN: Colour = (255, 226, 138)
HILL: Colour = (52, 46, 92)
# The number of horizontal bands, each in one colour.
BANDS = 16
# With these options, one second takes a few thousand bytes: later frames store only what moves.
CODEC = {
    "qp": "50",
    "preset": "veryslow",
    "profile": "main",
    "threads": "1",  # several threads would write different bytes in each run
    "bf": "0",  # without B-frames, seconds can simply be joined
    "x264-params": "slices=1:scenecut=0:aq-mode=0:no-psy=1:mbtree=0:weightp=0:ipratio=4",
}
# The start, the end (in seconds) and the text of each subtitle.
SUBTITLES = ((0.5, 2.5, "The sun moves."), (2.5, 4.5, "Five bells ring."))
ASS_HEAD = """\
[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, Alignment, MarginV
Style: Default,Arial,56,2,80

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""
# The frequency of the bell, in hertz.
NOTE = 523.25
# The MP3 is a whole number of frames, each of 576 samples.
MP3_RATE, MP3_FRAMES = 24_000, 42


def video(width: int, height: int) -> bytes:
    """Return one second of video as an H.264 stream; only its first frame is a keyframe."""
    codec: Any = av.CodecContext.create("libx264", "w")
    codec.width, codec.height, codec.pix_fmt = width, height, "yuv420p"
    codec.time_base, codec.framerate = Fraction(1, FRAMES), Fraction(FRAMES)
    codec.options = CODEC
    return b"".join(_encoded(codec, (_sky(width, height, number) for number in range(FRAMES))))


def srt() -> str:
    """Return the subtitles as SubRip."""
    return "\n".join(
        f"{number}\n00:00:{begin:06.3f} --> 00:00:{end:06.3f}\n".replace(".", ",") + f"{text}\n"
        for number, (begin, end, text) in enumerate(SUBTITLES, start=1)
    )


def ass() -> str:
    """Return the subtitles as Advanced SubStation Alpha."""
    lines = (
        f"Dialogue: 0,0:00:{begin:05.2f},0:00:{end:05.2f},Default,,0,0,0,,{text}\n"
        for begin, end, text in SUBTITLES
    )
    return ASS_HEAD + "".join(lines)


def wav(rate: int) -> bytes:
    """Return one stroke of the bell, one second long, as a WAV file with 8-bit samples."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(rate)
        sound.writeframes(bytes(128 + round(127 * _bell(now / rate)) for now in range(rate)))
    return file.getvalue()


def mp3() -> bytes:
    """Return one stroke of the bell as MP3 frames that do not depend on earlier frames."""
    codec: Any = av.CodecContext.create("libmp3lame", "w")
    codec.sample_rate, codec.layout, codec.format = MP3_RATE, "mono", "s16p"
    codec.bit_rate = 16_000
    codec.options = {"reservoir": "0"}  # no frame uses bytes of earlier frames
    frames = list(_encoded(codec, map(_stroke, range(3 * MP3_FRAMES))))
    # Return the second of three strokes. It follows the end of another stroke, as in the sample
    # files, in which the stroke is repeated.
    return b"".join(frames[MP3_FRAMES : 2 * MP3_FRAMES])


def _encoded(codec: Any, frames: Iterable[Any]) -> Iterable[bytes]:
    # None makes the encoder return the frames that it still holds.
    for frame in chain(frames, [None]):
        yield from map(bytes, codec.encode(frame))


def _sky(width: int, height: int, number: int) -> av.VideoFrame:
    """Return one frame of a second in which the sun moves to one side and back."""
    rows = [bytearray(bytes(_colour(y * BANDS // height)) * width) for y in range(height)]
    side = min(width, height)
    # In blocks of 32 pixels at 720p. To move by whole blocks takes few bytes.
    shift = (-3, -1, 1, 3, 1, -1)[number * 6 // FRAMES]
    _disc(rows, width // 2 + shift * 32 * (side // 720), height * 2 // 5, side // 8, SUN)
    _disc(rows, width * 7 // 10, height * 3 // 4 + width, width, HILL)
    frame = av.VideoFrame(width, height, "rgb24")
    plane = frame.planes[0]
    plane.update(b"".join(row.ljust(plane.line_size, b"\0") for row in rows))
    frame.pts = number
    return frame


def _colour(band: int) -> Colour:
    # The lowest quarter of the sky has the colour of the horizon.
    share = min(1.0, band / BANDS * 4 / 3)
    red, green, blue = (
        round(high + (low - high) * share) for high, low in zip(ZENITH, HORIZON, strict=True)
    )
    return red, green, blue


def _disc(rows: Rows, x: int, y: int, radius: int, colour: Colour) -> None:
    # A pixel has three bytes.
    for level in range(max(0, y - radius), min(len(rows), y + radius)):
        half = math.isqrt(radius**2 - (level - y) ** 2)
        left, right = max(0, x - half), min(len(rows[level]) // 3, x + half)
        rows[level][3 * left : 3 * right] = bytes(colour) * (right - left)


def _stroke(number: int) -> av.AudioFrame:
    frame = av.AudioFrame("s16p", "mono", 576)
    ages = ((number * 576 + index) / MP3_RATE for index in range(576))
    length = MP3_FRAMES * 576 / MP3_RATE
    levels = (round(32767 * _bell(age % length)) for age in ages)
    frame.planes[0].update(b"".join(level.to_bytes(2, "little", signed=True) for level in levels))
    frame.sample_rate, frame.pts = MP3_RATE, number * 576
    return frame


def _bell(age: float) -> float:
    phase = 2 * math.pi * NOTE * age
    loudness = min(1, age * 100) * math.exp(-4 * age)
    return 0.7 * loudness * (math.sin(phase) + 0.3 * math.sin(2 * phase))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for side, ratios in SIDES.items():
        for across, down in ratios:
            unit = side // min(across, down)
            size = across * unit, down * unit
            (FOLDER / "video-{}x{}.h264".format(*size)).write_bytes(video(*size))
    for suffix, text in {"srt": srt(), "ass": ass()}.items():
        (FOLDER / f"subtitles.{suffix}").write_text(text, encoding="utf-8", newline="\n")
    (FOLDER / "bell.wav").write_bytes(wav(8000))
    (FOLDER / "bell.mp3").write_bytes(mp3())
