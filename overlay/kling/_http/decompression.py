"""Decompressing bodies piece by piece, so that a decompression bomb never fills the memory."""

import math
import zlib
from collections.abc import AsyncIterator, Callable, Iterable, Iterator

import httpx

from kling._http.bounds import CURRENT, Bounds, ExcessiveReplyError

# The largest decompressed piece, in bytes.
_PIECE = 64 * 1024
ACCEPT_ENCODING = "gzip, deflate"
"""The formats that zlib decompresses. By default httpx requests those of other libraries too."""
_SUPPORTED = ("gzip", "x-gzip", "deflate")
_UNSUPPORTED = ("br", "compress", "x-compress", "zstd")

# Lengths of the names of headers, for a quick comparison.
_LENGTH, _ENCODING = len("content-length"), len("content-encoding")

Decompress = Callable[[bytes], Iterable[bytes]]


def decompressor_for(response: httpx.Response) -> Decompress | None:
    """Return a function that turns a chunk of the body into pieces of limited size.

    Return None if the body is not compressed.

    Raises:
        httpx.HTTPError: the body is compressed several times, or in a format that we did not
            request.
    """
    header = response.headers.get("content-encoding", "").lower().split(",")
    # Other names are ignored, because some servers put a character set here.
    names = [name for name in map(str.strip, header) if name in _SUPPORTED + _UNSUPPORTED]
    if len(names) > 1:
        raise ExcessiveReplyError(
            f"the reply is compressed {len(names)} times", request=response.request
        )
    if names and names[0] in _UNSUPPORTED:
        raise httpx.DecodingError(
            f"the reply is compressed with {names[0]}, which was not requested",
            request=response.request,
        )
    return _Decompressor(response.request, names[0]) if names else None


def decompressed(response: httpx.Response) -> Iterator[bytes]:
    """Yield the decompressed body of a streamed reply, piece by piece."""
    if response.is_stream_consumed:
        # The transport has already read the whole body, and httpx has decompressed it.
        yield response.content
        return
    decompress = decompressor_for(response)
    for chunk in response.iter_raw():
        yield from decompress(chunk) if decompress else (chunk,)


async def adecompressed(response: httpx.Response) -> AsyncIterator[bytes]:
    """Do the same for async clients."""
    if response.is_stream_consumed:
        yield response.content
        return
    decompress = decompressor_for(response)
    async for chunk in response.aiter_raw():
        for piece in decompress(chunk) if decompress else (chunk,):
            yield piece


def limit_body(response: httpx.Response) -> None:
    """Limit the size of a body that is not streamed, and the time until it is complete.

    If the body exceeds a limit later, the code that reads it gets an error. We decompress the body
    here, and remove Content-Encoding, so that httpx does not decompress it again.

    Raises:
        httpx.HTTPError: the headers show that the body is too large, or compressed several times,
            or compressed in a format that was not requested.
    """
    bounds = CURRENT.get()
    # The body of a closed reply has already been read by the transport.
    if bounds is None or bounds.max_body_bytes is None or response.is_closed:
        return
    # The head is complete. The bytes that follow do not count toward its limit.
    bounds.head_bytes_left = math.inf
    length, is_compressed = math.inf, False
    # We search the raw headers, and compare lengths first. In httpx, a look-up by name would take
    # longer than everything else here.
    for name, value in response.headers.raw:
        if len(name) == _LENGTH and name.lower() == b"content-length":
            length = int(value) if value.isdigit() else length
        is_compressed |= len(name) == _ENCODING and name.lower() == b"content-encoding"
    if bounds.max_body_bytes < length < math.inf:
        raise _too_large(bounds.max_body_bytes, response.request)
    # No limit is needed if the body is not compressed, its Content-Length is small enough, and the
    # module `network` enforces the deadline. Nothing beyond Content-Length is ever read. (A missing
    # Content-Length counts as infinite.)
    if is_compressed or length > bounds.max_body_bytes or not bounds.is_enforced:
        response.stream = _LimitedBody(response, bounds, bounds.max_body_bytes)
        response.headers.pop("content-encoding", None)


async def alimit_body(response: httpx.Response) -> None:
    """Do the same for async clients."""
    limit_body(response)


