"""How the generated client calls an operation with the examples of the description."""

import re
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

from kling.description import Operation, load
from kling_api import models

SPEC = load()
OPERATIONS = list(SPEC.operations.values())


def snake(name: str) -> str:
    parts = re.findall("[A-Z]?[a-z]+|[A-Z]*[0-9]+|[A-Z]", name)
    return "_".join(parts).lower()


def endpoint(operation: Operation) -> ModuleType:
    return import_module(f"kling_api.api.{operation.family}.{snake(operation.id)}")


def bodies(operation: Operation) -> Iterator[tuple[str, Any]]:
    """Yield the name and the value of every example of a request."""
    content = operation.node["requestBody"]["content"]["application/json"]
    for name, example in content["examples"].items():
        yield name, example["value"]


def request(operation: Operation, body: Any) -> Any:
    return getattr(models, str(operation.request)).from_dict(body)


def examples(operation: Operation) -> dict[str, dict[str, Any]]:
    """Return the arguments of every example of a call, by its name."""
    if operation.request:
        return {name: {"body": request(operation, body)} for name, body in bodies(operation)}
    described = SPEC.parameters(operation)
    in_path_and_query = {
        snake(name): one["example"] for name, one in described.items() if "example" in one
    }
    return {"minimal": in_path_and_query}
