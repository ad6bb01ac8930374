"""The scenes of the video effects stand in an open list and in two rules, which must agree."""

from kling.description import load

SCHEMAS = load().schemas
RULES = {one["x-kling-rule"]["id"]: one for one in SCHEMAS["VideoEffectsRequest"]["allOf"]}


def scenes_of(rule: str) -> list[str]:
    return RULES[f"video-effects.{rule}"]["if"]["properties"]["effect_scene"]["enum"]


def test_every_scene_has_one_picture_or_two_unless_it_is_gone() -> None:
    scene = SCHEMAS["VideoEffectsScene"]
    single, dual = scenes_of("single-image-scenes"), scenes_of("dual-image-scenes")
    living = [name for name in scene["x-extensible"] if name in {*single, *dual}]

    assert living == single + dual
    assert {*scene["x-extensible"]} - {*living} <= scene["x-kling-retired"].keys()
