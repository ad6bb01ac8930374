"""Make the sample media that the mock serves: small, and playable everywhere."""

import math
import wave
from fractions import Fraction
from pathlib import Path

import av
from av.video.plane import VideoPlane

FOLDER = Path(__file__).parent.parent / "overlay" / "kling" / "mock" / "samples"
WIDTH, HEIGHT, SIDE = 640, 360, 120
SECONDS, RATE, PITCH = 5, 12, 8000


def video(path: Path) -> None:
    """Write a square that wanders over a picture, as an MP4 that can begin before it is loaded."""
    frames = SECONDS * RATE
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.options = {"crf": "32", "preset": "veryslow", "threads": "1"}
        stream.time_base = Fraction(1, RATE)
        for number in range(frames):
            for packet in stream.encode(_frame((WIDTH - SIDE) * number // frames)):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)


def picture(path: Path) -> None:
    """Write one frame of the video as a PNG."""
    with av.open(str(path), "w", format="image2") as container:
        stream = container.add_stream("png", rate=1)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "rgb24"
        for packet in [*stream.encode(_frame(WIDTH // 3)), *stream.encode()]:
            container.mux(packet)


def tone(path: Path) -> None:
    """Write a tone that fades as a WAV."""
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(PITCH)
        count = SECONDS * PITCH
        waves = (
            round(128 + 100 * (1 - n / count) * math.sin(2 * math.pi * 440 * n / PITCH))
            for n in range(count)
        )
        sound.writeframes(bytes(waves))


def compressed(path: Path, source: Path) -> None:
    """Write a WAV as an MP3."""
    with av.open(str(source)) as sound, av.open(str(path), "w") as container:
        stream = container.add_stream("libmp3lame", rate=PITCH, layout="mono")
        stream.bit_rate = 16000
        for frame in sound.decode(audio=0):
            frame.pts = None
            for packet in stream.encode(frame):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)


def _frame(left: int) -> av.VideoFrame:
    frame = av.VideoFrame(WIDTH, HEIGHT, "yuv420p")
    _paint(frame.planes[0], WIDTH, HEIGHT, left, SIDE, dark=40, bright=210)
    _paint(frame.planes[1], WIDTH // 2, HEIGHT // 2, left // 2, SIDE // 2, dark=150, bright=90)
    _paint(frame.planes[2], WIDTH // 2, HEIGHT // 2, left // 2, SIDE // 2, dark=100, bright=180)
    return frame


def _paint(
    plane: VideoPlane, width: int, height: int, left: int, side: int, *, dark: int, bright: int
) -> None:
    empty = bytes([dark]) * plane.line_size
    row = bytes([dark]) * left + bytes([bright]) * side
    square = row.ljust(width, bytes([dark])).ljust(plane.line_size, b"\0")
    above = (height - side) // 2
    plane.update(empty * above + square * side + empty * (height - above - side))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    video(FOLDER / "video.mp4")
    picture(FOLDER / "image.png")
    tone(FOLDER / "audio.wav")
    compressed(FOLDER / "audio.mp3", FOLDER / "audio.wav")
