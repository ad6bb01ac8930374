"""The dialects: their overlays, what is shipped of them, and what each takes.

`dialects/` has for each a table of bodies; its form is explained in `kkiai-gateway.yaml`.
"""

import copy
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from every_slip import differing, fail_with, verdict
from jsonschema import Draft202012Validator
from kling.description import Rules, Spec, dialects, load, source
from openapi_spec_validator import OpenAPIV31SpecValidator

from scripts.build import bundle, overlays
from scripts.build.bundle import BundleError
from scripts.build.portable import portable
from scripts.build.rule_fixtures import DIALECTS, Case, cases, read

ROOT = Path(__file__).parent.parent.parent
OVERLAYS = overlays.read(ROOT / "openapi")
GATEWAY = "kkiai-gateway"

every_dialect = pytest.mark.parametrize("name", OVERLAYS)


@cache
def whole() -> Any:
    return bundle.bundle(ROOT / "openapi")


@cache
def applied(name: str) -> Any:
    return overlays.applied(name, OVERLAYS[name], whole())


# ------------------------------------------------------------------------------- what is shipped


@every_dialect
def test_what_is_shipped_is_what_the_overlay_says(name: str) -> None:
    assert json.loads(source(name)) == applied(name)
    assert load(name).document == applied(name)
    assert json.loads(source(name, portable=True)) == portable(applied(name))


@every_dialect
def test_a_dialect_is_a_description_of_its_own(name: str) -> None:
    for text in (source(name), source(name, portable=True)):
        assert list(OpenAPIV31SpecValidator(json.loads(text)).iter_errors()) == []
    assert load(name).document["info"]["title"] != load().document["info"]["title"]
    assert load(name).document["info"]["version"] == load().document["info"]["version"]


@every_dialect
def test_every_example_of_a_request_keeps_the_rules(name: str) -> None:
    spec = load(name)
    for operation in spec.operations.values():
        content = operation.node.get("requestBody", {}).get("content", {})
        for example in content.get("application/json", {}).get("examples", {}).values():
            assert rules_of(name, str(operation.request)).problems(example["value"]) == []


@every_dialect
def test_a_patch_is_small(name: str) -> None:
    patch = overlays.merge_patch(whole(), applied(name))

    assert len(json.dumps(patch)) < len(source(name)) / 10


def test_the_dialects_are_the_overlays() -> None:
    assert dialects() == list(OVERLAYS)


def test_an_unknown_dialect_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(
        ValueError, match=r"no dialect klingon; the dialects are china, .*open-bodies"
    ):
        load("klingon")
    with pytest.raises(ValueError, match="no dialect"):
        source("../openapi")


def test_a_dialect_changes_nothing_for_those_who_want_none() -> None:
    load(GATEWAY)

    assert load() is load("")
    assert load(GATEWAY) is load(GATEWAY)
    assert load().document == whole()


# --------------------------------------------------------------------------- what each one takes


@cache
def rules_of(name: str, schema: str) -> Rules:
    return Rules(load(name), {"$ref": f"#/components/schemas/{schema}"})


@pytest.mark.parametrize("name", DIALECTS)
def test_each_item_of_a_file_gets_exactly_its_verdict(name: str) -> None:
    fail_with(slip for label, case in cases(name) for slip in slips(name, label, case))


ONLY_CHECKED = {"image-to-video.shot-durations", "image-to-video.voice-placeholders"}


def slips(name: str, label: str, case: Case) -> Iterable[str]:
    rules = rules_of(name, case.schema)
    body, converted = rules.canonical(case.body)
    problems = rules.problems(body)
    pairs: dict[str, tuple[Any, Any]] = {
        "rules": (case.rules, {problem.rule for problem in problems}),
        "what another validator says": (
            verdict(case.rules <= ONLY_CHECKED),
            verdict(independent(name, case.schema).is_valid(body)),
        ),
    }
    if case.fields:
        pairs["fields"] = (case.fields, sorted(problem.field for problem in problems))
    if not problems:
        pairs["advice"] = (case.advice, {one.rule for one in (*converted, *rules.advice(body))})
    return differing(label, pairs)


