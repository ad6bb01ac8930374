"""Send a mock every kind of request for some minutes, while the mock causes planned faults.

Many clients create, query, list and download at the same time, send wrong requests and receive
callbacks. Then the mock is restarted from its file, and must know every task that it acknowledged.
The program prints the results. The exit code is 1 if the mock ended, gave an unexpected reply,
needed more and more memory, or lost a task.
"""

import argparse
import asyncio
import itertools
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx

from scripts.measure.mock_process import API_KEY, resident, running

HEADERS = {"Authorization": f"Bearer {API_KEY}"}
PATH = "/v1/videos/text2video"
BODY = {"model_name": "kling-v3", "prompt": "A red fox crosses a frozen lake at dawn"}
WRONG = {"model_name": "kling-v2-6", "prompt": "A red fox", "duration": "7"}
# How many clients send the load at once, and how many tasks are looked up at once after it.
CLIENTS, LOOKUPS = 24, 24
SPEED = ("--speed", "1000")
MOST_GROWTH = 1.1
# The memory after the last part is compared with that after the first part. After the first part,
# everything that the mock limits has reached its limit.
PARTS = 10

# Each fault affects one of fifty calls.
FAULTS: list[dict[str, Any]] = [
    {"share": 0.02, "times": None, **fault}
    for fault in (
        {"fault": "refuse", "code": 1303, "on": "create"},
        {"fault": "refuse", "code": 1302, "on": "any"},
        {"fault": "refuse", "code": 5001, "on": "create", "when": "after"},
        {"fault": "stall", "seconds": 0.2, "on": "create", "when": "before"},
        {"fault": "stall", "seconds": 0.2, "on": "create", "when": "after"},
        {"fault": "hang-up", "on": "create", "when": "after"},
        {"fault": "hang-up", "on": "any", "when": "before"},
        {"fault": "html", "on": "any"},
        {"fault": "empty", "on": "create"},
        {"fault": "malformed", "on": "get"},
        {"fault": "cut", "bytes": 40, "on": "create"},
        {"fault": "cut", "bytes": 1000, "on": "download"},
        {"fault": "drip", "bytes_per_second": 2000, "on": "get"},
        {"fault": "expire", "on": "download"},
        {"fault": "lose", "on": "callback"},
        {"fault": "duplicate", "on": "callback"},
        {"fault": "delay", "seconds": 1, "on": "callback"},
    )
]
# The results of right requests, wrong requests and faults. Another result is a defect of the mock.
EXPECTED = (200, 400, 403, 429, 502, 503, "RemoteProtocolError", "ReadError")


class Load:
    """Clients of one mock, and the results of their requests."""

    def __init__(self, mock: str, client: httpx.AsyncClient, receiver: str) -> None:
        self._mock = mock
        self._client = client
        self._receiver = receiver
        self._numbers = itertools.count()
        self._random = random.Random(1)  # noqa: S311 (chance, not secrecy)
        self.seen: Counter[str | int] = Counter()
        self.acknowledged: list[str] = []

    async def run(self, until: float) -> None:
        """Send requests of all kinds in random order, until a time of the monotonic clock."""
        actions = (self.create, self.create, self.query, self.download, self.page, self.wrong)
        while time.monotonic() < until:
            await self._random.choice(actions)()

    async def create(self) -> None:
        """Create a task; remember it if the mock acknowledges it."""
        options = {
            "external_task_id": f"load-{next(self._numbers)}",
            "callback_url": self._receiver,
        }
        reply = await self._call("POST", PATH, json={**BODY, **options})
        if made := _data(reply):
            self.acknowledged.append(made["task_id"])

    async def query(self) -> None:
        """Query one of the tasks."""
        if self.acknowledged:
            await self._call("GET", f"{PATH}/{self._random.choice(self.acknowledged)}")

    async def download(self) -> None:
        """Download the video of one of the last tasks, if it has one."""
        if self.acknowledged:
            task_id = self._random.choice(self.acknowledged[-100:])
            task = _data(await self._call("GET", f"{PATH}/{task_id}"))
            for video in (task or {}).get("task_result", {}).get("videos", []):
                await self._call("GET", video["url"])

    async def page(self) -> None:
        """List tasks."""
        await self._call("GET", f"{PATH}?pageNum=1&pageSize=30")

    async def wrong(self) -> None:
        """Send a create that the mock must refuse."""
        await self._call("POST", PATH, json=WRONG)

    async def _call(self, method: str, url: str, **options: Any) -> httpx.Response | None:
        url = url if url.startswith("http") else f"{self._mock}{url}"
        try:
            reply = await self._client.request(method, url, headers=HEADERS, **options)
        except httpx.HTTPError as error:
            self.seen[type(error).__name__] += 1
            return None
        self.seen[reply.status_code] += 1
        return reply


