"""Count the queries of 1,000 concurrent waits, for `bench`.

The program prints a pair as JSON: the number of tasks, and the number of queries in the busiest
round. A round is the time in which the client queries each task at most once.
"""

import asyncio
import json

import httpx
from kling import AsyncKling, models
from kling.mock import KlingMock

TASKS = 1000
# The seconds of the shortest round. The client waits two seconds, or up to a fifth less.
ROUND = 1.6


class Counting(httpx.AsyncBaseTransport):
    """Passes requests to the mock, and stores the time of each query."""

    def __init__(self, mock: KlingMock) -> None:
        self._mock = mock
        self.clock = mock.clock
        self.moments: list[float] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request."""
        if request.method == "GET":
            self.moments.append(self.clock.monotonic())
        return await self._mock.transport.handle_async_request(request)


async def main() -> None:
    """Wait for all tasks, and print the pair."""
    counting = Counting(KlingMock())
    request = models.Kling30TurboTextToVideoRequest(prompt="A fox crosses a frozen lake at dawn")
    async with AsyncKling(api_key="mock-api-key", transport=counting) as client:
        tasks = [await client.create(request) for _ in range(TASKS)]
        await asyncio.gather(*(client.wait(task) for task in tasks))
    moments = counting.moments
    busiest = max(sum(begin <= sent < begin + ROUND for sent in moments) for begin in moments)
    print(json.dumps([[TASKS, busiest]]))


if __name__ == "__main__":
    asyncio.run(main())
