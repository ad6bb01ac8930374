from typing import Literal, cast

MultiImageToVideoModel = Literal["kling-v1-6"]


def check_multi_image_to_video_model(value: object) -> MultiImageToVideoModel:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(MultiImageToVideoModel, value)
