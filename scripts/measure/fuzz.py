"""Fuzz a new mock. With a URL, run `kling check` instead, which sends nothing that costs money."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
DESCRIPTION = ROOT / "generated" / "kling_api" / "openapi.json"
CHECK = ROOT / "overlay" / "kling" / "check"
CONFIGURATION, HOOKS = CHECK / "schemathesis.toml", CHECK / "fuzz_hooks.py"
# On this day every model of the description is available, because it is before any retirement.
MOCK = ("mock", "--port", "0", "--as-of", "2026-09-14")


def main() -> int:
    """Fuzz, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="the server to fuzz; by default a new mock")
    parser.add_argument("--examples", type=int, default=200, help="test cases for each operation")
    options = parser.parse_args()
    if options.url:
        command = ["kling", "check", options.url, "--part", "fuzz"]
        examples = ("--examples", str(options.examples))
        return subprocess.run([sys.executable, "-m", *command, *examples], check=False).returncode
    # Without --exact the mock converts values of another type, as Kling does. With it, the mock
    # refuses all invalid data, as the fuzzer expects.
    codes = [
        fuzz_a_mock((), options.examples, "positive"),
        fuzz_a_mock(("--exact",), options.examples, "negative"),
    ]
    return max(codes)


def fuzz_a_mock(mode: tuple[str, ...], examples: int, data: str) -> int:
    """Start a mock, fuzz it, and return the exit code. Positive data is valid, negative is not."""
    command = [sys.executable, "-m", "kling", *MOCK, *mode]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as mock:
        assert mock.stdout is not None  # it is a pipe
        try:
            return fuzz(mock.stdout.readline().split()[-1], examples, data)
        finally:
            mock.terminate()


def fuzz(url: str, examples: int, data: str) -> int:
    """Run schemathesis with every phase and check."""
    return subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "--config-file", CONFIGURATION, "run"),
            *(DESCRIPTION, "--url", url, "--max-examples", str(examples), "--mode", data),
        ],
        env={**os.environ, "SCHEMATHESIS_HOOKS": str(HOOKS)},
        check=False,
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
