"""House rules for prices: the price of each create is complete and without contradictions."""

import re
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from scripts.build.bundle import Document
from scripts.lint.parts import Operation
from scripts.lint.view import SOURCES, File, Findings, rule
from scripts.lint.walk import is_date, listed, mapping

PRICE, VALUES = "x-kling-price", "x-kling-unit-values"
# For each kind of entry: the keys that it must have, and the keys that it may have too.
_PRICE_KEYS = {"checked", "sources", "rows"}, {"package", "open"}
_VALUE_KEYS = {"currency", "values", "checked", "sources"}, {"open"}
_ROW_EXTRAS = {"when", "checked", "sources"}
_PRICED_KEYS = {"units", "per"}, _ROW_EXTRAS | {"least", "length", "up_to", "between"}
_OPEN_KEYS = {"open"}, _ROW_EXTRAS
_PER = ("call", "picture", "second", "5s")
_TIMED = ("second", "5s")
_PRESENCE = ("given", "absent")
_TEXT = ("has", "lacks")
_DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?")
_UNITS = re.compile(r"\b([0-9]+(?:\.[0-9]+)?) units\b")
_STEP = re.compile(r"(\w+)(?:\[(\w+)=([\w-]+)\])?")
# Nobody could read a price whose rows distinguish more cases than this.
_MOST_POINTS = 20_000

Point = tuple[Any, ...]
"""A combination of values, one for each field that the rows of a price name."""


@rule
def creates_have_prices(file: File) -> Findings:
    """Give each create x-kling-price: {checked, sources, rows}; in open, say what is not known.

    A row has either units (a decimal in quotes) and per, or open, which says why there is no price.
    Add package if the create has no x-kling-task, which would have it.
    """
    for operation in file.operations:
        if not operation.id.startswith("create"):
            if PRICE in operation.body:
                yield operation.place, f"{PRICE} is only for creates"
            continue
        price, place = mapping(operation.body.get(PRICE)), f"{operation.place}.{PRICE}"
        if ("package" in price) == ("x-kling-task" in operation.body):
            yield place, "exactly one of x-kling-price and x-kling-task must have package"
        yield from _key_flaws(place, price, *_PRICE_KEYS)
        yield from _evidence_flaws(file, place, price, unpriced=_is_unpriced(price))
        rows = listed(price.get("rows"))
        if not rows:
            yield place, "rows must be a list with at least one row"
        for number, row in enumerate(rows):
            yield from _row_flaws(file, f"{place}.rows.{number}", mapping(row))


@rule
def unit_values_are_complete(file: File) -> Findings:
    """Write x-kling-unit-values, in openapi.yaml, as {currency, values, checked, sources, open}.

    values has the price of one unit for each kind of package, a decimal in quotes.
    """
    if VALUES not in file.document:
        return
    said = mapping(file.document[VALUES])
    yield from _key_flaws(VALUES, said, *_VALUE_KEYS)
    yield from _evidence_flaws(file, VALUES, said)
    for package, value in mapping(said.get("values")).items():
        if not _is_decimal(value):
            yield VALUES, f"{package} must be a decimal in quotes, such as '0.6'"


@rule
def price_rows_name_what_exists(file: File) -> Findings:
    """Name in the rows of a price only fields of the body, and values that they can have.

    `when` maps a field to a list of values, to `given`, to `absent`, to {has: text} or to
    {lacks: text}.
    """
    for place, row, fields in _priced_rows(file):
        for name, condition in mapping(row.get("when")).items():
            field = fields.get(str(name))
            if field is None:
                yield place, f"{name} is not a field of the body"
            elif isinstance(condition, list):
                for value in condition or [None]:  # reports [], except if the field may be absent
                    if value not in field.values:
                        yield place, f"{name} cannot be {value}"
            elif not (condition in _PRESENCE or _text_of(condition)):
                forms = "a list of values, given, absent, {has: text} or {lacks: text}"
                yield place, f"{name} must be {forms}"
        for key in [key for key in ("length", "up_to") if key in row]:
            if (field := fields.get(str(row[key]))) is None:
                yield place, f"{row[key]} is not a field of the body"
            elif not field.tells_length and "between" not in row:
                yield place, f"{row[key]} is neither a number of seconds nor a file with a length"


