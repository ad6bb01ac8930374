"""The kinds of faults: what each means and does, its fields, and their limits."""

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
    """A kind of fault, and the function that carries it out."""

    meaning: str
    effect: Effect
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    when: str = BEFORE
    """Whether the fault comes before or after the call is carried out.

    A plan may change it if "when" is one of the optional fields.
    """
    only_on: str = ""
    """The only calls that this fault can affect, download or callback.

    It is empty if the fault can affect every call, but no callback.
    """

    def describe(self) -> str:
        """Return the meaning and the fields of the fault; optional fields are in brackets."""
        fields = [*self.required, *(f"[{name}]" for name in self.optional)]
        return f"{self.meaning}: {', '.join(fields)}" if fields else self.meaning


CALL_FAULTS: Mapping[str, Kind[CallEffect]] = {
    "refuse": Kind(
        "a refusal with one of Kling's codes",
        effects.refused,
        ("code",),
        ("message", "status", "when"),
    ),
    "stall": Kind("no reply for some seconds", effects.stalled, ("seconds",), ("when",)),
    "hang-up": Kind("the connection closes without a reply", effects.hung_up, (), ("when",)),
    "html": Kind(
        "a gateway's HTML page instead of JSON", effects.gateway_page, (), ("status", "when")
    ),
    "empty": Kind("a reply without a body", effects.emptied, (), ("status", "when"), AFTER),
    "malformed": Kind("JSON that ends in the middle", effects.halved, (), (), AFTER),
    "cut": Kind(
        "the connection breaks after some bytes of the body", effects.cut, ("bytes",), (), AFTER
    ),
    "drip": Kind("a body that arrives slowly", effects.slowed, ("bytes_per_second",), (), AFTER),
    "expire": Kind("the file has expired", effects.file_expired, only_on=DOWNLOAD),
}
"""Every fault of a call or a download, by name."""

CALLBACK_FAULTS: Mapping[str, Kind[CallbackEffect]] = {
    "lose": Kind("a callback that never arrives", effects.lost, only_on=CALLBACK),
    "duplicate": Kind("a callback that arrives twice", effects.sent_twice, only_on=CALLBACK),
    "delay": Kind(
        "a callback that arrives late, out of order",
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
"""The minimum and maximum of each number in a plan, and whether it must be a whole number."""


def answer_with_fault(
    plan: Plan, carry_out: Callable[[], Reply], refuse: Callable[[Refused], Reply]
) -> Reply | Stall:
    """Answer a call with a fault.

    Args:
        plan: the plan of the fault.
        carry_out: carries out the call, and returns its reply. Some faults do not use it.
        refuse: turns a refusal into a reply.
    """
    return CALL_FAULTS[plan.fault].effect(FaultyCall(plan, carry_out, refuse))


def send_with_fault(
    plan: Plan,
    send: Callable[[], None],
    *,
    send_in: Callable[[float], None],
    give_up: Callable[[str], None],
) -> None:
    """Send a callback with a fault.

    Args:
        plan: the plan of the fault.
        send: sends the callback now.
        send_in: sends the callback after this many seconds.
        give_up: records why the callback is not sent.
    """
    CALLBACK_FAULTS[plan.fault].effect(FaultyCallback(plan, send, send_in, give_up))


def kinds() -> dict[str, Any]:
    """Return every fault as JSON: its meaning, the only calls it affects, and its fields."""
    return {
        name: {
            "meaning": kind.meaning,
            "only_on": kind.only_on,
            "fields": {
                field: {"needed": field in kind.required, **_limits(field)}
                for field in (*kind.required, *kind.optional)
            },
        }
        for name, kind in KINDS.items()
    }


def _limits(field: str) -> dict[str, Any]:
    if field not in NUMBERS:
        return {}
    least, most, is_whole = NUMBERS[field]
    return {"least": least, "most": most, "whole": is_whole}
