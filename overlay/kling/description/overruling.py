"""The rules that a user overrules by their ids."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from kling.description.messages import UNKNOWN_FIELD, nearest
from kling.description.rules import Problem
from kling.description.spec import Spec

_MEDIA = "x-kling-media"


def overruled(allow: Collection[str], spec: Spec) -> frozenset[str]:
    """Return the ids of the rules that are to let everything pass.

    Args:
        allow: ids as `Problem.rule` has them. That of advice, which refuses nothing, changes
            nothing, so that a program keeps running when a rule becomes advice.
        spec: the description that has the rules.

    Raises:
        TypeError: it is one text, or holds what is no text.
        ValueError: there is no such rule.
    """
    if isinstance(allow, str) or not all(isinstance(one, str) for one in allow):
        raise TypeError('allow is a set of ids of rules, such as {"unknown-field"}')
    wanted = frozenset(allow)
    if wanted:
        known = {UNKNOWN_FIELD, _MEDIA, *_ids(spec.document["components"]["schemas"])}
        for name in sorted(wanted - known):
            raise ValueError(f"there is no rule {name}; {_hint(name, known)}")
    return wanted


def parted(
    problems: Iterable[Problem], allowed: frozenset[str]
) -> tuple[list[Problem], list[Problem]]:
    """Return the problems that refuse a request, and those whose rules are overruled."""
    found = list(problems)
    passed = [one for one in found if one.rule in allowed]
    return [one for one in found if one.rule not in allowed], passed


def _hint(name: str, known: set[str]) -> str:
    if near := nearest(name, known):
        return f"did you mean {near}?"
    if "." not in name:
        return "of a plain violation, such as enum or maxLength, extra= lets a value pass"
    return "each problem names its rule in brackets, and generated/rules.txt lists all"


def _ids(node: Any) -> Iterator[str]:
    """Yield the ids of rules and advice, however deep."""
    if isinstance(node, Mapping):
        if "x-kling-rule" in node:
            yield node["x-kling-rule"]["id"]
        for advice in node.get("x-kling-advice", ()):
            yield advice["id"]
        node = node.values()
    elif not isinstance(node, list):
        return
    for inner in node:
        yield from _ids(inner)