class Receiver:
    """A server that receives callbacks."""

    def __init__(self) -> None:
        self.received = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Receive one callback."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
            self.received += 1
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            await writer.drain()
        finally:
            writer.close()


def main() -> int:
    """Run the load test, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        state = ("--state", str(Path(folder, "mock.db")))
        try:
            return asyncio.run(run_load(seconds, state))
        except RuntimeError as error:
            sys.exit(f"load-mock: {error}")


async def run_load(seconds: float, state: tuple[str, ...]) -> int:
    """Put load on a mock, look for its tasks after a restart, and return the exit code."""
    limits = httpx.Limits(max_connections=None)
    receiver = Receiver()
    server = await asyncio.start_server(receiver.answer, "127.0.0.1")
    port = server.sockets[0].getsockname()[1]
    async with httpx.AsyncClient(limits=limits, timeout=30, trust_env=False) as client:
        with running(*SPEED, *state) as (process, mock):
            planned = await client.post(f"{mock}/_mock/plan", json=FAULTS)
            planned.raise_for_status()
            load = Load(mock, client, f"http://127.0.0.1:{port}/callback")
            sizes = []
            for part in range(1, PARTS + 1):
                end = time.monotonic() + seconds / PARTS
                await asyncio.gather(*(load.run(end) for _ in range(CLIENTS)))
                sizes.append(resident(process))
                requests = f"{load.seen.total():>8,} requests"
                print(
                    f"{seconds * part / PARTS:>5.0f} s {requests} {sizes[-1]:>7.1f} MB", flush=True
                )
        with running(*SPEED, *state) as (_, mock):
            lost = await missing(client, mock, load.acknowledged)
    return verdict(load, receiver, sizes, lost)


async def missing(client: httpx.AsyncClient, mock: str, task_ids: list[str]) -> list[str]:
    """Return the ids of the tasks that a mock does not know."""
    left = iter(task_ids)  # shared by all look-ups, so that each id is looked up once
    lost = []

    async def look_up() -> None:
        for task_id in left:
            reply = await client.get(f"{mock}{PATH}/{task_id}", headers=HEADERS)
            found = _data(reply)
            if not found or found["task_id"] != task_id:
                lost.append(task_id)

    await asyncio.gather(*(look_up() for _ in range(LOOKUPS)))
    return lost


def verdict(load: Load, receiver: Receiver, sizes: list[float], lost: list[str]) -> int:
    """Print what happened, and return the exit code."""
    unexpected = {what: count for what, count in load.seen.items() if what not in EXPECTED}
    growth = sizes[-1] / sizes[0]
    for what, count in load.seen.most_common():
        print(f"  {count:>8,} {what}")
    print(f"callbacks received {receiver.received:,}")
    print(f"memory, last to first {growth:.2f} (<= {MOST_GROWTH:g})")
    print(f"unexpected replies {unexpected or 0}")
    print(f"tasks acknowledged {len(load.acknowledged):,}, not found after a restart {len(lost):,}")
    # A run without a task or a callback proves nothing.
    is_well = load.acknowledged and receiver.received and not unexpected and not lost
    return 0 if is_well and growth <= MOST_GROWTH else 1


def _data(reply: httpx.Response | None) -> dict[str, Any] | None:
    """Return the data of a successful reply; None for any other."""
    try:
        return reply.json()["data"] if reply and reply.status_code == 200 else None
    except (ValueError, KeyError):
        return None


if __name__ == "__main__":
    sys.exit(main())
