"""Run the fixtures of `rules/`: exactly what they name is refused or advised, and nothing else.

The form of the fixtures is explained in `rules/text-to-video.yaml`.
"""

import copy
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from kling.description import CHECKS, Operation, Problem, Rules, Spec, load

from scripts.build import bundle
from scripts.build.rule_fixtures import FILES, Case, cases

SPEC = load()
RULES = {holder["x-kling-rule"]["id"] for holder in bundle.holders(SPEC.document, "x-kling-rule")}
ADVICE = {
    advice["id"]
    for holder in bundle.holders(SPEC.document, "x-kling-advice")
    for advice in holder["x-kling-advice"]
}
CHECKED = {holder.get("id") for holder in bundle.holders(SPEC.document, "check")}
PRIVATE = {"prompt", "negative_prompt", "text", "contents"} | {
    name
    for holder in bundle.holders(SPEC.document, "properties")
    for name, schema in holder["properties"].items()
    if "x-kling-media" in schema or "x-kling-media" in schema.get("items", {})
}


PARAMS = [pytest.param(case, id=name) for name, case in cases()]
CASES: list[Case] = [param.values[0] for param in PARAMS]
every_case = pytest.mark.parametrize("case", PARAMS)


@cache
def rules_of(spec: Spec, schema: str) -> Rules:
    return Rules(spec, {"$ref": f"#/components/schemas/{schema}"})


@cache
def independent(schema: str) -> Draft202012Validator:
    components = {"components": SPEC.document["components"]}
    return Draft202012Validator({"$ref": f"#/components/schemas/{schema}", **components})


def outcome(spec: Spec, case: Case) -> tuple[set[str], list[str], set[str] | None]:
    rules = rules_of(spec, case.schema)
    problems = rules.problems(case.body)
    return (
        {problem.rule for problem in problems},
        sorted(problem.field for problem in problems),
        None if case.advice is None else {advice.rule for advice in rules.advice(case.body)},
    )


@every_case
def test_a_body_gets_exactly_its_problems_and_its_advice(case: Case) -> None:
    assert outcome(SPEC, case) == (case.rules, case.fields, case.advice)


@every_case
def test_another_validator_comes_to_the_same_verdict(case: Case) -> None:
    assert independent(case.schema).is_valid(case.body) == (not case.rules - CHECKED)


@every_case
def test_no_message_shows_a_prompt_or_a_media_value(case: Case) -> None:
    rules = rules_of(SPEC, case.schema)
    for problem in (*rules.problems(case.body), *rules.advice(case.body)):
        for text in private(case.body):
            assert text[:20] not in problem.message


def slug_of(operation: Operation) -> str:
    return operation.family.replace("_", "-")


def test_every_create_has_fixtures() -> None:
    requests = [one for one in SPEC.operations.values() if one.request]
    files = {(slug, file["schema"]) for slug, file in FILES.items()}
    assert files <= {(slug_of(one), one.request) for one in requests}
    assert files >= {(slug_of(one), one.request) for one in requests if one.task}


def test_every_fixture_is_well_formed() -> None:
    for file in FILES.values():
        assert file.keys() == {"schema", "accepted", "refused"}
        names = [entry["name"] for entry in (*file["accepted"], *file["refused"])]
        assert len(names) == len(set(names))
        for entry in file["accepted"]:
            assert {"name", "body"} <= entry.keys() <= {"name", "schema", "body", "advice"}
        for entry in file["refused"]:
            keys = {"name", "rules", "fields", "body"}
            assert keys <= entry.keys() <= {*keys, "schema", "why"}
            assert len(set(entry["rules"])) <= len(entry["fields"])


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_rule_has_a_body_that_breaks_it_alone(rule: str) -> None:
    assert {rule} in [case.rules for case in CASES]


def test_the_fixtures_know_every_advice_and_no_more() -> None:
    assert {advice for case in CASES for advice in case.advice or ()} == ADVICE


@pytest.mark.parametrize("claim", sorted(RULES | ADVICE))
def test_no_rule_and_no_advice_can_go_missing_unnoticed(claim: str) -> None:
    lesser = without(claim)
    named = (case for case in CASES if claim in case.rules | (case.advice or set()))
    assert any(outcome(lesser, case) != outcome(SPEC, case) for case in named)


