"""Compare the mock with Prism on the same calls, in one run, and measure the mock's memory.

Each server is one process without a log, which makes Prism up to twice as fast. The load generator
is another process. On a machine with two cores it has one of them, and needs at most half of it.
Every reply must be a success. A ratio is the median of several rounds, in which the two take turns.
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
ROUNDS, SECONDS = 5, 4
PAGE = 30
# Half of the requests are creates, so the first portion fills the mock up to its limit of tasks.
PORTION, PORTIONS = 20_000, 10
MOST_GROWTH = 1.1


def main() -> int:
    """Measure, print the results, and return 1 if one misses its bound."""
    try:
        with serving(DESCRIPTION) as peer, running(*SPEED) as (_, mock):
            fast = throughput(mock, peer)
        return int(not (fast & memory()))
    except subprocess.CalledProcessError as error:
        sys.exit(f"bench-mock: {error}\n{error.stderr}")
    except (RuntimeError, NodeError) as error:
        sys.exit(f"bench-mock: {error}")


def throughput(mock: str, peer: str) -> bool:
    """Print how many calls per second both answer; return whether the ratios are high enough."""
    print(f"Prism on {DESCRIPTION.name}; {CONNECTIONS} connections, {ROUNDS} rounds")
    print(f"{'':33}{'mock':>10}{'Prism':>10}{'ratio':>8}   min..max  bound")
    enough = True
    for what, calls, least in (
        (f"POST {PATH}", creates, 4.0),
        (f"GET {PATH}/{{id}}", gets, 5.9),
        (f"GET {PATH}, {PAGE} tasks", lists, 4.3),
    ):
        # The first round does not count: both servers compile their validators in it.
        limit = ("--duration", str(SECONDS))
        rounds = [(calls(mock, *limit), calls(peer, *limit)) for _ in range(ROUNDS + 1)][1:]
        ours, theirs = (statistics.median(column) for column in zip(*rounds, strict=True))
        ratios = [one / other for one, other in rounds]
        ratio = statistics.median(ratios)
        fast = ratio >= least
        enough &= fast
        spread = f"{min(ratios):.1f}..{max(ratios):.1f}"
        cells = f"{what:33}{ours:>8,.0f}/s{theirs:>8,.0f}/s{ratio:>8.1f}{spread:>11}"
        print(f"{cells}  >= {least:g}  {'ok' if fast else 'under'}", flush=True)
    return enough


def memory() -> bool:
    """Print how much memory a new mock takes over time; return whether it stays the same."""
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
    flat = growth <= MOST_GROWTH
    verdict = "ok" if flat else "over"
    print(f"{'memory, last to first':53}{growth:>8.2f}{'':11}  <= {MOST_GROWTH:g}  {verdict}")
    return flat


def creates(server: str, *limit: str) -> float:
    """Create tasks; return how many per second."""
    return load(f"{server}{PATH}", *limit, "--method", "POST", "--body", dumped(BODY))


def gets(server: str, *limit: str) -> float:
    """Get a new task; return how many times per second."""
    # Each round creates a task, because the mock forgets old ones.
    return load(f"{server}{PATH}/{created(server)}", *limit)


def lists(server: str, *limit: str) -> float:
    """Get a page of tasks, which has only one in Prism's example; return how many per second."""
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
