"""The plans that have not been used up.

A plan is either a life, which says how a future task proceeds, or a fault of a future call.
"""

import random
import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kling.description import Spec
from kling.mock._faults.fault_kinds import KINDS, NUMBERS
from kling.mock._faults.plan import (
    AFTER,
    ANY,
    BEFORE,
    CALLBACK,
    DOWNLOAD,
    FIELDS,
    LIFE_FIELDS,
    Plan,
)
from kling.mock._faults.planned_results import check_results

# Replies with these statuses never have a body.
_STATUSES_WITHOUT_BODY = (204, 304)
# The current standard and all clients say "succeeded"; /v1 says "succeed".
_V1_STATUS = {"succeeded": "succeed"}


class Plans:
    """The plans, in order."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._pending: list[Plan] = []
        self._lock = threading.Lock()
        self.clear()

    def add(self, given: Iterable[Mapping[str, Any]]) -> None:
        """Add all of the plans, or none of them if one is wrong.

        Raises:
            ValueError: a plan is wrong; the message says what would be right.
        """
        given = list(given)
        plans = []
        for number, fields in enumerate(given, start=1):
            try:
                plans.append(self._checked(fields))
            except ValueError as error:
                where = f"plan {number}: " if len(given) > 1 else ""
                raise ValueError(f"{where}{error}") from None
        with self._lock:
            self._pending += plans

    def take_life(self) -> Plan | None:
        """Return the life that is planned for the next task, and count it as used once.

        None if no life is planned.
        """
        return self._take(lambda plan: not plan.fault)

    def take_fault(self, *names: str) -> Plan | None:
        """Return the fault that is planned for a call with one of these names; count it as used.

        None if no fault is planned for this call.
        """
        if not self._pending:
            return None
        return self._take(lambda plan: bool(plan.fault) and plan.on in names)

    def pending(self) -> list[Plan]:
        """Return the plans that are not used up."""
        with self._lock:
            return list(self._pending)

    def clear(self) -> None:
        """Forget all plans, and seed the random numbers again."""
        with self._lock:
            self._pending.clear()
            self._random = random.Random(0)  # noqa: S311 (faults at random, not secrets)

    def _take(self, fits: Any) -> Plan | None:
        """Return the first plan that fits, and count it as used once.

        A plan for a share of the calls is passed over for the other calls.
        """
        with self._lock:
            for index, plan in enumerate(self._pending):
                if fits(plan) and (plan.share >= 1 or self._random.random() < plan.share):
                    if plan.times is not None:
                        plan.times -= 1
                        if not plan.times:
                            del self._pending[index]
                    return plan
            return None

    def _checked(self, given: Mapping[str, Any]) -> Plan:
        if not isinstance(given, Mapping):
            raise ValueError('a plan must be an object, such as {"fault": "stall", "seconds": 30}')
        for name, value in given.items():
            if name not in FIELDS:
                raise ValueError(f"a plan has no field {name}; its fields are {', '.join(FIELDS)}")
            _check_type(name, value)
        plan = Plan(**given)
        if plan.fault:
            self._check_fault(plan, given)
        else:
            self._check_life(plan, given)
        return plan

    def _check_life(self, plan: Plan, given: Mapping[str, Any]) -> None:
        for name in given.keys() - {*LIFE_FIELDS, "message", "times", "share"}:
            faults = ", ".join(KINDS)
            raise ValueError(
                f"{name} is only for plans with a fault: add the field fault, with one of {faults}"
            )
        plan.statuses = [status_of(self._spec, status) for status in plan.statuses] or ()
        check_results(self._spec, plan.results, plan.task_info)
        if not plan.statuses and not plan.results and not plan.task_info:
            raise ValueError("a plan needs at least one of statuses, results, task_info or fault")
        begins = list(plan.begins)
        if begins and (len(begins) != len(plan.statuses) or begins != sorted(begins)):
            raise ValueError(
                "begins must list one number of seconds for each status, in ascending order"
            )

    def _check_fault(self, plan: Plan, given: Mapping[str, Any]) -> None:
        kind = KINDS.get(plan.fault)
        if kind is None:
            raise ValueError(f"{plan.fault} is not a fault; the faults are {', '.join(KINDS)}")
        for name in kind.required:
            if name not in given:
                raise ValueError(f"the fault {plan.fault} needs the field {name}")
        allowed = ["fault", "on", "times", "share", *kind.required, *kind.optional]
        for name in given.keys() - {*allowed}:
            known = ", ".join(allowed)
            raise ValueError(f"the fault {plan.fault} has no field {name}; its fields are {known}")
        plan.on = plan.on or kind.only_on or "create"
        plan.when = plan.when or kind.when
        if kind.only_on and plan.on != kind.only_on:
            raise ValueError(f"on must be {kind.only_on} for the fault {plan.fault}, not {plan.on}")
        if plan.on == CALLBACK and not kind.only_on:
            raise ValueError(
                f"on must not be {CALLBACK}: the fault {plan.fault} affects only calls"
            )
        verbs = dict.fromkeys(operation.verb for operation in self._spec.operations.values())
        calls = [*verbs, DOWNLOAD, CALLBACK, ANY]
        if plan.on not in calls and plan.on not in self._spec.operations:
            raise ValueError(f"on must be {', '.join(calls)} or an operationId, not {plan.on}")
        if plan.when not in (BEFORE, AFTER, ""):
            raise ValueError(f"when must be {BEFORE} or {AFTER}, not {plan.when}")
        if plan.code is not None and plan.code not in self._spec.errors:
            codes = ", ".join(map(str, self._spec.errors))
            raise ValueError(f"{plan.code} is not one of Kling's error codes, which are {codes}")
        if plan.status in _STATUSES_WITHOUT_BODY and plan.fault != "empty":
            raise ValueError(f"a reply with status {plan.status} has no body; use the fault empty")


def status_of(spec: Spec, word: str) -> str:
    """Return a status of either standard as /v1 writes it, because tasks are stored in this form.

    Raises:
        ValueError: neither standard has this status.
    """
    status = _V1_STATUS.get(word, word)
    known = spec.schemas["TaskStatus"]["enum"]
    if status not in known:
        raise ValueError(f"{word} is not a status; the statuses are {', '.join(known)}")
    return status


def _check_type(name: str, value: Any) -> None:
    if name in LIFE_FIELDS:
        _check_type_of_life(name, value)
    elif name == "share":
        if not _is_number(value) or not 0 < value <= 1:
            raise ValueError("share must be a number above 0 and at most 1")
    elif name in NUMBERS:
        if name != "times" or value is not None:  # times may be null, which means every time
            _check_number(name, value, NUMBERS[name])
    elif not isinstance(value, str) or any("\ud800" <= char <= "\udfff" for char in value):
        # A lone surrogate is not a character, and cannot be encoded.
        raise ValueError(f"{name} must be a string")


def _check_type_of_life(name: str, value: Any) -> None:
    if name != "task_info":  # `check_results` checks task_info, and the entries of results
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise ValueError(f"{name} must be a list")
        for entry in value:
            if name == "begins":
                _check_number(f"each of {name}", entry, NUMBERS[name])
            elif name == "statuses" and not isinstance(entry, str):
                raise ValueError(f"{name} must be a list of strings")


def _check_number(name: str, value: Any, limits: tuple[int, int, bool]) -> None:
    least, most, is_whole = limits
    fits = _is_number(value) and least <= value <= most
    if not fits or (is_whole and not isinstance(value, int)):
        kind = "whole number" if is_whole else "number"
        raise ValueError(f"{name} must be a {kind} from {least} to {most}")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
