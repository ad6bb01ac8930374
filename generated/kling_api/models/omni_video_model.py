from typing import Literal, cast

OmniVideoModel = Literal["kling-v3-omni", "kling-video-o1"]


def check_omni_video_model(value: object) -> OmniVideoModel:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(OmniVideoModel, value)
