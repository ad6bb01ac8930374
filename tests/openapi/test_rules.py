"""Run the fixtures of `bodies/`: exactly what they name is refused or advised, and nothing else.

The form of the fixtures is explained in `bodies/text-to-video.yaml`.
"""

import copy
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from every_slip import differing, fail_with, verdict
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from kling.description import CHECKS, Operation, Rules, Spec, load

from scripts.build import bundle
from scripts.build.rule_fixtures import BODIES, Case, cases, cases_in, read

SPEC = load()
# What is said of every value that counts as another one.
CONVERSION = "type-conversion"
FOLDER = "openapi/fixtures/bodies"
RULES = {holder["x-kling-rule"]["id"] for holder in bundle.holders(SPEC.document, "x-kling-rule")}
ADVICE = {
    advice["id"]
    for holder in bundle.holders(SPEC.document, "x-kling-advice")
    for advice in holder["x-kling-advice"]
} | {CONVERSION}
CHECKED = {holder.get("id") for holder in bundle.holders(SPEC.document, "check")}
PRIVATE = {"prompt", "negative_prompt", "text", "contents"} | {
    name
    for holder in bundle.holders(SPEC.document, "properties")
    for name, schema in holder["properties"].items()
    if "x-kling-media" in schema or "x-kling-media" in schema.get("items", {})
}

every_file = pytest.mark.parametrize("path", BODIES.values(), ids=BODIES)


@cache
def rules_of(spec: Spec, schema: str) -> Rules:
    return Rules(spec, {"$ref": f"#/components/schemas/{schema}"})


@cache
def independent(schema: str) -> Draft202012Validator:
    components = {"components": SPEC.document["components"]}
    return Draft202012Validator({"$ref": f"#/components/schemas/{schema}", **components})


def outcome(spec: Spec, case: Case) -> tuple[set[str], list[str], set[str] | None]:
    rules = rules_of(spec, case.schema)
    body, converted = rules.canonical(case.body)
    problems = rules.problems(body)
    advice = [*converted, *rules.advice(body)]
    return (
        {problem.rule for problem in problems},
        sorted(problem.field for problem in problems),
        None if case.advice is None else {one.rule for one in advice},
    )


@every_file
def test_each_body_of_a_file_gets_exactly_its_problems_and_its_advice(path: Path) -> None:
    fail_with(slip for name, case in cases_in(path) for slip in slips(name, case))


def slips(name: str, case: Case) -> Iterator[str]:
    broken, fields, advice = outcome(SPEC, case)
    body, converted = rules_of(SPEC, case.schema).canonical(case.body)
    kept = rules_of(SPEC, case.schema).are_kept_by(body)
    allowed = independent(case.schema).is_valid(body)
    yield from differing(
        name,
        {
            "rules": (case.rules, broken),
            "fields": (case.fields, fields),
            "advice": (case.advice, advice),
            "whether they are kept": (verdict(not broken), verdict(kept)),
            "what another validator says": (verdict(not case.rules - CHECKED), verdict(allowed)),
        },
    )
    texts = {text[:20] for text in private(case.body)}
    for problem in (
        *converted,
        *rules_of(SPEC, case.schema).problems(body),
        *rules_of(SPEC, case.schema).advice(body),
    ):
        yield from (
            f"{name}: {problem.rule}: expected a message without {text!r}, found {problem.message}"
            for text in texts
            if text in problem.message
        )


def slug_of(operation: Operation) -> str:
    # Refs of these tasks begin with the path that they are asked for by.
    named = {"solutions": "solution-tasks"}
    return named.get(operation.family, operation.family.replace("_", "-"))


