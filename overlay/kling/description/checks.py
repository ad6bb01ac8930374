"""The rules that JSON Schema cannot say: one pure function for each `check` of the description.

A check is given the body with Kling's defaults filled in. It returns whether the rule holds, and
True for whatever is malformed in a way that the schema reports by itself.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Body = Mapping[str, Any]

# The beginning of a shot of a storyboard in the prompt: "shot 2, 5, words;", also in Chinese.
_SHOT = re.compile(r"(?:\A|;)\s*(?:shot|镜头)\s*[0-9]{1,9}\s*,\s*([0-9]{1,9})\s*,", re.IGNORECASE)
# Nobody has a list of a billion pictures; int() refuses very long digit strings.
_REFERENCE = re.compile(r"<<(image|element|object)_([0-9]{1,9})>>")


def shot_durations(body: Body) -> bool:
    """Tell whether the shots of a storyboard are as long as the video together."""
    if not _is_storyboard(body):
        return True
    try:
        return sum(int(shot["duration"]) for shot in body["multi_prompt"]) == int(body["duration"])
    except (KeyError, TypeError, ValueError):
        return True


def shot_indexes(body: Body) -> bool:
    """Tell whether the shots of a storyboard are numbered 1, 2, 3 and so on, in order."""
    if not _is_storyboard(body):
        return True
    try:
        indexes = [shot["index"] for shot in body["multi_prompt"]]
    except (KeyError, TypeError):
        return True
    return indexes == list(range(1, len(indexes) + 1))


def voice_placeholders(body: Body) -> bool:
    """Tell whether every `<<<voice_2>>>` has its entry in voice_list."""
    return _placeholders_fit(body, "voice")


def element_placeholders(body: Body) -> bool:
    """Tell whether every `<<<element_2>>>` has its entry in element_list."""
    return _placeholders_fit(body, "element")


def image_placeholders(body: Body) -> bool:
    """Tell whether every `<<<image_2>>>` has its entry in image_list."""
    return _placeholders_fit(body, "image")


def video_placeholders(body: Body) -> bool:
    """Tell whether every `<<<video_1>>>` has its entry in video_list."""
    return _placeholders_fit(body, "video")


def input_count(body: Body) -> bool:
    """Tell whether there are at most 7 pictures and elements, or 4 beside a video."""
    most = 4 if _entries(body, "video_list") else 7
    return len(_entries(body, "image_list")) + len(_entries(body, "element_list")) <= most


def voice_named(body: Body) -> bool:
    """Tell whether a prompt with voices says where they speak."""
    return not body.get("voice_list") or any(True for _ in _placeholders(body, "voice"))


def reference_placeholders(body: Body) -> bool:
    """Tell whether every `<<<image_2>>>`, `<<<element_2>>>` or `<<<object_2>>>` has its entry.

    An object is an element too, and Kling's own examples also write two brackets.
    """
    prompt = body.get("prompt")
    names = re.findall(_REFERENCE, prompt) if isinstance(prompt, str) else []
    for kind, digits in names:
        named = body.get("image_list" if kind == "image" else "element_list", [])
        if isinstance(named, list) and not 1 <= int(digits) <= len(named):
            return False
    return True


def expansion_area(body: Body) -> bool:
    """Tell whether a picture grows to at most three times its area."""
    given = [body.get(f"{side}_expansion_ratio") for side in ("up", "down", "left", "right")]
    ratios = [one for one in given if isinstance(one, int | float) and 0 <= one <= 2]
    if len(ratios) < len(given):
        return True
    up, down, left, right = ratios
    # With floats (1 + 0.1 + 0.1) * (1 + 0.75 + 0.75) is 3.0000000000000004.
    return (1 + up + down) * (1 + left + right) <= 3 + 1e-9


def one_decimal(body: Body) -> bool:
    """Tell whether duration and voice_speed, where they are numbers, have at most one decimal."""
    numbers = (body.get("duration"), body.get("voice_speed"))
    return all(round(one, 1) == one for one in numbers if isinstance(one, float))


def sound_length(body: Body) -> bool:
    """Tell whether every chosen face speaks at least two seconds of its sound."""
    try:
        return all(
            face["sound_end_time"] - face["sound_start_time"] >= 2000
            for face in body["face_choose"]
        )
    except (KeyError, TypeError):
        return True


def storyboard(body: Body) -> bool:
    """Tell whether the shots of a prompt that begins as a storyboard are as long as the video."""
    settings = body.get("settings")
    prompt = body.get("prompt") or _prompt_part(body)
    duration = settings.get("duration") if isinstance(settings, Mapping) else None
    if not isinstance(duration, int) or not isinstance(prompt, str) or not _SHOT.match(prompt):
        return True
    if isinstance(settings, Mapping) and settings.get("multi_shot") is False:
        return True
    return sum(int(shot[1]) for shot in _SHOT.finditer(prompt)) == duration


def unique_content_ids(body: Body) -> bool:
    """Tell whether no two parts of contents have the same id."""
    ids = [part.get("id") for part in _entries(body, "contents")]
    given = [one for one in ids if isinstance(one, str) and one]
    return len(set(given)) == len(given)


def times_in_order(body: Body) -> bool:
    """Tell whether a span of time begins before it ends; beside a cursor nobody looks at it."""
    try:
        return bool(body.get("cursor")) or int(body["start_time"]) < int(body["end_time"])
    except (KeyError, TypeError, ValueError):
        return True


CHECKS: Mapping[str, Callable[[Body], bool]] = {
    check.__name__.replace("_", "-"): check
    for check in (
        shot_durations,
        shot_indexes,
        voice_placeholders,
        element_placeholders,
        image_placeholders,
        video_placeholders,
        input_count,
        voice_named,
        reference_placeholders,
        expansion_area,
        one_decimal,
        sound_length,
        storyboard,
        unique_content_ids,
        times_in_order,
    )
}


def _is_storyboard(body: Body) -> bool:
    return body.get("multi_shot") is True and body.get("shot_type") == "customize"


def _entries(body: Body, field: str) -> list[Mapping[str, Any]]:
    entries = body.get(field)
    return [one for one in entries if isinstance(one, Mapping)] if isinstance(entries, list) else []


def _prompt_part(body: Body) -> Any:
    parts = (one for one in _entries(body, "contents") if one.get("type") == "prompt")
    return next((one.get("text") for one in parts), None)


def _placeholders_fit(body: Body, kind: str) -> bool:
    named = body.get(f"{kind}_list", [])
    if not isinstance(named, list):
        return True
    return all(1 <= number <= len(named) for number in _placeholders(body, kind))


def _placeholders(body: Body, kind: str) -> Iterator[int]:
    # What Kling ignores may name what it likes.
    shots = body.get("multi_prompt")
    texts = (shots if isinstance(shots, list) else []) if _is_storyboard(body) else [body]
    for text in texts:
        prompt = text.get("prompt") if isinstance(text, Mapping) else None
        if isinstance(prompt, str):
            # Nobody has a list of a billion voices; int() refuses very long digit strings.
            for digits in re.findall(rf"<<<{kind}_([0-9]{{1,9}})>>>", prompt):
                yield int(digits)
