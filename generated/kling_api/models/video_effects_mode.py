from typing import Literal, cast

VideoEffectsMode = Literal["pro", "std"]


def check_video_effects_mode(value: object) -> VideoEffectsMode:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(VideoEffectsMode, value)
