"""Bodies that are too large to be held several times."""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, NamedTuple

import httpx

from kling._http.bounds import MEDIA
from kling._http.steps import Fetch
from kling._http.unpacking import aunpacked, unpacked

# Bytes. Of a body in one piece httpcore copies what is left whenever the socket has taken some.
_SLICE = 256 * 1024
# Media hosts are not Kling's API and must never see a key. The steps look at each redirect.
_OPTIONS: dict[str, Any] = {
    "auth": None,
    "follow_redirects": False,
    "extensions": {MEDIA: True},
}


def fetch(http: httpx.Client, step: Fetch, timeout: httpx.Timeout | None) -> httpx.Response:
    """Write the body of a reply as it comes, and return the reply.

    Args:
        http: what to fetch it with.
        step: what to fetch, and where it goes.
        timeout: of the request; None for that of the client.

    Raises:
        httpx.HTTPError: the body did not come, or not to its end.
        OSError: it cannot be written.
    """
    with http.stream(
        "GET", step.url, headers=step.headers, timeout=timeout or http.timeout, **_OPTIONS
    ) as response:
        if (body := step.opened(response)) is not None:
            with body as write:
                for chunk in unpacked(response):
                    write(chunk)
                    step.grown()
    return response


async def afetch(
    http: httpx.AsyncClient, step: Fetch, timeout: httpx.Timeout | None
) -> httpx.Response:
    """Do the same with await."""
    from anyio import to_thread

    async with http.stream(
        "GET", step.url, headers=step.headers, timeout=timeout or http.timeout, **_OPTIONS
    ) as response:
        if (body := step.opened(response)) is not None:
            # Not closed with await, which somebody who is cancelled may not do.
            with body as write:
                async for chunk in aunpacked(response):
                    await to_thread.run_sync(write, chunk)
                    step.grown()
    return response


class LongBody(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A JSON body with megabytes of base64, which is never copied as a whole.

    Its long texts are encoded a slice at a time: once for the length, and again when they are sent.
    No slice holds the interpreter's lock for long, so that other threads go on meanwhile.
    """

    def __init__(self, value: Any) -> None:
        self._parts = [*_parts_of(value)]
        self._length = sum(map(len, self))

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            text, encoded = (part, str.encode) if isinstance(part, str) else (part.text, _escaped)
            for start in range(0, len(text), _SLICE):
                yield encoded(text[start : start + _SLICE])

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self:
            yield part

    @property
    def headers(self) -> dict[str, str]:
        """What is to be said of it."""
        return {"Content-Type": "application/json", "Content-Length": str(self._length)}


class _Inside(NamedTuple):
    """What stands between quotes, and is not JSON yet."""

    text: str


def _parts_of(value: Any) -> Iterator[str | _Inside]:
    """Yield the JSON of a value, and its long texts as they are."""
    if not is_long(value):
        yield _ENCODER.encode(value)
    elif isinstance(value, str):
        yield from ('"', _Inside(value), '"')
    elif isinstance(value, dict):
        for number, (name, inner) in enumerate(value.items()):
            before, colon = "," if number else "{", len("0}")
            yield before + _ENCODER.encode({name: 0})[1:-colon]
            yield from _parts_of(inner)
        yield "}"
    else:
        for number, inner in enumerate(value):
            yield "," if number else "["
            yield from _parts_of(inner)
        yield "]"


def _escaped(text: str) -> bytes:
    """Return what stands between the quotes of a text in JSON."""
    if text.isascii() and not any(one in text for one in _ESCAPED):
        # As all base64 is: the search takes a quarter of the time that JSON takes.
        return text.encode()
    return _ENCODER.encode(text)[1:-1].encode()


def along(options: dict[str, Any]) -> dict[str, Any]:
    """Return arguments for httpx, whose JSON is one of our bodies if it is long.

    Raises:
        ValueError: it holds what no text of HTTP can hold.
    """
    if not is_long(options.get("json")):
        return options
    try:
        body = LongBody(options["json"])
    except UnicodeEncodeError as error:
        reason = error.reason
    else:
        others = {name: one for name, one in options.items() if name != "json"}
        headers = {**dict(options.get("headers") or {}), **body.headers}
        return {**others, "content": body, "headers": headers}
    raise _no_unicode(reason)


def built(
    build: Callable[..., httpx.Request], method: str, url: httpx.URL | str, options: dict[str, Any]
) -> httpx.Request:
    """Build a request, whose body is one of ours if it is long.

    Raises:
        ValueError: it holds what no text of HTTP can hold.
    """
    options = along(options)
    try:
        request = build(method, url, **options)
    except UnicodeEncodeError as error:
        reason = error.reason
    else:
        if isinstance(body := options.get("content"), LongBody):
            request.stream = body
        return request
    raise _no_unicode(reason)


def _no_unicode(reason: str) -> ValueError:
    # The error itself holds the whole text.
    return ValueError(f"the request holds a text that is no Unicode: {reason}")


def is_long(value: Any) -> bool:
    """Whether JSON holds a text that is better not copied."""
    if isinstance(value, dict):
        return any(map(is_long, value.values()))
    if isinstance(value, list):
        return any(map(is_long, value))
    return isinstance(value, str) and len(value) > _SLICE


# What JSON writes otherwise than it is, within ASCII.
_ESCAPED = ('"', "\\", *map(chr, range(32)))
# As httpx writes JSON.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