@pytest.mark.every_family
def test_every_create_has_fixtures() -> None:
    requests = [one for one in SPEC.operations.values() if one.request]
    named = {(slug, read(path)["schema"]) for slug, path in BODIES.items()}
    fail_with(
        f"{FOLDER}/{slug}.yaml: no operation of {slug} takes a {schema}"
        for slug, schema in sorted(named - {(slug_of(one), one.request) for one in requests})
    )
    fail_with(
        f"{one.id}: write bodies that keep and break its rules into {FOLDER}/{slug_of(one)}.yaml, "
        f"with schema: {one.request}; text-to-video.yaml there explains the form"
        for one in requests
        if one.task and (slug_of(one), one.request) not in named
    )


@every_file
def test_a_file_of_bodies_is_well_formed(path: Path) -> None:
    fail_with(f"{FOLDER}/{path.name}: {slip}" for slip in malformed(read(path)))


def malformed(file: dict[str, Any]) -> Iterator[str]:
    """Yield a sentence for each way in which a file has not the form that its readers expect."""
    yield from wrong_keys(file, {"schema", "accepted", "refused"}, set())
    names = Counter(entry.get("name") for key in ("accepted", "refused") for entry in file[key])
    for name, count in names.items():
        if count > 1:
            yield f"{name}: {count} bodies have this name"
    for entry in file["accepted"]:
        yield from wrong_keys(entry, {"name", "body"}, {"schema", "advice"})
    for entry in file["refused"]:
        needed = {"name", "rules", "fields", "body"}
        yield from wrong_keys(entry, needed, {"schema", "why"})
        if len(set(entry.get("rules", ()))) > len(entry.get("fields", ())):
            yield f"{entry.get('name')}: name under fields the field of each problem"


def wrong_keys(entry: dict[str, Any], needed: set[str], more: set[str]) -> Iterator[str]:
    name = entry.get("name", "what has no name")
    for key in sorted(needed - entry.keys()):
        yield f"{name}: {key} is missing; text-to-video.yaml explains the form"
    for key in sorted(entry.keys() - needed - more):
        yield f"{name}: {key} is unknown; text-to-video.yaml explains the form"


@pytest.mark.every_family
def test_each_rule_has_a_body_that_breaks_it_alone() -> None:
    alone = [case.rules for _, case in cases()]
    fail_with(
        f"{rule}: add a body that breaks it and nothing else to {FOLDER}/"
        for rule in sorted(RULES)
        if {rule} not in alone
    )


@pytest.mark.every_family
def test_the_fixtures_know_every_advice_and_no_more() -> None:
    known = {advice for _, case in cases() for advice in case.advice or ()}
    fail_with(f"{one}: add a body that gets it to {FOLDER}/" for one in sorted(ADVICE - known))
    fail_with(f"{one}: a body names it, the description does not" for one in sorted(known - ADVICE))


@pytest.mark.every_family
def test_no_rule_and_no_advice_can_go_missing_unnoticed() -> None:
    naming: dict[str, list[Case]] = {}
    for _, case in cases():
        for claim in case.rules | (case.advice or set()):
            naming.setdefault(claim, []).append(case)
    fail_with(
        f"{claim}: no body of {FOLDER}/ gets another verdict without it"
        for claim in sorted(RULES | ADVICE - {CONVERSION})
        if not goes_missed(without(claim), naming.get(claim, []))
    )


def goes_missed(lesser: Spec, cases: list[Case]) -> bool:
    return any(outcome(lesser, case) != outcome(SPEC, case) for case in cases)


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
    [problem] = rules_of(SPEC, "TextToVideoRequest").problems(body)
    assert (problem.rule, problem.field) == ("unknown-field", "negative_promt")
    assert problem.evidence == "guard"
    assert problem.message.startswith(
        "negative_promt is not a field here; did you mean negative_prompt?"
    )
    assert "Kling silently ignores" in problem.message
    for way_out in ('allow={"unknown-field"}', "--allow unknown-field"):
        assert way_out in problem.message


