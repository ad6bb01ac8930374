"""The bodies that are sent: those of the rules, each with ids of this run's own."""

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
def entries() -> list[Document]:
    """Return the bodies that are shipped, as `make generate` wrote them."""
    text = (files("kling_api") / "fixtures.json").read_text(encoding="utf-8")
    found: list[Document] = json.loads(text)
    return found


@cache
def _by_operation() -> dict[str, list[Document]]:
    found: dict[str, list[Document]] = {}
    for entry in entries():
        found.setdefault(entry["operation"], []).append(entry)
    return found


@dataclass(frozen=True, slots=True)
class Case:
    """A body to send, and what is known of it."""

    name: str
    operation: Operation
    body: Any
    rules: tuple[str, ...] = ()
    """What it breaks; nothing if it is right."""
    is_certain: bool = False
    """Whether somebody has seen that Kling refuses it."""
    needs_state: bool = False
    """Whether it names what only an earlier call can have made."""


class Bodies:
    """The bodies for one server.

    Args:
        spec: the description that the server is held to.
        run: what the ids of this run begin with.
        as_of: the day for which retirements count.
    """

    def __init__(self, spec: Spec, run: str, as_of: date) -> None:
        self._spec = spec
        self._run = run
        self._as_of = as_of
        self._numbers = itertools.count(1)

    def refused(self, operation: Operation) -> Iterator[Case]:
        """Yield the bodies of an operation that break rules of this description."""
        for case in self._cases(operation, refused=True):
            found = {one.rule for one in self.problems(operation, case.body)}
            # A dialect leaves out rules that the API has.
            if found == set(case.rules):
                yield case

    def count_refused(self, operation: Operation) -> int:
        """Return how many bodies of an operation the API refuses, whatever the dialect says."""
        return sum(1 for _ in self._cases(operation, refused=True))

    def accepted(self, operation: Operation) -> Iterator[Case]:
        """Yield those that break nothing, and of which nothing is doubtful; its examples first."""
        cases = [*self.examples(operation), *self._cases(operation, refused=False)]
        return (case for case in cases if self._is_kept(operation, case.body))

    def right(self, operation: Operation) -> list[Case]:
        """Return the bodies that break nothing and ask for nothing withdrawn."""
        accepted = self.accepted(operation)
        return [case for case in accepted if not self.is_withdrawn(operation, case.body)]

    def examples(self, operation: Operation) -> Iterator[Case]:
        """Yield the examples of a request that the description shows."""
        content = operation.node.get("requestBody", {}).get("content", {})
        shown = content.get("application/json", {}).get("examples", {})
        for name, example in shown.items():
            yield Case(f"{operation.id}: example {name}", operation, deepcopy(example["value"]))

    def problems(self, operation: Operation, body: Any) -> list[Any]:
        """Return what is wrong with a body as Kling reads it."""
        return self._rules_of(operation).problems(self.read(operation, body))

    def read(self, operation: Operation, body: Any) -> Any:
        """Return a body as Kling reads it."""
        return self._rules_of(operation).canonical(body)[0]

    def well_formed(self, operation: Operation, body: Any) -> Any:
        """Return a body as Kling reads it; None if a field of it is none that the schema allows."""
        read = self.read(operation, body)
        is_formed = all("." in one.rule for one in self._rules_of(operation).problems(read))
        return read if is_formed else None

    def is_withdrawn(self, operation: Operation, body: Any) -> str:
        """Return what a body asks for that Kling has withdrawn; empty if there is nothing."""
        if operation.closed and operation.closed <= self._as_of:
            return f"closed on {operation.closed}"
        read = self.read(operation, body)
        if operation.request and isinstance(read, Mapping):
            for field, value, day in self._spec.retirements(operation.request, read):
                if day <= self._as_of:
                    return f"{field} {value}, retired on {day}"
        return ""

    def fresh_id(self) -> str:
        """Return an external_task_id that was never used."""
        return f"{self._run}-{next(self._numbers)}"

    def with_own_id(self, operation: Operation, body: Any, *, add: bool) -> Any:
        """Return a body whose external_task_id is new, as long as the one that was there.

        Args:
            operation: what takes the body.
            body: the body, which stays as it is.
            add: give it an id where it has none.
        """
        holder = self.id_holder(operation)
        if holder is None or not isinstance(body, Mapping):
            return body
        whole = deepcopy(dict(body))
        if holder and holder not in whole:
            if not add:
                return whole
            whole[holder] = {}
        inner = whole[holder] if holder else whole
        given = inner.get(EXTERNAL_ID) if isinstance(inner, dict) else 0
        if (isinstance(given, str) and given.strip()) or (add and given is None):
            fresh = self.fresh_id()
            inner[EXTERNAL_ID] = fresh + "x" * (len(given or "") - len(fresh))
        return whole

    def own_id(self, operation: Operation, body: Any) -> str:
        """Return the external_task_id of a body; empty if it has none."""
        holder = self.id_holder(operation)
        if holder is None or not isinstance(body, Mapping):
            return ""
        inner = body.get(holder) if holder else body
        given = inner.get(EXTERNAL_ID) if isinstance(inner, Mapping) else ""
        return given if isinstance(given, str) else ""

    def id_holder(self, operation: Operation) -> str | None:
        """Return the field whose object has the external_task_id: "" for the body itself."""
        if not operation.request:
            return None
        properties = self._spec.schemas[operation.request]["properties"]
        if EXTERNAL_ID in properties:
            return ""
        options = self._spec.resolve(properties.get("options", {}))
        return "options" if EXTERNAL_ID in options.get("properties", {}) else None

    def _is_kept(self, operation: Operation, body: Any) -> bool:
        return self._rules_of(operation).are_kept_by(self.read(operation, body))

    def _rules_of(self, operation: Operation) -> Rules:
        return _rules(self._spec, str(operation.request))

    def _cases(self, operation: Operation, *, refused: bool) -> Iterator[Case]:
        for entry in _by_operation().get(operation.id, ()):
            rules = tuple(entry["rules"])
            if bool(rules) == refused and not entry["advice"]:
                certain = entry["evidence"] == "live"
                needs = entry["needs_state"]
                yield Case(entry["name"], operation, entry["body"], rules, certain, needs)


@lru_cache(maxsize=1024)
def _rules(spec: Spec, request: str) -> Rules:
    # What it compiles is worth keeping from one check to the next.
    return Rules(spec, {"$ref": f"#/components/schemas/{request}"})


def names_made(body: Any) -> bool:
    """Whether a body names a thing by an id that only an earlier call can have given."""
    if isinstance(body, Mapping):
        return any(
            (name.endswith("_id") and name != EXTERNAL_ID and bool(value)) or names_made(value)
            for name, value in body.items()
        )
    return isinstance(body, list) and any(map(names_made, body))
