from typing import Literal, cast

OmniVideoModel = Literal["kling-v3-omni", "kling-video-o1"]


def check_omni_video_model(value: object) -> OmniVideoModel:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(OmniVideoModel, value)
