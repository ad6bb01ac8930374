"""The bundled OpenAPI document as data that programs can use.

    from kling import description

    spec = description.load()                     # Spec: operations, schemas, error codes
    create = spec.operations["createTextToVideoTask"]
    rules = description.Rules(spec, spec.schemas[create.request])
    body, conversions = rules.canonical({"model_name": "kling-v3", "duration": 5})
    for problem in rules.problems(body):
        print(problem.rule, problem.field, problem.message)

- `canonical` converts the values of a body as Kling does.
- `spec.messages` quotes Kling's messages. Of these, `words` returns the one for an event such as
  unknown-task, and `words_on` the one for a problem. `failure_kind` says why a task failed.
- `capabilities` says which model can do what.
- `prices_of` returns the prices of a create operation.
- `source` returns the JSON text of the document, or of one of its `dialects`. A dialect is a
  variant of the document, for example for the servers in China.
- `CHECKS` contains the rules that JSON Schema cannot express, as pure functions.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kling.description.canonical_form import Conversion, canonical
from kling.description.checks import CHECKS
from kling.description.kling_messages import (
    FailureKind,
    Message,
    failure_kind,
    words,
    words_on,
)
from kling.description.messages import meant, nearest, not_json
from kling.description.operations import Document, Operation
from kling.description.overruling import overruled, parted
from kling.description.rules import Evidence, Problem, Rules, field_name
from kling.description.shipped import dialects, servers_of_dialects, source
from kling.description.spec import Defaults, ErrorCode, Spec, load

if TYPE_CHECKING:
    from kling.description.capability_map import Capabilities as Capabilities
    from kling.description.capability_map import capabilities as capabilities
    from kling.description.feature_probe import Cell as Cell
    from kling.description.prices import Cost as Cost
    from kling.description.prices import Prices as Prices
    from kling.description.prices import currency as currency
    from kling.description.prices import prices_of as prices_of
    from kling.description.prices import unit_value as unit_value

__all__ = [
    "CHECKS",
    "Capabilities",
    "Cell",
    "Conversion",
    "Cost",
    "Defaults",
    "Document",
    "ErrorCode",
    "Evidence",
    "FailureKind",
    "Message",
    "Operation",
    "Prices",
    "Problem",
    "Rules",
    "Spec",
    "canonical",
    "capabilities",
    "currency",
    "dialects",
    "failure_kind",
    "field_name",
    "load",
    "meant",
    "nearest",
    "not_json",
    "overruled",
    "parted",
    "prices_of",
    "servers_of_dialects",
    "source",
    "unit_value",
    "words",
    "words_on",
]

# Imported on first use, because most programs use neither prices nor the capability map.
_LAZY = {
    **dict.fromkeys(("Cost", "Prices", "currency", "prices_of", "unit_value"), "prices"),
    **dict.fromkeys(("Capabilities", "capabilities"), "capability_map"),
    "Cell": "feature_probe",
}

if not TYPE_CHECKING:  # with this function, a type checker would accept every name

    def __getattr__(name: str) -> Any:
        if name not in _LAZY:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"kling.description.{_LAZY[name]}"), name)
