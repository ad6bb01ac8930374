"""Reading bodies piece by piece, so that a small one which grows large is never in memory."""

import math
import zlib
from collections.abc import AsyncIterator, Callable, Iterable, Iterator

import httpx

from kling._http.bounds import CURRENT, Bounds, ExcessiveReplyError

# Bytes that are unpacked at a time.
_PIECE = 64 * 1024
ACCEPTED = "gzip, deflate"
"""What zlib unpacks within limits; httpx would also ask for what other libraries unpack."""
_UNPACKED = ("gzip", "x-gzip", "deflate")
_NOT_ACCEPTED = ("br", "compress", "x-compress", "zstd")

_LENGTH, _ENCODING = len("content-length"), len("content-encoding")

Unpack = Callable[[bytes], Iterable[bytes]]


def unpacker(response: httpx.Response) -> Unpack | None:
    """Return what unpacks the chunks of a body, in pieces of bounded size; None if it is plain.

    Raises:
        httpx.HTTPError: it is packed several times, or as nobody asked for.
    """
    said = response.headers.get("content-encoding", "").lower().split(",")
    # Some servers name a character set here.
    packed = [name for one in said if (name := one.strip()) in (*_UNPACKED, *_NOT_ACCEPTED)]
    if len(packed) > 1:
        raise ExcessiveReplyError(
            f"the reply is packed {len(packed)} times", request=response.request
        )
    if packed and packed[0] in _NOT_ACCEPTED:
        raise httpx.DecodingError(
            f"the reply is packed as {packed[0]}, which was not asked for",
            request=response.request,
        )
    return _Unpacking(response.request, packed[0]) if packed else None


def unpacked(response: httpx.Response) -> Iterator[bytes]:
    """Yield the body of a streamed reply."""
    if response.is_stream_consumed:
        # Its transport has read it, and httpx has unpacked it.
        yield response.content
        return
    unpack = unpacker(response)
    for chunk in response.iter_raw():
        yield from unpack(chunk) if unpack else (chunk,)


async def aunpacked(response: httpx.Response) -> AsyncIterator[bytes]:
    """Do the same with await."""
    if response.is_stream_consumed:
        yield response.content
        return
    unpack = unpacker(response)
    async for chunk in response.aiter_raw():
        for piece in unpack(chunk) if unpack else (chunk,):
            yield piece


def limit(response: httpx.Response) -> None:
    """Let a body that is read as a whole end with an error when it is too large or too late.

    It is unpacked here, and httpx no longer sees that it was packed.

    Raises:
        httpx.HTTPError: the headers say that it is too large, or packed in a way that is refused.
    """
    bounds = CURRENT.get()
    # What is closed has been read by its transport.
    if bounds is None or bounds.most is None or response.is_closed:
        return
    bounds.head_left = math.inf
    length, is_packed = math.inf, False
    # As they came, for by name httpx takes longer than for all the rest.
    for name, value in response.headers.raw:
        if len(name) == _LENGTH and name.lower() == b"content-length":
            length = int(value) if value.isdigit() else length
        is_packed |= len(name) == _ENCODING and name.lower() == b"content-encoding"
    if bounds.most < length < math.inf:
        raise _too_large(bounds.most, response.request)
    # Of a length that was said the network takes no more.
    if is_packed or length > bounds.most or not bounds.is_heeded:
        response.stream = _LimitedBody(response, bounds, bounds.most)
        response.headers.pop("content-encoding", None)


async def alimit(response: httpx.Response) -> None:
    """Do the same with await."""
    limit(response)


class _LimitedBody(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body of a reply, unpacked, until it is too large or too late."""

    def __init__(self, response: httpx.Response, bounds: Bounds, most: int) -> None:
        self._request = response.request
        self._stream = response.stream
        self._unpack = unpacker(response)
        self._bounds, self._most = bounds, most
        # What unpacks to nothing is counted as it came.
        self._raw = self._size = 0
        self._fault: httpx.HTTPError | None = None

    def __iter__(self) -> Iterator[bytes]:
        assert isinstance(self._stream, httpx.SyncByteStream)  # that of a sync client
        for chunk in self._stream:
            yield from self._pieces(chunk)
            if self._fault:
                raise self._fault

    async def __aiter__(self) -> AsyncIterator[bytes]:
        assert isinstance(self._stream, httpx.AsyncByteStream)  # that of an async client
        try:
            async for chunk in self._stream:
                for piece in self._pieces(chunk):
                    yield piece
                if self._fault and not self._bounds.is_heeded:
                    raise self._fault
        except httpx.TimeoutException:
            # An error from below, so that no generator there is left without an end.
            if self._fault:
                raise self._fault from None
            raise
        if self._fault:
            raise self._fault

    def close(self) -> None:
        assert isinstance(self._stream, httpx.SyncByteStream)  # as above
        self._stream.close()

    async def aclose(self) -> None:
        assert isinstance(self._stream, httpx.AsyncByteStream)  # as above
        await self._stream.aclose()

    def _pieces(self, chunk: bytes) -> Iterable[bytes]:
        has_begun = self._raw > 0
        self._raw += len(chunk)
        if self._raw > self._most:
            self._fail(_too_large(self._most, self._request))
        # The first piece is taken when it comes: other threads may have moved a clock they share.
        elif has_begun and not self._bounds.is_heeded and self._bounds.left <= 0:
            self._fail(httpx.ReadTimeout("the time is over", request=self._request))
        if self._fault:
            return ()
        return self._unpacked(self._unpack(chunk)) if self._unpack else (chunk,)

    def _unpacked(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self._size += len(piece)
            if self._size > self._most:
                self._fail(_too_large(self._most, self._request))
                break
            yield piece

    def _fail(self, fault: httpx.HTTPError) -> None:
        self._fault = fault
        self._bounds.end()


class _Unpacking:
    """Unpacks a body that was packed once."""

    def __init__(self, request: httpx.Request, name: str) -> None:
        self._request = request
        self._may_be_bare = name == "deflate"
        self._unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)

    def __call__(self, chunk: bytes) -> Iterator[bytes]:
        # What follows the end of the packed body is left out; zlib would collect it.
        while not self._unpacker.eof:
            piece = self._piece(chunk)
            if piece:
                yield piece
            chunk = self._unpacker.unconsumed_tail
            if not chunk and len(piece) < _PIECE:
                break

    def _piece(self, chunk: bytes) -> bytes:
        may_be_bare, self._may_be_bare = self._may_be_bare, False
        try:
            return self._unpacker.decompress(chunk, _PIECE)
        except zlib.error as error:
            if may_be_bare:
                # Some servers leave out what stands around a deflated body.
                self._unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
                return self._piece(chunk)
            raise httpx.DecodingError(str(error), request=self._request) from error


def _too_large(most: int, request: httpx.Request) -> ExcessiveReplyError:
    return ExcessiveReplyError(
        f"the reply has more than {most} bytes, the most that max_reply_bytes allows",
        request=request,
    )
