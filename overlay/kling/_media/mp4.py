"""Reading the length, dimensions, frame rate and codecs of MP4, MOV and M4A files."""

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
# In samples. Encoders add up to two frames of silence at the beginning, and fill up the final
# frame.
_AUDIO_PADDING = 3 * 1024
# A video may have a padding too, because Kling's own videos of 5 s have one frame too many. Its
# padding is two frames, but at most 0.1 seconds, so that it is short even at a low frame rate.
_PADDING_FRAMES, _MAX_VIDEO_PADDING = 2, 0.1


class RawFacts(NamedTuple):
    """What was read in a media file. A value is None if the file does not contain it."""

    length: Length | None = None
    dimensions: tuple[int, int] | None = None
    fps: float | None = None
    video_codec: str | None = None
    audio_codec: str | None = None


@dataclass
class _Track:
    number: int
    kind: bytes
    codec: str
    dimensions: tuple[int, int]
    scale: int
    """Ticks per second."""
    samples: int
    ticks: int
    """Total length of the samples counted so far."""
    stated_seconds: float
    """Length that the header of the media states; 0 if unknown."""
    played_seconds: float
    """Length of the part that is played, as the header of the track states; 0 if unknown."""

    @property
    def seconds(self) -> float:
        return _ratio(self.ticks, self.scale)


def read_movie(file: BinaryIO, size: int) -> RawFacts:
    """Read a file of the MP4 family."""
    boxes = Boxes(file, size)
    top_level = list(boxes.inside(boxes.whole))
    moov = next((box for box in top_level if box.name == b"moov"), None)
    if not moov:
        return RawFacts()
    scale, duration = _scale_and_duration(boxes.content(moov, b"mvhd"))
    tracks: dict[int, _Track] = {}
    for box in boxes.inside(moov, b"trak"):
        track = _read_track(boxes, box, scale)
        tracks[track.number] = track
    fragments = [box for box in top_level if box.name == b"moof"]
    is_complete = _add_fragments(boxes, moov, fragments, tracks)
    video = next((track for track in tracks.values() if track.kind == b"vide"), None)
    audio = next((track for track in tracks.values() if track.kind == b"soun"), None)
    # The track whose length counts: the first video track, or without one the first audio track.
    main = video or audio
    # The length of the video track, or else the length in the header of the file; 0 if unknown.
    seconds = (video.played_seconds if video else 0.0) or _ratio(duration, scale)
    if fragments:
        # A program that writes fragments does not know the length when it writes the header. So the
        # samples may be longer than the header says. If the length of a sample is not known, we use
        # only the header of the fragments.
        counted = main.seconds if main else 0.0
        seconds = max(seconds, counted) if is_complete else 0.0
        seconds = seconds or _seconds_of_fragments(boxes, moov, scale)
    elif main:
        seconds = seconds or main.stated_seconds or main.seconds
    fps = _ratio(video.samples, video.seconds) if video else 0.0
    padding = 0.0
    if video:
        padding = min(_ratio(_PADDING_FRAMES, fps), _MAX_VIDEO_PADDING)
    elif audio:
        padding = _ratio(_AUDIO_PADDING, audio.scale)
    # Without fragments, one table lists all samples. If a file with fragments is cut, the last
    # fragments may be missing.
    is_cut = bool(fragments) and boxes.is_cut
    return RawFacts(
        Length(seconds, is_estimated=is_cut, padding=padding) if seconds else None,
        video.dimensions if video and all(video.dimensions) else None,
        fps or None,
        video.codec if video else None,
        audio.codec if audio else None,
    )


def _scale_and_duration(content: bytes) -> tuple[int, int]:
    """Read the time scale and the duration in a box; the duration is 0 if it is unknown."""
    # In version 1, the duration and the dates before it have 64 bits.
    if content[:1] == b"\1":
        scale, duration = numbers(content, "IQ", 20)
        return scale, 0 if duration == 2**64 - 1 else duration
    scale, duration = numbers(content, "II", 12)
    return scale, 0 if duration == 2**32 - 1 else duration


