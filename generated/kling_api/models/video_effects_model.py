from typing import Literal, cast

VideoEffectsModel = Literal["kling-v1", "kling-v1-5", "kling-v1-6"]


def check_video_effects_model(value: object) -> VideoEffectsModel:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(VideoEffectsModel, value)
