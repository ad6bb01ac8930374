"""A fixture that is named after every model, mode or length has all of them."""

import re
from collections.abc import Iterator
from typing import Any

from every_slip import for_each
from kling.description import Rules, load

from scripts.build.bundle import load as load_yaml
from scripts.build.rule_fixtures import BODIES, bodies

SPEC = load()
FIELDS = {
    "model": "model_name",
    "mode": "mode",
    "length": "duration",
    "resolution": "resolution",
    "shape": "aspect_ratio",
    "orientation": "character_orientation",
}
NAMED = re.compile(r"\bevery ((?:[a-z]+, )*[a-z]+(?: and [a-z]+)?)")


def entries() -> Iterator[tuple[Any, Any, str]]:
    for path in BODIES.values():
        file = load_yaml(path)
        for entry in (*file["accepted"], *file["refused"]):
            for words in NAMED.findall(entry["name"]):
                for word in re.split(", | and ", words):
                    if word in FIELDS:
                        yield file, entry, FIELDS[word]


def followed(schema: Any) -> Any:
    while "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        schema = {**SPEC.document["components"]["schemas"][name], **schema, "$ref": None}
        schema = {key: value for key, value in schema.items() if value is not None}
    return schema


def values(schema: Any, field: str) -> list[Any]:
    """Return the values that a field has, there or one level below."""
    properties = followed(schema).get("properties", {})
    if field in properties:
        found = followed(properties[field])
        bounds = found.get("minimum"), found.get("maximum")
        return list(found.get("enum", [])) or list(range(bounds[0], bounds[1] + 1))
    return [one for inner in properties.values() for one in values(inner, field)]


def with_field(body: Any, field: str, value: Any) -> Any:
    """Return a body in which a field has a value, wherever it is."""
    if isinstance(body, dict):
        return {
            key: value if key == field else with_field(inner, field, value)
            for key, inner in body.items()
        }
    return body


def found(body: Any, field: str) -> Any:
    if field in body:
        return body[field]
    return next(
        (one[field] for one in body.values() if isinstance(one, dict) and field in one), None
    )


def verdict(rules: Rules, body: Any) -> tuple[Any, ...]:
    problems = rules.problems(body)
    advice = () if problems else rules.advice(body)
    return {one.rule for one in problems}, {one.rule for one in advice}


@for_each(entries(), lambda one: f"{one[0]['schema']}: {one[1]['name']} ({one[2]})")
def test_a_name_with_every_is_true(one: tuple[Any, Any, str]) -> None:
    file, entry, field = one
    schema = {"$ref": f"#/components/schemas/{entry.get('schema', file['schema'])}"}
    rules = Rules(SPEC, schema)
    written = bodies(entry["body"])
    there = {found(body, field) for body in written} - {None}

    missing = [
        value
        for value in values(schema, field)
        if value not in there
        and verdict(rules, with_field(written[-1], field, value)) == verdict(rules, written[-1])
    ]

    assert there, f"{entry['name']!r} has no {field}"
    assert not missing, f"{entry['name']!r} leaves out {field} {missing}"
