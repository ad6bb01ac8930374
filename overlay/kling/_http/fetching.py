"""Streaming a file from a media host, piece by piece."""

from typing import Any

import httpx

from kling._http.bounds import MEDIA
from kling._http.decompression import adecompressed, decompressed
from kling._http.steps import Fetch

# Media hosts are not Kling's API and must never get a key. `request_file` in `_files/redirects.py`
# follows redirects itself, to check each URL.
_OPTIONS: dict[str, Any] = {
    "auth": None,
    "follow_redirects": False,
    "extensions": {MEDIA: True},
}


def fetch(http: httpx.Client, step: Fetch, timeout: httpx.Timeout | None) -> httpx.Response:
    """Request a file, write each piece of its body when it arrives, and return the reply.

    Args:
        http: the client to fetch with.
        step: the URL, the headers, and the functions that get the body.
        timeout: timeout of the request; None means the timeout of the client.

    Raises:
        httpx.HTTPError: no reply arrived, or its body is not complete.
        OSError: the body cannot be written.
    """
    with http.stream(
        "GET", step.url, headers=step.headers, timeout=timeout or http.timeout, **_OPTIONS
    ) as response:
        if (body := step.open_body(response)) is not None:
            with body as write:
                for chunk in decompressed(response):
                    write(chunk)
                    step.on_chunk()
    return response


async def afetch(
    http: httpx.AsyncClient, step: Fetch, timeout: httpx.Timeout | None
) -> httpx.Response:
    """Do the same for async clients."""
    from anyio import to_thread

    async with http.stream(
        "GET", step.url, headers=step.headers, timeout=timeout or http.timeout, **_OPTIONS
    ) as response:
        if (body := step.open_body(response)) is not None:
            # Not `async with`, because a cancelled task cannot await anything in its cleanup.
            with body as write:
                async for chunk in adecompressed(response):
                    await to_thread.run_sync(write, chunk)
                    step.on_chunk()
    return response
