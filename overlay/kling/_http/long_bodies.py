"""Request bodies that are too large to be held in memory several times."""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, NamedTuple

import httpx

# Characters per slice; only longer strings are cut into slices. After each write to the socket,
# httpcore copies the part of a slice that is not sent yet, so large slices would be slow.
_SLICE = 256 * 1024


class LongBody(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A JSON body with megabytes of base64. It is never copied as a whole.

    Its long strings are encoded slice by slice: once to get the length, and again while sending.
    To encode a slice takes little time, so that other threads soon get the interpreter's lock.
    """

    def __init__(self, value: Any) -> None:
        self._parts = [*_parts_of(value)]
        self._length = sum(map(len, self))

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            # A str is JSON already. A _LongString still has to be escaped.
            is_escaped = isinstance(part, str)
            text = part if isinstance(part, str) else part.text
            for start in range(0, len(text), _SLICE):
                piece = text[start : start + _SLICE]
                yield piece.encode() if is_escaped else _escaped(piece)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self:
            yield part

    @property
    def headers(self) -> dict[str, str]:
        """The headers that describe the body."""
        return {"Content-Type": "application/json", "Content-Length": str(self._length)}


class _LongString(NamedTuple):
    """The content of a JSON string, which still has to be escaped."""

    text: str


def _parts_of(value: Any) -> Iterator[str | _LongString]:
    """Yield a value as JSON, in parts. The content of each long string is a separate part."""
    if not is_long(value):
        yield _ENCODER.encode(value)
    elif isinstance(value, str):
        yield from ('"', _LongString(value), '"')
    elif isinstance(value, dict):
        for number, (name, inner) in enumerate(value.items()):
            yield "," if number else "{"
            # The name and a colon, as the encoder writes them.
            yield _ENCODER.encode({name: 0}).removeprefix("{").removesuffix("0}")
            yield from _parts_of(inner)
        yield "}"
    else:
        for number, inner in enumerate(value):
            yield "," if number else "["
            yield from _parts_of(inner)
        yield "]"


def _escaped(text: str) -> bytes:
    """Return a string as JSON, without its quotes."""
    if text.isascii() and not any(character in text for character in _ESCAPED):
        # All base64 gets here. The search is four times as fast as the encoder.
        return text.encode()
    return _ENCODER.encode(text)[1:-1].encode()


def with_long_body(options: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments for httpx, with a `LongBody` if the JSON contains a long string.

    Raises:
        ValueError: a string is not valid Unicode.
    """
    if not is_long(options.get("json")):
        return options
    try:
        body = LongBody(options["json"])
    except UnicodeEncodeError as error:
        reason = error.reason
    else:
        others = {name: value for name, value in options.items() if name != "json"}
        headers = {**dict(options.get("headers") or {}), **body.headers}
        return {**others, "content": body, "headers": headers}
    raise _not_unicode(reason)


def build_request(
    build: Callable[..., httpx.Request], method: str, url: httpx.URL | str, options: dict[str, Any]
) -> httpx.Request:
    """Build a request, with a `LongBody` if its JSON contains a long string.

    Raises:
        ValueError: a string is not valid Unicode.
    """
    options = with_long_body(options)
    try:
        request = build(method, url, **options)
    except UnicodeEncodeError as error:
        reason = error.reason
    else:
        if isinstance(body := options.get("content"), LongBody):
            # httpx has wrapped the body in a stream that only sync clients can send.
            request.stream = body
        return request
    raise _not_unicode(reason)


def _not_unicode(reason: str) -> ValueError:
    # The callers raise this outside `except`. Otherwise a UnicodeEncodeError would become its
    # context, and that error contains the whole text.
    return ValueError(f"the request contains text that is not valid Unicode: {reason}")


def is_long(value: Any) -> bool:
    """Whether JSON contains a string so long that it should not be copied."""
    if isinstance(value, dict):
        return any(map(is_long, value.values()))
    if isinstance(value, list):
        return any(map(is_long, value))
    return isinstance(value, str) and len(value) > _SLICE


# ASCII characters that JSON escapes.
_ESCAPED = ('"', "\\", *map(chr, range(32)))
# Writes JSON as httpx does.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
