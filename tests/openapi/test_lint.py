"""The house rules: each finds what it is for, and nothing in the description."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from every_slip import for_each

from scripts.build import bundle, overlays
from scripts.lint import run as lint_module
from scripts.lint.code_words import found_in
from scripts.lint.extensions import EXTENSIONS
from scripts.lint.run import FOLDER, Finding, explanation, lint, main, read, read_other_texts
from scripts.lint.view import EXEMPT, MARKS, RULES
from scripts.lint.view import SOURCES as SOURCES_FILE
from scripts.lint.words import phrases

ROOT = Path(__file__).parents[2]
DOCUMENTS = Path(__file__).parent / "lint"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
V1 = Path("v1/text-to-video.yaml")
BY_MODEL = Path("by-model/kling-30-turbo-text-to-video.yaml")
SOURCES = {
    "vendor-page": {"what": "Kling's page", "date": "2026-03", "authority": "vendor"},
    "live-notes": {"what": "Notes of probes", "date": "2026-09", "authority": "observed"},
}


def documents(name: str) -> Iterator[Any]:
    """Yield the documents of a file: there is one for each way to pass or to fail."""
    text = (DOCUMENTS / name).read_text(encoding="utf-8")
    yield from yaml.load_all(text, LOADER)


def found_by(rule: str, findings: list[Finding]) -> list[str]:
    return [f"{one.place}: {one.detail}" for one in findings if one.rule == rule]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "openapi"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@for_each(RULES)
def test_a_rule_finds_nothing_in_what_passes(rule: str) -> None:
    for document in documents(f"pass/{rule}.yaml"):
        assert found_by(rule, lint({V1: document}, SOURCES)) == []


@for_each(RULES)
def test_a_rule_finds_each_way_to_fail(rule: str) -> None:
    for number, document in enumerate(documents(f"fail/{rule}.yaml")):
        assert found_by(rule, lint({V1: document}, SOURCES)), f"document {number} is not found"


@pytest.mark.parametrize("folder", ["pass", "fail"])
def test_no_document_is_without_a_rule(folder: str) -> None:
    assert {path.name for path in (DOCUMENTS / folder).iterdir()} == {f"{r}.yaml" for r in RULES}


@for_each(RULES)
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

    assert found.endswith("split it in two")


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
        ("only-current-narrows-security", {"security": [{"apiKey": []}, {"accessToken": []}]}),
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


def solutions(**changes: Any) -> dict[Path, Any]:
    described = by_model(**changes)
    [item] = described.pop(BY_MODEL)["paths"].values()
    link = {"getTask": {"operationId": "getSolutionTasks"}}
    create = {"operationId": "createTryOn30Task", "responses": {"200": {"links": link}}}
    tags = [{"name": "Solution tasks", "x-kling-family": "solutions"}]
    query = {"get": {"operationId": "getSolutionTasks", "security": [{"apiKey": []}]}}
    schema = {"allOf": [{"x-kling-rule": {"id": "solutions.times-in-order", "field": ""}}]}
    return described | {
        Path("solutions/try-on-30.yaml"): {
            "tags": [{"name": "Try-on 3.0"}],
            "paths": {"/solutions/try_on": {"post": item["post"] | create | changes}},
        },
        Path("solutions/solution-tasks.yaml"): {
            "tags": tags,
            "paths": {"/solutions": query},
            "components": {"schemas": {"SolutionTask": schema}},
        },
    }


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("names-have-no-digits", {"operationId": "createTryOn31Task"}),
        ("only-current-narrows-security", {"security": [{"apiKey": []}, {"accessToken": []}]}),
        (
            "creates-lead-to-their-task",
            {"responses": {"200": {"links": {"getTask": {"operationId": "getTasks"}}}}},
        ),
    ],
)
def test_files_of_solutions_have_names_security_and_links_of_their_own(
    rule: str, changes: dict[str, Any]
) -> None:
    def found(described: dict[Path, Any]) -> list[str]:
        findings = lint(described, SOURCES)
        return found_by(rule, [one for one in findings if one.file.parts[0] == "solutions"])

    assert found(solutions()) == []
    assert len(found(solutions(**changes))) == 1


@pytest.mark.parametrize(
    ("family", "rule"),
    [("try_on_30", "former-families-are-names"), (None, "ids-are-scoped")],
)
def test_a_family_may_be_spelled_as_no_other_and_so_are_its_rules(
    family: str | None, rule: str
) -> None:
    described = solutions()
    [tag] = described[Path("solutions/solution-tasks.yaml")]["tags"]

    assert found_by(rule, lint(described, SOURCES)) == []
    if family:
        tag["x-kling-family"] = family
    else:
        del tag["x-kling-family"]
    assert len(found_by(rule, lint(described, SOURCES))) == 1


@pytest.mark.parametrize(
    ("source", "detail"),
    [
        ({"what": "a page", "date": "2026-03"}, "must have exactly what, date and authority"),
        ({"what": "a page", "date": "2026-03", "authority": "rumour"}, "rumour is not one of"),
        ({"what": "a page", "date": "March 2026", "authority": "vendor"}, "2026 is not a date"),
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
    for keyword in ("if", "enum", "not", "anyOf", "required", "properties"):
        claim = {
            "x-kling-rule": {"id": "a.b", "field": ""},
            "description": "a is b.",
            keyword: slip,
        }
        lint({V1: {"components": {"schemas": {"Shot": {"allOf": [claim]}}}}}, SOURCES)
    lint({V1: {"paths": {"/v1/videos": slip}}}, SOURCES)
    lint({V1: {"paths": {"/v1/videos": {"post": slip}}}}, SOURCES)


def test_the_readme_explains_each_extension() -> None:
    table = (FOLDER / "README.md").read_text(encoding="utf-8")

    assert set(re.findall(r"^\| `(x-[a-z-]+)` \|", table, re.MULTILINE)) == EXTENSIONS


def test_every_phrase_that_may_not_come_back_is_found() -> None:
    assert "mend" in phrases()
    for phrase, instead in phrases().items():
        document = {"info": {"description": f"A task {phrase} here."}}
        found = found_by("phrases-are-plain", lint({V1: document}, SOURCES))
        assert any(f': "{phrase}' in one and one.endswith(f"write {instead}") for one in found)


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
    assert (
        f"openapi/v1/avatar.yaml: {place}: summaries-are-commands: summary ends with a full stop"
        in lines
    )
    explained = [line for line in lines if line.startswith("summaries-are-commands: ")]
    assert explained == [f"summaries-are-commands: {explanation('summaries-are-commands')}"]


@cache
def description() -> tuple[dict[Path, Any], dict[str, Any], dict[str, Any], dict[Path, Any]]:
    sources = bundle.load(FOLDER / SOURCES_FILE)
    return read(FOLDER), sources, overlays.read(FOLDER), read_other_texts(FOLDER)


def found_after(file: str, *changes: tuple[str, str]) -> list[Finding]:
    """Return what is found once a file is changed."""
    documents, *rest = description()
    text = (FOLDER / file).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return lint({**documents, Path(file): yaml.load(text, LOADER)}, *rest)


def told(file: str, *changes: tuple[str, str]) -> set[tuple[str, str]]:
    """Return file and sentence of each finding about sentences once a file is changed."""
    return sentences_in(found_after(file, *changes))


def sentences_in(findings: list[Finding]) -> set[tuple[str, str]]:
    findings = [one for one in findings if one.rule != PRICES]
    assert all(one.detail.startswith('"') for one in findings)
    return {(one.file.as_posix(), one.detail[1:].rpartition('": ')[0]) for one in findings}


TEXT_TO_VIDEO = "v1/text-to-video.yaml"
PRICES = "price-rows-are-a-partition"


def test_a_model_without_a_price_is_told() -> None:
    models = ("kling-v2-6, kling-v3]", "kling-v2-6, kling-v3, kling-v3-5]")

    found = found_by(PRICES, found_after(TEXT_TO_VIDEO, models))

    assert any(
        "no row applies to model_name kling-v3-5, mode std, sound off" in one for one in found
    )


def test_a_model_in_the_data_alone_makes_sentences_false() -> None:
    models = ("kling-v2-6, kling-v3]", "kling-v2-6, kling-v3, kling-v3-5]")
    rows = ("enum: [kling-v3]", "enum: [kling-v3, kling-v3-5]")

    assert told(TEXT_TO_VIDEO, models, rows) == {
        (TEXT_TO_VIDEO, "model_name must be kling-v3 when multi_shot is true."),
        (
            TEXT_TO_VIDEO,
            'sound can be "on" with model_name kling-v3, or with kling-v2-6 and mode pro; '
            'leave it "off" otherwise.',
        ),
        (
            TEXT_TO_VIDEO,
            "cfg_scale may have no effect with kling-v2-master, kling-v2-1-master, "
            "kling-v2-5-turbo and kling-v2-6: Kling's page says that 2.x models do not support it, "
            "although the service accepts values from 0 to 1.",
        ),
        (
            TEXT_TO_VIDEO,
            'duration must be "3" to "15" with model_name kling-v3, '
            'and "5" or "10" with every other model.',
        ),
        (
            TEXT_TO_VIDEO,
            "mode 4k needs model_name kling-v3; every other model takes std or pro.",
        ),
        (
            TEXT_TO_VIDEO,
            "cfg_scale is not a field of kling-v3 according to a specification of February 2026; "
            "it is not known whether kling-v3 refuses it or ignores it.",
        ),
        (TEXT_TO_VIDEO, "It needs kling-v3."),
        (TEXT_TO_VIDEO, "On needs kling-v3, or kling-v2-6 in mode pro."),
        (TEXT_TO_VIDEO, "4k needs kling-v3."),
        (TEXT_TO_VIDEO, "kling-v3 takes 3 to 15, every other model 5 or 10."),
        ("coverage.yaml", "storyboards need kling-v3"),
        ("coverage.yaml", "sound needs kling-v3, or kling-v2-6 pro"),
        ("coverage.yaml", "only kling-v3 takes lengths other than 5 and 10 s"),
        ("coverage.yaml", "mode 4k needs kling-v3"),
    }


def test_a_finding_about_a_sentence_says_what_the_data_say(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sound = "properties: {model_name: {enum: [kling-v2-6]}, mode: {enum: [pro]}}"
    edit(copy / "v1/text-to-video.yaml", sound, sound.replace("[pro]", "[std, pro]"))

    assert main([str(copy)]) == 1

    assert capsys.readouterr().out.splitlines()[0] == (
        "openapi/v1/text-to-video.yaml: components.schemas.TextToVideoRequest.allOf.5: "
        "messages-agree-with-their-rules: "
        '"sound can be "on" with model_name kling-v3, or with kling-v2-6 and mode pro; '
        'leave it "off" otherwise.": '
        "the data accept sound on with model_name kling-v2-6 with mode pro and std, "
        "or sound on with model_name kling-v3"
    )


def test_a_code_in_the_table_alone_makes_sentences_false() -> None:
    row = "        - {code: 5000,"
    new = "{code: 1305, status: 429, kind: permission, retry: never, meaning: none, remedy: wait}"

    found = dict(told("components/errors.yaml", (row, f"        - {new}\n{row}")))

    assert set(found) == {"coverage.yaml", "../overlay/kling/errors.py"}
    assert "1100, 1101, 1102 and 1304" in found["coverage.yaml"]
    assert "1100, 1103, 1304" in found["../overlay/kling/errors.py"]


# A limit that is changed in one place, and some sentences that are then false.
LIMITS = [
    (
        "components/contents.yaml",
        "maxLength: 3072",
        "maxLength: 4000",
        {
            "What to show and what to avoid, in at most 3072 characters; some models allow fewer.",
        },
    ),
    (
        "components/video.yaml",
        "'14', '15']",
        "'14', '15', '20']",
        {
            'duration must be "3" to "15" with model_name kling-v3, '
            'and "5" or "10" with every other model.',
            "kling-v3 takes 3 to 15, every other model 5 or 10.",
            "Starts one video of 3 to 15 s from a prompt, or from a storyboard of up to six shots.",
        },
    ),
    (
        "components/settings.yaml",
        "maximum: 15",
        "maximum: 20",
        {
            "Length of the video in seconds, 3 to 15; a number here, a string in the /v1 standard.",
        },
    ),
    (
        "by-model/kling-25-turbo-text-to-video.yaml",
        "seconds, 5 or 10",
        "seconds, 5 or 15",
        {
            "Length of the video in seconds, 5 or 15; a number here, a string in the /v1 standard.",
        },
    ),
    (
        "v1/multi-image-to-image.yaml",
        "maxItems: 4",
        "maxItems: 5",
        {"Images that combine one to four subjects, a scene and a style."},
    ),
    (
        "v1/omni-image.yaml",
        "up to ten",
        "up to twelve",
        {
            "Images from a prompt and up to twelve images and elements, as single images or as "
            "a series.",
        },
    ),
    (
        "v1/omni-video.yaml",
        "x-kling-default: pro",
        "x-kling-default: std",
        {"Resolution of the video, which affects the price; the default is pro here."},
    ),
]


@cache
def told_of_limits() -> set[tuple[str, str]]:
    """Return what is told once all of them are changed, for each run takes seconds."""
    documents, *rest = description()
    changed = dict(documents)
    for file, old, new, _ in LIMITS:
        text = (FOLDER / file).read_text(encoding="utf-8")
        assert old in text
        changed[Path(file)] = yaml.load(text.replace(old, new), LOADER)
    return sentences_in(lint(changed, *rest))


@pytest.mark.parametrize(("file", "old", "new", "sentences"), LIMITS)
def test_a_limit_changed_in_one_place_makes_sentences_false(
    file: str, old: str, new: str, sentences: set[str]
) -> None:
    assert sentences <= {sentence for _, sentence in told_of_limits()}


@pytest.fixture
def models_exist_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run this rule alone, which takes a tenth of the time of all."""
    monkeypatch.setattr(lint_module, "RULES", {"models-exist": RULES["models-exist"]})


