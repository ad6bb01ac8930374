"""The rules that JSON Schema cannot say: one pure function for each `check` of the description.

A check is given the body with Kling's defaults filled in. It returns whether the rule holds, and
True for whatever is malformed in a way that the schema reports by itself.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Body = Mapping[str, Any]


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


def voice_named(body: Body) -> bool:
    """Tell whether a prompt with voices says where they speak."""
    return not body.get("voice_list") or any(True for _ in _placeholders(body, "voice"))


CHECKS: Mapping[str, Callable[[Body], bool]] = {
    check.__name__.replace("_", "-"): check
    for check in (
        shot_durations,
        shot_indexes,
        voice_placeholders,
        element_placeholders,
        voice_named,
    )
}


def _is_storyboard(body: Body) -> bool:
    return body.get("multi_shot") is True and body.get("shot_type") == "customize"


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
