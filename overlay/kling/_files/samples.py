"""Comparing samples, to find out whether a partial file belongs to the file on the server.

Only a strong ETag proves that it does. If there is no strong ETag, we download some blocks again,
and compare them with the same blocks of the partial file. We do not compare all blocks, because
we would have to download all of them again. A few samples are enough to recognize a different
file, but they can miss a change of a few bytes.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from http import HTTPStatus
from pathlib import Path

from kling._files.redirects import Span, is_compressed, span_of
from kling._http import Response
from kling.errors import APIConnectionError

# Bytes of a block, and the number of blocks to compare. A file that is not larger than these blocks
# together is compared as a whole.
_BLOCK, _BLOCKS = 16 * 1024, 4


class OtherContentError(APIConnectionError):
    """The bytes from the server differ from the bytes of the partial file."""


def sample_spans(size: int) -> Iterator[Span]:
    """Yield the spans of a partial file to compare: the first block, then random ones.

    Args:
        size: size of the partial file in bytes. A small file is compared as a whole.
    """
    if size <= _BLOCK * _BLOCKS:
        for start in range(0, size, _BLOCK):
            yield Span(start, min(start + _BLOCK, size))
        return
    yield Span(0, _BLOCK)
    # The rest is divided into equal strides. One block of each stride is compared.
    stride = (size - _BLOCK) // (_BLOCKS - 1)
    for first in range(_BLOCK, size - stride + 1, stride):
        start = random.randint(first, first + stride - _BLOCK)  # noqa: S311 (no secret)
        yield Span(start, start + _BLOCK)


class Sample:
    """A span of the partial file, to compare with the same span from the server."""

    def __init__(self, path: Path, span: Span) -> None:
        self._span = span
        self._received = b""
        with path.open("rb") as file:
            file.seek(span.start)
            self._local = file.read(span.end - span.start)

    @property
    def range(self) -> str:
        """The value of the Range header."""
        return f"bytes={self._span.start}-{self._span.end - 1}"

    @property
    def is_same(self) -> bool:
        """Whether the whole span was received, and is the same as in the partial file."""
        return self._received == self._local

    def open_body(self, reply: Response) -> AbstractContextManager[Callable[[bytes], None]] | None:
        """Return a writer for the body of a reply; None if the body is not the span."""
        is_part = reply.status_code == HTTPStatus.PARTIAL_CONTENT and not is_compressed(reply)
        # Only start and end are compared, because `_span` has no total.
        fits = is_part and span_of(reply)[:2] == self._span[:2]
        return nullcontext(self._receive) if fits else None

    def _receive(self, chunk: bytes) -> None:
        self._received += chunk
        if not self._local.startswith(self._received):
            raise OtherContentError("the partial file belongs to a different file")
