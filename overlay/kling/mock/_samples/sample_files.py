"""The sample files: small media files, which are made when they are requested."""

import hashlib
import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from kling.mock._exchange import Reply, json_reply
from kling.mock._samples import audio, images, videos
from kling.mock._samples.given_media import read_media
from kling.mock._samples.looks import LONGEST, SHORTEST, Look

_FOLDER = files("kling.mock._samples") / "files"
_TYPES = {
    "mp4": "video/mp4",
    "png": "image/png",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "srt": "application/x-subrip",
    "ass": "text/x-ssa",
}
_KINDS = {"mp4": "video", "mp3": "audio", "wav": "audio", "srt": "subtitles", "ass": "subtitles"}
_VIDEO = re.compile(r"video-([0-9]{3,4})x([0-9]{3,4})-([0-9]{1,3}(?:\.[0-9])?)s\.mp4")
_IMAGE = re.compile(r"image-([0-9]{3,4})x([0-9]{3,4})\.png")
_SOUND = re.compile(r"audio-([0-9]{1,3}(?:\.[0-9])?)s\.(mp3|wav)")
_SUBTITLES = ("subtitles.srt", "subtitles.ass")
_RANGE = re.compile("bytes=([0-9]{0,99})-([0-9]{0,99})", re.IGNORECASE)
# The widths and heights, in pixels, that an image can have.
_SIDES = range(100, 8193)

_File = tuple[bytes, dict[str, str]]
"""The content of a file, and its headers."""


class Samples:
    """The files of all results.

    Args:
        media: files to serve instead of the samples, one of each kind.

    Raises:
        TypeError: `media` is a single path instead of a list.
        ValueError: a file cannot be read, has an unknown format, or is the second file of its kind.
    """

    def __init__(self, media: Iterable[str | Path] = ()) -> None:
        self._given = read_media(media)
        self._by_name = {
            medium.name: _file(medium.body, medium.content_type) for medium in self._given.values()
        }

    def name(self, suffix: str, look: Look) -> str:
        """Return the name of the file that fits a request.

        Args:
            suffix: the suffix of the file in the description's example. An unknown suffix means an
                image.
            look: the shape, resolution and length that were requested.
        """
        kind = _KINDS.get(suffix, "image")
        medium = self._given.get(kind)
        return medium.name if medium else _sample_name(kind, suffix, look)

    def duration(self, suffix: str, look: Look) -> str:
        """Return the length in seconds of the file that `name` returns, as Kling writes it.

        If the user gave a file that does not state its length, return the requested length.
        """
        medium = self._given.get(_KINDS.get(suffix, ""))
        length = medium.milliseconds if medium else None
        if length is None:
            is_mp3 = suffix == "mp3"
            length_of = audio.mp3_milliseconds if is_mp3 else videos.milliseconds
            length = length_of(look.seconds)
        return f"{length // 1000}.{length % 1000:03}"

    def reply(self, path: str, range_header: str = "", if_range: str = "") -> Reply:
        """Serve a file, or a part of it.

        Args:
            path: the path of the file. Only its last segment matters; the others only make the URLs
                of results different.
            range_header: the header Range; if it names several ranges, the whole file is sent.
            if_range: the header If-Range; empty without this header. If it is there, but differs
                from the ETag of the file, the whole file is sent.
        """
        name = path.rpartition("/")[2]
        found = self._by_name.get(name) or _make_sample(name)
        if found is None:
            return json_reply({"message": "no such file"}, 404)
        body, headers = found
        requested = None
        if if_range in ("", headers["etag"]):
            requested = _requested_range(range_header, len(body))
        if requested is None:
            return Reply(200, body, headers)
        if not requested:  # the range has no bytes of the file
            size_only = {"content-range": f"bytes */{len(body)}"}
            return json_reply({"message": "no such range"}, 416, size_only)
        first, end = requested.start, requested.stop
        content_range = f"bytes {first}-{end - 1}/{len(body)}"
        return Reply(206, body[first:end], {**headers, "content-range": content_range})


@lru_cache(maxsize=1000)
def _sample_name(kind: str, suffix: str, look: Look) -> str:
    seconds = f"{look.seconds.normalize():f}s"
    if kind == "image":
        return "image-{}x{}.png".format(*look.size())
    if kind == "video":
        return "video-{}x{}-{}.mp4".format(*look.nearest(videos.sizes()), seconds)
    return f"audio-{seconds}.{suffix}" if kind == "audio" else f"subtitles.{suffix}"


@lru_cache(maxsize=16)
def _make_sample(name: str) -> _File | None:
    """Return the file with this name; None if no result has a file with this name."""
    body = None
    if match := _VIDEO.fullmatch(name):
        size, seconds = (int(match[1]), int(match[2])), Decimal(match[3])
        body = videos.video(size, seconds) if size in videos.sizes() and _fits(seconds) else None
    elif match := _IMAGE.fullmatch(name):
        width, height = int(match[1]), int(match[2])
        body = images.image((width, height)) if width in _SIDES and height in _SIDES else None
    elif match := _SOUND.fullmatch(name):
        make, seconds = {"mp3": audio.mp3, "wav": audio.wav}[match[2]], Decimal(match[1])
        body = make(seconds) if _fits(seconds) else None
    elif name in _SUBTITLES:
        body = (_FOLDER / name).read_bytes()
    return _file(body, _TYPES[name.rpartition(".")[2]]) if body is not None else None


def _fits(seconds: Decimal) -> bool:
    return SHORTEST <= seconds <= LONGEST


def _file(body: bytes, content_type: str) -> _File:
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    return body, {"content-type": content_type, "accept-ranges": "bytes", "etag": etag}


def _requested_range(header: str, size: int) -> range | None:
    """Return the bytes that a Range header names.

    Return None, which means the whole file, if the header names no single valid range.
    """
    if not (match := _RANGE.fullmatch(header)):
        return None
    first, last = (int(number) if number else None for number in match.groups())
    if first is None:  # "bytes=-5" means the last five bytes
        return None if last is None else range(max(0, size - last), size)
    if last is None:
        return range(first, size)
    return range(first, min(last + 1, size)) if first <= last else None
