"""What the description shows as examples is true by its own rules, and survives the client."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from every_slip import for_each
from jsonschema import Draft202012Validator
from kling.description import Rules, load
from kling_api import models

from scripts.build import bundle

SPEC = load()
NOISE = {"paths", "components", "schemas", "requestBody", "content", "application/json", "examples"}


class Example(NamedTuple):
    place: tuple[str, ...]
    schema: dict[str, Any]
    value: Any

    @property
    def is_request(self) -> bool:
        return "requestBody" in self.place

    @property
    def is_of_a_property(self) -> bool:
        """Whether it shows a single value and not a whole body or reply."""
        return "properties" in self.place or self.whole.get("type") != "object"

    @property
    def whole(self) -> dict[str, Any]:
        """The schema, with what it refers to."""
        return SPEC.resolve(self.schema)

    @property
    def model(self) -> Any:
        """The generated class of the schema; None where the schema is no object with a name."""
        reference = self.schema.get("$ref")
        name = reference.rpartition("/")[2] if reference else self.place[2]
        return None if self.is_of_a_property else getattr(models, name, None)


def walk(node: Any, place: tuple[str, ...] = ()) -> Iterator[Example]:
    if isinstance(node, list):
        for inner in node:
            yield from walk(inner, place)
    if not isinstance(node, dict):
        return
    if "example" in node:
        yield Example(place, node["schema"], node["example"])
    match node.get("examples"):
        case dict() as named:
            for name, example in named.items():
                yield Example((*place, name), node["schema"], example["value"])
        case list() as values:
            for number, value in enumerate(values, 1):
                yield Example((*place, str(number)), node, value)
    for key, inner in node.items():
        if key not in ("example", "examples"):
            yield from walk(inner, (*place, key))


EXAMPLES = list(walk(SPEC.document))


def place_of(example: Example) -> str:
    return " ".join(step for step in example.place if step not in NOISE)


def fits_its_schema(example: Example) -> None:
    schema = {**example.schema, "components": SPEC.document["components"]}
    Draft202012Validator(schema).validate(example.value)


def survives_its_model(example: Example) -> None:
    assert example.model.from_dict(example.value).to_dict() == example.value


@pytest.mark.every_family
@for_each(EXAMPLES, place_of)
def test_an_example_fits_its_schema(example: Example) -> None:
    fits_its_schema(example)


@pytest.mark.every_family
@for_each([one for one in EXAMPLES if one.is_request], place_of)
def test_a_request_in_an_example_has_no_problems(example: Example) -> None:
    assert Rules(SPEC, example.schema).problems(example.value) == []


@pytest.mark.every_family
@for_each([one for one in EXAMPLES if one.model], place_of)
def test_an_example_survives_the_generated_model(example: Example) -> None:
    survives_its_model(example)


def test_every_whole_body_and_reply_has_a_model() -> None:
    whole = [one for one in EXAMPLES if not one.is_of_a_property]
    assert [one.place for one in whole if not one.model] == []


@pytest.mark.every_family
@for_each([one for one in EXAMPLES if one.is_of_a_property], place_of)
def test_a_value_in_an_example_has_no_problems(example: Example) -> None:
    rules = Rules(SPEC, example.schema)

    assert rules.problems(example.value) == []
    assert rules.advice(example.value) == []


def values(name: str, schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what a request takes as free text or numbers: the place and the whole schema."""
    whole = SPEC.resolve(schema)
    if "enum" in whole or "const" in whole or whole.get("type") == "boolean":
        return
    is_open = "anyOf" in whole or whole.get("type") not in ("object", "array", None)
    if is_open or "examples" in whole:
        yield name, whole
    else:
        inner = whole.get("properties", {}).items()
        parts = [("[]", part) for part in (whole.get("items"), *whole.get("oneOf", ())) if part]
        for key, part in (*inner, *parts):
            yield from values(f"{name}.{key}".removesuffix(".[]"), part)


