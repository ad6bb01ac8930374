"""Make the sample media that the mock serves: a square that wanders over a picture, in H.264."""

from fractions import Fraction
from pathlib import Path

import av
from av.video.plane import VideoPlane

FOLDER = Path(__file__).parent.parent / "overlay" / "kling" / "mock" / "samples"
WIDTH, HEIGHT, SIDE = 320, 180, 60
SECONDS, RATE = 5, 12


def video(path: Path) -> None:
    """Write an MP4 that plays everywhere and can begin before it is loaded to its end."""
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
