"""The request bodies that a check sends.

They are the bodies of fixtures.json and the examples of the description, with new ids for each run.
"""

import itertools
import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from kling.description import Document, Operation, Rules, Spec

EXTERNAL_ID = "external_task_id"


@cache
def fixtures() -> list[Document]:
    """Return the entries of fixtures.json, which `make generate` writes."""
    text = (files("kling_api") / "fixtures.json").read_text(encoding="utf-8")
    found: list[Document] = json.loads(text)
    return found


@cache
def _fixtures_by_operation() -> dict[str, list[Document]]:
    found: dict[str, list[Document]] = {}
    for entry in fixtures():
        found.setdefault(entry["operation"], []).append(entry)
    return found


@dataclass(frozen=True, slots=True)
class Case:
    """A body to send, and what is known about it."""

    name: str
    operation: Operation
    body: Any
    rules: tuple[str, ...] = ()
    """The rules that it breaks; empty if it is valid."""
    is_sure_refusal: bool = False
    """Whether Kling surely refuses it, so that sending it costs nothing.

    A recorded request shows that, or no conversion can make it valid.
    """
    needs_state: bool = False
    """Whether it names something that an earlier request must have made, such as a session."""


class Bodies:
    """The bodies for one server.

    Args:
        spec: the description that the server is compared with.
        run: the text with which all ids of this run begin.
        as_of: the date that decides which models are retired.
    """

    def __init__(self, spec: Spec, run: str, as_of: date) -> None:
        self._spec = spec
        self._run = run
        self._as_of = as_of
        self._numbers = itertools.count(1)

    def refused(self, operation: Operation) -> Iterator[Case]:
        """Yield the bodies of an operation that break rules of this description."""
        for case in self._cases(operation, refused=True):
            broken = {problem.rule for problem in self.problems(operation, case.body)}
            # A dialect (a variant of the API) may lack some of the rules. Then it allows the body.
            if broken == set(case.rules):
                yield case

    def count_refused(self, operation: Operation) -> int:
        """Return how many bodies break rules, including rules that a dialect does not have."""
        return sum(1 for _ in self._cases(operation, refused=True))

    def accepted(self, operation: Operation) -> Iterator[Case]:
        """Yield the bodies that break no rule: the examples, then the fixtures without advice.

        Advice is a warning about a valid body, such as about a field that Kling ignores.
        """
        cases = [*self.examples(operation), *self._cases(operation, refused=False)]
        return (case for case in cases if self._breaks_nothing(operation, case.body))

    def valid(self, operation: Operation) -> list[Case]:
        """Return the bodies that break no rule and use nothing that Kling has withdrawn."""
        accepted = self.accepted(operation)
        return [case for case in accepted if not self.withdrawal(operation, case.body)]

    def examples(self, operation: Operation) -> Iterator[Case]:
        """Yield the examples of the description for an operation."""
        content = operation.node.get("requestBody", {}).get("content", {})
        shown = content.get("application/json", {}).get("examples", {})
        for name, example in shown.items():
            yield Case(f"{operation.id}: example {name}", operation, deepcopy(example["value"]))

    def problems(self, operation: Operation, body: Any) -> list[Any]:
        """Return the problems that remain in a body after Kling's conversions."""
        return self._rules_of(operation).problems(self.converted(operation, body))

    def converted(self, operation: Operation, body: Any) -> Any:
        """Return a body with the conversions that Kling makes, such as "5" to 5."""
        return self._rules_of(operation).canonical(body)[0]

    def well_formed(self, operation: Operation, body: Any) -> Any:
        """Return a body with Kling's conversions; None if it violates the types or limits."""
        converted = self.converted(operation, body)
        problems = self._rules_of(operation).problems(converted)
        # The id of a rule contains a point. All other problems are about types and limits.
        has_only_rules = all("." in problem.rule for problem in problems)
        return converted if has_only_rules else None

    def withdrawal(self, operation: Operation, body: Any) -> str:
        """Say which withdrawn value or operation a body uses; empty if it uses neither."""
        if operation.closed and operation.closed <= self._as_of:
            return f"closed on {operation.closed}"
        converted = self.converted(operation, body)
        if operation.request and isinstance(converted, Mapping):
            for field, value, day in self._spec.retirements(operation.request, converted):
                if day <= self._as_of:
                    return f"{field} {value}, retired on {day}"
        return ""

    def fresh_id(self) -> str:
        """Return an external_task_id that was never used."""
        return f"{self._run}-{next(self._numbers)}"

    def with_new_id(self, operation: Operation, body: Any, *, add: bool) -> Any:
        """Return a copy of a body with a new external_task_id.

        The new id is at least as long as the old one, because some bodies test the longest id.

        Args:
            operation: the operation to which the body is sent.
            body: the body, which is not changed.
            add: whether a body without an id gets one.
        """
        holder = self.id_holder(operation)
        if holder is None or not isinstance(body, Mapping):
            return body
        changed = deepcopy(dict(body))
        if add and holder:
            changed.setdefault(holder, {})
        inner = changed.get(holder) if holder else changed
        if isinstance(inner, dict):
            old = inner.get(EXTERNAL_ID)
            has_id = isinstance(old, str) and bool(old.strip())
            # A blank id, or one of a wrong type, stays, because the body may test it.
            if has_id or (add and old is None):
                inner[EXTERNAL_ID] = self.fresh_id().ljust(len(old or ""), "x")
        return changed

    def own_id(self, operation: Operation, body: Any) -> str:
        """Return the external_task_id of a body; empty if it has no such id."""
        holder = self.id_holder(operation)
        if holder is None or not isinstance(body, Mapping):
            return ""
        inner = body.get(holder) if holder else body
        given = inner.get(EXTERNAL_ID) if isinstance(inner, Mapping) else ""
        return given if isinstance(given, str) else ""

    def id_holder(self, operation: Operation) -> str | None:
        """Return the field whose object has the external_task_id.

        "" means the body itself; None means that the operation has no external_task_id.
        """
        if not operation.request:
            return None
        properties = self._spec.schemas[operation.request]["properties"]
        if EXTERNAL_ID in properties:
            return ""
        options = self._spec.resolve(properties.get("options", {}))
        return "options" if EXTERNAL_ID in options.get("properties", {}) else None

    def _breaks_nothing(self, operation: Operation, body: Any) -> bool:
        return self._rules_of(operation).are_kept_by(self.converted(operation, body))

    def _rules_of(self, operation: Operation) -> Rules:
        return _rules(self._spec, str(operation.request))

    def _cases(self, operation: Operation, *, refused: bool) -> Iterator[Case]:
        """Yield the fixtures without advice: those that break rules, or those that break none.

        Args:
            operation: the operation of the fixtures.
            refused: whether to yield those that break rules.
        """
        for entry in _fixtures_by_operation().get(operation.id, ()):
            rules = tuple(entry["rules"])
            if bool(rules) == refused and not entry["advice"]:
                yield Case(
                    entry["name"],
                    operation,
                    entry["body"],
                    rules,
                    is_sure_refusal=entry["evidence"] == "live",
                    needs_state=entry["needs_state"],
                )


@lru_cache(maxsize=1024)
def _rules(spec: Spec, request: str) -> Rules:
    # Compiling the rules is slow. The cache keeps them for the next check.
    return Rules(spec, {"$ref": f"#/components/schemas/{request}"})


def has_id_of_earlier_call(body: Any) -> bool:
    """Whether a body has an id that only an earlier request can return."""
    if isinstance(body, Mapping):
        return any(
            (name.endswith("_id") and name != EXTERNAL_ID and bool(value))
            or has_id_of_earlier_call(value)
            for name, value in body.items()
        )
    return isinstance(body, list) and any(map(has_id_of_earlier_call, body))
