"""Count the imports that fail while an event loop sends requests, for `bench`.

httpcore tries to import sniffio for each lock. If sniffio is missing, each attempt searches the
whole path. Prints pairs as JSON: requests, and failed imports.
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
    """Counts the imports for which no earlier finder found a module."""

    failed = 0

    def find_spec(self, *_: Any) -> None:
        """Count a failed import: Python asks this finder last."""
        self.failed += 1


async def main(url: str) -> None:
    """Send the requests, and print the pair."""
    request = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox")
    async with AsyncKling(api_key="of-no-one", base_url=url) as client:
        # The first request imports modules; those do not count.
        await client.create(request)
        counting = Counting()
        sys.meta_path.append(counting)
        await asyncio.gather(*(client.create(request) for _ in range(REQUESTS)))
    print(json.dumps([[REQUESTS, counting.failed]]))


if __name__ == "__main__":
    # For the modules next to this file: python -I does not add their folder.
    sys.path.append(str(Path(__file__).parent))
    with import_module("bench_memory").serving() as url:
        asyncio.run(main(url))
