"""Whether what is here of a file belongs to the file that is there, judged by samples.

Only a strong ETag proves that. Without one, to fetch the whole file again would be a proof, and
would cost what a part is kept to save. So blocks that are spread over the part are compared: that
finds another file, though not one in which somebody has changed a few bytes on purpose.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from http import HTTPStatus
from pathlib import Path

from kling._files.following import Span, is_packed, span_of
from kling._http import Response
from kling.errors import APIConnectionError

# Bytes of a block, and how many blocks are compared of a part that has more.
_BLOCK, _BLOCKS = 16 * 1024, 4


class OtherContentError(APIConnectionError):
    """What comes is not what is here."""


def spans_of(size: int) -> Iterator[Span]:
    """Yield the spans to compare of so many bytes: the first block, and some anywhere after it."""
    if size <= _BLOCK * _BLOCKS:
        for start in range(0, size, _BLOCK):
            yield Span(start, min(start + _BLOCK, size))
        return
    yield Span(0, _BLOCK)
    # One in each of equal strides.
    stride = (size - _BLOCK) // (_BLOCKS - 1)
    for first in range(_BLOCK, size - stride + 1, stride):
        start = random.randint(first, first + stride - _BLOCK)  # noqa: S311 (no secret)
        yield Span(start, start + _BLOCK)


class Sample:
    """A span of a file, as it is here and as it comes."""

    def __init__(self, path: Path, span: Span) -> None:
        self._span = span
        self._come = b""
        with path.open("rb") as file:
            file.seek(span.start)
            self._here = file.read(span.end - span.start)

    @property
    def range(self) -> str:
        """What to ask for."""
        return f"bytes={self._span.start}-{self._span.end - 1}"

    @property
    def is_same(self) -> bool:
        """Whether the span has come, and is what is here."""
        return self._come == self._here

    def opened(self, reply: Response) -> AbstractContextManager[Callable[[bytes], None]] | None:
        """Return what takes the body of a reply; None if it has not the span."""
        is_part = reply.status_code == HTTPStatus.PARTIAL_CONTENT and not is_packed(reply)
        fits = is_part and span_of(reply)[:2] == self._span[:2]
        return nullcontext(self._take) if fits else None

    def _take(self, chunk: bytes) -> None:
        self._come += chunk
        if not self._here.startswith(self._come):
            raise OtherContentError("what an earlier attempt left is of another file")
