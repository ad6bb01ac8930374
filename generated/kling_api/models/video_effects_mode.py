from typing import Literal, cast

VideoEffectsMode = Literal["pro", "std"]


def check_video_effects_mode(value: object) -> VideoEffectsMode:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(VideoEffectsMode, value)
