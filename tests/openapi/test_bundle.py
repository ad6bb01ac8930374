"""The bundler refuses what does not fit together; bundle and portable view are sound."""

import copy
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from kling.description import Spec
from openapi_spec_validator import validate

from scripts.build import bundle as bundle_module
from scripts.build.bundle import (
    FAMILIES,
    BundleError,
    Document,
    Strict,
    bundle,
    families,
    holders,
    load,
    references,
)
from scripts.build.portable import portable

FOLDER = Path(__file__).parents[2] / "openapi"


@pytest.fixture(scope="module")
def whole() -> Document:
    return bundle(FOLDER)


@pytest.fixture(scope="module")
def view(whole: Document) -> Document:
    return portable(whole)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "openapi"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def extensions(node: Any) -> set[str]:
    """Return every key below a node that begins with x-."""
    if isinstance(node, list):
        return set().union(*(extensions(value) for value in node))
    if not isinstance(node, dict):
        return set()
    here = {str(key) for key in node if str(key).startswith("x-")}
    return here.union(*(extensions(value) for value in node.values()))


def test_an_untouched_copy_is_bundled(folder: Path, whole: Document) -> None:
    assert bundle(folder) == whole


AVATAR, TEXT = "v1/avatar.yaml", "v1/text-to-video.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "name"),
    [
        # a component of another family
        (TEXT, "  schemas:\n", "  schemas:\n    AvatarMode: {type: string}\n", "AvatarMode"),
        # a path of another family
        (TEXT, "/v1/videos/text2video:", "/v1/videos/avatar/image2video:", "avatar/image2video"),
        # a file that does not exist
        (AVATAR, "../components/media.yaml", "../components/medium.yaml", "medium.yaml"),
        # a component that another file has not got
        (AVATAR, "schemas/ImageInput", "schemas/PictureInput", "PictureInput"),
        # a component that this file has not got
        (AVATAR, "'#/components/schemas/AvatarMode'", "'#/components/schemas/Mode'", "Mode"),
        # something that is no component
        (AVATAR, "'#/components/schemas/AvatarMode'", "'#/paths/mode'", "#/paths/mode"),
        # a component that nothing uses
        (AVATAR, "  schemas:\n", "  schemas:\n    Left: {type: string}\n", "Left"),
        # a link to no operation
        (
            TEXT,
            "              operationId: getTextToVideoTask",
            "              operationId: gone",
            "gone",
        ),
        # the same key twice
        (AVATAR, "      type: string\n", "      type: string\n      type: string\n", "type"),
        # words that YAML 1.1 takes for something else
        (TEXT, "sound: 'on'", "sound: on", "'on'"),
        (TEXT, "'16:9'", "16:9", "'16:9'"),
        (AVATAR, "checked: '2026-09-20'", "checked: 2026-09-20", "'2026-09-20'"),
    ],
)
def test_a_slip_is_refused_with_file_and_name(
    folder: Path, file: str, old: str, new: str, name: str
) -> None:
    edit(folder / file, old, new)

    with pytest.raises(BundleError, match=re.escape(name)) as refusal:
        bundle(folder)

    assert str(folder / file) in str(refusal.value)


class PureLoader(Strict, yaml.SafeLoader):
    """What there is where PyYAML comes without its parser in C."""


