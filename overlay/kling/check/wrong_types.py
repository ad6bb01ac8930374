"""The part that gives each field a value of a wrong type, and one just beyond its limits."""

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
# A higher maxLength does not limit the field, but the size of the request.
_LONGEST = 100_000
# A body with more characters serves only to test the length of a text.
_LONG = 4000


class _WrongValue(NamedTuple):
    """A value that a field must not have."""

    what: str
    value: Any
    is_sure_refusal: bool
    """Whether no server can convert the value to one that the field may have."""
    may_be_converted: bool = False
    """Whether Kling may convert the value to the right type."""


class _Field(NamedTuple):
    """A field of a body."""

    steps: tuple[str | int, ...]
    name: str
    """The same for every entry of a list, such as multi_prompt[].duration."""
    node: Document
    value: Any


def check(inquiry: Inquiry) -> None:
    """Send valid bodies of each operation in which one field at a time is wrong."""
    cases, readable = [], set()
    for case, change in _wrong_cases(inquiry):
        cases.append(case)
        if change.may_be_converted:
            readable.add(case.name)
    inquiry.random.shuffle(cases)
    for case, request, reply in inquiry.send_all(cases):
        if case.name not in readable:
            judge_refusal(inquiry, case, request, reply)
        elif reply.is_success:
            reason = "Kling converts some values of a wrong type; it is not known which."
            inquiry.add_undecided(request, case.rules[0], reason)
        elif not is_at_account_limit(inquiry, reply):
            judge_code(inquiry, request, reply, (WRONG_BODY,), case.rules[0])


def _wrong_cases(inquiry: Inquiry) -> Iterator[tuple[Case, _WrongValue]]:
    random = inquiry.random
    seen: set[tuple[str, str]] = set()
    for case in _valid_bodies(inquiry):
        operation = case.operation
        schema = inquiry.spec.schemas[str(operation.request)]
        unknown = _WrongValue("unknown-field", 1, is_sure_refusal=False)
        fields = list(_fields(inquiry.spec, schema, case.body))
        changes = [(field, wrong) for field in fields for wrong in _wrong_values(field, random)]
        whole = _Field((_NO_SUCH_FIELD,), _NO_SUCH_FIELD, {}, None)
        if "unknown-field" not in inquiry.allow:
            changes.append((whole, unknown))
        for field, change in changes:
            place = f"{operation.id}: {field.name}: {change.what}"
            if (operation.id, place) in seen or place in inquiry.allow:
                continue
            body = _with(case.body, field.steps, change.value)
            if field.steps[-1] != EXTERNAL_ID:
                body = inquiry.bodies.with_new_id(operation, body, add=False)
            # The description may allow the value, such as a text of digits for a number.
            if not change.may_be_converted and not inquiry.bodies.problems(operation, body):
                continue
            seen.add((operation.id, place))
            wrong = Case(place, operation, body, (place,), change.is_sure_refusal)
            yield wrong, change


def _valid_bodies(inquiry: Inquiry) -> Iterator[Case]:
    """Yield bodies that break no rule, the longest first."""
    for operation in inquiry.operations:
        if operation.request and operation.verb != "delete":
            valid = inquiry.bodies.valid(operation)
            # The longest bodies test the length of one text, and have few other fields.
            short = [case for case in valid if len(str(case.body)) < _LONG]
            objects = [case for case in short if isinstance(case.body, dict)]
            yield from sorted(objects, key=lambda case: -len(str(case.body)))


def _fields(
    spec: Spec, schema: Document, value: Any, steps: tuple[str | int, ...] = (), name: str = ""
) -> Iterator[_Field]:
    """Yield the field of a value, and all fields and entries in it."""
    node = _schema_of(spec, schema, value)
    if steps:
        yield _Field(steps, name, node, value)
    if isinstance(value, Mapping):
        for field, inner in value.items():
            if field in node.get("properties", {}):
                below = f"{name}.{field}" if name else field
                yield from _fields(spec, node["properties"][field], inner, (*steps, field), below)
    elif isinstance(value, list) and "items" in node:
        for index, inner in enumerate(value):
            kind = _kind(spec, node["items"], inner)
            yield from _fields(spec, node["items"], inner, (*steps, index), f"{name}[{kind}]")


def _schema_of(spec: Spec, schema: Document, value: Any) -> Document:
    """Return the schema of a value; of several alternatives, the one that fits it."""
    node = spec.resolve(schema)
    key, branches = spec.branches(node)
    if key and isinstance(value, Mapping) and value.get(key) in branches:
        return branches[value[key]]
    if "anyOf" in node and "type" not in node:
        variants = [spec.resolve(variant) for variant in node["anyOf"]]
        named = [variant for variant in variants if variant.get("type") == _type(value)]
        return named[0] if len(named) == 1 else {}
    return node


def _kind(spec: Spec, schema: Document, value: Any) -> str:
    key, branches = spec.branches(spec.resolve(schema))
    return f"{key}={value[key]}" if branches and isinstance(value, Mapping) else ""


def _type(value: Any) -> str:
    names = {bool: "boolean", int: "integer", float: "number", str: "string"}
    return names.get(type(value), "array" if isinstance(value, list) else "object")


def _wrong_values(field: _Field, random: Random) -> Iterator[_WrongValue]:
    kind = field.node.get("type")
    if kind in _SCALARS:
        strange: Any = random.choice([{"a": 1}, ["a", "b"]])
        yield _WrongValue("an object or a list for one value", strange, is_sure_refusal=True)
        yield from _beyond(field.node)
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


def _beyond(node: Document) -> Iterator[_WrongValue]:
    """Yield values just beyond the limits of a single value."""
    if node.get("type") in ("integer", "number"):
        step = 1 if node["type"] == "integer" else 0.01
        # Bounds that large are those of the integer type, not a limit of the field.
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
    most = field.node.get("maxItems")
    if most is not None and field.value:
        entries = [deepcopy(field.value[0]) for _ in range(most + 1)]
        yield _WrongValue("more than maxItems", entries, is_sure_refusal=False)


def _with(body: Any, steps: tuple[str | int, ...], value: Any) -> Any:
    whole = deepcopy(body)
    holder = whole
    for step in steps[:-1]:
        holder = holder[step]
    holder[steps[-1]] = value
    return whole
