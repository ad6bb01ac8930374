"""Audio clips of any length, in which one stroke of a bell repeats."""

import io
import wave
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import cycle, islice

from kling.mock._samples.videos import milliseconds as video_milliseconds

_FOLDER = files("kling.mock._samples") / "files"
# All MP3 frames of the bell have the same size in bytes, and the same length in milliseconds.
_FRAME_BYTES, _FRAME_MILLISECONDS = 48, 24


def wav(seconds: Decimal) -> bytes:
    """Return a WAV file as long as a video of this many seconds, which is a little longer."""
    rate, stroke = _bell()
    # Each sample is one byte, so `count` is the number of samples and of bytes.
    count = _ceil_div(video_milliseconds(seconds) * rate, 1000)
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(rate)
        sound.writeframes((stroke * _ceil_div(count, len(stroke)))[:count])
    return file.getvalue()


def mp3(seconds: Decimal) -> bytes:
    """Return an MP3 file as long as a video of this many seconds, rounded up to a whole frame."""
    stroke = (_FOLDER / "bell.mp3").read_bytes()
    frames = [stroke[begin : begin + _FRAME_BYTES] for begin in range(0, len(stroke), _FRAME_BYTES)]
    return b"".join(islice(cycle(frames), mp3_milliseconds(seconds) // _FRAME_MILLISECONDS))


def mp3_milliseconds(seconds: Decimal) -> int:
    """Return the length of the MP3 file that `mp3` makes, which consists of whole frames."""
    return _ceil_div(video_milliseconds(seconds), _FRAME_MILLISECONDS) * _FRAME_MILLISECONDS


@cache
def _bell() -> tuple[int, bytes]:
    """Return the sampling rate of the bell, and the samples of one stroke."""
    with (_FOLDER / "bell.wav").open("rb") as file, wave.open(file) as sound:
        return sound.getframerate(), sound.readframes(sound.getnframes())


def _ceil_div(number: int, divisor: int) -> int:
    """Return the quotient of two numbers, rounded up."""
    return -(-number // divisor)
