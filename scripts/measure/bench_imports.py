"""Count the imports that fail while an event loop sends requests, for `bench`.

httpcore tries to import sniffio at each lock. If it is missing, Python searches the whole path at
each attempt. Prints pairs as JSON: requests, and imports that failed.
"""

import asyncio
import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from kling import AsyncKling, models

REQUESTS = 50


class Counting:
    """Counts the imports for which no finder before it knew a module."""

    failed = 0

    def find_spec(self, *_: Any) -> None:
        """Find nothing: it is the last one to be asked."""
        self.failed += 1


async def main(url: str) -> None:
    """Send the requests, and print the pair."""
    request = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox")
    async with AsyncKling(api_key="of-no-one", base_url=url) as client:
        # What is loaded at the first use is not counted.
        await client.create(request)
        counting = Counting()
        sys.meta_path.append(counting)
        await asyncio.gather(*(client.create(request) for _ in range(REQUESTS)))
    print(json.dumps([[REQUESTS, counting.failed]]))


if __name__ == "__main__":
    # Beside this file; python -I leaves its folder out.
    sys.path.append(str(Path(__file__).parent))
    with import_module("bench_memory").serving() as url:
        asyncio.run(main(url))
