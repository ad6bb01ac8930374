"""Checks the planned results of a task against the description."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from kling.description import Document, Spec

# The most results that a plan may list. No test needs as many, because Kling's tasks make at most
# nine images.
_MAX_RESULTS = 100
# The request decides the type of an output, so a plan cannot change it.
_TYPE_FIELD = "type"
_PLAIN_TYPES: Mapping[str, tuple[type, str]] = {
    "string": (str, "a string"),
    "integer": (int, "a whole number"),
}

Fields = Mapping[str, Sequence[Document]]
"""The schemas of each field; a value must match one of them."""


def check_results(spec: Spec, results: Sequence[Any], task_info: Any) -> None:
    """Check the results and the task_info of a plan.

    Raises:
        ValueError: a field is unknown, or its value is wrong; the message says what would be right.
    """
    if len(results) > _MAX_RESULTS:
        raise ValueError(f"results must have at most {_MAX_RESULTS} entries, not {len(results)}")
    for number, result in enumerate(results, start=1):
        _check(spec, f"result {number}", result, result_fields(spec))
    _check(spec, "task_info", task_info, _properties(spec, "TaskInfo"))


@lru_cache(maxsize=16)
def result_fields(spec: Spec) -> Fields:
    """Return the fields that an output of a task may have, in the /v1 or the current standard."""
    # In /v1, a result has a list for each kind of output, such as images and videos. In the current
    # standard, all outputs have the schema UnifiedOutput.
    lists = spec.schemas["TaskResult"]["properties"].values()
    outputs = [node["items"]["$ref"].rpartition("/")[2] for node in lists if "items" in node]
    found: dict[str, list[Document]] = {}
    for output in [*outputs, "UnifiedOutput"]:
        for name, schemas in _properties(spec, output).items():
            is_plain = all(schema.get("type") in _PLAIN_TYPES for schema in schemas)
            if is_plain and name != _TYPE_FIELD:
                found.setdefault(name, []).extend(schemas)
    return found


def _properties(spec: Spec, name: str) -> Fields:
    properties = spec.schemas.get(name, {}).get("properties", {})
    return {field: [spec.resolve(schema)] for field, schema in properties.items()}


def _check(spec: Spec, what: str, given: Any, known: Fields) -> None:
    if not isinstance(given, Mapping):
        raise ValueError(f"{what} must be an object with fields such as {', '.join([*known][:3])}")
    for name, value in given.items():
        if name not in known:
            raise ValueError(f"{what} has no field {name}; its fields are {', '.join(known)}")
        # A field that is an object has a single schema.
        if properties := known[name][0].get("properties"):
            nested = {field: [spec.resolve(schema)] for field, schema in properties.items()}
            _check(spec, f"{name} of {what}", value, nested)
        elif not any(_fits(value, schema) for schema in known[name]):
            expectations = dict.fromkeys(_expectation(schema) for schema in known[name])
            raise ValueError(f"{name} of {what} must be {' or '.join(expectations)}")


def _fits(value: Any, schema: Document) -> bool:
    if "enum" in schema:
        return value in schema["enum"]
    if isinstance(value, bool) or not isinstance(value, _PLAIN_TYPES[schema["type"]][0]):
        return False
    # A lone surrogate is not a character, and cannot be encoded.
    return not (isinstance(value, str) and any("\ud800" <= char <= "\udfff" for char in value))


def _expectation(schema: Document) -> str:
    return " or ".join(schema["enum"]) if "enum" in schema else _PLAIN_TYPES[schema["type"]][1]
