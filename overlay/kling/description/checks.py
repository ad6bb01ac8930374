"""The rules that JSON Schema cannot express: one pure function for each `check` of the description.

A check takes a body in which absent fields have Kling's defaults. It returns whether the body
satisfies the rule. It returns True if a value has a wrong type, because the schema reports that.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Body = Mapping[str, Any]

# The beginning of a shot of a storyboard in a prompt, in English or Chinese. For example, shot 2
# with a length of 5 seconds is "shot 2, 5, words;".
_SHOT = re.compile(r"(?:\A|;)\s*(?:shot|镜头)\s*[0-9]{1,9}\s*,\s*([0-9]{1,9})\s*,", re.IGNORECASE)
# At most nine digits, because int() refuses very long strings of digits.
_REFERENCE = re.compile(r"<<(image|element|object)_([0-9]{1,9})>>")


def shot_durations(body: Body) -> bool:
    """Tell whether the durations of the shots add up to the duration of the video."""
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
    """Tell whether every placeholder such as `<<<voice_2>>>` has an entry in voice_list."""
    return _placeholders_fit(body, "voice")


def element_placeholders(body: Body) -> bool:
    """Tell whether every placeholder such as `<<<element_2>>>` has an entry in element_list."""
    return _placeholders_fit(body, "element")


def image_placeholders(body: Body) -> bool:
    """Tell whether every placeholder such as `<<<image_2>>>` has an entry in image_list."""
    return _placeholders_fit(body, "image")


def video_placeholders(body: Body) -> bool:
    """Tell whether every placeholder such as `<<<video_1>>>` has an entry in video_list."""
    return _placeholders_fit(body, "video")


def input_count(body: Body) -> bool:
    """Tell whether there are at most 7 images and elements, or at most 4 if there is a video."""
    most = 4 if _entries(body, "video_list") else 7
    return len(_entries(body, "image_list")) + len(_entries(body, "element_list")) <= most


def voice_named(body: Body) -> bool:
    """Tell whether the prompt has a placeholder for a voice, if the body has voices."""
    # Not any(_placeholders(...)), which is False for the number 0.
    return not body.get("voice_list") or any(True for _ in _placeholders(body, "voice"))


def reference_placeholders(body: Body) -> bool:
    """Tell whether every `<<<image_2>>>`, `<<<element_2>>>` or `<<<object_2>>>` has an entry.

    In Kling's own examples, an object is an entry of element_list too, and some placeholders have
    two brackets instead of three.
    """
    prompt = body.get("prompt")
    names = re.findall(_REFERENCE, prompt) if isinstance(prompt, str) else []
    for kind, digits in names:
        entries = body.get("image_list" if kind == "image" else "element_list", [])
        if isinstance(entries, list) and not 1 <= int(digits) <= len(entries):
            return False
    return True


def expansion_area(body: Body) -> bool:
    """Tell whether an image is expanded to at most three times its area."""
    given = [body.get(f"{side}_expansion_ratio") for side in ("up", "down", "left", "right")]
    ratios = [ratio for ratio in given if isinstance(ratio, int | float) and 0 <= ratio <= 2]
    if len(ratios) < len(given):
        return True
    up, down, left, right = ratios
    # Floats are not exact: (1 + 0.1 + 0.1) * (1 + 0.75 + 0.75) is 3.0000000000000004.
    return (1 + up + down) * (1 + left + right) <= 3 + 1e-9


def one_decimal(body: Body) -> bool:
    """Tell whether duration and voice_speed, if they are numbers, have at most one decimal."""
    numbers = (body.get("duration"), body.get("voice_speed"))
    return all(round(number, 1) == number for number in numbers if isinstance(number, float))


def sound_length(body: Body) -> bool:
    """Tell whether every chosen face speaks at least two seconds of its audio."""
    try:
        return all(
            face["sound_end_time"] - face["sound_start_time"] >= 2000
            for face in body["face_choose"]
        )
    except (KeyError, TypeError):
        return True


def storyboard(body: Body) -> bool:
    """Tell whether the shots of a prompt add up to the duration of the video.

    A prompt that does not begin with a shot is not a storyboard.
    """
    settings = body.get("settings")
    prompt = body.get("prompt") or _prompt_in_contents(body)
    duration = settings.get("duration") if isinstance(settings, Mapping) else None
    if not isinstance(duration, int) or not isinstance(prompt, str) or not _SHOT.match(prompt):
        return True
    if isinstance(settings, Mapping) and settings.get("multi_shot") is False:
        return True
    return sum(int(shot[1]) for shot in _SHOT.finditer(prompt)) == duration


def unique_content_ids(body: Body) -> bool:
    """Tell whether no two parts of contents have the same id."""
    ids = [part.get("id") for part in _entries(body, "contents")]
    texts = [value for value in ids if isinstance(value, str) and value]
    return len(set(texts)) == len(texts)


def times_in_order(body: Body) -> bool:
    """Tell whether a period begins before it ends. With a cursor, Kling ignores the period."""
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
    """Return the objects in a list of a body; empty if the field is not a list."""
    entries = body.get(field)
    if not isinstance(entries, list):
        return []
    return [entry for entry in entries if isinstance(entry, Mapping)]


def _prompt_in_contents(body: Body) -> Any:
    for part in _entries(body, "contents"):
        if part.get("type") == "prompt":
            return part.get("text")
    return None


def _placeholders_fit(body: Body, kind: str) -> bool:
    entries = body.get(f"{kind}_list", [])
    if not isinstance(entries, list):
        return True
    return all(1 <= number <= len(entries) for number in _placeholders(body, kind))


def _placeholders(body: Body, kind: str) -> Iterator[int]:
    """Yield the numbers in the placeholders of a kind."""
    # For a storyboard, Kling uses only the prompts of the shots; for other videos, only `prompt`.
    holders: Any = [body]
    if _is_storyboard(body):
        shots = body.get("multi_prompt")
        holders = shots if isinstance(shots, list) else []
    for holder in holders:
        prompt = holder.get("prompt") if isinstance(holder, Mapping) else None
        if isinstance(prompt, str):
            # At most nine digits, because int() refuses very long strings of digits.
            for digits in re.findall(rf"<<<{kind}_([0-9]{{1,9}})>>>", prompt):
                yield int(digits)
