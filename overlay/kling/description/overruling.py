"""Rules that the user overrides by id. A request that breaks such a rule gets only a warning."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from kling.description.messages import UNKNOWN_FIELD, nearest
from kling.description.rules import Problem
from kling.description.spec import Spec

_MEDIA = "x-kling-media"
# `Problem.rule` is one of these if a value has a wrong type or violates a limit.
_KEYWORDS = {
    "anyOf",
    "const",
    "discriminator",
    "enum",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "oneOf",
    "pattern",
    "required",
    "type",
}


def overruled(allow: Collection[str], spec: Spec, hint: str = "") -> frozenset[str]:
    """Check that the rules with these ids exist, and return the ids as a set.

    Args:
        allow: the ids, as in `Problem.rule`. The id of advice is accepted and has no effect, so
            that a program keeps running when a later version turns a rule into advice.
        spec: the description that has the rules.
        hint: what the message about an unknown id says at its end, if no rule has a similar id. By
            default, the message says where all rules are listed.

    Raises:
        TypeError: `allow` is a single string, or one of its entries is not a string.
        ValueError: there is no rule with one of these ids.
    """
    if isinstance(allow, str) or not all(isinstance(rule, str) for rule in allow):
        raise TypeError('allow must be a set of rule ids, such as {"unknown-field"}')
    wanted = frozenset(allow)
    if wanted:
        known = {UNKNOWN_FIELD, _MEDIA, *_rule_ids(spec.document["components"]["schemas"])}
        for name in sorted(wanted - known):
            near = nearest(name, known)
            end = f"did you mean {near}?" if near else (hint or _default_hint(name))
            raise ValueError(f"there is no rule {name}; {end}")
    return wanted


def parted(
    problems: Iterable[Problem], allowed: frozenset[str]
) -> tuple[list[Problem], list[Problem]]:
    """Return the problems for which a request is refused, and those that are allowed."""
    refused: list[Problem] = []
    passed: list[Problem] = []
    for problem in problems:
        if problem.rule in allowed:
            passed.append(problem)
        else:
            refused.append(problem)
    return refused, passed


def _default_hint(name: str) -> str:
    if name in _KEYWORDS:
        return (
            f"{name} is a keyword of JSON Schema, and keywords cannot be overridden; in Python, "
            "extra= sends a value that violates a keyword"
        )
    return "docs/reference/rules.md lists all rules"


def _rule_ids(node: Any) -> Iterator[str]:
    """Yield the ids of all rules and advice below a node of the description."""
    if isinstance(node, Mapping):
        if "x-kling-rule" in node:
            yield node["x-kling-rule"]["id"]
        for advice in node.get("x-kling-advice", ()):
            yield advice["id"]
        node = node.values()
    elif not isinstance(node, list):
        return
    for inner in node:
        yield from _rule_ids(inner)
