"""Count the imports that fail while an event loop sends requests, for `bench`.

Whenever httpcore makes a lock, it tries to import sniffio. If sniffio is not installed, each import
searches all folders of sys.path, which takes time. The program prints a pair as JSON: the number of
requests, and the number of failed imports.
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
    """A finder of modules. Python asks it only if no other finder has found the module."""

    failed = 0

    def find_spec(self, *_: Any) -> None:
        """Count an import that fails, because no finder finds its module."""
        self.failed += 1


async def main(url: str) -> None:
    """Send the requests, and print the pair."""
    request = models.TextToVideoRequest(model_name="kling-v3", prompt="A fox")
    async with AsyncKling(api_key="of-no-one", base_url=url) as client:
        # The first request imports modules, which do not count.
        await client.create(request)
        counting = Counting()
        sys.meta_path.append(counting)
        await asyncio.gather(*(client.create(request) for _ in range(REQUESTS)))
    print(json.dumps([[REQUESTS, counting.failed]]))


if __name__ == "__main__":
    # python -I does not look for modules in the folder of this file.
    sys.path.append(str(Path(__file__).parent))
    with import_module("bench_memory").serving() as url:
        asyncio.run(main(url))
