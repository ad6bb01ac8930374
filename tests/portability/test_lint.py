"""The description, its views and its dialects, as linters see them that others wrote."""

import json
from pathlib import Path

import pytest
import yaml
from kling.description import dialects, source

from scripts.publish.node_tools import tool

CONFIGURATIONS = Path(__file__).parents[2] / "scripts" / "publish" / "node"
FLAGS = {
    "redocly": ["--lint-config", "error", "--format", "stylish"],
    "spectral": ["--fail-severity", "hint", "--fail-on-unmatched-globs"],
}
EXCEPTIONS = {
    "redocly": ["--config", CONFIGURATIONS / "redocly.yaml"],
    "spectral": ["--ruleset", CONFIGURATIONS / "spectral.yaml"],
}
# Redocly cannot make exceptions by the name of a file, and the views need none.
EXCEPTIONS_FOR_VIEWS = {**EXCEPTIONS, "redocly": ["--extends", "recommended-strict"]}

GATEWAY = "kkiai-gateway"
PATH = "/v1/videos/image2video"

every_linter = pytest.mark.parametrize("linter", FLAGS)


@pytest.fixture
def lint(run, tmp_path):
    """Return a function that refuses files in which a linter finds anything."""

    def lint(linter, options, *files):
        run(*tool(linter), "lint", *FLAGS[linter], *options, *files, cwd=tmp_path)

    return lint


@pytest.fixture
def words(lint, tmp_path):
    """Return a function that lets a linter refuse a document, and returns the words it says."""

    def words(linter, options, document, name="api.json"):
        (tmp_path / name).write_text(json.dumps(document), encoding="utf-8")
        with pytest.raises(AssertionError) as refused:
            lint(linter, options, name)
        return str(refused.value).split()

    return words


@every_linter
def test_the_description_and_its_dialects_are_flawless(lint, linter, spec, tmp_path):
    files = [tmp_path / f"{name}.json" for name in dialects()]
    for file in files:
        file.write_text(source(file.stem), encoding="utf-8")

    lint(linter, EXCEPTIONS[linter], spec / "kling-openapi.json", *files)


@every_linter
def test_so_are_the_views_for_generators(lint, linter, spec, tmp_path):
    files = [tmp_path / f"{name}.portable.json" for name in dialects()]
    for name, file in zip(dialects(), files, strict=True):
        file.write_text(source(name, portable=True), encoding="utf-8")

    lint(linter, EXCEPTIONS_FOR_VIEWS[linter], *sorted(spec.glob("*.portable*.json")), *files)


def body(document):
    return document["paths"][PATH]["post"]["requestBody"]["content"]["application/json"]


def no_operation_id(document):
    del document["paths"][PATH]["get"]["operationId"]
    return {"operation-operationId"}


def dead_reference(document):
    body(document)["schema"]["$ref"] += "s"
    return {"no-unresolved-refs", "invalid-ref"}


def misspelt_example(document):
    body(document)["examples"]["minimal"]["value"]["promt"] = "A fox"
    return {"no-invalid-media-type-examples", "oas3-valid-media-example"}


@every_linter
@pytest.mark.parametrize("breach", [no_operation_id, dead_reference, misspelt_example])
def test_what_is_broken_in_one_place_is_refused(words, linter, breach):
    document = json.loads(source(GATEWAY))

    rules = breach(document)

    assert rules & set(words(linter, EXCEPTIONS[linter], document))


@pytest.mark.parametrize(
    ("linter", "rules"),
    [
        ("redocly", {"no-unused-components"}),
        ("spectral", {"oas3-unused-component", "array-items"}),
    ],
)
def test_a_view_gets_no_exceptions_that_it_does_not_need(words, linter, rules):
    view = json.loads(source(GATEWAY, portable=True))
    view["components"]["schemas"]["Unused"] = {"type": "array"}

    said = words(linter, EXCEPTIONS_FOR_VIEWS[linter], view, "api.portable.json")

    assert rules <= set(said)


@every_linter
def test_every_exception_is_needed(words, linter, tmp_path):
    rules = yaml.safe_load(EXCEPTIONS[linter][1].read_text(encoding="utf-8"))["rules"]
    (tmp_path / "all.yaml").write_text("extends: [[spectral:oas, all]]", encoding="utf-8")
    options = {
        "redocly": ["--extends", "recommended-strict", "--max-problems", "1000"],
        "spectral": ["--ruleset", "all.yaml"],
    }

    assert rules.keys() <= set(words(linter, options[linter], json.loads(source("current-only"))))