@cache
def independent(name: str, schema: str) -> Draft202012Validator:
    reference = {"$ref": f"#/components/schemas/{schema}"}
    return Draft202012Validator({**reference, "components": applied(name)["components"]})


def test_every_field_of_the_gateway_has_an_item() -> None:
    fields = applied(GATEWAY)["components"]["schemas"]["ImageToVideoRequest"]["properties"]
    accepted = [entry["body"] for entry in read(DIALECTS[GATEWAY])["accepted"]]

    assert {name for body in accepted for name in body} == fields.keys()


def test_the_gateway_is_where_its_page_says() -> None:
    spec = load(GATEWAY)
    create = spec.operations["createImageToVideoTask"]

    (server,) = spec.document["servers"]
    assert f"{server['url']}{create.path}" == "https://www.kkiai.com/kling/v1/videos/image2video"
    assert create.method == "POST"
    assert spec.prefix == "/kling"
    assert spec.document["security"] == [{"apiKey": []}]
    assert create.needs_api_key
    assert list(spec.document["components"]["securitySchemes"]) == ["apiKey"]
    assert set(spec.operations) == {f"{verb}ImageToVideoTask" for verb in ("create", "get")} | {
        "listImageToVideoTasks"
    }
    assert list(spec.retirements("ImageToVideoRequest", {"model_name": "kling-v1"})) == []


def test_what_the_gateway_leaves_open_is_said() -> None:
    spec = load(GATEWAY)
    create = spec.operations["createImageToVideoTask"].node

    assert spec.document["info"]["description"].count("\nOpen: ") >= 5
    assert spec.schemas["ImageToVideoRequest"]["description"].count("\nOpen: ") >= 5
    assert "Open: " in create["responses"]["200"]["description"]


def test_china_is_a_host() -> None:
    assert [one["url"] for one in load("china").document["servers"]] == [
        "https://api-beijing.klingai.com"
    ]
    assert load("china").document["paths"] == whole()["paths"]


def test_the_current_standard_is_all_that_is_not_below_v1() -> None:
    paths = copy.deepcopy(load("current-only").document["paths"])
    del paths["/account/costs"]["get"]["security"]

    assert paths == {
        path: item for path, item in whole()["paths"].items() if not path.startswith("/v1/")
    }
    assert len(paths) > 10


def test_the_current_standard_takes_keys_and_its_costs_take_tokens_too() -> None:
    spec = load("current-only")
    costs = spec.operations["getAccountCosts"]

    assert spec.document["security"] == [{"apiKey": []}]
    assert costs.node["security"] == whole()["security"]
    assert [one.id for one in spec.operations.values() if not one.needs_api_key] == [costs.id]


def test_open_bodies_have_no_closed_object() -> None:
    assert not [
        node
        for node in bundle.holders(applied("open-bodies"), "additionalProperties")
        if node["additionalProperties"] is False
    ]


# ----------------------------------------------------------------------------- how overlays work

SMALL: Any = {
    "info": {"title": "a", "version": "1"},
    "tags": [{"name": "b"}],
    "paths": {"/b": {"get": {"operationId": "getB", "tags": ["b"], "responses": {}}}},
    "components": {"schemas": {"B": {"type": "string", "enum": ["x", "y"]}, "C": {}}},
}


def overlay(*actions: Any) -> Any:
    return {"overlay": "1.0.0", "info": {"title": "t", "version": "1"}, "actions": list(actions)}


def small(*actions: Any) -> Any:
    return overlays.applied("small", overlay(*actions), SMALL)


