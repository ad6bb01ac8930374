"""Measure how long the client stalls an event loop with large images, a long list and downloads.

The program prints pairs as JSON: the seconds that a stall may last, and the seconds of the longest
stall. `bench` runs this file in the environment that has the client. The server of `bench_memory`
runs in another process.
"""

import asyncio
import base64
import json
import struct
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from kling import AsyncKling, Task, models

Work = Callable[[], Awaitable[Any]]

ROUNDS = 10
SMALL, PICTURE, FILE, TASKS = 3_000, 9_900_000, 20_000_000, 500
HEAD = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 1024, 1024)


async def longest_stall(work: Work) -> float:
    """Return the longest time between two iterations of the event loop during some work."""
    gaps, task = [0.0], asyncio.ensure_future(work())
    while not task.done():
        before = time.perf_counter()
        await asyncio.sleep(0)
        gaps.append(time.perf_counter() - before)
    await task
    return max(gaps)


async def main(url: str) -> None:
    """Measure each kind of work, and print its pairs by its name."""

    def create(picture: bytes) -> Awaitable[Any]:
        image = base64.b64encode(picture).decode()
        request = models.ImageToVideoRequest(model_name="kling-v3", image=image, prompt="A fox")
        return client.create(request)

    def creates(count: int) -> Work:
        # The images are encoded before the measurement, because encoding is not part of a create.
        calls = [create(HEAD + bytes(PICTURE)) for _ in range(count)]
        return lambda: asyncio.gather(*calls)

    async def walk() -> None:
        async for _ in client.list(models.TextToVideoRequest, page_size=TASKS):
            pass

    async def downloads(count: int) -> None:
        with tempfile.TemporaryDirectory() as folder:
            await asyncio.gather(
                *(
                    client.download(task_with_file(url), Path(folder, str(number)))
                    for number in range(count)
                )
            )

    # For each case, how many seconds a stall may last, and a function that prepares its work.
    cases: dict[str, tuple[float, Callable[[], Work]]] = {
        "1 x 9.9 MB": (0.02, lambda: creates(1)),
        "8 x 9.9 MB": (0.05, lambda: creates(8)),
        "list of 500": (0.05, lambda: walk),
        "8 downloads": (0.05, lambda: lambda: downloads(8)),
    }
    async with AsyncKling(api_key="of-no-one", base_url=url) as client:
        # The first use of each case imports modules, and is not measured.
        await create(HEAD + bytes(SMALL))
        for _, prepare in cases.values():
            await prepare()()
        pairs = {
            name: [[allowed, await longest_stall(prepare())] for _ in range(ROUNDS)]
            for name, (allowed, prepare) in cases.items()
        }
    print(json.dumps(pairs))


def task_with_file(url: str) -> Task:
    """Return a task whose result is a large file."""
    data = {"task_id": "1", "task_status": "succeed"}
    videos = {"videos": [{"url": f"{url}/{FILE}"}]}
    return Task("text_to_video", models.Task.from_dict({**data, "task_result": videos}))


if __name__ == "__main__":
    # python -I does not look for modules in the folder of this file.
    sys.path.append(str(Path(__file__).parent))
    with import_module("bench_memory").serving() as url:
        asyncio.run(main(url))