@rule
def price_rows_are_a_partition(file: File) -> Findings:
    """Write rows so that exactly one applies to each combination of the values of their fields.

    If Kling does not sell a combination, or its price is not known, a row with `open` must say so.
    Retired values need no row.
    """
    for operation in file.operations:
        rows = [mapping(row) for row in listed(mapping(operation.body.get(PRICE)).get("rows"))]
        if not rows:
            continue  # creates_have_prices reports it
        conditions = [mapping(row.get("when")) for row in rows]
        names = dict.fromkeys(str(name) for condition in conditions for name in condition)
        found = ((name, _field(file, operation, name)) for name in names)
        fields = {name: field for name, field in found if field}  # others are reported above
        axes = {name: _axis(field, name, conditions) for name, field in fields.items()}
        place, size = f"{operation.place}.{PRICE}", 1
        for axis in axes.values():
            size *= len(axis)
        if size > _MOST_POINTS:
            yield (
                place,
                f"the rows distinguish {size:,} combinations; the limit is {_MOST_POINTS:,}",
            )
            continue
        for point in product(*axes.values()):
            values = dict(zip(axes, point, strict=True))
            number = sum(
                all(_holds(condition.get(name), value) for name, value in values.items())
                for condition in conditions
            )
            where = ", ".join(f"{name} {_shown(value)}" for name, value in values.items())
            is_retired = any(value in fields[name].retired for name, value in values.items())
            if number > 1:
                yield place, f"{number} rows apply to {where or 'everything'}, but only one may"
            elif number == 0 and not is_retired:
                yield place, f"no row applies to {where}"


@rule
def prices_in_descriptions_are_those_of_the_rows(file: File) -> Findings:
    """Name in the description of a create only units that a row of its price has."""
    for operation in file.operations:
        rows = [mapping(row) for row in listed(mapping(operation.body.get(PRICE)).get("rows"))]
        known = {str(row[key]) for row in rows for key in ("units", "least") if key in row}
        named = _UNITS.findall(str(operation.body.get("description", ""))) if known else []
        for units in named:
            if units not in known:
                said = f"the description says {units} units, but the rows have"
                yield operation.place, f"{said} {', '.join(sorted(known))}"


class _Field(NamedTuple):
    """The facts about a field of a body that matter for the rows of a price."""

    values: tuple[Any, ...]
    """The values that it can have. None is among them if it may be absent and has no default."""
    retired: tuple[Any, ...]
    tells_length: bool
    """Whether it is a number of seconds, or a file whose length has a limit."""


def _is_unpriced(price: Document) -> bool:
    return all("open" in mapping(row) for row in listed(price.get("rows")))


def _key_flaws(place: str, entry: Document, needed: set[str], optional: set[str]) -> Findings:
    if not needed <= set(entry) <= needed | optional:
        must, may = ", ".join(sorted(needed)), ", ".join(sorted(optional))
        yield place, f"must have {must}; may also have {may}"


def _evidence_flaws(file: File, place: str, entry: Document, unpriced: bool = False) -> Findings:
    sources, checked = listed(entry.get("sources")), entry.get("checked")
    if not sources and not unpriced:
        yield place, f"sources must be a list of ids from {SOURCES}"
    for name in sources:
        if str(name) not in file.whole.sources:
            yield place, f"{name} is not in {SOURCES}"
    # For old prices, only the year may be known.
    if not is_date(checked) and not re.fullmatch("20[0-9]{2}", str(checked)):
        yield place, f"checked is {checked}, which is not a date such as '2026-09-20'"
    for sentence in listed(entry.get("open")):
        if not re.fullmatch(r"[A-Z].*\.", str(sentence)):
            yield f"{place}.open", f"{sentence} is not a sentence with a capital and a full stop"


def _row_flaws(file: File, place: str, row: Document) -> Findings:
    if "open" in row:
        yield from _key_flaws(place, row, *_OPEN_KEYS)
        if not re.fullmatch(r"[A-Z].*\.", str(row["open"])):
            yield place, "open must be a sentence with a capital and a full stop"
        return
    yield from _key_flaws(place, row, *_PRICED_KEYS)
    for key in ("units", "least"):
        if key in row and not _is_decimal(row[key]):
            yield place, f"{key} must be a decimal in quotes, such as '0.6'"
    if (per := row.get("per")) not in _PER:
        yield place, f"per must be one of {', '.join(_PER)}"
    says_length = bool({"length", "up_to", "between"} & set(row))
    if per in _TIMED and not says_length:
        yield place, "a row per second or 5s needs between, length or up_to"
    if per not in _TIMED and says_length:
        yield place, "only a row per second or 5s may have between, length or up_to"
    if {"length", "up_to"} <= set(row):
        yield place, "a row must not have both length and up_to"
    if "sources" in row or "checked" in row:
        yield from _evidence_flaws(file, place, row)