def test_only_the_schemas_that_a_request_reaches_are_compiled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled, compile_it = [], jsonschema_rs.Draft202012Validator

    def compiling(document: Any, **options: Any) -> Any:
        compiled.append(document["components"]["schemas"])
        return compile_it(document, **options)

    monkeypatch.setattr(jsonschema_rs, "Draft202012Validator", compiling)
    rules = Rules(SPEC, {"$ref": "#/components/schemas/TextToVideoRequest"})
    assert rules.problems({"prompt": "A fox"}) == rules.advice({"prompt": "A fox"}) == []
    assert len(compiled) == 2
    for schemas in compiled:
        assert [name for name in schemas if name.endswith("Request")] == ["TextToVideoRequest"]


def test_a_misspelt_field_gets_a_hint() -> None:
    body = {"prompt": "A fox", "negative_promt": "people"}
    problems = rules_of(SPEC, "TextToVideoRequest").problems(body)
    message = "negative_promt is not a field here; did you mean negative_prompt?"
    assert problems == [Problem("additionalProperties", "negative_promt", message)]


def test_each_check_of_the_description_is_one_function() -> None:
    named = {holder["check"] for holder in bundle.holders(SPEC.document, "check")}
    assert named == CHECKS.keys()
    assert len(set(CHECKS.values())) == len(CHECKS)


# The fields that some check reads, and values that lead far into one.
SHOT_FIELDS = ["index", "prompt", "duration"]
FACE_FIELDS = ["sound_start_time", "sound_end_time"]
SIDES = [f"{side}_expansion_ratio" for side in ("up", "down", "left", "right")]
LISTS = ["contents", "multi_prompt", "voice_list", "element_list", "image_list", "video_list"]
FIELDS = [
    *SHOT_FIELDS,
    *SIDES,
    *FACE_FIELDS,
    *LISTS,
    *("multi_shot", "shot_type", "voice_speed", "model_name", "type", "face_choose"),
    *("prompt", "text", "id", "settings", "duration", "start_time", "end_time", "cursor"),
]
NUMBER = "9" * 5000  # more digits than int() takes
NAMES = f"<<<voice_{NUMBER}>>> <<<voice_1>>> <<<element_0>>> <<image_{NUMBER}>> <<image_1>>"
SHOTS = f"shot 1, 5, a; shot {NUMBER}, {NUMBER}, b"
TELLING = [True, "customize", "5", 5, "prompt", NUMBER, NAMES, SHOTS]
JSON = st.recursive(
    st.sampled_from(TELLING)
    | st.none()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4)
    ),
    max_leaves=5,
)
SHOT = st.fixed_dictionaries({}, optional=dict.fromkeys(SHOT_FIELDS, JSON))
STORYBOARD = st.fixed_dictionaries(
    {
        "multi_shot": st.just(True),
        "shot_type": st.just("customize"),
        "multi_prompt": st.lists(SHOT, max_size=2) | JSON,
        "duration": st.just("5") | JSON,
    }
)
PLACEHOLDERS = st.fixed_dictionaries(
    {
        "prompt": st.sampled_from(TELLING),
        "voice_list": JSON,
        "element_list": JSON,
        "image_list": JSON,
    }
)
EXPANSION = st.fixed_dictionaries(
    dict.fromkeys(SIDES, st.sampled_from([0, 2, 0.5, 10**400]) | JSON)
)
FACE = st.fixed_dictionaries({}, optional=dict.fromkeys(FACE_FIELDS, JSON))
FACES = st.fixed_dictionaries({"face_choose": st.lists(FACE, max_size=2) | JSON})
BODY = st.dictionaries(st.sampled_from(FIELDS), JSON)


@settings(derandomize=True, database=None, deadline=None, max_examples=500)
@given(BODY | STORYBOARD | PLACEHOLDERS | FACES | EXPANSION)
def test_a_check_answers_whatever_json_it_is_given(body: Any) -> None:
    for name, check in CHECKS.items():
        assert isinstance(check(body), bool), name


def private(node: Any, field: str = "prompt") -> Iterator[str]:
    """Yield every text that stands, however deep, where a prompt or a media value belongs."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from private(value, field if key == "url" else key)
    elif isinstance(node, list):
        for value in node:
            yield from private(value, field)
    elif isinstance(node, str) and len(node) > 3 and field in PRIVATE:
        yield node


def without(claim: str) -> Spec:
    """Return the description without one rule or one advice."""
    document = copy.deepcopy(SPEC.document)
    for key in ("allOf", "x-kling-advice"):
        for holder in list(bundle.holders(document, key)):
            claims = holder.pop(key)
            kept = [one for one in claims if one.get("x-kling-rule", one).get("id") != claim]
            if kept:  # an empty allOf is no schema
                holder[key] = kept
    return Spec(document)
