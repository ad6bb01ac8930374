from typing import Literal, cast

VideoEffectsModel = Literal["kling-v1", "kling-v1-5", "kling-v1-6"]


def check_video_effects_model(value: object) -> VideoEffectsModel:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(VideoEffectsModel, value)
