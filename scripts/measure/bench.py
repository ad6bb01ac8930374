"""Measure the time and memory that the client needs, compared with bare httpx.

Everything runs in separate environments in .venv-bench/, without the development tools of the
project. The client and httpx are measured in turns, in pairs, and a row shows the median of the
ratios of its pairs. The figures are seconds of CPU, because other programs share the machine, or
bytes of memory. Only downloads are measured by the wall clock.

A bound is 1.15 times the ratio on an idle machine, or 1.5 times for the wall clock. The run fails
if a ratio exceeds its bound, except if the bound is in brackets, or if the row is "noisy", which
means that its ratios vary too much.
"""

import argparse
import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from scripts.measure.bench_environments import (
    environment,
    last_line,
    output,
    own_environment,
    stock_environment,
)
from scripts.measure.bench_table import NotMeasured, Pairs, Row, line, megabytes

CALLS = Path(__file__).with_name("bench_peers.py")
MEMORY = Path(__file__).with_name("bench_memory.py")
ROUNDS = Path(__file__).with_name("bench_rounds.py")
WAITING = Path(__file__).with_name("bench_waiting.py")
STALL = Path(__file__).with_name("bench_stall.py")
FAILED_IMPORTS = Path(__file__).with_name("bench_imports.py")
DOWNLOADS = Path(__file__).with_name("bench_downloads.py")
MOCK_LISTS = Path(__file__).with_name("bench_mock_lists.py")
# The package to install, and the module to import.
PEERS = {
    "fal-client": "fal_client",
    "openai": "openai",
    "replicate": "replicate",
    "runwayml": "runwayml",
}
HTTPX = "httpx>=0.27,<0.29"
REQUEST = "from kling import Kling, models; models.TextToVideoRequest"
EVERYTHING = "from kling import *; from kling_api.models import *"
# How many processes a row measures, how many pairs each of them makes, and how many imports a row
# measures. The speed of a process depends on its memory layout, so a bound needs several processes.
PROCESSES, PAIRS, IMPORTS = 2, 20, 20
# The number of pairs for rows without a bound.
FEW = 10
VERSION = "from importlib.metadata import version; print(version('{}'))"


