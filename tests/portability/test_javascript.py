"""JavaScript: a client with nothing but what Node brings, and the rules in the hands of ajv."""

import json
import shutil
from pathlib import Path

import jsonschema_rs

from scripts.publish.node_tools import node

PROGRAMS = Path(__file__).with_name("javascript")


def test_a_client_creates_hears_polls_and_downloads(mock_process, run):
    mock = mock_process("--as-of", "2026-03-01", "--speed", "100")

    said = json.loads(run(node(), PROGRAMS / "client.mjs", mock.url, "mock-api-key"))

    assert said.pop("size") > 1000
    assert said == {
        "status": "succeed",
        "heard": ["submitted", "processing", "succeed"],
        "kind": "ftyp",
    }


def test_ajv_judges_every_body_as_python_does(spec, run, workshop):
    names = ("kling-openapi.json", "rules.json", "fixtures.json")
    description, rules, fixtures = (json.loads((spec / name).read_text("utf-8")) for name in names)
    program = shutil.copy(PROGRAMS / "judge.mjs", workshop)

    said = list(map(json.loads, run(node(), program, *(spec / n for n in names)).splitlines()))

    judge = Judge(description, rules)
    differ = [
        (case["name"], theirs, ours)
        for case, theirs in zip(fixtures, said, strict=True)
        if theirs != (ours := judge(case["request"], case["canonical"]))
    ]
    assert differ == []
    # What both say is also what the writer of the body meant.
    checks = {rule["id"] for rule in rules if rule["kind"] == "check"}
    for case, verdict in zip(fixtures, said, strict=True):
        assert verdict["valid"] == (set(case["rules"]) <= checks), case["name"]
        if all("." in rule for rule in case["rules"]):
            assert set(verdict["rules"]) == set(case["rules"]) - checks, case["name"]


class Judge:
    """The same in Python."""

    def __init__(self, description, rules):
        self._components = description["components"]
        self._requests = {}
        self._rules = [
            (rule["id"], rule["request"], jsonschema_rs.validator_for(rule["schema"]))
            for rule in rules
            if rule["kind"] == "schema"
        ]

    def __call__(self, request, body):
        if request not in self._requests:
            schema = {"$ref": f"#/components/schemas/{request}", "components": self._components}
            self._requests[request] = jsonschema_rs.Draft202012Validator(schema)
        broken = {
            name
            for name, place, rule in self._rules
            if place == request and not rule.is_valid(body)
        }
        return {"valid": self._requests[request].is_valid(body), "rules": sorted(broken)}
