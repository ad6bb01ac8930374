"""Compare the CPU time of waiting for many tasks (1,000 by default) and for 100, for `bench`.

The program prints pairs as JSON: seconds of CPU per task with 100 tasks, and with many. The time
includes that of the mock, which runs in the same process. The mock needs the same time for every
query, so a larger figure for many tasks comes from the client.
"""

import json
import sys
import time

from kling import Kling, models
from kling.mock import KlingMock

FEW, MANY = 100, 1000
PAIRS = 3


def seconds_per_task(number: int) -> float:
    """Wait for this number of tasks, and return the seconds of CPU per task."""
    request = models.Kling30TurboTextToVideoRequest(prompt="A fox crosses a frozen lake at dawn")
    with Kling(api_key="mock-api-key", transport=KlingMock().transport) as client:
        tasks = [client.create(request) for _ in range(number)]
        began = time.process_time()
        client.wait_all(tasks)
        return (time.process_time() - began) / number


if __name__ == "__main__":
    # Only one pair for a number that was given, because it may be large.
    many, pairs = (int(sys.argv[1]), 1) if sys.argv[1:] else (MANY, PAIRS)
    seconds_per_task(FEW)  # the first use imports modules, and is not measured
    print(json.dumps([[seconds_per_task(FEW), seconds_per_task(many)] for _ in range(pairs)]))
