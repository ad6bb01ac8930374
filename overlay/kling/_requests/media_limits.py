"""Look at the media of a request, as far as it holds the bytes: their first few are enough."""

import binascii
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from os import PathLike
from typing import Any

from kling.description import Document, Problem, Spec, field_name

# How the files begin that Kling's pages name, by the names that they have there.
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"ID3", "mp3"),
    (b"OggS", "ogg"),
    (b"fLaC", "flac"),
)
_MIB = 1024 * 1024
# How ISO media files that are no video name themselves.
_BRANDS = {b"M4A": "m4a", b"hei": "heic", b"mif": "heic", b"avi": "avif"}
# Bits a second. Below it the header of a WAV does not tell the truth: who writes to a pipe does
# not know the length yet when he writes the header.
_LOWEST_RATE = 500
# Bytes in which the header of an MP3 stands; tags with pictures may push it out.
_HEADER = 65536
# What people put where a medium goes, and what in `kling.media` makes one of it, by its kind.
_BYTES = (bytes, bytearray, memoryview, PathLike)
_HELPERS = {"image": "image", "audio": "audio"}


class MediaFields:
    """The media fields of a schema, with their limits."""

    def __init__(self, spec: Spec, schema: Document) -> None:
        schema = spec.resolve(schema)
        self._limits: Document | None = schema.get("x-kling-media")
        self._items = MediaFields(spec, schema["items"]) if "items" in schema else None
        inner = {
            name: MediaFields(spec, node) for name, node in schema.get("properties", {}).items()
        }
        self._fields = {name: fields for name, fields in inner.items() if fields}
        self._kind, branches = spec.branches(schema)
        self._branches = {value: MediaFields(spec, node) for value, node in branches.items()}

    def __bool__(self) -> bool:
        return bool(self._limits or self._items or self._fields or any(self._branches.values()))

    def problems(self, body: Any) -> Iterator[Problem]:
        """Yield what Kling would refuse of the media in a body."""
        for field, value, limits in self._media(body):
            if isinstance(value, str):
                for text in _wrong(value, limits):
                    yield Problem("x-kling-media", field, f"{field} {text}.")

    def with_ways_out(self, problems: Iterable[Problem], body: Any) -> Iterator[Problem]:
        """Yield problems, those of files in the place of media with how to put them there."""
        files = {
            field: _way_out(limits)
            for field, value, limits in self._media(body)
            if isinstance(value, _BYTES) or hasattr(value, "read")
        }
        for one in problems:
            way = files.get(one.field, "")
            yield replace(one, message=f"{one.message.rstrip('.')}{way}.") if way else one

    def _media(
        self, value: Any, path: tuple[str | int, ...] = ()
    ) -> Iterator[tuple[str, Any, Document]]:
        """Yield (field, value, limits) for every medium in a value."""
        if self._limits:
            yield field_name(path), value, self._limits
        elif isinstance(value, Mapping):
            branch = self._branches.get(str(value.get(self._kind)))
            fields_here = branch._fields if branch else self._fields
            for name, fields in fields_here.items():
                if name in value:
                    yield from fields._media(value[name], (*path, name))
        elif isinstance(value, list) and self._items:
            for index, inner in enumerate(value):
                yield from self._items._media(inner, (*path, index))


def _way_out(limits: Document) -> str:
    """Say how a file gets into a field; empty where only a URL is taken."""
    helper = _HELPERS.get(limits["kind"])
    return f"; from a file: kling.media.{helper}(path)" if helper else ""


