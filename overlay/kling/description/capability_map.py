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

# A rule or an advice whose id has this suffix says which models have a feature, and in which modes
# and with which lengths.
_SUFFIX = "-models"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What one model can do in one family.

    A cell is a pair of a mode and a length in seconds. In the current standard, the first part is a
    resolution instead of a mode. A part is empty if a request cannot choose it.
    """

    model: str
    retired: date | None
    """The date from which Kling refuses the model; None if no date is known."""
    cells: tuple[Cell, ...]
    """The cells in which the model works."""
    features: Mapping[str, tuple[Cell, ...]]
    """The cells in which each feature works; an empty tuple if the model does not have it."""


def capabilities(spec: Spec, operation: Operation) -> Iterator[Capabilities]:
    """Yield what each model of a create operation can do; nothing if it has no models.

    If the path of the operation names a model, the operation has only this model.
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
    # `limits` are validators of the rules that say which modes and lengths a model has. `features`
    # has the validators of each feature.
    limits, features = [], {}
    for rule in schema.get("allOf", ()):
        tag = rule["x-kling-rule"]
        # A rule with a check is not expressed as a schema, so no validator can test it.
        if tag["id"].endswith(_SUFFIX) and "check" not in tag:
            if tag["field"] in ("mode", "duration"):
                limits.append(_compiled(rule))
            else:
                features[_feature_name(tag["id"])] = [
                    _compiled(rule["then"]),
                    *_advice_validators(schema, tag["field"]),
                ]
    for advice in schema.get("x-kling-advice", ()):
        if advice["id"].endswith(_SUFFIX) and "then" in advice.get("schema", ()):
            features[_feature_name(advice["id"])] = [*_advice_validators(schema, advice["field"])]
    retired = axes["model_name"].get("x-kling-retired", {})
    no_choice = {"enum": [""]}  # for a field that the schema does not have; `_body` leaves out ""
    modes = _choices(axes.get("mode", no_choice))
    durations = _choices(axes.get("duration", no_choice))
    for model in axes["model_name"]["enum"]:
        bodies = {
            (mode, duration): _body(model_name=model, mode=mode, duration=duration)
            for mode, duration in itertools.product(modes, durations)
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


def _feature_name(rule: str) -> str:
    """Return the feature in the id of a rule: sound for text-to-video.sound-models."""
    return rule.partition(".")[2].removesuffix(_SUFFIX)


def _choices(node: Document) -> list[str]:
    """Return the values that a field may have."""
    # A dialect may accept numbers too. Then the enum is in an alternative of `anyOf`.
    schemas = (node, *node.get("anyOf", ()))
    return next(list(schema["enum"]) for schema in schemas if "enum" in schema)


def _advice_validators(schema: Document, field: str) -> Iterator[Any]:
    """Yield a validator for each advice about a field.

    If a body fails one of them, the feature does not work.
    """
    for advice in schema.get("x-kling-advice", ()):
        if advice["field"] == field and "schema" in advice:
            yield _WithField(field, _compiled(advice["schema"]))


@dataclass(frozen=True, slots=True)
class _WithField:
    """A validator that adds a field to each body before it validates the body.

    The value of the field is 0: advice about a feature tests only whether the field is given.
    """

    field: str
    validator: "jsonschema_rs.Validator"

    def is_valid(self, body: Document) -> bool:
        return self.validator.is_valid({**body, self.field: 0})


def _body(**fields: str) -> Document:
    """Return a body with the fields that are not empty."""
    return {name: value for name, value in fields.items() if value}


def _compiled(schema: Document) -> "jsonschema_rs.Validator":
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(dict(schema))


def _is_valid(validators: Any, body: Document) -> bool:
    return all(validator.is_valid(body) for validator in validators)
