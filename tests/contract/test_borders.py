"""The values at and beyond the borders of every field of every request.

They prove that the compiled rules, the client and the mock do what the description says: each
listed value and each limit is taken, the next value beyond is refused for that, and what ends on a
day is taken until the second before. They read the borders from the description, so they cannot
prove that it says what Kling says.
"""

import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

import pytest
from every_field import Field, Server, fields_of, holders, right_bodies, with_value
from every_slip import fail_with
from kling import Kling, KlingWarning, NotFoundError, models, validate_body

# private: files of every length and shape would take longer to make than all of these tests.
from kling._media import MediaFacts

# private: the same.
from kling._requests.media_checks import findings
from kling.description import Operation, load
from kling.mock import KlingMock

from scripts.build import bundle

SPEC = load()
REQUESTS = [one for one in SPEC.operations.values() if one.request]
LIMITS = {"minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"}
LISTS = [one for one in SPEC.operations.values() if "pageSize" in SPEC.parameters(one)]

Broken = list[tuple[str, str]]
"""The rules that a body breaks, each with its field."""


class Border(NamedTuple):
    """The last value that a keyword takes, and the next one; of a list, the numbers of entries."""

    keyword: str
    inside: Any
    outside: Any


def borders(field: Field) -> Iterator[Border]:
    for schema in field.schema.get("anyOf", [field.schema]):
        yield from listed(schema)
        for keyword in sorted(schema.keys() & LIMITS) if "enum" not in schema else ():
            inside = schema[keyword]
            outside = inside + (1 if keyword.startswith("max") else -1) * step(schema)
            if not keyword.endswith("Length"):
                yield Border(keyword, inside, outside)
            # An empty text counts as absent where the field may be.
            elif outside or not field.is_optional:
                yield Border(keyword, text(schema, inside), text(schema, outside))


def listed(schema: dict[str, Any]) -> Iterator[Border]:
    if "const" in schema:
        yield Border("discriminator", schema["const"], "stranger")
    values, stranger = schema.get("enum", []), "stranger"
    if values and schema["type"] in ("integer", "number"):
        # One from between, where there is one, so that no other limit is passed.
        between = {low + step(schema) for low in values[:-1]} - {*values}
        stranger = min(between, default=max(values) + 1)
    yield from (Border("enum", value, stranger) for value in values)


def step(schema: dict[str, Any]) -> float:
    return 0.01 if schema.get("type") == "number" else 1


def text(schema: dict[str, Any], length: int) -> str:
    # A medium or an address has to look like one, unless it is empty.
    start = "https://example.org/a.png" if length and "x-kling-media" in schema else ""
    if length and re.search(schema.get("pattern", "^$"), "https://example.org"):
        start = "https://example.org"
    return start.ljust(length, "x")


def told(operation: Operation, body: Any) -> Broken:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", KlingWarning)
        return [(one.rule, one.field) for one in validate_body(operation.id, body)]


def plain(broken: Broken) -> Broken:
    return [(rule, field) for rule, field in broken if "." not in rule]


