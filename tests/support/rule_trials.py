"""Check bodies against the rules and advice of a request, and remember which of them applied."""

from collections.abc import Iterator
from typing import Any

from described_facts import request_fields
from flat_bodies import unnumbered
from kling.description import Document, Operation, Problem, Rules, Spec
from sized_bodies import Samples

from scripts.build import bundle

# The fields of rules about models and qualities. A scene is the model of a video effect.
_AXES = {"model_name", "mode", "resolution", "duration", "effect_scene"}
# What to add to the value of each limit, to get the first value beyond it.
BEYOND = {"max": 1, "max_items": 1, "max_length": 1, "min": -1, "min_items": -1, "min_length": -1}


class Trials:
    """Checks bodies of one operation."""

    def __init__(self, spec: Spec, operation: Operation) -> None:
        fields = list(request_fields(spec, operation))
        self.samples = Samples(fields)
        self._rules = Rules(spec, {"$ref": f"#/components/schemas/{operation.request}"})
        self._holders = [spec.schemas[str(operation.request)], *(node for _, node, _ in fields)]
        # A mode that cannot be std is not a quality. It selects the form of the request.
        self._axes = _AXES & {
            name.rpartition(".")[2]
            for name, node, _ in fields
            if not name.endswith("mode") or "std" in node.get("enum", ())
        }
        self._applied: set[str] = set()

    def problems_of(self, body: Any) -> list[Problem]:
        """Return the problems of a body, and the advice for it."""
        canonical, _ = self._rules.canonical(body)
        found = [*self._rules.problems(canonical), *self._rules.advice(canonical)]
        self._applied |= {one.rule for one in found}
        return found

    def has_new_problem(self, before: Any, after: Any) -> bool:
        """Whether a changed body has a problem or advice that the original did not have."""
        earlier, later = (
            {(one.rule, unnumbered(one.field)) for one in self.problems_of(body)}
            for body in (before, after)
        )
        return bool(later - earlier)

    def is_limit(self, body: Any, field: str, limit: str, size: Any) -> bool:
        """Whether the rules have a limit: a field may have this size, but not the next size."""
        # For a decimal, such as a speed of 0.8, the next size is 0.7.
        step = BEYOND[limit] / 10 if isinstance(size, float) else BEYOND[limit]
        sizes = (size, round(size + step, 1))
        return self.has_new_problem(*(self.samples.sized(body, field, limit, one) for one in sizes))

    def never_applied(self) -> Iterator[str]:
        """Yield the id of each rule and advice about models and qualities that never applied.

        Rules with a check are left out. They compare fields, and `openapi/witness/` does not say
        how fields compare.
        """
        for holder in self._holders:
            for tag, schema in _rules_and_advice(holder):
                names = {
                    name
                    for keyword in ("properties", "required")
                    for one in bundle.holders(schema, keyword)
                    for name in one[keyword]
                }
                if names & self._axes and tag["id"] not in self._applied:
                    yield tag["id"]


def _rules_and_advice(holder: Document) -> Iterator[tuple[Document, Document]]:
    for rule in holder.get("allOf", ()):
        yield rule["x-kling-rule"], {k: rule[k] for k in rule if k != "x-kling-rule"}
    for advice in holder.get("x-kling-advice", ()):
        yield advice, advice.get("schema", {})
