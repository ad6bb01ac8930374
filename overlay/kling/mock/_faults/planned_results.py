"""What a plan may say of the results of a task, by the description of results."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from kling.description import Document, Spec

# Of one task; Kling's make nine pictures at most.
_MOST = 100
# What kind of thing an output is follows from the request.
_FIXED = "type"
_WORDS: Mapping[str, tuple[type, str]] = {
    "string": (str, "a text"),
    "integer": (int, "a whole number"),
}

Fields = Mapping[str, Sequence[Document]]
"""By name, the schemas of which a value has to fit one."""


def check_results(spec: Spec, results: Sequence[Any], task_info: Any) -> None:
    """Check what a plan says of results.

    Raises:
        ValueError: what is wrong, and what would be right.
    """
    if len(results) > _MOST:
        raise ValueError(f"results has {_MOST} entries at most")
    for number, result in enumerate(results, start=1):
        _check(spec, f"result {number}", result, result_fields(spec))
    _check(spec, "task_info", task_info, _properties(spec, "TaskInfo"))


@lru_cache(maxsize=16)
def result_fields(spec: Spec) -> Fields:
    """Return what an output of a task may have, in the words of either standard."""
    lists = spec.schemas["TaskResult"]["properties"].values()
    kinds = [one["items"]["$ref"].rpartition("/")[2] for one in lists if "items" in one]
    found: dict[str, list[Document]] = {}
    for kind in [*kinds, "UnifiedOutput"]:
        for name, schemas in _properties(spec, kind).items():
            is_plain = all(schema.get("type") in _WORDS for schema in schemas)
            if is_plain and name != _FIXED:
                found.setdefault(name, []).extend(schemas)
    return found


def _properties(spec: Spec, name: str) -> Fields:
    properties = spec.schemas.get(name, {}).get("properties", {})
    return {field: [spec.resolve(schema)] for field, schema in properties.items()}


def _check(spec: Spec, what: str, given: Any, known: Fields) -> None:
    if not isinstance(given, Mapping):
        raise ValueError(f"{what} is an object with fields such as {', '.join([*known][:3])}")
    for name, value in given.items():
        if name not in known:
            raise ValueError(f"{what} has no {name}; its fields are {', '.join(known)}")
        if parts := known[name][0].get("properties"):
            whole = {field: [spec.resolve(schema)] for field, schema in parts.items()}
            _check(spec, f"{what}.{name}", value, whole)
        elif not any(_fits(value, schema) for schema in known[name]):
            right = dict.fromkeys(_right(schema) for schema in known[name])
            raise ValueError(f"{what}.{name} is {' or '.join(right)}")


def _fits(value: Any, schema: Document) -> bool:
    if "enum" in schema:
        return value in schema["enum"]
    if isinstance(value, bool) or not isinstance(value, _WORDS[schema["type"]][0]):
        return False
    # Half of a pair of surrogates stands for no character, and cannot be kept.
    return not (isinstance(value, str) and any("\ud800" <= char <= "\udfff" for char in value))


def _right(schema: Document) -> str:
    return " or ".join(schema["enum"]) if "enum" in schema else _WORDS[schema["type"]][1]
