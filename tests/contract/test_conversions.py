"""Every field of every create in another type: the mock takes it as what it means, and says so.

Which types and values these are is worked out from the schemas here, without the code under test.
"""

import copy
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import httpx
import pytest
from every_slip import fail_with
from generated_calls import bodies as examples
from jsonschema import Draft202012Validator
from kling.description import Operation, Rules, load
from kling.mock import KlingMock

from scripts.build.rule_fixtures import cases

SPEC = load()
# What is said of every value that counts as another one.
CONVERSION = "type-conversion"
CREATES = [one for one in SPEC.operations.values() if one.verb == "create" and one.request]
ABSENT = object()
# One of these is valid wherever a number is.
NUMBERS = (1, 2, 5, 7, 10, 2000, 0.5, 0)
# What a rule needs though no schema requires it: (operation, name of the field).
NEEDED = {("createImageToVideoTask", "type"), ("createImageToVideoTask", "config")}

Step = str | tuple[str, str] | None
"""The name of a field; the discriminator of a part and its value; None for any entry of a list."""


class Field(NamedTuple):
    """A field of a request body."""

    path: tuple[Step, ...]
    """The way to the object that has it."""
    name: str
    schema: dict[str, Any]
    is_optional: bool


def fields_of(node: Any, path: tuple[Step, ...] = ()) -> Iterator[Field]:
    node = dict(SPEC.resolve(node))
    for name, inner in node.get("properties", {}).items():
        whole = dict(SPEC.resolve(inner))
        yield Field(path, name, whole, name not in node.get("required", ()))
        yield from fields_of(whole, (*path, name))
    if "items" in node:
        yield from fields_of(node["items"], (*path, None))
    for variant in node.get("anyOf", ()):
        yield from fields_of(variant, path)
    for value, ref in node.get("discriminator", {}).get("mapping", {}).items():
        kind = (node["discriminator"]["propertyName"], value)
        yield from fields_of({"$ref": ref}, (*path, kind))


def conversions(field: Field, *, is_needed: bool) -> dict[str, list[tuple[Any, Any]]]:
    """Return pairs of what is sent and what it means, by what the pairs have in common."""
    kind, validator = field.schema.get("type"), Draft202012Validator(field.schema)
    found: dict[str, list[tuple[Any, Any]]] = {}
    if kind == "string" and "x-kling-media" not in field.schema:
        found["a number for a string"] = [(one, str(one)) for one in NUMBERS]
    if kind in ("integer", "number"):
        found["a string for a number"] = [(str(one), one) for one in NUMBERS]
    if kind == "boolean":
        found["a string for a boolean"] = [("true", True), ("false", False)]
    for name in list(found):
        found[name] = [pair for pair in found[name] if validator.is_valid(pair[1])]
    if field.is_optional and not is_needed:
        found["null"] = [(None, ABSENT)]
        if kind in ("string", "integer", "number", "boolean"):
            found["blank text"] = [("  ", ABSENT)]
            found["empty text"] = [("", ABSENT)]
    return {name: pairs for name, pairs in found.items() if pairs}


def bodies(operation: Operation) -> list[Any]:
    """Return bodies that are right, the shortest first."""
    written = [
        case.body
        for _, case in cases()
        if case.schema == operation.request and case.advice is not None
    ]
    written = [one for one in written if CONVERSION not in advice_on(operation, one)]
    found = [body for _, body in examples(operation)] + written
    return sorted(found, key=lambda body: len(str(body)))


def rules_of(operation: Operation) -> Rules:
    return Rules(SPEC, {"$ref": f"#/components/schemas/{operation.request}"})


def advice_on(operation: Operation, body: Any) -> set[str]:
    return {one.rule for one in RULES[operation.id].canonical(body)[1]}


RULES = {one.id: rules_of(one) for one in CREATES}


def holders(node: Any, path: tuple[Step, ...]) -> Iterator[dict[str, Any]]:
    """Yield each object of a body that a way leads to."""
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
    """Return a copy of a body with a value in the first place where a field may be."""
    changed = copy.deepcopy(body)
    holder = next(holders(changed, field.path))
    holder.pop(field.name, None)
    if value is not ABSENT:
        holder[field.name] = value
    return changed


class Server:
    """A mock, asked one thing after another, each as if it were the first."""

    def __init__(self) -> None:
        mock = KlingMock(as_of=date(2026, 9, 14), now=0)
        headers = {"Authorization": f"Bearer {mock.keys.api_key}"}
        self._client = httpx.Client(
            transport=mock.transport, base_url="https://kling-mock.invalid", headers=headers
        )

    def ask(self, operation: Operation, body: Any) -> tuple[Any, str]:
        """Return how a body is answered, and the notes."""
        self._client.post("/_mock/reset", json={})
        reply = self._client.request(operation.method, operation.path, json=body)
        answer = (reply.status_code, reply.json()["code"], reply.headers.get("x-kling-mock-rules"))
        return answer, reply.headers.get("x-kling-mock-notes", "")


def slips(operation: Operation) -> Iterator[str]:
    server, known = Server(), bodies(operation)
    for field in fields_of({"$ref": f"#/components/schemas/{operation.request}"}):
        is_needed = (operation.id, field.name) in NEEDED
        for what, pairs in conversions(field, is_needed=is_needed).items():
            name = f"{field.name} ({'.'.join(map(str, field.path))}): {what}"
            found = next(tried(operation, field, pairs, known), None)
            if found is None:
                yield f"{name}: no right body has a place for it"
                continue
            sent, meant = found
            answer, notes = server.ask(operation, sent)
            expected, silence = server.ask(operation, meant)
            if answer != expected or answer[2]:
                yield f"{name}: expected {expected}, found {answer}"
            # An empty text is Kling's own way to leave a text out.
            is_usual = what == "empty text" and field.schema["type"] == "string"
            takes_null = {"type": "null"} in field.schema.get("anyOf", ())
            if answer[1] == 0 and not is_usual and not takes_null and field.name not in notes:
                yield f"{name}: expected a note, found {notes!r}"
            if silence:
                yield f"{name}: expected no note on a right body, found {silence!r}"


def tried(
    operation: Operation, field: Field, pairs: list[tuple[Any, Any]], known: list[Any]
) -> Iterator[tuple[Any, Any]]:
    """Yield (what is sent, what it means) for each right body that has a place for a field."""
    for body in known:
        if any(holders(body, field.path)):
            for wrong, right in pairs:
                meant = with_value(body, field, right)
                if not RULES[operation.id].problems(meant):
                    yield with_value(body, field, wrong), meant


@pytest.mark.parametrize("operation", CREATES, ids=lambda operation: operation.id)
def test_each_field_is_taken_in_each_type_that_means_the_same(operation: Operation) -> None:
    fail_with(slips(operation))