@pytest.mark.usefixtures("models_exist_alone")
@pytest.mark.parametrize("comment", ["", "<!-- models -->\n"])
def test_a_finding_in_a_table_names_its_line(
    copy: Path, capsys: pytest.CaptureFixture[str], comment: str
) -> None:
    table = "| model |\n| --- |\n| kling-v3 |\n| kling-v99 |\n"
    (copy / "../README.md").write_text(f"# Models\n\n{comment}{table}", encoding="utf-8")

    assert main([str(copy)]) == 1

    line = 6 + comment.count("\n")
    assert f"README.md: line {line}: models-exist: " in capsys.readouterr().out.splitlines()[0]


@pytest.mark.usefixtures("models_exist_alone")
def test_only_what_is_written_by_hand_is_to_be_true_before_it_is_generated(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begin, end = (mark.format("families") for mark in MARKS)
    generated = f"# Models\n\n{begin}| model |\n| --- |\n| kling-v98 |\n{end}"
    readme = copy / "../README.md"

    readme.write_text(generated, encoding="utf-8")
    assert (main([str(copy)]), capsys.readouterr().out) == (0, "")

    readme.write_text(f"{generated}\nNot kling-v99.\n", encoding="utf-8")
    assert main([str(copy)]) == 1
    found = capsys.readouterr().out
    assert found.startswith('README.md: line 9: models-exist: "Not kling-v99."')
    assert "kling-v98" not in found


def test_a_sentence_that_no_data_hold_has_a_reason_and_needs_it() -> None:
    documents, sources, dialects, texts = description()
    exempt = texts[EXEMPT]
    entries = {(file, entry["sentence"]) for file, entries in exempt.items() for entry in entries}
    others = {path: document for path, document in texts.items() if path != EXEMPT}

    found = {
        (one.file.as_posix(), sentence)
        for one in lint(documents, sources, dialects, others)
        for _, sentence in entries
        if sentence in one.detail
    }

    assert found == entries
    assert all(entry["reason"] for entries in exempt.values() for entry in entries)


def test_a_file_that_cannot_be_read_is_named(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(copy / "v1/avatar.yaml", "info:", "info: [")

    assert main([str(copy)]) == 1

    assert "avatar.yaml" in capsys.readouterr().err


def test_phrases_are_found_in_python_and_markdown_but_not_in_code(tmp_path):
    program, page = tmp_path / "program.py", tmp_path / "page.md"
    program.write_text(
        '"""Return a ref.\n\nThe ref is none.\n"""\n\n'
        "x = 1  # whoever asks\n"
        'y = f"{x} may mend this"\n'
        "z = 'is none' if x is None else \"the value is None here\"\n"
    )
    page.write_text("A page.\n\n```text\nthis is none\n```\n\n`it is none` and it is none.\n")

    assert [line for line, _ in found_in(program)] == [6, 3, 7]
    assert [line for line, _ in found_in(page)] == [7]