def _read_track(boxes: Boxes, trak: Box, movie_scale: int) -> _Track:
    head = boxes.content(trak, b"tkhd")
    if head[:1] == b"\1":
        # In version 1, dates and the duration have 64 bits.
        number_offset, unknown = 20, 2**64 - 1
        [played] = numbers(head, "Q", 28)
    else:
        number_offset, unknown = 12, 2**32 - 1
        [played] = numbers(head, "I", 20)
    if played == unknown:
        played = 0
    scale, stated_ticks = _scale_and_duration(boxes.content(trak, b"mdia", b"mdhd"))
    samples, counted_ticks = _count_samples(boxes.content(trak, b"mdia", b"minf", b"stbl", b"stts"))
    entry = boxes.content(trak, b"mdia", b"minf", b"stbl", b"stsd")[8:]
    name = entry[4:8].decode("latin-1")
    width, height = numbers(entry, "HH", 32)
    return _Track(
        number=numbers(head, "I", number_offset)[0],
        kind=boxes.content(trak, b"mdia", b"hdlr")[8:12],
        codec=_CODECS.get(name, name.strip()),
        dimensions=(height, width) if _is_turned(head) else (width, height),
        scale=scale,
        samples=samples,
        ticks=counted_ticks,
        stated_seconds=_ratio(stated_ticks, scale),
        played_seconds=_ratio(played, movie_scale),
    )


def _is_turned(head: bytes) -> bool:
    """Whether the header of a track rotates its frames by 90 degrees."""
    # The header ends with a matrix of nine numbers, and the width and the height: 44 bytes.
    if len(head) < 44:
        return False
    matrix = numbers(head, "9i", len(head) - 44)
    return matrix[0] == 0 and matrix[1] != 0


def _count_samples(content: bytes) -> tuple[int, int]:
    """Return the number of samples in a table of sample times, and their total length in ticks."""
    [rows] = numbers(content, "I", 4)
    rows = min(rows, (len(content) - 8) // 8)
    pairs = [numbers(content, "II", 8 + 8 * row) for row in range(rows)]
    return sum(count for count, _ in pairs), sum(count * ticks for count, ticks in pairs)


def _seconds_of_fragments(boxes: Boxes, moov: Box, scale: int) -> float:
    """Return the length that the header of the fragments states; 0 if it states no length."""
    content = boxes.content(moov, b"mvex", b"mehd")
    [duration] = numbers(content, "Q" if content[:1] == b"\1" else "I", 4)
    return _ratio(duration, scale)


def _add_fragments(
    boxes: Boxes, moov: Box, fragments: list[Box], tracks: dict[int, _Track]
) -> bool:
    """Add the samples of fragments to their tracks.

    Return whether the lengths of all samples are known.
    """
    default_ticks = {}
    for box in boxes.inside(moov, b"mvex", b"trex"):
        number, _, ticks = numbers(boxes.read(box), "III", 4)
        default_ticks[number] = ticks
    is_complete = True
    trafs = [box for moof in fragments for box in boxes.inside(moof, b"traf")]
    for traf in trafs:
        head = boxes.content(traf, b"tfhd")
        flags, number = numbers(head, "II")
        if number not in tracks:
            continue
        # Flags 1 and 2 say that the box has optional numbers before the ticks of a sample. Flag 8
        # says that it has these ticks.
        offset = 8 + 8 * bool(flags & 1) + 4 * bool(flags & 2)
        ticks = numbers(head, "I", offset)[0] if flags & 8 else default_ticks.get(number, 0)
        for run in boxes.inside(traf, b"trun"):
            count, total = _count_run(boxes.read(run), ticks)
            if count and not total:
                is_complete = False
            tracks[number].samples += count
            tracks[number].ticks += total
    return is_complete


def _count_run(content: bytes, default_ticks: int) -> tuple[int, int]:
    """Return the number of samples in a run, and their total length in ticks.

    The length is 0 if it is unknown.
    """
    flags, count = numbers(content, "II")
    if not flags & 0x100:
        # The samples do not state their own ticks.
        return count, count * default_ticks
    # The flags say which numbers come before the samples, and which numbers each sample has. Its
    # ticks are the first of these.
    offset = 8 + 4 * bool(flags & 1) + 4 * bool(flags & 4)
    width = 4 * sum(bool(flags & bit) for bit in (0x100, 0x200, 0x400, 0x800))
    count = min(count, max(0, len(content) - offset) // width)
    return count, sum(numbers(content, "I", offset + width * number)[0] for number in range(count))


def _ratio(dividend: float, divisor: float) -> float:
    """Return a quotient; 0 if the divisor is 0, which means unknown."""
    return dividend / divisor if divisor else 0.0