@pytest.mark.parametrize("parser", ["the usual one", "pure Python"])
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: 1\nb: on\n", "write 'on' in quotes .*line 2, column 4"),
        ("a: 1\nb:\n", "write '' in quotes .*line 2, column 3"),
        ("a: 1\nb: 2020-01-01\n", "write '2020-01-01' in quotes .*line 2, column 4"),
        ("a: 1\nb: 2\nb: 3\n", "the key b is there twice .*line 2, column 1"),
        ("a: 1\nb: c: d\n", "line 2, column 5"),
        ("a: 1\nb: [2\n", "line 3, column 1"),
        ("a: 1\nb: *c\n", "undefined alias.*line 2, column 4"),
    ],
)
def test_either_parser_names_the_file_and_the_place(
    parser: str, text: str, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if parser == "pure Python":
        monkeypatch.setattr(bundle_module, "_StrictLoader", PureLoader)
    (tmp_path / "slip.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(BundleError, match=rf"(?s){place}") as refusal:
        load(tmp_path / "slip.yaml")

    assert str(tmp_path / "slip.yaml") in str(refusal.value)


@pytest.mark.parametrize(
    ("file", "text", "name"),
    [
        ("components/audio.yaml", "paths: {}\ncomponents: {schemas: {Tone: {}}}\n", "Tone"),
        ("v2/text-to-video.yaml", "paths: {}\n", "v2"),
        ("drafts.yaml", "paths: {}\n", "drafts.yaml"),
        ("v1/old/avatar.yaml", "paths: {}\n", "old"),
    ],
)
def test_a_file_that_belongs_to_nothing_is_refused(
    folder: Path, file: str, text: str, name: str
) -> None:
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).write_text(text, encoding="utf-8")

    with pytest.raises(BundleError, match=name) as refusal:
        bundle(folder)

    assert str(folder / file) in str(refusal.value)


def test_the_bundle_is_valid(whole: Document) -> None:
    validate(whole)


def test_the_portable_view_is_valid(view: Document) -> None:
    validate(view)


def test_bundling_twice_gives_the_same_text(whole: Document) -> None:
    assert json.dumps(bundle(FOLDER)) == json.dumps(whole)


def test_making_the_portable_view_leaves_the_bundle_alone(whole: Document) -> None:
    before = copy.deepcopy(whole)

    portable(whole)

    assert before == whole


def test_the_bundle_has_every_document(whole: Document) -> None:
    families = [path for part in FAMILIES for path in FOLDER.glob(part)]

    assert len(whole["tags"]) == len(families)
    assert {tag["name"] for tag in whole["tags"]} == {
        tag for operation in holders(whole["paths"], "tags") for tag in operation["tags"]
    }


def test_the_portable_view_has_the_operations_of_the_bundle(
    whole: Document, view: Document
) -> None:
    def surface(document: Document) -> set[tuple[str, str, str]]:
        return {
            (path, method, operation["operationId"])
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
        }

    assert surface(view) == surface(whole)


def test_the_portable_view_begins_with_what_most_people_use(
    whole: Document, view: Document
) -> None:
    first = whole["x-kling-first-families"]
    names = [tag["name"] for tag in view["tags"]]

    assert len(first) > 5
    assert names[: len(first)] == first
    # The others keep their order.
    rest = [tag["x-kling-family"] for tag in whole["tags"] if tag["x-kling-family"] not in first]
    assert names[len(first) :] == rest


def test_a_first_family_that_there_is_not_is_refused(folder: Path) -> None:
    edit(folder / "openapi.yaml", "  - text_to_video\n", "  - text_to_vido\n")

    with pytest.raises(BundleError, match="has unknown families: text_to_vido"):
        bundle(folder)


@pytest.mark.parametrize("key", ["allOf", "callbacks"])
def test_the_portable_view_says_nothing_that_misleads_generators(
    whole: Document, view: Document, key: str
) -> None:
    assert any(holders(whole, key))
    assert not any(holders(view, key))


def test_the_portable_view_has_no_default_but_that_of_a_const(view: Document) -> None:
    assert all("const" in holder for holder in holders(view, "default"))


def test_the_portable_view_has_the_security_of_the_root_only(whole: Document) -> None:
    narrowed = copy.deepcopy(whole)
    for operation in holders(narrowed["paths"], "operationId"):
        operation["security"] = [{"apiKey": []}]

    view = portable(narrowed)

    assert not any(holders(view["paths"], "security"))
    assert view["security"] == whole["security"]


def test_the_portable_view_has_no_extension_but_what_renderers_know(
    whole: Document, view: Document
) -> None:
    assert "x-kling-rule" in extensions(whole)
    assert extensions(view) == {"x-displayName"}


def test_a_family_is_spelled_as_its_file_whatever_its_tag_says(
    folder: Path, whole: Document, view: Document
) -> None:
    path = folder / "by-model" / "kling-30-text-to-video.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Kling 3.0 text to video", "Third edition"), "utf-8")

    reworded = bundle(folder)

    assert "Third edition" in families(reworded)
    assert [*families(reworded).values()] == [*families(whole).values()]
    assert operation_tags(portable(reworded)) == operation_tags(view)
    for wording, spec in (("Kling 3.0 text to video", whole), ("Third edition", reworded)):
        operation = Spec(spec).operations["createKling30TextToVideoTask"]
        assert (operation.node["tags"], operation.family) == ([wording], "kling_30_text_to_video")


