from typing import Literal, cast

VideoEffectsDuration = Literal["10", "5"]


def check_video_effects_duration(value: object) -> VideoEffectsDuration:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(VideoEffectsDuration, value)
