"""Compare the speed of the mock and of Prism, another mock server, and measure the mock's memory.

Both answer the same calls. Each is one process without a log, because Prism is up to twice as fast
without its log. The load generator is another process. On a machine with two cores it has one core
for itself, and needs at most half of it. Every reply must be a success. Mock and Prism are measured
in turns for several rounds, and a ratio is the median of the rounds.
"""

import json
import statistics
import subprocess
import sys
import urllib.error
import urllib.request
from typing import Any

from scripts.measure.bench_environments import ROOT
from scripts.measure.mock_process import API_KEY, resident, running
from scripts.measure.prism import serving
from scripts.publish.node_tools import NodeError, tool

DESCRIPTION = ROOT / "generated" / "kling_api" / "openapi.json"
PATH = "/v1/videos/text2video"
BODY = {
    "model_name": "kling-v3",
    "prompt": "A red fox crosses a frozen lake at dawn, mist over the ice",
    "mode": "pro",
    "aspect_ratio": "16:9",
    "duration": "10",
}
HEADERS = {"Authorization": f"Bearer {API_KEY}", "Content-Type": "application/json"}
# Tasks succeed at once, because the task in Prism's example has succeeded too.
SPEED = ("--speed", "1000000")

CONNECTIONS = 32
# How many rounds, how many seconds of each kind of call in a round, and the tasks of a page.
ROUNDS, SECONDS = 5, 4
PAGE = 30
# Half of the requests are creates. After the first portion, the mock keeps as many tasks as it may.
PORTION, PORTIONS = 20_000, 10
# The bound for the memory after the last portion, divided by that after the first portion.
MOST_GROWTH = 1.1


def main() -> int:
    """Measure, print the results, and return 1 if a result is worse than its bound."""
    try:
        with serving(DESCRIPTION) as peer, running(*SPEED) as (_, mock):
            is_fast = throughput(mock, peer)
        is_small = memory()
        return 0 if is_fast and is_small else 1
    except subprocess.CalledProcessError as error:
        sys.exit(f"bench-mock: {error}\n{error.stderr}")
    except (RuntimeError, NodeError) as error:
        sys.exit(f"bench-mock: {error}")


def throughput(mock: str, peer: str) -> bool:
    """Print the calls per second of mock and Prism; return whether the mock is fast enough."""
    print(f"Prism on {DESCRIPTION.name}; {CONNECTIONS} connections, {ROUNDS} rounds")
    print(f"{'':33}{'mock':>10}{'Prism':>10}{'ratio':>8}   min..max  bound")
    is_enough = True
    for what, calls, least in (
        (f"POST {PATH}", creates, 4.0),
        (f"GET {PATH}/{{id}}", gets, 5.9),
        (f"GET {PATH}, {PAGE} tasks", lists, 4.3),
    ):
        # The first round does not count, because both servers compile their validators in it.
        limit = ("--duration", str(SECONDS))
        rounds = [(calls(mock, *limit), calls(peer, *limit)) for _ in range(ROUNDS + 1)][1:]
        ours, theirs = (statistics.median(column) for column in zip(*rounds, strict=True))
        ratios = [of_mock / of_prism for of_mock, of_prism in rounds]
        ratio = statistics.median(ratios)
        is_fast = ratio >= least
        is_enough &= is_fast
        spread = f"{min(ratios):.1f}..{max(ratios):.1f}"
        cells = f"{what:33}{ours:>8,.0f}/s{theirs:>8,.0f}/s{ratio:>8.1f}{spread:>11}"
        print(f"{cells}  >= {least:g}  {'ok' if is_fast else 'under'}", flush=True)
    return is_enough


def memory() -> bool:
    """Print how much memory a new mock needs over time; return whether it hardly grows."""
    with running(*SPEED) as (process, mock):
        sizes = []
        for portion in range(1, PORTIONS + 1):
            for calls in (creates, gets):
                calls(mock, "--amount", str(PORTION // 2))
            sizes.append(resident(process))
            print(
                f"memory after {portion * PORTION:>7,} requests {sizes[-1]:>12.1f} MB", flush=True
            )
    growth = sizes[-1] / sizes[0]
    is_flat = growth <= MOST_GROWTH
    verdict = "ok" if is_flat else "over"
    print(f"{'memory, last to first':53}{growth:>8.2f}{'':11}  <= {MOST_GROWTH:g}  {verdict}")
    return is_flat


def creates(server: str, *limit: str) -> float:
    """Create tasks; return how many per second."""
    return load(f"{server}{PATH}", *limit, "--method", "POST", "--body", dumped(BODY))


def gets(server: str, *limit: str) -> float:
    """Get a new task; return how many times per second."""
    # Each round creates a task, because the mock forgets old tasks.
    return load(f"{server}{PATH}/{created(server)}", *limit)


def lists(server: str, *limit: str) -> float:
    """Get a page of tasks; return how many pages per second. Prism's page has only one task."""
    return load(f"{server}{PATH}?pageSize={PAGE}", *limit)


def load(url: str, *options: str) -> float:
    """Send requests over several connections; return how many per second."""
    headers = [word for pair in HEADERS.items() for word in ("--headers", "=".join(pair))]
    command = [
        *tool("autocannon"),
        *("--json", "--no-progress", "--connections", str(CONNECTIONS), *headers),
        *(*options, url),
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result = json.loads(done.stdout)
    if bad := {k: result[k] for k in ("non2xx", "errors", "timeouts") if result[k]}:
        sys.exit(f"bench-mock: not every reply of {url} was a success: {bad}")
    return float(result["2xx"] / result["duration"])


def created(server: str) -> str:
    """Create a task, and return its id."""
    url, body = f"{server}{PATH}", dumped(BODY).encode()
    request = urllib.request.Request(url, body, HEADERS)  # noqa: S310 (it is http)
    with urllib.request.urlopen(request, timeout=10) as reply:  # noqa: S310 (it is http)
        return str(json.load(reply)["data"]["task_id"])


def dumped(value: Any) -> str:
    """Return JSON without spaces."""
    return json.dumps(value, separators=(",", ":"))


if __name__ == "__main__":
    sys.exit(main())
