"""The part of a check that sends wrong values: of a wrong type, or beyond the limits of a field."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from random import Random
from typing import Any, NamedTuple

from kling.check.bodies import EXTERNAL_ID, Case
from kling.check.inquiry import Inquiry
from kling.check.judging import WRONG_BODY, is_at_account_limit, judge_code, judge_refusal
from kling.description import Document, Spec

_SCALARS = ("string", "integer", "number", "boolean")
_NO_SUCH_FIELD = "no_such_field"
# A maxLength of this size or more limits the whole request, and is not tested.
_LONGEST = 100_000
# Bodies of this length or more are not used: they test how long a text may be, and have few other
# fields.
_LONG = 4000


class _WrongValue(NamedTuple):
    """A value that a field must not have."""

    what: str
    value: Any
    is_sure_refusal: bool
    """Whether Kling surely refuses the value, because no conversion can make it valid."""
    may_be_converted: bool = False
    """Whether Kling may convert the value to the right type."""


class _Field(NamedTuple):
    """A field of a body."""

    steps: tuple[str | int, ...]
    name: str
    """The path, without the positions of list entries, such as multi_prompt[].duration."""
    node: Document
    value: Any


def check(inquiry: Inquiry) -> None:
    """For each operation, make one field of a valid body wrong at a time, and send the body."""
    cases, convertible = [], set()
    for case, wrong in _wrong_cases(inquiry):
        cases.append(case)
        if wrong.may_be_converted:
            convertible.add(case.name)
    inquiry.random.shuffle(cases)
    for case, request, reply in inquiry.send_all(cases):
        if case.name not in convertible:
            judge_refusal(inquiry, case, request, reply)
        elif reply.is_success:
            reason = "Kling converts some values of a wrong type; it is not known which."
            inquiry.add_undecided(request, case.rules[0], reason)
        elif not is_at_account_limit(inquiry, reply):
            judge_code(inquiry, request, reply, (WRONG_BODY,), case.rules[0])


def _wrong_cases(inquiry: Inquiry) -> Iterator[tuple[Case, _WrongValue]]:
    """Yield (body with one wrong value, wrong value), once for each field and kind of mistake."""
    random = inquiry.random
    seen: set[tuple[str, str]] = set()
    for case in _valid_bodies(inquiry):
        operation = case.operation
        schema = inquiry.spec.schemas[str(operation.request)]
        fields = list(_fields(inquiry.spec, schema, case.body))
        changes = [(field, wrong) for field in fields for wrong in _wrong_values(field, random)]
        if "unknown-field" not in inquiry.allow:
            added = _Field((_NO_SUCH_FIELD,), _NO_SUCH_FIELD, {}, None)
            changes.append((added, _WrongValue("unknown-field", 1, is_sure_refusal=False)))
        for field, wrong in changes:
            place = f"{operation.id}: {field.name}: {wrong.what}"
            if (operation.id, place) in seen or place in inquiry.allow:
                continue
            body = _with_value(case.body, field.steps, wrong.value)
            # Give the body a new external_task_id, unless this id is the wrong field.
            if field.steps[-1] != EXTERNAL_ID:
                body = inquiry.bodies.with_new_id(operation, body, add=False)
            # Some fields allow several types, so the body may be valid. Then it is not sent.
            if wrong.may_be_converted or inquiry.bodies.problems(operation, body):
                seen.add((operation.id, place))
                yield Case(place, operation, body, (place,), wrong.is_sure_refusal), wrong


def _valid_bodies(inquiry: Inquiry) -> Iterator[Case]:
    """Yield bodies that break no rule; those of one operation from the longest to the shortest."""
    for operation in inquiry.operations:
        if operation.request and operation.verb != "delete":
            valid = inquiry.bodies.valid(operation)
            short = [case for case in valid if len(str(case.body)) < _LONG]
            objects = [case for case in short if isinstance(case.body, dict)]
            yield from sorted(objects, key=lambda case: -len(str(case.body)))


def _fields(
    spec: Spec, schema: Document, value: Any, steps: tuple[str | int, ...] = (), name: str = ""
) -> Iterator[_Field]:
    """Yield a field, and all fields and list entries inside its value.

    Args:
        spec: the description.
        schema: the schema of the value.
        value: the value of the field, or the whole body.
        steps: the path of the field; empty for the whole body, which is not yielded.
        name: the path as a text, such as multi_prompt[].duration.
    """
    node = _schema_of(spec, schema, value)
    if steps:
        yield _Field(steps, name, node, value)
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key in node.get("properties", {}):
                path = f"{name}.{key}" if name else key
                yield from _fields(spec, node["properties"][key], inner, (*steps, key), path)
    elif isinstance(value, list) and "items" in node:
        for index, inner in enumerate(value):
            which = _alternative(spec, node["items"], inner)
            yield from _fields(spec, node["items"], inner, (*steps, index), f"{name}[{which}]")


def _schema_of(spec: Spec, schema: Document, value: Any) -> Document:
    """Return the schema of a value. If the schema has alternatives, return the one that fits.

    Return {} if several alternatives, or none, have the type of the value.
    """
    node = spec.resolve(schema)
    key, branches = spec.branches(node)
    if key and isinstance(value, Mapping) and value.get(key) in branches:
        return branches[value[key]]
    if "anyOf" in node and "type" not in node:
        variants = [spec.resolve(variant) for variant in node["anyOf"]]
        fitting = [variant for variant in variants if variant.get("type") == _json_type(value)]
        return fitting[0] if len(fitting) == 1 else {}
    return node


def _alternative(spec: Spec, schema: Document, value: Any) -> str:
    """Return which alternative of a schema fits a value, such as type=image.

    The result is empty if the schema has no alternatives.
    """
    key, branches = spec.branches(spec.resolve(schema))
    return f"{key}={value[key]}" if branches and isinstance(value, Mapping) else ""


def _json_type(value: Any) -> str:
    """Return the type of a value in JSON Schema."""
    names = {bool: "boolean", int: "integer", float: "number", str: "string"}
    return names.get(type(value), "array" if isinstance(value, list) else "object")


def _wrong_values(field: _Field, random: Random) -> Iterator[_WrongValue]:
    """Yield the wrong values to send in a field."""
    kind = field.node.get("type")
    if kind in _SCALARS:
        strange: Any = random.choice([{"a": 1}, ["a", "b"]])
        yield _WrongValue("an object or a list for one value", strange, is_sure_refusal=True)
        yield from _values_beyond(field.node)
    if kind == "string" and isinstance(field.value, str) and field.value.isdecimal():
        yield _WrongValue(
            "a number for a text", int(field.value), is_sure_refusal=False, may_be_converted=True
        )
    if kind in ("integer", "number"):
        text = str(field.value)
        yield _WrongValue("a text for a number", text, is_sure_refusal=False, may_be_converted=True)
    if kind in ("array", "object"):
        yield _WrongValue(f"a number for the {kind}", 7, is_sure_refusal=False)
    if kind == "array":
        yield from _lengths_beyond(field)


def _values_beyond(node: Document) -> Iterator[_WrongValue]:
    """Yield a value just beyond each limit of a number or a text."""
    if node.get("type") in ("integer", "number"):
        step = 1 if node["type"] == "integer" else 0.01
        # A limit of 2**53 or more belongs to the type integer, not to the field.
        if "maximum" in node and abs(node["maximum"]) < 2**53:
            value = round(node["maximum"] + step, 2)
            yield _WrongValue("more than maximum", value, is_sure_refusal=False)
        if "minimum" in node and abs(node["minimum"]) < 2**53:
            value = round(node["minimum"] - step, 2)
            yield _WrongValue("less than minimum", value, is_sure_refusal=False)
    if node.get("type") == "string":
        if node.get("maxLength", _LONGEST) < _LONGEST and "enum" not in node:
            text = "x" * (node["maxLength"] + 1)
            yield _WrongValue("more than maxLength", text, is_sure_refusal=False)
        if "enum" in node:
            yield _WrongValue("not in the enum", "no-such-value", is_sure_refusal=False)


def _lengths_beyond(field: _Field) -> Iterator[_WrongValue]:
    """Yield a list with one entry more than the field allows, if it limits their number."""
    most = field.node.get("maxItems")
    if most is not None and field.value:
        entries = [deepcopy(field.value[0]) for _ in range(most + 1)]
        yield _WrongValue("more than maxItems", entries, is_sure_refusal=False)


def _with_value(body: Any, steps: tuple[str | int, ...], value: Any) -> Any:
    """Return a copy of a body in which one field has another value."""
    changed = deepcopy(body)
    holder = changed
    for step in steps[:-1]:
        holder = holder[step]
    holder[steps[-1]] = value
    return changed
