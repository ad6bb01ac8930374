"""Real audio and video files, encoded by FFmpeg's libraries."""

import io
import math
from array import array
from fractions import Fraction
from functools import cache

import av

_SAMPLES = 1024
# Tests need a valid file quickly; its quality does not matter.
_FASTEST = {"aac": {"aac_coder": "fast"}, "libmp3lame": {"compression_level": "9"}}


def sound(
    codec: str,
    container: str,
    *,
    rate: int = 44100,
    channels: int = 1,
    seconds: float = 3,
    streamed: bool = False,
    options: dict[str, str] | None = None,
    codec_options: dict[str, str] | None = None,
) -> bytes:
    """Return a tone that rises and falls, so that its frames differ in length.

    Args:
        codec: FFmpeg's name, such as aac.
        container: FFmpeg's name, such as adts.
        rate: samples per second.
        channels: 1 or 2.
        seconds: the duration.
        streamed: whether to write as to a pipe, so that the encoder cannot change earlier bytes.
        options: FFmpeg's options of the container.
        codec_options: FFmpeg's options of the codec.
    """
    file = _Pipe() if streamed else io.BytesIO()
    with av.open(file, "w", format=container, options=options or {}) as output:
        chosen = {**_FASTEST.get(codec, {}), **(codec_options or {})}
        stream = output.add_stream(codec, rate=rate, options=chosen)
        stream.layout = "mono" if channels == 1 else "stereo"
        tone = _second(rate) * math.ceil(seconds)
        resampler = av.AudioResampler(stream.format, stream.layout, rate)
        for start in range(0, round(seconds * rate), _SAMPLES):
            count = min(_SAMPLES, round(seconds * rate) - start)
            frame = av.AudioFrame("s16", "mono", count)
            plane, part = frame.planes[0], tone[2 * start : 2 * (start + count)]
            plane.update(part.ljust(plane.buffer_size, b"\0"))
            frame.rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
            for ready in resampler.resample(frame):
                output.mux(stream.encode(ready))
        output.mux(stream.encode(None))
    return file.getvalue()


def video(
    codec: str = "libx264",
    container: str = "mp4",
    *,
    width: int = 320,
    height: int = 240,
    fps: Fraction | int = 25,
    seconds: float = 2,
    uneven: bool = False,
    options: dict[str, str] | None = None,
) -> bytes:
    """Return a video that changes from black to white.

    Args:
        codec: FFmpeg's name.
        container: FFmpeg's name.
        width: the width in pixels.
        height: the height in pixels.
        fps: frames per second.
        seconds: the duration.
        uneven: whether every other frame is late, so that the file stores each frame's duration.
        options: FFmpeg's options of the container.
    """
    file = io.BytesIO()
    with av.open(file, "w", format=container, options=options or {}) as output:
        stream = output.add_stream(codec, rate=Fraction(fps))
        stream.codec_context.time_base = 1 / Fraction(2 * fps)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        if codec.startswith("libx26"):
            stream.options = {"preset": "ultrafast"}
        count = round(seconds * fps)
        for number in range(count):
            frame = av.VideoFrame(width, height, "yuv420p")
            for plane, value in zip(frame.planes, (number * 200 // count, 128, 128), strict=True):
                plane.update(bytes([value]) * plane.buffer_size)
            frame.pts = 2 * number + (number % 2 if uneven else 0)
            frame.time_base = 1 / Fraction(2 * fps)
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return file.getvalue()


class _Pipe(io.RawIOBase):
    """A file that can only be written, without seeking."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        # av passes a buffer, for which the standard library has no type before Python 3.12.
        part = bytes(data)  # type: ignore[call-overload]
        self._parts.append(part)
        return len(part)

    def getvalue(self) -> bytes:
        return b"".join(self._parts)


@cache
def _second(rate: int) -> bytes:
    moments = (number / rate for number in range(rate))
    loud = (math.sin(moment * 6.2832) * 12000 * math.sin(moment * 2764) for moment in moments)
    return array("h", map(int, loud)).tobytes()
