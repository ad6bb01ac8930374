"""Many tasks through an unreliable service: each is paid for once, and none is lost.

`make fuzz` makes 2,000 of them.
"""

import asyncio
import os
from collections import Counter

import httpx
import kling
from kling import AsyncKling, Kling, models
from kling.mock import KlingMock, Package

NUMBER = int(os.environ.get("TASKS", "300"))
SHARE = 0.02
# Each affects one call in fifty, by the seeded chance of the mock.
FAULTS = [
    {"fault": "stall", "seconds": 90, "when": "before"},
    {"fault": "stall", "seconds": 90, "when": "after"},
    {"fault": "hang-up", "when": "before"},
    {"fault": "hang-up", "when": "after"},
    {"fault": "html"},
    {"fault": "html", "when": "after"},
    {"fault": "empty", "when": "before"},
    {"fault": "empty"},
    {"fault": "malformed"},
    {"fault": "cut", "bytes": 30},
    *({"fault": "refuse", "code": code} for code in (1302, 1303, 5000, 5001, 5002)),
    *({"fault": "refuse", "code": code, "when": "after"} for code in (5000, 5001, 5002)),
]
READING = ("stall", "hang-up", "html", "empty", "malformed", "cut", "refuse")


def unreliable():
    mock = KlingMock(packages=[Package("video", 200, 6 * NUMBER)])
    for fault in FAULTS:
        mock.plan(**fault, share=SHARE, times=None)
        if fault["fault"] in READING and fault.get("code") != 1303:
            mock.plan(**fault, on="get", share=SHARE, times=None)
    for fault in (
        {"fault": "hang-up"},
        {"fault": "cut", "bytes": 1000},
        {"fault": "html", "status": 503},
    ):
        mock.plan(**fault, on="download", share=SHARE, times=None)
    return mock


async def made(client, request, happened):
    """Create a task, as a careful program does that has an id of its own for it."""
    while True:
        try:
            return await client.create(request)
        except kling.APIError as error:
            happened[type(error).__name__, error.may_exist] += 1
            if error.not_created:
                continue
        try:
            return await client.recover(type(request), request.external_task_id)
        except kling.APIError as error:
            # Sent again it is refused if it exists after all, for the id is the same.
            happened["recover", type(error).__name__] += 1


def served():
    """Return the bytes of a result, as a service without a fault sends them."""
    transport = KlingMock().transport
    task = Kling(api_key="mock-api-key", transport=transport).run(
        models.TextToVideoRequest(model_name="kling-v3", prompt="Fox")
    )
    with httpx.Client(transport=transport) as http:
        return http.get(task.outputs[0].url).raise_for_status().content


def test_each_of_many_creates_is_one_paid_task(tmp_path):
    mock, happened = unreliable(), Counter()

    async def main():
        async with AsyncKling(
            api_key="mock-api-key", transport=mock.transport, concurrency=200
        ) as client:

            async def whole(number):
                request = models.TextToVideoRequest(
                    model_name="kling-v3",
                    prompt=f"Fox {number}",
                    external_task_id=f"fox-{number}",
                )
                task = await client.wait(await made(client, request, happened))
                return task, await client.download(task, tmp_path)

            return await asyncio.gather(*map(whole, range(NUMBER)))

    done = asyncio.run(main())

    assert len({task.id for task, _ in done}) == NUMBER
    assert [task.external_task_id for task, _ in done] == [f"fox-{n}" for n in range(NUMBER)]
    assert mock.state()["counts"]["tasks"] == NUMBER
    [package] = mock.state()["packages"]
    assert package["left"] == 6 * NUMBER - 3 * NUMBER
    assert len(list(tmp_path.iterdir())) == NUMBER
    assert {path.read_bytes() for _, [path] in done} == {served()}
    # The service was as bad as it was meant to be.
    assert sum(happened.values()) > NUMBER / 100, happened