def pairs(field: Field, border: Border, known: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield a body with the last value that is taken, and with the next one, for each place."""
    for body in known:
        if (holder := next(holders(body, field.path), None)) is not None:
            values = border.inside, border.outside
            if border.keyword.endswith("Items"):
                old = holder.get(field.name)
                values = (
                    [[old[n % len(old)] for n in range(size)] for size in values] if old else ()
                )
            if values:
                yield with_value(body, field, values[0]), with_value(body, field, values[1])


def best(operation: Operation, pairs: Iterator[tuple[Any, Any]]) -> list[tuple[Any, Broken]]:
    """Return the bodies of the pair that break the fewest rules, with what each breaks."""
    found: list[tuple[Any, Broken]] = []
    for pair in pairs:
        # The files in the bodies are only beginnings of files.
        tried = [
            (body, [one for one in told(operation, body) if one[0] != "x-kling-media"])
            for body in pair
        ]
        sizes = [len(broken) for _, broken in tried]
        if not found or sizes < [len(broken) for _, broken in found]:
            found = tried
        if sizes == [0, 1]:
            break
    return found


def slips(operation: Operation) -> Iterator[str]:
    server, known = Server(), right_bodies(operation)
    for field in fields_of(operation):
        for border in borders(field):
            place = ".".join([*map(str, field.path), field.name])
            name = f"{place}: {border.keyword} {str(border.inside)[:20]}"
            found = best(operation, pairs(field, border, known))
            if not found:
                yield f"{name}: no body has a place for it"
                continue
            (_, at), (_, beyond) = found
            if plain(at):
                yield f"{name}: expected that it is taken, found {plain(at)}"
            expected = [(border.keyword, field.name)]
            if [(rule, where.rpartition(".")[2]) for rule, where in plain(beyond)] != expected:
                yield f"{name}: expected {expected} beyond it, found {beyond}"
            for body, broken in found:
                (_, _, rules), _ = server.ask(operation, body)
                if {*(rules or "").split(", ")} - {""} != {rule for rule, _ in broken}:
                    yield f"{name}: expected of the mock {broken}, found {rules}"


@pytest.mark.parametrize("operation", REQUESTS, ids=lambda operation: operation.id)
def test_each_border_is_taken_and_what_is_beyond_is_refused(operation: Operation) -> None:
    fail_with(slips(operation))


@pytest.mark.parametrize("operation", LISTS, ids=lambda operation: operation.id)
@pytest.mark.parametrize("name", ["pageNum", "pageSize"])
def test_a_page_at_each_border_is_shown_and_none_beyond(operation: Operation, name: str) -> None:
    schema, server = SPEC.parameters(operation)[name]["schema"], Server()
    for border in borders(Field((), name, schema, is_optional=True)):
        for value, expected in ((border.inside, (200, 0)), (border.outside, (400, 1200))):
            answer, _ = server.ask(operation, params={name: value})
            assert answer[:2] == expected, value


# ------------------------------------------------------------------------ what ends on a day


class End(NamedTuple):
    """The day from which a value of a field is refused, or a whole create without a field."""

    operation: Operation
    field: Field | None
    value: str
    day: str


def ends() -> Iterator[End]:
    for operation in REQUESTS:
        for field in fields_of(operation):
            for value, day in field.schema.get("x-kling-retired", {}).items():
                yield End(operation, field, value, day)
        if operation.closed:
            yield End(operation, None, operation.path, str(operation.closed))


@pytest.mark.parametrize("end", [*ends()], ids=lambda end: f"{end.operation.id}-{end.value}")
def test_what_ends_is_taken_until_the_second_before(end: End) -> None:
    operation, field, value, day = end
    bodies = [with_value(one, field, value) if field else one for one in right_bodies(operation)]
    body = next(one for one in bodies if not told(operation, one))
    request = getattr(models, str(operation.request)).from_dict(body)
    midnight = datetime.combine(date.fromisoformat(day), time(), UTC).timestamp()
    mock = KlingMock(now=midnight - 1)

    assert created(mock, request) == ("taken", False)
    mock.clock.advance(1)
    assert created(mock, request) == ("refused", field is not None or "model_name" not in body)


def created(mock: KlingMock, request: Any) -> tuple[str, bool]:
    """Return what the mock says to a create, and whether the client warns of what has ended."""
    with (
        warnings.catch_warnings(record=True) as told,
        Kling(api_key=mock.keys.api_key, transport=mock.transport) as kling,
    ):
        warnings.simplefilter("always")
        try:
            kling.create(request)
            answer = "taken"
        except NotFoundError:
            answer = "refused"
    return answer, any("was retired on" in str(one.message) for one in told)


# ---------------------------------------------------------------------------- what files may be

MEDIA = {
    str(node["x-kling-media"]): node["x-kling-media"]
    for node in bundle.holders(SPEC.document, "x-kling-media")
}


def files(limits: dict[str, Any]) -> Iterator[tuple[str, MediaFacts, MediaFacts]]:
    """Yield what is limited, with a file at the limit and one beyond."""
    fit = MediaFacts("mp4", 1, 1000, 1000, 1, fps=1)
    for one in limits.get("formats", ()):
        yield "formats", replace(fit, format=one), replace(fit, format="gif")
    if most := limits.get("bytes"):
        yield "bytes", replace(fit, bytes=most), replace(fit, bytes=most + 1)
    if least := limits.get("side"):
        yield "side", replace(fit, width=least), replace(fit, width=least - 1)
    if most := limits.get("most_side"):
        yield "most_side", replace(fit, width=most), replace(fit, width=most + 1)
    if most := limits.get("pixels"):
        yield "pixels", replace(fit, width=most, height=1), replace(fit, width=most + 1, height=1)
    for ratio, sign in zip(limits.get("ratio", ()), (-1, 1), strict=False):
        yield "ratio", replace(fit, width=1000 * ratio), replace(fit, width=1000 * ratio + sign)
    for name in ("seconds", "fps"):
        for value, sign in zip(limits.get(name, ()), (-1, 1), strict=False):
            yield name, replace(fit, **{name: value}), replace(fit, **{name: value + sign})


@pytest.mark.parametrize("limits", MEDIA.values(), ids=MEDIA)
def test_a_file_at_a_limit_is_taken_and_one_beyond_is_not(limits: dict[str, Any]) -> None:
    for name, inside, outside in files(limits):
        # Alone: one limit may be out of reach by the others.
        alone = {key: limits[key] for key in ("kind", name) if key in limits}
        alone |= {} if name == "formats" else {"formats": ["mp4"]}
        assert [*findings(inside, alone)] == [], name
        assert len([*findings(outside, alone)]) == 1, name