class _LimitedBody(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The decompressed body of a reply. Reading it fails if it is too large or too late."""

    def __init__(self, response: httpx.Response, bounds: Bounds, max_bytes: int) -> None:
        self._request = response.request
        self._stream = response.stream
        self._decompress = decompressor_for(response)
        self._bounds, self._max_bytes = bounds, max_bytes
        # Raw bytes count too, because they may decompress to nothing.
        self._raw_size = self._size = 0
        self._error: httpx.HTTPError | None = None

    def __iter__(self) -> Iterator[bytes]:
        assert isinstance(self._stream, httpx.SyncByteStream)  # a sync client made it
        for chunk in self._stream:
            yield from self._pieces(chunk)
            if self._error:
                raise self._error

    async def __aiter__(self) -> AsyncIterator[bytes]:
        assert isinstance(self._stream, httpx.AsyncByteStream)  # an async client made it
        try:
            async for chunk in self._stream:
                for piece in self._pieces(chunk):
                    yield piece
                # If the network enforces the deadline, the next read ends with a timeout (below).
                if self._error and not self._bounds.is_enforced:
                    raise self._error
        except httpx.TimeoutException:
            # If a limit was exceeded, `_fail` has moved the deadline into the past. So the network
            # raised this timeout, which ended the generators that we read from. The real error is
            # in `_error`.
            if self._error:
                raise self._error from None
            raise
        if self._error:
            raise self._error

    def close(self) -> None:
        assert isinstance(self._stream, httpx.SyncByteStream)  # as above
        self._stream.close()

    async def aclose(self) -> None:
        assert isinstance(self._stream, httpx.AsyncByteStream)  # as above
        await self._stream.aclose()

    def _pieces(self, chunk: bytes) -> Iterable[bytes]:
        has_begun = self._raw_size > 0
        self._raw_size += len(chunk)
        if self._raw_size > self._max_bytes:
            self._fail(_too_large(self._max_bytes, self._request))
        # The first chunk is accepted even if it is late: the clock may belong to a mock, and
        # another thread may have advanced it.
        elif has_begun and not self._bounds.is_enforced and self._bounds.seconds_left <= 0:
            self._fail(httpx.ReadTimeout("the deadline has passed", request=self._request))
        if self._error:
            return ()
        return self._limited(self._decompress(chunk)) if self._decompress else (chunk,)

    def _limited(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self._size += len(piece)
            if self._size > self._max_bytes:
                self._fail(_too_large(self._max_bytes, self._request))
                break
            yield piece

    def _fail(self, error: httpx.HTTPError) -> None:
        self._error = error
        self._bounds.expire()


class _Decompressor:
    """Decompresses the chunks of a body that was compressed once."""

    def __init__(self, request: httpx.Request, encoding: str) -> None:
        self._request = request
        self._may_be_raw = encoding == "deflate"
        """Whether the body may be deflate without the zlib header, as some servers send it."""
        self._zlib = zlib.decompressobj(zlib.MAX_WBITS | 32)  # a gzip or a zlib header

    def __call__(self, chunk: bytes) -> Iterator[bytes]:
        # Bytes after the end of the compressed body are ignored; zlib would collect them.
        while not self._zlib.eof:
            piece = self._piece(chunk)
            if piece:
                yield piece
            chunk = self._zlib.unconsumed_tail
            # After a full piece, zlib may have more output even if it needs no more input.
            if not chunk and len(piece) < _PIECE:
                break

    def _piece(self, chunk: bytes) -> bytes:
        # Only the first call finds out whether there is a header.
        may_be_raw = self._may_be_raw
        self._may_be_raw = False
        try:
            return self._zlib.decompress(chunk, _PIECE)
        except zlib.error as error:
            if may_be_raw:
                self._zlib = zlib.decompressobj(-zlib.MAX_WBITS)  # no header
                return self._piece(chunk)
            raise httpx.DecodingError(str(error), request=self._request) from error


def _too_large(max_bytes: int, request: httpx.Request) -> ExcessiveReplyError:
    return ExcessiveReplyError(
        f"the reply is larger than the {max_bytes} bytes that max_reply_bytes allows",
        request=request,
    )
