"""The part that sends what is made up by schemathesis; it runs only when it is named."""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kling.check.exchanges import Ask
from kling.check.findings import Kind
from kling.check.inquiry import Inquiry
from kling.description import Operation

_HERE = Path(__file__).parent
CONFIGURATION, HOOKS = _HERE / "schemathesis.toml", _HERE / "fuzz_hooks.py"
# The key of the mock in the configuration, whose place another one takes.
_KEY = '"mock-api-key"'
_SCHEMA = re.compile(r"^Schema at (\S+):", re.MULTILINE)
_LONGEST = 300


def refuse_missing() -> None:
    """Refuse to fuzz without schemathesis.

    Raises:
        ValueError: it is not installed, and how to install it.
    """
    if find_spec("schemathesis") is None:
        raise ValueError(
            'the part fuzz needs schemathesis; install it with: pip install "kling-openapi[check]"'
        )


def check(inquiry: Inquiry) -> None:
    """Let schemathesis make up requests that the description allows, and judge the replies."""
    if inquiry.is_in_process:
        inquiry.skip("all of it", "It needs a server with an address.")
        return
    operations = inquiry.operations
    if not inquiry.is_mock:
        # What it would create cannot be counted before it is sent.
        reason = "Nobody can say beforehand what fuzzing would create; only a mock is fuzzed whole."
        inquiry.skip("all that does not only read", reason)
        operations = [one for one in operations if one.method == "GET"]
    with tempfile.TemporaryDirectory() as folder:
        for event in _run(inquiry, operations, Path(folder)):
            _tell(inquiry, event)


def _run(inquiry: Inquiry, operations: list[Operation], folder: Path) -> Iterator[Any]:
    """Run schemathesis, and yield what it tells of each series of requests."""
    document, settings = folder / "openapi.json", folder / "schemathesis.toml"
    document.write_text(json.dumps(inquiry.spec.document), encoding="utf-8")
    key = json.dumps(inquiry.server.authorization().removeprefix("Bearer "))
    # In a file, for everybody on a machine can read the arguments of a program.
    settings.write_text(CONFIGURATION.read_text(encoding="utf-8").replace(_KEY, key), "utf-8")
    events = folder / "events.ndjson"
    done = subprocess.run(  # noqa: S603 (its own arguments, and no shell)
        [
            *(sys.executable, "-m", "schemathesis.cli", "--config-file", settings),
            *("run", document, "--url", inquiry.address.url, "--mode", "positive", "--no-color"),
            *("--max-examples", str(inquiry.examples), "--seed", str(inquiry.seed)),
            *("--report", "ndjson", "--report-ndjson-path", events),
            *(word for one in operations for word in ("--include-operation-id", one.id)),
        ],
        env={**os.environ, "SCHEMATHESIS_HOOKS": str(HOOKS)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if not events.exists():
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        reason = f"schemathesis ended with {done.returncode}: {''.join(last)[:_LONGEST]}"
        inquiry.skip("all of it", reason)
        return
    with events.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _tell(inquiry: Inquiry, event: Any) -> None:
    """Note the failures of a series of requests."""
    recorder = event.get("ScenarioFinished", {}).get("recorder") or {}
    by_label = {f"{one.method} {one.path}": one for one in inquiry.spec.operations.values()}
    inquiry.server.requests += len(recorder.get("interactions", ()))
    for case_id, checks in recorder.get("checks", {}).items():
        value = recorder["cases"][case_id]["value"]
        operation = by_label.get(f"{value['method']} {value['path']}")
        for check in checks:
            failure = (check.get("failure_info") or {}).get("failure")
            if failure and operation:
                message = str(failure.get("message", ""))
                found = _SCHEMA.search(message)
                place = found[1] if found else str(failure["title"])
                got = message.partition("\n")[0][:_LONGEST] or str(failure["title"])
                ask = Ask(
                    operation,
                    value.get("body"),
                    {name: str(one) for name, one in _mapping(value, "path_parameters").items()},
                    {name: str(one) for name, one in _mapping(value, "query").items()},
                )
                inquiry.wrong(Kind.FUZZ, ask, f"not: {failure['title']}", got, place)


def _mapping(value: Any, name: str) -> dict[str, Any]:
    found = value.get(name)
    return found if isinstance(found, dict) else {}
