"""The bodies that are shipped are answered as they say."""

import json
import re
from importlib.resources import files

import pytest
from gateway import DAY, Asked, Gateway

ENTRIES = json.loads((files("kling_api") / "fixtures.json").read_text(encoding="utf-8"))
HEADERS = {"authorization": "Bearer mock-api-key", "content-type": "application/json"}


@pytest.fixture(scope="module")
def answered():
    """What a right server says to each, each with an own id that was never used."""
    gateway = Gateway()

    def answer(number, entry):
        body = json.loads(json.dumps(entry["body"]))
        for part in (body, body.get("options")) if isinstance(body, dict) else ():
            if not entry["rules"] and part and part.get("external_task_id"):
                part["external_task_id"] = f"entry-{number}"
        asked = Asked(entry["method"], entry["path"], headers=HEADERS).saying(body)
        reply = gateway.answer(asked)
        return reply.status, reply.body["code"]

    return [(entry, answer(number, entry)) for number, entry in enumerate(ENTRIES)]


def test_what_needs_no_state_is_answered_as_the_entry_says(answered):
    others = [
        (entry["name"], got)
        for entry, got in answered
        if not entry["needs_state"]
        and not is_gone(entry)
        and got != (entry["status"], entry["code"])
    ]

    assert others == []


def test_what_is_retired_is_refused_for_that(answered):
    gone = [(entry, got) for entry, got in answered if is_gone(entry)]

    assert gone
    for entry, got in gone:
        # What breaks a rule as well may be refused for either.
        right = {(404, 1203), *([(400, 1201)] if entry["rules"] else [])}
        assert got in right, entry["name"]


def test_what_needs_state_names_something(answered):
    needing = [entry["body"] for entry, _ in answered if entry["needs_state"]]

    assert needing
    assert [body for body in needing if not re.search('_id"|"cursor"', json.dumps(body))] == []


def test_evidence_is_told_of_refusals_alone():
    for entry in ENTRIES:
        assert (entry["evidence"] is None) == (entry["code"] == 0) == (not entry["rules"])
    assert {entry["evidence"] for entry in ENTRIES} == {None, "live", "documented"}


def is_gone(entry):
    return entry["retired"] is not None and entry["retired"] <= DAY.isoformat()
