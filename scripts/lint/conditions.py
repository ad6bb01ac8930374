"""Find out from the schema of a rule which values of its fields it accepts, and which it refuses.

This schema is called the condition of the rule.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from scripts.build.bundle import Document
from scripts.lint.view import Description
from scripts.lint.walk import listed, mapping

# Keywords whose schema is about the same value.
_SAME_VALUE = ("not", "if", "then", "else")
# Keywords that list schemas about the same value.
_SAME_VALUE_LISTS = ("anyOf", "allOf", "oneOf")
# Keywords whose schema is about the entries of a list.
_ONE_OF_MANY = ("items", "contains")
_IGNORED_KEYWORDS = ("description", "type", "x-kling-rule", "then", "else")
# A table with more combinations is not made. Tables are compared with sentences about models, modes
# and lengths, and for these, smaller tables suffice.
_MOST_POINTS = 20_000

Point = tuple[Any, ...]
"""A combination of values, one for each field of a table."""


@dataclass(frozen=True)
class Axis:
    """A field, such as `mode` or `contents[].type`, and every value that it can have."""

    field: str
    values: tuple[Any, ...]
    is_open: bool = False
    """True if the schema of the field lists no values; `values` then has those of the condition."""

    @property
    def name(self) -> str:
        """The name of the property, without its path."""
        return self.field.rpartition(".")[2].removesuffix("[]")

    @property
    def has_models(self) -> bool:
        """Whether its values are models."""
        return any(str(value).startswith("kling-") for value in self.values)

    @property
    def has_numbers(self) -> bool:
        """Whether its values are numbers, or numbers in strings."""
        return bool(self.values) and all(str(value).isdecimal() for value in self.values)


@dataclass(frozen=True)
class Table:
    """For each combination of values, whether a condition accepts it.

    None means that this depends on fields that are not in the table.
    """

    axes: tuple[Axis, ...]
    outcomes: Mapping[Point, bool | None]

    def having(self, field: str, value: Any) -> "Table":
        """Return the part of the table in which a field has a value."""
        index = [axis.field for axis in self.axes].index(field)
        kept = {point: self.outcomes[point] for point in self.outcomes if point[index] == value}
        return Table(self.axes, kept)

    def points_of(self, outcome: bool | None) -> list[Point]:
        """Return the combinations with an outcome."""
        return [point for point in self.outcomes if self.outcomes[point] is outcome]


def compared(condition: Document, field: str = "") -> Iterator[tuple[str, list[Any]]]:
    """Yield each field that a condition compares with values, and the values."""
    if not condition:
        return
    if "enum" in condition or "const" in condition:
        yield field, [*listed(condition.get("enum")), *_constant(condition)]
    for name, inner in mapping(condition.get("properties")).items():
        yield from compared(mapping(inner), _below(field, name))
    for keyword in _SAME_VALUE:
        yield from compared(mapping(condition.get(keyword)), field)
    for keyword in _SAME_VALUE_LISTS:
        for inner in listed(condition.get(keyword)):
            yield from compared(mapping(inner), field)
    for keyword in _ONE_OF_MANY:
        yield from compared(mapping(condition.get(keyword)), f"{field}[]")


def fields(condition: Document, field: str = "") -> Iterator[str]:
    """Yield each field that a condition tests."""
    if not condition:
        return
    for name in (*listed(condition.get("required")), *mapping(condition.get("properties"))):
        yield _below(field, name)
    for name, inner in mapping(condition.get("properties")).items():
        yield from fields(mapping(inner), _below(field, name))
    for keyword in _SAME_VALUE:
        yield from fields(mapping(condition.get(keyword)), field)
    for keyword in _SAME_VALUE_LISTS:
        for inner in listed(condition.get(keyword)):
            yield from fields(mapping(inner), field)
    for keyword in _ONE_OF_MANY:
        yield from fields(mapping(condition.get(keyword)), f"{field}[]")


def axes(whole: Description, path: Path, holder: Document, condition: Document) -> list[Axis]:
    """Return the fields that a condition compares with values, and all values of each field.

    Args:
        whole: the description.
        path: the file that has the schema `holder`.
        holder: the schema with the properties that the condition is about.
        condition: the condition.
    """
    used: dict[str, list[Any]] = defaultdict(list)
    for field, values in compared(condition):
        used[field] += values
    found = []
    for field, values in used.items():
        known = domain(whole, path, holder, field)
        found.append(Axis(field, tuple(dict.fromkeys(known or values)), is_open=not known))
    return found


def domain(whole: Description, path: Path, holder: Document, field: str) -> list[Any]:
    """Return the values that the schema of a field allows; [] if the schema does not list them."""
    return [value for schema in schemas(whole, path, holder, field) for value in _values(schema)]


def schemas(whole: Description, path: Path, holder: Document, field: str) -> list[Document]:
    """Return the schemas of a field.

    There are several if the field, or an object or a list that contains it, has alternatives, which
    are in `oneOf` or `anyOf`.
    """
    found = [whole.resolved(path, holder)]
    for step in field.replace("[]", ".[]").split("."):
        inner = []
        for file, schema in found:
            properties = mapping(schema.get("properties"))
            part = mapping(schema.get("items") if step == "[]" else properties.get(step))
            origin, resolved = whole.resolved(file, part)
            kinds = listed(resolved.get("oneOf", resolved.get("anyOf")))
            inner += [whole.resolved(origin, mapping(kind)) for kind in kinds]
            if not kinds:
                inner.append((origin, resolved))
        found = inner
    return [schema for _, schema in found]


def table(condition: Document, on: Iterable[Axis]) -> Table | None:
    """Return which combinations of the values of some fields a condition accepts.

    Fields inside lists are left out. Return None if no field is left, or if there are too many
    combinations. If the condition has an `if`, and its `then` depends on these fields too, the
    table has only the combinations that meet the `if`.
    """
    used = tuple(axis for axis in on if "[]" not in axis.field)
    count = 1
    for axis in used:
        count *= len(axis.values)
    if not used or count > _MOST_POINTS:
        return None
    names = [axis.field for axis in used]
    combinations = product(*(axis.values for axis in used))
    points = {point: dict(zip(names, point, strict=True)) for point in combinations}
    if "if" not in condition:
        return Table(used, {point: evaluate(condition, points[point]) for point in points})
    if_, then = mapping(condition["if"]), mapping(condition.get("then"))
    # These meet the `if`, or may meet it: None means that other fields decide.
    meet_if = [point for point in points if evaluate(if_, points[point]) is not False]
    outcomes = {point: evaluate(then, points[point]) for point in meet_if}
    if len(set(outcomes.values())) < 2:
        # The `then` does not depend on these fields, for example because it requires another field.
        # So the table has True for the combinations that do not meet the `if`, which the rule
        # ignores, and False for the others, of which it demands something.
        return Table(used, {point: point not in outcomes for point in points})
    return Table(used, outcomes)


def evaluate(schema: Document, point: Mapping[str, Any], field: str = "") -> bool | None:
    """Return whether the values of a point satisfy a schema; None if other fields decide that."""
    results: list[bool | None] = []
    for keyword, value in schema.items():
        inner = [mapping(one) for one in listed(value)]
        if keyword in ("enum", "const"):
            allowed = listed(value) if keyword == "enum" else [value]
            results.append(point[field] in allowed if field in point else None)
        elif keyword == "required":
            results += [_is_given(_below(field, name), point) for name in listed(value)]
        elif keyword == "properties":
            for name, one in mapping(value).items():
                results.append(evaluate(mapping(one), point, _below(field, name)))
        elif keyword == "not":
            results.append(_opposite(evaluate(mapping(value), point, field)))
        elif keyword == "allOf":
            results += [evaluate(one, point, field) for one in inner]
        # oneOf is read as anyOf, which is the same if no value satisfies two alternatives.
        elif keyword in ("anyOf", "oneOf"):
            results.append(_any(evaluate(one, point, field) for one in inner))
        elif keyword == "if":
            met = evaluate(mapping(value), point, field)
            then = evaluate(mapping(schema.get("then")), point, field)
            other = evaluate(mapping(schema.get("else")), point, field)
            # "if A then B" is the same as "not A, or B"; "else C" is the same as "A, or C".
            results += [_any([_opposite(met), then]), _any([met, other])]
        elif keyword not in _IGNORED_KEYWORDS:
            results.append(None)
    return _all(results)


def rows(points: Iterable[Point], on: tuple[Axis, ...]) -> list[dict[str, list[Any]]]:
    """Merge points into rows such as {"mode": ["pro"], "duration": ["5", "10"]}.

    A row leaves out a field that may have any value.
    """
    if not on:
        return [{}]
    # Values of the first field are in one row if they allow the same combinations of the others.
    rests: dict[Any, set[Point]] = defaultdict(set)
    for point in points:
        rests[point[0]].add(point[1:])
    alike: dict[frozenset[Point], list[Any]] = defaultdict(list)
    for value in on[0].values:
        if value in rests:
            alike[frozenset(rests[value])].append(value)
    return [
        ({} if len(values) == len(on[0].values) else {on[0].name: values}) | row
        for rest, values in alike.items()
        for row in rows(rest, on[1:])
    ]


def _constant(schema: Document) -> list[Any]:
    return [schema["const"]] if "const" in schema else []


def _values(schema: Document) -> list[Any]:
    if schema.get("type") == "boolean":
        return [False, True]
    return [
        *listed(schema.get("enum")),
        *_constant(schema),
        *listed(schema.get("x-extensible")),
        *_whole_numbers(schema),
    ]


def _whole_numbers(schema: Document) -> list[int]:
    lowest, highest = schema.get("minimum"), schema.get("maximum")
    if schema.get("type") != "integer" or "enum" in schema:
        return []
    if not isinstance(lowest, int) or not isinstance(highest, int) or highest - lowest > 100:
        return []
    return list(range(lowest, highest + 1))


def _below(field: str, name: Any) -> str:
    return f"{field}.{name}" if field else str(name)


def _is_given(field: str, point: Mapping[str, Any]) -> bool | None:
    """Return True if a point has the field or a field inside it; else None, which means unknown."""
    # The point has a value of the field, or of a property of the field.
    return True if any(f"{other}.".startswith(f"{field}.") for other in point) else None


def _any(results: Iterable[bool | None]) -> bool | None:
    """Return whether a result is True; None if no result is True, and one is unknown (None)."""
    found = set(results)
    if True in found:
        return True
    return None if None in found else False


def _all(results: Iterable[bool | None]) -> bool | None:
    """Return whether all results are True; None if no result is False, and one is unknown."""
    found = set(results)
    if False in found:
        return False
    return None if None in found else True


def _opposite(result: bool | None) -> bool | None:
    return None if result is None else not result
