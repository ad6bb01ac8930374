"""Make the samples that the mock serves: a sunrise in three shapes, its bells, and subtitles."""

import io
import math
import wave
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Any

import av
from av.container import OutputContainer

FOLDER = Path(__file__).parents[2] / "overlay" / "kling" / "mock" / "_samples" / "files"
# Big enough to be taken as media of a next request.
SHAPES = {"16x9": (1280, 720), "9x16": (720, 1280), "1x1": (720, 720)}
# Kling's videos have 24 frames a second and one more; everything else is as long.
FRAMES = 5 * 24 + 1
LENGTH = Fraction(FRAMES, 24)

Colour = tuple[int, int, int]
Rows = list[bytearray]

ZENITH: Colour = (38, 50, 104)
HORIZON: Colour = (250, 168, 120)
SUN: Colour = (255, 226, 138)
FAR_HILL: Colour = (112, 84, 132)
NEAR_HILL: Colour = (52, 46, 92)
LABEL: Colour = (255, 240, 214)
GLYPHS = {
    "1": (" # ", "## ", " # ", " # ", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    "x": ("   ", " # ", "   ", " # ", "   "),  # a colon, which file names cannot have
}
# When each begins and ends, in seconds.
SUBTITLES = ((0.5, 2.5, "The sun rises."), (2.5, 4.5, "Five bells ring."))
ASS_HEAD = """\
[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, Alignment, MarginV
Style: Default,Arial,56,2,80

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""
# The notes of the bells in hertz, and the seconds from one to the next.
NOTES, BEAT = (261.63, 329.63, 392.0, 523.25, 659.26), 0.6


def video(path: Path, shape: str) -> None:
    """Write the sunrise as an MP4 that can begin before all of it is loaded."""
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=FRAMES / LENGTH)
        stream.width, stream.height = SHAPES[shape]
        stream.pix_fmt = "yuv420p"
        # With several threads the bytes would differ from run to run; with frames that wait for
        # later ones (bf) the container would have to correct the length.
        stream.options = {"crf": "30", "preset": "veryslow", "bf": "0", "threads": "1"}
        _write(container, stream, (_sunrise(shape, number) for number in range(FRAMES)))


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


def picture(path: Path, shape: str) -> None:
    """Write a moment of the sunrise as a PNG."""
    with av.open(str(path), "w", format="image2") as container:
        stream = container.add_stream("png", rate=1)
        stream.width, stream.height = SHAPES[shape]
        stream.pix_fmt = "rgb24"
        _write(container, stream, [_sunrise(shape, FRAMES * 3 // 4)])


def wav(rate: int, width: int) -> bytes:
    """Return the bells as a WAV with so many samples a second, each of one byte or two."""
    middle, highest = (128, 127) if width == 1 else (0, 32767)
    samples = (middle + round(highest * loudness) for loudness in _bells(rate))
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(width)
        sound.setframerate(rate)
        sound.writeframes(b"".join(n.to_bytes(width, "little", signed=width > 1) for n in samples))
    return file.getvalue()


def mp3(path: Path, source: bytes) -> None:
    """Write a WAV as an MP3."""
    with av.open(io.BytesIO(source), "r") as sound, av.open(str(path), "w") as container:
        stream = container.add_stream("libmp3lame", rate=sound.streams.audio[0].rate, layout="mono")
        stream.bit_rate = 24000
        _write(container, stream, sound.decode(audio=0))


def _write(container: OutputContainer, stream: Any, frames: Iterable[Any]) -> None:
    # Without a frame it gives what it has kept back.
    for frame in chain(frames, [None]):
        container.mux(stream.encode(frame))


def _sunrise(shape: str, number: int) -> av.VideoFrame:
    width, height = SHAPES[shape]
    rows = [bytearray(bytes(_sky(y / height)) * width) for y in range(height)]
    # Straight up by whole pixels: what moves like this takes few bytes.
    _disc(rows, width // 2, height * 9 // 10 - 360 * number // FRAMES, 94, SUN)
    _disc(rows, width // 10, height * 2 // 3 + width, width, FAR_HILL)
    _disc(rows, width * 7 // 10, height * 3 // 4 + width, width, NEAR_HILL)
    _label(rows, shape)
    frame = av.VideoFrame(width, height, "rgb24")
    plane = frame.planes[0]
    plane.update(b"".join(row.ljust(plane.line_size, b"\0") for row in rows))
    return frame


def _sky(depth: float) -> Colour:
    share = min(1.0, depth * 4 / 3)
    red, green, blue = (
        round(high + (low - high) * share) for high, low in zip(ZENITH, HORIZON, strict=True)
    )
    return red, green, blue


def _disc(rows: Rows, x: int, y: int, radius: int, colour: Colour) -> None:
    for level in range(max(0, y - radius), min(len(rows), y + radius)):
        half = math.isqrt(radius**2 - (level - y) ** 2)
        _fill(rows[level], x - half, x + half, colour)


def _label(rows: Rows, text: str) -> None:
    side = 14
    left, top = (len(rows[0]) // 3 - (4 * len(text) - 1) * side) // 2, len(rows) - 9 * side
    for index, character in enumerate(text):
        for line, marks in enumerate(GLYPHS[character]):
            for column, mark in enumerate(marks):
                if mark == "#":
                    start = left + (4 * index + column) * side
                    for row in rows[top + line * side :][:side]:
                        _fill(row, start, start + side, LABEL)


def _fill(row: bytearray, left: int, right: int, colour: Colour) -> None:
    left, right = max(0, left), min(len(row) // 3, right)
    row[3 * left : 3 * right] = bytes(colour) * (right - left)


def _bells(rate: int) -> Iterator[float]:
    for number in range(int(LENGTH * rate)):
        now = number / rate
        yield sum(_bell(note, now - index * BEAT) for index, note in enumerate(NOTES))


def _bell(note: float, age: float) -> float:
    if age < 0:
        return 0
    phase = 2 * math.pi * note * age
    loudness = min(1, age * 100) * math.exp(-1.5 * age)
    return 0.5 * loudness * (math.sin(phase) + 0.3 * math.sin(2 * phase))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name in SHAPES:
        video(FOLDER / f"video-{name}.mp4", name)
        picture(FOLDER / f"image-{name}.png", name)
    for suffix, text in {"srt": srt(), "ass": ass()}.items():
        (FOLDER / f"subtitles.{suffix}").write_text(text, encoding="utf-8", newline="\n")
    (FOLDER / "audio.wav").write_bytes(wav(8000, 1))
    mp3(FOLDER / "audio.mp3", wav(22050, 2))