def test_every_family_has_the_name_of_its_file(whole: Document, view: Document) -> None:
    files = {path.stem.replace("-", "_") for part in FAMILIES for path in FOLDER.glob(part)}
    # Refs begin with the path that its tasks are asked for by.
    files = files - {"solution_tasks"} | {"solutions"}

    assert {*families(whole).values()} == files
    assert {tag["name"]: tag["x-displayName"] for tag in view["tags"]} == {
        family: tag for tag, family in families(whole).items()
    }
    assert {*operation_tags(view).values()} == files


def test_a_bundle_without_spellings_takes_the_words_of_its_tags(whole: Document) -> None:
    old = copy.deepcopy(whole)
    for tag in old["tags"]:
        del tag["x-kling-family"]

    assert families(old)["Kling 3.0 text to video"] == "kling_3_0_text_to_video"
    assert Spec(old).create_in("kling_3_0_text_to_video") is not None
    assert Spec(old).create_in("text_to_video") is not None


def operation_tags(document: Document) -> dict[str, str]:
    return {one["operationId"]: one["tags"][0] for one in holders(document["paths"], "tags")}


def test_the_portable_view_has_what_it_refers_to_and_no_more(view: Document) -> None:
    has = {
        f"#/components/{section}/{name}"
        for section, named in view["components"].items()
        if section != "securitySchemes"
        for name in named
    }

    assert set(references(view)) == has


def test_the_portable_view_tells_every_rule(whole: Document, view: Document) -> None:
    told = "\n".join(str(holder["description"]) for holder in holders(view, "description"))
    rules = list(holders(whole["components"], "x-kling-rule"))

    assert rules
    for rule in rules:
        assert rule["description"] in told, rule["x-kling-rule"]["id"]


def test_the_portable_view_says_which_lists_may_grow(whole: Document, view: Document) -> None:
    schemas = whole["components"]["schemas"]
    growing = {name for name, schema in schemas.items() if schema.get("x-extensible") is True}

    assert len(growing) > 15
    assert growing == {
        name
        for name, schema in view["components"]["schemas"].items()
        if schema["description"].endswith("Kling may add values.")
    }


def test_the_portable_view_tells_a_list_of_decimals_in_words(
    whole: Document, view: Document
) -> None:
    # Some generators make no type of it.
    def lists(document: Document) -> list[Document]:
        return [one for one in holders(document, "enum") if one.get("type") == "number"]

    [rates] = lists(whole)
    assert rates["enum"] == [0.8, 1, 1.2]
    assert lists(view) == []
    settings = view["components"]["schemas"]["VideoCommerceSettings"]["properties"]
    assert settings["speech_rate"]["description"].endswith("One of `0.8`, `1`, `1.2`.")


def test_in_the_portable_view_any_of_may_be_read_as_one_of(view: Document) -> None:
    schemas = view["components"]["schemas"]
    choices = [holder["anyOf"] for holder in holders(view, "anyOf")]

    assert choices
    for choice in choices:
        named = [schemas.get(str(one.get("$ref", "")).rpartition("/")[2], one) for one in choice]
        types = [one["type"] for one in named]
        assert len(set(types)) == len(types)
