"""Every field of every request, and valid bodies in which tests replace the value of a field."""

import copy
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import httpx
from kling.description import Operation, Rules, load
from kling.mock import KlingMock

from scripts.build.rule_fixtures import cases

SPEC = load()
ABSENT = object()

Step = str | tuple[str, str] | None
"""The name of a field; a discriminator and its value; or None for any entry of a list."""


class Field(NamedTuple):
    """A field of a request body."""

    path: tuple[Step, ...]
    """The path to the object that has it."""
    name: str
    schema: dict[str, Any]
    is_optional: bool


def fields_of(operation: Operation) -> Iterator[Field]:
    """Yield every field of the body of an operation, at every depth."""
    yield from _below({"$ref": f"#/components/schemas/{operation.request}"})


def _below(node: Any, path: tuple[Step, ...] = ()) -> Iterator[Field]:
    node = dict(SPEC.resolve(node))
    for name, inner in node.get("properties", {}).items():
        whole = dict(SPEC.resolve(inner))
        yield Field(path, name, whole, name not in node.get("required", ()))
        yield from _below(whole, (*path, name))
    if "items" in node:
        yield from _below(node["items"], (*path, None))
    for variant in node.get("anyOf", ()):
        yield from _below(variant, path)
    for value, ref in node.get("discriminator", {}).get("mapping", {}).items():
        kind = (node["discriminator"]["propertyName"], value)
        yield from _below({"$ref": ref}, (*path, kind))


def rules_of(operation: Operation) -> Rules:
    """Return the rules of the body of an operation."""
    return _rules(operation.request)


@cache
def _rules(request: str) -> Rules:
    return Rules(SPEC, {"$ref": f"#/components/schemas/{request}"})


def right_bodies(operation: Operation) -> list[Any]:
    """Return the valid examples and fixtures of an operation, the shortest first."""
    content = operation.node["requestBody"]["content"]["application/json"]
    found = [example["value"] for example in content["examples"].values()]
    found += [
        case.body
        for _, case in cases()
        if case.schema == operation.request
        and case.advice is not None
        and not _is_converted(operation, case.body)
    ]
    return sorted(found, key=lambda body: len(str(body)))


def _is_converted(operation: Operation, body: Any) -> bool:
    """Whether Kling converts a value of a body. It would do so in all bodies made from this one."""
    _, advice = rules_of(operation).canonical(body)
    return any(one.rule == "type-conversion" for one in advice)


def holders(node: Any, path: tuple[Step, ...]) -> Iterator[dict[str, Any]]:
    """Yield each object of a body at a path."""
    if not path:
        if isinstance(node, dict):
            yield node
        return
    step, *rest = path
    if step is None:
        for entry in node if isinstance(node, list) else ():
            yield from holders(entry, tuple(rest))
    elif isinstance(step, tuple):
        if isinstance(node, dict) and node.get(step[0]) == step[1]:
            yield from holders(node, tuple(rest))
    elif isinstance(node, dict) and step in node:
        yield from holders(node[step], tuple(rest))


def with_value(body: Any, field: Field, value: Any) -> Any:
    """Return a copy of a body with a value for a field, in the first object that may have it.

    The value ABSENT removes the field.
    """
    changed = copy.deepcopy(body)
    holder = next(holders(changed, field.path))
    holder.pop(field.name, None)
    if value is not ABSENT:
        holder[field.name] = value
    return changed


class Server:
    """A mock that is reset before each request."""

    def __init__(self) -> None:
        mock = KlingMock(as_of=date(2026, 9, 14), now=0)
        headers = {"Authorization": f"Bearer {mock.keys.api_key}"}
        self._client = httpx.Client(
            transport=mock.transport, base_url="https://kling-mock.invalid", headers=headers
        )

    def ask(
        self, operation: Operation, body: Any = None, params: dict[str, Any] | None = None
    ) -> tuple[Any, str]:
        """Return the mock's answer to a request (status, code, broken rules), and its notes.

        The notes are in a header. They say which values Kling would ignore or convert.
        """
        self._client.post("/_mock/reset", json={})
        reply = self._client.request(operation.method, operation.path, json=body, params=params)
        answer = (reply.status_code, reply.json()["code"], reply.headers.get("x-kling-mock-rules"))
        return answer, reply.headers.get("x-kling-mock-notes", "")
