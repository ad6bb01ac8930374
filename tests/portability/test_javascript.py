"""A client in another language, with nothing but what Node brings, against `kling mock`."""

import json
from pathlib import Path

from node_tools import node

PROGRAM = Path(__file__).with_name("client.mjs")


def test_javascript_creates_hears_polls_and_downloads(mock_process, run):
    mock = mock_process("--as-of", "2026-03-01", "--speed", "100")

    said = json.loads(run(node(), PROGRAM, mock.url, "mock-api-key"))

    assert said.pop("size") > 10_000
    assert said == {
        "status": "succeed",
        "heard": ["submitted", "processing", "succeed"],
        "kind": "ftyp",
    }
