"""What Kling was seen to answer, and what the mock answers."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from kling.mock import KlingMock

_KEPT = yaml.safe_load(Path(__file__).with_name("probes.yaml").read_text(encoding="utf-8"))
PROBES = {one["probe"]: one for one in _KEPT["probes"]}


def answer_to(probe, ask_of):
    day = date.fromisoformat(probe.get("as_of", _KEPT["as_of"]))
    body = probe["body"]
    if body.get("prompt") == "2501 letters":
        body = {**body, "prompt": "a" * 2501}
    reply = ask_of(KlingMock(as_of=day))("POST", probe["path"], json=body)
    return reply.status_code, reply.json()["code"], reply.json()["message"]


def is_as_expected(probe, answer):
    expected, (status, code, message) = probe["kling"], answer
    said = expected.get("message")
    return (
        expected["status"] in (None, status)
        and expected["code"] in (None, code)
        and (said in (None, message) or message.startswith(f"{said} ("))
    )


@pytest.mark.parametrize("name", [name for name, one in PROBES.items() if "open" not in one])
def test_the_mock_answers_as_kling_did(ask_of, name):
    answer = answer_to(PROBES[name], ask_of)

    assert is_as_expected(PROBES[name], answer), answer


@pytest.mark.parametrize("name", [name for name, one in PROBES.items() if "open" in one])
def test_what_is_open_is_still_open(ask_of, name):
    answer = answer_to(PROBES[name], ask_of)

    assert not is_as_expected(PROBES[name], answer), answer