def _is_decimal(value: Any) -> bool:
    return isinstance(value, str) and bool(_DECIMAL.fullmatch(value))


def _priced_rows(file: File) -> Iterator[tuple[str, Document, Mapping[str, "_Field | None"]]]:
    """Yield the place of each row of a price, the row, and the fields that it names."""
    for operation in file.operations:
        for number, entry in enumerate(listed(mapping(operation.body.get(PRICE)).get("rows"))):
            row = mapping(entry)
            named = [*mapping(row.get("when")), row.get("length"), row.get("up_to")]
            fields = {str(one): _field(file, operation, str(one)) for one in named if one}
            yield f"{operation.place}.{PRICE}.rows.{number}", row, fields


def _field(file: File, operation: Operation, name: str) -> _Field | None:
    """Return the field with a path such as contents[type=base_video].url; None if it is missing."""
    if len(operation.request_schemas) != 1:
        return None
    here, node = file.whole.resolved(file.path, operation.request_schemas[0])
    is_needed = True
    # Split the path at its points, but not at those in brackets.
    for step in re.findall(r"(?:[^.\[]|\[[^]]*\])+", name):
        if not (match := _STEP.fullmatch(step)):
            return None
        property_, key, value = match.groups()
        if property_ not in (properties := mapping(node.get("properties"))):
            return None
        is_needed = is_needed and property_ in listed(node.get("required"))
        here, node = file.whole.resolved(here, mapping(properties[property_]))
        if key:
            here, node = _entry(file, here, node, key, value)
    if not node:
        return None
    values = [True, False] if node.get("type") == "boolean" else listed(node.get("enum"))
    may_be_absent = not is_needed and "x-kling-default" not in node
    is_number = node.get("type") in ("integer", "number") or all(str(v).isdecimal() for v in values)
    has_length = "seconds" in mapping(node.get("x-kling-media"))
    return _Field(
        values=(*values, None) if may_be_absent and values else tuple(values),
        retired=tuple(mapping(node.get("x-kling-retired"))),
        tells_length=has_length or bool(is_number and (values or "minimum" in node)),
    )


def _entry(file: File, here: Path, node: Document, key: str, value: str) -> tuple[Path, Document]:
    """Return the schema of the list entries whose key has a value; {} if no entry can have it.

    The result begins with the file that the references of the schema are relative to.
    """
    here, items = file.whole.resolved(here, mapping(node.get("items")))
    discriminator = mapping(items.get("discriminator"))
    if discriminator.get("propertyName") == key:
        reference = mapping(discriminator.get("mapping")).get(value)
        return file.whole.resolved(here, {"$ref": reference}) if reference else (here, {})
    _, field = file.whole.resolved(here, mapping(mapping(items.get("properties")).get(key)))
    return (here, items) if value in listed(field.get("enum")) else (here, {})


def _axis(field: _Field, name: str, conditions: list[Document]) -> tuple[Any, ...]:
    """Return the cases that rows distinguish: two for presence or for a text; else the values."""
    for condition in (one[name] for one in conditions if name in one):
        if condition in _PRESENCE:
            return _PRESENCE
        if text := _text_of(condition):
            return tuple((word, text) for word in _TEXT)
    return field.values


def _text_of(condition: Any) -> str:
    """Return the text in {has: text} or {lacks: text}; '' for any other condition."""
    if len(mapping(condition)) != 1:
        return ""
    [(word, text)] = condition.items()
    return str(text) if word in _TEXT else ""


def _holds(condition: Any, value: Any) -> bool:
    if condition is None:
        return True
    if isinstance(condition, list):
        return value in condition
    # In a combination, {has: text} is the pair of the word and the text.
    expected = tuple(*condition.items()) if mapping(condition) else condition
    return bool(value == expected)


def _shown(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)
