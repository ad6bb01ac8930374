"""The ledger of facts and the description know of each other, both ways."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from every_slip import fail_with
from kling.description import load, meant

from scripts.build import bundle

DOCUMENT = load().document
LEDGER = bundle.load(Path(__file__).parents[2] / "openapi" / "coverage.yaml")
del LEDGER["products"]  # test_products.py is about those
FACTS = [(name, fact) for group in LEDGER.values() for name, fact in group.items()]
RULES = {holder["x-kling-rule"]["id"] for holder in bundle.holders(DOCUMENT, "x-kling-rule")}
ADVICE = {
    advice["id"]
    for holder in bundle.holders(DOCUMENT, "x-kling-advice")
    for advice in holder["x-kling-advice"]
}
OUTCOMES = {"rule", "advice", "implied-by", "schema", "unchecked"}
PREFIXES = sorted({name.rpartition("-")[0] for name, _ in FACTS if name[-1].isdigit()})
FILE = "openapi/coverage.yaml"

every_group = pytest.mark.parametrize("group", LEDGER)


@every_group
def test_each_fact_says_what_it_is_and_what_became_of_it(group: str) -> None:
    fail_with(
        f"{FILE}: {name}: {slip}" for name, fact in LEDGER[group].items() for slip in unsaid(fact)
    )


def unsaid(fact: dict[str, Any]) -> Iterator[str]:
    """Yield a sentence for each thing that a fact should say otherwise."""
    if len(str(fact.get("fact", "")).split()) < 2:
        yield "say under fact what the sources say"
    for key in sorted(fact.keys() - OUTCOMES - {"fact"}):
        yield f"{key} is none of fact, {', '.join(sorted(OUTCOMES))}"
    if not [key for key in fact if key in OUTCOMES and fact[key]]:
        yield f"say what became of it, under one of {', '.join(sorted(OUTCOMES))}"


@every_group
def test_what_a_fact_points_to_exists(group: str) -> None:
    fail_with(
        f"{FILE}: {name}: {missing}"
        for name, fact in LEDGER[group].items()
        for missing in dead_ends(fact)
    )


def dead_ends(fact: dict[str, Any]) -> Iterator[str]:
    """Yield a sentence for each id and each pointer of a fact that leads nowhere."""
    for key, known in {"rule": RULES, "implied-by": RULES, "advice": ADVICE}.items():
        for name in sorted({*fact.get(key, ())} - known):
            kind = "advice" if key == "advice" else "rule"
            yield f"{name} is no {kind} of the description; {meant(name, sorted(known), RULE_LIST)}"
    for pointer in fact.get("schema", ()):
        node = DOCUMENT
        for step in pointer.removeprefix("/").split("/"):
            step = step.replace("~1", "/")
            if step not in node:
                yield f"{pointer} ends before {step}"
                break
            node = node[step]


RULE_LIST = "generated/rules.txt lists all"
every_slug = pytest.mark.parametrize(
    "slug", sorted({name.partition(".")[0] for name in RULES | ADVICE})
)


@every_slug
def test_each_rule_and_each_advice_comes_from_a_fact(slug: str) -> None:
    fail_with(
        f"{name}: add to {FILE} the fact of the sources that it comes from, with "
        f"{key}: [{name}]; a neighbour there shows how"
        for key, names in {"rule": RULES, "advice": ADVICE}.items()
        for name in sorted(names)
        if name.partition(".")[0] == slug
        and name not in {one for _, fact in FACTS for one in fact.get(key, ())}
    )


@pytest.mark.parametrize("prefix", PREFIXES)
def test_numbered_facts_run_without_gaps(prefix: str) -> None:
    numbers = [int(n[1]) for name, _ in FACTS if (n := re.fullmatch(rf"{prefix}-(\d+)", name))]
    assert numbers == list(range(1, len(numbers) + 1)), f"{FILE}: number {prefix}- from 1 on"
