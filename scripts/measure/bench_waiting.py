"""Measure the CPU of waiting for 1,000 tasks, or as many as are asked for, beside that for 100.

For `bench`. Prints pairs as JSON: seconds of the processor for each of few tasks, and for each of
many. They include those of the mock, which is in process and takes as much for every query.
"""

import json
import sys
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
    many, pairs = (int(sys.argv[1]), 1) if sys.argv[1:] else (MANY, PAIRS)
    seconds_per_task(FEW)  # what is loaded at the first use is not measured
    print(json.dumps([[seconds_per_task(FEW), seconds_per_task(many)] for _ in range(pairs)]))
