"""The ledger of facts and the description know of each other, both ways."""

import re
from pathlib import Path
from typing import Any

import pytest
from kling.description import load

from scripts.build import bundle

DOCUMENT = load().document
LEDGER = bundle.load(Path(__file__).parents[2] / "openapi" / "coverage.yaml")
FACTS = [(name, fact) for group in LEDGER.values() for name, fact in group.items()]
RULES = {holder["x-kling-rule"]["id"] for holder in bundle.holders(DOCUMENT, "x-kling-rule")}
ADVICE = {
    advice["id"]
    for holder in bundle.holders(DOCUMENT, "x-kling-advice")
    for advice in holder["x-kling-advice"]
}
OUTCOMES = {"rule", "advice", "implied-by", "schema", "unchecked"}
PREFIXES = sorted({name.rpartition("-")[0] for name, _ in FACTS if name[-1].isdigit()})

every_fact = pytest.mark.parametrize("fact", [pytest.param(fact, id=name) for name, fact in FACTS])


@every_fact
def test_a_fact_says_what_it_is_and_what_became_of_it(fact: dict[str, Any]) -> None:
    assert len(fact["fact"].split()) > 1
    assert fact.keys() - {"fact"} <= OUTCOMES
    assert [key for key in fact if key in OUTCOMES and fact[key]]


@every_fact
def test_what_a_fact_points_to_exists(fact: dict[str, Any]) -> None:
    assert {*fact.get("rule", ()), *fact.get("implied-by", ())} <= RULES
    assert {*fact.get("advice", ())} <= ADVICE
    for pointer in fact.get("schema", ()):
        node = DOCUMENT
        for step in pointer.removeprefix("/").split("/"):
            step = step.replace("~1", "/")
            assert step in node, f"{pointer} ends before {step}"
            node = node[step]


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_rule_comes_from_a_fact(rule: str) -> None:
    assert rule in {rule for _, fact in FACTS for rule in fact.get("rule", ())}


@pytest.mark.parametrize("advice", sorted(ADVICE))
def test_advice_comes_from_a_fact(advice: str) -> None:
    assert advice in {advice for _, fact in FACTS for advice in fact.get("advice", ())}


@pytest.mark.parametrize("prefix", PREFIXES)
def test_numbered_facts_run_without_gaps(prefix: str) -> None:
    numbers = [int(n[1]) for name, _ in FACTS if (n := re.fullmatch(rf"{prefix}-(\d+)", name))]
    assert numbers == list(range(1, len(numbers) + 1))
