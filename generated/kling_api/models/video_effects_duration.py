from typing import Literal, cast

VideoEffectsDuration = Literal["10", "5"]


def check_video_effects_duration(value: object) -> VideoEffectsDuration:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(VideoEffectsDuration, value)
