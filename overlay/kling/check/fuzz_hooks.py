"""Correct generated requests so that they also satisfy the rules that no schema can express.

Schemathesis loads this module by its path: in the part fuzz, in the tests, and in `make fuzz`.
"""

import itertools
import re
import secrets
from typing import Any

import schemathesis

from kling.description import load

# The ids of this run must differ from those of earlier runs, which the server may remember.
_RUN = secrets.token_hex(4)
_numbers = itertools.count()
MEDIA = {
    name
    for schema in load().schemas.values()
    for name, node in schema.get("properties", {}).items()
    if "x-kling-media" in node or "x-kling-media" in node.get("items", {})
}

# Lists that have a body, which selects a period or continues at a cursor.
LISTS_BY_TIME = {
    operation.path
    for operation in load().operations.values()
    if operation.request and operation.verb == "list"
}
SIDES = [f"{side}_expansion_ratio" for side in ("up", "down", "left", "right")]


@schemathesis.hook
def before_call(
    context: schemathesis.HookContext, case: "schemathesis.Case[Any]", kwargs: dict[str, Any]
) -> None:
    """Correct the body of a case that is meant to be valid."""
    del context, kwargs
    body = case.body
    if isinstance(body, dict) and case.meta and case.meta.generation.mode.is_positive:
        correct(body, case.operation.path)


def correct(body: dict[str, Any], path: str) -> None:
    """Give a body new ids, and make it satisfy the rules that no schema can express."""
    for field, value in body.items():
        body[field] = _simplified(field, value)
    options = body.get("options", body)
    if options.get("external_task_id"):
        options["external_task_id"] = f"fuzz-{_RUN}-{next(_numbers)}"
    for number, part in enumerate(body.get("contents", ())):
        if "id" in part:
            part["id"] = f"part-{number}"
    # A cursor can only come from an earlier reply. Without it, start_time must be before end_time.
    if path in LISTS_BY_TIME and (body.get("cursor") or {"start_time", "end_time"} <= set(body)):
        body.pop("cursor", None)
        body["start_time"], body["end_time"] = 0, 1
    if body.get("shot_type") == "customize" and "multi_prompt" in body:
        _divide_duration(int(body.get("duration", "5")), body["multi_prompt"])
    sides = [body[name] for name in SIDES if name in body]
    if len(sides) == len(SIDES) and (1 + sides[0] + sides[1]) * (1 + sides[2] + sides[3]) > 3:
        # Ratios of at most 2/6 expand the image to less than three times its area.
        body.update({name: body[name] / 6 for name in SIDES})
    for field in ("duration", "voice_speed"):
        # These numbers may have one decimal place.
        if isinstance(body.get(field), float):
            body[field] = round(body[field], 1)
    if path.endswith("/omni-video"):
        _limit_inputs(body)
    for face in body.get("face_choose", ()):
        # A face must use at least 2000 ms of the audio.
        face["sound_start_time"] %= 10_000
        face["sound_end_time"] = max(face["sound_end_time"], face["sound_start_time"] + 2000)
    for text in (body, *body.get("multi_prompt", ()), *body.get("contents", ())):
        for name in ("prompt", "text"):
            if name in text:
                # No schema can express which images <<<image_1>>> may refer to, or how long a
                # storyboard, which begins with "shot", may be.
                text[name] = re.sub(r"<<<\w+>>>|^\s*shot\s", "", text[name])


def _simplified(field: str, value: Any) -> Any:
    """Replace generated media with a URL, and blank text with letters."""
    if isinstance(value, dict):
        simplified = {name: _simplified(name, inner) for name, inner in value.items()}
        # Kling treats an object with only null fields as absent, which no schema can express.
        return {} if all(inner is None for inner in simplified.values()) else simplified
    if isinstance(value, list):
        return [_simplified(field, inner) for inner in value]
    if field in MEDIA and value and not value.lower().startswith("data:"):
        return "https://example.org/file"
    # Kling treats blank text as absent too. The length stays, because it may be what is tested.
    return "x" * len(value) if isinstance(value, str) and value.isspace() else value


def _limit_inputs(body: dict[str, Any]) -> None:
    """Keep at most as many images and elements as every model accepts.

    Images with a `type` are first frames or end frames. They are kept rather than other images.
    """
    most = (2, 2) if body.get("video_list") else (3, 4)
    for field, number in zip(("image_list", "element_list"), most, strict=True):
        if field in body:
            body[field] = sorted(body[field], key=lambda entry: "type" not in entry)[:number]


def _divide_duration(seconds: int, shots: list[dict[str, Any]]) -> None:
    """Give one second to each shot, and the rest to the last one. Remove shots without a second."""
    del shots[seconds:]
    for index, shot in enumerate(shots, start=1):
        shot["index"] = index
        shot["duration"] = "1"
    shots[-1]["duration"] = str(seconds - len(shots) + 1)
