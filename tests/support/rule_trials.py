"""Try bodies on the rules and the advice of a request, and remember which of them applied."""

from collections.abc import Iterator
from typing import Any

from described_facts import request_fields
from flat_bodies import unnumbered
from kling.description import Document, Operation, Problem, Rules, Spec
from sized_bodies import Samples

from scripts.build import bundle

# The fields of rules about models and qualities. A scene is the model of a video effect.
_AXES = {"model_name", "mode", "resolution", "duration", "effect_scene"}
# The step to the first value beyond a limit.
BEYOND = {"max": 1, "max_items": 1, "max_length": 1, "min": -1, "min_items": -1, "min_length": -1}


class Trials:
    """Tries bodies of one operation."""

    def __init__(self, spec: Spec, operation: Operation) -> None:
        fields = list(request_fields(spec, operation))
        self.samples = Samples(fields)
        self._rules = Rules(spec, {"$ref": f"#/components/schemas/{operation.request}"})
        self._holders = [spec.schemas[str(operation.request)], *(node for _, node, _ in fields)]
        # A mode without the value std is not a quality, but selects the form of a request.
        self._axes = _AXES & {
            name.rpartition(".")[2]
            for name, node, _ in fields
            if not name.endswith("mode") or "std" in node.get("enum", ())
        }
        self._spoken: set[str] = set()

    def said(self, body: Any) -> list[Problem]:
        """Return the problems and advice that a body gets."""
        read, _ = self._rules.canonical(body)
        found = [*self._rules.problems(read), *self._rules.advice(read)]
        self._spoken |= {one.rule for one in found}
        return found

    def object_to(self, before: Any, after: Any) -> bool:
        """Whether a changed body breaks a rule, or gets advice, that the original did not."""
        earlier, later = (
            {(one.rule, unnumbered(one.field)) for one in self.said(body)}
            for body in (before, after)
        )
        return bool(later - earlier)

    def have_limit(self, body: Any, field: str, limit: str, size: Any) -> bool:
        """Whether a field of a body may have this size, and not the next one beyond it."""
        # The value below a speed of 0.8 is 0.7.
        step = BEYOND[limit] / 10 if isinstance(size, float) else BEYOND[limit]
        sizes = (size, round(size + step, 1))
        return self.object_to(*(self.samples.sized(body, field, limit, one) for one in sizes))

    def silent(self) -> Iterator[str]:
        """Yield the id of each rule and advice about models and qualities that never applied.

        Rules with a check are left out: they compare several fields, which a witness cannot say.
        """
        for holder in self._holders:
            for tag, schema in _rules_and_advice(holder):
                names = {
                    name
                    for keyword in ("properties", "required")
                    for one in bundle.holders(schema, keyword)
                    for name in one[keyword]
                }
                if names & self._axes and tag["id"] not in self._spoken:
                    yield tag["id"]


def _rules_and_advice(holder: Document) -> Iterator[tuple[Document, Document]]:
    for rule in holder.get("allOf", ()):
        yield rule["x-kling-rule"], {k: rule[k] for k in rule if k != "x-kling-rule"}
    for advice in holder.get("x-kling-advice", ()):
        yield advice, advice.get("schema", {})
