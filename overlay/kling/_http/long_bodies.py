"""Bodies that are too large to be held several times."""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

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
    """A JSON body with megabytes of base64, which is held once and goes out in slices."""

    def __init__(self, value: Any) -> None:
        self._bytes = bytearray()
        # A value at a time, for one text of all takes more of everything: a single Chinese letter
        # would double it.
        for text in _ENCODER.iterencode(value):
            for start in range(0, len(text), _SLICE):
                self._bytes += text[start : start + _SLICE].encode()

    def __iter__(self) -> Iterator[bytes]:
        for start in range(0, len(self._bytes), _SLICE):
            yield bytes(self._bytes[start : start + _SLICE])

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self:
            yield part

    @property
    def headers(self) -> dict[str, str]:
        """What is to be said of it."""
        return {"Content-Type": "application/json", "Content-Length": str(len(self._bytes))}


def built(
    build: Callable[..., httpx.Request], method: str, url: httpx.URL | str, options: dict[str, Any]
) -> httpx.Request:
    """Build a request, whose body is one of ours if it is long.

    Raises:
        ValueError: it holds what no text of HTTP can hold.
    """
    try:
        body = _long_body_of(options)
        request = build(method, url, **options)
    except UnicodeEncodeError as error:
        # The error itself holds the whole text.
        reason = error.reason
    else:
        request.stream = body or request.stream
        return request
    raise ValueError(f"the request holds a text that is no Unicode: {reason}")


def _long_body_of(options: dict[str, Any]) -> LongBody | None:
    """Put the caller's body into arguments for httpx, if their JSON is long."""
    if not is_long(options.get("json")):
        return None
    body = options["content"] = LongBody(options.pop("json"))
    options["headers"] = {**dict(options.get("headers") or {}), **body.headers}
    return body


def is_long(value: Any) -> bool:
    """Whether JSON holds a text that is better not copied."""
    if isinstance(value, dict):
        return any(map(is_long, value.values()))
    if isinstance(value, list):
        return any(map(is_long, value))
    return isinstance(value, str) and len(value) > _SLICE


# As httpx writes JSON.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
