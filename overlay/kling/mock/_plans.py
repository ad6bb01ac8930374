"""What is planned: lives of tasks to come, and faults; one form for Python, HTTP and files."""

import random
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from kling._spec import Spec

BEFORE, AFTER = "before", "after"
DOWNLOAD, CALLBACK, ANY = "download", "callback", "any"


@dataclass(frozen=True, slots=True)
class _Kind:
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


KINDS: Mapping[str, _Kind] = {
    "refuse": _Kind("a refusal with a code of Kling's", ("code",), ("message", "status", "when")),
    "stall": _Kind("silence of some seconds", ("seconds",), ("when",)),
    "hang-up": _Kind("the connection closes without a reply", (), ("when",)),
    "html": _Kind("a gateway's page instead of JSON", (), ("status", "when")),
    "empty": _Kind("a reply without a body", (), ("status", "when"), AFTER),
    "malformed": _Kind("JSON that ends in the middle", (), (), AFTER),
    "cut": _Kind("the connection breaks after some bytes of the body", ("bytes",), (), AFTER),
    "drip": _Kind("a body that comes slowly", ("bytes_per_second",), (), AFTER),
    "expire": _Kind("the file is gone, as after its 30 days", only_on=DOWNLOAD),
    "lose": _Kind("a callback that never comes", only_on=CALLBACK),
    "duplicate": _Kind("a callback that comes twice", only_on=CALLBACK),
    "delay": _Kind("a callback that comes late, out of order", ("seconds",), only_on=CALLBACK),
}
"""Every fault, by name."""

# Least and most of each number, and whether it is whole.
_NUMBERS = {
    "code": (0, 10**9, True),
    "status": (200, 599, True),
    "seconds": (0, 10**9, False),
    "bytes": (0, 10**9, True),
    "bytes_per_second": (1, 10**9, False),
    "times": (1, 10**9, True),
}


@dataclass(slots=True)
class Plan:
    """One thing that is to happen, once or more often.

    Either `statuses` are the life of a task to come, or `fault` names one of KINDS.
    """

    statuses: Sequence[str] = ()
    """What the task goes through, in order, in Kling's words; the last one stays."""
    begins: Sequence[float] = ()
    """The age in seconds at which each status begins; as usual if empty."""
    message: str = ""
    """Why the task fails; or the message of a refusal."""
    fault: str = ""
    on: str = ""
    """What it befalls: create, get, list, update, delete, download, callback, any, or an
    operationId. By default create; for a fault of files or callbacks those."""
    when: str = ""
    """before or after the call was carried out, a task made."""
    code: int | None = None
    """Kling's code."""
    status: int | None = None
    """HTTP status."""
    seconds: float = 0
    bytes: int = 0
    bytes_per_second: float = 0
    times: int | None = 1
    """How often it happens; None for always."""
    share: float = 1.0
    """Which part of the calls it befalls, by a random number from a fixed seed."""

    def shown(self) -> dict[str, Any]:
        """Return it as JSON, without what it leaves out."""
        empty = Plan()
        values = ((field.name, getattr(self, field.name)) for field in fields(self))
        kept = {name: value for name, value in values if value != getattr(empty, name)}
        return kept | {"times": self.times}


