"""The faults: what each means, the fields that it has, and their limits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

BEFORE, AFTER = "before", "after"
DOWNLOAD, CALLBACK, ANY = "download", "callback", "any"


@dataclass(frozen=True, slots=True)
class Kind:
    """What can go wrong."""

    meaning: str
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    when: str = BEFORE
    """Whether the call is carried out before it goes wrong, unless the plan says."""
    only_on: str = ""
    """What alone it can befall; empty for every call."""

    def described(self) -> str:
        """Return what it is, and the fields that it has; those in brackets may be left out."""
        fields = [*self.needs, *(f"[{name}]" for name in self.may)]
        return f"{self.meaning}: {', '.join(fields)}" if fields else self.meaning


KINDS: Mapping[str, Kind] = {
    "refuse": Kind("a refusal with a code of Kling's", ("code",), ("message", "status", "when")),
    "stall": Kind("silence of some seconds", ("seconds",), ("when",)),
    "hang-up": Kind("the connection closes without a reply", (), ("when",)),
    "html": Kind("a gateway's page instead of JSON", (), ("status", "when")),
    "empty": Kind("a reply without a body", (), ("status", "when"), AFTER),
    "malformed": Kind("JSON that ends in the middle", (), (), AFTER),
    "cut": Kind("the connection breaks after some bytes of the body", ("bytes",), (), AFTER),
    "drip": Kind("a body that comes slowly", ("bytes_per_second",), (), AFTER),
    "expire": Kind("the file has expired", only_on=DOWNLOAD),
    "lose": Kind("a callback that never comes", only_on=CALLBACK),
    "duplicate": Kind("a callback that comes twice", only_on=CALLBACK),
    "delay": Kind("a callback that comes late, out of order", ("seconds",), only_on=CALLBACK),
}
"""Every fault, by name."""

NUMBERS: Mapping[str, tuple[int, int, bool]] = {
    "code": (0, 10**9, True),
    "status": (200, 599, True),
    "seconds": (0, 10**9, False),
    "bytes": (0, 10**9, True),
    "bytes_per_second": (1, 10**9, False),
    "begins": (0, 10**9, False),
    "times": (1, 10**9, True),
}
"""Least and most of each number of a plan, and whether it is whole."""


def kinds() -> dict[str, Any]:
    """Return every fault as JSON: what it means, where it belongs, and its fields with limits."""
    return {
        name: {
            "meaning": kind.meaning,
            "only_on": kind.only_on,
            "fields": {
                field: {"needed": field in kind.needs, **_limits(field)}
                for field in (*kind.needs, *kind.may)
            },
        }
        for name, kind in KINDS.items()
    }


def _limits(field: str) -> dict[str, Any]:
    return dict(zip(("least", "most", "whole"), NUMBERS.get(field, ()), strict=False))
