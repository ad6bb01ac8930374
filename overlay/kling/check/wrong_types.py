"""The part that gives each field a value of another type, and one just beyond its limits."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from random import Random
from typing import Any, NamedTuple

from kling.check.bodies import EXTERNAL_ID, Case
from kling.check.inquiry import Inquiry
from kling.check.judging import WRONG_BODY, is_held_up, judge_code, judge_refusal
from kling.description import Document, Spec

_SCALARS = ("string", "integer", "number", "boolean")
_STRANGE = "no_such_field"
# Longer texts are no limit of a field, but of a request.
_LONGEST = 100_000
_LONG = 4000


class _Change(NamedTuple):
    """A value that a field may not have."""

    what: str
    value: Any
    is_certain: bool
    """Whether nothing can be read from it that the field could be."""
    is_read: bool = False
    """Whether Kling may read it as what belongs there."""


class _Spot(NamedTuple):
    """A field of a body."""

    steps: tuple[str | int, ...]
    name: str
    """The same for every entry of a list, such as multi_prompt[].duration."""
    node: Document
    value: Any


def check(inquiry: Inquiry) -> None:
    """Send a right body of each operation with one wrong field after another."""
    cases, readable = [], set()
    for case, change in _changed(inquiry):
        cases.append(case)
        if change.is_read:
            readable.add(case.name)
    inquiry.random.shuffle(cases)
    for case, ask, reply in inquiry.send(cases):
        if case.name not in readable:
            judge_refusal(inquiry, case, ask, reply)
        elif reply.is_success:
            reason = "Kling is known to read some values of another type, and not which."
            inquiry.leave_open(ask, case.rules[0], reason)
        elif not is_held_up(inquiry, reply):
            judge_code(inquiry, ask, reply, (WRONG_BODY,), case.rules[0])


def _changed(inquiry: Inquiry) -> Iterator[tuple[Case, _Change]]:
    chance = inquiry.random
    seen: set[tuple[str, str]] = set()
    for case in _right_bodies(inquiry):
        operation = case.operation
        schema = inquiry.spec.schemas[str(operation.request)]
        strange = _Change("unknown-field", 1, is_certain=False)
        spots = list(_spots(inquiry.spec, schema, case.body))
        changes = [(spot, one) for spot in spots for one in _changes(spot, chance)]
        whole = _Spot((_STRANGE,), _STRANGE, {}, None)
        if "unknown-field" not in inquiry.allow:
            changes.append((whole, strange))
        for spot, change in changes:
            place = f"{operation.id}: {spot.name}: {change.what}"
            if (operation.id, place) in seen:
                continue
            body = _with(case.body, spot.steps, change.value)
            if spot.steps[-1] != EXTERNAL_ID:
                body = inquiry.bodies.with_own_id(operation, body, add=False)
            # What the description lets pass is no wrong value, such as a text that is a number.
            if not change.is_read and not inquiry.bodies.problems(operation, body):
                continue
            seen.add((operation.id, place))
            wrong = Case(place, operation, body, (place,), change.is_certain)
            yield wrong, change


def _right_bodies(inquiry: Inquiry) -> Iterator[Case]:
    """Yield bodies that break nothing, those with the most fields first."""
    for operation in inquiry.operations:
        if operation.request and operation.verb != "delete":
            alive = inquiry.bodies.right(operation)
            # Those that test how long a text may be have little else in them.
            short = [one for one in alive if len(str(one.body)) < _LONG]
            objects = [one for one in short if isinstance(one.body, dict)]
            yield from sorted(objects, key=lambda one: -len(str(one.body)))


def _spots(
    spec: Spec, schema: Document, value: Any, steps: tuple[str | int, ...] = (), name: str = ""
) -> Iterator[_Spot]:
    """Yield each field of a value, and each first entry of a list."""
    node = _meant(spec, schema, value)
    if steps:
        yield _Spot(steps, name, node, value)
    if isinstance(value, Mapping):
        for field, inner in value.items():
            if field in node.get("properties", {}):
                below = f"{name}.{field}" if name else field
                yield from _spots(spec, node["properties"][field], inner, (*steps, field), below)
    elif isinstance(value, list) and "items" in node:
        for index, inner in enumerate(value):
            kind = _kind(spec, node["items"], inner)
            yield from _spots(spec, node["items"], inner, (*steps, index), f"{name}[{kind}]")


def _meant(spec: Spec, schema: Document, value: Any) -> Document:
    """Return the schema of a value: of alternatives, the one that it is."""
    node = spec.resolve(schema)
    key, branches = spec.branches(node)
    if key and isinstance(value, Mapping) and value.get(key) in branches:
        return branches[value[key]]
    if "anyOf" in node and "type" not in node:
        variants = [spec.resolve(one) for one in node["anyOf"]]
        named = [one for one in variants if one.get("type") == _type(value)]
        return named[0] if len(named) == 1 else {}
    return node


def _kind(spec: Spec, schema: Document, value: Any) -> str:
    key, branches = spec.branches(spec.resolve(schema))
    return f"{key}={value[key]}" if branches and isinstance(value, Mapping) else ""


def _type(value: Any) -> str:
    names = {bool: "boolean", int: "integer", float: "number", str: "string"}
    return names.get(type(value), "array" if isinstance(value, list) else "object")


def _changes(spot: _Spot, chance: Random) -> Iterator[_Change]:
    kind = spot.node.get("type")
    if kind in _SCALARS:
        strange: Any = chance.choice([{"a": 1}, ["a", "b"]])
        yield _Change("an object or a list for one value", strange, is_certain=True)
        yield from _beyond(spot.node)
    if kind == "string" and isinstance(spot.value, str) and spot.value.isdecimal():
        yield _Change("a number for a text", int(spot.value), is_certain=False, is_read=True)
    if kind in ("integer", "number"):
        text = str(spot.value)
        yield _Change("a text for a number", text, is_certain=False, is_read=True)
    if kind in ("array", "object"):
        yield _Change(f"a number for the {kind}", 7, is_certain=False)
    if kind == "array":
        yield from _lengths_beyond(spot)


def _beyond(node: Document) -> Iterator[_Change]:
    """Yield values just beyond the limits of a single value."""
    if node.get("type") in ("integer", "number"):
        step = 1 if node["type"] == "integer" else 0.01
        # An integer has the bounds of its width where it has no others.
        if "maximum" in node and abs(node["maximum"]) < 2**53:
            value = round(node["maximum"] + step, 2)
            yield _Change("more than maximum", value, is_certain=False)
        if "minimum" in node and abs(node["minimum"]) < 2**53:
            value = round(node["minimum"] - step, 2)
            yield _Change("less than minimum", value, is_certain=False)
    if node.get("type") == "string":
        if node.get("maxLength", _LONGEST) < _LONGEST and "enum" not in node:
            text = "x" * (node["maxLength"] + 1)
            yield _Change("more than maxLength", text, is_certain=False)
        if "enum" in node:
            yield _Change("none of the enum", "no-such-value", is_certain=False)


def _lengths_beyond(spot: _Spot) -> Iterator[_Change]:
    most = spot.node.get("maxItems")
    if most is not None and spot.value:
        entries = [deepcopy(spot.value[0]) for _ in range(most + 1)]
        yield _Change("more than maxItems", entries, is_certain=False)


def _with(body: Any, steps: tuple[str | int, ...], value: Any) -> Any:
    whole = deepcopy(body)
    holder = whole
    for step in steps[:-1]:
        holder = holder[step]
    holder[steps[-1]] = value
    return whole
