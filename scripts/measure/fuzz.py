"""Fuzz a server that claims to be Kling: a mock of our own, or whatever an address leads to.

The API key is KLING_API_KEY, or that of the mock.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
DESCRIPTION = ROOT / "generated" / "kling_api" / "openapi.json"
CONFIGURATION = ROOT / "tests" / "contract" / "schemathesis.toml"
HOOKS = ROOT / "tests" / "contract" / "fuzz_hooks.py"
# The day before the first retirement: every model of the description is alive.
MOCK = ("mock", "--port", "0", "--as-of", "2026-09-14")


def main() -> int:
    """Fuzz, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="what to fuzz; a mock of our own by default")
    parser.add_argument("--examples", type=int, default=200, help="for each operation")
    options = parser.parse_args()
    if options.url:
        servers = json.loads(DESCRIPTION.read_text(encoding="utf-8"))["servers"]
        if any(options.url.startswith(server["url"]) for server in servers):
            sys.exit(f"fuzz: {options.url} is Kling, where each accepted request costs money")
        return fuzz(options.url, options.examples)
    # By default the mock takes what Kling reads as a value of another type.
    codes = [
        fuzz_a_mock((), options.examples, "positive"),
        fuzz_a_mock(("--exact",), options.examples, "negative"),
    ]
    return max(codes)


def fuzz_a_mock(mode: tuple[str, ...], examples: int, data: str) -> int:
    """Start a mock, fuzz it with one kind of data, and return the exit code."""
    command = [sys.executable, "-m", "kling", *MOCK, *mode]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as mock:
        assert mock.stdout is not None  # it is a pipe
        try:
            return fuzz(mock.stdout.readline().split()[-1], examples, data)
        finally:
            mock.terminate()


def fuzz(url: str, examples: int, data: str = "all") -> int:
    """Run schemathesis with every phase and check."""
    key = os.environ.get("KLING_API_KEY")
    return subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "--config-file", CONFIGURATION, "run"),
            *(DESCRIPTION, "--url", url, "--max-examples", str(examples), "--mode", data),
            *(("--header", f"Authorization: Bearer {key}") if key else ()),
        ],
        env={**os.environ, "SCHEMATHESIS_HOOKS": str(HOOKS)},
        check=False,
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
