"""Reading the boxes of MP4, MOV and M4A files.

A box has a size, a name, and a content, which may consist of other boxes.
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple


class Box(NamedTuple):
    """A box: its name, and the position of its content."""

    name: bytes
    start: int
    end: int


class Boxes:
    """The boxes of a file.

    Args:
        file: the file.
        size: its size in bytes.
    """

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self.whole = Box(b"", 0, size)
        """The whole file as one box without a name, to look inside it."""
        self.is_cut = False
        """Whether a box that was read extends beyond the end of the file."""

    def inside(self, outer: Box, *path: bytes) -> Iterator[Box]:
        """Yield the boxes inside a box.

        If there is a path of names, such as mdia and hdlr, go into the boxes with the first names,
        and yield the boxes with the last name.
        """
        position = outer.start
        while position + 8 <= outer.end:
            box = self._box_at(position, outer.end)
            if not box:
                return
            if not path or path == (box.name,):
                yield box
            elif path[0] == box.name:
                yield from self.inside(box, *path[1:])
            position = box.end

    def content(self, outer: Box, *path: bytes) -> bytes:
        """Return the content of the first box at a path of names; empty if there is no such box."""
        for box in self.inside(outer, *path):
            return self.read(box)
        return b""

    def read(self, box: Box) -> bytes:
        """Return the content of a box."""
        self._file.seek(box.start)
        return self._file.read(box.end - box.start)

    def _box_at(self, position: int, end: int) -> Box | None:
        self._file.seek(position)
        head = self._file.read(16)
        if len(head) < 8:
            return None
        size, name = struct.unpack(">I4s", head[:8])
        start = position + 8
        # The size 1 means that a size of 64 bits follows, and 0 that the box is the last one.
        if size == 1 and len(head) == 16:
            size, start = int.from_bytes(head[8:], "big"), position + 16
        elif size == 0:
            size = end - position
        if size < start - position:
            return None
        self.is_cut |= position + size > end
        return Box(name, start, min(position + size, end))


def numbers(content: bytes, form: str, offset: int = 0) -> tuple[int, ...]:
    """Read big-endian numbers in a format of `struct`; missing bytes count as zeros."""
    missing = offset + struct.calcsize(f">{form}") - len(content)
    return struct.unpack_from(f">{form}", content + bytes(max(0, missing)), offset)
