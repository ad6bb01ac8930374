from typing import Literal, cast

MultiImageToVideoModel = Literal["kling-v1-6"]


def check_multi_image_to_video_model(value: object) -> MultiImageToVideoModel:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(MultiImageToVideoModel, value)
