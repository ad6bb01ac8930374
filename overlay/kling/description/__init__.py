"""The description as data: what the bundled OpenAPI document says, for programs to read.

    from kling import description

    spec = description.load()                     # Spec: operations, schemas, error codes
    create = spec.operations["createTextToVideoTask"]
    rules = description.Rules(spec, spec.schemas[create.request])
    body, conversions = rules.canonical({"model_name": "kling-v3", "duration": 5})
    for problem in rules.problems(body):
        print(problem.rule, problem.field, problem.message)

`canonical` reads values as Kling does. `spec.messages` quotes Kling: `words` and `words_on` say
what it answers, `failure_kind` why a task failed. `capabilities` says which model can do what,
`source` gives the text of the document or of one of its `dialects`, and `CHECKS` holds the rules
that JSON Schema cannot express, as pure functions. `prices_of` has the prices of a create.
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
from kling.description.overruling import overruled, parted
from kling.description.rules import Evidence, Problem, Rules, field_name
from kling.description.shipped import dialects, servers_of_dialects, source
from kling.description.spec import Defaults, Document, ErrorCode, Operation, Spec, load

if TYPE_CHECKING:
    from kling.description.capability_map import Capabilities as Capabilities
    from kling.description.capability_map import capabilities as capabilities
    from kling.description.prices import Cost as Cost
    from kling.description.prices import Prices as Prices
    from kling.description.prices import currency as currency
    from kling.description.prices import prices_of as prices_of
    from kling.description.prices import unit_value as unit_value
    from kling.description.tried_bodies import Cell as Cell

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

# Loaded when first asked for: most programs ask for neither prices nor the capability map.
_LATER = {
    **dict.fromkeys(("Cost", "Prices", "currency", "prices_of", "unit_value"), "prices"),
    **dict.fromkeys(("Capabilities", "capabilities"), "capability_map"),
    "Cell": "tried_bodies",
}

if not TYPE_CHECKING:  # a checker would take every name for a good one

    def __getattr__(name: str) -> Any:
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"kling.description.{_LATER[name]}"), name)
