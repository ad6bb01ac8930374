"""Measure how long downloads take with the client and with bare httpx, for `bench`.

The program prints pairs of seconds as JSON, for one file and for eight files at the same time. The
first number of a pair is for httpx, and the second is for the client.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import kling

SIZE, AT_ONCE, PAIRS = 60_000_000, 8, 30


def bare(url: str, target: Path) -> None:
    """Download a file with only httpx."""
    with (
        httpx.Client(trust_env=False) as http,
        http.stream("GET", url) as response,
        target.open("wb") as file,
    ):
        for piece in response.iter_bytes():
            file.write(piece)


def seconds(download: Callable[[Path], object]) -> float:
    """Return how long a download into a new folder takes."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        download(Path(folder))
        return time.perf_counter() - began


def task(url: str, size: int) -> Any:
    """Return a task whose result has `size` bytes."""
    videos = {"videos": [{"url": f"{url}/{size}"}]}
    data = {"task_id": str(size), "task_status": "succeed", "task_result": videos}
    return kling.Task("text_to_video", kling.models.Task.from_dict(data))


def main(url: str) -> None:
    """Measure, and print the pairs."""
    client = kling.Kling(api_key="of-no-one", base_url=url)
    small = SIZE // AT_ONCE  # the bytes of each of several files

    def at_once(download: Callable[[Path], object]) -> Callable[[Path], object]:
        def into_subfolder(number: int, folder: Path) -> None:
            (folder / str(number)).mkdir()
            download(folder / str(number))

        return lambda folder: [*pool.map(partial(into_subfolder, folder=folder), range(AT_ONCE))]

    # For each name, a download with httpx, and the same download with the client.
    downloads = {
        "one": (
            lambda folder: bare(f"{url}/{SIZE}", folder / "file"),
            lambda folder: client.download(task(url, SIZE), folder),
        ),
        "eight": (
            at_once(lambda folder: bare(f"{url}/{small}", folder / "file")),
            at_once(lambda folder: client.download(task(url, small), folder)),
        ),
    }
    with ThreadPoolExecutor(AT_ONCE) as pool:
        # The first pair does not count, because it imports modules.
        pairs = {
            name: [(seconds(bare_one), seconds(client_one)) for _ in range(PAIRS + 1)][1:]
            for name, (bare_one, client_one) in downloads.items()
        }
    print(json.dumps(pairs))


if __name__ == "__main__":
    # python -I does not look for modules in the folder of this file.
    sys.path.append(str(Path(__file__).parent))
    with import_module("bench_memory").serving() as url:
        main(url)