def _wrong(value: str, limits: Document) -> Iterator[str]:
    # Empty is absent; what a URL leads to only Kling sees; a prefix is reported by a rule.
    if not value or value[:8].lower().startswith(("http://", "https://", "data:")):
        return
    file = Base64File(value)
    try:
        beginning = file.read(64)
    except ValueError:
        reason = "is neither a URL, beginning with http:// or https://, nor base64"
        yield f"{reason}{_way_out(limits)}"
        return
    kind = _format(beginning)
    accepted = limits["formats"]
    # Recorders write sounds that do not say M4A at their beginning.
    if kind not in accepted and not (kind == "mp4" and "m4a" in accepted):
        yield f"is {f'in the format {kind}' if kind else 'in no known format'}, not {_or(accepted)}"
        return
    if "bytes" in limits and file.size > limits["bytes"]:
        most = limits["bytes"] / _MIB
        yield f"has {file.size} bytes; at most {most:g} MiB are taken"
    file.seek(0)
    if limits["kind"] == "image":
        yield from _wrong_picture(file, limits)
    elif limits["kind"] == "audio":
        yield from _wrong_sound(file, kind, limits)


def _wrong_picture(file: "Base64File", limits: Document) -> Iterator[str]:
    import imagesize

    try:
        width, height = imagesize.get(io.BufferedReader(file))
    except ValueError:
        width = height = -1
    if width <= 0 or height <= 0:
        yield "is a picture whose size cannot be read"
        return
    size = f"is {width} x {height} px"
    if "side" in limits and min(width, height) < limits["side"]:
        yield f"{size}; each side must have at least {limits['side']} px"
    if "ratio" in limits:
        least, most = limits["ratio"]
        if not least <= width / height <= most:
            yield f"{size}; width to height must be from {least:g} to {most:g}"


def _wrong_sound(file: "Base64File", kind: str | None, limits: Document) -> Iterator[str]:
    import tinytag

    try:
        seconds = tinytag.TinyTag.get(file_obj=io.BufferedReader(file), tags=False).duration
    except (tinytag.TinyTagException, ValueError):
        # AAC without a container has no length that could be read without decoding it.
        return
    if "seconds" in limits and seconds is not None:
        least, most = limits["seconds"]
        streamed = kind == "wav" and file.size * 8 < seconds * _LOWEST_RATE
        # Without a header an MP3 is judged by its first frames, which may be silence.
        guessed = kind == "mp3" and seconds > most and not _says_its_length(file)
        if not (least <= seconds <= most or streamed or guessed):
            # Not "lasts 2.0 s; it must last 2 to 300 s".
            digits = 1 if round(seconds, 1) not in (least, most) else 3
            yield f"lasts {seconds:.{digits}f} s; it must last {least:g} to {most:g} s"


def _says_its_length(file: "Base64File") -> bool:
    file.seek(0)
    beginning = file.read(_HEADER)
    return any(mark in beginning for mark in (b"Xing", b"Info", b"VBRI"))


def _format(beginning: bytes) -> str | None:
    if beginning[:4] == b"RIFF":
        return {b"WAVE": "wav", b"WEBP": "webp"}.get(beginning[8:12])
    if beginning[4:8] == b"ftyp":
        return _BRANDS.get(beginning[8:11], "mp4")
    if beginning[:1] == b"\xff" and beginning[1:2] and beginning[1] & 0xE0 == 0xE0:
        # The frames of both begin with eleven ones; the two bits of the layer tell them apart.
        return "mp3" if beginning[1] & 0x06 else "aac"
    return next((name for start, name in _BEGINNINGS if beginning.startswith(start)), None)


def _or(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}" if names[1:] else names[0]


class Base64File(io.RawIOBase):
    """The file that a base64 text stands for, decoded only where it is read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        self.size = len(text) // 4 * 3 - text[-2:].count("=")

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to a place in the decoded file."""
        base = (0, self._position, self.size)[whence]
        self._position = max(0, base + offset)
        return self._position

    def readinto(self, buffer: Any) -> int:
        """Decode the part that is asked for.

        Raises:
            ValueError: it is not base64.
        """
        first, skipped = divmod(self._position, 3)
        groups = (skipped + len(buffer) + 2) // 3
        try:
            part = self._text[first * 4 : (first + groups) * 4].encode("ascii")
            data = binascii.a2b_base64(part, strict_mode=True)[skipped:][: len(buffer)]
        except (UnicodeEncodeError, binascii.Error) as error:
            raise ValueError("not base64") from error
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)
