"""The house rules: each finds what it is for, and nothing in the description."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.lint import run as lint_module
from scripts.lint.extensions import EXTENSIONS
from scripts.lint.run import FOLDER, Finding, explanation, lint, main
from scripts.lint.view import RULES

ROOT = Path(__file__).parents[2]
DOCUMENTS = Path(__file__).parent / "lint"
V1 = Path("v1/text-to-video.yaml")
BY_MODEL = Path("by-model/kling-30-turbo-text-to-video.yaml")
SOURCES = {"vendor-page": {"what": "Kling's page", "date": "2026-03", "authority": "vendor"}}


def documents(name: str) -> Iterator[Any]:
    """Yield the documents of a file: there is one for each way to pass or to fail."""
    return yaml.safe_load_all((DOCUMENTS / name).read_text(encoding="utf-8"))


def found_by(rule: str, findings: list[Finding]) -> list[str]:
    return [f"{one.place}: {one.detail}" for one in findings if one.rule == rule]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "openapi"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_finds_nothing_in_what_passes(rule: str) -> None:
    for document in documents(f"pass/{rule}.yaml"):
        assert found_by(rule, lint({V1: document}, SOURCES)) == []


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_finds_each_way_to_fail(rule: str) -> None:
    for number, document in enumerate(documents(f"fail/{rule}.yaml")):
        assert found_by(rule, lint({V1: document}, SOURCES)), f"document {number} is not found"


@pytest.mark.parametrize("folder", ["pass", "fail"])
def test_no_document_is_without_a_rule(folder: str) -> None:
    assert {path.name for path in (DOCUMENTS / folder).iterdir()} == {f"{r}.yaml" for r in RULES}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_explains_itself_in_a_few_words(rule: str) -> None:
    assert 30 < len(explanation(rule)) < 300
    assert explanation(rule).endswith(".")


def test_an_id_is_taken_once_in_all_documents() -> None:
    shared = {"allOf": [{"x-kling-rule": {"id": "image.bare", "field": ""}}]}
    pair = {
        Path(f"components/{name}.yaml"): {"components": {"schemas": {name: shared}}}
        for name in ("one", "two")
    }

    assert len(found_by("ids-are-scoped", lint(pair, SOURCES))) == 2
    pair.popitem()
    assert found_by("ids-are-scoped", lint(pair, SOURCES)) == []


def test_references_are_followed_into_other_files() -> None:
    request = {"$ref": "../components/video.yaml#/components/schemas/Shot"}
    pair = {
        V1: {"components": {"schemas": {"ShotRequest": request}}},
        Path("components/video.yaml"): {"components": {"schemas": {"Shot": {"type": "object"}}}},
    }

    findings = [one for one in lint(pair, SOURCES) if one.rule == "request-objects-are-closed"]

    assert [(one.file.as_posix(), one.place) for one in findings] == [
        ("components/video.yaml", "components.schemas.Shot")
    ]


def test_an_enum_of_both_sides_is_to_be_two() -> None:
    *_, shared = documents("fail/open-lists-are-marked.yaml")

    (found,) = found_by("open-lists-are-marked", lint({V1: shared}, SOURCES))

    assert found.endswith("make it two")


def by_model(**changes: Any) -> dict[Path, Any]:
    create = {
        "operationId": "createKling30TurboTextToVideoTask",
        "security": [{"apiKey": []}],
        "callbacks": {"taskChanged": {}},
        "responses": {"200": {"links": {"getTask": {"operationId": "getTasks"}}}},
    }
    path = "/text-to-video/kling-3.0-turbo"
    tags = [{"name": "Kling 3.0 Turbo text to video"}]
    return {
        BY_MODEL: {"tags": tags, "paths": {path: {"post": create | changes}}},
        Path("by-model/tasks.yaml"): {"paths": {"/tasks": {"get": {"operationId": "getTasks"}}}},
    }


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("names-follow-the-slug", {"operationId": "createTextToVideoTask"}),
        ("only-by-model-narrows-security", {"security": [{"apiKey": []}, {"accessToken": []}]}),
        ("creates-lead-to-their-task", {"responses": {"200": {}}}),
    ],
)
def test_by_model_files_have_names_security_and_links_of_their_own(
    rule: str, changes: dict[str, Any]
) -> None:
    def found(described: dict[Path, Any]) -> list[str]:
        findings = [one for one in lint(described, SOURCES) if one.file == BY_MODEL]
        return found_by(rule, findings)

    assert found(by_model()) == []
    assert len(found(by_model(**changes))) == 1


@pytest.mark.parametrize(
    ("source", "detail"),
    [
        ({"what": "a page", "date": "2026-03"}, "not {what, date, authority}"),
        ({"what": "a page", "date": "2026-03", "authority": "rumour"}, "rumour is none of"),
        ({"what": "a page", "date": "March 2026", "authority": "vendor"}, "March 2026 is no date"),
    ],
)
def test_a_source_says_what_it_is(source: dict[str, str], detail: str) -> None:
    used = {"paths": {"/v1": {"post": {"x-kling-source": {"ids": ["page"]}}}}}

    (found,) = found_by("sources-are-used", lint({V1: used}, {"page": source}))

    assert detail in found


@pytest.mark.parametrize("slip", [None, [], "text", 3, [None], {"a": None}])
def test_a_document_of_a_wrong_form_does_not_stop_the_rules(slip: Any) -> None:
    for section in ("tags", "info", "paths", "components"):
        lint({V1: {section: slip}}, SOURCES)
    for section in ("schemas", "parameters", "responses"):
        lint({V1: {"components": {section: slip}}}, SOURCES)
        lint({V1: {"components": {section: {"TextToVideoRequest": slip}}}}, SOURCES)
    lint({V1: {"paths": {"/v1/videos": slip}}}, SOURCES)
    lint({V1: {"paths": {"/v1/videos": {"post": slip}}}}, SOURCES)


def test_the_readme_explains_each_extension() -> None:
    table = (FOLDER / "README.md").read_text(encoding="utf-8")

    assert set(re.findall(r"^\| `(x-[a-z-]+)` \|", table, re.MULTILINE)) == EXTENSIONS


def test_the_description_keeps_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert (main([]), capsys.readouterr().out) == (0, "")


def test_a_finding_names_file_place_and_rule_and_is_explained_once(copy: Path) -> None:
    edit(copy / "v1/avatar.yaml", "summary: Get an avatar task", "summary: Get an avatar task.")
    edit(copy / "v1/avatar.yaml", "summary: List avatar tasks", "summary: List Avatar Tasks.")

    command = [sys.executable, "-m", lint_module.__name__, copy]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (1, "")
    lines = done.stdout.splitlines()
    place = "paths./v1/videos/avatar/image2video/{id}.get"
    assert f"openapi/v1/avatar.yaml: {place}: summaries-are-commands: a full stop" in lines
    explained = [line for line in lines if line.startswith("summaries-are-commands: ")]
    assert explained == [f"summaries-are-commands: {explanation('summaries-are-commands')}"]


def test_a_file_that_cannot_be_read_is_named(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(copy / "v1/avatar.yaml", "info:", "info: [")

    assert main([str(copy)]) == 1

    assert "avatar.yaml" in capsys.readouterr().err
