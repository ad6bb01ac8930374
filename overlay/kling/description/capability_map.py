"""Which model can do what, derived from the rules of the description."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kling.description.feature_probe import Cell, FeatureProbe
from kling.description.operations import Document, Operation
from kling.description.spec import Spec

if TYPE_CHECKING:
    import jsonschema_rs

# The suffix of rule and advice ids that say in which cells a model has a feature.
_SUFFIX = "-models"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What one model can do in one family.

    A cell is a pair of a mode and a length in seconds. In the current standard, a resolution takes
    the place of the mode. Each is empty if a request cannot choose it.
    """

    model: str
    retired: date | None
    """The date from which Kling refuses the model; None if no date is known."""
    cells: tuple[Cell, ...]
    """The cells in which the model works."""
    features: Mapping[str, tuple[Cell, ...]]
    """The cells in which each feature works; an empty tuple if the model does not have it."""


def capabilities(spec: Spec, operation: Operation) -> Iterator[Capabilities]:
    """Yield what each model of a create can do; nothing for a create without models.

    If the path names the model, that is the only one.
    """
    if operation.path_model:
        probe = FeatureProbe(spec, operation)
        yield Capabilities(operation.path_model, None, probe.cells, probe.features)
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
        if tag["id"].endswith(_SUFFIX) and "check" not in tag:
            if tag["field"] in axes and tag["field"] != "model_name":
                limits.append(_compiled(rule))
            else:
                name = tag["id"].partition(".")[2].removesuffix(_SUFFIX)
                features[name] = [
                    _compiled(rule["then"]),
                    *_advice_validators(schema, tag["field"]),
                ]
    for advice in schema.get("x-kling-advice", ()):
        if advice["id"].endswith(_SUFFIX) and "then" in advice.get("schema", ()):
            name = advice["id"].partition(".")[2].removesuffix(_SUFFIX)
            features[name] = [*_advice_validators(schema, advice["field"])]
    retired = axes["model_name"].get("x-kling-retired", {})
    for model in axes["model_name"]["enum"]:
        choices = [_choices(axes.get(name, {"enum": [""]})) for name in ("mode", "duration")]
        bodies = {
            (mode, duration): _body(model_name=model, mode=mode, duration=duration)
            for mode, duration in itertools.product(*choices)
        }
        cells = [cell for cell, body in bodies.items() if _is_valid(limits, body)]
        yield Capabilities(
            model=model,
            retired=date.fromisoformat(retired[model]) if model in retired else None,
            cells=tuple(cells),
            features={
                name: tuple(cell for cell in cells if _is_valid(rules, bodies[cell]))
                for name, rules in features.items()
            },
        )


def _choices(node: Document) -> list[str]:
    # In the dialect of some gateways, the schema accepts numbers too.
    return next(list(one["enum"]) for one in (node, *node.get("anyOf", ())) if "enum" in one)


def _advice_validators(schema: Document, field: str) -> Iterator[Any]:
    """Yield validators of the advice about a field. A feature does not work where one fails."""
    for advice in schema.get("x-kling-advice", ()):
        if advice["field"] == field and "schema" in advice:
            yield _WithField(field, _compiled(advice["schema"]))


@dataclass(frozen=True, slots=True)
class _WithField:
    """A validator that adds the field to a body first."""

    field: str
    validator: "jsonschema_rs.Validator"

    def is_valid(self, body: Document) -> bool:
        return self.validator.is_valid({**body, self.field: 0})


def _body(**fields: str) -> Document:
    return {name: value for name, value in fields.items() if value}


def _compiled(schema: Document) -> "jsonschema_rs.Validator":
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(dict(schema))


def _is_valid(validators: Any, body: Document) -> bool:
    return all(validator.is_valid(body) for validator in validators)
