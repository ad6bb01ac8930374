"""The rules against the capability map: every model, mode, length and feature.

`capabilities.yaml` says where each feature works. A request that uses it must be right there, and
wrong everywhere else.
"""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from kling.description import Capabilities, Rules, capabilities, load

from scripts.build import bundle

SPEC = load()
MAP = bundle.load(Path(__file__).with_name("capabilities.yaml"))
FAMILIES = {"text": "createTextToVideoTask", "image": "createImageToVideoTask"}
SCHEMAS = {name: str(SPEC.operations[create].request) for name, create in FAMILIES.items()}
RULES = {
    name: Rules(SPEC, {"$ref": f"#/components/schemas/{schema}"})
    for name, schema in SCHEMAS.items()
}
MODES = ["std", "pro", "4k"]
LENGTHS = [str(seconds) for seconds in range(3, 16)]
GRID = list(product(MODES, LENGTHS))
Cell = tuple[str, str]

PICTURE = "https://example.org/a.png"
BASES: dict[str, dict[str, Any]] = {
    "text": {"prompt": "A fox at dawn"},
    "image": {"prompt": "She smiles", "image": PICTURE},
}
MOVEMENT = {"type": "simple", "config": {"zoom": 5}}
WAY = [{"x": 10, "y": 10}, {"x": 200, "y": 90}]
# What a request has in it that uses a feature; None takes a field out.
USES: dict[str, dict[str, Any]] = {
    "generate": {},
    "camera_control": {"camera_control": MOVEMENT},
    "first_last_frame": {"image_tail": PICTURE, "sound": "off"},
    "end_frame_only": {"image": None, "image_tail": PICTURE},
    "motion_brush": {
        "static_mask": PICTURE,
        "dynamic_masks": [{"mask": PICTURE, "trajectories": WAY}],
    },
    "element_list": {
        "element_list": [{"element_id": 160}],
        "prompt": "<<<element_1>>> smiles",
    },
    "voice_list": {
        "voice_list": [{"voice_id": "829836802793406551"}],
        "prompt": "<<<voice_1>>> says: welcome",
        "sound": "on",
    },
    "sound": {"sound": "on"},
    "multi_shot": {"multi_shot": True, "shot_type": "customize"},
    "cfg_scale": {"cfg_scale": 0.7},
}
# Voices of text to video are in question by themselves, without the sound that few models have.
SILENT = {"voice_list": [{"voice_id": "1"}], "prompt": "<<<voice_1>>> says: welcome"}
# How `kling models` calls the features.
NAMES = {
    "camera_control": "camera-control",
    "first_last_frame": "last-frame",
    "end_frame_only": "last-frame-alone",
    "motion_brush": "motion-brush",
    "element_list": "element",
    "voice_list": "voice",
    "sound": "sound",
    "multi_shot": "multi-shot",
    "cfg_scale": "cfg-scale",
}
FEATURES = [
    (model, family, feature)
    for model, entry in MAP.items()
    for family in FAMILIES
    for feature in entry[family] or MAP["kling-v3"][family]
]
ADVISED = [(model, *name.split(".")) for model, entry in MAP.items() for name in entry["advised"]]


def cells(model: str, family: str, feature: str) -> set[Cell]:
    """Return where the map has a feature."""
    return {cell for text in MAP[model][family].get(feature, ()) for cell in spread(text)}


def spread(text: str) -> Iterator[Cell]:
    mode, _, lengths = text.partition("-")
    first, _, last = lengths.partition("..")
    for seconds in range(int(first), int(last or first) + 1):
        yield mode, str(seconds)


def body(model: str, family: str, feature: str, cell: Cell) -> dict[str, Any]:
    """Return a request that uses a feature."""
    mode, duration = cell
    use = SILENT if (family, feature) == ("text", "voice_list") else USES[feature]
    fields = {**BASES[family], **use, "model_name": model, "mode": mode, "duration": duration}
    if feature == "multi_shot":
        fields["multi_prompt"] = [
            {"index": 1, "prompt": "A lake", "duration": "1"},
            {"index": 2, "prompt": "A fox", "duration": str(int(duration) - 1)},
        ]
    return {name: value for name, value in fields.items() if value is not None}


def taken(model: str, family: str, feature: str) -> set[Cell]:
    """Return where a request that uses a feature keeps every rule."""
    rules = RULES[family]
    return {cell for cell in GRID if not rules.problems(body(model, family, feature, cell))}


def test_the_map_has_every_model_and_every_feature() -> None:
    for family, schema in SCHEMAS.items():
        models = SPEC.resolve(SPEC.schemas[schema]["properties"]["model_name"])["enum"]
        assert sorted(models) == sorted(model for model, entry in MAP.items() if entry[family])
        for model in models:
            assert MAP[model][family].keys() == MAP["kling-v3"][family].keys()
    assert {feature for _, _, feature in FEATURES} == USES.keys()


