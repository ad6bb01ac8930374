"""The faults: what each means and does, the fields that it has, and their limits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from kling.mock._exchange import Refused, Reply, Stall
from kling.mock._faults import effects
from kling.mock._faults.effects import CallbackEffect, CallEffect, FaultyCall, FaultyCallback
from kling.mock._faults.plan import AFTER, BEFORE, CALLBACK, DOWNLOAD, Plan

Effect = TypeVar("Effect", CallEffect, CallbackEffect)


@dataclass(frozen=True, slots=True)
class Kind(Generic[Effect]):
    """What can go wrong, and the function that makes it go wrong."""

    meaning: str
    effect: Effect
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    when: str = BEFORE
    """Whether the call is carried out before it goes wrong, unless the plan says."""
    only_on: str = ""
    """The only calls that it can affect; empty for every call."""

    def described(self) -> str:
        """Return what it is, and the fields that it has; those in brackets may be left out."""
        fields = [*self.needs, *(f"[{name}]" for name in self.may)]
        return f"{self.meaning}: {', '.join(fields)}" if fields else self.meaning


CALL_FAULTS: Mapping[str, Kind[CallEffect]] = {
    "refuse": Kind(
        "a refusal with a code of Kling's",
        effects.refused,
        ("code",),
        ("message", "status", "when"),
    ),
    "stall": Kind("silence of some seconds", effects.stalled, ("seconds",), ("when",)),
    "hang-up": Kind("the connection closes without a reply", effects.hung_up, (), ("when",)),
    "html": Kind("a gateway's page instead of JSON", effects.gateway_page, (), ("status", "when")),
    "empty": Kind("a reply without a body", effects.emptied, (), ("status", "when"), AFTER),
    "malformed": Kind("JSON that ends in the middle", effects.halved, (), (), AFTER),
    "cut": Kind(
        "the connection breaks after some bytes of the body", effects.cut, ("bytes",), (), AFTER
    ),
    "drip": Kind("a body that comes slowly", effects.slowed, ("bytes_per_second",), (), AFTER),
    "expire": Kind("the file has expired", effects.file_expired, only_on=DOWNLOAD),
}
"""Every fault of a call or a download, by name."""

CALLBACK_FAULTS: Mapping[str, Kind[CallbackEffect]] = {
    "lose": Kind("a callback that never comes", effects.lost, only_on=CALLBACK),
    "duplicate": Kind("a callback that comes twice", effects.sent_twice, only_on=CALLBACK),
    "delay": Kind(
        "a callback that comes late, out of order",
        effects.sent_late,
        ("seconds",),
        only_on=CALLBACK,
    ),
}
"""Every fault of a callback, by name."""

KINDS: Mapping[str, Kind[CallEffect] | Kind[CallbackEffect]] = {**CALL_FAULTS, **CALLBACK_FAULTS}
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


def answer_with_fault(
    plan: Plan, carry_out: Callable[[], Reply], refuse: Callable[[Refused], Reply]
) -> Reply | Stall:
    """Answer a call as a fault wants it.

    Args:
        plan: the fault.
        carry_out: does what was asked for; by the fault's `when` it happens or does not.
        refuse: makes a reply of a refusal.
    """
    return CALL_FAULTS[plan.fault].effect(FaultyCall(plan, carry_out, refuse))


def send_with_fault(
    plan: Plan,
    send: Callable[[], None],
    *,
    send_in: Callable[[float], None],
    give_up: Callable[[str], None],
) -> None:
    """Send a callback as a fault wants it.

    Args:
        plan: the fault.
        send: sends it now.
        send_in: sends it after some seconds.
        give_up: notes why it is not sent.
    """
    CALLBACK_FAULTS[plan.fault].effect(FaultyCallback(plan, send, send_in, give_up))


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
