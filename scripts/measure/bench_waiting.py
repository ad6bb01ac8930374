"""Measure the CPU of waiting for 1,000 tasks beside that for 100, for `bench`.

Prints pairs as JSON: seconds of the processor for each of 100 tasks, and for each of 1,000. They
include those of the mock, which is in process and takes as much for every query.
"""

import json
import time

from kling import Kling, models
from kling.mock import KlingMock

FEW, MANY = 100, 1000
PAIRS = 3


def seconds_per_task(number: int) -> float:
    """Wait for so many tasks, and return what each takes."""
    request = models.Kling30TurboTextToVideoRequest(prompt="A fox crosses a frozen lake at dawn")
    with Kling(api_key="mock-api-key", transport=KlingMock().transport) as client:
        tasks = [client.create(request) for _ in range(number)]
        began = time.process_time()
        client.wait_all(tasks)
        return (time.process_time() - began) / number


if __name__ == "__main__":
    seconds_per_task(FEW)  # what is loaded at the first use is not measured
    print(json.dumps([[seconds_per_task(FEW), seconds_per_task(MANY)] for _ in range(PAIRS)]))
