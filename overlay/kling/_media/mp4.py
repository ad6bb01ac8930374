"""What MP4, MOV and M4A files say of themselves: length, sides, frames a second and codecs."""

from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from kling._media.boxes import Box, Boxes, numbers
from kling._media.lengths import Length

_CODECS = {
    **dict.fromkeys(("avc1", "avc2", "avc3", "avc4"), "h264"),
    **dict.fromkeys(("hvc1", "hev1", "dvh1", "dvhe"), "hevc"),
    "av01": "av1",
    "vp08": "vp8",
    "vp09": "vp9",
    "mp4v": "mpeg4",
    "jpeg": "mjpeg",
    **dict.fromkeys(("apch", "apcn", "apcs", "apco", "ap4h", "ap4x"), "prores"),
    "mp4a": "aac",
    ".mp3": "mp3",
    "Opus": "opus",
    "ac-3": "ac3",
    "ec-3": "eac3",
    **dict.fromkeys(("sowt", "twos", "lpcm", "in24", "fl32", "raw "), "pcm"),
}
# Encoders begin with up to two frames of silence, and fill the last one.
_SOUND_PADDING = 3 * 1024
# Kling's own videos of 5 s have a frame more. It must be little, whatever the frames a second.
_VIDEO_FRAMES, _MOST_VIDEO_PADDING = 2, 0.1


class Movie(NamedTuple):
    """What a file says of itself; None where it does not."""

    length: Length | None = None
    sides: tuple[int, int] | None = None
    fps: float | None = None
    video: str | None = None
    sound: str | None = None


@dataclass
class _Track:
    number: int
    kind: bytes
    codec: str
    sides: tuple[int, int]
    scale: int
    """Units a second, of `ticks`."""
    samples: int
    ticks: int
    """How long its samples are together, as far as they were counted."""
    said: float
    """Seconds that it says it lasts; 0 if it does not know."""
    shown: float
    """Seconds of it that are played; 0 if it does not know."""

    @property
    def seconds(self) -> float:
        return _ratio(self.ticks, self.scale)


def movie(file: BinaryIO, size: int) -> Movie:
    """Read a file of the MP4 family."""
    boxes = Boxes(file, size)
    parts = list(boxes.inside(boxes.whole))
    moov = next((box for box in parts if box.name == b"moov"), None)
    if not moov:
        return Movie()
    scale, duration = _times(boxes.content(moov, b"mvhd"), 12, 20)
    tracks = {
        track.number: track
        for track in (_track(boxes, box, scale) for box in boxes.inside(moov, b"trak"))
    }
    fragments = [box for box in parts if box.name == b"moof"]
    is_complete = _add_fragments(boxes, moov, fragments, tracks)
    video = next((one for one in tracks.values() if one.kind == b"vide"), None)
    sound = next((one for one in tracks.values() if one.kind == b"soun"), None)
    tracks_meant = [one for one in (video or sound,) if one]
    seconds = (video.shown if video else 0.0) or _ratio(duration, scale)
    if fragments:
        # Programs that write fragments do not know the length when they write the header.
        counted = max((one.seconds for one in tracks_meant), default=0.0)
        seconds = max(seconds, counted) if is_complete else 0.0
        seconds = seconds or _said_of_fragments(boxes, moov, scale)
    else:
        seconds = seconds or max((one.said or one.seconds for one in tracks_meant), default=0.0)
    fps = _ratio(video.samples, video.seconds) if video else 0.0
    padding = 0.0
    if video:
        padding = min(_ratio(_VIDEO_FRAMES, fps), _MOST_VIDEO_PADDING)
    elif sound:
        padding = _ratio(_SOUND_PADDING, sound.scale)
    is_cut = bool(fragments) and boxes.is_cut
    return Movie(
        Length(seconds, is_cut, padding) if seconds else None,
        video.sides if video and all(video.sides) else None,
        fps or None,
        video.codec if video else None,
        sound.codec if sound else None,
    )


