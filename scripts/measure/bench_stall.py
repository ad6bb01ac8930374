"""Measure how long an event loop stands still at most while large pictures are sent.

Prints pairs as JSON: seconds that it may stand still, and seconds that it did. `bench` runs this
file in the environment that has the client; the server is another process, that of `bench_memory`.
"""

import asyncio
import base64
import json
import struct
import sys
import time
from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from kling import AsyncKling, models

ROUNDS = 5
SMALL, PICTURE = 3_000, 9_900_000
HEAD = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 1024, 1024)
# Pictures that are sent at a time, and seconds.
ALLOWED = {1: 0.02, 8: 0.05}


async def longest_stall(work: Callable[[], Awaitable[Any]]) -> float:
    """Return the longest time between two turns of the loop during some work."""
    gaps, task = [0.0], asyncio.ensure_future(work())
    while not task.done():
        before = time.perf_counter()
        await asyncio.sleep(0)
        gaps.append(time.perf_counter() - before)
    await task
    return max(gaps)


async def main(url: str) -> None:
    """Measure, and print the pairs."""

    def create(picture: bytes) -> Awaitable[Any]:
        image = base64.b64encode(picture).decode()
        request = models.ImageToVideoRequest(model_name="kling-v3", image=image, prompt="A fox")
        return client.create(request)

    async def together(count: int) -> list[float]:
        # Encoded before the loop is watched, for that is no part of a create.
        creates = [create(HEAD + bytes(PICTURE)) for _ in range(count)]
        return [ALLOWED[count], await longest_stall(lambda: asyncio.gather(*creates))]

    async with AsyncKling(api_key="of-no-one", base_url=url) as client:
        # What is loaded at the first use is not measured.
        await create(HEAD + bytes(SMALL))
        await together(1)
        pairs = {count: [await together(count) for _ in range(ROUNDS)] for count in ALLOWED}
    print(json.dumps(pairs))


if __name__ == "__main__":
    # Beside this file; python -I leaves its folder out.
    sys.path.append(str(Path(__file__).parent))
    with import_module("bench_memory").serving() as url:
        asyncio.run(main(url))
