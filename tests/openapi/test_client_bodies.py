"""What public clients send passes, or is refused for a reason that somebody witnessed.

The bodies are in `openapi/fixtures/clients.yaml`, whose head explains its form.
"""

import warnings
from pathlib import Path
from typing import Any

import kling
from every_slip import for_each
from kling.description import load

from scripts.build import bundle
from scripts.build.rule_fixtures import bodies

FOLDER = Path(__file__).parents[2] / "openapi" / "fixtures"
CLIENTS: dict[str, Any] = bundle.load(FOLDER / "clients.yaml")
EVIDENCE = {
    holder["x-kling-rule"]["id"]: holder["x-kling-rule"].get("evidence")
    for holder in bundle.holders(load().document, "x-kling-rule")
}
CLOSED = {"createMultiImageToVideoTask"}
"""Operations that Kling refuses as a whole, whatever the body."""
ENTRIES = [
    {**entry, "name": f"{client}: {entry['name']}"}
    for client, file in CLIENTS.items()
    for entry in file["bodies"]
]
every_entry = for_each(ENTRIES, lambda entry: entry["name"])


@every_entry
def test_a_body_is_refused_by_what_has_a_witness_and_by_nothing_else(entry: dict[str, Any]) -> None:
    expected = {*entry.get("refused", ()), *entry.get("guard", ())}
    for body in bodies(entry["body"]):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", kling.KlingWarning)
            problems = kling.validate_body(entry["operation"], body)
        assert {problem.rule for problem in problems} == expected, body


@every_entry
def test_a_refusal_names_its_witness(entry: dict[str, Any]) -> None:
    refused = entry.get("refused", {})
    for rule, witness in refused.items():
        assert witness.startswith(("live: ", "documented: "))
        # A plain violation, such as of an enum, is no rule and has no evidence of its own.
        assert EVIDENCE.get(rule, "documented") in {"live", "documented"}, rule
    if entry.get("known") == "accepted":
        assert not refused
    if entry.get("known") == "refused" and entry["operation"] not in CLOSED:
        assert refused


def test_only_unknown_fields_are_refused_as_a_guard() -> None:
    guards = {rule for entry in ENTRIES for rule in entry.get("guard", ())}
    assert guards == {"unknown-field"}