def test_objects_merge_and_lists_grow() -> None:
    before = copy.deepcopy(SMALL)
    update = {"title": "c", "contact": {"name": "d"}}

    result = small(
        {"target": "$.info", "update": update},
        {"target": "$.info.contact", "update": {"url": "e"}},
        {"target": "$.components.schemas.B.enum", "update": "z"},
        {"target": "$.components.schemas", "update": {"B": {"enum": ["w"], "maxLength": 1}}},
    )

    assert result["info"] == {"title": "c", "version": "1", "contact": {"name": "d", "url": "e"}}
    assert result["components"]["schemas"]["B"] == {
        "type": "string",
        "enum": ["x", "y", "z", "w"],
        "maxLength": 1,
    }
    assert before == SMALL
    assert update == {"title": "c", "contact": {"name": "d"}}


@every_dialect
def test_tools_that_replace_what_others_merge_come_to_the_same(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Version 1.0 can be read either way.
    monkeypatch.setattr(overlays, "_merge", dict.update)

    assert overlays.applied(name, OVERLAYS[name], whole()) == applied(name)


def test_every_match_is_removed() -> None:
    result = small({"target": "$.components.schemas.B.enum[*]", "remove": True})

    assert result["components"]["schemas"]["B"]["enum"] == []


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ({"target": "$.nothing", "remove": True}, "selects nothing"),
        ({"target": "$.[", "remove": True}, "is not a JSONPath"),
        ({"target": "$", "remove": True}, "cannot be removed"),
        ({"target": "$.info.title", "update": "b"}, "must both be objects"),
        ({"target": "$.info", "update": "b"}, "must both be objects"),
        ({"target": "$.tags[0]", "remove": True}, "not declared: b"),
        ({"target": "$.paths['/b'].get", "update": {"x": {"$ref": "#/a/b/C"}}}, "is dead"),
        (
            {"target": "$.paths['/b'].get", "update": {"links": {"c": {"operationId": "getC"}}}},
            "a link leads to getC",
        ),
    ],
)
def test_an_action_that_goes_wrong_is_named(action: Any, words: str) -> None:
    with pytest.raises(BundleError, match=words):
        small(action)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[]", "an overlay must be"),
        ("{overlay: 1.0.0, actions: []}", "an overlay must be"),
        (
            "{overlay: 1.0.0, info: {title: a}, actions: [{target: $, remove: true}]}",
            "info must have",
        ),
        ("{overlay: 2.0.0, info: {title: a, version: b}, actions: [{target: $}]}", "2.0.0 is not"),
        ("{overlay: 1.0.0, info: {title: a, version: b}, actions: []}", "empty"),
        ("{overlay: 1.0.0, info: {title: a, version: b}, actions: {}}", "actions is not of type"),
        ("{overlay: 1.0.0, info: {title: a, version: b}, actions: [{}]}", "with a target"),
        (
            "{overlay: 1.0.0, info: {title: a, version: b}, actions: [{target: $}]}",
            "either update or remove",
        ),
        (
            "{overlay: 1.0.0, info: {title: a, version: b}, actions: [{target: $, Remove: true}]}",
            "Remove is unknown",
        ),
    ],
)
def test_a_file_that_is_no_overlay_is_named(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "overlays").mkdir()
    (tmp_path / "overlays" / "odd.yaml").write_text(text)

    with pytest.raises(BundleError, match=rf"odd\.yaml: .*{words}"):
        overlays.read(tmp_path)


def test_a_patch_says_what_changed() -> None:
    old = {"a": {"b": 1, "c": [1]}, "d": 1, "e": 1}
    new = {"a": {"b": True, "c": [1, None]}, "d": 1, "f": {"g": 2}}

    patch = overlays.merge_patch(old, new)

    assert patch == {"a": {"b": True, "c": [1, None]}, "f": {"g": 2}, "e": None}
    assert patch["a"]["b"] is True


@pytest.mark.parametrize("value", [None, {"b": None}])
def test_what_a_patch_cannot_say_is_an_error(value: Any) -> None:
    with pytest.raises(BundleError, match="a becomes null"):
        overlays.merge_patch({}, {"a": value})


def test_a_spec_knows_its_dialect() -> None:
    assert load(GATEWAY).dialect == GATEWAY
    assert load().dialect == ""
    assert Spec(whole()).prefix == ""
    assert Spec({key: value for key, value in whole().items() if key != "servers"}).prefix == ""
