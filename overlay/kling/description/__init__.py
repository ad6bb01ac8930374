"""The description as data: what the bundled OpenAPI document says, for programs to read.

    from kling import description

    spec = description.load()                     # Spec: operations, schemas, error codes
    create = spec.operations["createTextToVideoTask"]
    rules = description.Rules(spec, spec.schemas[create.request])
    body, conversions = rules.canonical({"model_name": "kling-v3", "duration": 5})
    for problem in rules.problems(body):
        print(problem.rule, problem.field, problem.message)

`capabilities` says which model can do what, `source` gives the text of the document or of one of
its `dialects`, `CHECKS` holds the rules that JSON Schema cannot express, as pure functions, and
`canonical` reads values as Kling does.
"""

from kling.description.canonical_form import Conversion, canonical
from kling.description.capability_map import Capabilities, Cell, capabilities
from kling.description.checks import CHECKS
from kling.description.messages import meant, nearest, not_json
from kling.description.rules import Problem, Rules, field_name
from kling.description.shipped import dialects, source
from kling.description.spec import Defaults, Document, ErrorCode, Operation, Spec, load

__all__ = [
    "CHECKS",
    "Capabilities",
    "Cell",
    "Conversion",
    "Defaults",
    "Document",
    "ErrorCode",
    "Operation",
    "Problem",
    "Rules",
    "Spec",
    "canonical",
    "capabilities",
    "dialects",
    "field_name",
    "load",
    "meant",
    "nearest",
    "not_json",
    "source",
]
