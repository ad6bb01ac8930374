"""Which model takes what, worked out from the rules of the description."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kling.description.spec import Document, Operation, Spec
from kling.description.tried_bodies import Cell, TriedBodies

if TYPE_CHECKING:
    import jsonschema_rs

# A rule or advice with this ending says which rows of models, modes and lengths have a feature.
_ENDING = "-models"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What one model can do in one family.

    A cell is a mode, or a resolution of the current standard, and a length in seconds; an empty
    text where there is no such choice.
    """

    model: str
    retired: date | None
    """The day from which Kling refuses it; None while no end is known."""
    cells: tuple[Cell, ...]
    """Where it works at all."""
    features: Mapping[str, tuple[Cell, ...]]
    """Where each feature works; an empty tuple for one that the model lacks."""


def capabilities(spec: Spec, operation: Operation) -> Iterator[Capabilities]:
    """Yield what each model of a create can do; nothing for a create without models.

    Where the path names the model, there is one.
    """
    if operation.path_model:
        tried = TriedBodies(spec, operation)
        yield Capabilities(operation.path_model, None, tried.cells, tried.features)
        return
    schema = spec.schemas[str(operation.request)]
    axes = {
        name: spec.resolve(schema["properties"][name])
        for name in ("model_name", "mode", "duration")
        if name in schema["properties"]
    }
    if "model_name" not in axes:
        return
    limits, features = [], {}
    for rule in schema.get("allOf", ()):
        tag = rule["x-kling-rule"]
        if tag["id"].endswith(_ENDING) and "check" not in tag:
            if tag["field"] in axes and tag["field"] != "model_name":
                limits.append(_compiled(rule))
            else:
                name = tag["id"].partition(".")[2].removesuffix(_ENDING)
                features[name] = [_compiled(rule["then"]), *_advised(schema, tag["field"])]
    for advice in schema.get("x-kling-advice", ()):
        if advice["id"].endswith(_ENDING) and "then" in advice.get("schema", ()):
            name = advice["id"].partition(".")[2].removesuffix(_ENDING)
            features[name] = [*_advised(schema, advice["field"])]
    retired = axes["model_name"].get("x-kling-retired", {})
    for model in axes["model_name"]["enum"]:
        choices = [_choices(axes.get(name, {"enum": [""]})) for name in ("mode", "duration")]
        bodies = {
            (mode, duration): _body(model_name=model, mode=mode, duration=duration)
            for mode, duration in itertools.product(*choices)
        }
        works = [cell for cell, body in bodies.items() if _holds(limits, body)]
        yield Capabilities(
            model=model,
            retired=date.fromisoformat(retired[model]) if model in retired else None,
            cells=tuple(works),
            features={
                name: tuple(cell for cell in works if _holds(rules, bodies[cell]))
                for name, rules in features.items()
            },
        )


def _choices(node: Document) -> list[str]:
    # Some gateways take numbers too.
    return next(list(one["enum"]) for one in (node, *node.get("anyOf", ())) if "enum" in one)


def _advised(schema: Document, field: str) -> Iterator[Any]:
    """Yield advice against a field: where it warns, the feature does not count as there."""
    for advice in schema.get("x-kling-advice", ()):
        if advice["field"] == field and "schema" in advice:
            yield _With(field, _compiled(advice["schema"]))


@dataclass(frozen=True, slots=True)
class _With:
    """A validator that sees a body with the field in it."""

    field: str
    validator: "jsonschema_rs.Validator"

    def is_valid(self, body: Document) -> bool:
        return self.validator.is_valid({**body, self.field: 0})


def _body(**fields: str) -> Document:
    return {name: value for name, value in fields.items() if value}


def _compiled(schema: Document) -> "jsonschema_rs.Validator":
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(dict(schema))


def _holds(validators: Any, body: Document) -> bool:
    return all(validator.is_valid(body) for validator in validators)
