"""The boxes that MP4, MOV and M4A files are made of."""

import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple


class Box(NamedTuple):
    """A box: a name, and where its content is."""

    name: bytes
    start: int
    end: int


class Boxes:
    """The boxes of a file.

    Args:
        file: what to read.
        size: how many bytes it has.
    """

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self.whole = Box(b"", 0, size)
        self.is_cut = False
        """Whether a box was met that goes on behind the end of the file."""

    def inside(self, outer: Box, *path: bytes) -> Iterator[Box]:
        """Yield the boxes in another one; those that a path of names leads to, if there is one."""
        position = outer.start
        while position + 8 <= outer.end:
            box = self._at(position, outer.end)
            if not box:
                return
            if not path:
                yield box
            elif box.name == path[0]:
                yield from self.inside(box, *path[1:]) if path[1:] else iter((box,))
            position = box.end

    def content(self, outer: Box, *path: bytes) -> bytes:
        """Return what is in the first box that a path of names leads to; empty if none is there."""
        for box in self.inside(outer, *path):
            return self.read(box)
        return b""

    def read(self, box: Box) -> bytes:
        """Return what is in a box."""
        self._file.seek(box.start)
        return self._file.read(box.end - box.start)

    def _at(self, position: int, end: int) -> Box | None:
        self._file.seek(position)
        head = self._file.read(16)
        if len(head) < 8:
            return None
        size, name, start = *struct.unpack(">I4s", head[:8]), position + 8
        if size == 1 and len(head) == 16:
            size, start = int.from_bytes(head[8:], "big"), position + 16
        elif size == 0:
            size = end - position
        if size < start - position:
            return None
        self.is_cut |= position + size > end
        return Box(name, start, min(position + size, end))


def numbers(content: bytes, form: str, at: int = 0) -> tuple[int, ...]:
    """Read big-endian numbers; zeros where the content ends before."""
    missing = at + struct.calcsize(f">{form}") - len(content)
    return struct.unpack_from(f">{form}", content + bytes(max(0, missing)), at)
