"""Processes that come of one by a fork must not read each other's replies."""

import os
import subprocess
import sys

import pytest
from kling import Kling, models

# Each child tries a client that its parent has used, and one that its parent has only made.
PROGRAM = """
import asyncio, os, sys
from kling import AsyncKling, Kling, models

KIND, URL = {"Kling": Kling, "AsyncKling": AsyncKling}[sys.argv[1]], sys.argv[2]


def done(result):
    if KIND is Kling:
        return result()
    async def main():
        return await result()
    return asyncio.run(main())


def create(client, own_id):
    request = models.TextToVideoRequest(
        model_name="kling-v3", prompt="A fox", external_task_id=own_id
    )
    return done(lambda: client.create(request))


used, unused = (KIND(api_key="mock-api-key", base_url=URL) for _ in range(2))
create(used, "parent")
for number in range(3):
    if not os.fork():
        try:
            outcome = create(used, f"used-{number}").external_task_id
        except Exception as error:
            outcome = f"{type(error).__name__}: {error}"
        own = create(unused, f"unused-{number}").external_task_id
        os.write(1, f"{number}, {outcome}, {own}\\n".encode())
        os._exit(0)
for _ in range(3):
    os.wait()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="has no forks")
@pytest.mark.parametrize("kind", ["Kling", "AsyncKling"])
def test_a_client_that_was_used_before_a_fork_is_refused_after_it(mock_process, kind):
    mock = mock_process("--as-of", "2026-03-01")

    command = [sys.executable, "-c", PROGRAM, kind, mock.url]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)

    refused = "UnsentError: this client was used before a fork; create one in each process"
    assert done.stderr == ""
    assert sorted(done.stdout.splitlines()) == [f"{n}, {refused}, unused-{n}" for n in range(3)]
    with Kling(api_key="mock-api-key", base_url=mock.url) as client:
        found = {task.external_task_id for task in client.list(models.TextToVideoRequest)}
    assert found == {"parent", "unused-0", "unused-1", "unused-2"}