class Plans:
    """What is planned, in order."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._pending: list[Plan] = []
        self._random = random.Random(0)  # noqa: S311 (chance, not secrecy)
        self._lock = threading.Lock()

    def add(self, wanted: Iterable[Mapping[str, Any]]) -> None:
        """Plan all of it, or, if anything is wrong, nothing.

        Raises:
            ValueError: what is wrong, and what would be right.
        """
        wanted = list(wanted)
        plans = []
        for number, one in enumerate(wanted, start=1):
            try:
                plans.append(self._plan(one))
            except ValueError as error:
                which = f"plan {number}: " if len(wanted) > 1 else ""
                raise ValueError(f"{which}{error}") from None
        self._pending += plans

    def life(self) -> Plan | None:
        """Take the life that is planned for the next task."""
        return self._take(lambda plan: not plan.fault)

    def fault(self, *names: str) -> Plan | None:
        """Take the fault that is planned for a call of one of these names."""
        if not self._pending:
            return None
        return self._take(lambda plan: bool(plan.fault) and plan.on in names)

    def pending(self) -> list[Plan]:
        """Return what is still to happen."""
        return list(self._pending)

    def clear(self) -> None:
        """Forget all of it."""
        self._pending.clear()

    def _take(self, fits: Any) -> Plan | None:
        with self._lock:
            for index, plan in enumerate(self._pending):
                if fits(plan) and (plan.share >= 1 or self._random.random() < plan.share):
                    if plan.times is not None:
                        plan.times -= 1
                        if not plan.times:
                            del self._pending[index]
                    return plan
            return None

    def _plan(self, wanted: Mapping[str, Any]) -> Plan:
        if not isinstance(wanted, Mapping):
            raise ValueError('a plan is an object, such as {"fault": "stall", "seconds": 30}')
        known = [field.name for field in fields(Plan)]
        for name, value in wanted.items():
            if name not in known:
                raise ValueError(f"{name} is no field of a plan; those are {', '.join(known)}")
            _check_type(name, value)
        plan = Plan(**wanted)
        if plan.fault:
            self._check_fault(plan, wanted)
        else:
            self._check_life(plan, wanted)
        return plan

    def _check_life(self, plan: Plan, wanted: Mapping[str, Any]) -> None:
        for name in wanted.keys() - {"statuses", "begins", "message", "times", "share"}:
            raise ValueError(f"{name} needs a fault beside it; those are {', '.join(KINDS)}")
        known = self._spec.schemas["TaskStatus"]["enum"]
        for status in plan.statuses:
            if status not in known:
                raise ValueError(f"{status} is no status; those are {', '.join(known)}")
        if not plan.statuses:
            raise ValueError("a life has at least one status; or name a fault")
        begins = list(plan.begins)
        if begins and (len(begins) != len(plan.statuses) or begins != sorted(begins)):
            raise ValueError("begins has a number of seconds for each status, in order")

    def _check_fault(self, plan: Plan, wanted: Mapping[str, Any]) -> None:
        kind = KINDS.get(plan.fault)
        if kind is None:
            raise ValueError(f"{plan.fault} is no fault; those are {', '.join(KINDS)}")
        for name in kind.needs:
            if name not in wanted:
                raise ValueError(f"the fault {plan.fault} needs {name}")
        allowed = {"fault", "on", "times", "share", *kind.needs, *kind.may}
        for name in wanted.keys() - allowed:
            raise ValueError(f"the fault {plan.fault} has no {name}")
        plan.on = plan.on or kind.only_on or "create"
        plan.when = plan.when or kind.when
        if kind.only_on and plan.on != kind.only_on:
            raise ValueError(f"the fault {plan.fault} is for on: {kind.only_on}")
        if plan.on == CALLBACK and not kind.only_on:
            raise ValueError(f"the fault {plan.fault} is for calls, not for callbacks")
        verbs = dict.fromkeys(one.verb for one in self._spec.operations.values())
        places = [*verbs, DOWNLOAD, CALLBACK, ANY]
        if plan.on not in places and plan.on not in self._spec.operations:
            raise ValueError(f"on is {', '.join(places)} or an operationId, not {plan.on}")
        if plan.when not in (BEFORE, AFTER, ""):
            raise ValueError(f"when is {BEFORE} or {AFTER}, not {plan.when}")
        if plan.code is not None and plan.code not in self._spec.errors:
            codes = ", ".join(map(str, self._spec.errors))
            raise ValueError(f"{plan.code} is no code of Kling's; those are {codes}")


def _check_type(name: str, value: Any) -> None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if name in ("statuses", "begins"):
        inner = str if name == "statuses" else int | float
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise ValueError(f"{name} is a list")
        if not all(isinstance(one, inner) for one in value):
            raise ValueError(f"{name} is a list of {'texts' if inner is str else 'numbers'}")
    elif name == "share":
        if not number or not 0 < value <= 1:
            raise ValueError("share is a number above 0, and 1 at most")
    elif name in _NUMBERS:
        if name == "times" and value is None:
            return
        least, most, whole = _NUMBERS[name]
        if not number or not least <= value <= most or (whole and not isinstance(value, int)):
            raise ValueError(f"{name} is a {'whole ' * whole}number from {least} to {most}")
    elif not isinstance(value, str):
        raise ValueError(f"{name} is a text")
