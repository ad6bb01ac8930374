"""The part of a check that sends requests which schemathesis generates.

It runs only if the user selects it.
"""

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

from kling.check.exchanges import Request
from kling.check.findings import Kind
from kling.check.inquiry import Inquiry
from kling.description import Operation

_HERE = Path(__file__).parent
CONFIGURATION, HOOKS = _HERE / "schemathesis.toml", _HERE / "fuzz_hooks.py"
# The API key in schemathesis.toml, as JSON. The key of the check replaces it there.
_KEY = '"mock-api-key"'
# The place in the schema, in a message of schemathesis.
_SCHEMA = re.compile(r"^Schema at (\S+):", re.MULTILINE)
# The longest text of schemathesis that is shown.
_LONGEST = 300


def require_schemathesis() -> None:
    """Check that schemathesis, which this part needs, is installed.

    Raises:
        ValueError: schemathesis is not installed.
    """
    if find_spec("schemathesis") is None:
        raise ValueError(
            'the part "fuzz" of the check needs schemathesis; install it with: '
            'pip install "kling-openapi[check]"'
        )


def check(inquiry: Inquiry) -> None:
    """Let schemathesis generate requests that the description allows, and judge the replies."""
    if inquiry.is_in_process:
        inquiry.skip("the whole part", "It needs a server on the network.")
        return
    operations = inquiry.operations
    if not inquiry.is_mock:
        reason = "Nobody knows beforehand what random requests cost, so only a mock gets them."
        inquiry.skip("all operations that do more than read", reason)
        operations = [operation for operation in operations if operation.method == "GET"]
    with tempfile.TemporaryDirectory() as folder:
        for event in _run(inquiry, operations, Path(folder)):
            _add_failures(inquiry, event)


def _run(inquiry: Inquiry, operations: list[Operation], folder: Path) -> Iterator[Any]:
    """Run schemathesis, and yield the events of its report, such as the end of a series."""
    document, settings = folder / "openapi.json", folder / "schemathesis.toml"
    document.write_text(json.dumps(inquiry.spec.document), encoding="utf-8")
    key = json.dumps(inquiry.server.authorization().removeprefix("Bearer "))
    # The key is in a file, because every user of a machine can see the arguments of a program.
    settings.write_text(CONFIGURATION.read_text(encoding="utf-8").replace(_KEY, key), "utf-8")
    events = folder / "events.ndjson"
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(settings)]
    command += ["run", str(document), "--url", inquiry.address.url]
    command += ["--mode", "positive", "--no-color"]
    command += ["--max-examples", str(inquiry.examples), "--seed", str(inquiry.seed)]
    command += ["--report", "ndjson", "--report-ndjson-path", str(events)]
    for operation in operations:
        command += ["--include-operation-id", operation.id]
    done = subprocess.run(  # noqa: S603 (fixed arguments, no shell)
        command,
        env={**os.environ, "SCHEMATHESIS_HOOKS": str(HOOKS)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if not events.exists():
        last_line = "".join((done.stderr or done.stdout).strip().splitlines()[-1:])
        text = last_line[:_LONGEST]
        reason = f"schemathesis ended with the exit code {done.returncode}: {text}"
        inquiry.skip("the whole part", reason)
        return
    with events.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _add_failures(inquiry: Inquiry, event: Any) -> None:
    """Add the failures of a series of requests to the findings, if the event ends a series."""
    # Other events than ScenarioFinished have no recorder.
    recorder = event.get("ScenarioFinished", {}).get("recorder") or {}
    by_label = {
        f"{operation.method} {operation.path}": operation
        for operation in inquiry.spec.operations.values()
    }
    inquiry.server.requests += len(recorder.get("interactions", ()))
    for case_id, checks in recorder.get("checks", {}).items():
        value = recorder["cases"][case_id]["value"]
        operation = by_label.get(f"{value['method']} {value['path']}")
        for result in checks:
            failure = (result.get("failure_info") or {}).get("failure")
            if failure and operation:
                message = str(failure.get("message", ""))
                title = str(failure["title"])
                place_match = _SCHEMA.search(message)
                place = place_match[1] if place_match else title
                got = message.partition("\n")[0][:_LONGEST] or title
                path, query = _texts(value, "path_parameters"), _texts(value, "query")
                request = Request(operation, value.get("body"), path, query)
                expected = f'a reply without the problem "{title}"'
                inquiry.add_finding(Kind.FUZZ, request, expected, got, place)


def _texts(case: Any, field: str) -> dict[str, str]:
    """Return the parameters in a field of a generated case, as texts."""
    parameters = case.get(field)
    if not isinstance(parameters, dict):
        return {}
    return {name: str(value) for name, value in parameters.items()}
