"""Every field of every create in another type: the mock takes it as what it means, and says so.

Which types and values these are is worked out from the schemas here, without the code under test.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from every_field import (
    ABSENT,
    Field,
    Server,
    fields_of,
    holders,
    right_bodies,
    rules_of,
    with_value,
)
from every_slip import fail_with
from jsonschema import Draft202012Validator
from kling.description import Operation, load

SPEC = load()
CREATES = [one for one in SPEC.operations.values() if one.verb == "create" and one.request]
# One of these is valid wherever a number is.
NUMBERS = (1, 2, 5, 7, 10, 2000, 0.5, 0)
# What a rule needs though no schema requires it: (operation, name of the field).
NEEDED = {("createImageToVideoTask", "type"), ("createImageToVideoTask", "config")}


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


def slips(operation: Operation) -> Iterator[str]:
    server, known = Server(), right_bodies(operation)
    for field in fields_of(operation):
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
                if not rules_of(operation).problems(meant):
                    yield with_value(body, field, wrong), meant


@pytest.mark.parametrize("operation", CREATES, ids=lambda operation: operation.id)
def test_each_field_is_taken_in_each_type_that_means_the_same(operation: Operation) -> None:
    fail_with(slips(operation))