@pytest.mark.parametrize(
    ("body", "rule", "evidence", "sources"),
    [
        ({"prompt": ""}, "text-to-video.prompt-required", "documented", "vendor-pages-2026-03"),
        ({"prompt": "A fox", "sound": "on"}, "text-to-video.sound-models", "live", "live-refusals"),
        ({"prompt": "A fox", "duration": 5}, "type", "documented", None),
    ],
)
def test_a_problem_says_by_what_evidence_it_is_refused(
    body: dict[str, Any], rule: str, evidence: str, sources: str | None
) -> None:
    [problem] = rules_of(SPEC, "TextToVideoRequest").problems(body)
    assert (problem.rule, problem.evidence) == (rule, evidence)
    assert sources in problem.sources if sources else problem.sources == ()


def test_advice_has_no_evidence_and_may_have_sources() -> None:
    body = {"prompt": "A fox", "model_name": "kling-v2-6", "cfg_scale": 0.5}
    [advice] = rules_of(SPEC, "TextToVideoRequest").advice(body)
    assert advice.evidence is None
    assert "live-2026-08" in advice.sources


@pytest.mark.every_family
def test_every_refusal_of_a_rule_names_its_witness() -> None:
    fail_with(
        f"{name}: {problem.rule}: expected evidence and sources, found {problem.evidence}"
        for name, case in cases()
        for problem in rules_of(SPEC, case.schema).problems(case.body)
        if "." in problem.rule
        and not (problem.evidence in ("live", "documented") and problem.sources)
    )


@pytest.mark.every_family
def test_each_check_of_the_description_is_one_function() -> None:
    named = {holder["check"] for holder in bundle.holders(SPEC.document, "check")}
    file = "overlay/kling/description/checks.py"
    fail_with(f"check: {name}: write this function into {file}" for name in named - CHECKS.keys())
    fail_with(f"{name}: no rule uses this function of {file}" for name in CHECKS.keys() - named)
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
    schemas = dict(SPEC.schemas)
    for name, schema in schemas.items():
        if claim in claims_of(name):
            schemas[name] = copy.deepcopy(schema)
            for key in ("allOf", "x-kling-advice"):
                for holder in list(bundle.holders(schemas[name], key)):
                    kept = [one for one in holder.pop(key) if id_of(one) != claim]
                    if kept:  # an empty allOf is no schema
                        holder[key] = kept
    return Spec(
        {**SPEC.document, "components": {**SPEC.document["components"], "schemas": schemas}}
    )


@cache
def claims_of(schema: str) -> set[str]:
    return {
        id_of(one)
        for key in ("allOf", "x-kling-advice")
        for holder in bundle.holders(SPEC.schemas[schema], key)
        for one in holder[key]
    }


def id_of(claim: dict[str, Any]) -> str:
    return str(claim.get("x-kling-rule", claim).get("id"))


def patterns(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every schema with a pattern that is no part of a rule or of advice."""
    if isinstance(node, dict):
        if "pattern" in node:
            yield node
        for key, inner in node.items():
            if key not in ("allOf", "x-kling-advice", "examples"):
                yield from patterns(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from patterns(inner)


@pytest.mark.parametrize("node", [*patterns(load().document)], ids=lambda node: node["pattern"])
def test_a_message_says_a_pattern_in_words(node: dict[str, Any]) -> None:
    for form in (node, {"anyOf": [{"type": "null"}, node]}):
        rules = Rules(load(), {"type": "object", "properties": {"url": form}})

        [problem] = rules.problems({"url": "no such form"})
        assert problem.message == f"url must be {node['x-kling-pattern-means']}."
        [problem] = rules.problems({"url": True})
        assert node["pattern"] not in problem.message
        assert node["x-kling-pattern-means"] in problem.message


def test_a_message_shows_no_pattern_that_has_no_words() -> None:
    node = {"type": "string", "pattern": "^[a-z]$"}
    rules = Rules(load(), {"type": "object", "properties": {"url": node}})

    [problem] = rules.problems({"url": "7"})
    assert problem.message == "url must be a string in the documented form."