@pytest.mark.parametrize(("model", "family", "feature"), FEATURES)
def test_a_feature_works_exactly_where_the_map_has_it(
    model: str, family: str, feature: str
) -> None:
    advised = (model, family, feature) in ADVISED
    expected = cells(model, family, "generate" if advised else feature)

    assert sorted(taken(model, family, feature)) == sorted(expected)


@pytest.mark.parametrize(("model", "family", "feature"), FEATURES)
def test_what_no_source_refuses_is_advised_and_nothing_else_is(
    model: str, family: str, feature: str
) -> None:
    for cell in taken(model, family, feature):
        advice = {one.field for one in RULES[family].advice(body(model, family, feature, cell))}
        # Two models have one quality only, and ignore the mode.
        advice -= {"mode"} if model.endswith("master") else set()
        # Voices are advised to have sound, which few models have.
        advice -= {"sound"} if (family, feature) == ("text", "voice_list") else set()
        assert advice == ({feature} if (model, family, feature) in ADVISED else set())


@pytest.mark.parametrize(("model", "family", "feature"), ADVISED)
def test_what_is_advised_is_not_in_the_map(model: str, family: str, feature: str) -> None:
    assert cells(model, family, feature) == set()
    assert taken(model, family, feature) != set()


@pytest.mark.parametrize("family", FAMILIES)
def test_the_command_line_shows_the_same(family: str) -> None:
    shown: dict[str, Capabilities] = {
        one.model: one for one in capabilities(SPEC, SPEC.operations[FAMILIES[family]])
    }

    assert sorted(shown) == sorted(model for model, entry in MAP.items() if entry[family])
    for model, one in shown.items():
        assert set(one.cells) == cells(model, family, "generate")
        # Voices of text to video have no rule, for no model has them.
        expected = {
            name: cells(model, family, feature)
            for feature, name in NAMES.items()
            if feature in MAP[model][family] and (family, feature) != ("text", "voice_list")
        }
        assert {name: set(found) for name, found in one.features.items()} == expected


@pytest.mark.parametrize("movement", SPEC.schemas["CameraMovement"]["enum"])
def test_a_model_with_camera_control_takes_the_movements_of_the_map(movement: str) -> None:
    control = MOVEMENT if movement == "simple" else {"type": movement}
    text = body("kling-v1", "text", "camera_control", ("std", "5"))
    image = body("kling-v1-5", "image", "camera_control", ("pro", "5"))

    # All five in text to video, simple alone in image to video.
    assert RULES["text"].problems(text | {"camera_control": control}) == []
    problems = RULES["image"].problems(image | {"camera_control": control})
    assert (problems == []) == (movement == "simple")


@pytest.mark.parametrize("model", [model for model, entry in MAP.items() if entry["image"]])
def test_a_last_frame_with_sound_needs_a_model_that_is_not_silent_there(model: str) -> None:
    frames = {
        cell
        for cell in GRID
        if not RULES["image"].problems(
            body(model, "image", "first_last_frame", cell) | {"sound": "on"}
        )
    }

    expected = cells(model, "image", "first_last_frame") & cells(model, "image", "sound")
    assert frames == (set() if model == "kling-v2-6" else expected)


@pytest.mark.parametrize("cell", sorted(cells("kling-v2-6", "image", "voice_list")))
def test_a_voice_needs_sound(cell: Cell) -> None:
    silent = body("kling-v2-6", "image", "voice_list", cell) | {"sound": "off"}

    rules = [problem.rule for problem in RULES["image"].problems(silent)]

    assert rules == ["image-to-video.voice-needs-sound"]


@pytest.mark.parametrize("family", FAMILIES)
def test_what_is_left_out_counts_as_the_default(family: str) -> None:
    for model, entry in MAP.items():
        for feature in entry[family]:
            full = body(model, family, feature, ("std", "5"))
            short = {name: full[name] for name in full if name not in ("mode", "duration")}
            problems = {one.rule for one in RULES[family].problems(full)}
            assert {one.rule for one in RULES[family].problems(short)} == problems


@pytest.mark.parametrize(
    ("family", "feature"),
    [(family, feature) for model, family, feature in FEATURES if model == "kling-v1"],
)
def test_without_a_model_the_default_one_counts(family: str, feature: str) -> None:
    for cell in GRID:
        named = body("kling-v1", family, feature, cell)
        unnamed = {name: value for name, value in named.items() if name != "model_name"}
        problems = {one.rule for one in RULES[family].problems(named)}
        assert {one.rule for one in RULES[family].problems(unnamed)} == problems