REQUESTS = sorted({str(one.request) for one in SPEC.operations.values() if one.request})


@pytest.mark.parametrize("request_schema", REQUESTS)
def test_every_text_and_number_of_a_request_has_an_example(request_schema: str) -> None:
    found = dict(values(request_schema, {"$ref": f"#/components/schemas/{request_schema}"}))

    assert found
    assert [place for place, schema in found.items() if not schema.get("examples")] == []


def test_no_example_is_overlooked() -> None:
    single = list(bundle.holders(SPEC.document, "example"))
    several = [holder["examples"] for holder in bundle.holders(SPEC.document, "examples")]
    assert len(EXAMPLES) == len(single) + sum(map(len, several))


# What Kling's pages show as answers, the same for every family.
CREATED = {
    "task_id": "string",
    "task_info": {"external_task_id": "string"},
    "task_status": "submitted",
    "created_at": 1722769557708,
    "updated_at": 1722769557708,
}
VIDEO = {"id": "string", "url": "string", "watermark_url": "string", "duration": "string"}
DONE = {
    **CREATED,
    "task_status": "succeed",
    "task_status_msg": "string",
    "task_result": {"videos": [VIDEO]},
    "watermark_info": {"enabled": False},
    "final_unit_deduction": "string",
}
DURATIONS = {"duration_mp3": "string", "duration_wav": "string"}
AUDIO = {"id": "string", "url_mp3": "string", "url_wav": "string", **DURATIONS}
SPEECH = {"id": "string", "url": "string", "duration": "string"}
VOICE = {
    "voice_id": "string",
    "voice_name": "string",
    "trial_url": "string",
    "owned_by": "kling",
}
ELEMENT = {
    "element_id": 1,  # 0 on the pages, as a placeholder
    "element_name": "string",
    "element_description": "string",
    "reference_type": "video_refer",
    "element_image_list": {},
    "element_video_list": {},
    "element_voice_info": VOICE,
    "tag_list": [],
    "owned_by": "kling",
    "status": "succeed",
}
SOURCE = {"parent_video": {"id": "string", "url": "string", "duration": "string"}}
BASIC_ELEMENT = {
    "element_id": 1,
    "element_name": "string",
    "element_description": "string",
    "element_frontal_image": "image_url_0",
    "element_refer_list": [{"image_url": "image_url_1"}, {"image_url": "image_url_2"}],
    "tag_list": [{"id": "o_101", "name": "string", "description": "string"}],
    "owned_by": "string",
}


def done(**result: Any) -> dict[str, Any]:
    return {**DONE, "task_result": result}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("TaskReply", CREATED, id="create"),
        pytest.param("TaskReply", DONE, id="get"),
        pytest.param("TaskListReply", [DONE], id="list"),
        pytest.param("TaskReply", done(audios=[AUDIO]), id="sound"),
        pytest.param(
            "TaskReply",
            {**done(videos=[VIDEO], audios=[AUDIO]), "task_info": SOURCE},
            id="video with its sound",
        ),
        pytest.param("TaskReply", done(audios=[SPEECH]), id="speech"),
        pytest.param("TaskListReply", [done(voices=[VOICE])], id="voices"),
        pytest.param("TaskListReply", [done(elements=[ELEMENT])], id="elements"),
        pytest.param("BasicElementReply", BASIC_ELEMENT, id="element of the older service"),
        pytest.param("DeletionReply", {"task_id": "string", "task_status": "succeed"}, id="delete"),
    ],
)
def test_an_answer_on_klings_pages_survives_the_generated_model(name: str, data: Any) -> None:
    answer = {"code": 0, "message": "string", "request_id": "string", "data": data}
    place = ("components", "schemas", name)
    example = Example(place, {"$ref": f"#/components/schemas/{name}"}, answer)
    fits_its_schema(example)
    survives_its_model(example)