def _times(content: bytes, short: int, long: int) -> tuple[int, int]:
    """Read a time scale and a duration, where the duration may mean that it is not known."""
    if content[:1] == b"\1":
        scale, duration = numbers(content, "IQ", long)
        return scale, 0 if duration == 2**64 - 1 else duration
    scale, duration = numbers(content, "II", short)
    return scale, 0 if duration == 2**32 - 1 else duration


def _track(boxes: Boxes, trak: Box, movie_scale: int) -> _Track:
    head = boxes.content(trak, b"tkhd")
    # Dates, number and duration are longer in version 1.
    number, form, at = (20, "Q", 28) if head[:1] == b"\1" else (12, "I", 20)
    [shown] = numbers(head, form, at)
    if shown == 2 ** (64 if form == "Q" else 32) - 1:
        shown = 0
    scale, ticks = _times(boxes.content(trak, b"mdia", b"mdhd"), 12, 20)
    samples, counted = _counted(boxes.content(trak, b"mdia", b"minf", b"stbl", b"stts"))
    entry = boxes.content(trak, b"mdia", b"minf", b"stbl", b"stsd")[8:]
    name = entry[4:8].decode("latin-1")
    sides = numbers(entry, "HH", 32)
    return _Track(
        number=numbers(head, "I", number)[0],
        kind=boxes.content(trak, b"mdia", b"hdlr")[8:12],
        codec=_CODECS.get(name, name.strip()),
        sides=(sides[1], sides[0]) if _is_turned(head) else (sides[0], sides[1]),
        scale=scale,
        samples=samples,
        ticks=counted,
        said=_ratio(ticks, scale),
        shown=_ratio(shown, movie_scale),
    )


def _is_turned(head: bytes) -> bool:
    """Tell whether a header of a track turns its pictures by 90 degrees."""
    matrix = numbers(head, "9i", len(head) - 44) if len(head) >= 44 else (1,)
    return matrix[0] == 0 and matrix[1] != 0


def _counted(content: bytes) -> tuple[int, int]:
    """Return how many samples a table of times has, and how long they are together."""
    [rows] = numbers(content, "I", 4)
    rows = min(rows, (len(content) - 8) // 8)
    pairs = [numbers(content, "II", 8 + 8 * row) for row in range(rows)]
    return sum(count for count, _ in pairs), sum(count * ticks for count, ticks in pairs)


def _said_of_fragments(boxes: Boxes, moov: Box, scale: int) -> float:
    content = boxes.content(moov, b"mvex", b"mehd")
    [duration] = numbers(content, "Q" if content[:1] == b"\1" else "I", 4)
    return _ratio(duration, scale)


def _add_fragments(
    boxes: Boxes, moov: Box, fragments: list[Box], tracks: dict[int, _Track]
) -> bool:
    """Add what is in fragments to their tracks; False if one does not say how long it is."""
    usual = {
        number: ticks
        for number, _, ticks in (
            numbers(boxes.read(box), "III", 4) for box in boxes.inside(moov, b"mvex", b"trex")
        )
    }
    is_complete = True
    for traf in (one for moof in fragments for one in boxes.inside(moof, b"traf")):
        head = boxes.content(traf, b"tfhd")
        flags, number = numbers(head, "II")
        if number not in tracks:
            continue
        at = 8 + 8 * bool(flags & 1) + 4 * bool(flags & 2)
        ticks = numbers(head, "I", at)[0] if flags & 8 else usual.get(number, 0)
        for run in boxes.inside(traf, b"trun"):
            count, together = _run(boxes.read(run), ticks)
            is_complete &= together > 0 or not count
            tracks[number].samples += count
            tracks[number].ticks += together
    return is_complete


def _run(content: bytes, usual: int) -> tuple[int, int]:
    """Return how many samples a run has, and how long they are together; 0 if it is not known."""
    flags, count = numbers(content, "II")
    if not flags & 0x100:
        return count, count * usual
    at = 8 + 4 * bool(flags & 1) + 4 * bool(flags & 4)
    width = 4 * sum(bool(flags & bit) for bit in (0x100, 0x200, 0x400, 0x800))
    count = min(count, max(0, len(content) - at) // width)
    return count, sum(numbers(content, "I", at + width * number)[0] for number in range(count))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
