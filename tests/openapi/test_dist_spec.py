"""What other tools and languages get of the description says the same as the description."""

import copy
import json
import re
import runpy
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml
from jsonschema import Draft202012Validator
from kling.description import dialects, load, source
from openapi_schema_validator import OAS30Validator
from openapi_spec_validator import OpenAPIV30SpecValidator

from scripts.build.bundle import WORKFLOWS, Document, holders
from scripts.build.bundle import load as load_yaml
from scripts.build.rule_fixtures import cases
from scripts.build.rule_list import rule_list
from scripts.publish.dist_spec import PROGRAMS, main
from scripts.publish.openapi30 import downgraded

ROOT = Path(__file__).parents[2]
# What is said of every value that counts as another one.
CONVERSION = "type-conversion"


@pytest.fixture(scope="module", params=["", *dialects()])
def dialect(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the command writes, which takes seconds."""
    target = tmp_path_factory.mktemp("dist")
    (target / "yesterday").mkdir()
    assert main(target) == 0
    return target


@pytest.fixture(scope="module")
def folder(dialect: str, published: Path) -> Path:
    return published / dialect


@pytest.fixture(scope="module")
def rules(folder: Path) -> list[Document]:
    return read(folder, "rules.json")


@pytest.fixture(scope="module")
def fixtures(folder: Path) -> list[Document]:
    return read(folder, "fixtures.json")


@pytest.fixture(scope="module")
def schemas(folder: Path) -> dict[str, Document]:
    paths = (folder / "schemas").iterdir()
    return {path.name.removesuffix(".schema.json"): read(path.parent, path.name) for path in paths}


@pytest.fixture(scope="module")
def old(folder: Path) -> Document:
    return read(folder, "kling-openapi.portable-3.0.json")


def read(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text(encoding="utf-8"))


FILES = {
    *("kling-openapi.json", "kling-openapi.yaml"),
    *("kling-openapi.portable.json", "kling-openapi.portable-3.0.json"),
    *("rules.json", "fixtures.json", "schemas"),
}


def test_the_command_writes_everything_and_nothing_else(published: Path) -> None:
    workflows = {path.name for path in (ROOT / "openapi").glob(WORKFLOWS)}
    names = {path.name for path in published.iterdir()}
    assert names == {*FILES, "checks.py", "canonical_form.py", *workflows, *dialects()}
    for name in dialects():
        assert {path.name for path in (published / name).iterdir()} == FILES
    assert read(published, "kling-openapi.json") == load().document
    assert len(read(published, "fixtures.json")) == len(list(cases()))


def test_json_and_yaml_are_the_same_document_as_the_one_that_is_shipped(
    folder: Path, dialect: str
) -> None:
    shipped = json.loads(source(dialect))

    assert read(folder, "kling-openapi.json") == shipped
    text = (folder / "kling-openapi.yaml").read_text("utf-8")
    assert yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)) == shipped
    assert read(folder, "kling-openapi.portable.json") == json.loads(source(dialect, portable=True))


def test_the_workflows_are_published_beside_the_description_that_they_name(published: Path) -> None:
    paths = list((ROOT / "openapi").glob(WORKFLOWS))

    assert paths
    for path in paths:
        ours, theirs = load_yaml(path), load_yaml(published / path.name)
        (named,), (beside,) = ours.pop("sourceDescriptions"), theirs.pop("sourceDescriptions")
        assert theirs == ours
        assert read(published, beside["url"]) == read(path.parent, named["url"])


def test_the_older_view_is_valid_and_has_every_operation_and_schema(
    folder: Path, old: Document
) -> None:
    view = read(folder, "kling-openapi.portable.json")

    OpenAPIV30SpecValidator(old).validate()

    assert old["openapi"] == "3.0.3"
    assert {path: item.keys() for path, item in old["paths"].items()} == {
        path: item.keys() for path, item in view["paths"].items()
    }
    assert old["components"]["schemas"].keys() == view["components"]["schemas"].keys()


def test_the_older_view_refuses_the_same_bodies(old: Document, fixtures: list[Document]) -> None:
    @cache
    def validator(request: str) -> OAS30Validator:
        reference = {"$ref": f"#/components/schemas/{request}"}
        return OAS30Validator({**reference, "components": old["components"]})

    for case in fixtures:
        malformed = any("." not in rule for rule in case["rules"])
        assert validator(case["request"]).is_valid(case["canonical"]) != malformed, case["name"]


def test_no_description_of_the_view_is_lost_in_the_older_one(folder: Path, old: Document) -> None:
    view = read(folder, "kling-openapi.portable.json")

    def described(document: Document) -> set[str]:
        return {str(one["description"]) for one in holders(document["components"], "description")}

    assert described(view) == described(old)


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ({"type": ["string", "null"]}, {"nullable": True, "type": "string"}),
        (
            {"type": ["string", "null"], "enum": ["a"]},
            {"nullable": True, "type": "string", "enum": ["a", None]},
        ),
        (
            {"type": ["integer", "string"]},
            {"anyOf": [{"type": "integer"}, {"type": "string"}]},
        ),
        (
            {"anyOf": [{"$ref": "#/components/schemas/B"}, {"type": "null"}]},
            {
                "anyOf": [
                    {"$ref": "#/components/schemas/B"},
                    {"type": "object", "nullable": True, "enum": [None]},
                ]
            },
        ),
        ({"const": "a"}, {"enum": ["a"]}),
        ({"exclusiveMinimum": 0}, {"minimum": 0, "exclusiveMinimum": True}),
        ({"exclusiveMaximum": 9}, {"maximum": 9, "exclusiveMaximum": True}),
        ({"examples": [{"const": 1}, 2]}, {"example": {"const": 1}}),
        (
            {"$ref": "#/components/schemas/B", "description": "why"},
            {"allOf": [{"$ref": "#/components/schemas/B"}], "description": "why"},
        ),
        ({"$ref": "#/components/schemas/B"}, {"$ref": "#/components/schemas/B"}),
        (
            {"type": "string", "contentEncoding": "base64"},
            {"type": "string", "format": "byte"},
        ),
        ({"unevaluatedProperties": False, "if": {}, "contains": {}}, {}),
        (
            {"properties": {"const": {"const": 1}}, "additionalProperties": False},
            {"properties": {"const": {"enum": [1]}}, "additionalProperties": False},
        ),
        ({"items": True, "not": False}, {"items": {}, "not": {"not": {}}}),
    ],
)
def test_what_3_1_says_is_said_in_3_0(new: Document, old: Document) -> None:
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": "A",
            "version": "1",
            "summary": "Short.",
            "description": "Long.",
            "license": {"name": "The MIT License", "identifier": "MIT"},
        },
        "webhooks": {"told": {}},
        "paths": {"/a": {"get": {"parameters": [{"schema": new, "example": {"schema": new}}]}}},
        "components": {"schemas": {"A": new}},
    }

    result = downgraded(document)

    (parameter,) = result["paths"]["/a"]["get"]["parameters"]
    assert parameter == {"schema": old, "example": {"schema": new}}
    assert result["components"]["schemas"]["A"] == old
    assert result["info"] == {
        "title": "A",
        "version": "1",
        "description": "Short.\n\nLong.",
        "license": {"name": "The MIT License", "url": "https://spdx.org/licenses/MIT.html"},
    }
    assert "webhooks" not in result


def test_every_rule_is_listed_as_it_stands_in_the_text() -> None:
    rules = list(rule_list(load().document))
    lines = (ROOT / "generated" / "rules.txt").read_text(encoding="utf-8").splitlines()
    kinds = {"rule": "schema", "check": "check", "advice": "advice"}
    rows = [line.split(maxsplit=4) for line in lines]
    # The guard is additionalProperties of the schemas, and no entry of its own.
    told = [row for row in rows if row[1] != "guard"]

    assert [row[:3] for row in rows if row not in told] == [["unknown-field", "guard", "guard"]]
    assert {
        (rule["id"], rule["kind"], rule.get("evidence", "-"), rule["message"], said_by(rule))
        for rule in rules
    } == {(name, kinds[kind], evidence, *parted(rest)) for name, kind, evidence, _, rest in told}


def said_by(rule: Document) -> str:
    return ", ".join(rule.get("sources", ()))


def parted(rest: str) -> tuple[str, str]:
    """Return the message and the sources at the end of a line."""
    message, _, sources = rest.removesuffix("]").partition("  [")
    return (message, sources) if sources else (rest, "")


@cache
def check_schema(text: str) -> None:
    """Raise unless it is a schema; most rules are those of every dialect."""
    Draft202012Validator.check_schema(json.loads(text))


def test_a_rule_stands_alone(rules: list[Document]) -> None:
    keys = {"id", "operation", "request", "field", "kind", "message"}
    for rule in rules:
        witness = {key for key in ("evidence", "sources") if key in rule}
        assert witness == {"evidence", "sources"} or rule["kind"] == "advice"
        assert rule.get("evidence") in (
            {None} if rule["kind"] == "advice" else {"live", "documented"}
        )
        assert rule.keys() - keys - witness in ({"schema"}, {"check", "defaults"})
        assert "schema" not in rule or rule["kind"] in ("schema", "advice")
        assert not any(holders(rule, "$ref"))
        check_schema(json.dumps(rule.get("schema", True)))
    places = [(rule["id"], rule["request"], rule["field"]) for rule in rules]
    assert len(places) == len(set(places))


def test_the_rules_alone_come_to_the_verdicts_of_the_fixtures(
    rules: list[Document], fixtures: list[Document]
) -> None:
    compiled = [(rule, Draft202012Validator(rule["schema"])) for rule in rules if "schema" in rule]
    checks = {rule["id"] for rule in rules if "check" in rule}

    for case in fixtures:
        broken = [
            rule
            for rule, validator in compiled
            if rule["request"] == case["request"] and not validator.is_valid(case["canonical"])
        ]
        refused = {rule["id"]: rule["field"] for rule in broken if rule["kind"] == "schema"}
        expected = {one for one in case["rules"] if "." in one} - checks
        assert expected <= refused.keys(), case["name"]
        # About a field with a plain violation no rule is asked; the fixtures name these fields.
        malformed = {re.sub("[0-9]+", "", field) for field in case["fields"]}
        others = {one: refused[one] for one in refused.keys() - expected}
        if all("." in one for one in case["rules"]):
            assert others == {}, case["name"]
        assert set(others.values()) <= malformed, case["name"]
        assert (case["advice"] is None) == bool(case["rules"])
        if case["advice"] is not None:
            advised = {rule["id"] for rule in broken if rule["kind"] == "advice"}
            assert advised == set(case["advice"]) - checks - {CONVERSION}, case["name"]


def test_the_schema_of_a_request_comes_to_the_verdicts_of_the_fixtures(
    rules: list[Document], fixtures: list[Document], schemas: dict[str, Document]
) -> None:
    # The same keywords as in Python, many times as fast as the validator in Python.
    validators = {name: jsonschema_rs.validator_for(one) for name, one in schemas.items()}
    programs = {rule["id"] for rule in rules if "check" in rule}
    tried = set()

    for case in fixtures:
        is_valid = validators[case["operation"]].is_valid(case["canonical"])
        # What only a program can judge passes the schema.
        assert is_valid == (set(case["rules"]) <= programs), case["name"]
        tried.add(case["operation"])
    assert tried


def test_the_schema_of_a_request_stands_alone(
    schemas: dict[str, Document], dialect: str, fixtures: list[Document]
) -> None:
    operations = load(dialect).operations.values()
    assert schemas.keys() == {one.id for one in operations if one.request}
    for name, schema in schemas.items():
        check_schema(json.dumps(schema))
        assert schema["$id"] == f"urn:kling-openapi:{name}"
        assert "x-kling" not in json.dumps(schema)
        for example in schema.get("examples", []):
            jsonschema_rs.validate(schema, {"$schema": "fox.schema.json", **example})


def test_the_schema_of_a_request_says_what_editors_show(published: Path) -> None:
    schema = read(published / "schemas", "createTextToVideoTask.schema.json")
    fields, model = schema["properties"], schema["$defs"]["TextToVideoModel"]

    assert (
        fields["duration"]["default"]
        == load().schemas["TextToVideoRequest"]["properties"]["duration"]["x-kling-default"]
    )
    for value, day in load().schemas["TextToVideoModel"]["x-kling-retired"].items():
        assert f"`{value}` is retired since {day}." in model["description"]
    image = read(published / "schemas", "createImageToVideoTask.schema.json")["properties"]["image"]
    assert "Limits: jpg" in image["description"]


def test_the_checks_alone_come_to_the_verdicts_of_the_fixtures(
    rules: list[Document], fixtures: list[Document]
) -> None:
    checks = runpy.run_path(str(PROGRAMS[0]))["CHECKS"]

    def completed(defaults: Document, body: Any) -> Any:
        """Lay a body over the defaults, at every depth."""
        if not isinstance(body, dict):
            return body
        inner = {key: completed(one, body.get(key, {})) for key, one in objects(defaults)}
        return {**defaults, **body, **inner}

    def objects(defaults: Document) -> list[tuple[str, Document]]:
        return [(key, one) for key, one in defaults.items() if isinstance(one, dict)]

    for case in fixtures:
        if all("." in one for one in case["rules"]):
            asked = [one for one in rules if "check" in one and one["request"] == case["request"]]
            broken = {
                rule["id"]: rule["kind"]
                for rule in asked
                if not checks[rule["check"]](completed(rule["defaults"], case["canonical"]))
            }
            refused = {one for one, kind in broken.items() if kind == "check"}
            assert refused == {one["id"] for one in asked} & set(case["rules"]), case["name"]
            if case["advice"] is not None:
                expected = {one["id"] for one in asked} & set(case["advice"])
                assert broken.keys() == expected, case["name"]


def test_the_published_program_makes_bodies_canonical(
    folder: Path, fixtures: list[Document]
) -> None:
    whole = read(folder, "kling-openapi.json")
    program = runpy.run_path(str(PROGRAMS[1]))["canonical"]

    for case in fixtures:
        given = copy.deepcopy(case["body"])
        schema = {"$ref": f"#/components/schemas/{case['request']}"}
        body, conversions = program(whole, schema, given)
        assert body == case["canonical"], case["name"]
        assert given == case["body"], case["name"]
        if case["advice"] is not None:
            assert bool(conversions) == (CONVERSION in case["advice"]), case["name"]


def test_every_fixture_belongs_to_an_operation_and_its_request(
    folder: Path, fixtures: list[Document]
) -> None:
    whole = read(folder, "kling-openapi.json")
    takes = {
        operation["operationId"]: operation["requestBody"]["content"]["application/json"]["schema"]
        for operation in holders(whole["paths"], "requestBody")
    }

    assert fixtures
    for case in fixtures:
        assert takes[case["operation"]] == {"$ref": f"#/components/schemas/{case['request']}"}
    names = [case["name"] for case in fixtures]
    assert len(names) == len(set(names))
