"""Measure how long lists of an in-process mock take, for `bench`.

The program prints pairs as JSON: seconds for a list of 30 finished tasks, and for a list of 500.
"""

import json
import time

import httpx
from kling.mock import KlingMock

URL = "https://api.example/v1/videos/text2video"
BODY = {"model_name": "kling-v3", "prompt": "A fox crosses a frozen lake at dawn"}
FEW, MANY, CALLS, PAIRS = 30, 500, 20, 30


def main() -> None:
    """Measure, and print the pairs."""
    mock = KlingMock()
    headers = {"Authorization": "Bearer mock-api-key"}
    with httpx.Client(transport=mock.transport, headers=headers) as http:
        for _ in range(MANY):
            http.post(URL, json=BODY).raise_for_status()
        mock.clock.advance(3600)  # now all tasks have finished

        def seconds(size: int) -> float:
            began = time.process_time()
            for _ in range(CALLS):
                http.get(URL, params={"pageSize": size}).raise_for_status()
            return (time.process_time() - began) / CALLS

        seconds(MANY)  # the first use is not measured
        print(json.dumps([[seconds(FEW), seconds(MANY)] for _ in range(PAIRS)]))


if __name__ == "__main__":
    main()