def main() -> int:
    """Measure the requested parts, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=[*MEASURES, *LONGER], help="measure nothing else")
    parser.add_argument("--longer", action="store_true", help="other SDKs and 10,000 waits as well")
    options = parser.parse_args()
    parts = [*MEASURES, *(LONGER if options.longer else ())]
    try:
        return table([options.only] if options.only else parts)
    except subprocess.CalledProcessError as error:
        sys.exit(f"bench: {error}\n{error.stderr}")


def table(parts: Sequence[str]) -> int:
    """Measure some parts, print the rows, and return 1 if one exceeds its bound."""
    python = own_environment()
    print(line("what", "against", "baseline", "measured", "ratio", "min..max", "bound", ""))
    broken = False
    for part in parts:
        for row in {**MEASURES, **LONGER}[part](python):
            print(row, flush=True)
            broken |= isinstance(row, Row) and row.breaks
    return int(broken)


def imports(python: Path) -> Iterator[Row]:
    """Measure how long imports take."""
    for what, code, bound, binding in (
        ("import kling", "import kling", 0.25, True),
        # A third of the extra time is attrs, which the generated client needs.
        ("Kling and a request model", REQUEST, 1.8, True),
        ("from kling import *", "from kling import *", None, False),
        ("the same, and all models", EVERYTHING, None, False),
    ):
        pairs = import_pairs(python, python, code, IMPORTS if bound else FEW)
        yield Row(what, pairs, bound, binding, "import httpx")


def starts(python: Path) -> Iterator[Row]:
    """Measure processes that make one call, or show a help text, and end."""
    pairs = cold_pairs(python, python, "create", IMPORTS)
    # In addition to httpx, the process loads attrs, the description and the validator.
    yield Row("first create of a process", pairs, 2.05)
    click, show_help = ("-c", "import click"), ("-m", "kling", "--help")
    pairs = [(cost(python, *click), cost(python, *show_help)) for _ in range(IMPORTS + 1)][1:]
    yield Row("kling --help", pairs, 1.3, baseline="import click")


def calls(python: Path) -> Iterator[Row]:
    """Measure calls. The call `list` gets a page of 500 tasks and an empty page.

    In addition to bare httpx, the client adds credentials, checks rules and media limits, counts
    slots, and makes a task from the reply.
    """
    yield Row("create", call_pairs(python, "create"), 1.8)
    yield Row("create, access key pair", call_pairs(python, "create_signed"), 1.85, binding=False)
    yield Row("retrieve", call_pairs(python, "retrieve"), 1.2)
    yield Row("list of 500 tasks", call_pairs(python, "list"), 2.0)


def memory(python: Path) -> Iterator[Row]:
    """Measure the peak memory, compared with the baseline that each row names."""
    for what, case, baseline, bound in (
        ("create, 10 MB image", "create", "its base64", 0.07),
        ("download of 200 MB", "download", "the file", 0.01),
        ("all kinds of request", "kinds", "one kind", 1.5),
    ):
        pairs = [json.loads(output(python, MEMORY, case)) for _ in range(PROCESSES)]
        yield Row(f"memory: {what}", pairs, bound, baseline=baseline, shown=megabytes)


def rounds(python: Path) -> Iterator[Row]:
    """Count the queries in one round of 1,000 concurrent waits; see `bench_rounds`."""
    pairs = json.loads(output(python, ROUNDS))
    yield Row("queries a round, 1,000 waits", pairs, 0.06, baseline="the tasks", shown=str)


def waiting(python: Path) -> Iterator[Row]:
    """Measure whether waiting for 1,000 tasks costs more per task than waiting for 100."""
    pairs = json.loads(output(python, WAITING))
    yield Row("wait_all, a task of 1,000", pairs, 1.3, baseline="a task of 100")


def stalls(python: Path) -> Iterator[Row]:
    """Measure how long the event loop stalls while it sends and receives large bodies."""
    for what, pairs in json.loads(output(python, STALL)).items():
        yield Row(f"longest stall, {what}", pairs, 1.0, baseline="what is allowed")


def failed_imports(python: Path) -> Iterator[Row]:
    """Count failed imports while an event loop sends creates."""
    pairs = json.loads(output(python, FAILED_IMPORTS))
    yield Row("failed imports, async creates", pairs, 0.05, baseline="creates", shown=str)


def downloads(python: Path) -> Iterator[Row]:
    """Measure how long downloads take, by the wall clock."""
    pairs = json.loads(output(python, DOWNLOADS))
    yield Row("download of 60 MB, wall clock", pairs["one"], 1.0)
    yield Row("8 downloads at once, wall clock", pairs["eight"], 1.0)


def mock_lists(python: Path) -> Iterator[Row]:
    """Measure whether long lists of the mock cost little more than short ones."""
    pairs = json.loads(output(python, MOCK_LISTS))
    yield Row("mock, list of 500", pairs, 2.3, baseline="a list of 30")


def long_waits(python: Path) -> Iterator[Row]:
    """Measure `wait_all` with 10,000 tasks."""
    pairs = json.loads(output(python, WAITING, "10000"))
    yield Row("wait_all, a task of 10,000", pairs, 2.0, baseline="a task of 100")


def peers(python: Path) -> Iterator[Row | NotMeasured]:
    """Measure imports and creates of the stock client and other SDKs, if they can be installed."""
    yield from _peer(python, stock_environment(), "stock client", "stock_client")
    for name, module in PEERS.items():
        theirs = environment(name, name, HTTPX)
        version = output(theirs, "-c", VERSION.format(name)).strip() if theirs else ""
        yield from _peer(python, theirs, f"{name} {version}".rstrip(), module)


def _peer(python: Path, theirs: Path | None, what: str, module: str) -> Iterator[Row | NotMeasured]:
    if theirs is None:
        yield NotMeasured(what, "not installed")
        return
    try:
        pairs = import_pairs(python, theirs, f"import {module}", FEW)
        yield Row(f"{what}, import", pairs, baseline="import httpx")
        yield Row(f"{what}, create", call_pairs(theirs, module, processes=1))
        yield Row(f"{what}, first create", cold_pairs(python, theirs, module, FEW))
    except subprocess.CalledProcessError as error:
        yield NotMeasured(what, f"not comparable: {last_line(error.stderr)}")


Measure = Callable[[Path], Iterator[Row | NotMeasured]]
MEASURES: Mapping[str, Measure] = {
    "import": imports,
    "start": starts,
    "call": calls,
    "memory": memory,
    "rounds": rounds,
    "waiting": waiting,
    "stall": stalls,
    "imports-failed": failed_imports,
    "download": downloads,
    "mock": mock_lists,
}
LONGER: Mapping[str, Measure] = {"long-waits": long_waits, "peers": peers}


def import_pairs(python: Path, theirs: Path, code: str, count: int) -> Pairs:
    """Measure new interpreters in turns: one imports httpx, the next runs a piece of code."""
    base = ("-c", "import httpx")
    pairs = [(cost(python, *base), cost(theirs, "-c", code)) for _ in range(count + 1)]
    # The first pair does not count: it reads files from the disk.
    return pairs[1:]


def cold_pairs(python: Path, theirs: Path, case: str, count: int) -> Pairs:
    """Measure processes in turns: one makes a call with httpx, the next a case of `bench_peers`."""
    pairs = [
        (cost(python, CALLS, "httpx", "0"), cost(theirs, CALLS, case, "0"))
        for _ in range(count + 1)
    ]
    return pairs[1:]


def cost(python: Path, *arguments: str | Path) -> float:
    """Return the seconds of CPU that an interpreter takes with some arguments."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    output(python, *arguments)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def call_pairs(python: Path, case: str, processes: int = PROCESSES) -> Pairs:
    """Measure one of the cases of `bench_peers`."""
    runs = [json.loads(output(python, CALLS, case, str(PAIRS))) for _ in range(processes)]
    return [pair for run in runs for pair in run]


if __name__ == "__main__":
    sys.exit(main())
