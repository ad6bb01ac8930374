"""Collect all that is wrong before a test fails, so that one run tells the whole of it."""

from collections.abc import Iterable
from typing import Any

import pytest


def fail_with(slips: Iterable[str]) -> None:
    """Fail with a line for each slip; pass if there is no slip."""
    if lines := list(slips):
        pytest.fail("\n".join([f"{len(lines)} wrong:", *lines]), pytrace=False)


def differing(name: str, pairs: dict[str, tuple[Any, Any]]) -> Iterable[str]:
    """Yield a line for each of (expected, found) by what it is about, where the two differ."""
    for what, (expected, found) in pairs.items():
        if expected != found:
            yield f"{name}: {what}: expected {_shown(expected)}, found {_shown(found)}"


def verdict(accepted: bool) -> str:
    """Return the word for what a validator says of a body."""
    return "accepted" if accepted else "refused"


def _shown(value: Any) -> str:
    if isinstance(value, set | list):
        return ", ".join(sorted(map(str, value))) or "nothing"
    return str(value)
